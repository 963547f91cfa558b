//! What a key stands at and who says so: settings, parameters of rules, fields of declarations.

use serde_json::Value;

use crate::change::Message;
use crate::change::text::{Document, nearest};
use crate::config::{self, KeyAnswer, KeyStep, Source, descend};
use crate::dossier::{Change, Origin};
use crate::policy::{Cell, Keeper, RuleId, RulePage};

use super::in_force::CONFIG_PATH;
use super::{InForce, Judged, Stop};

/// Every answer to `key`: of the configuration, and of each change that is judged.
///
/// # Errors
/// [`Stop::Request`] for a key that there is not, with the one that was probably meant.
pub fn explain_key(rules: &InForce, judged: Option<&Judged>, key: &str) -> Result<Vec<KeyAnswer>, Stop> {
    let text = String::from_utf8_lossy(&rules.config_bytes);
    let unreadable = |_| Stop::request("error-no-config-here");
    let document = Document::parse(&text).map_err(unreadable)?;
    let mut answers = Vec::new();
    match key.strip_prefix("rules.") {
        Some(of_rule) => answers.extend(rule_key(rules, &document, of_rule)),
        None => answers.extend(config::key(&rules.config, &document, key)),
    }
    if let Some(judged) = judged {
        let changes = judged.collected.dossier.changes.iter();
        answers.extend(changes.filter_map(|change| field(judged, change, key)));
    }
    if answers.is_empty() {
        return Err(unknown(rules, judged, key));
    }
    Ok(answers)
}

/// `CODE`, `CODE.effect`, `CODE.PARAMETER` and what is in it.
fn rule_key(rules: &InForce, document: &Document, of_rule: &str) -> Option<KeyAnswer> {
    let (code, field) = of_rule.split_once('.').unwrap_or((of_rule, "effect"));
    let page = RulePage::of(&rules.bundle, &RuleId::new(code))?;
    let key = format!("rules.{code}.{field}");
    if field == "effect" {
        return Some(effect(&page, document, &format!("rules.{code}")));
    }
    let all: serde_json::Map<String, Value> = page
        .parameters
        .iter()
        .map(|parameter| (parameter.name.clone(), parameter.value.clone()))
        .collect();
    let value = descend(&Value::Object(all), field)?;
    let parameters = &page.rule.parameters;
    let own = parameters.profile.get(rules.config.profile.as_str());
    let of_profile = own.and_then(|own| descend(&Value::Object(own.clone()), field));
    let shipped = descend(&Value::Object(parameters.defaults.clone()), field);
    Some(KeyAnswer {
        key: key.clone(),
        change: None,
        value: Some(value),
        steps: vec![
            KeyStep::written(Source::TopLevel, document, CONFIG_PATH, &key),
            KeyStep::unwritten(Source::Profile, &key, of_profile),
            KeyStep::unwritten(Source::Shipped, &key, shipped),
        ],
    })
}

/// What a failure of a rule does.
fn effect(page: &RulePage, document: &Document, key: &str) -> KeyAnswer {
    let long = KeyStep::written(Source::TopLevel, document, CONFIG_PATH, &format!("{key}.effect"));
    let short = KeyStep::written(Source::TopLevel, document, CONFIG_PATH, key);
    let set = match &short.value {
        Some(Value::String(_)) => short,
        _ => long,
    };
    let cells = Value::from_iter(page.rule.effect.all().map(cell));
    let shipped = KeyStep::unwritten(Source::Shipped, &format!("{key}.effect"), Some(cells));
    let steps = match page.rule.keeper {
        Keeper::File(_) => vec![set, shipped],
        Keeper::Engine | Keeper::Obligation => vec![shipped],
    };
    KeyAnswer {
        key: format!("{key}.effect"),
        change: None,
        value: steps.iter().find_map(|step| step.value.clone()),
        steps,
    }
}

