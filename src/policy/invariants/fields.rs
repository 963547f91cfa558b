//! DEC-02: what a declaration has to say, by type of change, delivery and risk.

use serde_json::{Map, Value};

use super::all::deny;
use crate::change::{ChangeType, Kind, Message, Risk};
use crate::dossier::Change;
use crate::policy::Finding;

/// Needed of every normal change.
const NORMAL: &[&str] = &["title", "reason", "references", "rollback"];

/// Needed besides from medium risk.
const MEDIUM: &[&str] = &["impact.functions", "procedure", "window.start", "window.end"];

/// Needed besides at high risk.
const HIGH: &[&str] = &["roles.verifier", "impact.security"];

/// Needed besides of work by hand.
const MANUAL: &[&str] = &[
    "kind",
    "targets",
    "roles.executor",
    "procedure",
    "plan",
    "window.start",
    "window.end",
    "verification.checks",
    "verification.done_when",
];

/// Needed besides of work by hand from medium risk.
const MANUAL_MEDIUM: &[&str] = &["roles.verifier", "tests"];

/// Needed of a rollback plan.
const ROLLBACK: &[&str] = &["rollback.strategy", "rollback.duration"];

/// Needed when an emergency is declared; the rest has a deadline.
const EMERGENCY: &[&str] = &[
    "title",
    "reason",
    "kind",
    "targets",
    "roles.executor",
    "roles.approvers",
    "rollback.strategy",
    "rollback.steps",
    "rollback.decider",
    "emergency.incident",
    "emergency.grounds",
    "emergency.measure",
];

/// Why a field is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// Every change of the type has it.
    Type,
    /// Changes of this risk and above have it.
    Risk(Risk),
    /// Work by hand has it.
    Hand,
    /// Work by hand of this kind has it.
    Kind,
}

/// A finding for every field that is missing.
pub(super) fn findings(change: &Change) -> Vec<Finding> {
    missing_fields(change.change_type, change.risk, &change.declaration)
        .into_iter()
        .map(|(field, _)| {
            let message = Message::new("DEC-02.missing")
                .with("field", &field)
                .with("type", change.change_type)
                .with("risk", change.risk);
            deny("DEC-02", "required-fields", &change.id, Some(field), message)
        })
        .collect()
}

/// The fields that a completed declaration of this type and risk still lacks, each with why it is
/// needed, by name.
pub fn missing_fields(
    change_type: ChangeType,
    risk: Risk,
    declaration: &Map<String, Value>,
) -> Vec<(String, Demand)> {
    let mut missing = match change_type {
        ChangeType::Normal => normal(risk, declaration),
        ChangeType::Standard => standard(declaration),
        ChangeType::Emergency => of(EMERGENCY, Demand::Type),
    };
    missing.retain(|(field, _)| !present(declaration, field));
    // The same field for two reasons is asked for once, for the more general one.
    missing.dedup_by(|(later, _), (field, _)| later == field);
    missing
}

/// The fields of a normal change.
fn normal(risk: Risk, declaration: &Map<String, Value>) -> Vec<(String, Demand)> {
    let mut fields = of(NORMAL, Demand::Type);
    if risk >= Risk::Medium {
        fields.extend(of(MEDIUM, Demand::Risk(Risk::Medium)));
    }
    if risk >= Risk::High {
        fields.extend(of(HIGH, Demand::Risk(Risk::High)));
    }
    if by_hand(declaration) {
        fields.extend(of(MANUAL, Demand::Hand));
        fields.extend(
            details(declaration)
                .into_iter()
                .map(|field| (field, Demand::Kind)),
        );
        if risk >= Risk::Medium {
            fields.extend(of(MANUAL_MEDIUM, Demand::Hand));
        }
    }
    // One finding for a missing plan, not three.
    if present(declaration, "rollback") {
        fields.extend(of(ROLLBACK, Demand::Type));
    }
    fields.sort();
    fields
}

/// The fields of a standard change; the template was asked for the rest.
fn standard(declaration: &Map<String, Value>) -> Vec<(String, Demand)> {
    let named = ["template", "standard.template"];
    let mut fields = of(&["rollback"], Demand::Type);
    if !named.iter().any(|field| present(declaration, field)) {
        fields.push(("template".to_owned(), Demand::Type));
    }
    fields
}

/// What work by hand of this kind needs besides.
fn details(declaration: &Map<String, Value>) -> Vec<String> {
    let kind = declaration
        .get("kind")
        .and_then(Value::as_str)
        .and_then(|kind| kind.parse::<Kind>().ok());
    let keys: &[&str] = match kind {
        Some(Kind::Certificate) => &["names", "not_after_old", "not_after_new"],
        Some(Kind::Dns) => &["zone", "record", "type", "old", "new", "ttl_now"],
        Some(Kind::Cdn) => &["distribution", "setting", "old", "new"],
        Some(Kind::Waf) => &["acl", "rule", "mode", "scope", "exclusions"],
        Some(Kind::Pricing) => &["items", "old_file", "new_file", "tax", "starts_at", "ends_at"],
        Some(Kind::ExternalApi) => &["vendor", "from_version", "to_version", "cutoff_at"],
        Some(Kind::Patch) => &[
            "component",
            "from",
            "to",
            "advisory",
            "severity",
            "restart_needed",
        ],
        Some(Kind::Database) => &["migrations", "locks_expected", "rows", "backward_compatible"],
        Some(Kind::Access) => &["subject", "permission", "from", "to", "until", "ticket"],
        Some(Kind::Job) => &[
            "job",
            "schedule_old",
            "schedule_new",
            "idempotent",
            "rerun_procedure",
        ],
        Some(Kind::Monitoring) => &["alert", "old", "new", "recipients"],
        _ => &[],
    };
    keys.iter().map(|key| format!("details.{key}")).collect()
}

/// Whether people carry out some of it.
fn by_hand(declaration: &Map<String, Value>) -> bool {
    let delivery = declaration.get("delivery").and_then(Value::as_str);
    matches!(delivery, Some("manual" | "mixed"))
}

/// The names as owned texts, needed for the same reason.
fn of(names: &[&str], why: Demand) -> Vec<(String, Demand)> {
    names.iter().map(|name| ((*name).to_owned(), why)).collect()
}

/// Whether a field says something.
fn present(declaration: &Map<String, Value>, field: &str) -> bool {
    let mut steps = field.split('.');
    let first = steps.next().and_then(|step| declaration.get(step));
    let value = steps.fold(first, |value, step| value?.get(step));
    match value {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(Value::Bool(_) | Value::Number(_)) => true,
    }
}
