//! The start and the end of carrying a change out.

use std::collections::BTreeMap;

use crate::change::{ChangeId, Delivery, Message, PersonKey, ServiceKey};
use crate::dossier::{Coverage, Dossier, Request, RequestKind, SCHEMA};
use crate::ledger::{ActKind, Decided, Sealed};
use crate::policy::Word;
use crate::ports::Guard;

use super::collect::{Asked, Collected, is_done, log_state, standing_now};
use super::collect_change::{Material, find_declaration, judgeable};
use super::finish::{attempt, carries_out, execution_saying};
use super::gate::{HOLDS_SECONDS, Judged, RecordError, judged, record};
use super::work_facts::Shelf;
use super::{Actor, InForce, LogView, Ports, Stop, read_log, write};

/// A change that was started, or was not allowed to.
pub struct Started {
    /// The decision, where one was made for this start (work by hand).
    pub judged: Option<Judged>,
    /// The record of the start; `None` after a denial.
    pub record: Option<Sealed>,
    /// The decision's record.
    pub decision: Option<u64>,
}

/// Records that a change is being carried out. A deployment has passed the gate before; work by
/// hand is judged here.
///
/// # Errors
/// [`Stop::Request`] when there is nothing to start, [`Stop`] when it could not be evaluated.
pub async fn start(
    ports: Ports<'_>,
    actor: Actor<'_>,
    asked: &Asked,
    id: &ChangeId,
) -> Result<Started, Stop> {
    let view = read_log(ports).await?;
    if let Some(verdict) = pending(&view, ports, asked, id) {
        if let Some(person) = objected_since(&view, verdict.seq, id) {
            return Err(Stop::Request(
                Message::new("error-objected-since")
                    .with("change", id)
                    .with("person", person),
            ));
        }
        if !carries_out(ports, actor, &view, verdict).await? {
            return Err(Stop::Request(
                Message::new("error-start-person").with("person", actor.person),
            ));
        }
        let seq = verdict.seq;
        let saying = execution_saying(
            "deploy.started/1",
            verdict,
            id,
            [("attempt", Some(attempt(&view, id).into()))],
        );
        // Of two who start at once, one is told that the log has moved on.
        let sealed = write(ports, actor, view.onto(), vec![saying], Guard::At(view.head)).await?;
        return Ok(Started {
            judged: None,
            record: sealed.into_iter().next(),
            decision: Some(seq),
        });
    }
    start_by_hand(ports, actor, &view, asked, id).await
}

/// A change that somebody no longer agrees to since its pass, while nothing says that it was carried
/// out: it is authorised and must not go along with the next deployment. Looked for back to what was
/// carried out last.
pub(super) fn unsettled<'a>(view: &'a LogView, asked: &Asked) -> Option<&'a ChangeId> {
    let standing = &view.standing;
    let against = |act: &crate::ledger::Act| act.kind != ActKind::Approve;
    if !standing.acts.iter().any(against) {
        return None;
    }
    for execution in standing.executions.iter().rev() {
        let Some(verdict) = standing.decisions.get(&execution.decision) else {
            continue;
        };
        let here = verdict.service == asked.service && verdict.environment == asked.environment;
        // Work by hand goes along with nothing.
        if !here || verdict.head.is_none() {
            continue;
        }
        match execution.outcome.as_deref() {
            None => {
                let mut changes = verdict.changes.iter().map(|change| &change.id);
                let found = changes.find(|id| objected_since(view, verdict.seq, id).is_some());
                if found.is_some() {
                    return found;
                }
            }
            // What was taken back is judged again.
            Some("failed" | "aborted" | "rolled_back") => {}
            Some(_) => return None,
        }
    }
    None
}

/// Who objected to the change after the decision, or took an approval back, and has not agreed since.
fn objected_since<'a>(view: &'a LogView, decision: u64, id: &ChangeId) -> Option<&'a PersonKey> {
    let acts = view.standing.acts.iter();
    let mut stands: BTreeMap<&PersonKey, (ActKind, u64)> = BTreeMap::new();
    for act in acts.filter(|act| act.change.as_ref() == Some(id)) {
        let agreed = |(kind, _): &(ActKind, u64)| *kind == ActKind::Approve;
        let lifts = act.kind == ActKind::Withdraw && !stands.get(&act.person).is_some_and(agreed);
        match lifts {
            true => drop(stands.remove(&act.person)),
            false => drop(stands.insert(&act.person, (act.kind, act.seq))),
        }
    }
    let against =
        |(_, (kind, seq)): &(&PersonKey, (ActKind, u64))| *kind != ActKind::Approve && *seq > decision;
    stands.into_iter().find(against).map(|(person, _)| person)
}

