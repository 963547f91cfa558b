//! Business days, business hours and windows, across holidays, midnight and clocks that jump.

use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use sekisho::change::holidays::HolidayTable;
use sekisho::change::schedule::{Calendar, UnknownYear};
use sekisho::change::{Moment, Opening, Period};
use sekisho::config::{WindowHours, WindowNow};

use crate::support::stage::Stage;

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Monday to Friday from nine to six in `zone`, with Japan's holidays in Tokyo.
fn calendar(zone: &str) -> Calendar {
    let table = match zone {
        "Asia/Tokyo" => HolidayTable::preset("jp").unwrap(),
        _ => HolidayTable::default(),
    };
    Calendar {
        zone: TimeZone::get(zone).unwrap(),
        zone_name: zone.to_owned(),
        days: WEEK[..5].to_vec(),
        from: time(9, 0, 0, 0),
        to: time(18, 0, 0, 0),
        due_time: time(18, 0, 0, 0),
        holidays: table.days,
        known_years: table.years,
    }
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

fn due(zone: &str, event: &str, period: &str) -> String {
    let due = calendar(zone).due(at(event), period.parse().unwrap());
    due.unwrap().to_string()
}

fn hours(days: &[Weekday], from: Time, to: Time) -> WindowHours {
    WindowHours::Hours {
        days: days.to_vec(),
        from,
        to,
    }
}

fn shown(opening: Opening) -> String {
    format!("{} {}", opening.from, opening.to)
}

/// The window's openings between two moments.
fn openings(window: &WindowHours, calendar: &Calendar, from: &str, to: &str) -> Vec<String> {
    let found = window.openings(calendar, at(from), at(to)).unwrap();
    found.into_iter().map(shown).collect()
}

#[test]
fn business_days_end_at_the_due_time_of_the_last_one() {
    let tokyo = |event, period| due("Asia/Tokyo", event, period);
    // Saturday night before a Monday that is a holiday.
    assert_eq!(
        tokyo("2026-11-21T23:16:00+09:00", "1bd"),
        "2026-11-24T18:00:00+09:00"
    );
    // From early in the morning the day itself does not count.
    assert_eq!(
        tokyo("2026-11-24T00:00:00+09:00", "1bd"),
        "2026-11-25T18:00:00+09:00"
    );
    // Five holidays in a row, one of them between two others.
    assert_eq!(
        tokyo("2026-09-18T12:00:00+09:00", "1bd"),
        "2026-09-24T18:00:00+09:00"
    );
    // Ten days in 2019, for which several laws were needed.
    assert_eq!(
        tokyo("2019-04-26T12:00:00+09:00", "2bd"),
        "2019-05-08T18:00:00+09:00"
    );
    // The event's day is the calendar's: here it is already Tuesday.
    assert_eq!(tokyo("2026-11-23T16:00:00Z", "1bd"), "2026-11-25T18:00:00+09:00");
    assert_eq!(tokyo("2026-11-21T23:16:00Z", "90m"), "2026-11-22T09:46:00+09:00");
}

#[test]
fn a_year_that_the_table_does_not_hold_is_an_error_and_no_year_without_holidays() {
    let tokyo = calendar("Asia/Tokyo");
    let due = |event, days| tokyo.due(at(event), Period::BusinessDays(days));
    assert_eq!(
        due("2027-12-30T12:00:00+09:00", 1),
        due("2027-12-30T09:00:00+09:00", 1)
    );
    assert!(due("2027-12-30T12:00:00+09:00", 1).is_ok());
    assert_eq!(due("2027-12-30T12:00:00+09:00", 2), Err(UnknownYear(2028)));
    assert_eq!(due("2018-12-27T12:00:00+09:00", 1), Err(UnknownYear(2018)));
    let new_year = at("2028-01-04T10:00:00+09:00");
    let window = WindowHours::BusinessHours;
    assert_eq!(window.at(&tokyo, new_year), Err(UnknownYear(2028)));
    assert_eq!(
        tokyo.business_seconds(at("2027-12-31T09:00:00+09:00"), new_year),
        Err(UnknownYear(2028))
    );
    // What is known is said although what comes next is not.
    let last = at("2027-12-31T19:00:00+09:00");
    assert_eq!(window.at(&tokyo, last), Ok(WindowNow::Closed(None)));
}

#[test]
fn a_due_time_that_the_clocks_skip_is_when_they_jump() {
    let mut berlin = calendar("Europe/Berlin");
    berlin.days = WEEK.to_vec();
    berlin.due_time = time(2, 30, 0, 0);
    let due = berlin.due(at("2026-03-28T12:00:00+01:00"), Period::BusinessDays(1));
    assert_eq!(due.unwrap().to_string(), "2026-03-29T03:00:00+02:00");
    // Shown twice: the first time.
    let due = berlin.due(at("2026-10-24T12:00:00+02:00"), Period::BusinessDays(1));
    assert_eq!(due.unwrap().to_string(), "2026-10-25T02:30:00+02:00");
}

#[test]
fn business_days_keep_their_clock_across_the_change_to_summer_time() {
    assert_eq!(
        due("Europe/Berlin", "2026-03-27T10:00:00+01:00", "1bd"),
        "2026-03-30T18:00:00+02:00"
    );
    assert_eq!(
        due("America/New_York", "2026-10-30T10:00:00-04:00", "1bd"),
        "2026-11-02T18:00:00-05:00"
    );
    // Wall time is time that passes.
    assert_eq!(
        due("Europe/Berlin", "2026-03-28T10:00:00+01:00", "24h"),
        "2026-03-29T11:00:00+02:00"
    );
}

#[test]
fn a_night_window_belongs_to_the_day_on_which_it_opens() {
    let tokyo = calendar("Asia/Tokyo");
    let night = hours(&[Weekday::Tuesday], time(22, 0, 0, 0), time(5, 0, 0, 0));
    let now = |text: &str| night.at(&tokyo, at(text)).unwrap();
    let open = WindowNow::Open(Opening {
        from: at("2026-12-01T22:00:00+09:00"),
        to: at("2026-12-02T05:00:00+09:00"),
    });
    assert_eq!(now("2026-12-01T22:00:00+09:00"), open);
    assert_eq!(now("2026-12-02T04:59:59+09:00"), open);
    for closed in [
        "2026-12-01T04:00:00+09:00",
        "2026-12-01T21:59:59+09:00",
        "2026-12-02T05:00:00+09:00",
        "2026-12-02T22:00:00+09:00",
    ] {
        let WindowNow::Closed(Some(next)) = now(closed) else {
            panic!("{closed}")
        };
        assert!(next.from > at(closed), "{closed}");
        assert_eq!(next.from.to_string()[10..], *"T22:00:00+09:00");
    }
    assert_eq!(
        openings(
            &night,
            &tokyo,
            "2026-12-02T01:00:00+09:00",
            "2026-12-08T22:00:01+09:00"
        ),
        [
            "2026-12-01T22:00:00+09:00 2026-12-02T05:00:00+09:00",
            "2026-12-08T22:00:00+09:00 2026-12-09T05:00:00+09:00",
        ]
    );
}

#[test]
fn openings_that_follow_each_other_are_one() {
    let tokyo = calendar("Asia/Tokyo");
    let weekend = hours(&WEEK[5..], time(8, 0, 0, 0), time(8, 0, 0, 0));
    let WindowNow::Open(opening) = weekend.at(&tokyo, at("2026-12-05T12:00:00+09:00")).unwrap() else {
        panic!("closed")
    };
    assert_eq!(
        shown(opening),
        "2026-12-05T08:00:00+09:00 2026-12-07T08:00:00+09:00"
    );
    // Every day of the week: open for at least a week more.
    let whole = hours(&WEEK, time(0, 0, 0, 0), time(0, 0, 0, 0));
    let WindowNow::Open(opening) = whole.at(&tokyo, at("2026-12-05T12:00:00+09:00")).unwrap() else {
        panic!("closed")
    };
    assert!(opening.to > at("2026-12-12T12:00:00+09:00"));
    assert_eq!(
        WindowHours::Always.at(&tokyo, at("2026-12-05T12:00:00+09:00")),
        Ok(WindowNow::Always)
    );
}

#[test]
fn holidays_close_business_hours_and_no_window_of_its_own_hours() {
    let tokyo = calendar("Asia/Tokyo");
    let holiday = at("2026-11-23T10:00:00+09:00");
    let WindowNow::Closed(Some(next)) = WindowHours::BusinessHours.at(&tokyo, holiday).unwrap() else {
        panic!("open")
    };
    assert_eq!(shown(next), "2026-11-24T09:00:00+09:00 2026-11-24T18:00:00+09:00");
    let mondays = hours(&[Weekday::Monday], time(9, 0, 0, 0), time(12, 0, 0, 0));
    assert!(matches!(mondays.at(&tokyo, holiday), Ok(WindowNow::Open(_))));
}

#[test]
fn a_window_in_the_hour_that_the_clocks_skip_does_not_open() {
    let berlin = calendar("Europe/Berlin");
    let all = |from, to| hours(&WEEK, from, to);
    let of = |window: &WindowHours, from, to| openings(window, &berlin, from, to);
    let day = ("2026-03-29T00:00:00+01:00", "2026-03-29T12:00:00+02:00");
    let skipped = all(time(2, 0, 0, 0), time(2, 45, 0, 0));
    assert_eq!(of(&skipped, day.0, day.1), [""; 0]);
    // It closes when the clocks jump past its end, and opens when they jump past its start.
    assert_eq!(
        of(&all(time(1, 0, 0, 0), time(2, 30, 0, 0)), day.0, day.1),
        ["2026-03-29T01:00:00+01:00 2026-03-29T03:00:00+02:00"]
    );
    assert_eq!(
        of(&all(time(2, 30, 0, 0), time(5, 0, 0, 0)), day.0, day.1),
        ["2026-03-29T03:00:00+02:00 2026-03-29T05:00:00+02:00"]
    );
    let after = at("2026-03-29T03:00:00+02:00");
    let ends = all(time(1, 0, 0, 0), time(2, 30, 0, 0));
    assert!(matches!(ends.at(&berlin, after), Ok(WindowNow::Closed(_))));
}

#[test]
fn a_window_in_the_hour_that_comes_twice_opens_once() {
    let york = calendar("America/New_York");
    let window = hours(&WEEK, time(1, 15, 0, 0), time(1, 45, 0, 0));
    let day = ("2026-11-01T00:00:00-04:00", "2026-11-01T12:00:00-05:00");
    assert_eq!(
        openings(&window, &york, day.0, day.1),
        ["2026-11-01T01:15:00-04:00 2026-11-01T01:45:00-04:00"]
    );
    let again = at("2026-11-01T01:30:00-05:00");
    assert!(matches!(window.at(&york, again), Ok(WindowNow::Closed(_))));
    // Over midnight into the longer day it is an hour longer.
    let night = hours(&[Weekday::Saturday], time(22, 0, 0, 0), time(6, 0, 0, 0));
    let WindowNow::Open(opening) = night.at(&york, again).unwrap() else {
        panic!("closed")
    };
    assert_eq!(opening.to.seconds_since(opening.from), 9 * 3_600);
}

#[test]
fn business_hours_are_counted_across_nights_weekends_and_holidays() {
    let tokyo = calendar("Asia/Tokyo");
    let seconds = |from: &str, to: &str| tokyo.business_seconds(at(from), at(to)).unwrap();
    let day = 9 * 3_600;
    // Friday 17:00 to Tuesday 10:00, Monday being a holiday.
    assert_eq!(
        seconds("2026-11-20T17:00:00+09:00", "2026-11-24T10:00:00+09:00"),
        2 * 3_600
    );
    assert_eq!(
        seconds("2026-11-16T00:00:00+09:00", "2026-11-21T00:00:00+09:00"),
        5 * day
    );
    assert_eq!(
        seconds("2026-11-24T10:00:00+09:00", "2026-11-20T17:00:00+09:00"),
        0
    );
    let york = calendar("America/New_York");
    let counted = york.business_seconds(at("2026-03-06T17:00:00-05:00"), at("2026-03-09T10:00:00-04:00"));
    assert_eq!(counted, Ok(2 * 3_600));
}

#[test]
fn what_is_told_by_the_latest_moment_is_due_before_the_end() {
    let tokyo = calendar("Asia/Tokyo");
    let latest = |end: &str, days| {
        let latest = tokyo.latest(at(end), Period::BusinessDays(days));
        latest.unwrap().to_string()
    };
    // Wednesday morning: Tuesday's due time has passed, and Monday is a holiday.
    assert_eq!(
        latest("2026-11-25T09:00:00+09:00", 1),
        "2026-11-23T23:59:59+09:00"
    );
    assert_eq!(
        latest("2026-11-25T18:00:00+09:00", 1),
        "2026-11-24T23:59:59+09:00"
    );
    assert_eq!(
        latest("2026-11-25T17:59:59+09:00", 5),
        "2026-11-16T23:59:59+09:00"
    );
    assert_eq!(
        tokyo.latest(at("2019-01-04T09:00:00+09:00"), Period::BusinessDays(5)),
        Err(UnknownYear(2018))
    );
}

#[test]
fn a_freeze_that_lasts_unusually_long_is_asked_about() {
    let with = |to: &str| {
        let freezes =
            format!("freezes: [{{id: x, kind: hard, from: 2026-12-01T00:00, to: {to}, owner: ota}}]");
        let text = format!("{}{freezes}\n", include_str!("data/bakery.yml"));
        let (_, warnings) = sekisho::config::read(&text, "shop", &|_| None).unwrap();
        warnings
            .iter()
            .map(|w| format!("{} {}", w.field, w.message))
            .collect::<Vec<_>>()
    };
    assert_eq!(with("2027-01-15T00:00"), [""; 0]);
    assert_eq!(
        with("2027-01-16T23:59"),
        ["freezes[0].to yaml-freeze-long days=\"46\""]
    );
}

const ZONES: &[&str] = &[
    "Asia/Tokyo",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
];

/// A moment from 2020 to the end of 2026.
fn moments() -> impl Strategy<Value = Moment> {
    (1_577_836_800_i64..1_798_000_000)
        .prop_map(|second| Moment::new(jiff::Timestamp::from_second(second).unwrap(), &TimeZone::UTC))
}

fn times() -> impl Strategy<Value = Time> {
    (0_i8..24, 0_i8..60).prop_map(|(hour, minute)| time(hour, minute, 0, 0))
}

fn clock(calendar: &Calendar, at: Moment) -> (Date, Time) {
    let shown = at.shown_in(&calendar.zone).zoned();
    (shown.date(), shown.time())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn business_days_are_counted_one_by_one(event in moments(), days in 1_u32..12, zone in 0..ZONES.len()) {
        let calendar = calendar(ZONES[zone]);
        let due = calendar.due(event, Period::BusinessDays(days)).unwrap();
        let (first, (last, time)) = (calendar.date(event), clock(&calendar, due));
        prop_assert_eq!(time, calendar.due_time);
        prop_assert!(calendar.is_business_day(last).unwrap());
        let mut day = first;
        let mut counted = 0;
        while day < last {
            day = day.tomorrow().unwrap();
            counted += u32::from(calendar.is_business_day(day).unwrap());
        }
        prop_assert_eq!(counted, days);
    }

    #[test]
    fn latest_is_the_other_way_round_of_due(end in moments(), days in 0_u32..8, zone in 0..ZONES.len()) {
        let calendar = calendar(ZONES[zone]);
        let period = Period::BusinessDays(days);
        // The table begins with 2019.
        let Ok(latest) = calendar.latest(end, period) else { return Ok(()) };
        prop_assert!(calendar.due(latest, period).unwrap() <= end);
        prop_assert!(calendar.due(latest.plus_seconds(1), period).unwrap() > end);
    }

    /// What is open, is open by the clock on the wall; and at any other time the clock says
    /// closed, or shows a time that it showed before.
    #[test]
    fn a_window_is_open_when_the_clock_says_so(
        now in moments(), from in times(), to in times(), bits in 1_u8..128, zone in 0..ZONES.len(),
    ) {
        let calendar = calendar(ZONES[zone]);
        let days: Vec<Weekday> = WEEK.iter().enumerate()
            .filter(|(n, _)| bits & (1 << n) != 0).map(|(_, day)| *day).collect();
        let window = hours(&days, from, to);
        let (day, time) = clock(&calendar, now);
        let yesterday = day.yesterday().unwrap().weekday();
        let by_clock = if from < to {
            days.contains(&day.weekday()) && from <= time && time < to
        } else {
            (days.contains(&day.weekday()) && from <= time) || (days.contains(&yesterday) && time < to)
        };
        let open = match window.at(&calendar, now).unwrap() {
            WindowNow::Open(opening) => {
                prop_assert!(opening.holds(now));
                true
            }
            WindowNow::Closed(next) => {
                prop_assert!(next.is_none_or(|next| next.from > now));
                false
            }
            WindowNow::Always => unreachable!("it has hours"),
        };
        // Around the hour that comes twice the two may differ.
        let twice = (-2..=2).any(|hours| {
            let (day, time) = clock(&calendar, now.plus_seconds(hours * 3_600));
            calendar.zone.to_ambiguous_timestamp(day.to_datetime(time)).is_ambiguous()
        });
        prop_assert!(open == by_clock || twice, "{}", now);
    }

    #[test]
    fn business_seconds_add_up(one in moments(), length in 0_i64..20_000_000, part in 0_i64..20_000_000, zone in 0..ZONES.len()) {
        let calendar = calendar(ZONES[zone]);
        let (middle, end) = (one.plus_seconds(length.min(part)), one.plus_seconds(length));
        let count = |from, to| calendar.business_seconds(from, to);
        let (Ok(whole), Ok(first), Ok(rest)) = (count(one, end), count(one, middle), count(middle, end)) else {
            return Ok(());
        };
        prop_assert_eq!(whole, first + rest);
        prop_assert!(whole <= u64::try_from(length).unwrap());
    }
}

const SHOP: &str = r#"version: 1
language: en
people:
  sato:  {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  ishii: {name: Ishii, email: ishii@shop.example}
executors: [sato]
approvers: [ishii]
services:
  web:  {paths: ["web/**"]}
  jobs: {paths: ["jobs/**"], window: night}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: ishii, duration: 5m}
windows:
  night: {days: [tue], from: "22:00", to: "05:00"}
calendar: {timezone: Asia/Tokyo, holidays: [jp, 2026-12-29]}
freezes:
  - {id: year-end, kind: hard, from: 2026-12-28T00:00, to: 2027-01-03T23:59, owner: ishii, reason: Nobody is here}
  - {id: sale, kind: soft, from: 2026-11-27T00:00, to: 2026-12-02T00:00, owner: sato, services: [web]}
  - {id: past, kind: hard, from: 2026-10-01T00:00, to: 2026-10-02T00:00, owner: sato}
"#;

/// A shop with that configuration, on Tuesday 1 December 2026 at ten.
fn shop() -> Stage {
    let mut stage = Stage::new();
    let config = SHOP.replace("{sato}", &stage.key("sato"));
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "The shop");
    stage
}

