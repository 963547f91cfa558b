//! Templates that come in: each judged once, as the change that it would make.

use std::collections::BTreeMap;

use crate::change::text::{Document, Fault, declaration};
use crate::change::{
    ChangeId, ChangeType, Declaration, Delivery, Digest, EnvironmentKey, Moment, PersonKey, Risk,
    RollbackChoice, ServiceKey, TemplateKey,
};
use crate::config::{Config, Template};
use crate::dossier::approvals::Sorted;
use crate::dossier::completion::{Surroundings, complete};
use crate::dossier::{
    Authorised, Change, Coverage, Dossier, EmergencyFacts, Facts, Findings, LogState, Past, PlanFile,
    ProcedureFacts, Request, RequestKind, Roles, RollbackTarget, SCHEMA, Standing, TemplateFacts,
};
use crate::policy::{Effect, judge_templates};

use super::calendar_facts::empty;
use super::collect_change::Material;
use super::in_force::CONFIG_PATH;
use super::template_facts::plan_name;
use super::{Asked, InForce, Ports, Stop};

/// The templates that a commit brings in or changes.
#[derive(Default)]
pub(super) struct Coming {
    /// The changes that they would make.
    pub templates: Vec<Change>,
    /// The text of the configuration that holds them.
    pub config: Option<String>,
}

/// The templates of the commit to deploy that are not in the configuration in force as they are
/// there. A configuration that cannot be read brings none in: it is refused before it could be
/// authorised.
///
/// # Errors
/// [`Stop`] when the repository cannot be read.
pub(super) fn coming(ports: Ports<'_>, rules: &InForce, asked: &Asked, at: Moment) -> Result<Coming, Stop> {
    let bytes = ports
        .repository
        .read(&asked.head, CONFIG_PATH)?
        .unwrap_or_default();
    if bytes == rules.config_bytes {
        return Ok(Coming::default());
    }
    let Ok(new) = InForce::at(ports.repository, &asked.head, ports.name) else {
        return Ok(Coming::default());
    };
    let place = Place {
        service: &asked.service,
        environment: &asked.environment,
        at,
    };
    let known: BTreeMap<TemplateKey, Change> = changes(rules, rules, place)
        .into_iter()
        .map(|change| (change.facts.template.name.as_str().into(), change))
        .collect();
    let templates = changes(&new, rules, place).into_iter().filter(|change| {
        let old = known.get(&TemplateKey::from(change.facts.template.name.as_str()));
        old.is_none_or(|old| old.declaration != change.declaration || old.digest != change.digest)
    });
    Ok(Coming {
        templates: templates.collect(),
        config: Some(String::from_utf8_lossy(&bytes).into_owned()),
    })
}

/// What is wrong with the templates of a configuration under its own rules, with places in its
/// text; warnings included.
///
/// # Errors
/// [`Stop::Unavailable`] when a rule could not be evaluated.
pub fn template_faults(rules: &InForce, at: Moment) -> Result<Vec<Fault>, Stop> {
    let Some((service, environment)) = first_place(&rules.config) else {
        return Ok(Vec::new());
    };
    let place = Place {
        service,
        environment,
        at,
    };
    let templates = changes(rules, rules, place);
    if templates.is_empty() {
        return Ok(Vec::new());
    }
    let findings = judge_templates(&rules.bundle, &dossier(rules, place, templates))?;
    let text = String::from_utf8_lossy(&rules.config_bytes);
    let document = Document::parse(&text).ok();
    let faults = findings
        .into_iter()
        .filter(|finding| finding.effect > Effect::Info);
    Ok(faults
        .map(|finding| {
            let field = finding.field.unwrap_or_default();
            Fault {
                place: document.as_ref().and_then(|document| document.place(&field)),
                field,
                message: finding.message,
                warning: finding.effect < Effect::Deny,
            }
        })
        .collect())
}

/// Where and when the changes would be made.
#[derive(Clone, Copy)]
struct Place<'a> {
    service: &'a ServiceKey,
    environment: &'a EnvironmentKey,
    at: Moment,
}

fn first_place(config: &Config) -> Option<(&ServiceKey, &EnvironmentKey)> {
    config
        .services
        .keys()
        .next()
        .zip(config.environments.keys().next())
}

/// The change that each template of `holder` would make; the words are those of `judging`.
fn changes(holder: &InForce, judging: &InForce, place: Place<'_>) -> Vec<Change> {
    let templates = holder.config.templates.iter();
    templates
        .filter_map(|(key, template)| change(holder, judging, place, key, template))
        .collect()
}

