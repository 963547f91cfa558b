//! The rows of the history, as plain data.

use serde::Serialize;

use crate::change::{Moment, PersonKey};
use crate::report::{People, Title};

/// The way back in three words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RollbackBrief {
    /// The way, as records spell it.
    pub strategy: String,
    /// How long it takes, where that was said.
    pub seconds: Option<u64>,
}

/// One record; everything is as the record spells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The record's number.
    pub seq: u64,
    /// When it was sealed, in the zone that the reader wants.
    pub at: Moment,
    /// When it was said, where it was filed late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Moment>,
    /// The act, such as `deploy.allowed/1`.
    pub act: String,
    /// The change's number.
    pub change: Option<String>,
    /// The change's type.
    #[serde(rename = "type")]
    pub change_type: Option<String>,
    /// The sort of work.
    pub kind: Option<String>,
    /// The service.
    pub service: Option<String>,
    /// The environment.
    pub environment: Option<String>,
    /// The areas that it touches.
    pub areas: Vec<String>,
    /// The risk.
    pub risk: Option<String>,
    /// Who carries it out.
    pub executor: Option<PersonKey>,
    /// Who approved, or is asked to.
    pub approvers: Vec<PersonKey>,
    /// Who decides to go back.
    pub decider: Option<PersonKey>,
    /// The way back.
    pub rollback: Option<RollbackBrief>,
    /// The codes of the rules that found something.
    pub codes: Vec<String>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Whether something was done differently from the procedure.
    pub deviation: bool,
    /// Who acted: a person's key, or another principal.
    pub by: String,
    /// How that is known: `signed`, `review`, `attested`, `unsigned`, …
    pub channel: Option<String>,
    /// The change's title.
    pub title: Option<Title>,
}

/// A page of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryView {
    /// The rows, in the order in which they are shown.
    pub rows: Vec<Row>,
    /// All rows that fit the filters, also on other pages.
    pub total: u64,
    /// The first of these rows, where older ones that fit were left out.
    pub older: Option<u64>,
    /// The names of people.
    pub people: People,
}
