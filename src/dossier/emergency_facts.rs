//! What rules ask about an emergency: who declared it, who was asked, and how far it may go.

use serde::{Deserialize, Serialize};

use crate::change::{Moment, PersonKey};

/// Somebody who said yes while it was open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveApproval {
    /// Who.
    pub person: PersonKey,
    /// When.
    pub at: Moment,
    /// Whether somebody else wrote it down for them.
    pub attested: bool,
}

/// One person on the way of calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Who.
    pub person: PersonKey,
    /// Whether somebody tried to reach them.
    pub tried: bool,
    /// Whether that came before those who stand earlier were waited for.
    pub early: bool,
}

/// An emergency as rules see it; every key is always there, and says the least for other types.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EmergencyFacts {
    /// Whether the log holds its declaration, in exactly this content.
    pub declared: bool,
    /// When it was declared; empty: it was not.
    pub declared_at: String,
    /// Who declared it; empty: nobody.
    pub declarer: String,
    /// Who may.
    pub declarers: Vec<PersonKey>,
    /// Of the seven answers, the fields that say nothing.
    pub unanswered: Vec<String>,
    /// `issue`, `address`, `cve`, `key`, `vague`, or empty.
    pub incident: String,
    /// The people who may be asked, in the order of calls, without those who have a part in it.
    pub route: Vec<Level>,
    /// How many of them nobody has tried to reach.
    pub untried: u64,
    /// Who said yes.
    pub live: Vec<LiveApproval>,
    /// Who said no.
    pub refused: Vec<PersonKey>,
    /// What is done.
    pub measure: String,
    /// Whether that may start when nobody answers.
    pub listed: bool,
    /// Whether anything may.
    pub without_live: bool,
    /// When it expires; empty: it was not declared.
    pub expires: String,
    /// Seconds until then; 0 or less: over.
    pub seconds_left: i64,
    /// Whether it was ended.
    pub ended: bool,
    /// How often it was carried out before.
    pub executions: u64,
    /// How often it may be.
    pub executions_most: u64,
    /// The files that it changes.
    pub files: u64,
    /// The most that it may.
    pub files_most: u64,
    /// The lines that it changes.
    pub lines: u64,
    /// The most that it may.
    pub lines_most: u64,
    /// Whether data is changed for good.
    pub irreversible: bool,
    /// Other emergencies that are open for the service.
    pub open_service: u64,
    /// The most that may be, this one included.
    pub open_service_most: u64,
    /// Other emergencies that are open at all.
    pub open_total: u64,
    /// The most that may be, this one included.
    pub open_total_most: u64,
    /// Emergencies of the service in the last 30 days, this one included.
    pub lately: u64,
    /// Of what was carried out on the service in the last 90 days, emergencies in percent; 0 below
    /// ten executions.
    pub share_percent: u64,
    /// What makes people look twice: `late`, `again`, `copied`, `friday`.
    pub signs: Vec<String>,
    /// Who may decide about it afterwards.
    pub retro: Vec<PersonKey>,
    /// Whether everyone was told in writing.
    pub told: bool,
    /// Whether somebody who was told has answered.
    pub acknowledged: bool,
    /// Whether the full record is there.
    pub completed: bool,
    /// Seconds between what was said without the log and the log's hearing of it; 0: none.
    pub offline_seconds: u64,
    /// How many there may be.
    pub offline_most: u64,
    /// Whether the declaration is signed.
    pub signed: bool,
}
