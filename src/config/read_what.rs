//! `services:`, `environments:` and `rollback_plans:`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::known::{DEFAULT_ENVIRONMENT, Known};
use super::read_people::checked_name;
use super::{Environment, Service};
use crate::change::text::{Fields, rollback, verification};
use crate::change::{EnvironmentKey, Message, Rollback, ServiceKey, Strategy};

pub(super) fn services(
    root: &Fields<'_>,
    known: &Known,
    default_service: &str,
) -> BTreeMap<ServiceKey, Service> {
    let mut services = BTreeMap::new();
    let mut open: Option<&str> = None;
    for (name, value) in root.fields("services").map(|f| f.named()).unwrap_or_default() {
        checked_name(name, &value);
        let Some(fields) = value.fields() else {
            continue;
        };
        let service = service(&fields, known);
        fields.done();
        if service.paths.is_empty()
            && let Some(other) = open.replace(name)
        {
            value.fault_at_key(
                Message::new("yaml-two-open-services")
                    .with("one", other)
                    .with("other", name),
            );
        }
        services.insert(name.into(), service);
    }
    if services.is_empty() {
        services.insert(default_service.into(), Service::default());
    }
    services
}

fn service(fields: &Fields<'_>, known: &Known) -> Service {
    let depends_on = fields
        .get("depends_on")
        .map(|v| known.names(&v, "service", &known.services));
    Service {
        paths: fields.globs("paths"),
        depends_on: depends_on
            .unwrap_or_default()
            .into_iter()
            .map(ServiceKey::from)
            .collect(),
        executors: fields.get("executors").map(|v| known.persons(&v)),
        approvers: fields.get("approvers").map(|v| known.authority(&v)),
        rollback: fields
            .get("rollback")
            .and_then(|v| known.name(&v, "plan", &known.plans)),
        verification: fields.get("verification").and_then(|v| verification(&v)),
        contact: fields
            .get("contact")
            .and_then(|v| known.name(&v, "contact_rule", &known.contact_rules)),
        window: fields
            .get("window")
            .and_then(|v| known.name(&v, "window", &known.windows)),
    }
}

pub(super) fn environments(root: &Fields<'_>) -> BTreeMap<EnvironmentKey, Environment> {
    let mut environments = BTreeMap::new();
    for (name, value) in root.fields("environments").map(|f| f.named()).unwrap_or_default() {
        checked_name(name, &value);
        let Some(fields) = value.fields() else {
            continue;
        };
        let environment = Environment {
            branch: fields.text("branch"),
            gated: fields.truth("gated").unwrap_or(true),
        };
        fields.done();
        environments.insert(name.into(), environment);
    }
    if environments.is_empty() {
        environments.insert(
            DEFAULT_ENVIRONMENT.into(),
            Environment {
                branch: None,
                gated: true,
            },
        );
    }
    environments
}

pub(super) fn rollback_plans(
    root: &Fields<'_>,
    known: &Known,
    zone: &TimeZone,
) -> BTreeMap<String, Rollback> {
    let mut plans = BTreeMap::new();
    for (name, value) in root
        .fields("rollback_plans")
        .map(|f| f.named())
        .unwrap_or_default()
    {
        checked_name(name, &value);
        let Some(plan) = rollback(&value, zone) else {
            continue;
        };
        if let Some(fields) = value.fields() {
            for key in ["decider", "decider_alternate"] {
                fields.get(key).and_then(|v| known.person(&v));
            }
            if let Some(fix) = fields.get("forward_fix").and_then(|v| v.fields_if_map()) {
                fix.get("owner").and_then(|v| known.person(&v));
            }
            fields.required("strategy");
        }
        let missing = incomplete(&plan);
        if !missing.is_empty() {
            value.warn(
                Message::new("yaml-plan-incomplete")
                    .with("plan", name)
                    .with("missing", missing.join(", ")),
            );
        }
        plans.insert(name.to_owned(), plan);
    }
    plans
}

/// The keys that a rollback plan needs and does not have.
pub(super) fn incomplete(plan: &Rollback) -> Vec<&'static str> {
    let no_way_back = matches!(plan.strategy, Some(Strategy::None | Strategy::ForwardFix));
    let needs = [
        ("steps", !plan.steps.is_empty() || no_way_back),
        ("decider", plan.decider.is_some()),
        ("criteria", !plan.criteria.is_empty()),
        ("duration", plan.duration.is_some() || no_way_back),
    ];
    needs
        .into_iter()
        .filter(|(_, there)| !there)
        .map(|(key, _)| key)
        .collect()
}
