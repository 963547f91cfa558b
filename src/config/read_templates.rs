//! `templates:`: changes that were approved before they are made.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json};

use super::defaults::days;
use super::known::Known;
use super::read_people::checked_name;
use super::{Service, Template};
use crate::change::text::declaration::common;
use crate::change::text::{Fields, Value};
use crate::change::{Digest, Message, Risk, Rollback, ServiceKey, TemplateKey};

pub(super) fn templates(
    root: &Fields<'_>,
    known: &Known,
    services: &BTreeMap<ServiceKey, Service>,
    plans: &BTreeMap<String, Rollback>,
    zone: &TimeZone,
) -> Vec<(TemplateKey, Template)> {
    let mut templates = Vec::new();
    for (name, value) in root.fields("templates").map(|f| f.named()).unwrap_or_default() {
        checked_name(name, &value);
        if let Some(template) = template(&value, known, services, plans, zone) {
            templates.push((name.into(), template));
        }
    }
    templates
}

fn template(
    value: &Value<'_>,
    known: &Known,
    services: &BTreeMap<ServiceKey, Service>,
    plans: &BTreeMap<String, Rollback>,
    zone: &TimeZone,
) -> Option<Template> {
    let fields = value.fields()?;
    let service = fields
        .get("service")
        .and_then(|v| known.name(&v, "service", &known.services))
        .map(ServiceKey::from);
    // Work by hand needs no files of the repository.
    let by_hand = fields.get("delivery").is_some_and(|v| v.is("manual"));
    let paths = match by_hand {
        true => fields.globs("paths"),
        false => fields
            .required("paths")
            .map(|_| fields.globs("paths"))
            .unwrap_or_default(),
    };
    let risk = fields
        .get("risk")
        .and_then(|v| v.word(&[Risk::Low, Risk::Medium], Risk::as_str))
        .unwrap_or(Risk::Low);
    let plan = fields
        .get("rollback")
        .and_then(|v| known.name(&v, "plan", &known.plans));
    let valid_for = fields.period("valid_for").unwrap_or(days(365));
    if let Some(params) = fields.fields("params") {
        for (_, value) in params.named() {
            parameter(&value);
        }
    }
    common(&fields, zone);
    names(&fields, known);
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
    let limit = |key| fields.get(key).and_then(|v: Value<'_>| v.number());
    if let (Some(min), Some(max)) = (limit("min"), limit("max"))
        && max < min
    {
        value.fault(
            Message::new("yaml-min-above-max")
                .with("min", min)
                .with("max", max),
        );
    }
    fields.globs("pattern");
    fields.texts("values");
    fields.done();
}

/// Every name inside has to be a name of this file; the shapes were checked before.
fn names(fields: &Fields<'_>, known: &Known) {
    let inside = |key| fields.get(key).and_then(|v: Value<'_>| v.fields_if_map());
    if let Some(roles) = inside("roles") {
        for key in ["requester", "executor", "verifier"] {
            roles.get(key).and_then(|v| known.person(&v));
        }
        for approver in roles.get("approvers").map(|v| v.items()).unwrap_or_default() {
            known.person(&approver);
        }
    }
    if let Some(contact) = fields.get("contact") {
        let map = contact.fields_if_map();
        let rule = map.as_ref().map_or(Some(contact), |map| map.get("rule"));
        rule.and_then(|v| known.name(&v, "contact_rule", &known.contact_rules));
        let announcement = map.and_then(|map| map.get("announcement")?.fields_if_map());
        announcement.and_then(|map| known.person(&map.get("owner")?));
    }
    if let Some(vendors) = inside("impact").and_then(|impact| impact.get("vendors")) {
        known.names(&vendors, "vendor", &known.vendors);
    }
    for target in fields.get("targets").map(|v| v.items()).unwrap_or_default() {
        let Some(map) = target.fields_if_map() else {
            continue;
        };
        for (key, set) in [
            ("service", &known.services),
            ("environment", &known.environments),
            ("area", &known.areas),
        ] {
            map.get(key).and_then(|v| known.name(&v, key, set));
        }
    }
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
