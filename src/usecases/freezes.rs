//! Freezes that people declare in the log: who may, which of them count, and lifting one.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::change::{AreaKey, Digest, Message, Moment, PersonKey, ServiceKey};
use crate::config::{Config, Freeze, FreezeKind};
use crate::ledger::{DeclaredFreeze, LONGEST_FREEZE_SECONDS, Sealed, Standing};
use crate::ports::Guard;

use super::grant::SHORTEST_REASON;
use super::record::{body, document};
use super::waivers::config_at;
use super::{Actor, LogView, Ports, Saying, Stop, write};

/// A freeze to declare.
#[derive(Debug, Clone)]
pub struct Freezing {
    /// How strict it is.
    pub kind: FreezeKind,
    /// Its first second.
    pub from: Moment,
    /// Its last second.
    pub to: Moment,
    /// Who may except from it and lift it.
    pub owner: PersonKey,
    /// Only these areas; empty: all.
    pub areas: Vec<AreaKey>,
    /// Only these services; empty: all.
    pub services: Vec<ServiceKey>,
    /// Why.
    pub reason: String,
}

/// Everybody who decides about changes: who approves, owns an area or a freeze, decides about going
/// back, or is on the emergency route.
pub fn freezers(config: &Config) -> Vec<PersonKey> {
    let risks = [crate::change::Risk::Low, crate::change::Risk::High];
    let approvers = |risk: &crate::change::Risk| config.approvers.at(*risk).to_vec();
    let mut people: Vec<PersonKey> = risks.iter().flat_map(approvers).collect();
    people.extend(config.areas.values().flat_map(|area| area.owners.iter().cloned()));
    people.extend(
        config
            .rollback_plans
            .values()
            .filter_map(|plan| plan.decider.clone()),
    );
    people.extend(config.freezes.iter().map(|freeze| freeze.owner.clone()));
    people.extend(config.emergency_route.iter().cloned());
    people.retain(|person| config.people.contains_key(person));
    people.sort();
    people.dedup();
    people
}

/// The freezes in the log that count: not lifted, and declared by somebody who could, by the
/// configuration of that time. Who leaves later has still declared it.
pub(super) fn declared(
    ports: Ports<'_>,
    standing: &Standing,
    reasons: &BTreeMap<u64, String>,
) -> Vec<Freeze> {
    let may = |freeze: &&DeclaredFreeze| {
        let config = freeze
            .under
            .as_ref()
            .and_then(|(service, head)| config_at(ports, head, service.as_str()));
        config.is_some_and(|config| {
            let people = freezers(&config);
            people.contains(&freeze.by) && people.contains(&freeze.owner)
        })
    };
    let standing = standing.freezes.values().filter(|freeze| freeze.lifted.is_none());
    standing
        .filter(may)
        .map(|freeze| Freeze {
            id: freeze.id(),
            kind: match freeze.hard {
                true => FreezeKind::Hard,
                false => FreezeKind::Soft,
            },
            from: freeze.from,
            to: freeze.to,
            owner: freeze.owner.clone(),
            areas: freeze.areas.iter().cloned().collect(),
            services: freeze.services.iter().cloned().collect(),
            reason: reasons.get(&freeze.seq).cloned(),
        })
        .collect()
}

/// Takes the freezes of the log in among those of the configuration: they act at once, whatever
/// commit is authorised.
pub fn with_declared(config: &mut Config, view: &LogView) {
    let zone = config.calendar.zone.clone();
    config.freezes.extend(view.freezes.iter().map(|freeze| Freeze {
        from: freeze.from.shown_in(&zone),
        to: freeze.to.shown_in(&zone),
        ..freeze.clone()
    }));
}

/// Records a freeze. It holds from this record on.
///
/// # Errors
/// [`Stop::Request`] when it makes no sense, or is not this person's to declare.
pub async fn freeze(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    config: &Config,
    freezing: &Freezing,
) -> Result<Sealed, Stop> {
    plausible(ports, config, freezing)?;
    let people = freezers(config);
    let day = config.calendar.day(ports.at(config));
    for (key, person) in [
        ("error-freeze-no-right", actor.person),
        ("error-freeze-owner", &freezing.owner),
    ] {
        let here = config.people.get(person).is_some_and(|p| p.active_on(&day));
        if !people.contains(person) || !here {
            let able: Vec<&str> = people.iter().map(PersonKey::as_str).collect();
            return Err(Stop::Request(
                Message::new(key)
                    .with("person", person)
                    .with("people", able.join(", ")),
            ));
        }
    }
    let areas: Vec<Value> = freezing.areas.iter().map(|area| area.as_str().into()).collect();
    let services: Vec<Value> = freezing.services.iter().map(|key| key.as_str().into()).collect();
    let saying = Saying {
        act: "freeze.declared/1",
        body: body([
            ("kind", Some(kind(freezing.kind).into())),
            ("from", Some(freezing.from.to_string().into())),
            ("to", Some(freezing.to.to_string().into())),
            ("owner", Some(format!("person:{}", freezing.owner).into())),
            ("areas", Some(areas.into())),
            ("services", Some(services.into())),
        ]),
        with: vec![("note", note(ports, &freezing.reason)?)],
    };
    one(write(ports, actor, view.onto(), vec![saying], Guard::Any).await?)
}

