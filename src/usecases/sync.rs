//! Brings acts that waited into the log: in order, each as if it were said now, none dropped.

use crate::change::{ChangeId, Message, Moment};
use crate::ledger::body::Fields;
use crate::ledger::{
    Act, ActKind, Admission, CLOCK_TOLERANCE, MOVES_BACK_SECONDS, Record, SIGNATURE_NAMESPACE, Sealed,
    Signers, Statement, Trust, Verdict, acts, instant,
};
use crate::ports::{AppendError, Broken, Draft, Guard, Spool, SpoolError, Waiting};

use super::{LogView, Ports, Stop, read_log};

/// An act that waited, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Its number among those that waited.
    pub number: u64,
    /// What was said; `None` when it cannot be read.
    pub statement: Option<Statement>,
    /// What became of it.
    pub end: Synced,
}

/// What became of an act that waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Synced {
    /// It is in the log.
    Recorded {
        /// The record.
        seq: u64,
        /// When it was sealed.
        at: Moment,
        /// Whether the log had it before.
        before: bool,
    },
    /// It was put aside, for this reason.
    Held(Message),
    /// Its file is not there any more.
    Gone,
}

/// How often the log may move on meanwhile.
const TRIES: usize = 20;

/// Files everything that waits. An act leaves the spool only when the log has it; what the log
/// cannot take is put aside with the reason.
///
/// # Errors
/// [`Stop`] when the log or the spool cannot be reached; what is left waits on.
pub async fn sync(ports: Ports<'_>, spool: &dyn Spool) -> Result<Vec<Brought>, Stop> {
    let waiting = spool.list().map_err(unspooled)?;
    // Whoever took an approval back may have done so in the act that is missing.
    let whole = waiting.iter().all(|one| one.draft.is_ok());
    let mut behind = false;
    let mut brought = Vec::new();
    for Waiting { number, draft } in waiting {
        let one = match draft {
            Ok(draft) => {
                let broken = behind || (!whole && loosens(&draft));
                one(ports, number, &draft, broken).await?
            }
            Err(broken) => {
                behind = true;
                Brought {
                    number,
                    statement: None,
                    end: match broken {
                        Broken::Gone => Synced::Gone,
                        Broken::Damaged => Synced::Held(Message::new("sync-damaged")),
                    },
                }
            }
        };
        match &one.end {
            Synced::Recorded { .. } => spool.done(number),
            Synced::Held(why) => spool.hold(number, &reason(why)),
            Synced::Gone => spool.hold(number, "gone"),
        }
        .map_err(unspooled)?;
        brought.push(one);
    }
    Ok(brought)
}

pub(super) fn unspooled(error: SpoolError) -> Stop {
    Stop::Unavailable(Message::new("error-spool").with("detail", error))
}

/// The reason as it lies beside the file: its key and values, free of language.
fn reason(why: &Message) -> String {
    let values: Vec<String> = why
        .with
        .iter()
        .map(|(key, value)| format!(" {key}={value}"))
        .collect();
    format!("{}{}", why.key, values.concat())
}

fn loosens(draft: &Draft) -> bool {
    Statement::read(&draft.statement).is_ok_and(|said| said.act == "change.approved/1")
}

async fn one(ports: Ports<'_>, number: u64, draft: &Draft, broken: bool) -> Result<Brought, Stop> {
    let Ok(statement) = Statement::read(&draft.statement) else {
        return Ok(Brought {
            number,
            statement: None,
            end: Synced::Held(Message::new("sync-damaged")),
        });
    };
    let end = end(ports, draft, &statement, broken).await?;
    Ok(Brought {
        number,
        statement: Some(statement),
        end,
    })
}

