//! Records how a change ended.

use serde_json::Value;

use crate::change::{AreaKey, ChangeId, Message, PersonKey};
use crate::ledger::body::Fields;
use crate::ledger::{Decided, MOVES_BACK_SECONDS};
use crate::ports::{Guard, Range, Spool};

use super::baseline::new_signers;
use super::hear::with_teams;
use super::record::{Recorded, body, write_or_keep};
use super::rollback::{judged_change, opens};
use super::{Actor, InForce, LogView, Particulars, Ports, Saying, Stop, read_log, write};

/// How a change ended.
#[derive(Debug, Clone, Default)]
pub struct Finishing {
    /// `success`, `success_with_issues`, `rolled_back`, `failed` or `aborted`.
    pub outcome: String,
    /// The commit that was returned to, for `rolled_back`; `None`: where the service stood.
    pub back_to: Option<String>,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
    /// What was done differently from the procedure.
    pub deviation: Option<String>,
    /// What else is told of it.
    pub particulars: Particulars,
}

/// An end that was recorded.
pub struct Finished {
    /// What became of it.
    pub recorded: Recorded,
    /// The decision's record.
    pub decision: u64,
    /// The commit that is authorised now, where that changed.
    pub back_to: Option<String>,
}

/// Records how a change ended; it waits in `spool` while the log cannot be reached.
///
/// # Errors
/// [`Stop::Request`] when it never passed the gate or has ended already.
pub async fn finish(
    ports: Ports<'_>,
    actor: Actor<'_>,
    id: &ChangeId,
    finishing: Finishing,
    spool: &dyn Spool,
) -> Result<Finished, Stop> {
    let deviation = finishing
        .deviation
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    if deviation.is_none() && (finishing.outcome == "success_with_issues" || finishing.deviation.is_some()) {
        return Err(Stop::Request(
            Message::new("error-deviation-missing").with("change", id),
        ));
    }
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
        may_put_back(ports, actor, &view, verdict).await?;
        older_than(ports, to, base)?;
        same_gate(ports, to, base, verdict)?;
    }
    let opened = match finishing.outcome.as_str() {
        "rolled_back" => Some(left_to_do(ports, actor, &view, verdict, id).await?),
        _ => None,
    };
    let mut saying = execution_saying(
        "deploy.finished/1",
        verdict,
        id,
        [
            ("outcome", Some(finishing.outcome.clone().into())),
            ("back_to", back_to.clone().map(Value::from)),
            ("attempt", Some(attempt(&view, id).into())),
            ("deviation", deviation.map(|_| true.into())),
            ("opened", opened),
        ],
    );
    let mut particulars = finishing.particulars;
    if let Some(evidence) = &finishing.evidence {
        particulars.note.insert(
            "evidence".to_owned(),
            String::from_utf8_lossy(evidence).into_owned().into(),
        );
    }
    if let Some(deviation) = deviation {
        particulars.note.insert("deviation".to_owned(), deviation.into());
    }
    particulars.told_in(ports, &mut saying)?;
    let decision = verdict.seq;
    let conflicts = move |statement: &crate::ledger::Statement| {
        statement.act == "deploy.finished/1"
            && statement.body.get("decision").and_then(Value::as_u64) == Some(decision)
    };
    let guard = Guard::Unless {
        since: view.head.size,
        conflicts: &conflicts,
    };
    let signers = match &back_to {
        // With the state, the keys of its configuration come back.
        Some(head) => {
            let rules = InForce::at(ports.repository, head, verdict.service.as_str())?;
            new_signers(&view, &rules.config)
        }
        None => None,
    };
    let recorded = match signers {
        None => write_or_keep(ports, actor, view.onto(), saying, guard, spool).await?,
        // Who may sign is never said late: both are recorded now, or neither.
        Some(signers) => {
            let sealed = write(ports, actor, view.onto(), vec![saying, signers], guard).await?;
            let record = sealed.into_iter().next();
            Recorded::Sealed(record.ok_or_else(|| Stop::unavailable("error-log-busy"))?)
        }
    };
    Ok(Finished {
        recorded,
        decision,
        back_to,
    })
}

