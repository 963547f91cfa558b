//! The only reader of the outside: from repository and log to a dossier.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{ChangeId, Digest, EnvironmentKey, Message, Moment, PersonKey, ServiceKey};
use crate::dossier::coverage::{self, Approved, Attribution, Source, Stretch};
use crate::dossier::{
    Authorised, Coverage, Dossier, LogState, Obligation, Origin, Request, RequestKind, SCHEMA,
    Standing as StandingNow, Uncovered, UncoveredReason, freeze_in_force, in_force,
};
use crate::ledger::{ActKind, State};
use crate::ports::{Range, Repository};

use super::collect_change::{Found, Material, find_declaration, judgeable};
use super::{InForce, LogView, Ports, Stop};

/// What the gate is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// The commit to deploy.
    pub head: String,
    /// An older state to judge from; `None`: the authorised one.
    pub base: Option<String>,
    /// Who asks.
    pub actor: PersonKey,
    /// The run and attempt.
    pub run: String,
    /// The change to put back.
    pub rollback_of: Option<ChangeId>,
}

/// A dossier, with what people need to read its findings.
pub struct Collected {
    /// The dossier.
    pub dossier: Dossier,
    /// The declarations' files: path and text, by change.
    pub texts: BTreeMap<ChangeId, (String, String)>,
}

/// Collects the dossier of a deployment.
///
/// # Errors
/// [`Stop`] when something cannot be read; never a dossier with a part missing.
pub fn collect(ports: Ports<'_>, view: &LogView, rules: &InForce, asked: &Asked) -> Result<Collected, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    let Some(state) = view.standing.states.get(&key) else {
        return Err(Stop::Unavailable(
            Message::new("error-no-baseline")
                .with("environment", &asked.environment)
                .with("service", &asked.service),
        ));
    };
    let base = base_of(ports.repository, state, asked)?;
    let at = ports.at(&rules.config);
    let walk = Walk {
        ports,
        view,
        rules,
        asked,
        at,
        base: &base,
    };
    let (kind, coverage, materials) = walk.changes(state)?;
    let mut changes = Vec::new();
    let mut texts = BTreeMap::new();
    for material in materials {
        if let Some(text) = &material.text {
            texts.insert(material.id.clone(), (material.place.clone(), text.clone()));
        }
        changes.push(judgeable(ports, view, rules, asked, at, material)?);
    }
    let request = Request {
        kind,
        service: asked.service.clone(),
        environment: asked.environment.clone(),
        base: Some(base),
        head: Some(asked.head.clone()),
        actor: asked.actor.clone(),
        run: asked.run.clone(),
        rollback_of: (kind == RequestKind::Rollback)
            .then(|| asked.rollback_of.clone())
            .flatten(),
    };
    let dossier = Dossier {
        schema: SCHEMA.to_owned(),
        at,
        request,
        profile: rules.config.profile,
        policy: rules.bundle.digest(),
        log: log_state(view),
        coverage,
        standing: standing_now(view, rules, &asked.service, state, at),
        changes,
    };
    Ok(Collected { dossier, texts })
}

pub(super) fn log_state(view: &LogView) -> LogState {
    LogState {
        size: view.head.size,
        head: crate::change::Digest::from_bytes(view.head.leaf).hex(),
        verified: true,
    }
}

pub(super) fn standing_now(
    view: &LogView,
    rules: &InForce,
    service: &ServiceKey,
    state: &State,
    at: Moment,
) -> StandingNow {
    StandingNow {
        authorised: Authorised {
            head: state.head.clone(),
            seq: state.seq,
        },
        open_emergencies: Vec::new(),
        freezes: in_force(&rules.config, at)
            .filter(|f| f.services.is_empty() || f.services.contains(service))
            .map(freeze_in_force)
            .collect(),
        obligations: view
            .standing
            .open
            .iter()
            .filter(|open| &open.service == service)
            .map(|open| Obligation {
                change: open.change.clone(),
                kind: open.kind.clone(),
                owner: open.owner.clone(),
                due: open.due.shown_in(&rules.config.calendar.zone),
                overdue: open.due < at,
                opened_by: Some(open.seq),
            })
            .collect(),
    }
}

/// The commit to judge from: `--base` where it lies on the authorised commit's first-parent
/// line, else the authorised commit.
fn base_of(repository: &dyn Repository, state: &State, asked: &Asked) -> Result<String, Stop> {
    let Some(wanted) = &asked.base else {
        return Ok(state.head.clone());
    };
    match repository.range(wanted, &state.head, &mut |_| {})? {
        Range::Same | Range::Steps(_) => Ok(wanted.clone()),
        Range::Older | Range::Diverged => Err(Stop::Request(
            Message::new("error-base-not-older")
                .with("base", wanted)
                .with("authorised", &state.head),
        )),
    }
}