fn change(
    holder: &InForce,
    judging: &InForce,
    place: Place<'_>,
    key: &TemplateKey,
    template: &Template,
) -> Option<Change> {
    let config = &holder.config;
    let service = template.service.as_ref().unwrap_or(place.service);
    let id = ChangeId::derived("19700101", Digest::of(key.as_str().as_bytes()).as_bytes());
    let mut material = Material::of_template(holder, &id, key)?;
    // Judged at the highest risk that it may cover.
    material.typed.risk = Some(template.risk);
    let by_hand = matches!(material.typed.delivery, Some(Delivery::Manual | Delivery::Mixed));
    let actor = executor(config, service, &material);
    let terms = judging.terms();
    let around = Surroundings {
        config,
        service,
        environment: place.environment,
        actor: &actor,
        author: None,
        areas: &[],
        path_risk: template.risk,
        has_units: !by_hand,
        elsewhere: false,
        terms,
        at: place.at,
    };
    let (mut completed, _) = complete(&material.typed, around);
    completed.roles.executor.get_or_insert(actor.clone());
    let facts = facts(judging, (holder, template, key), &material, &completed, around);
    Some(Change {
        change_type: ChangeType::Standard,
        risk: completed.risk.unwrap_or(Risk::High),
        roles: Roles {
            requester: completed.roles.requester.clone(),
            executor: completed.roles.executor.clone(),
            approvers: Vec::new(),
            verifier: completed.roles.verifier.clone(),
        },
        declaration: declaration::to_value(&completed),
        id,
        origin: material.origin,
        digest: material.digest,
        place: material.place,
        derived_fields: vec!["*".to_owned()],
        units: Vec::new(),
        plan: None,
        authors: Vec::new(),
        approvals: Vec::new(),
        objections: Vec::new(),
        exceptions: Vec::new(),
        facts,
    })
}

/// Somebody who may carry it out and does not decide about going back, where there is one.
fn executor(config: &Config, service: &ServiceKey, material: &Material) -> PersonKey {
    let plan = match &material.typed.rollback {
        Some(RollbackChoice::Named(name)) => config.rollback_plans.get(name),
        Some(RollbackChoice::Stated(plan)) => Some(&**plan),
        None => config.default_rollback(service).map(|(_, plan)| plan),
    };
    let decider = plan.and_then(|plan| plan.decider.as_ref());
    let people = config.may_execute(service);
    let other = people.iter().find(|person| Some(*person) != decider);
    let anyone = other.or(people.first()).cloned();
    anyone.unwrap_or_else(|| PersonKey::from("nobody"))
}

/// The facts about a change that is not made yet: nothing stands against it, nobody approved it.
fn facts(
    judging: &InForce,
    (holder, template, key): (&InForce, &Template, &TemplateKey),
    material: &Material,
    completed: &Declaration,
    around: Surroundings<'_>,
) -> Facts {
    let about = TemplateFacts {
        name: key.to_string(),
        known: true,
        digest: template.digest.to_string(),
        risk: template.risk,
        plan: plan_name(holder, around.service, template),
        gate_globs: holder.ground.gate_paths(&template.paths),
        ..TemplateFacts::default()
    };
    Facts::compute(Findings {
        typed: &material.typed,
        completed,
        around,
        units: &[],
        unit_areas: &[],
        unit_elsewhere: &[],
        derived: true,
        past: Past::default(),
        files: &[],
        gate_files: &[],
        sorted: &Sorted::default(),
        authorities: &[],
        authors: &[],
        unknown_authors: &[],
        executions: 0,
        ended: "",
        procedure: &ProcedureFacts::default(),
        schedule: &empty(around.at),
        template: &about,
        emergency: &EmergencyFacts::default(),
        words: judging.words(),
        globs: &judging.globs,
        ground: &holder.ground,
        plan_file: PlanFile::Unsaid,
        target: RollbackTarget::State,
        rolled_back: None,
    })
}

/// A dossier that holds nothing but templates.
fn dossier(rules: &InForce, place: Place<'_>, templates: Vec<Change>) -> Dossier {
    let none = String::new;
    Dossier {
        schema: SCHEMA.to_owned(),
        at: place.at,
        request: Request {
            kind: RequestKind::Deploy,
            service: place.service.clone(),
            environment: place.environment.clone(),
            base: None,
            head: None,
            actor: PersonKey::from("nobody"),
            run: none(),
            rollback_of: None,
        },
        profile: rules.config.profile,
        policy: rules.bundle.digest(),
        log: LogState {
            size: 0,
            head: none(),
            verified: true,
        },
        coverage: Coverage::default(),
        standing: Standing {
            authorised: Authorised { head: none(), seq: 0 },
            open_emergencies: Vec::new(),
            freezes: Vec::new(),
            obligations: Vec::new(),
            owed: Vec::new(),
        },
        changes: Vec::new(),
        templates,
    }
}