/// What going back leaves to do.
async fn left_to_do(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    verdict: &Decided,
    id: &ChangeId,
) -> Result<Value, Stop> {
    let change = verdict.changes.iter().find(|change| &change.id == id);
    let decider = change.and_then(|change| Fields(&change.body).person("decider"));
    // Where the case was taken out of the log, nobody knows of data to correct.
    let judged = judged_change(ports, view, verdict, id).await.ok();
    let data = judged.is_some_and(|change| {
        let said = change.declaration.get("rollback");
        said.and_then(|plan| plan.get("data_correction")).is_some()
    });
    let key = (verdict.service.clone(), verdict.environment.clone());
    let state = view.standing.states.get(&key);
    let head = state.map_or_else(
        || verdict.head.clone().unwrap_or_default(),
        |state| state.head.clone(),
    );
    let config = InForce::at(ports.repository, &head, verdict.service.as_str())?.config;
    let owner = decider.as_ref().unwrap_or(actor.person);
    opens(
        view,
        &config,
        (&verdict.service, id),
        (owner, data),
        ports.at(&config),
    )
}

/// Moving the authorised state back is for those who carry out or decide about going back, and
/// only as long as a way back is open.
async fn may_put_back(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    verdict: &Decided,
) -> Result<(), Stop> {
    let now = crate::change::Moment::new(ports.now, &jiff::tz::TimeZone::UTC);
    if now.seconds_since(verdict.at) > MOVES_BACK_SECONDS {
        return Err(Stop::request("error-finish-late"));
    }
    let decides = verdict.changes.iter().any(|change| {
        let decider = change.body.get("decider").and_then(Value::as_str);
        decider.and_then(|decider| decider.strip_prefix("person:")) == Some(actor.person.as_str())
    });
    if decides || carries_out(ports, actor, view, verdict).await? {
        return Ok(());
    }
    Err(Stop::Request(
        Message::new("error-finish-person").with("person", actor.person),
    ))
}

/// Whether somebody carries out what this decision let pass: who asked for it, or an executor of
/// the service or of an area that its changes touch.
pub(super) async fn carries_out(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    verdict: &Decided,
) -> Result<bool, Stop> {
    if &verdict.actor == actor.person {
        return Ok(true);
    }
    let commit = verdict.head.as_deref().unwrap_or_default();
    let mut config = InForce::at(ports.repository, commit, verdict.service.as_str())?.config;
    with_teams(ports, view, &mut config).await?;
    let touched = verdict.changes.iter().flat_map(|change| {
        let areas = Fields(&change.body).list("areas").unwrap_or_default();
        areas.iter().filter_map(Value::as_str)
    });
    let areas = touched.filter_map(|area| config.areas.get(&AreaKey::from(area)));
    let mut people: Vec<PersonKey> = areas
        .filter_map(|area| area.executors.clone())
        .flatten()
        .collect();
    people.extend_from_slice(config.may_execute(&verdict.service));
    if people.contains(actor.person) {
        return Ok(true);
    }
    // Who may be in a team that nobody can look into is not told that they are not.
    match config.unread_team(&people) {
        Some(team) => Err(Stop::Unavailable(
            Message::new("error-team-unread").with("team", team),
        )),
        None => Ok(false),
    }
}

/// A commit from before the one that the service stood at is no way to bring older rules, people
/// or keys back: they come through the gate.
fn same_gate(ports: Ports<'_>, to: &str, base: &str, verdict: &Decided) -> Result<(), Stop> {
    if to == base {
        return Ok(());
    }
    let at = |commit| InForce::at(ports.repository, commit, verdict.service.as_str());
    if at(to)?.bundle.digest() == at(base)?.bundle.digest() {
        return Ok(());
    }
    Err(Stop::Request(
        Message::new("error-back-to-gate").with("commit", to.get(..12).unwrap_or(to)),
    ))
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

pub(super) fn execution_saying<const N: usize>(
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

/// How often the change was tried, this time included.
pub(super) fn attempt(view: &LogView, id: &ChangeId) -> u64 {
    view.standing.executions_of(id, None).count().max(1) as u64
}
