//! One change of a deployment: its declaration, completed, with the acts on it.

use std::collections::BTreeSet;

use crate::change::text::{Document, declaration};
use crate::change::{
    AreaKey, ChangeId, ChangeType, Declaration, Delivery, Digest, Message, Moment, PersonKey, Risk,
    TemplateKey,
};
use crate::dossier::approvals::{Conditions, Subject, sort_out};
use crate::dossier::completion::{Surroundings, authorities, complete};
use crate::dossier::coverage::{BranchCommit, Stretch};
use crate::dossier::{Change, Facts, Findings, NotCounted, Origin, Roles, RollbackTarget, Unit, named_plan};

use super::contributors::authors;
use super::emergency::emergency_facts;
use super::expected::{bound, expected};
use super::found::Found;
use super::from_template::{Chosen, with_template};
use super::past::past;
use super::reviews::{Start, in_order, reviewed};
use super::way_back::Lookup;
use super::work_facts::{Shelf, gather};
use super::{Asked, FileFaults, InForce, LogView, Ports, Stop, exceptions};

/// A change before it is completed.
#[derive(Debug, Clone)]
pub(super) struct Material {
    /// Its number.
    pub id: ChangeId,
    /// Where its declaration comes from.
    pub origin: Origin,
    /// The file, `sekisho.yml#templates.KEY` or `log#SEQ`.
    pub place: String,
    /// The declaration as typed.
    pub typed: Declaration,
    /// The declaration's text, where it has one.
    pub text: Option<String>,
    /// The declaration's or the template's digest.
    pub digest: Digest,
    /// Its stretches.
    pub units: Vec<Unit>,
    /// The files of each.
    pub unit_files: Vec<Vec<String>>,
    /// Where each begins.
    pub starts: Vec<Start>,
    /// The files that they touch.
    pub files: BTreeSet<String>,
    /// Their commits.
    pub commits: Vec<BranchCommit>,
    /// Who filed it, for one in the log.
    pub filed_by: Option<PersonKey>,
    /// When its last commit was made, seconds since 1970, by the committer's clock.
    pub written: Option<i64>,
    /// What its template gave to it.
    pub chosen: Option<Chosen>,
}

impl Material {
    /// Takes in a stretch with the digest of its content.
    pub(super) fn add(&mut self, stretch: &Stretch, content: Digest) {
        self.units.push(Unit {
            first: stretch.first.clone(),
            last: stretch.last.clone(),
            content,
            pull: stretch.pull,
        });
        self.starts.push(Start::of(stretch));
        self.written = self.written.max(Some(stretch.committed_at));
        self.unit_files.push(stretch.files.clone());
        self.files.extend(stretch.files.iter().cloned());
        self.commits.extend(stretch.commits.iter().cloned());
    }

    /// Takes in another stretch of the same change.
    pub(super) fn merge(&mut self, other: &Self) {
        self.written = self.written.max(other.written);
        self.units.extend(other.units.iter().cloned());
        self.starts.extend(other.starts.iter().cloned());
        self.unit_files.extend(other.unit_files.iter().cloned());
        self.files.extend(other.files.iter().cloned());
        self.commits.extend(other.commits.iter().cloned());
    }

    /// A standard change that nobody typed, for one stretch.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when the template cannot be read as a declaration.
    pub(super) fn from_template(
        view: &LogView,
        rules: &InForce,
        asked: &Asked,
        key: &TemplateKey,
        stretch: &Stretch,
    ) -> Result<Self, Stop> {
        let identity = [
            view.origin(),
            asked.service.as_str(),
            asked.environment.as_str(),
            key.as_str(),
            &stretch.last,
        ]
        .join("\0");
        let day = jiff::Timestamp::from_second(stretch.committed_at)
            .map(|t| Moment::new(t, &jiff::tz::TimeZone::UTC).utc())
            .unwrap_or_default();
        let day: String = day.chars().filter(char::is_ascii_digit).take(8).collect();
        let id = ChangeId::derived(&day, Digest::of(identity.as_bytes()).as_bytes());
        Self::of_template(rules, &id, key)
            .ok_or_else(|| Stop::Unavailable(Message::new("error-template").with("template", key)))
    }
}

