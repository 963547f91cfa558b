//! Who agreed with what authority, who was there then, and how long ago all that was.

use serde::{Deserialize, Serialize};

use super::completion::{active, areas_of};
use super::facts::{owners_missing, quorum};
use super::{Approval, Findings, MOST_HITS};
use crate::change::{AreaKey, ChangeType, Delivery, Digest, Moment, Period, PersonKey, Risk};
use crate::config::Profile;

/// Somebody who acted and did not belong to the organisation then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMember {
    /// Who.
    pub person: PersonKey,
    /// `approver` or `actor`.
    pub role: String,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// The place in the declaration that a finding about it points to.
    pub field: String,
}

/// An approval that is older than approvals at this risk may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaleApproval {
    /// Whose it is.
    pub person: PersonKey,
    /// Its age in whole days.
    pub days: u64,
    /// How old it may be, as configured.
    pub most: String,
    /// The place in the declaration that a finding about it points to.
    pub field: String,
}

/// What is known of agreement, people and time; every key is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementFacts {
    /// Areas that somebody is named for and that nobody with authority over them approved.
    pub authority_missing: Vec<AreaKey>,
    /// Whether the same is true of what lies in no such area.
    pub authority_missing_elsewhere: bool,
    /// Who may approve what lies in no such area.
    pub authority_elsewhere: Vec<PersonKey>,
    /// People who acted and did not belong to the organisation then.
    pub not_members: Vec<NotMember>,
    /// Approvals that are too old, where the change needs them.
    pub stale_approvals: Vec<StaleApproval>,
    /// Whole days since it was declared, while approvals are missing; else 0.
    pub pending_days: u64,
    /// Whether it waits for approvals longer than it should.
    pub pending_late: bool,
    /// Seconds by which the declaration came after the work that it describes; 0: before it.
    pub declared_late_seconds: u64,
    /// Whether that is inside `emergency.late_limit`.
    pub declared_within_limit: bool,
    /// Whether it is to pass without anybody's approval, because one person works alone.
    pub alone: bool,
    /// Of a change that is `alone`, seconds since its last commit or, without commits, since the
    /// log first heard of it; else 0.
    pub waited_seconds: u64,
    /// Seconds that a change without approval has to wait; 0: none.
    pub cooling_off_seconds: u64,
    /// The outside reviewers who are there and took no part in it.
    pub outside_reviewers: Vec<PersonKey>,
    /// Of the changes that passed in the last 30 days, those without approval, in percent.
    pub unapproved_percent: u64,
}

impl AgreementFacts {
    /// Computes them at the risk in force; `eligible` are those who may still approve.
    pub(super) fn compute(of: Findings<'_>, risk: Risk, eligible: &[PersonKey]) -> Self {
        let all = met(of, risk, &of.sorted.approvals);
        let needed = quorum(of, risk, eligible);
        let short = of.sorted.approved_by < needed;
        let (pending_days, pending_late) = if short { pending(of) } else { (0, false) };
        let late = declared_late(of);
        let config = &of.around.config;
        let reviewers = config.approval.outside_reviewers.iter();
        let passed = of.past.passed.max(1);
        let alone = alone(of, needed);
        Self {
            stale_approvals: stale(of, risk, needed, &all),
            authority_missing: all.areas,
            authority_missing_elsewhere: all.elsewhere,
            authority_elsewhere: general(of, risk),
            not_members: not_members(of),
            pending_days,
            pending_late,
            declared_late_seconds: late.map_or(0, |(_, seconds)| seconds),
            declared_within_limit: late.is_none_or(|(since, seconds)| {
                let due = config.calendar.due(since, config.emergency.late_limit);
                let declared = since.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
                due.is_ok_and(|due| declared <= due)
            }),
            alone,
            // The same for all who need not wait, so that rules see like changes as alike.
            waited_seconds: if alone { waited(of) } else { 0 },
            cooling_off_seconds: config.approval.cooling_off.map_or(0, |wait| match wait {
                Period::Wall(seconds) => seconds,
                Period::BusinessDays(days) => u64::from(days) * 86_400,
            }),
            outside_reviewers: reviewers
                .filter(|person| active(of.around, person) && !took_part(of, person))
                .take(MOST_HITS)
                .cloned()
                .collect(),
            unapproved_percent: of.past.unapproved.saturating_mul(100) / passed,
        }
    }
}

