//! Services and the templates of their standard changes.

use serde_json::Value;

use super::Authority;
use crate::change::{Digest, Period, PersonKey, Risk, ServiceKey, Verification};

/// A part of the product with a state of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Service {
    /// The globs of its files; empty: what no other service names.
    pub paths: Vec<String>,
    /// The services it needs.
    pub depends_on: Vec<ServiceKey>,
    /// Who may carry out; `None`: the top-level executors.
    pub executors: Option<Vec<PersonKey>>,
    /// Who may approve; `None`: the top-level approvers.
    pub approvers: Option<Authority>,
    /// The rollback plan's key.
    pub rollback: Option<String>,
    /// How results are checked.
    pub verification: Option<Verification>,
    /// The contact rule's key.
    pub contact: Option<String>,
    /// The window's key.
    pub window: Option<String>,
}

/// A standard change that was approved before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Only for this service, where given.
    pub service: Option<ServiceKey>,
    /// The globs that it covers.
    pub paths: Vec<String>,
    /// The highest risk floor that it covers.
    pub risk: Risk,
    /// The rollback plan's key; `None`: the service's.
    pub rollback: Option<String>,
    /// How long it holds after it was authorised.
    pub valid_for: Period,
    /// Everything that was written for it, as a JSON object.
    pub written: Value,
    /// The digest of the canonical JSON of `written` with its defaults.
    pub digest: Digest,
}
