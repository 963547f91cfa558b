//! A person's own act on exactly one content, or the record of somebody else's.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::change::{ChangeId, Digest, Message, PersonKey};
use crate::dossier::coverage::{self, Approved, Source, Stretch};
use crate::dossier::{Change, PlanFile, subject};
use crate::ledger::ActKind;
use crate::ports::{Guard, Range, Spool};

use super::collect::{Asked, collect, content_of};
use super::collect_change::{Material, find_declaration};
use super::expected::{bound, expected};
use super::record::{Recorded, body, document, write_or_keep};
use super::taken_back::taken_back;
use super::{Actor, InForce, LogView, Ports, Saying, Stop};

/// What the act is on.
#[derive(Debug, Clone)]
pub enum On {
    /// A declared change.
    Change(ChangeId),
    /// What will be derived from the commits of a range, `(base, head)`.
    Range(String, String),
}

/// An act to record.
#[derive(Debug, Clone)]
pub struct Approving {
    /// Agree, disagree, or take either back.
    pub kind: ActKind,
    /// What it is on.
    pub on: On,
    /// The branch's head.
    pub head: String,
    /// Where the branch left the default branch; equal to `head` on the default branch itself.
    pub fork: Option<String>,
    /// Whose approval it is, when somebody else records it.
    pub on_behalf: Option<PersonKey>,
    /// How that person said so: `phone`, `mail`, `chat`, `meeting`, `letter`.
    pub via: Option<String>,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
    /// Why, for an objection.
    pub reason: Option<String>,
}

/// An act that was recorded.
pub struct Given {
    /// What became of it.
    pub recorded: Recorded,
    /// The change, where one is named.
    pub change: Option<ChangeId>,
    /// Whose act it is.
    pub person: PersonKey,
    /// The approval subject's digest.
    pub of: Digest,
    /// The digests of the units.
    pub content: Vec<Digest>,
    /// Why the gate will not count it, when it will not.
    pub will_not_count: Option<Message>,
}

/// What an act is of.
struct Object {
    change: Option<ChangeId>,
    declaration: Digest,
    plan: Option<Digest>,
    content: Vec<Digest>,
}

/// Records the act; it waits in `spool` while the log cannot be reached.
///
/// # Errors
/// [`Stop::Request`] when there is nothing to act on, or the one who is named is unknown.
pub async fn approve(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    act: Approving,
    spool: &dyn Spool,
) -> Result<Given, Stop> {
    let person = act.on_behalf.clone().unwrap_or_else(|| actor.person.clone());
    known_person(rules, &person)?;
    let mut object = match &act.on {
        On::Change(id) => on_change(ports, view, rules, asked, &act, id)?,
        On::Range(base, head) => on_range(ports, view, rules, asked, base, head)?,
    };
    if act.kind == ActKind::Withdraw {
        let subject = (object.declaration, object.plan, object.content.as_slice());
        let content = taken_back(view, &person, object.change.as_ref(), subject)
            .or_else(|| said_live(view, &person, object.change.as_ref()).then(|| object.content.clone()));
        object.content = content.ok_or_else(|| {
            Stop::Request(Message::new("error-nothing-to-withdraw").with("person", &person))
        })?;
    }
    if object.content.len() > MOST_UNITS {
        return Err(Stop::Request(
            Message::new("error-too-many-units").with("count", object.content.len()),
        ));
    }
    let of_document = document(&Value::Object(subject(
        &object.content,
        object.declaration,
        object.plan,
    )))?;
    let of = Digest::of(&of_document);
    let will_not_count = (act.kind == ActKind::Approve)
        .then(|| doubt(ports, view, rules, asked, &person, &object))
        .transpose()?
        .flatten();
    let saying = saying(
        ports,
        rules,
        &act,
        &object,
        (&person, actor.person),
        (of, of_document),
    )?;
    let recorded = write_or_keep(ports, actor, view.onto(), saying, Guard::Any, spool).await?;
    Ok(Given {
        recorded,
        change: object.change,
        person,
        of,
        content: object.content,
        will_not_count,
    })
}