struct Walk<'a> {
    ports: Ports<'a>,
    view: &'a LogView,
    rules: &'a InForce,
    asked: &'a Asked,
    at: Moment,
    base: &'a str,
}

type Changes = (RequestKind, Coverage, Vec<Material>);

impl Walk<'_> {
    fn changes(&self, state: &State) -> Result<Changes, Stop> {
        if let Some(change) = &self.asked.rollback_of
            && let Some(rollback) = self.rollback(change, state)?
        {
            return Ok((RequestKind::Rollback, Coverage::default(), vec![rollback]));
        }
        let repository = self.ports.repository;
        let progress = &mut |steps| (self.ports.progress)(steps);
        let (coverage, materials) = match repository.range(self.base, &self.asked.head, progress)? {
            Range::Same => (Coverage::default(), Vec::new()),
            Range::Older => (self.whole(UncoveredReason::OlderThanAuthorised), Vec::new()),
            Range::Diverged => (self.whole(UncoveredReason::Diverged), Vec::new()),
            Range::Steps(steps) => self.steps(&steps)?,
        };
        Ok((RequestKind::Deploy, coverage, materials))
    }

    /// A range that cannot be judged step by step is one step that nothing covers.
    fn whole(&self, reason: UncoveredReason) -> Coverage {
        Coverage {
            steps: 1,
            uncovered: vec![Uncovered {
                commit: self.asked.head.clone(),
                reason,
                change: None,
                path: None,
            }],
            uncovered_count: 1,
            ..Coverage::default()
        }
    }

    fn steps(&self, steps: &[coverage::StepCommit]) -> Result<(Coverage, Vec<Material>), Stop> {
        let mut attribution = self.attribute(steps)?;
        let mut materials: BTreeMap<ChangeId, Material> = BTreeMap::new();
        for stretch in attribution.stretches.clone() {
            let found = match &stretch.source {
                Source::Declared(id) => self.declared(id, &mut attribution, &stretch)?,
                Source::Derived(key) => Some(self.derived(key, &stretch)?),
            };
            let Some(material) = found else { continue };
            materials
                .entry(material.id.clone())
                .and_modify(|known| known.merge(&material))
                .or_insert(material);
        }
        Ok((attribution.coverage, materials.into_values().collect()))
    }

    /// The change that a stretch names, unless its declaration cannot cover it.
    fn declared(
        &self,
        id: &ChangeId,
        attribution: &mut Attribution,
        stretch: &Stretch,
    ) -> Result<Option<Material>, Stop> {
        let found = find_declaration(self.ports, self.view, self.rules, &self.asked.head, id)?;
        let reason = match &found {
            Found::Missing => Some(UncoveredReason::Missing),
            Found::Unreadable(_) => Some(UncoveredReason::Unreadable),
            Found::There(_) if self.view.standing.closed(id) => Some(UncoveredReason::Closed),
            Found::There(material) if !self.is_meant(material) => Some(UncoveredReason::Elsewhere),
            Found::There(_) => None,
        };
        if let Some(reason) = reason {
            attribution.withdraw(stretch, reason, Some(id));
            return Ok(None);
        }
        let Found::There(mut material) = found else {
            return Ok(None);
        };
        self.add_stretch(&mut material, stretch)?;
        Ok(Some(*material))
    }

    fn derived(&self, key: &crate::change::TemplateKey, stretch: &Stretch) -> Result<Material, Stop> {
        let mut material = Material::from_template(self.view, self.rules, self.asked, key, stretch)?;
        self.add_stretch(&mut material, stretch)?;
        Ok(material)
    }

    fn add_stretch(&self, material: &mut Material, stretch: &Stretch) -> Result<(), Stop> {
        material.add(stretch, content_of(self.ports.repository, stretch)?);
        Ok(())
    }

    fn attribute(&self, steps: &[coverage::StepCommit]) -> Result<Attribution, Stop> {
        let approved = approved_contents(self.view);
        coverage::attribute(
            &self.rules.ground,
            &self.asked.service,
            steps,
            &approved,
            |stretch| content_of(self.ports.repository, stretch),
        )
    }

    /// Whether a declaration is for this service and environment; one that names neither is.
    fn is_meant(&self, material: &Material) -> bool {
        let targets = &material.typed.targets;
        targets.is_empty()
            || targets.iter().any(|target| {
                target.service.as_ref().is_none_or(|s| s == &self.asked.service)
                    && target
                        .environment
                        .as_ref()
                        .is_none_or(|e| e == &self.asked.environment)
            })
    }

    /// The change to put back, where `head` is exactly what was before it: the commit that its
    /// decision started from, or a tree that lacks its content alone. `None` when it is not, or
    /// when its way back is no longer valid: then it is judged as any other deployment.
    fn rollback(&self, id: &ChangeId, state: &State) -> Result<Option<Material>, Stop> {
        let Some(verdict) = self.view.standing.last_allowed(id) else {
            return Ok(None);
        };
        let same_place =
            verdict.service == self.asked.service && verdict.environment == self.asked.environment;
        let still_valid = {
            let finished = self
                .view
                .standing
                .executions_of(id)
                .filter_map(|e| e.finished)
                .last()
                .unwrap_or(verdict.at);
            self.at.seconds_since(finished) <= ROLLBACK_VALID_SECONDS
        };
        if !same_place || !still_valid {
            return Ok(None);
        }
        let from = verdict.head.as_deref().unwrap_or(&self.asked.head);
        let Found::There(mut material) = self.find_executed(from, id)? else {
            return Ok(None);
        };
        if let Some(until) = material.typed.reversible_until
            && until < self.at
        {
            return Ok(None);
        }
        let is_base = verdict.base.as_deref() == Some(self.asked.head.as_str());
        if !is_base && !self.reverts(&material, verdict.head.as_deref(), verdict.base.as_deref(), state)? {
            return Ok(None);
        }
        material.units.clear();
        Ok(Some(*material))
    }

    fn find_executed(&self, head: &str, id: &ChangeId) -> Result<Found, Stop> {
        if let Some(decided) = self.view.standing.last_allowed(id)
            && let Some(change) = decided.changes.iter().find(|c| &c.id == id)
            && let Some(template) = change.body.get("template").and_then(|t| t.as_str())
        {
            let material = Material::of_template(self.rules, id, &template.into());
            return Ok(material.map_or(Found::Missing, |m| Found::There(Box::new(m))));
        }
        find_declaration(self.ports, self.view, self.rules, head, id)
    }

    /// Whether going from `head` to the authorised tree is exactly what the change did.
    fn reverts(
        &self,
        material: &Material,
        after: Option<&str>,
        before: Option<&str>,
        state: &State,
    ) -> Result<bool, Stop> {
        let (Some(after), Some(before)) = (after, before) else {
            return Ok(false);
        };
        let without = match material.origin {
            Origin::File => BTreeSet::from([material.place.clone()]),
            Origin::Log | Origin::Derived => BTreeSet::new(),
        };
        let repository = self.ports.repository;
        let contents = self.contents_of(material, before, after)?;
        let undone = repository.patch(Some(&self.asked.head), &state.head, &without)?;
        Ok(undone.files > 0 && contents.contains(&undone.digest))
    }

    /// The digests of the change's units in the deployment that carried it.
    fn contents_of(&self, material: &Material, before: &str, after: &str) -> Result<BTreeSet<Digest>, Stop> {
        let repository = self.ports.repository;
        let Range::Steps(steps) = repository.range(before, after, &mut |_| {})? else {
            return Ok(BTreeSet::new());
        };
        let (_, materials) = self.steps_of_any(&steps)?;
        Ok(materials
            .into_iter()
            .filter(|m| m.id == material.id)
            .flat_map(|m| m.units.into_iter().map(|u| u.content))
            .collect())
    }

    /// As [`Walk::steps`], for a deployment of the past: its changes are closed by now.
    fn steps_of_any(&self, steps: &[coverage::StepCommit]) -> Result<(Coverage, Vec<Material>), Stop> {
        let attribution = self.attribute(steps)?;
        let mut materials = Vec::new();
        for stretch in &attribution.stretches {
            let mut material = match &stretch.source {
                Source::Declared(id) => {
                    match find_declaration(self.ports, self.view, self.rules, &stretch.last, id)? {
                        Found::There(material) => *material,
                        _ => continue,
                    }
                }
                Source::Derived(key) => {
                    Material::from_template(self.view, self.rules, self.asked, key, stretch)?
                }
            };
            self.add_stretch(&mut material, stretch)?;
            materials.push(material);
        }
        Ok((attribution.coverage, materials))
    }
}

/// How long a way back stays open after the execution, where the declaration does not say.
const ROLLBACK_VALID_SECONDS: i64 = 7 * 86_400;

/// The digest of what a stretch changes.
pub(super) fn content_of(repository: &dyn Repository, stretch: &Stretch) -> Result<Digest, Stop> {
    let from = stretch.parent_of_first.as_deref();
    Ok(repository.patch(from, &stretch.last, &stretch.without)?.digest)
}

/// The contents that some act approved.
fn approved_contents(view: &LogView) -> Approved {
    let mut approved = Approved::default();
    for act in view
        .standing
        .acts
        .iter()
        .filter(|act| act.kind == ActKind::Approve)
    {
        match &act.change {
            Some(change) => approved
                .changes
                .entry(change.clone())
                .or_default()
                .extend(&act.content),
            None => approved.derived.extend(&act.content),
        }
    }
    approved
}
