//! What is computed for the rules, so that a rule reads like the sentence that it enforces.

use super::agreement::took_part;
use super::approvals::Sorted;
use super::completion::{Surroundings, active, areas_of};
use super::content_facts::paths_outside;
use super::coverage::Ground;
use super::wording_quality::{is_blank, is_vague_criterion, is_vague_step, texts};
use super::{
    AgreementFacts, Approval, ContentFacts, EmergencyFacts, Facts, FreezeInForce, MOST_HITS, Past, PlanFile,
    ProcedureFacts, RollbackFacts, RollbackTarget, RuleGlobs, ScheduleFacts, StatementFacts, TemplateFacts,
    risk_floor,
};
use crate::change::{
    AreaKey, ChangeType, Declaration, Digest, Moment, Period, PersonKey, Risk, Rollback, RollbackChoice,
};
use crate::config::{Config, FreezeKind};

/// The words that make a text a placeholder or a phrase, from the rules' parameters.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Placeholders.
    pub blank: Vec<String>,
    /// Rollback steps that say nothing.
    pub vague: Vec<String>,
    /// Things that are either seen or not.
    pub observations: Vec<String>,
}

/// What facts are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The declaration as typed.
    pub typed: &'a Declaration,
    /// The same, completed.
    pub completed: &'a Declaration,
    /// What it was completed from.
    pub around: Surroundings<'a>,
    /// The digests of its units.
    pub units: &'a [Digest],
    /// The areas that each unit touches, in the same order.
    pub unit_areas: &'a [Vec<AreaKey>],
    /// Whether each touches something in no area that somebody is named for.
    pub unit_elsewhere: &'a [bool],
    /// Whether nobody typed it.
    pub derived: bool,
    /// What log and commits tell about its past.
    pub past: Past,
    /// The files that its units touch.
    pub files: &'a [String],
    /// The gate's own files among them.
    pub gate_files: &'a [String],
    /// The acts on it.
    pub sorted: &'a Sorted,
    /// Everyone with authority over it.
    pub authorities: &'a [PersonKey],
    /// The known authors of its commits.
    pub authors: &'a [PersonKey],
    /// The addresses of unknown ones.
    pub unknown_authors: &'a [String],
    /// How often it was carried out before.
    pub executions: u64,
    /// How it came to an end before; empty: it did not.
    pub ended: &'a str,
    /// What its procedure leads to.
    pub procedure: &'a ProcedureFacts,
    /// When it may be carried out.
    pub schedule: &'a ScheduleFacts,
    /// Its template.
    pub template: &'a TemplateFacts,
    /// What makes it an emergency.
    pub emergency: &'a EmergencyFacts,
    /// The rules' words.
    pub words: &'a Words,
    /// The rules' patterns of paths.
    pub globs: &'a RuleGlobs,
    /// What the configuration says about paths.
    pub ground: &'a Ground,
    /// The file with the expected difference.
    pub plan_file: PlanFile,
    /// What the thing to return to was found to be.
    pub target: RollbackTarget,
    /// When the same named plan was last carried out, as the log says.
    pub rolled_back: Option<Moment>,
}

