//! A change log in memory: for tests and for trying out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::change::Digest;
use crate::ledger::{Head, Sealed, seal};
use crate::ports::{AppendError, Draft, Guard, LedgerStore, StoreError};

use super::intake::{self, Incoming, guard_head, guard_record, refused};

/// A change log that ends with the process.
#[derive(Debug, Default)]
pub struct MemoryLedger {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    records: Vec<Sealed>,
    ids: HashMap<String, usize>,
    blobs: HashMap<Digest, Vec<u8>>,
}

impl MemoryLedger {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn head(&self) -> Head {
        self.records.last().map_or(Head::EMPTY, |last| Head {
            size: last.seq.saturating_add(1),
            leaf: last.leaf,
        })
    }

    fn leaf_before(&self, size: u64) -> Option<[u8; 32]> {
        let last = usize::try_from(size.checked_sub(1)?).ok()?;
        self.records.get(last).map(|record| record.leaf)
    }

    fn logged(&self, one: &Incoming<'_>) -> Result<Option<Sealed>, AppendError> {
        let place = self.ids.get(&one.statement.id);
        let Some(record) = place.and_then(|place| self.records.get(*place)) else {
            return Ok(None);
        };
        one.is_said_in(&record.bytes)?;
        Ok(Some(record.clone()))
    }

    fn append(&mut self, drafts: &[Draft], guard: Guard<'_>, now: &str) -> Result<Vec<Sealed>, AppendError> {
        let incoming = intake::read(drafts)?;
        let logged = incoming
            .iter()
            .map(|one| self.logged(one))
            .collect::<Result<Vec<_>, _>>()?;
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
        let since = guard_head(guard, self.head())?;
        for row in self.records.iter().filter(|row| row.seq >= since) {
            guard_record(guard, row, &own)?;
        }
        for one in &fresh {
            one.has_seen(self.leaf_before(one.statement.seen.size))?;
            if let Some(missing) = one
                .relies_on
                .iter()
                .find(|digest| !self.blobs.contains_key(digest))
            {
                return Err(refused(format!("the document {missing} is missing")));
            }
        }
        let tail = intake::tail(self.records.last())?;
        let unsealed: Vec<_> = fresh.iter().map(|one| one.unsealed()).collect();
        let sealed = seal(tail.as_ref(), &unsealed, now).map_err(intake::unsealable)?;
        for (one, record) in fresh.iter().zip(&sealed) {
            self.ids.insert(one.statement.id.clone(), self.records.len());
            self.records.push(record.clone());
            for (digest, bytes) in &one.blobs {
                self.blobs.entry(*digest).or_insert_with(|| bytes.to_vec());
            }
        }
        let mut sealed = sealed.into_iter();
        Ok(logged
            .into_iter()
            .filter_map(|old| old.or_else(|| sealed.next()))
            .collect())
    }
}

#[async_trait]
impl LedgerStore for MemoryLedger {
    async fn head(&self) -> Result<Head, StoreError> {
        Ok(self.kept().head())
    }

    async fn append(
        &self,
        drafts: &[Draft],
        guard: Guard<'_>,
        now: &str,
    ) -> Result<Vec<Sealed>, AppendError> {
        self.kept().append(drafts, guard, now)
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        let kept = self.kept();
        let inside = kept
            .records
            .iter()
            .filter(|record| (from..to).contains(&record.seq));
        Ok(inside.cloned().collect())
    }

    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError> {
        let kept = self.kept();
        let place = kept.ids.get(id).and_then(|place| kept.records.get(*place));
        Ok(place.map(|record| record.seq))
    }

    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.kept().blobs.get(digest).cloned())
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }
}
