//! The exception path in numbers and names.

use crate::change::{Period, PersonKey};

/// What `emergency:` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencySettings {
    /// Who may declare an emergency.
    pub declarers: Vec<PersonKey>,
    /// How long one person on the route is waited for.
    pub wait_per_level: Period,
    /// Whether a listed measure may start when nobody on the route answers.
    pub without_live_approval: bool,
    /// The measures that may start so.
    pub listed_measures: Vec<String>,
    /// How long a declaration lasts; at most 24 hours.
    pub ttl: Period,
    /// How often it may be extended.
    pub extensions: u32,
    /// How often it may be carried out.
    pub executions: u32,
    /// How late it may be declared after the act.
    pub late_limit: Period,
    /// The most that may be open for one service.
    pub open_per_service: u32,
    /// The most that may be open in all.
    pub open_total: u32,
    /// The most files of an emergency change.
    pub files: u32,
    /// The most lines of an emergency change.
    pub lines: u32,
    /// Whether an issue is opened for the incident.
    pub open_issue: bool,
    /// How often the path is rehearsed; `None`: never.
    pub drill_every: Option<Period>,
}
