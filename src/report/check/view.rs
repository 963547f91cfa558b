//! What is wrong in the files, and what the gate will ask for.

use crate::change::text::Fault;
use crate::change::{ChangeId, Message};
use crate::report::decision;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFile {
    /// Its path.
    pub file: String,
    /// Its text; `None` when it could not be read as text.
    pub content: Option<String>,
    /// What is wrong in it.
    pub faults: Vec<Fault>,
}

/// What the gate will ask for before it lets something pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// For which change; `None`: for the deployment.
    pub change: Option<ChangeId>,
    /// What is missing, from whom.
    pub message: Message,
}

/// What the gate would say now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Ahead {
    /// Nobody asked: only files were checked.
    #[default]
    NotAsked,
    /// There is no authorised state to compare with.
    NoBaseline,
    /// It could not decide yet, for this reason.
    Stopped(Message),
    /// It would decide this.
    Judged(Box<decision::Json>),
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckView {
    /// How many files were read.
    pub read: usize,
    /// Those with something wrong in them.
    pub files: Vec<CheckedFile>,
    /// What the gate will ask for.
    pub asks: Vec<Ask>,
    /// What it would say now.
    pub ahead: Ahead,
}

impl CheckView {
    /// How many faults stop, and how many only warn.
    pub fn counts(&self) -> (usize, usize) {
        let all = self.files.iter().flat_map(|file| &file.faults);
        let warnings = all.clone().filter(|fault| fault.warning).count();
        (all.count() - warnings, warnings)
    }
}
