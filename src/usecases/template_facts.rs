//! What rules ask about the template of one change.

use serde_json::Value;

use crate::change::{Declaration, Moment, ServiceKey, TemplateKey};
use crate::config::Template;
use crate::dossier::coverage::Outside;
use crate::dossier::{MOST_HITS, OutsideBounds, TemplateFacts};

use super::collect_change::Material;
use super::template_record::TemplateRecord;
use super::work_facts::unknown_year;
use super::{Asked, InForce, Stop};

/// The facts about the template that `completed` names.
///
/// # Errors
/// [`Stop::Unavailable`] when the holiday table ends before the template does.
pub(super) fn template(
    rules: &InForce,
    asked: &Asked,
    at: Moment,
    material: &Material,
    completed: &Declaration,
    record: &TemplateRecord,
    globs: &Outside,
) -> Result<TemplateFacts, Stop> {
    let Some(key) = &completed.template else {
        return Ok(TemplateFacts::default());
    };
    let named = TemplateFacts {
        name: key.to_string(),
        ..TemplateFacts::default()
    };
    let Some(template) = in_force(rules, key, &asked.service) else {
        return Ok(named);
    };
    let calendar = &rules.config.calendar;
    let since = record.since(key).unwrap_or(at);
    let until = calendar.due(since, template.valid_for).map_err(unknown_year)?;
    let files: Vec<&String> = material
        .files
        .iter()
        .filter(|path| !rules.ground.declares(path))
        .collect();
    // What is guarded is never agreed to beforehand, whatever the globs say.
    let mut paths_outside = globs.of(&template.paths, &files);
    let guarded = files.iter().filter(|path| rules.ground.guarded(path));
    paths_outside.extend(guarded.map(|path| (*path).clone()));
    paths_outside.sort();
    paths_outside.dedup();
    let by_hand = material.units.is_empty() && material.chosen.is_some();
    let overrides = material.chosen.as_ref().filter(|_| by_hand);
    let mut uses = record.uses(key, template.digest);
    uses.truncate(MOST_HITS);
    Ok(TemplateFacts {
        known: true,
        digest: template.digest.to_string(),
        risk: template.risk,
        plan: plan_name(rules, &asked.service, template),
        valid_until: until.to_string(),
        seconds_valid: until.seconds_since(at),
        outside: bounds(template, completed),
        paths_outside_count: paths_outside.len() as u64,
        paths_outside: paths_outside.into_iter().take(MOST_HITS).collect(),
        overrides: overrides
            .map(|chosen| chosen.overrides.clone())
            .unwrap_or_default(),
        gate_globs: rules.ground.gate_paths(&template.paths),
        normal_successes: record.normal_successes(key),
        uses,
        ..named
    })
}

/// The template, where the configuration in force has it for this service.
pub(super) fn in_force<'a>(
    rules: &'a InForce,
    key: &TemplateKey,
    service: &ServiceKey,
) -> Option<&'a Template> {
    let (_, template) = rules.config.templates.iter().find(|(k, _)| k == key)?;
    template
        .service
        .as_ref()
        .is_none_or(|own| own == service)
        .then_some(template)
}

/// The rollback plan that its changes get, by name.
pub(super) fn plan_name(rules: &InForce, service: &ServiceKey, template: &Template) -> String {
    let inherited = || {
        rules
            .config
            .default_rollback(service)
            .map(|(name, _)| name.to_owned())
    };
    template.rollback.clone().or_else(inherited).unwrap_or_default()
}

/// Every parameter that is missing, unknown or outside its bounds.
fn bounds(template: &Template, completed: &Declaration) -> Vec<OutsideBounds> {
    let none = serde_json::Map::new();
    let agreed = template
        .written
        .get("params")
        .and_then(Value::as_object)
        .unwrap_or(&none);
    let mut found = Vec::new();
    let mut note = |param: &str, because: &str, wanted: String| {
        found.push(OutsideBounds {
            param: param.to_owned(),
            because: because.to_owned(),
            wanted,
        });
    };
    for (param, bound) in agreed {
        match completed.params.get(param) {
            None | Some(Value::Null) => note(param, "missing", String::new()),
            Some(value) => {
                if let Some((because, wanted)) = breach(bound, value) {
                    note(param, because, wanted);
                }
            }
        }
    }
    for param in completed
        .params
        .keys()
        .filter(|param| !agreed.contains_key(*param))
    {
        let known: Vec<&str> = agreed.keys().map(String::as_str).collect();
        note(param, "unknown", known.join(", "));
    }
    found.truncate(MOST_HITS);
    found
}

/// The first bound that a value does not keep to.
fn breach(bound: &Value, value: &Value) -> Option<(&'static str, String)> {
    let kind = bound.get("type").and_then(Value::as_str);
    let fits = match kind {
        Some("text") => value.is_string(),
        Some("number") => value.is_u64(),
        Some("bool") => value.is_boolean(),
        // A bound that says no type takes any plain value.
        None => value.is_string() || value.is_number() || value.is_boolean(),
        Some(_) => false,
    };
    if !fits {
        return Some(("type", kind.unwrap_or("text, number, bool").to_owned()));
    }
    for (name, keeps) in [
        ("min", (|value, limit| value >= limit) as fn(u64, u64) -> bool),
        ("max", |value, limit| value <= limit),
    ] {
        if let Some(limit) = bound.get(name) {
            let kept = value
                .as_u64()
                .zip(limit.as_u64())
                .is_some_and(|(value, limit)| keeps(value, limit));
            if !kept {
                return Some((name, limit.to_string()));
            }
        }
    }
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if let Some(pattern) = bound.get("pattern").and_then(Value::as_str)
        && !Outside::default().of(&[pattern.to_owned()], &[&text]).is_empty()
    {
        return Some(("pattern", pattern.to_owned()));
    }
    let allowed = bound.get("values").map(listed)?;
    (!allowed.contains(&text)).then(|| ("values", allowed.join(", ")))
}

/// A list of texts, or one.
fn listed(value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value {
        Value::Array(items) => items.iter().map(text).collect(),
        one => vec![text(one)],
    }
}
