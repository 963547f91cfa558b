//! Which acts count as approvals of exactly this content.

use std::collections::{BTreeMap, BTreeSet};

use super::{Approval, Channel, NotCounted, Objection, Proof};
use crate::change::{ChangeId, Digest, PersonKey, Risk};
use crate::config::{Config, Signatures};
use crate::ledger::{Act, ActKind, Trust};

/// What an approval has to be of.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The change.
    pub change: &'a ChangeId,
    /// The declaration's or the template's digest.
    pub declaration: Digest,
    /// The digest of the expected difference.
    pub plan: Option<Digest>,
    /// The digests of its units; empty for work by hand.
    pub units: &'a [Digest],
    /// Whether the change is derived, so that no act names it.
    pub derived: bool,
    /// Whether the declaration itself says that people carry it out. Then declaration and plan are all
    /// of it, and an approval of them counts whatever files were committed beside them.
    pub by_hand: bool,
}

/// Who may approve it, and how.
#[derive(Debug, Clone, Copy)]
pub struct Conditions<'a> {
    /// The configuration in force.
    pub config: &'a Config,
    /// Everyone with authority over the change.
    pub authorities: &'a [PersonKey],
    /// The risk in force.
    pub risk: Risk,
    /// The calendar's day, `YYYY-MM-DD`.
    pub day: &'a str,
    /// When the change was started, if it was.
    pub started: Option<crate::change::Moment>,
    /// The approvers that the declaration lists, in its order.
    pub listed: &'a [PersonKey],
}

/// All acts on one change, sorted out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Those that count for at least one unit.
    pub approvals: Vec<Approval>,
    /// Objections that stand.
    pub objections: Vec<Objection>,
    /// Approvals of this content that do not count.
    pub not_counted: Vec<NotCounted>,
    /// People who approved another version.
    pub of_other_content: Vec<PersonKey>,
    /// The smallest number of people who approved any one unit.
    pub approved_by: u64,
}

/// Sorts out `acts` (in the order of their time) for `subject`.
pub fn sort_out(acts: &[Act], subject: &Subject<'_>, conditions: Conditions<'_>) -> Sorted {
    let mut sorted = Sorted {
        objections: objections(acts, subject, conditions),
        ..Sorted::default()
    };
    let objectors: BTreeSet<&PersonKey> = sorted.objections.iter().map(|o| &o.person).collect();
    let mut seen_other: BTreeSet<PersonKey> = BTreeSet::new();
    let mut by_person: BTreeMap<PersonKey, Approval> = BTreeMap::new();
    let mut refused: BTreeMap<PersonKey, String> = BTreeMap::new();
    let mut settled: BTreeSet<&PersonKey> = BTreeSet::new();
    for act in latest(acts) {
        // Without units several subjects are the same work: the last word on any of them counts.
        let same_work = subject.units.is_empty() && units_of(act, subject).is_some();
        if same_work && !settled.insert(&act.person) {
            continue;
        }
        if act.kind != ActKind::Approve || objectors.contains(&act.person) {
            continue;
        }
        let units = units_of(act, subject);
        let Some(units) = units else {
            if !subject.derived && act.change.as_ref() == Some(subject.change) {
                seen_other.insert(act.person.clone());
            }
            continue;
        };
        if let Some(because) = refusal(act, conditions) {
            refused.insert(act.person.clone(), because.to_owned());
            continue;
        }
        let approval = by_person
            .entry(act.person.clone())
            .or_insert_with(|| approval(act, conditions.listed));
        let mut rests = units.is_empty() && approval.at == act.at;
        for unit in units {
            if !approval.units.contains(&unit) {
                approval.units.push(unit);
                // As old as the oldest act that it rests on.
                approval.at = approval.at.min(act.at);
                rests = true;
            }
        }
        if rests && act.attested() {
            // One part that another wrote down, and the whole is shown as that.
            approval.channel = Channel::Attested;
            approval.proof = Proof::Attested;
            approval.by = Some(act.by.clone());
            approval.recorded.push(act.of);
        }
    }
    sorted.approved_by = smallest(&by_person, subject.units);
    sorted.not_counted = refused
        .into_iter()
        .filter(|(person, _)| !by_person.contains_key(person))
        .map(|(person, because)| NotCounted { person, because })
        .collect();
    sorted.of_other_content = seen_other
        .into_iter()
        .filter(|person| !by_person.contains_key(person))
        .collect();
    sorted.approvals = by_person.into_values().collect();
    sorted
        .approvals
        .sort_by(|a, b| (a.at, &a.person).cmp(&(b.at, &b.person)));
    sorted
}

