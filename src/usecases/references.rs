//! Names and paths in a declaration that lead nowhere.

use std::collections::BTreeSet;

use crate::change::text::{Document, Fault, likely, narrow};
use crate::change::{ChangeId, Declaration, Kind, Message, PersonKey, Rollback, RollbackChoice};
use crate::config::Config;

use super::Lookup;

/// How many known names a message lists.
const MOST_NAMES: usize = 12;

/// Collects what leads nowhere in one declaration.
struct Search<'a> {
    document: &'a Document,
    config: &'a Config,
    lookup: Option<&'a Lookup<'a>>,
    found: Vec<Fault>,
}

/// One fault for each name that the configuration does not know and each path that is not there,
/// with the nearest one that is.
pub(super) fn faults(
    document: &Document,
    declaration: &Declaration,
    config: &Config,
    lookup: Option<&Lookup<'_>>,
) -> Vec<Fault> {
    let mut search = Search {
        document,
        config,
        lookup,
        found: Vec::new(),
    };
    for (field, person) in people_of(declaration) {
        search.person(field, person);
    }
    search.names(declaration);
    search.changes(declaration);
    search.paths(declaration);
    search.found
}

impl Search<'_> {
    fn add(&mut self, field: &str, message: Message) {
        self.found.push(Fault {
            place: self.document.place(field),
            field: field.to_owned(),
            message,
            warning: false,
        });
    }

    /// A person is written by key; a name or a group leads to the key that is meant.
    fn person(&mut self, field: String, person: &PersonKey) {
        let people = &self.config.people;
        if people.contains_key(person) {
            return;
        }
        if self.config.groups.contains_key(person.as_str()) {
            let message = Message::new("yaml-group-for-person").with("name", person);
            return self.add(&field, message);
        }
        let known: Vec<&str> = people.keys().map(|key| key.as_str()).collect();
        let message = match named(self.config, person.as_str()) {
            Some(key) => Message::new("reference-unknown-person")
                .with("suggestion", key)
                .with("name", person)
                .with("known", listed(&known)),
            None => unknown("person", person.as_str(), &known),
        };
        self.add(&field, message);
    }

    fn look(&mut self, field: &str, what: &str, name: &str, known: &[&str]) {
        if !known.contains(&name) {
            let message = unknown(what, name, known);
            self.add(field, message);
        }
    }

    fn names(&mut self, declaration: &Declaration) {
        let config = self.config;
        let services: Vec<&str> = config.services.keys().map(|k| k.as_str()).collect();
        let environments: Vec<&str> = config.environments.keys().map(|k| k.as_str()).collect();
        let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
        let areas: Vec<&str> = config.areas.keys().map(|k| k.as_str()).chain(kinds).collect();
        for (index, target) in declaration.targets.iter().enumerate() {
            let parts = [
                ("service", target.service.as_ref().map(|k| k.as_str()), &services),
                (
                    "environment",
                    target.environment.as_ref().map(|k| k.as_str()),
                    &environments,
                ),
                ("area", target.area.as_ref().map(|k| k.as_str()), &areas),
            ];
            for (what, name, known) in parts {
                if let Some(name) = name {
                    self.look(&format!("targets[{index}].{what}"), what, name, known);
                }
            }
        }
        if let Some(RollbackChoice::Named(name)) = &declaration.rollback {
            let known: Vec<&str> = config.rollback_plans.keys().map(String::as_str).collect();
            self.look("rollback", "plan", name, &known);
        }
        if let Some(template) = &declaration.template {
            let known: Vec<&str> = config.templates.iter().map(|(k, _)| k.as_str()).collect();
            self.look("template", "template", template.as_str(), &known);
        }
        let vendors = section(config, "vendors");
        for (index, vendor) in declaration.impact.vendors.iter().enumerate() {
            self.look(&format!("impact.vendors[{index}]"), "vendor", vendor, &vendors);
        }
        if let Some(rule) = &declaration.contact.rule {
            let mut known = section(config, "contact_rules");
            if !known.contains(&"default") {
                known.push("default");
            }
            let field = match self.document.place("contact.rule") {
                Some(place) if Some(&place) != self.document.place("contact").as_ref() => "contact.rule",
                _ => "contact",
            };
            self.look(field, "contact", rule, &known);
        }
    }

    /// Changes that this one waits for.
    fn changes(&mut self, declaration: &Declaration) {
        let Some(lookup) = self.lookup else { return };
        for (index, id) in declaration.depends_on.iter().enumerate() {
            let field = format!("depends_on[{index}]");
            if declaration.id.as_ref() == Some(id) {
                self.add(&field, Message::new("reference-itself"));
            } else if !lookup.changes.contains(id) {
                let known: Vec<&str> = lookup.changes.iter().map(ChangeId::as_str).collect();
                let message = match likely(id.as_str(), &known) {
                    Some(near) => Message::new("reference-unknown-change").with("suggestion", near),
                    None => Message::new("reference-unknown-change-alone"),
                };
                self.add(&field, message.with("name", id));
            }
        }
    }

    /// Files that have to be there when somebody works with the declaration.
    fn paths(&mut self, declaration: &Declaration) {
        let procedure = declaration.procedure.as_deref().filter(|text| is_path(text));
        let plan = declaration.plan.as_deref();
        for (field, path) in [("procedure", procedure), ("plan", plan)] {
            let (Some(path), Some(lookup)) = (path, self.lookup) else {
                continue;
            };
            let path = path.strip_prefix("./").unwrap_or(path);
            // A procedure may name a section of its file.
            let path = path.split_once('#').map_or(path, |(file, _)| file);
            if (lookup.exists)(path) {
                continue;
            }
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let there = (lookup.list)(folder);
            let known: Vec<&str> = there.iter().map(String::as_str).collect();
            let message = match likely(path, &known) {
                Some(near) => Message::new("reference-no-file").with("suggestion", near),
                None => Message::new("reference-no-file-alone"),
            };
            self.add(field, message.with("path", path));
        }
    }
}

