//! What is coming, as plain data.

use jiff::civil::Date;
use serde::Serialize;

use crate::change::{AreaKey, Moment, PersonKey, ServiceKey};
use crate::report::People;

/// A freeze that is in force or will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FreezeLine {
    /// Its name.
    pub id: String,
    /// `hard` or `soft`.
    pub kind: String,
    /// Its first second.
    pub from: Moment,
    /// Its last second.
    pub to: Moment,
    /// Whether it is in force now.
    pub now: bool,
    /// Who may except from it.
    pub owner: PersonKey,
    /// Only these areas; empty: all.
    pub areas: Vec<AreaKey>,
    /// Only these services; empty: all.
    pub services: Vec<ServiceKey>,
    /// Why.
    pub reason: Option<String>,
}

/// When a window is open in the course of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WindowHoursLine {
    /// Days, from 1 (Monday) to 7 (Sunday).
    pub days: Vec<i8>,
    /// When it opens, `HH:MM`.
    pub from: String,
    /// When it closes, `HH:MM`.
    pub to: String,
    /// Whether that is on the next day.
    pub next_day: bool,
}

/// A window for changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WindowLine {
    /// Its key.
    pub name: String,
    /// `always`, `business_hours` or `hours`.
    pub kind: String,
    /// When it is open; `None`: always.
    pub hours: Option<WindowHoursLine>,
    /// The services that use it.
    pub services: Vec<ServiceKey>,
    /// Whether it is open now.
    pub open: bool,
    /// When it closes, where it is open and ever does.
    pub closes: Option<Moment>,
    /// When it opens next, where it is closed and that is known.
    pub opens: Option<Moment>,
}

/// Freezes, windows and holidays of some time to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarView {
    /// The zone that all times are of, by its IANA name.
    pub zone: String,
    /// Now.
    pub from: Moment,
    /// The end of what is shown.
    pub to: Moment,
    /// The service that it is for; `None`: all.
    pub service: Option<ServiceKey>,
    /// Freezes, the first to begin first.
    pub freezes: Vec<FreezeLine>,
    /// Windows, by name.
    pub windows: Vec<WindowLine>,
    /// Days without work.
    pub holidays: Vec<Date>,
    /// The last year for which holidays are known; `None`: the list is taken as complete.
    pub known_until: Option<i16>,
    /// The names of people.
    #[serde(skip)]
    pub people: People,
}
