//! `services:`, `environments:`, `rollback_plans:` and `templates:`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json};

use super::defaults::days;
use super::known::Known;
use super::read_people::checked_name;
use super::{Environment, Service, Template};
use crate::change::text::{Fields, Value, rollback, verification};
use crate::change::{Digest, EnvironmentKey, Message, Risk, Rollback, ServiceKey, Strategy, TemplateKey};

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
            "production".into(),
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
            if plan.strategy.is_none() && fields.get("strategy").is_none() {
                let message = Message::new("yaml-missing-key").with("key", "strategy");
                root.sheet().fault(&fields.path("strategy"), message);
            }
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

pub(super) fn templates(
    root: &Fields<'_>,
    known: &Known,
    services: &BTreeMap<ServiceKey, Service>,
    plans: &BTreeMap<String, Rollback>,
) -> Vec<(TemplateKey, Template)> {
    let mut templates = Vec::new();
    for (name, value) in root.fields("templates").map(|f| f.named()).unwrap_or_default() {
        checked_name(name, &value);
        if let Some(template) = template(&value, known, services, plans) {
            templates.push((name.into(), template));
        }
    }
    templates
}

/// Keys of a declaration that a template may bring along; each is read when the change is derived.
const DECLARED: &[&str] = &[
    "title",
    "kind",
    "delivery",
    "targets",
    "reason",
    "description",
    "references",
    "roles",
    "impact",
    "procedure",
    "plan",
    "tests",
    "window",
    "contact",
    "details",
];

fn template(
    value: &Value<'_>,
    known: &Known,
    services: &BTreeMap<ServiceKey, Service>,
    plans: &BTreeMap<String, Rollback>,
) -> Option<Template> {
    let fields = value.fields()?;
    let service = fields
        .get("service")
        .and_then(|v| known.name(&v, "service", &known.services))
        .map(ServiceKey::from);
    let paths = fields
        .required("paths")
        .map(|_| fields.globs("paths"))
        .unwrap_or_default();
    let risk = fields
        .get("risk")
        .and_then(|v| v.word(&[Risk::Low, Risk::Medium], Risk::as_str))
        .unwrap_or(Risk::Low);
    let plan = fields
        .get("rollback")
        .and_then(|v| known.name(&v, "plan", &known.plans));
    let valid_for = fields.period("valid_for").unwrap_or(days(365));
    fields.get("verification").and_then(|v| verification(&v));
    if let Some(params) = fields.fields("params") {
        for (_, value) in params.named() {
            parameter(&value);
        }
    }
    for key in DECLARED {
        fields.get(key);
    }
    fields.done();
    let written = value.json();
    let inherited = service
        .as_ref()
        .and_then(|key| services.get(key))
        .and_then(|s| s.rollback.clone());
    let only = (plans.len() == 1).then(|| plans.keys().next().cloned()).flatten();
    let named = plan.clone().or(inherited).or(only);
    let mut resolved = written.as_object().cloned().unwrap_or_default();
    resolved.insert("paths".to_owned(), paths.clone().into());
    resolved.insert("risk".to_owned(), risk.as_str().into());
    resolved.insert("valid_for".to_owned(), valid_for.to_string().into());
    if let Some(name) = named {
        resolved.insert("rollback".to_owned(), name.into());
    }
    let digest = Digest::of(sorted(&Json::Object(resolved)).to_string().as_bytes());
    Some(Template {
        service,
        paths,
        risk,
        rollback: plan,
        valid_for,
        written,
        digest,
    })
}

fn parameter(value: &Value<'_>) {
    let Some(fields) = value.fields() else { return };
    fields
        .get("type")
        .and_then(|v| v.word(&["text", "number", "bool"], |w| w));
    for key in ["min", "max"] {
        fields.get(key).and_then(|v| v.number());
    }
    fields.text("pattern");
    fields.texts("values");
    fields.done();
}

/// The same JSON with every map in the order of its keys.
fn sorted(value: &Json) -> Json {
    match value {
        Json::Array(items) => items.iter().map(sorted).collect(),
        Json::Object(map) => {
            let pairs: BTreeMap<&String, Json> =
                map.iter().map(|(key, value)| (key, sorted(value))).collect();
            Json::Object(
                pairs
                    .into_iter()
                    .map(|(key, value)| (key.clone(), value))
                    .collect::<Map<_, _>>(),
            )
        }
        other => other.clone(),
    }
}
