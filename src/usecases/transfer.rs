//! Takes a log over into another store, byte for byte.

use crate::change::{Message, PersonKey, Risk, ServiceKey};
use crate::config::Profile;
use crate::ledger::{Head, Options, Record, Report, acts};
use crate::ports::{AppendError, LedgerStore};

use super::log_view::PAGE;
use super::record::body;
use super::verify::{Source, verify};
use super::{Actor, InForce, Ports, Saying, Stop, read_log, write};
use crate::ports::Guard;

/// A log that lies in another store now.
pub struct Transferred {
    /// Where it ends.
    pub head: Head,
    /// What verifying the copy found; it is whole.
    pub report: Report,
}

/// Copies what `to` does not have yet of the first `size` records of `from`, with their
/// documents, and verifies the copy. A target that has something else is refused.
///
/// # Errors
/// [`Stop`]; what was copied until then stays, and the next call goes on from there.
pub async fn transfer(from: Source<'_>, to: &dyn LedgerStore, size: u64) -> Result<Transferred, Stop> {
    let there = to.head().await?;
    let before = match there.size.checked_sub(1) {
        Some(last) => from
            .ledger
            .range(last, there.size)
            .await?
            .first()
            .map(|row| row.leaf),
        None => Some(Head::EMPTY.leaf),
    };
    if there.size > size || before != Some(there.leaf) {
        return Err(Stop::request("error-transfer-taken"));
    }
    let mut next = there.size;
    while next < size {
        let page = from
            .ledger
            .range(next, next.saturating_add(PAGE).min(size))
            .await?;
        if page.is_empty() {
            return Err(Stop::unavailable("error-log-busy"));
        }
        let mut blobs = Vec::new();
        for sealed in &page {
            for digest in Record::names(&sealed.bytes).unwrap_or_default() {
                blobs.extend(from.ledger.blob(&digest).await?);
            }
        }
        to.adopt(&page, &blobs).await?;
        next += page.len() as u64;
        (from.progress)(next);
    }
    to.settle().await?;
    let copy = Source { ledger: to, ..from };
    let report = verify(copy, Options::default(), Vec::new()).await?;
    if !report.is_intact() {
        return Err(Stop::Broken(Box::new(report)));
    }
    Ok(Transferred {
        head: report.head,
        report,
    })
}

/// Whether somebody decides about the gate itself, as whoever approves its own files does: the log of
/// all is closed and goes on where they say.
///
/// # Errors
/// [`Stop::Request`] with those who may.
pub fn may_move(
    ports: Ports<'_>,
    actor: Actor<'_>,
    rules: &InForce,
    service: &ServiceKey,
) -> Result<(), Stop> {
    let config = &rules.config;
    let day = config.calendar.day(ports.at(config));
    let mut people = config.may_approve(service, None, Risk::High);
    people.retain(|key| {
        config
            .people
            .get(key)
            .is_some_and(|person| person.active_on(&day))
    });
    // Alone, whoever is there decides.
    if config.profile == Profile::Solo || people.contains(actor.person) {
        return Ok(());
    }
    let people: Vec<&str> = people.iter().map(PersonKey::as_str).collect();
    Err(Stop::Request(
        Message::new("error-move-person")
            .with("person", actor.person)
            .with("people", people.join(", ")),
    ))
}

/// Moves the log of `ports` into `to` and closes it where it was: from then on nothing is
/// appended there. `place` is the word for where it goes on.
///
/// # Errors
/// [`Stop`]; the old log is closed only once the new one is whole, and a second call goes on.
pub async fn move_log(
    ports: Ports<'_>,
    actor: Actor<'_>,
    to: &dyn LedgerStore,
    place: &str,
) -> Result<Transferred, Stop> {
    for _ in 0..ATTEMPTS {
        let view = read_log(ports).await?;
        let closed = view
            .records
            .last()
            .is_some_and(|(record, _)| record.statement.act == acts::CLOSED);
        let size = view.head.size.saturating_sub(u64::from(closed));
        if size == 0 {
            return Err(Stop::unavailable("error-empty-log"));
        }
        // It was copied before it was closed: anywhere else it would go on a second time.
        if closed && to.head().await?.size < size {
            return Err(Stop::request("error-move-closed"));
        }
        let done = transfer(ports.into(), to, size).await?;
        if closed {
            return Ok(done);
        }
        let saying = Saying {
            act: acts::CLOSED,
            body: body([
                ("goes_on", Some(place.into())),
                ("size", Some(done.head.size.into())),
            ]),
            with: Vec::new(),
        };
        match write(ports, actor, view.onto(), vec![saying], Guard::At(view.head)).await {
            Ok(_) => return Ok(done),
            // Somebody wrote meanwhile: that is copied too.
            Err(AppendError::Stale(_) | AppendError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Stop::Unavailable(Message::new("error-log-busy")))
}

/// How often a log that grows meanwhile is looked at again.
const ATTEMPTS: u32 = 8;
