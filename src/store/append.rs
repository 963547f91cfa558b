//! One append, the same for every store: read, look at what came since, seal, put.

use async_trait::async_trait;

use crate::change::Digest;
use crate::ledger::{Head, Sealed, Statement, Tail, leaf, seal};
use crate::ports::{AppendError, Draft, Guard, StoreError};

use super::intake::{self, Incoming, guard_head, guard_record, refused};

/// How many records a guard looks at in one go.
const BATCH: u64 = 512;

/// A record on its way into a store, with the documents that come along.
pub(super) struct Placed<'a> {
    pub(super) id: &'a str,
    pub(super) record: &'a Sealed,
    pub(super) blobs: &'a [(Digest, &'a [u8])],
}

/// A store while one writer holds it: nobody else appends meanwhile, or the commit fails.
#[async_trait]
pub(super) trait Locked: Send {
    /// The last record.
    async fn last(&mut self) -> Result<Option<Sealed>, StoreError>;

    /// The record with this statement's id. It can only stand behind what its signer had seen.
    async fn logged(&mut self, statement: &Statement) -> Result<Option<Sealed>, StoreError>;

    /// The records `from..to`; fewer when the log ends earlier.
    async fn range(&mut self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError>;

    /// Whether a document is there.
    async fn has_blob(&mut self, digest: &Digest) -> Result<bool, StoreError>;

    /// Puts records behind the last one, documents that are there already left out. What was
    /// put counts only once the caller commits.
    async fn put(&mut self, placed: &[Placed<'_>]) -> Result<(), StoreError>;
}

/// Seals `drafts` and puts them. The caller commits on `Ok` and takes everything back otherwise.
pub(super) async fn append(
    store: &mut dyn Locked,
    drafts: &[Draft],
    guard: Guard<'_>,
    now: &str,
) -> Result<Vec<Sealed>, AppendError> {
    let incoming = intake::read(drafts)?;
    let mut logged = Vec::with_capacity(incoming.len());
    for one in &incoming {
        let record = store.logged(&one.statement).await?;
        if let Some(record) = &record {
            one.is_said_in(&record.bytes)?;
        }
        logged.push(record);
    }
    let fresh: Vec<&Incoming<'_>> = incoming
        .iter()
        .zip(&logged)
        .filter(|(_, old)| old.is_none())
        .map(|(one, _)| one)
        .collect();
    if fresh.is_empty() {
        return Ok(logged.into_iter().flatten().collect());
    }
    let own: Vec<u64> = logged.iter().flatten().map(|old| old.seq).collect();
    let tail = intake::tail(store.last().await?.as_ref())?;
    let head = tail.as_ref().map_or(Head::EMPTY, |tail: &Tail| tail.head);
    check_guard(store, guard, head, &own).await?;
    for one in &fresh {
        check_ground(store, one).await?;
    }
    let unsealed: Vec<_> = fresh.iter().map(|one| one.unsealed()).collect();
    let sealed = seal(tail.as_ref(), &unsealed, now).map_err(intake::unsealable)?;
    let placed: Vec<Placed<'_>> = fresh
        .iter()
        .zip(&sealed)
        .map(|(one, record)| Placed {
            id: &one.statement.id,
            record,
            blobs: &one.blobs,
        })
        .collect();
    store.put(&placed).await?;
    drop(placed);
    let mut sealed = sealed.into_iter();
    Ok(logged
        .into_iter()
        .filter_map(|old| old.or_else(|| sealed.next()))
        .collect())
}

/// Puts records that were sealed elsewhere, byte for byte, behind the last one.
pub(super) async fn adopt(
    store: &mut dyn Locked,
    records: &[Sealed],
    blobs: &[Vec<u8>],
) -> Result<(), AppendError> {
    let last = store.last().await?;
    let mut head = intake::tail(last.as_ref())?.map_or(Head::EMPTY, |tail| tail.head);
    let blobs: Vec<(Digest, &[u8])> = blobs.iter().map(|b| (Digest::of(b), b.as_slice())).collect();
    let mut ids = Vec::with_capacity(records.len());
    for record in records {
        let read = crate::ledger::Record::read(&record.bytes).map_err(refused)?;
        if record.seq != head.size || read.seq != head.size || read.prev != head.leaf {
            return Err(AppendError::Stale(head));
        }
        if leaf(&record.bytes) != record.leaf {
            return Err(refused(format!("record {} has another leaf", record.seq)));
        }
        ids.push(read.statement.id);
        head = Head {
            size: head.size.saturating_add(1),
            leaf: record.leaf,
        };
    }
    // The documents go with the first record: all of this is put, or none.
    let mut placed: Vec<Placed<'_>> = Vec::with_capacity(records.len());
    for (record, id) in records.iter().zip(&ids) {
        let blobs = if placed.is_empty() { &blobs[..] } else { &[] };
        placed.push(Placed { id, record, blobs });
    }
    Ok(store.put(&placed).await?)
}

async fn check_guard(
    store: &mut dyn Locked,
    guard: Guard<'_>,
    head: Head,
    own: &[u64],
) -> Result<(), AppendError> {
    let mut next = guard_head(guard, head)?;
    while next < head.size {
        let rows = store.range(next, next.saturating_add(BATCH)).await?;
        for row in &rows {
            guard_record(guard, row, own)?;
        }
        next = next.saturating_add(BATCH);
    }
    Ok(())
}

/// What a statement stands on: the history that it saw and the documents that it names.
async fn check_ground(store: &mut dyn Locked, one: &Incoming<'_>) -> Result<(), AppendError> {
    let seen = one.statement.seen.size;
    let before = match seen.checked_sub(1) {
        Some(last) => store.range(last, seen).await?.first().map(|row| row.leaf),
        None => None,
    };
    one.has_seen(before)?;
    for digest in &one.relies_on {
        if !store.has_blob(digest).await? {
            return Err(refused(format!("the document {digest} is missing")));
        }
    }
    Ok(())
}
