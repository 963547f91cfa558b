//! What a template gives to a change: all of it, or what a declaration that names it left open.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::change::text::{Document, declaration};
use crate::change::{ChangeId, ChangeType, Declaration, RollbackChoice, TemplateKey};
use crate::config::{Config, Template};
use crate::dossier::Origin;

use super::InForce;
use super::collect_change::Material;

/// What the template that a declaration names gave to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The fields that nobody typed.
    pub given: Vec<String>,
    /// Typed fields that say something else than the template, and that it does not leave open.
    pub overrides: Vec<String>,
}

/// What a declaration of work by hand may say besides its template: the rest was agreed.
const OPEN: &[&str] = &[
    "schema",
    "id",
    "type",
    "title",
    "reason",
    "description",
    "references",
    "roles",
    "tests",
    "window",
    "depends_on",
    "contact",
    "template",
    "params",
    "temporary",
    "followups",
    "salt",
];

impl Material {
    /// The change that template `key` makes, under a number that is known.
    pub(super) fn of_template(rules: &InForce, id: &ChangeId, key: &TemplateKey) -> Option<Self> {
        let (_, template) = rules.config.templates.iter().find(|(k, _)| k == key)?;
        Some(Self {
            id: id.clone(),
            origin: Origin::Derived,
            place: format!("sekisho.yml#templates.{key}"),
            typed: template_declaration(&rules.config, key, template)?,
            text: None,
            digest: template.digest,
            units: Vec::new(),
            starts: Vec::new(),
            unit_files: Vec::new(),
            files: BTreeSet::new(),
            commits: Vec::new(),
            filed_by: None,
            written: None,
            chosen: None,
        })
    }
}

/// The declaration with what its template says where it says nothing itself; unchanged where it
/// names none that is known.
pub(super) fn with_template(config: &Config, typed: Declaration) -> (Declaration, Option<Chosen>) {
    let named = typed.template.as_ref().and_then(|key| {
        let (_, template) = config.templates.iter().find(|(k, _)| k == key)?;
        template_declaration(config, key, template)
    });
    let Some(own) = named else { return (typed, None) };
    let (said, agreed) = (declaration::to_value(&typed), declaration::to_value(&own));
    let overrides = said
        .iter()
        .filter(|(field, value)| !OPEN.contains(&field.as_str()) && agreed.get(*field) != Some(*value))
        .map(|(field, _)| field.clone())
        .collect();
    let given = given(&said, &agreed);
    (layered(typed, own), Some(Chosen { given, overrides }))
}

/// The fields of the template that the declaration leaves open.
fn given(said: &Map<String, Value>, agreed: &Map<String, Value>) -> Vec<String> {
    let own = ["schema", "type", "template", "title"];
    agreed
        .keys()
        .filter(|field| !own.contains(&field.as_str()) && !said.contains_key(*field))
        .cloned()
        .collect()
}

/// Declaration before template, field by field.
fn layered(typed: Declaration, own: Declaration) -> Declaration {
    let list = |typed: Vec<String>, own: Vec<String>| if typed.is_empty() { own } else { typed };
    let mut all = typed;
    all.title = all.title.or(own.title);
    all.kind = all.kind.or(own.kind);
    all.delivery = all.delivery.or(own.delivery);
    if all.targets.is_empty() {
        all.targets = own.targets;
    }
    all.reason = all.reason.or(own.reason);
    all.description = all.description.or(own.description);
    all.references = list(all.references, own.references);
    all.roles.requester = all.roles.requester.or(own.roles.requester);
    all.roles.executor = all.roles.executor.or(own.roles.executor);
    all.roles.verifier = all.roles.verifier.or(own.roles.verifier);
    if all.roles.approvers.is_empty() {
        all.roles.approvers = own.roles.approvers;
    }
    if all.impact == Default::default() {
        all.impact = own.impact;
    }
    all.procedure = all.procedure.or(own.procedure);
    all.plan = all.plan.or(own.plan);
    if all.tests.is_empty() {
        all.tests = own.tests;
    }
    if all.window == Default::default() {
        all.window = own.window;
    }
    all.rollback = all.rollback.or(own.rollback);
    if all.verification == Default::default() {
        all.verification = own.verification;
    }
    if all.contact == Default::default() {
        all.contact = own.contact;
    }
    if all.details.is_empty() {
        all.details = own.details;
    }
    all
}

/// What a template says as a declaration: its keys that are a declaration's, and its plan.
fn template_declaration(config: &Config, key: &TemplateKey, template: &Template) -> Option<Declaration> {
    const OF_TEMPLATES_ALONE: [&str; 7] = [
        "paths",
        "risk",
        "params",
        "valid_for",
        "service",
        "rollback",
        "label",
    ];
    let mut written = template.written.as_object()?.clone();
    for name in OF_TEMPLATES_ALONE {
        written.remove(name);
    }
    written.insert("schema".to_owned(), "sekisho/declaration/v1".into());
    let text = Value::Object(written).to_string();
    let document = Document::parse(&text).ok()?;
    let (mut typed, _) = declaration::read(&document, &config.calendar.zone, None).ok()?;
    typed.change_type = Some(ChangeType::Standard);
    typed.template = Some(key.clone());
    typed.title.get_or_insert_with(|| key.to_string());
    if let Some(plan) = &template.rollback {
        typed.rollback = Some(RollbackChoice::Named(plan.clone()));
    }
    Some(typed)
}
