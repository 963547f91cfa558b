//! Which value of a key is in force, who says so, and what it won over.

use serde::Serialize;
use serde_json::Value;

use super::in_force::{as_shipped, settings};
use super::{Config, Profile};
use crate::change::text::Document;
use crate::change::{AreaKey, Kind, ServiceKey, TemplateKey};

/// The file whose keys these are.
const FILE: &str = "sekisho.yml";

/// Who can say what a value is, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The declaration of a change.
    Declaration,
    /// A template of standard changes.
    Template,
    /// A named rollback plan.
    Plan,
    /// An area.
    Area,
    /// A service.
    Service,
    /// The file, at its top level.
    TopLevel,
    /// Worked out from what else is known.
    Derived,
    /// The defaults of the profile.
    Profile,
    /// The default of sekisho.
    Shipped,
}

/// One of those who could say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyStep {
    /// Who.
    pub source: Source,
    /// Under which key.
    pub key: String,
    /// What they say; absent where they are silent.
    pub value: Option<Value>,
    /// The file in which it is written.
    pub file: Option<String>,
    /// The line there, from 1.
    pub line: Option<u32>,
}

/// A key with its value in force and everybody who could have said otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyAnswer {
    /// The key that was asked for.
    pub key: String,
    /// The change, where it is a field of its declaration.
    pub change: Option<String>,
    /// The value in force; absent where nobody says anything.
    pub value: Option<Value>,
    /// The strongest first; the first with a value wins.
    pub steps: Vec<KeyStep>,
}

impl KeyAnswer {
    /// The one who wins.
    pub fn winner(&self) -> Option<&KeyStep> {
        self.steps.iter().find(|step| step.value.is_some())
    }
}

impl KeyStep {
    /// What `document` says at exactly this key.
    pub fn written(source: Source, document: &Document, file: &str, key: &str) -> Self {
        let found = document.written(key);
        Self {
            source,
            key: key.to_owned(),
            line: found.as_ref().map(|(_, place)| place.line),
            file: found.as_ref().map(|_| file.to_owned()),
            value: found.map(|(value, _)| value),
        }
    }

    /// What is not written anywhere.
    pub fn unwritten(source: Source, key: &str, value: Option<Value>) -> Self {
        Self {
            source,
            key: key.to_owned(),
            value,
            file: None,
            line: None,
        }
    }
}

/// The value of a key of `sekisho.yml`; `None` for a key that there is not. Keys of `rules:` are
/// the rules' own.
pub fn key(config: &Config, document: &Document, key: &str) -> Option<KeyAnswer> {
    let chain = chain(config, key)?;
    let mut steps: Vec<KeyStep> = chain
        .iter()
        .map(|key| KeyStep::written(source(key), document, FILE, key))
        .collect();
    steps.extend(chain.last().and_then(|last| fallback(config, document, last)));
    steps.extend(derived(config, document, key));
    let in_force = descend(&settings(config), key).filter(|value| !value.is_null());
    let said = steps.iter().find_map(|step| step.value.clone());
    if in_force.is_none() && said.is_none() && document.written(key).is_none() && !may_be_silent(config, key)
    {
        return None;
    }
    Some(KeyAnswer {
        key: key.to_owned(),
        change: None,
        value: in_force.or(said),
        steps,
    })
}

/// Every key that can be asked for, for suggestions.
pub fn keys(config: &Config) -> Vec<String> {
    let mut all = Vec::new();
    inner(&settings(config), "", &mut all);
    let of = |group: &str, names: Vec<&str>, fields: &[&str], all: &mut Vec<String>| {
        for name in names {
            all.extend(fields.iter().map(|field| format!("{group}.{name}.{field}")));
        }
    };
    let services = config.services.keys().map(ServiceKey::as_str).collect();
    of("services", services, SERVICE, &mut all);
    let areas = config.areas.keys().map(AreaKey::as_str).collect();
    of("areas", areas, AREA, &mut all);
    let templates = config.templates.iter().map(|(key, _)| key.as_str()).collect();
    of("templates", templates, TEMPLATE, &mut all);
    let plans = config.rollback_plans.keys().map(String::as_str).collect();
    of("rollback_plans", plans, PLAN, &mut all);
    all
}

const SERVICE: &[&str] = &[
    "paths",
    "depends_on",
    "executors",
    "approvers",
    "rollback",
    "verification",
    "contact",
    "window",
];
const AREA: &[&str] = &[
    "owners",
    "approvers",
    "executors",
    "paths",
    "risk",
    "data",
    "data_correction",
    "label",
];
const TEMPLATE: &[&str] = &[
    "service",
    "title",
    "kind",
    "delivery",
    "targets",
    "paths",
    "reason",
    "description",
    "references",
    "roles",
    "impact",
    "procedure",
    "plan",
    "tests",
    "params",
    "risk",
    "rollback",
    "valid_for",
    "verification",
    "window",
    "contact",
    "details",
];
const PLAN: &[&str] = &[
    "strategy",
    "steps",
    "to",
    "decider",
    "decider_alternate",
    "criteria",
    "decide_by",
    "duration",
    "tested",
    "data_correction",
    "point_of_no_return",
    "forward_fix",
    "backup",
];

/// The value at a dotted path.
pub fn descend(value: &Value, path: &str) -> Option<Value> {
    let mut here = value;
    for step in path.split('.') {
        here = match here {
            Value::Object(fields) => fields.get(step)?,
            _ => return None,
        };
    }
    Some(here.clone())
}

