//! The log as it is believed to be: what this process saw last. Good for one try without a lock; the
//! database looks whether the belief holds, and everything that is not known here ends the try.

use async_trait::async_trait;

use crate::change::Digest;
use crate::ledger::{Head, Sealed, Statement};
use crate::ports::StoreError;
use crate::store::append::{Locked, Placed};

use super::locked::{chunks, putting};

/// A log that ends with a record that was seen.
pub(super) struct AssumedLog<'s> {
    origin: &'s str,
    tail: Sealed,
    /// What to send, once something was put.
    pub(super) message: Option<String>,
}

impl<'s> AssumedLog<'s> {
    pub(super) fn ending(origin: &'s str, tail: Sealed) -> Self {
        Self {
            origin,
            tail,
            message: None,
        }
    }
}

/// Ends the try; nobody gets to read it.
fn unknown() -> StoreError {
    StoreError::Unreachable("not known here".to_owned())
}

#[async_trait]
impl Locked for AssumedLog<'_> {
    async fn last(&mut self) -> Result<Option<Sealed>, StoreError> {
        Ok(Some(self.tail.clone()))
    }

    /// None that is known: the database refuses an id that was used.
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
        let head = Head {
            size: self.tail.seq.saturating_add(1),
            leaf: self.tail.leaf,
        };
        // More than one message would need a transaction, and so the lock.
        let [only] = chunks(placed)[..] else {
            return Err(unknown());
        };
        self.message = Some(putting(self.origin, head, only));
        Ok(())
    }
}
