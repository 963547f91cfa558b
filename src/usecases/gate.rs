//! Decides about one deployment and records the decision before it is told.

use std::collections::BTreeSet;
use std::thread;

use serde_json::Value;

use crate::change::{ChangeId, Digest, Message, Moment};
use crate::dossier::{Dossier, Obligation, RequestKind};
use crate::ledger::{Sealed, Tree, canonical_with_items, concerns};
use crate::policy::{Decision, Effect, Word, judge};
use crate::ports::{AppendError, Guard, Repository};

use super::baseline::new_signers;
use super::collect::{Asked, Collected, collect};
use super::emergency::emergency_owed;
use super::live_keys::{Live, live};
use super::locked_out::refuse_locked_out;
use super::outside_review::outside_reviews;
use super::record::body;
use super::saying::decision_saying;
use super::team_lists::readable;
use super::why::texts_of;
use super::{Actor, Heard, InForce, LogView, Ports, Saying, Stop, hear, read_log, write};

/// A decision with everything that people need to read it.
pub struct Judged {
    /// What was decided.
    pub decision: Decision,
    /// What it was decided on.
    pub collected: Collected,
    /// The rules and configuration in force.
    pub rules: InForce,
    /// The dossier as it is recorded.
    pub dossier: Vec<u8>,
    /// Its digest.
    pub dossier_digest: Digest,
    /// The log that it was decided on; empty for a dossier from a file.
    pub log: Tree,
    /// The record; `None` when nothing was written.
    pub record: Option<Sealed>,
    /// Until when a pass holds.
    pub expires: Option<Moment>,
    /// What the forge had said; `None`: it was not asked.
    pub heard: Option<Heard>,
}

/// How long a pass holds, and so how long it may wait for its start.
pub(super) const HOLDS_SECONDS: i64 = 3_600;

/// How often a decision is made anew because the log moved on under it.
const ATTEMPTS: u32 = 8;

/// Judges on the log as it was read and records. It is read anew whenever a record that matters
/// came first.
///
/// # Errors
/// [`Stop`] when it could not be evaluated; then nothing passed.
pub async fn gate(
    ports: Ports<'_>,
    actor: Actor<'_>,
    asked: &Asked,
    mut view: LogView,
) -> Result<Judged, Stop> {
    for _ in 0..ATTEMPTS {
        // Nothing stops what is put back, not even a forge that does not answer.
        let heard = match asked.rollback_of {
            Some(_) => None,
            None => hear(ports, &view, asked).await?,
        };
        let heard = heard.as_ref();
        let judged = judge_now(Ports { heard, ..ports }, &view, asked)?;
        let keys = match live(ports, actor, &view).await {
            // Nothing stops what is put back.
            Err(Stop::Unavailable(_) | Stop::Broken(_)) if asked.rollback_of.is_some() => None,
            other => other?,
        };
        if let Some((sealed, expires)) = recorded_before(ports, &view, asked, &judged).await? {
            return Ok(Judged {
                record: Some(sealed),
                expires: Some(expires),
                ..judged
            });
        }
        match record(ports, actor, &view, asked, (&judged, keys)).await {
            Ok(sealed) => {
                return Ok(Judged {
                    record: Some(sealed),
                    ..judged
                });
            }
            Err(RecordError::Append(AppendError::Conflict { .. } | AppendError::Stale(_))) => {}
            Err(RecordError::Append(error)) => return Err(error.into()),
            Err(RecordError::Stop(stop)) => return Err(stop),
        }
        view = read_log(ports).await?;
    }
    Err(Stop::unavailable("error-log-busy"))
}

/// Judges without writing anything.
///
/// # Errors
/// [`Stop`] when it could not be evaluated.
pub fn judge_now(ports: Ports<'_>, view: &LogView, asked: &Asked) -> Result<Judged, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    let commit = match view.standing.states.get(&key) {
        Some(state) => state.head.clone(),
        None => {
            return Err(Stop::Unavailable(
                Message::new("error-no-baseline")
                    .with("environment", &asked.environment)
                    .with("service", &asked.service),
            ));
        }
    };
    let mut rules = InForce::at(ports.repository, &commit, asked.service.as_str())?;
    if let Some(heard) = ports.heard {
        heard.fill_teams(&mut rules.config);
    }
    if !rules.config.environments.contains_key(&asked.environment) {
        return Err(Stop::Request(
            Message::new("error-unknown-environment").with("environment", &asked.environment),
        ));
    }
    let collected = collect(ports, view, &rules, asked)?;
    for change in &collected.dossier.changes {
        readable(ports, &rules, asked, change)?;
    }
    let judged = judged(rules, collected, view.report.tree.clone())?;
    Ok(Judged {
        heard: ports.heard.cloned(),
        ..judged
    })
}