fn inner(value: &Value, here: &str, all: &mut Vec<String>) {
    let Value::Object(fields) = value else { return };
    for (name, next) in fields {
        let path = match here {
            "" => name.clone(),
            here => format!("{here}.{name}"),
        };
        inner(next, &path, all);
        all.push(path);
    }
}

/// A key that somebody may leave out and nobody else fills in.
fn may_be_silent(config: &Config, key: &str) -> bool {
    keys(config).iter().any(|known| known == key) || key == "verification"
}

/// The keys that can say it, the strongest first; `None` for a service, area or template that
/// there is not.
fn chain(config: &Config, key: &str) -> Option<Vec<String>> {
    let own = key.to_owned();
    let parts: Vec<&str> = key.splitn(3, '.').collect();
    Some(match parts.as_slice() {
        ["emergency", "declarers"] => vec![own, "executors".to_owned()],
        ["emergency", "route"] if config.profile == Profile::Solo => {
            vec![own, "approval.outside_reviewers".to_owned()]
        }
        ["emergency", "route"] => vec![own, "approvers".to_owned()],
        ["services", name, field] => {
            config.services.get(&ServiceKey::from(*name))?;
            let mut chain = vec![own];
            chain.extend(above_service(field).map(str::to_owned));
            chain
        }
        ["areas", name, field] => {
            let known = config.areas.contains_key(&AreaKey::from(*name)) || name.parse::<Kind>().is_ok();
            match (known, *field) {
                (false, _) => return None,
                (_, "executors") => vec![own, "executors".to_owned()],
                (_, "approvers") => vec![own, format!("areas.{name}.owners"), "approvers".to_owned()],
                _ => vec![own],
            }
        }
        ["templates", name, field] => {
            let key = TemplateKey::from(*name);
            let (_, template) = config.templates.iter().find(|(known, _)| *known == key)?;
            let mut chain = vec![own];
            if matches!(*field, "rollback" | "verification") {
                let only = config
                    .services
                    .keys()
                    .next()
                    .filter(|_| config.services.len() == 1);
                let service = template.service.as_ref().or(only);
                chain.extend(service.map(|service| format!("services.{service}.{field}")));
                chain.extend(above_service(field).map(str::to_owned));
            }
            chain
        }
        _ => vec![own],
    })
}

/// The key at the top level that a field of a service goes before.
fn above_service(field: &str) -> Option<&'static str> {
    Some(match field {
        "executors" => "executors",
        "approvers" => "approvers",
        "verification" => "verification",
        "window" => "windows.default",
        "contact" => "contact_rules.default",
        _ => return None,
    })
}

fn source(key: &str) -> Source {
    match key.split('.').next() {
        Some("services") => Source::Service,
        Some("areas") => Source::Area,
        Some("templates") => Source::Template,
        Some("rollback_plans") => Source::Plan,
        _ => Source::TopLevel,
    }
}

/// The default of a key: of the profile, where profiles differ in it, else of sekisho.
fn fallback(config: &Config, document: &Document, key: &str) -> Option<KeyStep> {
    const WITH_DEFAULTS: &[&str] = &[
        "profile",
        "language",
        "calendar",
        "windows",
        "approval",
        "emergency",
        "due",
        "trust",
        "paths",
    ];
    let section = key.split('.').next().unwrap_or_default();
    if !WITH_DEFAULTS.contains(&section) {
        return None;
    }
    let of = |profile| descend(&settings(&as_shipped(config, profile)), key);
    let differs = Profile::ALL
        .iter()
        .any(|profile| of(*profile) != of(config.profile));
    let is_shipped = matches!(section, "approval" | "emergency" | "due" | "profile")
        || matches!(key, "trust.signatures" | "windows.default");
    // What the file does not touch is the default itself; else it is known for some sections.
    let value = match document.written(key) {
        None => descend(&settings(config), key),
        Some(_) if is_shipped => of(config.profile),
        Some(_) => None,
    };
    let value = value.filter(|value| !value.is_null())?;
    let source = if differs { Source::Profile } else { Source::Shipped };
    Some(KeyStep::unwritten(source, key, Some(value)))
}

/// What follows from other keys.
fn derived(config: &Config, document: &Document, key: &str) -> Option<KeyStep> {
    let parts: Vec<&str> = key.splitn(3, '.').collect();
    let (key, value): (String, Value) = match parts.as_slice() {
        ["services" | "templates", _, "rollback"] if config.rollback_plans.len() == 1 => {
            let (name, _) = config.rollback_plans.iter().next()?;
            (format!("rollback_plans.{name}"), name.clone().into())
        }
        ["areas", name, "risk"] => (
            "kind".to_owned(),
            name.parse::<Kind>().ok()?.risk().as_str().into(),
        ),
        ["templates", name, field @ ("risk" | "valid_for")] if document.written(key).is_none() => {
            let template = config.templates.iter().find(|(known, _)| known.as_str() == *name);
            let (_, template) = template?;
            let value = match *field {
                "risk" => template.risk.as_str().into(),
                _ => template.valid_for.to_string().into(),
            };
            return Some(KeyStep::unwritten(Source::Shipped, key, Some(value)));
        }
        _ => return None,
    };
    Some(KeyStep::unwritten(Source::Derived, &key, Some(value)))
}