/// The declaration with this number: in the tree of `head`, else in the log.
///
/// # Errors
/// [`Stop`] when repository or log cannot be read.
pub(super) fn find_declaration(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    head: &str,
    id: &ChangeId,
) -> Result<Found, Stop> {
    let paths = declaration_paths(ports, rules, head)?;
    find_among(&paths, ports, view, rules, head, id)
}

/// The files in the tree of `head` that a declaration may be in.
///
/// # Errors
/// [`Stop`] when the repository cannot be read.
pub(super) fn declaration_paths(ports: Ports<'_>, rules: &InForce, head: &str) -> Result<Vec<String>, Stop> {
    Ok(ports.repository.list(head, &rules.config.paths.changes)?)
}

/// As [`find_declaration`], among the files that were listed before.
///
/// # Errors
/// As [`find_declaration`].
pub(super) fn find_among(
    paths: &[String],
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    head: &str,
    id: &ChangeId,
) -> Result<Found, Stop> {
    let name = format!("{id}.yml");
    let mut paths = paths
        .iter()
        .filter(|path| path.rsplit('/').next() == Some(name.as_str()));
    if let Some(path) = paths.next() {
        if paths.next().is_some() {
            return Ok(Found::Several);
        }
        let bytes = ports.repository.read(head, path)?.unwrap_or_default();
        return Ok(read_material(rules, id, Origin::File, path.clone(), &bytes, None));
    }
    let Some(filed) = view.standing.filed.get(id) else {
        return Ok(Found::Missing);
    };
    Ok(match view.filed_texts.get(&filed.digest) {
        Some(bytes) => {
            let place = format!("log#{}", filed.seq);
            read_material(rules, id, Origin::Log, place, bytes, Some(filed.by.clone()))
        }
        None => Found::Missing,
    })
}

pub(super) fn read_material(
    rules: &InForce,
    id: &ChangeId,
    origin: Origin,
    place: String,
    bytes: &[u8],
    filed_by: Option<PersonKey>,
) -> Found {
    let read = Document::parse_bytes(bytes)
        .and_then(|document| declaration::read(&document, &rules.config.calendar.zone, Some(id.as_str())));
    match read {
        Err(faults) => Found::Unreadable(Box::new(FileFaults {
            file: place,
            text: String::from_utf8_lossy(bytes).into_owned(),
            faults,
        })),
        Ok((typed, _)) => {
            let (typed, chosen) = with_template(&rules.config, typed);
            Found::There(Box::new(Material {
                id: id.clone(),
                origin,
                place,
                typed,
                text: Some(String::from_utf8_lossy(bytes).into_owned()),
                digest: Digest::of(bytes),
                units: Vec::new(),
                unit_files: Vec::new(),
                starts: Vec::new(),
                files: BTreeSet::new(),
                commits: Vec::new(),
                filed_by,
                written: None,
                chosen,
            }))
        }
    }
}

