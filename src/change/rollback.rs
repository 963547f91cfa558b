//! How a change is put back, who decides that, and when.

use super::kind::words;
use super::{Moment, Period, PersonKey};

words! {
    /// The way back.
    Strategy {
        /// Deploy the earlier release again.
        Redeploy = "redeploy",
        /// Undo the commit and deploy.
        Revert = "revert",
        /// Bring back a copy of files or data.
        Restore = "restore",
        /// Switch the feature off.
        Disable = "disable",
        /// Move to another system.
        Failover = "failover",
        /// There is no way back; repair in place.
        ForwardFix = "forward_fix",
        /// There is no way back and no repair.
        None = "none",
    }
}

/// The last proof that the way back works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// The day, `YYYY-MM-DD`.
    pub at: String,
    /// Where it can be seen.
    pub evidence: Option<String>,
}

/// How a change that cannot be undone is repaired.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForwardFix {
    /// What will be done.
    pub plan: Option<String>,
    /// Who does it.
    pub owner: Option<PersonKey>,
}

/// The copy that a change which cannot be undone falls back on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backup {
    /// Where it is.
    pub reference: Option<String>,
    /// The day of the last successful restore, `YYYY-MM-DD`.
    pub restore_tested: Option<String>,
}

/// A rollback plan, whole or in part; what is missing comes from the named plan or the defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rollback {
    /// The way back.
    pub strategy: Option<Strategy>,
    /// Commands, addresses or sentences that somebody else can follow.
    pub steps: Vec<String>,
    /// The version, backup or file to return to.
    pub to: Option<String>,
    /// Who decides to go back.
    pub decider: Option<PersonKey>,
    /// Who decides when the decider cannot be reached.
    pub decider_alternate: Option<PersonKey>,
    /// What has to be seen before going back.
    pub criteria: Vec<String>,
    /// The latest time for that decision.
    pub decide_by: Option<Moment>,
    /// How long going back takes.
    pub duration: Option<Period>,
    /// The last proof that it works.
    pub tested: Option<Tested>,
    /// What happens to data that was written meanwhile.
    pub data_correction: Option<String>,
    /// The step after which there is no way back.
    pub point_of_no_return: Option<String>,
    /// The repair where there is no way back.
    pub forward_fix: Option<ForwardFix>,
    /// The copy to fall back on.
    pub backup: Option<Backup>,
}

/// What a declaration says about its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RollbackChoice {
    /// A plan of `rollback_plans:`.
    Named(String),
    /// A plan of its own.
    Stated(Box<Rollback>),
}
