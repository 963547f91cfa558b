//! The log while one transaction holds it. What an append will ask is fetched with the lock, and
//! what it puts goes with the commit: two answers to wait for.

use std::collections::HashMap;

use async_trait::async_trait;
use sqlx::Row as _;

use crate::change::Digest;
use crate::ledger::{Head, Sealed, Statement};
use crate::ports::StoreError;
use crate::store::append::{Locked, Placed};
use crate::store::intake::Incoming;
use crate::store::row::{number, sealed};

use super::quote::{bytes, list, text};
use super::session::Session;

/// How much goes in one message, in records and in bytes.
const MOST_RECORDS: usize = 500;
const MOST_BYTES: usize = 8 << 20;

/// What an append is going to ask.
#[derive(Default)]
pub(super) struct Wanted {
    ids: Vec<String>,
    /// Numbers of the last records that signers had seen.
    seen: Vec<u64>,
    /// Documents that are relied on.
    documents: Vec<Digest>,
}

impl Wanted {
    pub(super) fn by(incoming: &[Incoming<'_>]) -> Self {
        Self {
            ids: incoming.iter().map(|one| one.statement.id.clone()).collect(),
            seen: incoming
                .iter()
                .filter_map(|one| one.statement.seen.size.checked_sub(1))
                .collect(),
            documents: incoming.iter().flat_map(|one| one.relies_on.clone()).collect(),
        }
    }
}

/// A log in a transaction that holds its lock.
pub(super) struct LockedLog<'s> {
    session: &'s mut Session,
    origin: &'s str,
    head: Head,
    last: Option<Sealed>,
    fetched: HashMap<u64, Sealed>,
    /// The wanted ids: number of the record where there is one.
    ids: HashMap<String, Option<u64>>,
    documents: HashMap<Digest, bool>,
    /// The last of what was put, for the commit.
    unsent: Option<String>,
}

impl<'s> LockedLog<'s> {
    /// Begins a transaction, takes the lock and fetches what is wanted.
    pub(super) async fn begin(
        session: &'s mut Session,
        origin: &'s str,
        wanted: Wanted,
    ) -> Result<Self, StoreError> {
        let rows = session.script(opening(origin, &wanted)).await?;
        let mut log = Self {
            session,
            origin,
            head: Head::EMPTY,
            last: None,
            fetched: HashMap::new(),
            ids: wanted.ids.into_iter().map(|id| (id, None)).collect(),
            documents: wanted
                .documents
                .into_iter()
                .map(|digest| (digest, false))
                .collect(),
            unsent: None,
        };
        for row in &rows {
            log.note(row)?;
        }
        log.last = log
            .head
            .size
            .checked_sub(1)
            .and_then(|seq| log.fetched.get(&seq))
            .cloned();
        // Whatever lies behind the head is not looked at: the next record would not fit there.
        if log.last.as_ref().map_or([0; 32], |last| last.leaf) != log.head.leaf {
            return Err(StoreError::Damaged(
                "the log's head is not its last record".to_owned(),
            ));
        }
        Ok(log)
    }

    fn note(&mut self, row: &sqlx::postgres::PgRow) -> Result<(), StoreError> {
        type Noted = (String, i64, Vec<u8>, Vec<u8>, String);
        let read = || -> Result<Noted, sqlx::Error> {
            Ok((
                row.try_get(0)?,
                row.try_get(1)?,
                row.try_get(2)?,
                row.try_get(3)?,
                row.try_get(4)?,
            ))
        };
        let (what, seq, leaf, bytes, id) = read().map_err(|error| self.session.failed(&error))?;
        if what == "document" {
            let digest = <[u8; 32]>::try_from(leaf).map(Digest::from_bytes);
            self.documents.extend(digest.ok().map(|digest| (digest, true)));
            return Ok(());
        }
        let record = sealed((seq, leaf, bytes))?;
        if what == "head" {
            self.head = Head {
                size: record.seq,
                leaf: record.leaf,
            };
            return Ok(());
        }
        if let Some(place) = self.ids.get_mut(&id) {
            *place = Some(record.seq);
        }
        self.fetched.insert(record.seq, record);
        Ok(())
    }

    /// Ends the transaction: with what was put, or with nothing.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        let end = match self.unsent.take() {
            Some(put) => format!("{put}; COMMIT"),
            None => "ROLLBACK".to_owned(),
        };
        self.session.script(end).await?;
        Ok(())
    }
}

