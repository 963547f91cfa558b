//! Keys that people write at the top of a declaration and that belong elsewhere.

use crate::change::Message;
use crate::change::text::Fields;

/// What belongs into another key: the key, and the one around it.
const INSIDE: &[(&str, &str)] = &[
    ("area", "targets"),
    ("environment", "targets"),
    ("paths", "targets"),
    ("resource", "targets"),
    ("service", "targets"),
    ("approvers", "roles"),
    ("executor", "roles"),
    ("requester", "roles"),
    ("verifier", "roles"),
    ("end", "window"),
    ("estimate", "window"),
    ("start", "window"),
    ("backup", "rollback"),
    ("criteria", "rollback"),
    ("decide_by", "rollback"),
    ("decider", "rollback"),
    ("steps", "rollback"),
    ("strategy", "rollback"),
    ("data", "impact"),
    ("downtime", "impact"),
    ("money", "impact"),
    ("users", "impact"),
    ("visible", "impact"),
    ("checks", "verification"),
    ("done_when", "verification"),
    ("observe_for", "verification"),
    ("incident", "emergency"),
    ("remove_by", "temporary"),
];

/// What happened to a change: nobody writes that into its file.
const HISTORY: &[&str] = &[
    "approved",
    "approved_at",
    "approved_by",
    "outcome",
    "result",
    "state",
    "status",
];

/// Says of each such key where it belongs.
pub(super) fn misplaced(fields: &Fields<'_>) {
    for (key, around) in INSIDE {
        let Some(value) = fields.stray(key) else { continue };
        let inside = match *around {
            "targets" => format!("targets: [{{{key}: …}}]"),
            around => format!("{around}: {{{key}: …}}"),
        };
        let message = Message::new("yaml-key-belongs").with("key", key);
        value.fault_at_key(message.with("around", around).with("example", inside));
    }
    for key in HISTORY {
        if let Some(value) = fields.stray(key) {
            value.fault_at_key(Message::new("yaml-key-history").with("key", key));
        }
    }
}