/// Whether a procedure is a path in the repository; addresses and sentences are not.
fn is_path(text: &str) -> bool {
    let file = |name: &str| {
        name.rsplit_once('.')
            .is_some_and(|(stem, end)| !stem.is_empty() && (1..=5).contains(&end.len()))
    };
    !text.contains("://") && !text.contains(char::is_whitespace) && (text.contains('/') || file(text))
}

/// The key of the only person with this name; spaces and case do not count.
fn named<'c>(config: &'c Config, name: &str) -> Option<&'c PersonKey> {
    let plain = |name: &str| -> String {
        narrow(name)
            .trim_start_matches('@')
            .chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = plain(name);
    let mut same = config.people.iter().filter(|(_, person)| {
        plain(&person.name) == wanted || person.github.as_ref().is_some_and(|login| plain(login) == wanted)
    });
    match (same.next(), same.next()) {
        (Some((key, _)), None) => Some(key),
        _ => None,
    }
}

/// Faults that say that a text is no key, told with the key where a person has that name.
pub(super) fn people_by_name(faults: &mut [Fault], config: &Config) {
    let known: Vec<&str> = config.people.keys().map(|key| key.as_str()).collect();
    for fault in faults.iter_mut().filter(|f| f.message.key == "yaml-name") {
        let field = fault.field.as_str();
        let role = field.starts_with("roles.") || field.ends_with(".owner") || field.contains(".decider");
        let Some(found) = fault.message.with.get("found").filter(|_| role) else {
            continue;
        };
        if let Some(key) = named(config, found) {
            fault.message = Message::new("reference-unknown-person")
                .with("name", found)
                .with("suggestion", key)
                .with("known", listed(&known));
        }
    }
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Message {
    let key = format!("reference-unknown-{what}");
    let message = match likely(name, known) {
        Some(candidate) => Message::new(key).with("suggestion", candidate),
        None => Message::new(key + "-alone"),
    };
    message.with("name", name).with("known", listed(known))
}

fn listed(known: &[&str]) -> String {
    match known.get(..MOST_NAMES) {
        Some(first) if known.len() > MOST_NAMES => format!("{}, …", first.join(", ")),
        _ => known.join(", "),
    }
}

/// The names of a section that is kept as it was written.
fn section<'c>(config: &'c Config, name: &str) -> Vec<&'c str> {
    let names = config.notices.get(name).and_then(|section| section.as_object());
    let names: BTreeSet<&str> = names
        .map(|map| map.keys().map(String::as_str).collect())
        .unwrap_or_default();
    names.into_iter().collect()
}

fn people_of(declaration: &Declaration) -> Vec<(String, &PersonKey)> {
    let roles = &declaration.roles;
    let mut all = Vec::new();
    let mut add = |field: &str, person| all.extend(person_at(field, person));
    add("roles.requester", roles.requester.as_ref());
    add("roles.executor", roles.executor.as_ref());
    add("roles.verifier", roles.verifier.as_ref());
    for (index, person) in roles.approvers.iter().enumerate() {
        add(&format!("roles.approvers[{index}]"), Some(person));
    }
    for (index, followup) in declaration.followups.iter().enumerate() {
        add(&format!("followups[{index}].owner"), followup.owner.as_ref());
    }
    let announcement = declaration.contact.announcement.as_ref();
    add(
        "contact.announcement.owner",
        announcement.and_then(|a| a.owner.as_ref()),
    );
    if let Some(RollbackChoice::Stated(plan)) = &declaration.rollback {
        let plan: &Rollback = plan;
        add("rollback.decider", plan.decider.as_ref());
        add("rollback.decider_alternate", plan.decider_alternate.as_ref());
        add(
            "rollback.forward_fix.owner",
            plan.forward_fix.as_ref().and_then(|fix| fix.owner.as_ref()),
        );
    }
    all
}

fn person_at<'d>(field: &str, person: Option<&'d PersonKey>) -> Option<(String, &'d PersonKey)> {
    person.map(|person| (field.to_owned(), person))
}