/// Judges a dossier that was collected from the log `log`.
pub(super) fn judged(rules: InForce, collected: Collected, log: Tree) -> Result<Judged, Stop> {
    let mut opens = outcome_owed(&rules, &collected.dossier)?;
    opens.extend(outside_reviews(&rules, &collected.dossier)?);
    opens.extend(emergency_owed(&rules, &collected.dossier)?);
    // Neither needs what the other makes.
    let (decision, paper) = thread::scope(|scope| {
        let paper = scope.spawn(|| paper(&collected.dossier));
        let decision = judge(&rules.bundle, &collected.dossier, opens);
        (decision, paper.join())
    });
    let mut decision = decision?;
    let dossier = paper.unwrap_or_else(|_| self::paper(&collected.dossier))?;
    if decision.word == Word::Deny {
        // Nothing was run, so nothing is owed.
        decision.opened.clear();
    }
    let at = collected.dossier.at;
    Ok(Judged {
        dossier_digest: Digest::of(&dossier),
        dossier,
        log,
        expires: (decision.word != Word::Deny).then(|| holds_until(&decision, at)),
        decision,
        collected,
        rules,
        record: None,
        heard: None,
    })
}

/// A dossier as it is recorded.
fn paper(dossier: &Dossier) -> Result<Vec<u8>, Stop> {
    let wrong =
        |error: &dyn std::fmt::Display| Stop::Unavailable(Message::new("error-encode").with("detail", error));
    // Thousands of changes are never there as values all at once.
    let Value::Object(shell) =
        serde_json::to_value(dossier.without_changes()).map_err(|error| wrong(&error))?
    else {
        return Err(wrong(&"a dossier"));
    };
    let mut failed = None;
    let mut changes = dossier.changes.iter().map_while(|change| {
        let written = serde_json::to_value(change);
        written.map_err(|error| failed = Some(error)).ok()
    });
    let bytes = canonical_with_items(&shell, "changes", &mut changes).map_err(|error| wrong(&error))?;
    match failed {
        Some(error) => Err(wrong(&error)),
        None => Ok(bytes),
    }
}

/// A pass holds for an hour, and no longer than the exceptions that it rests on.
fn holds_until(decision: &Decision, at: Moment) -> Moment {
    let hour = at.plus_seconds(HOLDS_SECONDS);
    excepted_until(decision).map_or(hour, |until| until.min(hour))
}

/// When the first of the exceptions ends that a decision rests on.
pub(super) fn excepted_until(decision: &Decision) -> Option<Moment> {
    // While something is put back nothing stops, so nothing rests on an exception.
    let warnings = decision.findings.iter().filter(|f| f.effect == Effect::Warn);
    let excepted = warnings.filter_map(|finding| finding.excepted.as_ref());
    excepted.map(|excepted| excepted.until).min()
}

/// Judges a dossier from a file under `rules`; writes nothing. Lines of declarations are those of
/// the commit that it names, where it is here.
///
/// # Errors
/// [`Stop`] when it could not be evaluated.
pub fn judge_saved(repository: &dyn Repository, rules: InForce, dossier: Dossier) -> Result<Judged, Stop> {
    let texts = texts_of(repository, &dossier);
    judged(
        rules,
        Collected {
            dossier,
            texts,
            config: None,
        },
        Tree::default(),
    )
}

/// Every deployment that passes owes its outcome. Deploying the authorised commit again carries
/// no change that could have one, and going back is itself the outcome of what is put back.
fn outcome_owed(rules: &InForce, dossier: &Dossier) -> Result<Vec<Obligation>, Stop> {
    if dossier.changes.is_empty() || dossier.request.kind == RequestKind::Rollback {
        return Ok(Vec::new());
    }
    let due = rules
        .config
        .calendar
        .due(dossier.at, rules.config.due.outcome)
        .map_err(|error| Stop::Unavailable(Message::new("error-calendar").with("year", error.0)))?;
    Ok(vec![Obligation {
        change: dossier
            .changes
            .first()
            .filter(|_| dossier.changes.len() == 1)
            .map(|c| c.id.clone()),
        kind: "outcome".to_owned(),
        owner: dossier.request.actor.clone(),
        due,
        overdue: false,
        opened_by: None,
        content: None,
    }])
}

