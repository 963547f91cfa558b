//! The lowest risk that a change can have, and what sets it.

use serde_json::Value;

use super::completion::{Surroundings, areas_of};
use crate::change::{
    DataImpact, Declaration, Delivery, Kind, Period, Risk, Rollback, RollbackChoice, Strategy,
};

/// A fact that can raise the risk, by the name that `high_if` and `medium_if` use.
type Named = (&'static str, fn(&Declaration, Surroundings<'_>) -> bool);

/// Every such fact.
const NAMED: &[Named] = &[
    ("certificate_ca", |all, _| {
        says(all, "chain_changed", &Value::Bool(true))
    }),
    ("data_write", |all, _| all.impact.data >= Some(DataImpact::Write)),
    ("downtime", |all, _| takes_the_service_down(all)),
    ("irreversible", irreversible),
    ("manual", |all, _| {
        matches!(all.delivery, Some(Delivery::Manual | Delivery::Mixed))
    }),
    ("money", |all, _| money(all)),
    ("personal_data", |all, _| {
        says(all, "personal_data", &Value::Bool(true))
    }),
    ("visible", |all, _| {
        all.impact.visible.unwrap_or_else(|| kind(all).visible())
    }),
    ("waf_block", |all, _| {
        kind(all) == Kind::Waf && says(all, "mode", &Value::from("block"))
    }),
];

/// The lowest risk that a change can have, and what set it.
pub fn risk_floor(all: &Declaration, around: Surroundings<'_>) -> (Risk, Vec<String>) {
    let mut reasons: Vec<(Risk, String)> = Vec::new();
    if let Some(kind) = all.kind {
        reasons.push((kind.risk(), format!("kind:{kind}")));
    }
    for area in areas_of(all, around) {
        if let Some(risk) = around.config.areas.get(&area).and_then(|a| a.risk) {
            reasons.push((risk, format!("area:{area}")));
        }
    }
    reasons.push((around.path_risk, "paths".to_owned()));
    for (risk, names) in [
        (Risk::High, &around.terms.high_if),
        (Risk::Medium, &around.terms.medium_if),
    ] {
        let holds = |name: &&String| NAMED.iter().any(|(known, of)| known == name && of(all, around));
        reasons.extend(names.iter().filter(holds).map(|name| (risk, name.clone())));
    }
    let floor = reasons.iter().map(|(risk, _)| *risk).max().unwrap_or(Risk::Low);
    let because = reasons
        .into_iter()
        .filter(|(risk, _)| *risk == floor && floor > Risk::Low)
        .map(|(_, reason)| reason)
        .collect();
    (floor, because)
}

/// The names among `high_if` and `medium_if` that are no fact.
pub(super) fn unknown_facts(around: Surroundings<'_>) -> Vec<String> {
    let names = around.terms.high_if.iter().chain(&around.terms.medium_if);
    names
        .filter(|name| !NAMED.iter().any(|(known, _)| known == name))
        .cloned()
        .collect()
}

fn kind(all: &Declaration) -> Kind {
    all.kind.unwrap_or(Kind::Code)
}

fn says(all: &Declaration, key: &str, what: &Value) -> bool {
    all.details.get(key) == Some(what)
}

fn money(all: &Declaration) -> bool {
    all.impact.money.unwrap_or_else(|| kind(all).money())
}

/// A length in business days is longer than none.
fn takes_the_service_down(all: &Declaration) -> bool {
    all.impact
        .downtime
        .is_some_and(|length| length.seconds() != Some(0) && length != Period::BusinessDays(0))
}

/// What is done to data for good, or a plan that only leads onwards.
fn irreversible(all: &Declaration, around: Surroundings<'_>) -> bool {
    let onwards = |plan: &Rollback| matches!(plan.strategy, Some(Strategy::None | Strategy::ForwardFix));
    let plan = match &all.rollback {
        Some(RollbackChoice::Stated(own)) => Some(own.as_ref()),
        Some(RollbackChoice::Named(name)) => around.config.rollback_plans.get(name),
        None => around
            .config
            .default_rollback(around.service)
            .map(|(_, plan)| plan),
    };
    all.impact.data == Some(DataImpact::Irreversible) || plan.is_some_and(onwards)
}