/// A cell as the catalogue spells it.
fn cell(cell: Cell) -> Value {
    match cell {
        Cell::Run(effect) => serde_json::to_value(effect).unwrap_or_default(),
        Cell::Template => "template".into(),
        Cell::Never => "-".into(),
        Cell::Stop => "stop".into(),
    }
}

/// A field of a change's declaration, as it was completed.
fn field(judged: &Judged, change: &Change, key: &str) -> Option<KeyAnswer> {
    let value = descend(&Value::Object(change.declaration.clone()), key)?;
    let mut steps = Vec::new();
    let file = judged.collected.texts.get(&change.id);
    if let Some((path, text)) = file
        && let Ok(document) = Document::parse(text)
    {
        steps.push(KeyStep::written(Source::Declaration, &document, path, key));
        let named = document
            .written("rollback")
            .and_then(|(value, _)| Some(value.as_str()?.to_owned()));
        steps.extend(of_plan(judged, named.as_deref(), key));
    }
    let text = String::from_utf8_lossy(&judged.rules.config_bytes);
    if let Ok(document) = Document::parse(&text) {
        if let (Origin::Derived, Some(place)) = (change.origin, change.place.strip_prefix("sekisho.yml#")) {
            steps.push(KeyStep::written(
                Source::Template,
                &document,
                CONFIG_PATH,
                &format!("{place}.{key}"),
            ));
        }
        let service = &judged.collected.dossier.request.service;
        let plan = judged
            .rules
            .config
            .default_rollback(service)
            .map(|(name, _)| name.to_owned());
        let is_named = steps.iter().any(|step| step.value.is_some());
        steps.extend(of_plan(judged, plan.as_deref().filter(|_| !is_named), key));
        if key.starts_with("verification") {
            let of_service = format!("services.{service}.{key}");
            steps.push(KeyStep::written(
                Source::Service,
                &document,
                CONFIG_PATH,
                &of_service,
            ));
            steps.push(KeyStep::written(Source::TopLevel, &document, CONFIG_PATH, key));
        }
    }
    // What nobody wrote, or what was raised above what somebody wrote, was worked out.
    if !steps.iter().any(|step| step.value.as_ref() == Some(&value)) {
        let is_typed = steps.first().is_some_and(|step| step.value.is_some());
        let is_derived = change.derived_fields.iter().any(|field| field == key);
        if is_derived || !is_typed {
            steps.insert(0, KeyStep::unwritten(Source::Derived, key, Some(value.clone())));
        }
    }
    Some(KeyAnswer {
        key: key.to_owned(),
        change: Some(change.id.to_string()),
        value: Some(value),
        steps,
    })
}

/// What a named plan says.
fn of_plan(judged: &Judged, plan: Option<&str>, key: &str) -> Option<KeyStep> {
    let field = key.strip_prefix("rollback.")?;
    let text = String::from_utf8_lossy(&judged.rules.config_bytes);
    let document = Document::parse(&text).ok()?;
    let key = format!("rollback_plans.{}.{field}", plan?);
    Some(KeyStep::written(Source::Plan, &document, CONFIG_PATH, &key))
}

fn unknown(rules: &InForce, judged: Option<&Judged>, key: &str) -> Stop {
    let mut known = config::keys(&rules.config);
    for page in RulePage::all(&rules.bundle) {
        known.push(format!("rules.{}", page.rule.code));
        let names = page.parameters.iter().map(|parameter| &parameter.name);
        known.extend(names.map(|name| format!("rules.{}.{name}", page.rule.code)));
        known.push(page.rule.code.to_string());
    }
    let changes = judged.iter().flat_map(|judged| &judged.collected.dossier.changes);
    known.extend(changes.flat_map(|change| change.declaration.keys().cloned()));
    Stop::Request(match nearest(key, known.iter().map(String::as_str)) {
        Some(near) => Message::new("error-explain-near")
            .with("what", key)
            .with("near", near),
        None => Message::new("error-explain-unknown").with("what", key),
    })
}