/// The decision that let `id` pass in this service and environment, and is neither started nor
/// too old.
fn pending<'a>(view: &'a LogView, ports: Ports<'_>, asked: &Asked, id: &ChangeId) -> Option<&'a Decided> {
    let verdict = view.standing.to_finish(id)?;
    if verdict.service != asked.service || verdict.environment != asked.environment {
        return None;
    }
    let now = crate::change::Moment::new(ports.now, &jiff::tz::TimeZone::UTC);
    let execution = view
        .standing
        .executions
        .iter()
        .rev()
        .find(|e| e.decision == verdict.seq)?;
    let fresh =
        now.seconds_since(verdict.at) <= HOLDS_SECONDS && verdict.until.is_none_or(|until| now < until);
    (verdict.head.is_some() && fresh && execution.started.is_none() && execution.finished.is_none())
        .then_some(verdict)
}

async fn start_by_hand(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    asked: &Asked,
    id: &ChangeId,
) -> Result<Started, Stop> {
    let rules = rules_for(ports, view, &asked.service, asked)?;
    let material = find_declaration(ports, view, &rules, &asked.head, id)?.wanted(id, &rules)?;
    let ended = view.standing.ended(id, &asked.service, &asked.environment);
    // An emergency is carried out as often as it may be while it is open (EMG-08, EMG-09).
    if ended.is_some_and(is_done) && !view.standing.emergencies.contains_key(id) {
        return Err(Stop::Request(
            Message::new("error-change-closed").with("change", id),
        ));
    }
    if !is_by_hand(&rules, &material) {
        return Err(Stop::Request(Message::new("error-gate-first").with("change", id)));
    }
    let judged = judge_by_hand(ports, view, rules, asked, *material)?;
    let sealed = match record(ports, actor, view, asked, (&judged, None)).await {
        Ok(sealed) => sealed,
        Err(RecordError::Append(error)) => return Err(error.into()),
        Err(RecordError::Stop(stop)) => return Err(stop),
    };
    let allowed = judged.decision.word != Word::Deny;
    let decision = sealed.seq;
    let judged = Judged {
        record: Some(sealed),
        ..judged
    };
    if !allowed {
        return Ok(Started {
            judged: Some(judged),
            record: None,
            decision: Some(decision),
        });
    }
    let view = read_log(ports).await?;
    let Some(verdict) = view.standing.decisions.get(&decision) else {
        return Err(Stop::unavailable("error-log-busy"));
    };
    let extra = [("attempt", Some(attempt(&view, id).into()))];
    let saying = execution_saying("deploy.started/1", verdict, id, extra);
    let started = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
    Ok(Started {
        judged: Some(judged),
        record: started.into_iter().next(),
        decision: Some(decision),
    })
}

/// Whether people carry it out: it says so, or is of a kind that no deploy carries and made from no
/// template that covers files.
fn is_by_hand(rules: &InForce, material: &Material) -> bool {
    let typed = &material.typed;
    let carried = typed.template.as_ref().map(|key| {
        let template = rules.config.templates.iter().find(|(known, _)| known == key);
        template.is_some_and(|(_, template)| !template.paths.is_empty())
    });
    match typed.delivery {
        Some(delivery) => delivery != Delivery::Pipeline,
        None => carried.map_or(typed.kind.is_some(), |carried| !carried),
    }
}

fn rules_for(ports: Ports<'_>, view: &LogView, service: &ServiceKey, asked: &Asked) -> Result<InForce, Stop> {
    let key = (service.clone(), asked.environment.clone());
    let Some(state) = view.standing.states.get(&key) else {
        return Err(Stop::Unavailable(
            Message::new("error-no-baseline")
                .with("environment", &asked.environment)
                .with("service", service),
        ));
    };
    InForce::at(ports.repository, &state.head, service.as_str())
}

pub(super) fn judge_by_hand(
    ports: Ports<'_>,
    view: &LogView,
    rules: InForce,
    asked: &Asked,
    material: Material,
) -> Result<Judged, Stop> {
    let at = ports.at(&rules.config);
    let key = (asked.service.clone(), asked.environment.clone());
    let Some(state) = view.standing.states.get(&key) else {
        return Err(Stop::unavailable("error-no-baseline"));
    };
    let mut texts = std::collections::BTreeMap::new();
    if let Some(text) = &material.text {
        texts.insert(material.id.clone(), (material.place.clone(), text.clone()));
    }
    let shelf = Shelf::of([&material]);
    let change = judgeable(ports, view, &rules, asked, at, material, &shelf)?;
    let dossier = Dossier {
        schema: SCHEMA.to_owned(),
        at,
        request: Request {
            kind: RequestKind::Start,
            service: asked.service.clone(),
            environment: asked.environment.clone(),
            base: None,
            head: None,
            actor: asked.actor.clone(),
            run: asked.run.clone(),
            rollback_of: None,
        },
        profile: rules.config.profile,
        policy: rules.bundle.digest(),
        log: log_state(view),
        coverage: Coverage::default(),
        standing: standing_now(view, &rules, &asked.service, state, at),
        changes: vec![change],
        templates: Vec::new(),
    };
    let config = None;
    judged(
        rules,
        Collected {
            dossier,
            texts,
            config,
        },
        view.report.tree.clone(),
    )
}
