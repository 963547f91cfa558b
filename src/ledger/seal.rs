//! Gives statements their place in the log.

use super::acts;
use super::canonical::NotCanonical;
use super::instant::instant;
use super::line::{Line, NotARecord};
use super::members::{bare, items, members};
use super::record::{Head, Sealed, SignatureRef};
use super::said::Said;
use super::token::TOKEN_SIGNATURE;
use super::tree::leaf;
use super::wire::envelope;

/// How far a claimed time, or the clock of an earlier writer, may be off, in seconds.
pub const CLOCK_TOLERANCE: i64 = 300;
/// The longest text in a body, in bytes: records hold no free text.
pub const BODY_TEXT_MAX_BYTES: usize = 256;

/// Where a log ends and what the next record has to agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tail {
    /// Size and last leaf.
    pub head: Head,
    /// When the last record was sealed.
    pub time: String,
    /// The log's name, which every statement repeats.
    pub origin: String,
    /// Whether the last record closed the log: nothing follows it.
    pub closed: bool,
}

/// A statement and its signatures, before they have a place.
#[derive(Debug, Clone)]
pub struct Unsealed<'a> {
    /// The statement's canonical bytes.
    pub statement: &'a [u8],
    /// The signatures over those bytes.
    pub signatures: Vec<SignatureRef>,
}

/// Why nothing was sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The last record was sealed in the future; one of the two clocks is wrong.
    #[error("the log's last record was sealed at {previous}, the clock says {now}")]
    ClockBehind {
        /// The time of the last record.
        previous: String,
        /// The time of this machine.
        now: String,
    },
    /// The log was ended.
    #[error("the log was closed; it goes on elsewhere")]
    Closed,
    /// `now` is not UTC to the second.
    #[error("not a time: {0}")]
    Time(String),
    /// The bytes are no statement.
    #[error("statement {nth}: {why}")]
    NotAStatement {
        /// The position among the drafts.
        nth: usize,
        /// What is wrong.
        why: NotARecord,
    },
    /// The statement does not belong at this place.
    #[error("statement {nth}: {why}")]
    Invalid {
        /// The position among the drafts.
        nth: usize,
        /// What is wrong, for developers.
        why: &'static str,
    },
    /// The record would break the grammar, mostly by its length.
    #[error("statement {nth}: {why}")]
    Record {
        /// The position among the drafts.
        nth: usize,
        /// What is wrong.
        why: NotCanonical,
    },
}

impl Tail {
    /// The tail of a log that ends with this record.
    ///
    /// # Errors
    /// [`NotARecord`] when its bytes are none.
    pub fn after(last: &Sealed) -> Result<Self, NotARecord> {
        let line = Line::read(&last.bytes)?;
        if line.seq != last.seq || leaf(&last.bytes) != last.leaf {
            return Err(NotARecord::Field("seq"));
        }
        Ok(Self {
            head: Head {
                size: last.seq.saturating_add(1),
                leaf: last.leaf,
            },
            time: line.time.to_owned(),
            origin: line.said.log.to_owned(),
            closed: line.said.act == acts::CLOSED,
        })
    }
}

/// Seals statements one after the other behind `tail` (`None`: an empty log) at `now`.
///
/// The sealed time never goes back: it is `now` or the time of the record before, whichever is
/// later. Whether `seen` names a leaf further back is the store's to check: only it has them.
///
/// # Errors
/// [`SealError`]; nothing is sealed then.
pub fn seal(tail: Option<&Tail>, drafts: &[Unsealed<'_>], now: &str) -> Result<Vec<Sealed>, SealError> {
    let now_at = instant(now).ok_or_else(|| SealError::Time(now.to_owned()))?;
    let (time, at) = match tail {
        None => (now, now_at),
        Some(tail) => {
            let before = instant(&tail.time).ok_or_else(|| SealError::Time(tail.time.clone()))?;
            if before > now_at + CLOCK_TOLERANCE {
                return Err(SealError::ClockBehind {
                    previous: tail.time.clone(),
                    now: now.to_owned(),
                });
            }
            if before > now_at {
                (tail.time.as_str(), before)
            } else {
                (now, now_at)
            }
        }
    };
    if tail.is_some_and(|tail| tail.closed) {
        return Err(SealError::Closed);
    }
    let mut head = tail.map_or(Head::EMPTY, |tail| tail.head);
    let mut origin = tail.map(|tail| tail.origin.as_str());
    let mut sealed = Vec::with_capacity(drafts.len());
    for (nth, draft) in drafts.iter().enumerate() {
        let said = Said::read(draft.statement).map_err(|why| SealError::NotAStatement { nth, why })?;
        fits(&said, head, origin, at)
            .and_then(|()| signed_as_it_says(&said, &draft.signatures))
            .map_err(|why| SealError::Invalid { nth, why })?;
        let bytes = envelope(&head.leaf, head.size, &draft.signatures, draft.statement, time)
            .map_err(|why| SealError::Record { nth, why })?;
        // Read back what was written: a line that is no record never reaches a log.
        Line::read(&bytes).map_err(|why| SealError::NotAStatement { nth, why })?;
        let leaf = leaf(&bytes);
        sealed.push(Sealed {
            seq: head.size,
            leaf,
            bytes,
        });
        head = Head {
            size: head.size + 1,
            leaf,
        };
        origin = Some(said.log);
    }
    Ok(sealed)
}

/// Whether a statement may stand as the record after `head`, sealed at `at`.
pub(super) fn fits(said: &Said<'_>, head: Head, origin: Option<&str>, at: i64) -> Result<(), &'static str> {
    if (head.size == 0) != (said.act == acts::CREATED) {
        return Err("log.created is the first record and no other");
    }
    if origin.is_some_and(|origin| origin != said.log) {
        return Err("it was made for another log");
    }
    if said.seen.size > head.size {
        return Err("it has seen more than there is");
    }
    if said.seen.size == head.size && said.seen.leaf != head.leaf {
        return Err("it has seen another history");
    }
    if said.at > at + CLOCK_TOLERANCE {
        return Err("its time is in the future");
    }
    if said.at < at - CLOCK_TOLERANCE && !is_late_filing(said) {
        return Err("its time is too long ago");
    }
    if !texts_are_short(said.body) {
        return Err("a text in its body is too long");
    }
    Ok(())
}

/// Whether the claimed time may lie long before the sealing.
pub(super) fn is_late_filing(said: &Said<'_>) -> bool {
    acts::may_be_late(said.act) && said.body_text("occurred").is_some()
}

/// A principal that is a key or a workflow has signed; a principal that is only a name has not.
pub(super) fn signed_as_it_says(said: &Said<'_>, signatures: &[SignatureRef]) -> Result<(), &'static str> {
    let has = |kind: &str| signatures.iter().any(|signature| signature.kind == kind);
    if said.by.starts_with("key:") && !has("sshsig") {
        return Err("it names a key that did not sign it");
    }
    if said.by.starts_with("github-actions:") && !has(TOKEN_SIGNATURE) {
        return Err("it names a workflow that did not sign it");
    }
    if said.by.starts_with("person:") && (has("sshsig") || has(TOKEN_SIGNATURE)) {
        return Err("a signed statement names the key, not the person");
    }
    Ok(())
}

/// Whether every text in this canonical value is short.
fn texts_are_short(value: &str) -> bool {
    match value.as_bytes().first() {
        Some(b'{') => members(value).all(|(_, inner)| texts_are_short(inner)),
        Some(b'[') => items(value).all(texts_are_short),
        Some(b'"') => bare(value).map_or(value.len(), str::len) <= BODY_TEXT_MAX_BYTES,
        _ => true,
    }
}
