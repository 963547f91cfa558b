//! The only reader of the outside: from repository and log to a dossier.

use std::collections::BTreeMap;

use crate::change::{ChangeId, Digest, EnvironmentKey, Message, Moment, PersonKey, ServiceKey};
use crate::dossier::coverage::{self, Approved, Attribution, Source, Stretch};
use crate::dossier::{
    Authorised, Coverage, Dossier, LogState, Obligation, Request, RequestKind, SCHEMA,
    Standing as StandingNow, Uncovered, UncoveredReason, freeze_in_force, in_force,
};
use crate::ledger::{ActKind, State};
use crate::ports::{Between, Range, Repository};

use super::collect_change::{Material, declaration_paths, find_among, judgeable};
use super::emergency::{is_open, owed};
use super::execute::unsettled;
use super::found::Found;
use super::templates::{Coming, coming};
use super::work_facts::Shelf;
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
    /// The text of the configuration that the commit to deploy brings along, where it differs.
    pub config: Option<String>,
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
    let shelf = Shelf::of(&materials);
    for material in materials {
        if let Some(text) = &material.text {
            texts.insert(material.id.clone(), (material.place.clone(), text.clone()));
        }
        changes.push(judgeable(ports, view, rules, asked, at, material, &shelf)?);
    }
    let Coming { templates, config } = match kind {
        RequestKind::Deploy => coming(ports, rules, asked, at)?,
        RequestKind::Start | RequestKind::Rollback => Coming::default(),
    };
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
        templates,
    };
    Ok(Collected {
        dossier,
        texts,
        config,
    })
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
        open_emergencies: view
            .standing
            .emergencies
            .iter()
            .filter(|(_, known)| {
                &known.service == service && is_open(known, &rules.config, at).unwrap_or(true)
            })
            .map(|(id, _)| id.clone())
            .collect(),
        freezes: in_force(&rules.config, at)
            .filter(|freeze| freeze.concerns(service))
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
                content: open.content,
            })
            .collect(),
        owed: owed(view, &rules.config, service, at),
    }
}

/// The commit to judge from: `--base` where it lies on the authorised commit's first-parent
/// line, else the authorised commit.
pub(super) fn base_of(repository: &dyn Repository, state: &State, asked: &Asked) -> Result<String, Stop> {
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

/// One walk from base to head.
pub(super) struct Walk<'a> {
    pub(super) ports: Ports<'a>,
    pub(super) view: &'a LogView,
    pub(super) rules: &'a InForce,
    pub(super) asked: &'a Asked,
    pub(super) at: Moment,
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
        let (mut coverage, materials) = match repository.range(self.base, &self.asked.head, progress)? {
            Range::Same => (Coverage::default(), Vec::new()),
            Range::Older => (self.whole(UncoveredReason::OlderThanAuthorised), Vec::new()),
            Range::Diverged => (self.whole(UncoveredReason::Diverged), Vec::new()),
            Range::Steps(mut steps) => {
                self.link(&mut steps);
                self.steps(&steps)?
            }
        };
        if let Some(change) = unsettled(self.view, self.asked).filter(|_| self.base == state.head) {
            coverage.steps += 1;
            coverage.uncovered_count += 1;
            coverage.uncovered.push(Uncovered {
                commit: state.head.clone(),
                reason: UncoveredReason::ObjectedSince,
                change: Some(change.clone()),
                path: None,
                later: None,
            });
        }
        Ok((RequestKind::Deploy, coverage, materials))
    }

    /// Notes which pull request brought each step.
    fn link(&self, steps: &mut [coverage::StepCommit]) {
        for step in steps {
            let known = self
                .ports
                .heard
                .and_then(|heard| heard.evidence.commits.get(&step.commit));
            step.pull = known.copied();
        }
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
                later: None,
            }],
            uncovered_count: 1,
            ..Coverage::default()
        }
    }

    fn steps(&self, steps: &[coverage::StepCommit]) -> Result<(Coverage, Vec<Material>), Stop> {
        let mut attribution = self.attribute(steps)?;
        let stretches = attribution.stretches.clone();
        let contents = contents_of(self.ports.repository, &stretches)?;
        let mut materials: BTreeMap<ChangeId, Material> = BTreeMap::new();
        // Listed once: the folder grows with every change that there ever was.
        let mut declares = stretches.iter().map(|stretch| &stretch.source);
        let paths = match declares.any(|source| matches!(source, Source::Declared(_))) {
            true => declaration_paths(self.ports, self.rules, &self.asked.head)?,
            false => Vec::new(),
        };
        for (stretch, content) in stretches.iter().zip(contents) {
            let found = match &stretch.source {
                Source::Declared(id) => self.declared(id, &mut attribution, stretch, &paths)?,
                Source::Derived(key) => Some(Material::from_template(
                    self.view, self.rules, self.asked, key, stretch,
                )?),
            };
            let Some(mut material) = found else { continue };
            material.add(stretch, content);
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
        paths: &[String],
    ) -> Result<Option<Material>, Stop> {
        let found = find_among(paths, self.ports, self.view, self.rules, &self.asked.head, id)?;
        let reason = match &found {
            Found::Missing => Some(UncoveredReason::Missing),
            Found::Several => Some(UncoveredReason::DeclaredTwice),
            Found::Unreadable(_) => Some(UncoveredReason::Unreadable),
            Found::There(_)
                if !self.view.standing.emergencies.contains_key(id)
                    && self
                        .view
                        .standing
                        .ended(id, &self.asked.service, &self.asked.environment)
                        .is_some_and(is_done) =>
            {
                Some(UncoveredReason::Closed)
            }
            Found::There(material) if !self.is_meant(material) => Some(UncoveredReason::Elsewhere),
            Found::There(_) => None,
        };
        if let Some(reason) = reason {
            attribution.withdraw(stretch, reason, Some(id));
            return Ok(None);
        }
        Ok(match found {
            Found::There(material) => Some(*material),
            Found::Missing | Found::Unreadable(_) | Found::Several => None,
        })
    }

    pub(super) fn attribute(&self, steps: &[coverage::StepCommit]) -> Result<Attribution, Stop> {
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
}

/// Whether an ended change is simply done. What was taken back or broken off is judged, so that
/// REC-03 can say what to do.
pub(super) fn is_done(ended: &str) -> bool {
    !matches!(ended, "rolled_back" | "aborted")
}

/// The digest of what a stretch changes.
pub(super) fn content_of(repository: &dyn Repository, stretch: &Stretch) -> Result<Digest, Stop> {
    let from = stretch.parent_of_first.as_deref();
    Ok(repository.patch(from, &stretch.last, &stretch.without)?.digest)
}

/// The same of many stretches.
fn contents_of(repository: &dyn Repository, stretches: &[Stretch]) -> Result<Vec<Digest>, Stop> {
    let wanted: Vec<Between<'_>> = stretches
        .iter()
        .map(|stretch| Between {
            from: stretch.parent_of_first.as_deref(),
            to: &stretch.last,
            without: &stretch.without,
        })
        .collect();
    let patches = repository.patches(&wanted)?;
    Ok(patches.into_iter().map(|patch| patch.digest).collect())
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
