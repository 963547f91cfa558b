//! The exceptions of one change, from the log and the configuration in force.

use std::collections::BTreeSet;

use crate::change::{Digest, Message, Moment, PersonKey};
use crate::dossier::approvals::Subject;
use crate::dossier::exceptions::{Grantors, Matter, in_time, standing};
use crate::dossier::{Change, Exception, Origin};
use crate::policy::{Keeper, RuleId, Scope};

use super::{Asked, InForce, LogView};

/// The rule of freezes, from which their owners except.
const NO_FREEZE: &str = "SCH-02";

/// Objections are lifted by their authors alone; an exception would be another way around them.
const NEVER: &[&str] = &["APP-04"];

/// The groups of rules about how and when, from which an area's owner may except. How many people
/// have to look is not for one person to lower.
const OF_AREA_OWNERS: &[&str] = &["procedure", "rollback", "schedule"];

/// Whose word an exception from a rule needs.
///
/// # Errors
/// Why there is no exception from it.
pub(super) fn grantors(rules: &InForce, code: &str) -> Result<Grantors, Message> {
    let refused = |key: &str| Err(Message::new(key).with("code", code));
    let Some(rule) = rules.bundle.catalog().get(&RuleId::new(code)) else {
        return refused("error-grant-unknown");
    };
    match (&rule.keeper, rule.scope) {
        (Keeper::Engine | Keeper::Obligation, _) => refused("error-grant-engine"),
        (Keeper::File(_), _) if NEVER.contains(&code) => refused("error-grant-objection"),
        (Keeper::File(_), Scope::Deployment) => refused("error-grant-deployment"),
        (Keeper::File(_), Scope::Change) if code == NO_FREEZE => Ok(Grantors::FreezeOwners),
        (Keeper::File(file), Scope::Change)
            if !file.house && OF_AREA_OWNERS.contains(&rule.group.as_str()) =>
        {
            Ok(Grantors::AreaOwners)
        }
        (Keeper::File(_), Scope::Change) => Ok(Grantors::Quorum),
    }
}

/// Everyone who takes part in a change: none of them excepts it from anything.
pub(super) fn involved(asked: &Asked, change: &Change) -> Vec<PersonKey> {
    let roles = [&change.roles.executor, &change.roles.requester];
    let mut people: Vec<PersonKey> = roles.into_iter().flatten().cloned().collect();
    people.extend(change.authors.iter().cloned());
    people.push(asked.actor.clone());
    people
}

/// The exceptions that stand for a change at `at`, by rule.
pub(super) fn of(
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    at: Moment,
    change: &Change,
) -> Vec<Exception> {
    let grants = &view.standing.grants;
    let named: BTreeSet<&str> = grants
        .iter()
        .filter(|grant| grant.change == change.id)
        .map(|grant| grant.rule.as_str())
        .collect();
    if named.is_empty() {
        return Vec::new();
    }
    let config = &rules.config;
    let contents: Vec<Digest> = change.units.iter().map(|unit| unit.content).collect();
    let subject = Subject {
        change: &change.id,
        declaration: change.digest,
        plan: change.plan,
        units: &contents,
        derived: change.origin == Origin::Derived,
        by_hand: false,
    };
    let matter = Matter {
        config,
        service: &asked.service,
        areas: &change.facts.areas,
        freezes: &change.facts.freezes,
        gate_files: !change.facts.gate_paths.is_empty(),
        involved: &involved(asked, change),
        day: &config.calendar.day(at),
    };
    let reason_of = |seq| view.reasons.get(&seq).cloned().unwrap_or_default();
    let stands = |rule: &str| {
        let needed = matter.needed(grantors(rules, rule).ok()?);
        let given = in_time(grants, rule, &subject, (&asked.service, &asked.environment), at);
        standing(&given, rule, &needed, &matter, &reason_of)
    };
    let mut exceptions: Vec<Exception> = named.into_iter().filter_map(stands).collect();
    for exception in &mut exceptions {
        exception.until = exception.until.shown_in(&config.calendar.zone);
        for granted in &mut exception.granted {
            granted.at = granted.at.shown_in(&config.calendar.zone);
        }
    }
    exceptions
}