/// The latest act of each person on each subject, the newest first and a person's own before what another
/// wrote down for them: nobody's own word is pushed aside by somebody else's.
fn latest(acts: &[Act]) -> Vec<&Act> {
    let mut last: BTreeMap<(&PersonKey, Digest), (usize, &Act)> = BTreeMap::new();
    for (place, act) in acts.iter().enumerate() {
        let known = last.entry((&act.person, act.of)).or_insert((place, act));
        let own = !known.1.attested() && known.1.revoked.is_none();
        if !(own && is_recorded(act)) {
            *known = (place, act);
        }
    }
    let mut last: Vec<(usize, &Act)> = last.into_values().collect();
    last.sort_by_key(|(place, act)| (is_recorded(act), std::cmp::Reverse(*place)));
    last.into_iter().map(|(_, act)| act).collect()
}

/// Whether another wrote it down, as something that lets pass.
fn is_recorded(act: &Act) -> bool {
    act.attested() && act.kind != ActKind::Object
}

/// The units of the subject that `act` is of; `None` when it is of something else.
fn units_of(act: &Act, subject: &Subject<'_>) -> Option<Vec<Digest>> {
    if act.declaration != subject.declaration || act.plan != subject.plan {
        return None;
    }
    if subject.units.is_empty() {
        return (subject.by_hand || act.content.is_empty()).then(Vec::new);
    }
    let units: Vec<Digest> = subject
        .units
        .iter()
        .filter(|unit| act.content.contains(unit))
        .copied()
        .collect();
    (!units.is_empty()).then_some(units)
}

/// Objections name a change and outlive its content: only their author lifts them, by taking
/// them back or by approving later. Those of people who have left stand no longer: nobody could
/// lift them.
fn objections(acts: &[Act], subject: &Subject<'_>, conditions: Conditions<'_>) -> Vec<Objection> {
    let here = |act: &&Act| {
        let person = conditions.config.people.get(&act.person);
        person.is_some_and(|person| person.active_on(conditions.day))
    };
    let mut last: BTreeMap<&PersonKey, &Act> = BTreeMap::new();
    for act in acts {
        let same_change = act.change.as_ref() == Some(subject.change);
        let same_content = units_of(act, subject).is_some();
        // An act that somebody else recorded cannot lift a person's objection.
        // Nor can one by a key that was in other hands.
        let lifts = act.kind != ActKind::Object && (act.attested() || act.revoked.is_some());
        if (same_change || same_content) && !(lifts && last.contains_key(&act.person)) {
            last.insert(&act.person, act);
        }
    }
    last.into_values()
        .filter(|act| act.kind == ActKind::Object)
        .filter(here)
        .map(|act| Objection {
            person: act.person.clone(),
            at: act.at,
            channel: channel(act),
        })
        .collect()
}

/// Why an approval of the right content does not count.
fn refusal(act: &Act, conditions: Conditions<'_>) -> Option<&'static str> {
    let config = conditions.config;
    let Some(person) = config.people.get(&act.person) else {
        return Some("unknown");
    };
    if !person.active_on(conditions.day) {
        return Some("inactive");
    }
    if act.revoked.is_some() {
        return Some("revoked");
    }
    if !channel_allowed(act, conditions) {
        return Some("channel");
    }
    if !conditions.authorities.contains(&act.person) {
        return Some("no_authority");
    }
    if conditions.started.is_some_and(|started| act.at > started) {
        return Some("after_start");
    }
    None
}

fn channel_allowed(act: &Act, conditions: Conditions<'_>) -> bool {
    let config = conditions.config;
    let recorded_well = match act.trust {
        Trust::Signed => true,
        Trust::Unsigned => config.trust.signatures == Signatures::Optional,
        Trust::Account => config.trust.signatures != Signatures::Required,
        Trust::Unchecked => false,
    };
    let person_allowed = !act.attested() || config.approval.attested_risks.contains(&conditions.risk);
    recorded_well && person_allowed
}

fn channel(act: &Act) -> Channel {
    match (act.attested(), act.trust) {
        (true, _) => Channel::Attested,
        (false, Trust::Unsigned) => Channel::Unsigned,
        (false, Trust::Account) => Channel::Review,
        (false, _) => Channel::Signed,
    }
}

fn approval(act: &Act, listed: &[PersonKey]) -> Approval {
    let channel = channel(act);
    let field = match listed.iter().position(|person| person == &act.person) {
        Some(index) => format!("roles.approvers[{index}]"),
        None => "roles.approvers".to_owned(),
    };
    Approval {
        person: act.person.clone(),
        at: act.at,
        channel,
        proof: match channel {
            Channel::Attested => Proof::Attested,
            Channel::Unsigned => Proof::None,
            Channel::Review => Proof::PatchEqual,
            _ => Proof::Signature,
        },
        by: act.attested().then(|| act.by.clone()),
        recorded: Vec::new(),
        units: Vec::new(),
        field,
    }
}

/// The smallest number of people who approved any one unit; without units, the number of people.
fn smallest(approvals: &BTreeMap<PersonKey, Approval>, units: &[Digest]) -> u64 {
    let of = |unit: &Digest| approvals.values().filter(|a| a.units.contains(unit)).count();
    let count = match units.iter().map(of).min() {
        Some(least) => least,
        None => approvals.len(),
    };
    count as u64
}