impl Facts {
    /// Computes every fact about one change.
    pub fn compute(of: Findings<'_>) -> Self {
        let (risk_floor, risk_floor_because) = if of.gate_files.is_empty() {
            risk_floor(of.completed, of.around)
        } else {
            (Risk::High, vec!["gate".to_owned()])
        };
        let areas = areas_of(of.completed, of.around);
        let rollback = stated_rollback(of.completed);
        let outside = paths_outside(of);
        let eligible = eligible(of);
        let risk = of.completed.risk.unwrap_or(risk_floor).max(risk_floor);
        Self {
            risk_floor,
            risk_floor_because,
            owners_missing: owners_missing(of, &areas, &of.sorted.approvals),
            statement: StatementFacts::compute(of, risk),
            agreement: AgreementFacts::compute(of, risk, &eligible),
            emergency: able_afterwards(of, &eligible),
            paths_outside_count: outside.len() as u64,
            paths_outside: first(outside),
            gate_paths: first(of.gate_files.to_vec()),
            quorum: quorum(of, risk, &eligible),
            approved_by: of.sorted.approved_by,
            eligible,
            approvals_of_other_content: of.sorted.of_other_content.clone(),
            approvals_not_counted: of.sorted.not_counted.clone(),
            in_window: in_window(of.completed, of.around.at),
            seconds_to_window_end: of
                .completed
                .window
                .end
                .map_or(0, |end| end.seconds_since(of.around.at)),
            rollback_seconds: rollback
                .and_then(|r| r.duration)
                .and_then(Period::seconds)
                .unwrap_or(0),
            estimate_seconds: of
                .completed
                .window
                .estimate
                .and_then(Period::seconds)
                .unwrap_or(0),
            blank_fields: blank_fields(of),
            vague_steps: vague(rollback.map_or(&[], |r| &r.steps), |step| {
                is_vague_step(step, &of.words.vague)
            }),
            vague_criteria: vague(rollback.map_or(&[], |r| &r.criteria), |criterion| {
                is_vague_criterion(criterion, &of.words.observations)
            }),
            decider_known: rollback
                .and_then(|r| r.decider.as_ref())
                .is_some_and(|person| active(of.around, person)),
            executor_allowed: of
                .completed
                .roles
                .executor
                .as_ref()
                .is_some_and(|person| active(of.around, person) && may_execute(of.around, &areas, person)),
            unknown_authors: first(of.unknown_authors.to_vec()),
            unknown_people: unknown_people(of.completed, of.around),
            freezes: freezes(of.around, &areas),
            executions: of.executions,
            ended: of.ended.to_owned(),
            procedure: of.procedure.clone(),
            schedule: of.schedule.clone(),
            template: of.template.clone(),
            content: ContentFacts::compute(of),
            rollback: RollbackFacts::compute(of),
            areas,
        }
    }
}

/// The facts about an emergency, with who may decide about it afterwards: whoever could have
/// approved it, and for one person alone the reviewers outside.
fn able_afterwards(of: Findings<'_>, eligible: &[PersonKey]) -> EmergencyFacts {
    let mut facts = of.emergency.clone();
    if of.completed.change_type != Some(ChangeType::Emergency) {
        return facts;
    }
    let outside = of.around.config.approval.outside_reviewers.iter();
    let outside = outside.filter(|person| active(of.around, person) && !took_part(of, person));
    let mut able: Vec<PersonKey> = eligible.iter().chain(outside).cloned().collect();
    able.retain(|person| person.as_str() != facts.declarer);
    able.sort();
    able.dedup();
    facts.retro = first(able);
    facts
}

fn first<T>(mut all: Vec<T>) -> Vec<T> {
    all.truncate(MOST_HITS);
    all
}

/// The plan of a completed declaration.
pub fn stated_rollback(completed: &Declaration) -> Option<&Rollback> {
    match &completed.rollback {
        Some(RollbackChoice::Stated(plan)) => Some(plan),
        _ => None,
    }
}

/// An area that names executors is closed to everybody else.
fn may_execute(around: Surroundings<'_>, areas: &[AreaKey], person: &PersonKey) -> bool {
    let named: Vec<&Vec<PersonKey>> = areas
        .iter()
        .filter_map(|area| around.config.areas.get(area)?.executors.as_ref())
        .collect();
    if named.is_empty() {
        around.config.may_execute(around.service).contains(person)
    } else {
        named.iter().all(|people| people.contains(person))
    }
}

/// Everyone with authority who is active and is not part of the work.
fn eligible(of: Findings<'_>) -> Vec<PersonKey> {
    of.authorities
        .iter()
        .filter(|person| active(of.around, person) && !took_part(of, person))
        .cloned()
        .collect()
}

/// Approvals needed. The gate's own files need the gate quorum, or everybody eligible where
/// fewer exist, but never nobody.
pub(super) fn quorum(of: Findings<'_>, risk: Risk, eligible: &[PersonKey]) -> u64 {
    let settings = &of.around.config.approval;
    let standard = of.completed.change_type == Some(ChangeType::Standard);
    if of.gate_files.is_empty() && standard && of.units.is_empty() && of.template.known {
        // Work by hand from an authorised template: what it may do was agreed with the template.
        return 0;
    }
    if of.gate_files.is_empty() {
        return settings.quorum.get(&risk).copied().unwrap_or(1).into();
    }
    u64::from(settings.gate_quorum).min(eligible.len() as u64).max(1)
}