#[test]
fn freeze_calendar_shows_what_is_coming_and_in_whose_zone() {
    let stage = shop();
    let before = stage.sekisho("sato", &["freeze", "--calendar"]).expect(0);
    assert!(before.err.contains("no authorised state"), "{}", before.both());
    stage.sekisho("sato", &["baseline", "--service", "web"]).expect(0);
    let done = stage.sekisho("sato", &["freeze", "--calendar", "40d"]).expect(0);
    assert_eq!(done.err, "");
    insta::assert_snapshot!("freeze_calendar", done.out);
    let web = stage
        .sekisho(
            "sato",
            &[
                "freeze",
                "--calendar",
                "5bd",
                "--service",
                "web",
                "--format",
                "json",
            ],
        )
        .expect(0)
        .json();
    assert_eq!(web["schema"], "sekisho/calendar/v1");
    let calendar = &web["calendar"];
    assert_eq!(calendar["to"], "2026-12-08T18:00:00+09:00");
    assert_eq!(calendar["freezes"].as_array().unwrap().len(), 1);
    assert_eq!(calendar["freezes"][0]["id"], "sale");
    assert_eq!(calendar["windows"][0]["name"], "default");
    assert_eq!(calendar["windows"].as_array().unwrap().len(), 1);
    let markdown = stage
        .sekisho_with(
            "sato",
            &["freeze", "--calendar", "--format", "markdown"],
            &[("SEKISHO_LANG", "ja")],
        )
        .expect(0);
    insta::assert_snapshot!("freeze_calendar_ja", markdown.out);
}

#[test]
fn freeze_calendar_refuses_what_is_no_time_to_look_ahead() {
    let stage = shop();
    for wrong in ["soon", "90", "9999d", "10000bd"] {
        stage.sekisho("sato", &["freeze", "--calendar", wrong]).expect(2);
    }
    let done = stage
        .sekisho("sato", &["freeze", "--calendar", "--service", "shop"])
        .expect(2);
    assert!(done.err.contains("web"), "{}", done.both());
    // Beyond the holidays that are known, the list says so.
    let far = stage.sekisho("sato", &["freeze", "--calendar", "700d"]).expect(0);
    assert!(far.out.contains("after 2027 are not known"), "{}", far.both());
    // Alone, it shows what is coming.
    let alone = stage.sekisho("sato", &["freeze"]).expect(0);
    assert!(alone.out.contains("year-end"), "{}", alone.both());
    stage.sekisho("sato", &["freeze", "--lift"]).expect(2);
}
