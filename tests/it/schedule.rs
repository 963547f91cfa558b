//! The shipped holidays against the law they follow.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use sekisho::change::holidays::HolidayTable;

/// The n-th Monday of a month.
fn monday(year: i16, month: i8, n: i32) -> Date {
    date(year, month, 1)
        .nth_weekday_of_month(i8::try_from(n).unwrap(), Weekday::Monday)
        .unwrap()
}

/// The day of an equinox in Japan, by the formula for 1980 to 2099: its mean day in 1980, the
/// part of a day that a year is longer than 365, and the leap days since.
fn equinox(year: i16, in_1980: f64) -> i8 {
    let since = f64::from(year - 1980);
    (in_1980 + 0.242_194 * since - (since / 4.0).floor()).floor() as i8
}

/// The days that the law itself names in `year`, with what single laws moved or added.
fn named(year: i16) -> BTreeSet<Date> {
    let on = |month, day| date(year, month, day);
    let mut named = BTreeSet::from([
        on(1, 1),
        monday(year, 1, 2),
        on(2, 11),
        on(3, equinox(year, 20.8431)),
        on(4, 29),
        on(5, 3),
        on(5, 4),
        on(5, 5),
        monday(year, 9, 3),
        on(9, equinox(year, 23.2488)),
        on(11, 3),
        on(11, 23),
    ]);
    // The emperor's birthday; he came to the throne in 2019, after December of the year before.
    if year >= 2020 {
        named.insert(on(2, 23));
    }
    // Sea, mountains and sports moved for the Olympic Games.
    named.extend(match year {
        2020 => [on(7, 23), on(7, 24), on(8, 10)],
        2021 => [on(7, 22), on(7, 23), on(8, 8)],
        _ => [monday(year, 7, 3), monday(year, 10, 2), on(8, 11)],
    });
    if year == 2019 {
        // The accession and its ceremony.
        named.extend([on(5, 1), on(10, 22)]);
    }
    named
}

/// The holidays of a year: the named ones, each day between two of them, and for each that is a
/// Sunday the next day that is none.
fn lawful(year: i16) -> BTreeSet<Date> {
    let named = named(year);
    let mut all = named.clone();
    for day in &named {
        let between = *day + 1.day();
        if named.contains(&(*day + 2.days())) && !named.contains(&between) {
            all.insert(between);
        }
        if day.weekday() == Weekday::Sunday {
            let mut next = *day + 1.day();
            while named.contains(&next) {
                next += 1.day();
            }
            all.insert(next);
        }
    }
    all
}

#[test]
fn japans_holidays_are_those_of_the_law() {
    let table = HolidayTable::preset("jp").unwrap();
    let years = table.years.unwrap();
    assert_eq!(years, 2019..=2027);
    let lawful: BTreeSet<Date> = years.flat_map(lawful).collect();
    assert_eq!(table.days, lawful);
    assert!(HolidayTable::preset("jq").is_none());
}

/// Counted apart from table and rule, so that a mistake in both would show.
#[test]
fn japans_years_have_as_many_holidays_as_are_remembered() {
    let table = HolidayTable::preset("jp").unwrap();
    let count = |year: i16| table.days.iter().filter(|day| day.year() == year).count();
    // 2019 with its ten days in a row from 27 April; 2026 with 22 September between two.
    let counts: Vec<usize> = (2019..=2027).map(count).collect();
    assert_eq!(counts, [22, 18, 17, 16, 17, 21, 19, 18, 17]);
    let has = |text: &str| table.days.contains(&text.parse().unwrap());
    assert!(has("2026-09-22") && has("2019-04-30") && has("2021-08-09") && has("2020-05-06"));
    assert!(!has("2020-10-12") && !has("2021-10-11") && !has("2019-02-23") && !has("2019-12-23"));
}

#[test]
fn a_list_of_days_names_its_first_wrong_line() {
    assert_eq!(
        HolidayTable::read("# x\n2026-12-29 休業\n\n").unwrap().days.len(),
        1
    );
    assert_eq!(HolidayTable::read("2026-12-29\n29.12.2026\n"), Err(2));
    assert_eq!(HolidayTable::read("years 2026\n"), Err(1));
}