async fn end(ports: Ports<'_>, draft: &Draft, statement: &Statement, broken: bool) -> Result<Synced, Stop> {
    for _ in 0..TRIES {
        let view = read_log(ports).await?;
        reachable(ports, &view)?;
        if let Some(logged) = logged(ports, &view, statement).await? {
            return Ok(logged);
        }
        if broken {
            return Ok(Synced::Held(Message::new("sync-broken")));
        }
        if let Some(why) = objection(ports, &view, draft, statement).await? {
            return Ok(Synced::Held(why));
        }
        let one = std::slice::from_ref(draft);
        match ports.ledger.append(one, Guard::At(view.head), &ports.utc()).await {
            Ok(sealed) => {
                let sealed = sealed
                    .first()
                    .ok_or_else(|| Stop::unavailable("error-log-busy"))?;
                return recorded(sealed, false);
            }
            // Whatever came in between may matter: look again.
            Err(AppendError::Stale(_) | AppendError::Conflict { .. }) => {}
            Err(AppendError::Refused(why)) => {
                return Ok(Synced::Held(Message::new("sync-refused").with("detail", why)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Stop::unavailable("error-log-busy"))
}

/// Nothing is held against an act only because there is no log here, or a clock is wrong.
fn reachable(ports: Ports<'_>, view: &LogView) -> Result<(), Stop> {
    let Some((last, _)) = view.records.last() else {
        return Err(Stop::unavailable("error-empty-log"));
    };
    let ahead = instant(&last.time).is_some_and(|at| at > ports.now.as_second() + CLOCK_TOLERANCE);
    if ahead {
        return Err(Stop::clock_behind(&last.time, &ports.utc()));
    }
    Ok(())
}

fn recorded(sealed: &Sealed, before: bool) -> Result<Synced, Stop> {
    let time = Record::read(&sealed.bytes)
        .ok()
        .and_then(|record| record.time.parse().ok());
    Ok(Synced::Recorded {
        seq: sealed.seq,
        at: time.ok_or_else(|| Stop::unavailable("error-log-busy"))?,
        before,
    })
}

/// The record that the log has of this act already: its answer was lost, or another process was
/// faster. It may be without `occurred`, as it was first signed.
async fn logged(ports: Ports<'_>, view: &LogView, statement: &Statement) -> Result<Option<Synced>, Stop> {
    let Some((record, _)) = view
        .records
        .iter()
        .find(|(record, _)| record.statement.id == statement.id)
    else {
        return Ok(None);
    };
    let mut first = statement.clone();
    first.body.remove("occurred");
    if record.statement != *statement && record.statement != first {
        return Ok(Some(Synced::Held(
            Message::new("sync-other").with("seq", record.seq),
        )));
    }
    let page = ports
        .ledger
        .range(record.seq, record.seq.saturating_add(1))
        .await?;
    page.first().map(|sealed| recorded(sealed, true)).transpose()
}

/// Why the log should not take the act any more.
async fn objection(
    ports: Ports<'_>,
    view: &LogView,
    draft: &Draft,
    statement: &Statement,
) -> Result<Option<Message>, Stop> {
    let why = |key: &str| Ok(Some(Message::new(key)));
    if statement.log != view.origin() {
        return Ok(Some(
            Message::new("sync-origin")
                .with("origin", &statement.log)
                .with("here", view.origin()),
        ));
    }
    let late = acts::may_be_late(&statement.act) && Fields(&statement.body).text("occurred").is_some();
    if !late {
        return why("sync-act");
    }
    if let Some(key) = unsigned(ports, view, draft, statement).await? {
        return why(key);
    }
    Ok(match statement.act.as_str() {
        "change.approved/1" => overtaken(ports, view, statement, ActKind::Approve),
        "change.objected/1" => overtaken(ports, view, statement, ActKind::Object),
        "change.withdrawn/1" => overtaken(ports, view, statement, ActKind::Withdraw),
        "deploy.finished/1" => finished(view, statement, ports.now.as_second()),
        _ => None,
    })
}

/// Whether the signature counts now. A key that counted when the act was said, but does not any
/// more, may be in wrong hands.
async fn unsigned(
    ports: Ports<'_>,
    view: &LogView,
    draft: &Draft,
    statement: &Statement,
) -> Result<Option<&'static str>, Stop> {
    let Some((kind, signature)) = draft.signatures.first() else {
        return Ok((!view.standing.unsigned_counts).then_some("sync-unsigned"));
    };
    let verdict = ports
        .verifier
        .check(kind, SIGNATURE_NAMESPACE, &draft.statement, signature);
    let (Verdict::Good { key } | Verdict::Unknown { key: Some(key), .. }) = verdict else {
        return Ok(Some("sync-signature"));
    };
    let signers = match &view.standing.signers {
        Some(digest) => ports.ledger.blob(digest).await?,
        None => None,
    };
    let Some(signers) = signers.and_then(|bytes| Signers::read(&bytes).ok()) else {
        return Err(Stop::Unavailable(
            Message::new("error-log-refused").with("detail", "the signers of the log are missing"),
        ));
    };
    let person = statement.body.get("person").and_then(|person| person.as_str());
    let principals = [statement.by.as_str(), person.unwrap_or_default()];
    let signers = signers.without(&view.report.revocations);
    let admitted = signers.admits(&key, SIGNATURE_NAMESPACE, &principals, ports.now.as_second());
    Ok((admitted != Admission::Good).then_some("sync-key"))
}

/// The act as the log would hold it if it were sealed now.
fn act_now(ports: Ports<'_>, view: &LogView, statement: &Statement, kind: ActKind) -> Option<Act> {
    let record = Record {
        prev: view.head.leaf,
        seq: view.head.size,
        signatures: Vec::new(),
        statement: statement.clone(),
        time: ports.utc(),
    };
    Act::read(kind, &record, record.time.parse().ok()?, Trust::Signed)
}

fn overtaken(ports: Ports<'_>, view: &LogView, statement: &Statement, kind: ActKind) -> Option<Message> {
    let Some(act) = act_now(ports, view, statement, kind) else {
        return Some(Message::new("sync-damaged"));
    };
    if act.is_overtaken(&view.standing.acts) {
        return Some(Message::new("sync-overtaken").with("person", &act.person));
    }
    let ended = |id: &ChangeId| {
        let mut places = view.standing.states.keys();
        places.find_map(|(service, environment)| view.standing.ended(id, service, environment))
    };
    let change = act.change.as_ref()?;
    let outcome = ended(change)?;
    Some(
        Message::new("sync-ended")
            .with("change", change)
            .with("outcome", outcome),
    )
}

fn finished(view: &LogView, statement: &Statement, now: i64) -> Option<Message> {
    let fields = Fields(&statement.body);
    let decision = fields.number("decision");
    let execution = view
        .standing
        .executions
        .iter()
        .rev()
        .find(|e| Some(e.decision) == decision);
    match execution {
        Some(execution) if execution.finished.is_some() => Some(Message::new("sync-finished")),
        // It says that the state moves back, which it does not any more.
        Some(execution) if fields.text("back_to").is_some() => {
            let decided = view.standing.decisions.get(&execution.decision)?;
            let age = now.saturating_sub(decided.at.timestamp().as_second());
            (age > MOVES_BACK_SECONDS).then(|| Message::new("sync-finish-late"))
        }
        Some(_) => None,
        None => Some(Message::new("sync-no-decision")),
    }
}
