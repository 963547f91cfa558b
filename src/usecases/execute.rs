//! The start and the end of carrying a change out.

use serde_json::Value;

use crate::change::{ChangeId, Message, ServiceKey};
use crate::dossier::{Coverage, Dossier, Request, RequestKind, SCHEMA};
use crate::ledger::{Decided, Sealed};
use crate::policy::Word;
use crate::ports::{Guard, Range};

use super::baseline::new_signers;
use super::collect::{Asked, Collected, log_state, standing_now};
use super::collect_change::{find_declaration, judgeable};

use super::gate::{Judged, RecordError, judged, record};
use super::record::body;
use super::{Actor, InForce, LogView, Ports, Saying, Stop, read_log, write};

/// A change that was started, or was not allowed to.
pub struct Started {
    /// The decision, where one was made for this start (work by hand).
    pub judged: Option<Judged>,
    /// The record of the start; `None` after a denial.
    pub record: Option<Sealed>,
    /// The decision's record.
    pub decision: Option<u64>,
}

/// How long a pass of the gate may wait for its start.
const HOLDS_SECONDS: i64 = 3_600;

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
    if let Some(verdict) = pending(&view, ports, id) {
        let seq = verdict.seq;
        let saying = execution_saying(
            "deploy.started/1",
            verdict,
            id,
            [("attempt", Some(attempt(&view, id).into()))],
        );
        let sealed = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
        return Ok(Started {
            judged: None,
            record: sealed.into_iter().next(),
            decision: Some(seq),
        });
    }
    start_by_hand(ports, actor, &view, asked, id).await
}

/// The decision that let `id` pass and is neither started nor too old.
fn pending<'a>(view: &'a LogView, ports: Ports<'_>, id: &ChangeId) -> Option<&'a Decided> {
    let verdict = view.standing.to_finish(id)?;
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

fn attempt(view: &LogView, id: &ChangeId) -> u64 {
    view.standing.executions_of(id, None).count().max(1) as u64
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
    if view.standing.closed(id, &asked.service, &asked.environment) {
        return Err(Stop::Request(
            Message::new("error-change-closed").with("change", id),
        ));
    }
    let by_hand = material.typed.delivery != Some(crate::change::Delivery::Pipeline)
        && (material.typed.delivery.is_some() || material.typed.kind.is_some());
    if !by_hand {
        return Err(Stop::Request(Message::new("error-gate-first").with("change", id)));
    }
    let judged = judge_by_hand(ports, view, rules, asked, *material)?;
    let sealed = match record(ports, actor, view, asked, &judged).await {
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

fn judge_by_hand(
    ports: Ports<'_>,
    view: &LogView,
    rules: InForce,
    asked: &Asked,
    material: super::collect_change::Material,
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
    let change = judgeable(ports, view, &rules, asked, at, material)?;
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
    };
    judged(rules, Collected { dossier, texts }, view.report.tree.clone())
}

/// How a change ended.
#[derive(Debug, Clone)]
pub struct Finishing {
    /// `success`, `success_with_issues`, `rolled_back`, `failed` or `aborted`.
    pub outcome: String,
    /// The commit that was returned to, for `rolled_back`; `None`: where the service stood.
    pub back_to: Option<String>,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
}

/// An end that was recorded.
pub struct Finished {
    /// The record.
    pub record: Sealed,
    /// The decision's record.
    pub decision: u64,
    /// The commit that is authorised now, where that changed.
    pub back_to: Option<String>,
}

/// Records how a change ended.
///
/// # Errors
/// [`Stop::Request`] when it never passed the gate or has ended already.
pub async fn finish(
    ports: Ports<'_>,
    actor: Actor<'_>,
    id: &ChangeId,
    finishing: Finishing,
) -> Result<Finished, Stop> {
    let view = read_log(ports).await?;
    let Some(verdict) = view.standing.to_finish(id) else {
        return Err(Stop::Request(
            Message::new("error-never-passed").with("change", id),
        ));
    };
    let ended = view
        .standing
        .executions
        .iter()
        .rev()
        .find(|e| e.decision == verdict.seq)
        .is_some_and(|e| e.finished.is_some());
    if ended {
        return Err(Stop::Request(
            Message::new("error-already-finished").with("change", id),
        ));
    }
    let puts_back = matches!(finishing.outcome.as_str(), "failed" | "aborted" | "rolled_back");
    let key = (verdict.service.clone(), verdict.environment.clone());
    let is_current = view
        .standing
        .states
        .get(&key)
        .is_some_and(|state| state.seq == verdict.seq);
    let before = verdict.before.clone().or_else(|| verdict.base.clone());
    let back_to = (puts_back && is_current && verdict.head.is_some())
        .then(|| finishing.back_to.clone().or_else(|| before.clone()))
        .flatten();
    if let (Some(to), Some(base)) = (&back_to, &before) {
        older_than(ports, to, base)?;
    }
    let mut saying = execution_saying(
        "deploy.finished/1",
        verdict,
        id,
        [
            ("outcome", Some(finishing.outcome.clone().into())),
            ("back_to", back_to.clone().map(Value::from)),
            ("attempt", Some(attempt(&view, id).into())),
        ],
    );
    if let Some(evidence) = finishing.evidence {
        let mut note = serde_json::Map::new();
        note.insert(
            "evidence".to_owned(),
            String::from_utf8_lossy(&evidence).into_owned().into(),
        );
        note.insert(
            "salt".to_owned(),
            crate::change::Digest::of(&(ports.random)()).hex().into(),
        );
        saying
            .with
            .push(("note", super::record::document(&Value::Object(note))?));
    }
    let decision = verdict.seq;
    let conflicts = move |statement: &crate::ledger::Statement| {
        statement.act == "deploy.finished/1"
            && statement.body.get("decision").and_then(Value::as_u64) == Some(decision)
    };
    let guard = Guard::Unless {
        since: view.head.size,
        conflicts: &conflicts,
    };
    let mut sayings = vec![saying];
    if let Some(head) = &back_to {
        // With the state, the keys of its configuration come back.
        let rules = InForce::at(ports.repository, head, verdict.service.as_str())?;
        sayings.extend(new_signers(&view, &rules.config));
    }
    let sealed = write(ports, actor, view.onto(), sayings, guard).await?;
    let record = sealed
        .into_iter()
        .next()
        .ok_or_else(|| Stop::unavailable("error-log-busy"))?;
    Ok(Finished {
        record,
        decision,
        back_to,
    })
}

/// Going back may only make more be judged again: never less than from where the service stood.
fn older_than(ports: Ports<'_>, to: &str, base: &str) -> Result<(), Stop> {
    match ports.repository.range(to, base, &mut |_| {})? {
        Range::Same | Range::Steps(_) => Ok(()),
        Range::Older | Range::Diverged => Err(Stop::Request(
            Message::new("error-back-to")
                .with("commit", to)
                .with("base", base),
        )),
    }
}

fn execution_saying<const N: usize>(
    act: &'static str,
    verdict: &Decided,
    id: &ChangeId,
    extra: [(&str, Option<Value>); N],
) -> Saying {
    let mut all = body([
        ("change", Some(id.as_str().into())),
        ("decision", Some(verdict.seq.into())),
        ("service", Some(verdict.service.as_str().into())),
        ("environment", Some(verdict.environment.as_str().into())),
        ("head", verdict.head.clone().map(Value::from)),
    ]);
    all.extend(body(extra));
    Saying {
        act,
        body: all,
        with: Vec::new(),
    }
}
