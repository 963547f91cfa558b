//! Numbers and names of the rules that facts are computed with.

use std::collections::BTreeMap;

use crate::change::{Period, Risk};

/// What rules have as parameters and only facts can weigh: lengths of time, names of facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// The shortest watch period by risk (DEC-09).
    pub observe_least: BTreeMap<Risk, Period>,
    /// How long a declaration may wait for its approvals (APP-05); `None`: not at all.
    pub pending: Option<Period>,
    /// Facts that make the risk high (RSK-01).
    pub high_if: Vec<String>,
    /// Facts that make it medium at least (RSK-01).
    pub medium_if: Vec<String>,
}