/// What a set of approvals leaves open.
#[derive(Debug, PartialEq, Eq)]
struct Met {
    approved_by: u64,
    owners: Vec<AreaKey>,
    areas: Vec<AreaKey>,
    elsewhere: bool,
}

fn met(of: Findings<'_>, risk: Risk, approvals: &[Approval]) -> Met {
    let areas = areas_of(of.completed, of.around);
    let owners = owners_missing(of, &areas, approvals);
    let named = |key: &&AreaKey| of.around.config.areas.get(*key).is_some_and(|area| area.closed());
    let missing = |people: &[PersonKey], touches: &dyn Fn(usize) -> bool| {
        let agreed = |unit: Option<&Digest>| {
            let mut theirs = approvals.iter().filter(|a| people.contains(&a.person));
            theirs.any(|a| unit.is_none_or(|unit| a.units.contains(unit)))
        };
        let units = of.units.iter().enumerate();
        let touching: Vec<&Digest> = units
            .filter(|(at, _)| touches(*at))
            .map(|(_, unit)| unit)
            .collect();
        if touching.is_empty() {
            !agreed(None)
        } else {
            !touching.into_iter().all(|unit| agreed(Some(unit)))
        }
    };
    let open = areas.iter().filter(named).filter(|key| !owners.contains(key));
    let open = open.filter(|key| {
        let people = of.around.config.may_approve(of.around.service, Some(key), risk);
        missing(&people, &|at| {
            of.unit_areas.get(at).is_some_and(|areas| areas.contains(key))
        })
    });
    let all_named = !areas.is_empty() && areas.iter().all(|key| named(&key));
    let reaches = if of.units.is_empty() {
        !all_named
    } else {
        of.around.elsewhere
    };
    Met {
        areas: open.cloned().collect(),
        elsewhere: reaches
            && missing(&general(of, risk), &|at| {
                of.unit_elsewhere.get(at).copied().unwrap_or(true)
            }),
        owners,
        approved_by: fewest(approvals, of.units),
    }
}

/// Who approves what lies in no area that somebody is named for.
fn general(of: Findings<'_>, risk: Risk) -> Vec<PersonKey> {
    of.around.config.may_approve(of.around.service, None, risk)
}

/// The people who approved the unit that the fewest approved.
fn fewest(approvals: &[Approval], units: &[Digest]) -> u64 {
    let of = |unit: &Digest| approvals.iter().filter(|a| a.units.contains(unit)).count();
    units.iter().map(of).min().unwrap_or(approvals.len()) as u64
}

/// Approvals that are too old, where without them something is missing that is not missing with
/// them. What no calendar can tell is too old.
fn stale(of: Findings<'_>, risk: Risk, needed: u64, all: &Met) -> Vec<StaleApproval> {
    let config = &of.around.config;
    let Some(most) = config.approval.max_age.get(&risk) else {
        return Vec::new();
    };
    let fresh = |approval: &&Approval| {
        config
            .calendar
            .due(approval.at, *most)
            .is_ok_and(|end| of.around.at <= end)
    };
    let (young, old): (Vec<&Approval>, Vec<&Approval>) = of.sorted.approvals.iter().partition(fresh);
    let young: Vec<Approval> = young.into_iter().cloned().collect();
    let left = met(of, risk, &young);
    let short = left.approved_by < needed && all.approved_by >= needed;
    let gap = left.owners != all.owners || left.areas != all.areas || left.elsewhere != all.elsewhere;
    if old.is_empty() || !(short || gap) {
        return Vec::new();
    }
    let days = |at: Moment| u64::try_from(of.around.at.seconds_since(at)).unwrap_or(0) / 86_400;
    old.into_iter()
        .take(MOST_HITS)
        .map(|approval| StaleApproval {
            person: approval.person.clone(),
            days: days(approval.at),
            most: most.to_string(),
            field: approval.field.clone(),
        })
        .collect()
}

