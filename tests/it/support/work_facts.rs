//! Facts about window, notice, procedure and template, as of a change that none of them holds up.

use serde_json::{Value, json};

/// Adds them to the facts of a dossier that is written as JSON.
pub(crate) fn with_work(mut facts: Value) -> Value {
    let more = json!({
        "ended": "",
        "procedure": {"named": "", "form": "none", "found": false, "revision": ""},
        "schedule": {
            "window": "default", "open": true, "ends": false, "opens": "", "closes": "", "latest_start": "",
            "seconds_to_latest_start": 0, "known_since": "2026-12-04T09:00:00+09:00",
            "lead": "0m", "lead_start": "2026-12-04T09:00:00+09:00", "lead_missing": 0,
            "notice": "0m", "notice_start": "2026-12-04T09:00:00+09:00", "notice_missing": 0,
            "collisions": [], "collisions_count": 0
        },
        "template": {
            "name": "", "known": false, "digest": "", "risk": "low", "plan": "", "valid_until": "", "seconds_valid": 0,
            "outside": [], "paths_outside": [], "paths_outside_count": 0, "overrides": [], "gate_globs": [],
            "normal_successes": 0, "uses": []
        }
    });
    if let (Some(facts), Value::Object(more)) = (facts.as_object_mut(), more) {
        facts.extend(more);
    }
    facts
}