/// The sensitive areas without an owner's consent: to every unit that touches the area, or,
/// where none does by its files, to any part of the change.
pub(super) fn owners_missing(of: Findings<'_>, areas: &[AreaKey], approvals: &[Approval]) -> Vec<AreaKey> {
    let agreed = |owners: &[PersonKey], unit: Option<&Digest>| {
        approvals
            .iter()
            .filter(|approval| owners.contains(&approval.person))
            .any(|approval| unit.is_none_or(|unit| approval.units.contains(unit)))
    };
    areas
        .iter()
        .filter(|key| {
            let Some(area) = of.around.config.areas.get(*key).filter(|area| area.sensitive()) else {
                return false;
            };
            let mut touching = of
                .units
                .iter()
                .zip(of.unit_areas)
                .filter(|(_, areas)| areas.contains(key))
                .peekable();
            if touching.peek().is_none() {
                return !agreed(&area.owners, None);
            }
            !touching.all(|(unit, _)| agreed(&area.owners, Some(unit)))
        })
        .cloned()
        .collect()
}

fn in_window(completed: &Declaration, at: Moment) -> bool {
    completed.window.start.is_none_or(|start| start <= at) && completed.window.end.is_none_or(|end| at <= end)
}

fn blank_fields(of: Findings<'_>) -> Vec<String> {
    texts(of.typed)
        .into_iter()
        .filter(|(_, text)| is_blank(text, &of.words.blank))
        .map(|(field, _)| field)
        .collect()
}

fn vague(texts: &[String], is_vague: impl Fn(&str) -> bool) -> Vec<String> {
    texts.iter().filter(|text| is_vague(text)).cloned().collect()
}

/// The roles that name nobody who is known and active, as `FIELD=NAME`.
fn unknown_people(completed: &Declaration, around: Surroundings<'_>) -> Vec<String> {
    let roles = &completed.roles;
    let mut named: Vec<(String, &PersonKey)> = Vec::new();
    let rollback = stated_rollback(completed);
    for (field, person) in [
        ("roles.requester", roles.requester.as_ref()),
        ("roles.executor", roles.executor.as_ref()),
        ("roles.verifier", roles.verifier.as_ref()),
        ("rollback.decider", rollback.and_then(|r| r.decider.as_ref())),
        (
            "rollback.decider_alternate",
            rollback.and_then(|r| r.decider_alternate.as_ref()),
        ),
        (
            "rollback.forward_fix.owner",
            rollback.and_then(|r| r.forward_fix.as_ref()?.owner.as_ref()),
        ),
    ] {
        if let Some(person) = person {
            named.push((field.to_owned(), person));
        }
    }
    for (index, person) in roles.approvers.iter().enumerate() {
        named.push((format!("roles.approvers[{index}]"), person));
    }
    named
        .into_iter()
        .filter(|(_, person)| !active(around, person))
        .map(|(field, person)| format!("{field}={person}"))
        .collect()
}

fn freezes(around: Surroundings<'_>, areas: &[AreaKey]) -> Vec<FreezeInForce> {
    in_force(around.config, around.at)
        .filter(|freeze| freeze.concerns(around.service) && freeze.touches(areas))
        .map(freeze_in_force)
        .collect()
}

/// The configured freezes that are in force at `at`.
pub fn in_force(config: &Config, at: Moment) -> impl Iterator<Item = &crate::config::Freeze> {
    config
        .freezes
        .iter()
        .filter(move |freeze| freeze.from <= at && at <= freeze.to)
}

/// A freeze as dossiers show it.
pub fn freeze_in_force(freeze: &crate::config::Freeze) -> FreezeInForce {
    FreezeInForce {
        id: freeze.id.clone(),
        kind: match freeze.kind {
            FreezeKind::Hard => "hard",
            FreezeKind::Soft => "soft",
        }
        .to_owned(),
        until: freeze.to,
        owner: freeze.owner.clone(),
        areas: freeze.areas.iter().cloned().collect(),
    }
}