/// Approvers who were not there when they approved, and whoever asks now and is not there.
fn not_members(of: Findings<'_>) -> Vec<NotMember> {
    let config = &of.around.config;
    let there = |person: &PersonKey, day: &str| config.people.get(person).is_some_and(|p| p.active_on(day));
    let entry = |person: &PersonKey, role: &str, day: String, field: &str| NotMember {
        person: person.clone(),
        role: role.to_owned(),
        day,
        field: field.to_owned(),
    };
    let approvers = of.sorted.approvals.iter().filter_map(|approval| {
        let day = config.calendar.day(approval.at);
        (!there(&approval.person, &day)).then(|| entry(&approval.person, "approver", day, &approval.field))
    });
    let today = config.calendar.day(of.around.at);
    let actor = of.around.actor;
    // Where the same person is the executor, the engine has said so already.
    let said = of.completed.roles.executor.as_ref() == Some(actor);
    let asks =
        (!said && !there(actor, &today)).then(|| entry(actor, "actor", today.clone(), "roles.executor"));
    approvers.chain(asks).take(MOST_HITS).collect()
}

/// Since when approvals are missing, in days, and whether that is too long.
fn pending(of: Findings<'_>) -> (u64, bool) {
    let past = of.past;
    let Some(since) = [past.heard, past.written].into_iter().flatten().min() else {
        return (0, false);
    };
    let days = u64::try_from(of.around.at.seconds_since(since)).unwrap_or(0) / 86_400;
    let late = of.around.terms.pending.is_none_or(|limit| {
        let due = of.around.config.calendar.due(since, limit);
        due.is_ok_and(|due| due < of.around.at)
    });
    (days, late)
}

/// The end or start of work that came before its declaration, and by how many seconds.
fn declared_late(of: Findings<'_>) -> Option<(Moment, u64)> {
    if of.derived {
        return None; // its template was declared before
    }
    let heard = of.past.heard.unwrap_or(of.around.at);
    let by_hand = of.units.is_empty() && of.completed.delivery == Some(Delivery::Manual);
    let over = of
        .completed
        .window
        .end
        .filter(|_| by_hand)
        .map(|end| (end, heard));
    let started = of.past.started.zip(of.past.filed);
    [over, started]
        .into_iter()
        .flatten()
        .filter_map(|(work, declared)| {
            let seconds = u64::try_from(declared.seconds_since(work)).ok()?;
            (seconds > 0).then_some((work, seconds))
        })
        .max_by_key(|(_, seconds)| *seconds)
}

/// One person works alone, nobody approved, and no template speaks for them.
fn alone(of: Findings<'_>, needed: u64) -> bool {
    let from_template = of.completed.change_type == Some(ChangeType::Standard) && of.units.is_empty();
    of.around.config.profile == Profile::Solo && needed == 0 && of.sorted.approved_by == 0 && !from_template
}

fn waited(of: Findings<'_>) -> u64 {
    let since = if of.units.is_empty() {
        of.past.heard
    } else {
        of.past.written
    };
    since.map_or(0, |since| {
        u64::try_from(of.around.at.seconds_since(since)).unwrap_or(0)
    })
}

/// Whether a person wrote, asks for or carries out the change.
pub(super) fn took_part(of: Findings<'_>, person: &PersonKey) -> bool {
    let roles = &of.completed.roles;
    of.authors.contains(person)
        || roles.executor.as_ref() == Some(person)
        || roles.requester.as_ref() == Some(person)
}