/// Completes a change and sorts out the acts on it.
///
/// # Errors
/// [`Stop`] when the expected difference cannot be read.
pub(super) fn judgeable(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    at: Moment,
    material: Material,
    shelf: &Shelf,
) -> Result<Change, Stop> {
    let config = &rules.config;
    let files: Vec<String> = material.files.iter().cloned().collect();
    let (mut authors, unknown_authors) = authors(config, &material, ports.heard);
    if let Some(filer) = &material.filed_by
        && !authors.contains(filer)
    {
        authors.push(filer.clone());
    }
    let touched = rules.ground.areas(&files);
    let (path_risk, _) = rules.ground.risk_floor(&files);
    let gate_files = rules.ground.gate_paths(&files);
    let unit_elsewhere: Vec<bool> = material
        .unit_files
        .iter()
        .map(|files| rules.ground.elsewhere(files))
        .collect();
    let terms = rules.terms();
    let around = Surroundings {
        config,
        service: &asked.service,
        environment: &asked.environment,
        actor: &asked.actor,
        author: material.filed_by.as_ref().or_else(|| authors.first()),
        areas: &touched,
        path_risk,
        has_units: !material.units.is_empty() || asked.rollback_of.as_ref() == Some(&material.id),
        elsewhere: unit_elsewhere.contains(&true),
        terms,
        at,
    };
    let (completed, mut derived_fields) = complete(&material.typed, around);
    if material.origin == Origin::Derived {
        derived_fields = vec!["*".to_owned()];
    } else if let Some(chosen) = &material.chosen {
        derived_fields.extend(chosen.given.iter().cloned());
    }
    let plan = bound(ports, &asked.head, config, &material.typed)?;
    let plan_file = expected(ports, &asked.head, material.typed.plan.as_deref())?;
    let risk = completed.risk.unwrap_or(Risk::High);
    let authorities = authorities(&completed, around);
    let contents: Vec<Digest> = material.units.iter().map(|u| u.content).collect();
    let subject = Subject {
        change: &material.id,
        declaration: material.digest,
        plan,
        units: &contents,
        derived: material.origin == Origin::Derived,
        by_hand: matches!(material.typed.delivery, Some(Delivery::Manual | Delivery::Mixed)),
    };
    let day = config.calendar.day(at);
    let conditions = Conditions {
        config,
        authorities: &authorities,
        risk,
        day: &day,
        started: None,
        listed: &material.typed.roles.approvers,
    };
    let reviewed = reviewed(ports, view, config, &material, plan)?;
    let acts = in_order(&view.standing.acts, reviewed.acts);
    let mut sorted = sort_out(&acts, &subject, conditions);
    let counts = |person: &PersonKey| sorted.approvals.iter().any(|approval| &approval.person == person);
    let left_out = reviewed
        .not_counted
        .into_iter()
        .filter(|left_out| !counts(&left_out.person));
    let left_out: Vec<NotCounted> = left_out.collect();
    sorted.not_counted.extend(left_out);
    for approval in &mut sorted.approvals {
        approval.at = approval.at.shown_in(&config.calendar.zone);
    }
    for objection in &mut sorted.objections {
        objection.at = objection.at.shown_in(&config.calendar.zone);
    }
    let unit_areas: Vec<Vec<AreaKey>> = material
        .unit_files
        .iter()
        .map(|files| rules.ground.areas(files))
        .collect();
    let known = gather(ports, view, rules, asked, at, &material, &completed, shelf)?;
    let emergency = emergency_facts(ports, view, rules, asked, at, &material, &completed)?;
    let facts = Facts::compute(Findings {
        units: &contents,
        unit_areas: &unit_areas,
        unit_elsewhere: &unit_elsewhere,
        derived: material.origin == Origin::Derived,
        past: past(view, rules, asked, at, &material),
        typed: &material.typed,
        completed: &completed,
        around,
        files: &files,
        gate_files: &gate_files,
        sorted: &sorted,
        authorities: &authorities,
        authors: &authors,
        unknown_authors: &unknown_authors,
        executions: view
            .standing
            .executions_of(&material.id, Some((&asked.service, &asked.environment)))
            .count() as u64,
        ended: &known.ended,
        procedure: &known.procedure,
        schedule: &known.schedule,
        template: &known.template,
        emergency: &emergency,
        words: rules.words(),
        globs: &rules.globs,
        ground: &rules.ground,
        plan_file,
        target: target(ports, view, asked, &material, &completed)?,
        rolled_back: named_plan(&material.typed, config, &asked.service)
            .and_then(|(plan, steps)| view.standing.last_rollback(&asked.service, &plan, steps)),
    });
    let mut approvers = completed.roles.approvers.clone();
    if material.origin == Origin::Derived {
        approvers = sorted.approvals.iter().map(|a| a.person.clone()).collect();
    }
    let mut change = Change {
        change_type: completed.change_type.unwrap_or(ChangeType::Normal),
        risk,
        roles: Roles {
            requester: completed.roles.requester.clone(),
            executor: completed.roles.executor.clone(),
            approvers,
            verifier: completed.roles.verifier.clone(),
        },
        declaration: declaration::to_value(&completed),
        id: material.id,
        origin: material.origin,
        digest: material.digest,
        place: material.place,
        derived_fields,
        units: material.units,
        plan,
        authors,
        approvals: sorted.approvals,
        objections: sorted.objections,
        facts,
        exceptions: Vec::new(),
    };
    change.exceptions = exceptions::of(view, rules, asked, at, &change);
    Ok(change)
}

/// What a change would return to.
fn target(
    ports: Ports<'_>,
    view: &LogView,
    asked: &Asked,
    material: &Material,
    completed: &Declaration,
) -> Result<RollbackTarget, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    let lookup = Lookup {
        repository: ports.repository,
        head: &asked.head,
        authorised: view.standing.states.get(&key).map(|state| state.head.as_str()),
        files: &material.files,
        units: &material.units,
    };
    lookup.target(completed)
}
