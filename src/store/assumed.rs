//! The log as it is believed to be: what this process saw last. Good for one try without waiting for a
//! lock first; the store looks whether the belief holds, and everything that is not known here ends
//! the try.

use async_trait::async_trait;
use tokio::sync::Mutex;

use crate::change::Digest;
use crate::ledger::{Sealed, Statement};
use crate::ports::{Draft, Guard, StoreError};

use super::append::{Locked, Placed, append};

/// The last record that this process saw.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<Option<Sealed>>);

impl Seen {
    /// Keeps the last of records that were read or written, when it is the newest so far.
    pub(super) async fn note(&self, records: &[Sealed]) {
        let mut seen = self.0.lock().await;
        let before = seen.as_ref().map(|record| record.seq);
        if let Some(last) = records.last().filter(|last| Some(last.seq) >= before) {
            *seen = Some(last.clone());
        }
    }

    /// What an append would put behind that record. `None` when it is not known whether it may; a
    /// belief is used once, because it may have been wrong.
    pub(super) async fn sealed(&self, drafts: &[Draft], guard: Guard<'_>, now: &str) -> Option<Assumed> {
        let tail = self.0.lock().await.take()?;
        let mut log = AssumedLog {
            tail,
            put: Vec::new(),
        };
        let records = append(&mut log, drafts, guard, now).await.ok()?;
        (!log.put.is_empty()).then_some(Assumed {
            tail: log.tail,
            records,
            put: log.put,
        })
    }
}

/// Records that fit behind `tail`, if that is still the last one.
pub(super) struct Assumed {
    pub(super) tail: Sealed,
    pub(super) records: Vec<Sealed>,
    put: Vec<Put>,
}

struct Put {
    id: String,
    record: Sealed,
    blobs: Vec<(Digest, Vec<u8>)>,
}

impl Assumed {
    /// Gives what is to be put to `with`.
    pub(super) fn placed<T>(&self, with: impl FnOnce(&[Placed<'_>]) -> T) -> T {
        let blobs: Vec<Vec<(Digest, &[u8])>> = self
            .put
            .iter()
            .map(|put| put.blobs.iter().map(|(d, b)| (*d, b.as_slice())).collect())
            .collect();
        let placed: Vec<Placed<'_>> = self
            .put
            .iter()
            .zip(&blobs)
            .map(|(put, blobs)| Placed {
                id: &put.id,
                record: &put.record,
                blobs,
            })
            .collect();
        with(&placed)
    }
}

/// A log that ends with a record that was seen.
struct AssumedLog {
    tail: Sealed,
    put: Vec<Put>,
}

/// Ends the try; nobody gets to read it.
fn unknown() -> StoreError {
    StoreError::Unreachable("not known here".to_owned())
}

#[async_trait]
impl Locked for AssumedLog {
    async fn last(&mut self) -> Result<Option<Sealed>, StoreError> {
        Ok(Some(self.tail.clone()))
    }

    /// None that is known: the store refuses an id that was used.
    async fn logged(&mut self, _statement: &Statement) -> Result<Option<Sealed>, StoreError> {
        Ok(None)
    }

    async fn range(&mut self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        if from == self.tail.seq && to == from.saturating_add(1) {
            return Ok(vec![self.tail.clone()]);
        }
        Err(unknown())
    }

    async fn has_blob(&mut self, _digest: &Digest) -> Result<bool, StoreError> {
        Err(unknown())
    }

    async fn put(&mut self, placed: &[Placed<'_>]) -> Result<(), StoreError> {
        self.put.extend(placed.iter().map(|one| Put {
            id: one.id.to_owned(),
            record: one.record.clone(),
            blobs: one.blobs.iter().map(|(d, b)| (*d, b.to_vec())).collect(),
        }));
        Ok(())
    }
}
