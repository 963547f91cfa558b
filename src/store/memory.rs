//! A change log in memory: for tests and for trying out.

use std::collections::HashMap;

use async_trait::async_trait;
use tokio::sync::Mutex;

use crate::change::Digest;
use crate::ledger::{Head, Sealed, Statement};
use crate::ports::{AppendError, Draft, Guard, LedgerStore, StoreError};

use super::append::{Locked, Placed, adopt, append};
use super::intake;

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
}

impl Kept {
    fn head(&self) -> Head {
        self.records.last().map_or(Head::EMPTY, |last| Head {
            size: last.seq.saturating_add(1),
            leaf: last.leaf,
        })
    }

    fn numbered(&self, from: u64, to: u64) -> Vec<Sealed> {
        let inside = |record: &&Sealed| (from..to).contains(&record.seq);
        self.records.iter().filter(inside).cloned().collect()
    }

    fn of_id(&self, id: &str) -> Option<&Sealed> {
        self.records.get(*self.ids.get(id)?)
    }
}

#[async_trait]
impl Locked for Kept {
    async fn last(&mut self) -> Result<Option<Sealed>, StoreError> {
        Ok(self.records.last().cloned())
    }

    async fn logged(&mut self, statement: &Statement) -> Result<Option<Sealed>, StoreError> {
        Ok(self.of_id(&statement.id).cloned())
    }

    async fn range(&mut self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        Ok(self.numbered(from, to))
    }

    async fn has_blob(&mut self, digest: &Digest) -> Result<bool, StoreError> {
        Ok(self.blobs.contains_key(digest))
    }

    async fn put(&mut self, placed: &[Placed<'_>]) -> Result<(), StoreError> {
        for one in placed {
            self.ids.insert(one.id.to_owned(), self.records.len());
            self.records.push(one.record.clone());
            for (digest, bytes) in one.blobs {
                self.blobs.entry(*digest).or_insert_with(|| bytes.to_vec());
            }
        }
        Ok(())
    }
}

#[async_trait]
impl LedgerStore for MemoryLedger {
    async fn head(&self) -> Result<Head, StoreError> {
        Ok(self.kept.lock().await.head())
    }

    async fn append(
        &self,
        drafts: &[Draft],
        guard: Guard<'_>,
        now: &str,
    ) -> Result<Vec<Sealed>, AppendError> {
        append(&mut *self.kept.lock().await, drafts, guard, now).await
    }

    async fn adopt(&self, records: &[Sealed], blobs: &[Vec<u8>]) -> Result<(), AppendError> {
        adopt(&mut *self.kept.lock().await, records, blobs).await
    }

    async fn erase(&self, digest: &Digest) -> Result<(), StoreError> {
        let mut kept = self.kept.lock().await;
        if kept.blobs.contains_key(digest) {
            intake::redacted(kept.records.iter(), digest)?;
            kept.blobs.remove(digest);
        }
        Ok(())
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        Ok(self.kept.lock().await.numbered(from, to))
    }

    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError> {
        Ok(self.kept.lock().await.of_id(id).map(|record| record.seq))
    }

    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.kept.lock().await.blobs.get(digest).cloned())
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }
}