/// Lifts a freeze of the log.
///
/// # Errors
/// [`Stop::Request`] when there is none of this name, or somebody else owns it.
pub async fn lift(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    id: &str,
    reason: &str,
) -> Result<Sealed, Stop> {
    said(reason, "error-freeze-reason")?;
    let about = |key: &str| Message::new(key).with("freeze", id).with("person", actor.person);
    let mut all = view.standing.freezes.values();
    let Some(freeze) = all.find(|freeze| freeze.id() == id && freeze.lifted.is_none()) else {
        return Err(Stop::Request(about("error-freeze-unknown")));
    };
    if &freeze.owner != actor.person {
        return Err(Stop::Request(
            about("error-freeze-not-yours").with("owner", &freeze.owner),
        ));
    }
    let saying = Saying {
        act: "freeze.lifted/1",
        body: body([("freeze", Some(freeze.seq.into()))]),
        with: vec![("note", note(ports, reason)?)],
    };
    one(write(ports, actor, view.onto(), vec![saying], Guard::Any).await?)
}

/// The freeze that was declared after a decision and stops what it let pass. One that only holds
/// higher risks lets low ones and emergencies go on.
pub(super) fn frozen_since<'a>(
    view: &'a LogView,
    decided: &crate::ledger::Decided,
    now: Moment,
) -> Option<&'a Freeze> {
    let text = |body: &serde_json::Map<String, Value>, key: &str| {
        body.get(key).and_then(Value::as_str).map(str::to_owned)
    };
    let since = |freeze: &Freeze| {
        let seq = freeze
            .id
            .strip_prefix("freeze-")
            .and_then(|n| n.parse::<u64>().ok());
        seq.is_some_and(|seq| seq > decided.seq)
    };
    view.freezes.iter().find(|freeze| {
        let now_in = freeze.from <= now && now <= freeze.to;
        let stops = decided.changes.iter().any(|change| {
            let listed = change.body.get("areas").and_then(Value::as_array);
            let areas: Vec<AreaKey> = listed
                .into_iter()
                .flatten()
                .filter_map(|area| area.as_str().map(AreaKey::from))
                .collect();
            let soft = freeze.kind == FreezeKind::Soft;
            let lets =
                change.change_type == "emergency" || text(&change.body, "risk").as_deref() == Some("low");
            freeze.touches(&areas) && !(soft && lets)
        });
        since(freeze) && now_in && freeze.concerns(&decided.service) && stops
    })
}

const fn kind(kind: FreezeKind) -> &'static str {
    match kind {
        FreezeKind::Hard => "hard",
        FreezeKind::Soft => "soft",
    }
}

/// An end that is still to come, not before its start and not too far from it; areas and services that
/// there are.
fn plausible(ports: Ports<'_>, config: &Config, freezing: &Freezing) -> Result<(), Stop> {
    let wrong = |message: Message| Err(Stop::Request(message));
    let now = ports.at(config);
    if freezing.to < freezing.from {
        return wrong(
            Message::new("error-freeze-backwards")
                .with("from", freezing.from)
                .with("until", freezing.to),
        );
    }
    if freezing.to <= now {
        return wrong(Message::new("error-freeze-past").with("until", freezing.to));
    }
    if freezing.to.seconds_since(freezing.from) > LONGEST_FREEZE_SECONDS {
        return wrong(Message::new("error-freeze-endless").with("days", LONGEST_FREEZE_SECONDS / 86_400));
    }
    said(&freezing.reason, "error-freeze-reason")?;
    if let Some(area) = freezing
        .areas
        .iter()
        .find(|area| !config.areas.contains_key(*area))
    {
        let known: Vec<&str> = config.areas.keys().map(AreaKey::as_str).collect();
        return wrong(
            Message::new("error-freeze-area")
                .with("area", area)
                .with("areas", known.join(", ")),
        );
    }
    let known = |service: &&ServiceKey| !config.services.contains_key(*service);
    if let Some(service) = freezing.services.iter().find(known) {
        let known: Vec<&str> = config.services.keys().map(ServiceKey::as_str).collect();
        return wrong(
            Message::new("error-unknown-service")
                .with("service", service)
                .with("services", known.join(", ")),
        );
    }
    Ok(())
}

fn said(reason: &str, key: &str) -> Result<(), Stop> {
    if reason.trim().chars().count() < SHORTEST_REASON {
        return Err(Stop::Request(Message::new(key).with("count", SHORTEST_REASON)));
    }
    Ok(())
}

fn note(ports: Ports<'_>, reason: &str) -> Result<Vec<u8>, Stop> {
    document(&serde_json::json!({
        "reason": reason.trim(),
        "salt": Digest::of(&(ports.random)()).hex(),
    }))
}

fn one(sealed: Vec<Sealed>) -> Result<Sealed, Stop> {
    let record = sealed.into_iter().next();
    record.ok_or_else(|| Stop::unavailable("error-log-busy"))
}
