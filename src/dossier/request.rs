//! What is asked of the gate.

use serde::{Deserialize, Serialize};

use crate::change::{ChangeId, EnvironmentKey, PersonKey, ServiceKey};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// May this commit be deployed?
    Deploy,
    /// May this work by hand start?
    Start,
    /// May this change be put back?
    Rollback,
}

/// What is asked, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What is asked.
    pub kind: RequestKind,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// The last authorised commit; absent for work by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The commit to deploy; absent for work by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// Who asks; the executor of derived changes.
    pub actor: PersonKey,
    /// The run and attempt in CI, or a random id.
    pub run: String,
    /// The change that is put back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollback_of: Option<ChangeId>,
}
