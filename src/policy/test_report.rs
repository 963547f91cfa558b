//! What running the rules' tests showed.

use serde::Serialize;

use super::RuleId;
use crate::change::Message;

/// Something that a rule's tests showed to be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestFault {
    /// The test or case; empty when the rule as a whole is meant.
    pub test: String,
    /// What is wrong, a key `test-…`.
    pub message: Message,
}

/// The tests of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleReport {
    /// The rule.
    pub code: RuleId,
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: String,
    /// Whether it belongs to the repository.
    pub house: bool,
    /// The tests and cases that were run.
    pub tests: usize,
    /// The fields that were taken out of passing cases, one at a time.
    pub removals: usize,
    /// Lines of the rule that a test reached.
    pub covered: Vec<u32>,
    /// Lines that none reached.
    pub not_covered: Vec<u32>,
    /// What is wrong; empty when all is well.
    pub faults: Vec<TestFault>,
}

impl RuleReport {
    /// The share of the rule's lines that a test reached, in percent, rounded down; 0 when no
    /// line is known.
    pub fn coverage(&self) -> u8 {
        let lines = self.covered.len() + self.not_covered.len();
        let percent = (self.covered.len() * 100).checked_div(lines).unwrap_or(0);
        u8::try_from(percent).unwrap_or(100)
    }
}

/// The tests of all rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestReport {
    /// By rule, in the order of the codes.
    pub rules: Vec<RuleReport>,
}

impl TestReport {
    /// Whether every rule is as it should be.
    pub fn passed(&self) -> bool {
        self.rules.iter().all(|rule| rule.faults.is_empty())
    }
}
