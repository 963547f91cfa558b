//! Which steps of a deployment are accounted for.

use serde::{Deserialize, Serialize};

use crate::change::ChangeId;

/// Why a step has no declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UncoveredReason {
    /// Nobody declared it.
    Undeclared,
    /// Nobody declared it with it; a later step brings a declaration.
    DeclaredLater,
    /// It names two changes or more.
    Ambiguous,
    /// The declaration that it names does not exist.
    Missing,
    /// Several files have the number that it names.
    DeclaredTwice,
    /// The declaration cannot be read.
    Unreadable,
    /// The change is finished, aborted or rolled back.
    Closed,
    /// The declaration is for another service or environment.
    Elsewhere,
    /// The commit to deploy is older than the authorised one.
    OlderThanAuthorised,
    /// The authorised commit is not on the first-parent line of the one to deploy.
    Diverged,
    /// Somebody objected to what a pass authorised, and nothing says that it ran.
    ObjectedSince,
}

/// A step without a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uncovered {
    /// The step's commit.
    pub commit: String,
    /// Why.
    pub reason: UncoveredReason,
    /// The change that it names, where it names one; the one that was declared too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeId>,
    /// One of its paths, for people to recognise it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The later step that brings the declaration of `change`, where it came too late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<String>,
}

/// Which steps are accounted for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// All steps of the range.
    pub steps: u64,
    /// Those that belong to a change.
    pub covered: u64,
    /// Those that touch only what is never deployed.
    pub ignored: u64,
    /// Those of another service.
    pub elsewhere: u64,
    /// Those that change nothing.
    pub empty: u64,
    /// Those without a declaration, the first [`MOST_HITS`](super::MOST_HITS).
    pub uncovered: Vec<Uncovered>,
    /// How many have none.
    pub uncovered_count: u64,
}