/// Whether somebody wrote down what this person said about an emergency: that can be taken back, too.
fn said_live(view: &LogView, person: &PersonKey, change: Option<&ChangeId>) -> bool {
    let known = change.and_then(|change| view.standing.emergencies.get(change));
    known.is_some_and(|known| {
        let mut calls = known.attempts.iter();
        calls.any(|call| &call.called == person && call.result == crate::ledger::APPROVED)
    })
}

/// How many units one act may name; a record stays below 16 KiB.
pub(super) const MOST_UNITS: usize = 64;

fn known_person(rules: &InForce, person: &PersonKey) -> Result<(), Stop> {
    if rules.config.people.contains_key(person) {
        return Ok(());
    }
    let people: Vec<&str> = rules.config.people.keys().map(PersonKey::as_str).collect();
    Err(Stop::Request(
        Message::new("error-unknown-person")
            .with("person", person)
            .with("people", people.join(", ")),
    ))
}

fn saying(
    ports: Ports<'_>,
    rules: &InForce,
    act: &Approving,
    object: &Object,
    (person, by): (&PersonKey, &PersonKey),
    (of, of_document): (Digest, Vec<u8>),
) -> Result<Saying, Stop> {
    let mut with = vec![("subject", of_document)];
    let salt = Digest::of(&(ports.random)()).hex();
    let mut note = serde_json::Map::new();
    if let Some(evidence) = &act.evidence {
        let name = rules.config.people.get(person).map_or("", |p| p.name.as_str());
        note.insert("about".to_owned(), name.into());
        note.insert(
            "evidence".to_owned(),
            String::from_utf8_lossy(evidence).into_owned().into(),
        );
    }
    if let Some(reason) = &act.reason {
        note.insert("reason".to_owned(), reason.clone().into());
    }
    if !note.is_empty() {
        note.insert("salt".to_owned(), salt.into());
        with.push(("note", document(&Value::Object(note))?));
    }
    let content: Vec<String> = object.content.iter().map(Digest::to_string).collect();
    Ok(Saying {
        act: match act.kind {
            ActKind::Approve => "change.approved/1",
            ActKind::Object => "change.objected/1",
            ActKind::Withdraw => "change.withdrawn/1",
        },
        body: body([
            ("change", object.change.as_ref().map(|id| id.as_str().into())),
            ("of", Some(of.to_string().into())),
            ("content", Some(content.into())),
            ("declaration", Some(object.declaration.to_string().into())),
            ("plan", object.plan.map(|plan| plan.to_string().into())),
            (
                "approver",
                (person != by).then(|| format!("person:{person}").into()),
            ),
            (
                "channel",
                Some(if person == by { "own" } else { "attested" }.into()),
            ),
            ("via", act.via.clone().map(Value::from)),
        ]),
        with,
    })
}

/// A declared change: on a branch its whole difference is one unit; on the default branch its
/// units are those that the gate will find.
fn on_change(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    act: &Approving,
    id: &ChangeId,
) -> Result<Object, Stop> {
    let material = find_declaration(ports, view, rules, &act.head, id)?.wanted(id, rules)?;
    if let Some(path) = &material.typed.plan
        && expected(ports, &act.head, Some(path))? == PlanFile::Missing
    {
        return Err(no_plan(ports, &act.head, path)?);
    }
    let plan = bound(ports, &act.head, &rules.config, &material.typed)?;
    let content = match &act.fork {
        Some(fork) if fork != &act.head => branch_content(ports, rules, &material, fork, &act.head)?,
        _ => default_branch_content(ports, view, rules, asked, id)?,
    };
    Ok(Object {
        change: Some(id.clone()),
        declaration: material.digest,
        plan,
        content,
    })
}

/// Why there is no plan to approve.
fn no_plan(ports: Ports<'_>, head: &str, path: &str) -> Result<Stop, Stop> {
    let key = match ports.repository.is_link(head, path)? {
        true => "error-plan-link",
        false => "error-no-plan",
    };
    Ok(Stop::Request(Message::new(key).with("path", path)))
}

