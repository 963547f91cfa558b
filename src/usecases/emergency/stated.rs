//! What a declaration of an emergency says and leaves out.

use crate::change::{Declaration, Strategy};
use crate::dossier::stated_rollback;

/// The fields of the seven answers that say nothing.
pub(super) fn unanswered(typed: &Declaration, completed: &Declaration) -> Vec<String> {
    let rollback = stated_rollback(completed);
    let emergency = completed.emergency.as_ref();
    let says = |text: Option<&String>| text.is_some_and(|text| !text.trim().is_empty());
    let named = typed.targets.iter().any(|target| says(target.resource.as_ref()));
    let goes_back = rollback.is_some_and(|plan| {
        plan.steps.iter().any(|step| !step.trim().is_empty()) || plan.strategy == Some(Strategy::None)
    });
    [
        ("targets", named || !typed.targets.is_empty()),
        ("title", says(completed.title.as_ref())),
        ("roles.executor", completed.roles.executor.is_some()),
        (
            "emergency.incident",
            says(emergency.and_then(|e| e.incident.as_ref())),
        ),
        ("rollback.steps", goes_back),
        (
            "rollback.decider",
            rollback.is_some_and(|plan| plan.decider.is_some()),
        ),
        ("roles.approvers", !completed.roles.approvers.is_empty()),
    ]
    .into_iter()
    .filter(|(_, there)| !there)
    .map(|(field, _)| field.to_owned())
    .collect()
}

/// What sort of thing the incident is named by.
pub(super) fn incident(completed: &Declaration) -> &'static str {
    let named = completed.emergency.as_ref().and_then(|e| e.incident.as_deref());
    let text = named.unwrap_or_default().trim();
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let key = || {
        let parts = text.split_once('-');
        parts.is_some_and(|(name, number)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()) && digits(number)
        })
    };
    if text.is_empty() {
        ""
    } else if text.strip_prefix('#').is_some_and(digits) {
        "issue"
    } else if text.starts_with("https://") || text.starts_with("http://") {
        "address"
    } else if text.to_ascii_uppercase().starts_with("CVE-") {
        "cve"
    } else if key() {
        "key"
    } else {
        "vague"
    }
}
