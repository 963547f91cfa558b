//! An exception to one rule for one change, by somebody who may make it.

use serde_json::Value;

use crate::change::{ChangeId, Delivery, Digest, Message, Moment, PersonKey};
use crate::dossier::approvals::Subject;
use crate::dossier::exceptions::{Grantors, LONGEST_SECONDS, Matter, Needed, in_time};
use crate::dossier::{Change, FreezeInForce, Origin, freeze_in_force};
use crate::ledger::Sealed;
use crate::ports::Guard;

use super::approve::{MOST_UNITS, branch_content};
use super::collect::{Asked, collect};
use super::collect_change::{Material, find_declaration, judgeable};
use super::exceptions::grantors;
use super::found::Found;
use super::record::{body, document};
use super::work_facts::Shelf;
use super::{Actor, InForce, LogView, Ports, Saying, Stop, write};

/// An exception to record.
#[derive(Debug, Clone)]
pub struct Granting {
    /// The rule's code.
    pub rule: String,
    /// The change.
    pub change: ChangeId,
    /// The first second in which it no longer stands.
    pub until: Moment,
    /// Why.
    pub reason: String,
    /// Where the branch left the default branch; equal to the head on the default branch itself.
    pub fork: Option<String>,
}

/// An exception that was recorded, or taken back.
pub struct Granted {
    /// The record.
    pub record: Sealed,
    /// Whose word is still missing before it stands: how many, of whom.
    pub missing: Vec<Needed>,
}

/// The shortest reason of a grant or a waiver, in characters.
pub(super) const SHORTEST_REASON: usize = 10;

/// Records the exception. `asked` names who will carry the change out, as far as that is known.
///
/// # Errors
/// [`Stop::Request`] when there is no such exception, or it is not this person's to make; then
/// nothing is written.
pub async fn grant(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    granting: Granting,
) -> Result<Granted, Stop> {
    let of = grantors(rules, &granting.rule).map_err(Stop::Request)?;
    let at = ports.at(&rules.config);
    plausible(&granting, at)?;
    let (change, content) = seen(ports, view, rules, asked, at, &granting)?;
    let freezes = freezes_until(rules, asked, &change, (at, granting.until));
    let matter = Matter {
        config: &rules.config,
        service: &asked.service,
        areas: &change.facts.areas,
        freezes: &freezes,
        gate_files: !change.facts.gate_paths.is_empty(),
        involved: &known_involved(&change),
        day: &rules.config.calendar.day(at),
    };
    if of == Grantors::FreezeOwners && freezes.is_empty() {
        return Err(Stop::Request(
            Message::new("error-grant-no-freeze").with("change", &change.id),
        ));
    }
    let needed = matter.needed(of);
    may(&matter, &needed, actor.person, &granting)?;
    let saying = saying(ports, asked, &granting, &change, &content)?;
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
    let record = sealed
        .into_iter()
        .next()
        .ok_or_else(|| Stop::unavailable("error-log-busy"))?;
    let subject = Subject {
        change: &change.id,
        declaration: change.digest,
        plan: change.plan,
        units: &content,
        derived: change.origin == Origin::Derived,
        by_hand: false,
    };
    let given = in_time(
        &view.standing.grants,
        &granting.rule,
        &subject,
        (&asked.service, &asked.environment),
        at,
    );
    let mut people: Vec<&PersonKey> = given.iter().map(|grant| &grant.person).collect();
    people.push(actor.person);
    Ok(Granted {
        record,
        missing: needed.into_iter().filter_map(|n| missing(n, &people)).collect(),
    })
}

/// Takes one's own exception back.
///
/// # Errors
/// [`Stop::Request`] when this person granted none.
pub async fn take_back(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rule: &str,
    change: &ChangeId,
) -> Result<Granted, Stop> {
    let granted = view
        .standing
        .grants
        .iter()
        .any(|grant| grant.rule == rule && grant.change == *change && grant.person == *actor.person);
    if !granted {
        return Err(Stop::Request(
            Message::new("error-grant-none")
                .with("person", actor.person)
                .with("code", rule)
                .with("change", change),
        ));
    }
    let saying = Saying {
        act: "exception.withdrawn/1",
        body: body([
            ("rule", Some(rule.into())),
            ("change", Some(change.as_str().into())),
        ]),
        with: Vec::new(),
    };
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
    let record = sealed
        .into_iter()
        .next()
        .ok_or_else(|| Stop::unavailable("error-log-busy"))?;
    Ok(Granted {
        record,
        missing: Vec::new(),
    })
}

/// A time that is still to come and not far away, and a reason in words.
fn plausible(granting: &Granting, at: Moment) -> Result<(), Stop> {
    let wrong = |message: Message| Err(Stop::Request(message));
    if granting.until <= at {
        return wrong(Message::new("error-grant-past").with("until", granting.until));
    }
    if granting.until.seconds_since(at) > LONGEST_SECONDS {
        return wrong(Message::new("error-grant-long").with("days", LONGEST_SECONDS / 86_400));
    }
    if granting.reason.trim().chars().count() < SHORTEST_REASON {
        return wrong(Message::new("error-grant-reason").with("count", SHORTEST_REASON));
    }
    Ok(())
}

