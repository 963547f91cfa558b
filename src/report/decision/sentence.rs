//! One finding in one line.

use super::DecisionView;
use super::phrases::Phrases;
use crate::policy::Finding;
use crate::report::Wording;

/// What is wrong, and what would satisfy the rule.
pub fn sentence(wording: &Wording, view: &DecisionView<'_>, finding: &Finding) -> String {
    let phrases = Phrases { wording, view };
    let said = [Some(phrases.say(&finding.message)), phrases.satisfy(finding)];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
