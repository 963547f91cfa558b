//! Names in a declaration that the configuration does not know.

use crate::change::text::{Document, Fault, nearest};
use crate::change::{Declaration, Message, RollbackChoice};
use crate::config::Config;

/// One fault for each person, plan, service, environment, area and template that is unknown,
/// with the nearest known name.
pub(super) fn faults(document: &Document, declaration: &Declaration, config: &Config) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut look = |field: String, what: &str, name: &str, known: Vec<&str>| {
        if known.contains(&name) {
            return;
        }
        found.push(Fault {
            place: document.place(&field),
            message: unknown(what, name, &known),
            field,
            warning: false,
        });
    };
    let people = || config.people.keys().map(|k| k.as_str()).collect::<Vec<_>>();
    for (field, person) in people_of(declaration) {
        look(field, "person", person, people());
    }
    for (index, target) in declaration.targets.iter().enumerate() {
        if let Some(service) = &target.service {
            let known = config.services.keys().map(|k| k.as_str()).collect();
            look(
                format!("targets[{index}].service"),
                "service",
                service.as_str(),
                known,
            );
        }
        if let Some(environment) = &target.environment {
            let known = config.environments.keys().map(|k| k.as_str()).collect();
            look(
                format!("targets[{index}].environment"),
                "environment",
                environment.as_str(),
                known,
            );
        }
    }
    if let Some(RollbackChoice::Named(name)) = &declaration.rollback {
        let known = config.rollback_plans.keys().map(String::as_str).collect();
        look("rollback".to_owned(), "plan", name, known);
    }
    if let Some(template) = &declaration.template {
        let known = config.templates.iter().map(|(k, _)| k.as_str()).collect();
        look("template".to_owned(), "template", template.as_str(), known);
    }
    found
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Message {
    let key = format!("reference-unknown-{what}");
    let message = match nearest(name, known.iter().copied()) {
        Some(candidate) => Message::new(key).with("suggestion", candidate),
        None => Message::new(key + "-alone"),
    };
    message.with("name", name).with("known", known.join(", "))
}

fn people_of(declaration: &Declaration) -> Vec<(String, &str)> {
    let roles = &declaration.roles;
    let mut all: Vec<(String, &str)> = Vec::new();
    let single = [
        ("roles.requester", roles.requester.as_ref()),
        ("roles.executor", roles.executor.as_ref()),
        ("roles.verifier", roles.verifier.as_ref()),
    ];
    for (field, person) in single {
        all.extend(person.map(|p| (field.to_owned(), p.as_str())));
    }
    for (index, person) in roles.approvers.iter().enumerate() {
        all.push((format!("roles.approvers[{index}]"), person.as_str()));
    }
    if let Some(RollbackChoice::Stated(plan)) = &declaration.rollback {
        let deciders = [
            ("rollback.decider", plan.decider.as_ref()),
            ("rollback.decider_alternate", plan.decider_alternate.as_ref()),
            (
                "rollback.forward_fix.owner",
                plan.forward_fix.as_ref().and_then(|fix| fix.owner.as_ref()),
            ),
        ];
        for (field, person) in deciders {
            all.extend(person.map(|p| (field.to_owned(), p.as_str())));
        }
    }
    all
}