/// The same run and attempt asks twice: the recorded decision is the answer, as long as it is
/// what would be decided now.
async fn recorded_before(
    ports: Ports<'_>,
    view: &LogView,
    asked: &Asked,
    judged: &Judged,
) -> Result<Option<Recorded>, Stop> {
    let known = view
        .standing
        .decision_of_run(&asked.run, &asked.service, &asked.environment, &asked.head);
    let Some(known) = known else { return Ok(None) };
    let zone = &judged.rules.config.calendar.zone;
    let hour = known.at.plus_seconds(HOLDS_SECONDS);
    let expires = known.until.map_or(hour, |until| until.min(hour)).shown_in(zone);
    let key = (asked.service.clone(), asked.environment.clone());
    let is_current = view
        .standing
        .states
        .get(&key)
        .is_some_and(|state| state.passed == known.seq);
    let holds = is_current
        && known.rollback_of == judged.collected.dossier.request.rollback_of
        && known.allowed
        && judged.decision.word != Word::Deny
        && judged.collected.dossier.at < expires;
    if !holds {
        return Ok(None);
    }
    let sealed = ports
        .ledger
        .range(known.seq, known.seq + 1)
        .await?
        .into_iter()
        .next();
    Ok(sealed.map(|sealed| (sealed, expires)))
}

/// A decision that is in the log, and until when it holds.
type Recorded = (Sealed, Moment);

/// Why a decision was not recorded.
pub(super) enum RecordError {
    Append(AppendError),
    Stop(Stop),
}

impl From<AppendError> for RecordError {
    fn from(error: AppendError) -> Self {
        Self::Append(error)
    }
}

impl From<Stop> for RecordError {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// Records a decision, and with it the signers of the configuration that it authorises.
pub(super) async fn record(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    asked: &Asked,
    (judged, keys): (&Judged, Option<Live>),
) -> Result<Sealed, RecordError> {
    let dossier = &judged.collected.dossier;
    let allowed = judged.decision.word != Word::Deny;
    let mut sayings = vec![decision_saying(view.head.size, judged)?];
    if let Some(keys) = keys {
        let decision = sayings.first_mut();
        let checked = decision.and_then(|one| one.body.get_mut("checked")?.as_object_mut());
        if let Some(checked) = checked {
            checked.insert("live".to_owned(), keys.checked);
        }
        sayings.extend(keys.brings);
    }
    if allowed && dossier.request.kind != RequestKind::Start {
        // The configuration that becomes the authorised one may name other keys.
        let coming = InForce::at(ports.repository, &asked.head, asked.service.as_str())?;
        let config = &coming.config;
        let keeps = config.services.contains_key(&asked.service)
            && config.environments.contains_key(&asked.environment);
        if dossier.request.kind == RequestKind::Deploy {
            if !keeps {
                // Once authorised, nothing could ever pass under it again.
                return Err(RecordError::Stop(Stop::Request(
                    Message::new("error-config-locks-out")
                        .with("service", &asked.service)
                        .with("environment", &asked.environment),
                )));
            }
            refuse_locked_out(&coming)?;
        }
        sayings.extend(new_signers(view, config));
    }
    let changes: BTreeSet<ChangeId> = dossier.changes.iter().map(|c| c.id.clone()).collect();
    let conflicts = |statement: &crate::ledger::Statement| {
        concerns(statement, &asked.service, &asked.environment, &changes)
    };
    let guard = Guard::Unless {
        since: view.head.size,
        conflicts: &conflicts,
    };
    let sealed = write(ports, actor, view.onto(), sayings, guard).await?;
    sealed
        .into_iter()
        .next()
        .ok_or_else(|| RecordError::Stop(Stop::unavailable("error-log-busy")))
}

/// Records that a judgement was not possible, where the log itself still works. What cannot be
/// recorded either is only said.
pub async fn record_outage(ports: Ports<'_>, actor: Actor<'_>, asked: &Asked, stop: &Stop) {
    let Stop::Unavailable(message) = stop else { return };
    let Ok(view) = read_log(ports).await else { return };
    if view.head.size == 0 {
        return;
    }
    let saying = Saying {
        act: "gate.unavailable/1",
        body: body([
            ("service", Some(asked.service.as_str().into())),
            ("environment", Some(asked.environment.as_str().into())),
            ("head", Some(asked.head.clone().into())),
            ("run", Some(asked.run.clone().into())),
            ("reason", Some(message.key.clone().into())),
        ]),
        with: Vec::new(),
    };
    let _ = write(ports, actor, view.onto(), vec![saying], Guard::Any).await;
}
