//! What the gate says.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Excepted;
use crate::change::{ChangeId, Message};
use crate::dossier::Obligation;

/// A rule's code, such as `RBK-02`; rules are data, so nothing lists them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(String);

impl RuleId {
    /// The rule with this code.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What a finding does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing; people see it.
    Info,
    /// Nothing; people are warned.
    Warn,
    /// Passes and opens work with a deadline.
    Oblige,
    /// Stops.
    Deny,
}

impl Effect {
    /// Reads `deny`, `oblige`, `warn` or `info`.
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "deny" => Self::Deny,
            "oblige" => Self::Oblige,
            "warn" => Self::Warn,
            "info" => Self::Info,
            _ => return None,
        })
    }
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's code.
    pub code: RuleId,
    /// The rule's name.
    pub name: String,
    /// What it does.
    pub effect: Effect,
    /// The change; absent when it concerns the deployment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeId>,
    /// The field of the declaration, such as `roles.approvers[0]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong: `<code>.<message>` of the wording files, with its values.
    pub message: Message,
    /// Why this rule's effect is lower than shipped, in the words of `sekisho.yml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowered_because: Option<String>,
    /// The exception that made a warning of its denial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excepted: Option<Excepted>,
}

/// The three words of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// Go.
    Pass,
    /// Go, and something is owed.
    PassWithObligations,
    /// Stop.
    Deny,
}

/// What the gate says about one dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The word.
    pub word: Word,
    /// Everything that was found, the gravest first.
    pub findings: Vec<Finding>,
    /// The work with a deadline that this decision opens.
    pub opened: Vec<Obligation>,
}
