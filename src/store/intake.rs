//! What every store asks of drafts before it seals them.

use std::collections::HashSet;

use crate::change::Digest;
use crate::ledger::{Head, Record, SealError, Sealed, SignatureRef, Statement, Tail, Unsealed, acts};
use crate::ports::{AppendError, Draft, Guard, StoreError};

/// A draft that was read: a whole statement, with everything it names or the names of the rest.
pub(super) struct Incoming<'a> {
    pub(super) statement: Statement,
    pub(super) bytes: &'a [u8],
    pub(super) signatures: Vec<SignatureRef>,
    /// Documents and signatures that come with it.
    pub(super) blobs: Vec<(Digest, &'a [u8])>,
    /// Documents that it names and that the store must already have.
    pub(super) relies_on: Vec<Digest>,
}

pub(super) fn refused(why: impl std::fmt::Display) -> AppendError {
    AppendError::Refused(why.to_string())
}

/// Reads drafts; each statement may come once.
pub(super) fn read(drafts: &[Draft]) -> Result<Vec<Incoming<'_>>, AppendError> {
    let mut ids = HashSet::new();
    let mut incoming = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let one = Incoming::read(draft)?;
        if !ids.insert(one.statement.id.clone()) {
            return Err(refused("the same id comes twice"));
        }
        incoming.push(one);
    }
    Ok(incoming)
}

impl<'a> Incoming<'a> {
    fn read(draft: &'a Draft) -> Result<Self, AppendError> {
        let statement = Statement::read(&draft.statement).map_err(refused)?;
        if statement.encode().map_err(refused)? != draft.statement {
            return Err(refused(
                "the statement has fields that this version does not know",
            ));
        }
        let named = named(&statement);
        let mut blobs: Vec<(Digest, &[u8])> = Vec::new();
        for blob in &draft.blobs {
            let digest = Digest::of(blob);
            if !named.contains(&digest) {
                return Err(refused(format!("no attachment of the statement is {digest}")));
            }
            blobs.push((digest, blob));
        }
        let relies_on = named
            .into_iter()
            .filter(|digest| blobs.iter().all(|(brought, _)| brought != digest))
            .collect();
        let mut signatures = Vec::new();
        for (kind, blob) in &draft.signatures {
            let digest = Digest::of(blob);
            signatures.push(SignatureRef {
                digest,
                kind: kind.clone(),
            });
            blobs.push((digest, blob));
        }
        Ok(Self {
            statement,
            bytes: &draft.statement,
            signatures,
            blobs,
            relies_on,
        })
    }

    /// Whether the record that has this id says the same; otherwise the id was used before.
    pub(super) fn is_said_in(&self, record: &[u8]) -> Result<(), AppendError> {
        let logged = Record::read(record).map_err(damaged)?;
        if logged.statement == self.statement {
            return Ok(());
        }
        Err(refused(format!(
            "another statement has the id {}",
            self.statement.id
        )))
    }

    /// Whether the log that the signer saw is this one; `leaf` is the leaf of the last record
    /// that was seen, `None` when there is none.
    pub(super) fn has_seen(&self, leaf: Option<[u8; 32]>) -> Result<(), AppendError> {
        if self.statement.seen.leaf == leaf.unwrap_or_default() {
            return Ok(());
        }
        Err(refused("the statement has seen another history"))
    }

    pub(super) fn unsealed(&self) -> Unsealed<'a> {
        Unsealed {
            statement: self.bytes,
            signatures: self.signatures.clone(),
        }
    }
}

/// The documents that a statement names.
fn named(statement: &Statement) -> HashSet<Digest> {
    let mut named: HashSet<Digest> = statement.with.iter().map(|a| a.digest).collect();
    let signers = statement.body.get("signers").and_then(|text| text.as_str());
    if matches!(statement.act.as_str(), acts::CREATED | acts::SIGNERS)
        && let Some(digest) = signers.and_then(|text| text.parse().ok())
    {
        named.insert(digest);
    }
    named
}

/// Where the log ends, after a look at its last record.
pub(super) fn tail(last: Option<&Sealed>) -> Result<Option<Tail>, AppendError> {
    last.map(|last| Tail::after(last).map_err(damaged)).transpose()
}

/// The part of a guard that needs only the head; the records from the returned number on are
/// still to be looked at.
pub(super) fn guard_head(guard: Guard<'_>, head: Head) -> Result<u64, AppendError> {
    match guard {
        Guard::At(expected) if expected != head => Err(AppendError::Stale(head)),
        // A log that is shorter than what the writer has seen is another log.
        Guard::Unless { since, .. } if since > head.size => Err(AppendError::Stale(head)),
        Guard::Unless { since, .. } => Ok(since),
        Guard::Any | Guard::At(_) => Ok(head.size),
    }
}

/// Whether a record that came since conflicts. `own` are records of the same append, made by an
/// earlier try.
pub(super) fn guard_record(guard: Guard<'_>, row: &Sealed, own: &[u64]) -> Result<(), AppendError> {
    let Guard::Unless { conflicts, .. } = guard else {
        return Ok(());
    };
    let record = Record::read(&row.bytes).map_err(damaged)?;
    if !own.contains(&row.seq) && conflicts(&record.statement) {
        return Err(AppendError::Conflict { seq: row.seq });
    }
    Ok(())
}

/// Whether one of the records takes this document out.
pub(super) fn redacted<'a>(
    mut records: impl Iterator<Item = &'a Sealed>,
    digest: &Digest,
) -> Result<(), StoreError> {
    let named = digest.to_string();
    let takes_out = |record: &Sealed| {
        Record::read(&record.bytes).is_ok_and(|record| {
            record.statement.act == acts::REDACTED
                && record.statement.body.get("blob").and_then(|text| text.as_str()) == Some(&named)
        })
    };
    if records.any(takes_out) {
        return Ok(());
    }
    Err(StoreError::Unreachable(format!("no record takes {digest} out")))
}

pub(super) fn unsealable(error: SealError) -> AppendError {
    match error {
        SealError::Closed => AppendError::Closed,
        SealError::ClockBehind { previous, now } => AppendError::ClockBehind { previous, now },
        other => refused(other),
    }
}

pub(super) fn damaged(why: impl std::fmt::Display) -> AppendError {
    refused(format!("the log before it is damaged: {why}"))
}
