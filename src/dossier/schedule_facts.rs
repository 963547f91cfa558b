//! When a change may be carried out, and what else happens then.

use serde::{Deserialize, Serialize};

use crate::change::{ChangeId, Moment};

/// Another change that is planned too close to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collision {
    /// The other change.
    pub change: ChangeId,
    /// What both need: `target`, `dependency` or `executor`.
    pub on: String,
    /// Its name.
    pub name: String,
    /// When the other begins.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
}

/// The window in force, the notice that was given, and other changes at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleFacts {
    /// `declared`, or the key under `windows:`.
    pub window: String,
    /// Whether it is open at the dossier's time.
    pub open: bool,
    /// Whether it ever ends.
    pub ends: bool,
    /// When it opened, or opens next; empty when that is not known.
    pub opens: String,
    /// When it closes; empty when it never does or is not open.
    pub closes: String,
    /// Its end less the way back; empty when it never ends or is not open.
    pub latest_start: String,
    /// Seconds until then; negative afterwards; 0 when it never ends or is not open.
    pub seconds_to_latest_start: i64,
    /// Since when the log knows exactly this declaration; the dossier's time when it does not.
    pub known_since: Moment,
    /// The notice that the risk asks for, such as `1bd`.
    pub lead: String,
    /// The earliest start with that notice.
    pub lead_start: Moment,
    /// Seconds of it that are missing; 0 or less: none.
    pub lead_missing: i64,
    /// The notice that a downtime asks for; `0m` without one.
    pub notice: String,
    /// The earliest start with that notice.
    pub notice_start: Moment,
    /// Seconds of it that are missing; 0 or less: none.
    pub notice_missing: i64,
    /// Other open changes closer than SCH-03's `buffer`, the nearest first.
    pub collisions: Vec<Collision>,
    /// How many there are.
    pub collisions_count: u64,
}