/// The whole difference of a branch as one unit; none when only declarations differ.
pub(super) fn branch_content(
    ports: Ports<'_>,
    rules: &InForce,
    material: &Material,
    fork: &str,
    head: &str,
) -> Result<Vec<Digest>, Stop> {
    let without = BTreeSet::from([material.place.clone()]);
    let patch = ports.repository.patch(Some(fork), head, &without)?;
    let only_declarations = match ports.repository.range(fork, head, &mut |_| {})? {
        Range::Steps(steps) => steps
            .iter()
            .flat_map(|step| &step.files)
            .all(|file| rules.ground.declares_file(file)),
        _ => false,
    };
    Ok(if patch.files == 0 || only_declarations {
        Vec::new()
    } else {
        vec![patch.digest]
    })
}

fn default_branch_content(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    id: &ChangeId,
) -> Result<Vec<Digest>, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    if !view.standing.states.contains_key(&key) {
        return Ok(Vec::new());
    }
    let collected = collect(ports, view, rules, asked)?;
    Ok(collected
        .dossier
        .changes
        .iter()
        .find(|change| &change.id == id)
        .map(|change| change.units.iter().map(|unit| unit.content).collect())
        .unwrap_or_default())
}

/// What a range will be derived as: its template and its content.
fn on_range(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    base: &str,
    head: &str,
) -> Result<Object, Stop> {
    let Range::Steps(steps) = ports.repository.range(base, head, &mut |_| {})? else {
        return Err(Stop::Request(
            Message::new("error-empty-range").with("base", base.get(..12).unwrap_or(base)),
        ));
    };
    let attribution = coverage::attribute(
        &rules.ground,
        &asked.service,
        &steps,
        &Approved::default(),
        |stretch| content_of(ports.repository, stretch),
    )?;
    let declared: Vec<String> = attribution.stretches.iter().filter_map(declared_id).collect();
    if let Some(first) = declared.first() {
        return Err(Stop::Request(
            Message::new("error-range-declared")
                .with("changes", declared.join(", "))
                .with("first", first),
        ));
    }
    if attribution.coverage.uncovered_count > 0 {
        return Err(Stop::request("error-range-not-derived"));
    }
    let templates: BTreeSet<&crate::change::TemplateKey> = attribution
        .stretches
        .iter()
        .filter_map(|stretch| match &stretch.source {
            Source::Derived(key) => Some(key),
            Source::Declared(_) => None,
        })
        .collect();
    let mut templates = templates.into_iter();
    let (Some(key), None) = (templates.next(), templates.next()) else {
        return Err(Stop::request("error-range-not-derived"));
    };
    let material = Material::of_template(rules, &ChangeId::derived("00000000", &[0; 32]), key)
        .ok_or_else(|| Stop::Request(Message::new("error-template").with("template", key)))?;
    let on_default_branch = view.standing.states.values().any(|state| state.head == base);
    let content = if on_default_branch {
        let mut content = Vec::new();
        for stretch in &attribution.stretches {
            content.push(content_of(ports.repository, stretch)?);
        }
        content
    } else {
        vec![ports.repository.patch(Some(base), head, &BTreeSet::new())?.digest]
    };
    let plan = bound(ports, head, &rules.config, &material.typed)?;
    Ok(Object {
        change: None,
        declaration: material.digest,
        plan,
        content,
    })
}

fn declared_id(stretch: &Stretch) -> Option<String> {
    match &stretch.source {
        Source::Declared(id) => Some(id.to_string()),
        Source::Derived(_) => None,
    }
}

/// What a person would want to know before relying on this approval: they are part of the work,
/// or have no authority over it.
fn doubt(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    person: &PersonKey,
    object: &Object,
) -> Result<Option<Message>, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    let Some(id) = &object.change else { return Ok(None) };
    if !view.standing.states.contains_key(&key) {
        return Ok(None);
    }
    let Ok(collected) = collect(ports, view, rules, asked) else {
        return Ok(None);
    };
    let change: Option<&Change> = collected.dossier.changes.iter().find(|c| &c.id == id);
    Ok(change.and_then(|change| {
        let involved = change.roles.executor.as_ref() == Some(person)
            || change.roles.requester.as_ref() == Some(person)
            || change.authors.contains(person);
        if involved {
            Some(Message::new("doubt-involved").with("person", person))
        } else if !change.facts.eligible.contains(person) {
            Some(Message::new("doubt-no-authority").with("person", person))
        } else {
            None
        }
    }))
}
