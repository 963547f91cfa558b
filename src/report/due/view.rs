//! Open and waived work, as plain data.

use serde::Serialize;

use crate::change::{ChangeId, EnvironmentKey, Message, Moment, PersonKey, ServiceKey};
use crate::dossier::Obligation;
use crate::report::People;
use crate::report::calendar::FreezeLine;

/// A piece of open work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DueLine {
    /// How `--waive` names it.
    pub id: String,
    /// The service that owes it.
    pub service: ServiceKey,
    /// Where that was deployed.
    pub environment: Option<EnvironmentKey>,
    /// What, who, by when.
    #[serde(flatten)]
    pub duty: Obligation,
    /// The change that the command below is about.
    #[serde(skip)]
    pub about: Option<ChangeId>,
    /// The command that closes it.
    #[serde(skip)]
    pub close: Message,
    /// Who has waived it so far; not enough of them yet.
    pub waived_by: Vec<PersonKey>,
}

/// A piece of work that was waived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaivedLine {
    /// Its former name.
    pub id: String,
    /// The service.
    pub service: ServiceKey,
    /// The change, where one is named.
    pub change: Option<ChangeId>,
    /// What it was.
    pub kind: String,
    /// Who owed it.
    pub owner: PersonKey,
    /// When it was due.
    pub due: Moment,
    /// Who waived it.
    pub by: Vec<PersonKey>,
    /// Those of them whose word is not signed.
    pub unsigned: Vec<PersonKey>,
    /// When it was complete.
    pub at: Moment,
    /// Why; empty where the texts are not there.
    pub reasons: Vec<String>,
}

/// What people owe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueView {
    /// Now.
    pub at: Moment,
    /// What is open: by service, the most urgent first.
    pub open: Vec<DueLine>,
    /// Freezes in force now.
    pub freezes: Vec<FreezeLine>,
    /// What was waived, in log order.
    pub waived: Vec<WaivedLine>,
    /// The names of people.
    pub people: People,
}
