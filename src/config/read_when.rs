//! `calendar:`, `windows:` and `freezes:`.

use std::collections::BTreeMap;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;

use super::known::Known;
use super::{Freeze, FreezeKind, Language, Profile, WindowHours, defaults};
use crate::change::holidays::{HolidayTable, PRESETS};
use crate::change::schedule::Calendar;
use crate::change::text::{Fields, Value};
use crate::change::{AreaKey, Message, ServiceKey};

const DAYS: &[(Weekday, &str)] = &[
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

/// A longer freeze is asked about.
const LONGEST_FREEZE_DAYS: i64 = 45;

/// Days and times between which something is open.
struct Hours {
    days: Vec<Weekday>,
    from: Option<Time>,
    to: Option<Time>,
}

fn hours(value: &Value<'_>) -> Option<Hours> {
    let fields = value.fields()?;
    let days = fields.get("days").map(|v| v.items()).unwrap_or_default();
    let day = |v: &Value<'_>| v.word(DAYS, |(_, name)| name).map(|(day, _)| day);
    let hours = Hours {
        days: days.iter().filter_map(day).collect(),
        from: fields.get("from").and_then(|v| v.time()),
        to: fields.get("to").and_then(|v| v.time()),
    };
    fields.done();
    Some(hours)
}

/// The calendar, and the files that its holidays come from.
pub(super) fn calendar(
    root: &Fields<'_>,
    language: Option<Language>,
    read_file: &dyn Fn(&str) -> Option<String>,
) -> (Calendar, Vec<String>) {
    let japanese = language == Some(Language::Ja);
    let fields = root.fields("calendar");
    let written = fields.as_ref().and_then(|f| f.get("timezone"));
    let zone_name = match &written {
        Some(value) => value.text().unwrap_or_default(),
        None if japanese => "Asia/Tokyo".to_owned(),
        None => {
            root.sheet().warn(
                "calendar.timezone",
                Message::new("yaml-zone-assumed").with("zone", "UTC"),
            );
            "UTC".to_owned()
        }
    };
    let zone = TimeZone::get(&zone_name).unwrap_or_else(|_| {
        if let Some(value) = &written {
            value.fault(Message::new("yaml-zone").with("found", &zone_name));
        }
        TimeZone::UTC
    });
    let mut calendar = Calendar {
        zone,
        zone_name,
        days: vec![
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
        ],
        from: Time::constant(9, 0, 0, 0),
        to: Time::constant(18, 0, 0, 0),
        due_time: Time::constant(18, 0, 0, 0),
        holidays: Default::default(),
        known_years: None,
    };
    let mut files = Vec::new();
    let listed = fields.as_ref().and_then(|f| f.get("holidays"));
    match &listed {
        Some(value) => files = holidays(value, &mut calendar, read_file),
        None if japanese => add(HolidayTable::preset("jp").unwrap_or_default(), &mut calendar),
        None => {}
    }
    if let Some(fields) = fields {
        if let Some(value) = fields.get("business_hours")
            && let Some(hours) = hours(&value)
        {
            if !hours.days.is_empty() {
                calendar.days = hours.days;
            }
            calendar.from = hours.from.unwrap_or(calendar.from);
            calendar.to = hours.to.unwrap_or(calendar.to);
            if calendar.to <= calendar.from {
                value.fault(
                    Message::new("yaml-ends-before-start").with("start", calendar.from.strftime("%H:%M")),
                );
            }
        }
        calendar.due_time = fields
            .get("due_time")
            .and_then(|v| v.time())
            .unwrap_or(calendar.due_time);
        fields.done();
    }
    (calendar, files)
}

/// Several tables together are complete only for the years that all of them know.
fn add(table: HolidayTable, calendar: &mut Calendar) {
    calendar.holidays.extend(table.days);
    calendar.known_years = match (calendar.known_years.take(), table.years) {
        (Some(one), Some(other)) => Some(*one.start().max(other.start())..=*one.end().min(other.end())),
        (one, other) => one.or(other),
    };
}

/// Adds the holidays; the files that they come from.
fn holidays(
    value: &Value<'_>,
    calendar: &mut Calendar,
    read_file: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut files = Vec::new();
    for item in value.items() {
        let Some(text) = item.text() else { continue };
        if let Some(path) = text.strip_prefix("file:") {
            files.push(path.to_owned());
            match read_file(path).as_deref().map(HolidayTable::read) {
                Some(Ok(table)) => add(table, calendar),
                Some(Err(line)) => {
                    item.fault(
                        Message::new("yaml-holiday-line")
                            .with("path", path)
                            .with("line", line),
                    );
                }
                None => item.fault(Message::new("yaml-file-missing").with("path", path)),
            }
        } else if let Some(table) = HolidayTable::preset(&text) {
            add(table, calendar);
        } else if text.starts_with(|c: char| c.is_ascii_digit()) {
            calendar.holidays.extend(item.day());
        } else {
            item.fault(
                Message::new("yaml-holidays")
                    .with("found", text)
                    .with("presets", PRESETS.join(", ")),
            );
        }
    }
    files
}

pub(super) fn windows(root: &Fields<'_>, profile: Profile) -> BTreeMap<String, WindowHours> {
    let mut windows = BTreeMap::from([("default".to_owned(), defaults::window(profile))]);
    for (name, value) in root.fields("windows").map(|f| f.named()).unwrap_or_default() {
        if let Some(window) = window(&value) {
            windows.insert(name.to_owned(), window);
        }
    }
    windows
}

fn window(value: &Value<'_>) -> Option<WindowHours> {
    if !value.is_map() {
        return value
            .word(&["always", "business_hours"], |w| w)
            .map(|word| match word {
                "always" => WindowHours::Always,
                _ => WindowHours::BusinessHours,
            });
    }
    let hours = hours(value)?;
    let (Some(from), Some(to), false) = (hours.from, hours.to, hours.days.is_empty()) else {
        value.fault(Message::new("yaml-window"));
        return None;
    };
    Some(WindowHours::Hours {
        days: hours.days,
        from,
        to,
    })
}

pub(super) fn freezes(root: &Fields<'_>, known: &Known, zone: &TimeZone) -> Vec<Freeze> {
    let items = root.get("freezes").map(|v| v.items()).unwrap_or_default();
    items
        .iter()
        .filter_map(|value| freeze(value, known, zone))
        .collect()
}

fn freeze(value: &Value<'_>, known: &Known, zone: &TimeZone) -> Option<Freeze> {
    let fields = value.fields()?;
    let names = |key, sort, set| {
        fields
            .get(key)
            .map(|v| known.names(&v, sort, set))
            .unwrap_or_default()
    };
    let id = fields.required("id").and_then(|v| v.name());
    let kind = fields
        .required("kind")
        .and_then(|v| v.word(&["hard", "soft"], |w| w));
    let from = fields.required("from").and_then(|v| v.moment(zone));
    let to = fields.required("to").and_then(|v| v.moment(zone));
    let owner = fields.required("owner").and_then(|v| known.person(&v));
    let areas = names("areas", "area", &known.areas)
        .into_iter()
        .map(AreaKey::from)
        .collect();
    let services = names("services", "service", &known.services)
        .into_iter()
        .map(ServiceKey::from)
        .collect();
    let reason = fields.text("reason");
    if let (Some(from), Some(to)) = (from, to) {
        let sheet = fields.sheet();
        let days = to.seconds_since(from) / 86_400;
        if to <= from {
            let message = Message::new("yaml-ends-before-start").with("start", from);
            sheet.fault(&fields.path("to"), message);
        } else if days > LONGEST_FREEZE_DAYS {
            let message = Message::new("yaml-freeze-long").with("days", days);
            sheet.warn(&fields.path("to"), message);
        }
    }
    fields.done();
    let kind = if kind? == "hard" {
        FreezeKind::Hard
    } else {
        FreezeKind::Soft
    };
    Some(Freeze {
        id: id?,
        kind,
        from: from?,
        to: to?,
        owner: owner?,
        areas,
        services,
        reason,
    })
}
