//! What stops a declaration before anything is recorded, on one screen.

use sekisho::change::Message;
use sekisho::policy::{Effect, Finding};
use sekisho::usecases::{Judged, waits_for_calls};

use crate::cli::output::Output;
use crate::cli::view;

/// The flag that answers each field of the seven.
const ANSWERS: [(&str, &str); 7] = [
    ("targets", "--target"),
    ("title", "--what"),
    ("roles.executor", "--executor"),
    ("emergency.incident", "--incident"),
    ("rollback.steps", "--step"),
    ("rollback.decider", "--decider"),
    ("roles.approvers", "--approver"),
];

/// A judgement with nothing but what no call would put right.
pub(super) struct Refusal(Judged);

impl Refusal {
    /// `None` where calling people answers everything.
    pub(super) fn of(mut judged: Judged) -> Option<Self> {
        let findings = &mut judged.decision.findings;
        // Only what stops it now: what is owed later would fill the screen.
        findings.retain(|finding| finding.effect == Effect::Deny && !waits_for_calls(finding));
        let unanswered: Vec<Option<String>> = findings
            .iter()
            .filter(|finding| finding.code.as_str() == "EMG-04")
            .map(field)
            .collect();
        // Whoever has to answer need not be told twice.
        findings.retain(|finding| finding.code.as_str() != "DEC-02" || !unanswered.contains(&field(finding)));
        if judged.decision.findings.is_empty() {
            return None;
        }
        // Nothing was written, so there is no text to point at and nothing that could be gone on with.
        judged.collected.texts.clear();
        for change in &mut judged.collected.dossier.changes {
            change.facts.emergency.declared = false;
        }
        Some(Self(judged))
    }

    /// Shows it, the flags that are missing last.
    pub(super) fn show(&self, output: &Output) {
        output.data(&view::decision(output, &self.0, None));
        let flags = self.flags();
        output.tell(&match flags.is_empty() {
            true => Message::new("emergency-not-declared"),
            false => Message::new("emergency-not-answered").with("flags", flags.join(" ")),
        });
    }

    fn flags(&self) -> Vec<&'static str> {
        let findings = &self.0.decision.findings;
        let lacks = |name: &str| findings.iter().filter_map(field).any(|field| field == name);
        let missing = ANSWERS.iter().filter(|(field, _)| lacks(field));
        missing.map(|(_, flag)| *flag).collect()
    }
}

fn field(finding: &Finding) -> Option<String> {
    finding.message.with.get("field").cloned()
}
