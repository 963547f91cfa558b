//! What is coming as text, Markdown and JSON: sections of lines, written down twice.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{CalendarView, FreezeLine, WindowLine};
use crate::change::{AreaKey, Message, ServiceKey};
use crate::report::markdown::escape;
use crate::report::{Look, Page, People, Wording, harmless, time};

/// A heading with its lines, each a label and a text.
type Section = (&'static str, Vec<(String, String)>);

/// What is coming, for a terminal or a pipe.
pub fn text(wording: &Wording, view: &CalendarView, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(page.strong(&title(wording, view)));
    for (heading, lines) in sections(wording, view) {
        page.gap();
        page.line(page.strong(&wording.label(heading)));
        page.pairs(2, &lines);
    }
    page.finish()
}

/// What is coming, as Markdown.
pub fn markdown(wording: &Wording, view: &CalendarView) -> String {
    let mut out = format!("## {}\n", escape(&title(wording, view)));
    for (heading, lines) in sections(wording, view) {
        out.push_str(&format!("\n### {}\n\n", escape(&wording.label(heading))));
        for (label, text) in &lines {
            let gap = if label.is_empty() { "" } else { " " };
            let label = match label.as_str() {
                "" => String::new(),
                label => format!("**{}**", escape(label)),
            };
            out.push_str(&format!("- {label}{gap}{}\n", escape(text)));
        }
    }
    out
}

/// What is coming, for programs: `sekisho/calendar/v1`, free of language.
pub fn json(view: &CalendarView) -> Value {
    json!({ "schema": "sekisho/calendar/v1", "calendar": view })
}

fn title(wording: &Wording, view: &CalendarView) -> String {
    let key = match &view.service {
        Some(_) => "calendar-title-service",
        None => "calendar-title",
    };
    let mut message = Message::new(key)
        .with("from", time::moment(wording, view.from))
        .with("to", time::moment(wording, view.to))
        .with("zone", &view.zone);
    if let Some(service) = &view.service {
        message = message.with("service", service);
    }
    wording.say(&message)
}

fn sections(wording: &Wording, view: &CalendarView) -> Vec<Section> {
    let none = |key: &str| vec![(String::new(), wording.label(key))];
    let mut freezes: Vec<(String, String)> = view
        .freezes
        .iter()
        .map(|line| freeze(wording, &view.people, line))
        .collect();
    if freezes.is_empty() {
        freezes = none("calendar-no-freezes");
    }
    let windows = view.windows.iter().map(|line| window(wording, line)).collect();
    let mut holidays: Vec<(String, String)> = view
        .holidays
        .iter()
        .map(|day| (String::new(), date(wording, *day)))
        .collect();
    if holidays.is_empty() {
        holidays = none("calendar-no-holidays");
    }
    if let Some(year) = view
        .known_until
        .filter(|year| *year < view.to.zoned().date().year())
    {
        let unknown = Message::new("calendar-holidays-unknown").with("year", year);
        holidays.push((String::new(), wording.say(&unknown)));
    }
    vec![
        ("calendar-freezes", freezes),
        ("calendar-windows", windows),
        ("calendar-holidays", holidays),
    ]
}

/// What a freeze stops, from when to when, why, and who may make an exception.
pub(in crate::report) fn freeze(wording: &Wording, people: &People, line: &FreezeLine) -> (String, String) {
    let listed = |keys: Vec<&str>| {
        let keys: Vec<String> = keys.into_iter().map(harmless).collect();
        keys.join(&wording.label("list-separator"))
    };
    let kind = wording.word("freeze", &line.kind);
    let span = Message::new("calendar-span")
        .with("from", time::moment(wording, line.from))
        .with("to", time::moment(wording, line.to));
    let mut words = vec![kind, wording.say(&span)];
    if line.now {
        words.push(wording.label("calendar-now"));
    }
    if !line.services.is_empty() {
        let services = listed(line.services.iter().map(ServiceKey::as_str).collect());
        words.push(wording.say(&Message::new("calendar-services").with("services", services)));
    }
    if !line.areas.is_empty() {
        let areas = listed(line.areas.iter().map(AreaKey::as_str).collect());
        words.push(wording.say(&Message::new("calendar-areas").with("areas", areas)));
    }
    words.extend(line.reason.as_deref().map(harmless));
    let owner = Message::new("calendar-owner").with("person", people.name(line.owner.as_str()));
    words.push(wording.say(&owner));
    (harmless(&line.id), words.join(" · "))
}

/// When a window is open, and how it stands now.
fn window(wording: &Wording, line: &WindowLine) -> (String, String) {
    let mut words = vec![wording.word("window", &line.kind)];
    if let Some(hours) = &line.hours {
        let days: Vec<String> = hours
            .days
            .iter()
            .map(|day| wording.label(&format!("weekday-{day}")))
            .collect();
        let key = match hours.next_day {
            true => "calendar-hours-next-day",
            false => "calendar-hours",
        };
        words.push(
            wording.say(
                &Message::new(key)
                    .with("days", days.join(&wording.label("list-separator")))
                    .with("from", &hours.from)
                    .with("to", &hours.to),
            ),
        );
    }
    if !line.services.is_empty() {
        let services: Vec<String> = line.services.iter().map(|s| harmless(s.as_str())).collect();
        let services = services.join(&wording.label("list-separator"));
        words.push(wording.say(&Message::new("calendar-services").with("services", services)));
    }
    let now = match (line.open, line.closes, line.opens) {
        (true, Some(at), _) => {
            Some(Message::new("calendar-open-until").with("at", time::moment(wording, at)))
        }
        (false, _, Some(at)) => Some(Message::new("calendar-opens").with("at", time::moment(wording, at))),
        (true, None, _) => None,
        (false, _, None) => Some(Message::new("calendar-opens-unknown")),
    };
    words.extend(now.map(|now| wording.say(&now)));
    (harmless(&line.name), words.join(" · "))
}

/// A day as people write it.
fn date(wording: &Wording, day: Date) -> String {
    wording.say(
        &Message::new("time-date")
            .with(
                "weekday",
                wording.label(&format!("weekday-{}", day.weekday().to_monday_one_offset())),
            )
            .with("day", day.day())
            .with("month", wording.label(&format!("month-{}", day.month())))
            .with("year", day.year()),
    )
}