/// The change as the gate would see it now, and the contents that the exception will be for: on a
/// branch also its whole difference, as it will look once it is merged.
fn seen(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    at: Moment,
    granting: &Granting,
) -> Result<(Change, Vec<Digest>), Stop> {
    let id = &granting.change;
    let collected = collect(ports, view, rules, asked)?;
    let known = collected.dossier.changes.into_iter().find(|c| &c.id == id);
    let material = match find_declaration(ports, view, rules, &asked.head, id)? {
        Found::Missing => None,
        found => Some(found.wanted(id, rules)?),
    };
    // Work by hand ships no content: declaration and plan are all that it is, whatever was committed
    // beside them.
    let delivery = material.as_deref().and_then(|material| material.typed.delivery);
    let by_hand = delivery == Some(Delivery::Manual);
    let mut content = branch(ports, rules, asked, granting, material.as_deref())?;
    let change = match (known, material) {
        (Some(change), _) => change,
        (None, Some(material)) => judgeable(ports, view, rules, asked, at, *material, &Shelf::default())?,
        (None, None) => {
            return Err(Stop::Request(
                Message::new("error-no-declaration")
                    .with("change", id)
                    .with("folder", &rules.config.paths.changes),
            ));
        }
    };
    content.extend(change.units.iter().map(|unit| unit.content));
    if by_hand {
        content.clear();
    }
    content.sort();
    content.dedup();
    if content.len() > MOST_UNITS {
        return Err(Stop::Request(
            Message::new("error-too-many-units").with("count", content.len()),
        ));
    }
    Ok((change, content))
}

fn branch(
    ports: Ports<'_>,
    rules: &InForce,
    asked: &Asked,
    granting: &Granting,
    material: Option<&Material>,
) -> Result<Vec<Digest>, Stop> {
    match (&granting.fork, material) {
        (Some(fork), Some(material)) if fork != &asked.head => {
            branch_content(ports, rules, material, fork, &asked.head)
        }
        _ => Ok(Vec::new()),
    }
}

/// Everyone who is known to take part. Who will deploy is not known yet; the gate leaves that
/// person out then.
fn known_involved(change: &Change) -> Vec<PersonKey> {
    let derived = |field: &str| {
        change
            .derived_fields
            .iter()
            .any(|name| name == field || name == "*")
    };
    let mut people = change.authors.clone();
    people.extend(change.roles.requester.clone());
    if !derived("roles.executor") {
        people.extend(change.roles.executor.clone());
    }
    people
}

/// The freezes that concern the change at any time between two moments.
fn freezes_until(
    rules: &InForce,
    asked: &Asked,
    change: &Change,
    (from, until): (Moment, Moment),
) -> Vec<FreezeInForce> {
    let areas = &change.facts.areas;
    rules
        .config
        .freezes
        .iter()
        .filter(|freeze| freeze.from < until && freeze.to >= from)
        .filter(|freeze| freeze.concerns(&asked.service) && freeze.touches(areas))
        .map(freeze_in_force)
        .collect()
}

/// Refuses whoever's word would not count, and says whose would.
fn may(matter: &Matter<'_>, needed: &[Needed], person: &PersonKey, granting: &Granting) -> Result<(), Stop> {
    let about = |key: &str| {
        Message::new(key)
            .with("person", person)
            .with("code", &granting.rule)
            .with("change", &granting.change)
    };
    if matter.involved.contains(person) {
        return Err(Stop::Request(about("error-grant-involved")));
    }
    if let Some(short) = needed.iter().find(|needed| needed.of.len() < needed.count) {
        return Err(Stop::Request(
            about("error-grant-nobody")
                .with("count", short.count)
                .with("able", short.of.len()),
        ));
    }
    if needed.iter().any(|needed| needed.of.contains(person)) {
        return Ok(());
    }
    let mut able: Vec<&str> = needed.iter().flat_map(|n| &n.of).map(PersonKey::as_str).collect();
    able.sort_unstable();
    able.dedup();
    Err(Stop::Request(
        about("error-grant-no-right").with("people", able.join(", ")),
    ))
}

/// Who could still give what is missing of `needed`.
fn missing(needed: Needed, given: &[&PersonKey]) -> Option<Needed> {
    let (done, open): (Vec<PersonKey>, Vec<PersonKey>) =
        needed.of.into_iter().partition(|person| given.contains(&person));
    let count = needed.count.saturating_sub(done.len());
    (count > 0).then_some(Needed { count, of: open })
}

fn saying(
    ports: Ports<'_>,
    asked: &Asked,
    granting: &Granting,
    change: &Change,
    content: &[Digest],
) -> Result<Saying, Stop> {
    let note = serde_json::json!({
        "reason": granting.reason.trim(),
        "salt": Digest::of(&(ports.random)()).hex(),
    });
    let content: Vec<String> = content.iter().map(Digest::to_string).collect();
    Ok(Saying {
        act: "exception.granted/1",
        body: body([
            ("rule", Some(granting.rule.clone().into())),
            ("change", Some(change.id.as_str().into())),
            ("service", Some(asked.service.as_str().into())),
            ("environment", Some(asked.environment.as_str().into())),
            ("until", Some(granting.until.to_string().into())),
            ("declaration", Some(change.digest.to_string().into())),
            ("plan", change.plan.map(|plan| Value::from(plan.to_string()))),
            ("content", Some(content.into())),
        ]),
        with: vec![("note", document(&note)?)],
    })
}
