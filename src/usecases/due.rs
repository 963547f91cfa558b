//! Work with a deadline: what is open, and saying that it need not be done.

use serde_json::{Map, Value};

use crate::change::{ChangeId, Digest, Message, Moment, PersonKey};
use crate::ledger::{ACTION, DONE_BY_WORD, Open, Sealed};
use crate::ports::Guard;

use super::confirmation::not_theirs;
use super::grant::SHORTEST_REASON;
use super::record::{body, document};
use super::waivers::{concerned, needed_on};
use super::{Actor, InForce, LogView, Ports, Saying, Stop, write};

/// A waiver that was recorded.
pub struct Waiving {
    /// The record.
    pub record: Sealed,
    /// How many more people have to agree.
    pub missing: usize,
    /// Who could.
    pub of: Vec<PersonKey>,
}

/// How people name a piece of open work: the record that opened it, and its place in there.
pub fn due_id(open: &Open) -> String {
    format!("{}-{}", open.seq, open.nth)
}

/// The change that a piece of open work is told about: its own, or the first of the deployment
/// that owes it.
pub fn due_change<'a>(view: &'a LogView, open: &'a Open) -> Option<&'a ChangeId> {
    let first = || {
        let decided = view.standing.decision_behind(open)?;
        decided.changes.first().map(|change| &change.id)
    };
    open.change.as_ref().or_else(first)
}

/// The open work with this name.
///
/// # Errors
/// [`Stop::Request`] when there is none, or it was waived or done already.
pub fn find_due<'a>(view: &'a LogView, id: &str) -> Result<&'a Open, Stop> {
    let id = id.trim_start_matches('#');
    let found = view.standing.open.iter().find(|open| due_id(open) == id);
    found.ok_or_else(|| Stop::Request(Message::new("error-due-unknown").with("id", id)))
}

/// Records that `open` need not be done, as far as this person can say so. `rules` are those in
/// force for its service.
///
/// # Errors
/// [`Stop::Request`] when it is not this person's to waive; then nothing is written.
pub async fn waive(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    open: &Open,
    reason: &str,
) -> Result<Waiving, Stop> {
    if reason.trim().chars().count() < SHORTEST_REASON {
        return Err(Stop::Request(
            Message::new("error-waive-reason").with("count", SHORTEST_REASON),
        ));
    }
    let decided = view.standing.decision_behind(open);
    let at: Moment = ports.at(&rules.config);
    let needed = needed_on(&rules.config, open, decided, &rules.config.calendar.day(at));
    let about = |key: &str| {
        Message::new(key)
            .with("person", actor.person)
            .with("id", due_id(open))
    };
    if concerned(open, decided).contains(actor.person) {
        return Err(Stop::Request(about("error-waive-own")));
    }
    if needed.of.len() < needed.count {
        return Err(Stop::Request(
            about("error-waive-nobody")
                .with("count", needed.count)
                .with("able", needed.of.len()),
        ));
    }
    if !needed.of.contains(actor.person) {
        let people: Vec<&str> = needed.of.iter().map(PersonKey::as_str).collect();
        return Err(Stop::Request(
            about("error-waive-no-right").with("people", people.join(", ")),
        ));
    }
    let saying = saying(ports, open, reason)?;
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
    let record = sealed
        .into_iter()
        .next()
        .ok_or_else(|| Stop::unavailable("error-log-busy"))?;
    let said = |person: &PersonKey| {
        let waivers = view.standing.waivers.iter();
        person == actor.person
            || waivers
                .filter(|w| w.of == *open)
                .any(|waiver| waiver.person == *person)
    };
    let (done, left): (Vec<PersonKey>, Vec<PersonKey>) = needed.of.into_iter().partition(said);
    Ok(Waiving {
        record,
        missing: needed.count.saturating_sub(done.len()),
        of: left,
    })
}

/// Records that `open` is done, for work that nothing in the log shows by itself.
///
/// # Errors
/// [`Stop::Request`] when something else ends this sort of work, or it is not this person's to say.
pub async fn settle_by_word(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    open: &Open,
    evidence: &[u8],
) -> Result<Sealed, Stop> {
    if !DONE_BY_WORD.contains(&open.kind.as_str()) {
        return Err(Stop::Request(
            Message::new("error-due-not-by-word").with("id", due_id(open)),
        ));
    }
    if let Some(reason) = not_theirs(view, open, actor, &due_id(open)) {
        return Err(Stop::Request(reason));
    }
    let note = serde_json::json!({
        "evidence": String::from_utf8_lossy(evidence),
        "salt": Digest::of(&(ports.random)()).hex(),
    });
    let saying = Saying {
        act: match open.kind == ACTION {
            true => "action.done/1",
            false => "obligation.done/1",
        },
        body: named(open),
        with: vec![("note", document(&note)?)],
    };
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
    let record = sealed.into_iter().next();
    record.ok_or_else(|| Stop::unavailable("error-log-busy"))
}

fn saying(ports: Ports<'_>, open: &Open, reason: &str) -> Result<Saying, Stop> {
    let note = serde_json::json!({
        "reason": reason.trim(),
        "salt": Digest::of(&(ports.random)()).hex(),
    });
    Ok(Saying {
        act: "obligation.waived/1",
        body: named(open),
        with: vec![("note", document(&note)?)],
    })
}

/// The piece of work, as a record about it names it.
fn named(open: &Open) -> Map<String, Value> {
    body([
        ("opened", Some(open.seq.into())),
        ("nth", Some(open.nth.into())),
        ("kind", Some(open.kind.clone().into())),
        ("owner", Some(format!("person:{}", open.owner).into())),
        ("service", Some(open.service.as_str().into())),
        ("change", open.change.as_ref().map(|id| id.as_str().into())),
    ])
}