/// Begins, locks, and asks everything that an append needs to know.
fn opening(origin: &str, wanted: &Wanted) -> String {
    let origin = text(origin);
    let log = format!("(SELECT id FROM sekisho.log WHERE origin = {origin})");
    let rows = "SELECT 'record', seq, leaf, bytes, id FROM sekisho.record WHERE log =";
    let mut sql = format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
         SET LOCAL lock_timeout = '5s'; \
         SET LOCAL idle_in_transaction_session_timeout = '60s'; \
         SELECT 'head', o_size, o_head, decode('','hex'), '' FROM sekisho.lock_head({origin}); \
         ({rows} {log} ORDER BY seq DESC LIMIT 1)"
    );
    if !wanted.ids.is_empty() {
        let ids = list(wanted.ids.iter().map(|id| text(id)), "text");
        sql.push_str(&format!(" UNION ALL {rows} {log} AND id = ANY({ids})"));
    }
    if !wanted.seen.is_empty() {
        let seen = list(wanted.seen.iter().map(|seq| number(*seq).to_string()), "bigint");
        sql.push_str(&format!(" UNION ALL {rows} {log} AND seq = ANY({seen})"));
    }
    if !wanted.documents.is_empty() {
        let digests = list(
            wanted.documents.iter().map(|digest| bytes(digest.as_bytes())),
            "bytea",
        );
        sql.push_str(&format!(
            " UNION ALL SELECT 'document', 0, digest, decode('','hex'), '' FROM sekisho.blob \
             WHERE log = {log} AND digest = ANY({digests})"
        ));
    }
    sql
}

#[async_trait]
impl Locked for LockedLog<'_> {
    async fn last(&mut self) -> Result<Option<Sealed>, StoreError> {
        Ok(self.last.clone())
    }

    async fn logged(&mut self, statement: &Statement) -> Result<Option<Sealed>, StoreError> {
        match self.ids.get(&statement.id) {
            Some(place) => Ok(place.and_then(|seq| self.fetched.get(&seq)).cloned()),
            None => self.session.by_id(self.origin, &statement.id).await,
        }
    }

    async fn range(&mut self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        let only = (to == from.saturating_add(1))
            .then(|| self.fetched.get(&from))
            .flatten();
        match only {
            Some(record) => Ok(vec![record.clone()]),
            None => self.session.range(self.origin, from, to).await,
        }
    }

    async fn has_blob(&mut self, digest: &Digest) -> Result<bool, StoreError> {
        match self.documents.get(digest) {
            Some(there) => Ok(*there),
            None => Ok(self.session.blob(self.origin, digest).await?.is_some()),
        }
    }

    async fn put(&mut self, placed: &[Placed<'_>]) -> Result<(), StoreError> {
        for chunk in chunks(placed) {
            if let Some(before) = self.unsent.take() {
                self.session.script(before).await?;
            }
            self.unsent = Some(putting(self.origin, self.head, chunk));
            for one in chunk {
                self.head = Head {
                    size: one.record.seq.saturating_add(1),
                    leaf: one.record.leaf,
                };
            }
        }
        Ok(())
    }
}

/// Neighbours that go together in one message.
pub(super) fn chunks<'p, 'a>(placed: &'p [Placed<'a>]) -> Vec<&'p [Placed<'a>]> {
    let weight = |one: &Placed<'_>| {
        let blobs: usize = one.blobs.iter().map(|(_, bytes)| bytes.len()).sum();
        blobs.saturating_add(one.record.bytes.len())
    };
    let mut chunks = Vec::new();
    let mut rest = placed;
    while !rest.is_empty() {
        let mut sum = 0_usize;
        let fits = rest.iter().take(MOST_RECORDS).take_while(|one| {
            sum = sum.saturating_add(weight(one));
            sum <= MOST_BYTES
        });
        let (chunk, after) = rest.split_at(fits.count().max(1));
        chunks.push(chunk);
        rest = after;
    }
    chunks
}

/// The call that puts records behind `head`, with their documents.
pub(super) fn putting(origin: &str, head: Head, placed: &[Placed<'_>]) -> String {
    let mut documents: HashMap<Digest, &[u8]> = HashMap::new();
    for one in placed {
        documents.extend(one.blobs.iter().map(|(digest, bytes)| (*digest, *bytes)));
    }
    format!(
        "SELECT FROM sekisho.append({},{},{},{},{},{},{},{})",
        text(origin),
        number(head.size),
        bytes(&head.leaf),
        list(placed.iter().map(|one| bytes(&one.record.leaf)), "bytea"),
        list(placed.iter().map(|one| bytes(&one.record.bytes)), "bytea"),
        list(placed.iter().map(|one| text(one.id)), "text"),
        list(documents.keys().map(|digest| bytes(digest.as_bytes())), "bytea"),
        list(documents.values().map(|value| bytes(value)), "bytea"),
    )
}
