//! Which exceptions stand: whose word is needed, and who has given it.

use serde::{Deserialize, Serialize};

use super::FreezeInForce;
use super::approvals::Subject;
use crate::change::{AreaKey, EnvironmentKey, Moment, PersonKey, Risk, ServiceKey};
use crate::config::{Config, Signatures};
use crate::ledger::{Grant, Trust};

/// One person's part in an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantedBy {
    /// Who.
    pub person: PersonKey,
    /// When it was recorded.
    pub at: Moment,
    /// Whether their own key shows that it was them.
    pub signed: bool,
    /// Why, in their words; empty where the text was taken out of the log.
    pub reason: String,
    /// The record.
    pub record: u64,
}

/// An exception to one rule for one change that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The rule's code.
    pub rule: String,
    /// The first second in which it no longer stands.
    pub until: Moment,
    /// Everyone whose word counts for it.
    pub granted: Vec<GrantedBy>,
}

/// Whose word a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grantors {
    /// The owner of every freeze that concerns the change.
    FreezeOwners,
    /// An owner of every sensitive area that the change touches.
    AreaOwners,
    /// As many as the gate's own files need.
    Quorum,
}

/// What the right to except from a rule follows from.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// The configuration in force.
    pub config: &'a Config,
    /// The service.
    pub service: &'a ServiceKey,
    /// The areas that the change touches.
    pub areas: &'a [AreaKey],
    /// The freezes that concern it.
    pub freezes: &'a [FreezeInForce],
    /// Whether it touches the gate's own files.
    pub gate_files: bool,
    /// Everyone who takes part in it.
    pub involved: &'a [PersonKey],
    /// The calendar's day, `YYYY-MM-DD`.
    pub day: &'a str,
}

/// People of whom some have to agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// How many.
    pub count: usize,
    /// Of whom.
    pub of: Vec<PersonKey>,
}

/// How long an exception may last.
pub const LONGEST_SECONDS: i64 = 30 * 86_400;

impl Matter<'_> {
    /// Whose word an exception needs; all of the list. Where an owner takes part in the change,
    /// has left or does not exist, it is the gate's quorum instead.
    pub fn needed(&self, grantors: Grantors) -> Vec<Needed> {
        let owners: Vec<Vec<PersonKey>> = match grantors {
            Grantors::FreezeOwners => {
                let owners = self.freezes.iter().map(|freeze| vec![freeze.owner.clone()]);
                owners.collect()
            }
            // Nobody alone answers for the gate.
            Grantors::AreaOwners if !self.gate_files => self.area_owners(),
            Grantors::AreaOwners | Grantors::Quorum => Vec::new(),
        };
        let each: Vec<Needed> = owners.into_iter().map(|of| self.one_of(of)).collect();
        if !each.is_empty() && each.iter().all(|needed| !needed.of.is_empty()) {
            return each;
        }
        let count = self.config.approval.gate_quorum.max(1) as usize;
        let of = self.config.may_approve(self.service, None, Risk::High);
        vec![Needed {
            count,
            of: self.free(of),
        }]
    }

    fn area_owners(&self) -> Vec<Vec<PersonKey>> {
        let areas = self.areas.iter().filter_map(|key| self.config.areas.get(key));
        areas
            .filter(|area| area.sensitive())
            .map(|area| area.owners.clone())
            .collect()
    }

    fn one_of(&self, of: Vec<PersonKey>) -> Needed {
        Needed {
            count: 1,
            of: self.free(of),
        }
    }

    /// Those who are here today and take no part in the change.
    fn free(&self, people: Vec<PersonKey>) -> Vec<PersonKey> {
        let mut free = people;
        free.retain(|key| {
            let person = self.config.people.get(key);
            person.is_some_and(|person| person.active_on(self.day)) && !self.involved.contains(key)
        });
        free.sort();
        free.dedup();
        free
    }
}

/// Whether a record with this signature counts for anything.
pub fn counts(config: &Config, trust: Trust) -> bool {
    match trust {
        Trust::Signed => true,
        Trust::Unsigned => config.trust.signatures == Signatures::Optional,
        Trust::Unchecked | Trust::Account => false,
    }
}

/// The grants of `rule` that hold at `at` for exactly this content in this service and environment, the
/// latest of each person.
pub fn in_time<'g>(
    grants: &'g [Grant],
    rule: &str,
    subject: &Subject<'_>,
    (service, environment): (&ServiceKey, &EnvironmentKey),
    at: Moment,
) -> Vec<&'g Grant> {
    let mut latest: Vec<&Grant> = Vec::new();
    for grant in grants.iter().filter(|grant| grant.rule == rule) {
        let holds = grant.change == *subject.change
            && &grant.service == service
            && &grant.environment == environment
            && grant.declaration == subject.declaration
            && grant.plan == subject.plan
            && subject.units.iter().all(|unit| grant.content.contains(unit))
            && (grant.content.is_empty() || !subject.units.is_empty())
            && grant.at <= at
            && at < grant.until
            && grant.until.seconds_since(grant.at) <= LONGEST_SECONDS;
        if holds {
            latest.retain(|known| known.person != grant.person);
            latest.push(grant);
        }
    }
    latest
}

/// The exception from `rule`, where enough of those whose word is needed have given it.
pub fn standing(
    grants: &[&Grant],
    rule: &str,
    needed: &[Needed],
    matter: &Matter<'_>,
    reason_of: &dyn Fn(u64) -> String,
) -> Option<Exception> {
    let counted: Vec<&&Grant> = grants
        .iter()
        .filter(|grant| counts(matter.config, grant.trust))
        .filter(|grant| needed.iter().any(|needed| needed.of.contains(&grant.person)))
        .collect();
    let enough = needed.iter().all(|needed| {
        let given = counted.iter().filter(|grant| needed.of.contains(&grant.person));
        given.count() >= needed.count.max(1)
    });
    if !enough {
        return None;
    }
    Some(Exception {
        rule: rule.to_owned(),
        until: counted.iter().map(|grant| grant.until).min()?,
        granted: counted
            .iter()
            .map(|grant| GrantedBy {
                person: grant.person.clone(),
                at: grant.at,
                signed: grant.trust == Trust::Signed,
                reason: reason_of(grant.seq),
                record: grant.seq,
            })
            .collect(),
    })
}
