//! Facts of fixtures that every change has.

use serde_json::{Value, json};

/// `facts` with those about statement and agreement of a sound change, where it has none.
pub(crate) fn with_people(mut facts: Value) -> Value {
    let sound = json!({
        "reason_chars": 22, "reason_script": "en", "vague_references": [], "type_conflicts": [], "checks": 1,
        "observe_seconds": 600, "observe_least_seconds": 600, "vendors": [], "risk_typed": "none",
        "unknown_risk_facts": [], "security_said": "nothing",
        "authority_missing": [], "authority_missing_elsewhere": false, "authority_elsewhere": [],
        "not_members": [], "stale_approvals": [], "pending_days": 0, "pending_late": false,
        "declared_late_seconds": 0, "declared_within_limit": true, "alone": false, "waited_seconds": 0,
        "cooling_off_seconds": 0, "outside_reviewers": [], "unapproved_percent": 0,
    });
    for (name, value) in sound.as_object().unwrap() {
        facts
            .as_object_mut()
            .unwrap()
            .entry(name.as_str())
            .or_insert_with(|| value.clone());
    }
    facts
}
