//! The mirror inside one transaction, which also keeps what is to go to the remote.

use async_trait::async_trait;

use crate::change::Digest;
use crate::ledger::{Sealed, Statement};
use crate::ports::StoreError;

use crate::store::append::{Locked, Placed};
use crate::store::sqlite::LockedFile;

/// What was put, and is committed only once the remote has it.
pub(super) struct Offered<'c> {
    pub(super) file: LockedFile<'c>,
    pub(super) records: Vec<Sealed>,
    pub(super) blobs: Vec<(Digest, Vec<u8>)>,
}

impl<'c> Offered<'c> {
    pub(super) fn onto(file: LockedFile<'c>) -> Self {
        Self {
            file,
            records: Vec::new(),
            blobs: Vec::new(),
        }
    }
}

#[async_trait]
impl Locked for Offered<'_> {
    async fn last(&mut self) -> Result<Option<Sealed>, StoreError> {
        self.file.last().await
    }

    async fn logged(&mut self, statement: &Statement) -> Result<Option<Sealed>, StoreError> {
        self.file.logged(statement).await
    }

    async fn range(&mut self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        self.file.range(from, to).await
    }

    async fn has_blob(&mut self, digest: &Digest) -> Result<bool, StoreError> {
        self.file.has_blob(digest).await
    }

    async fn put(&mut self, placed: &[Placed<'_>]) -> Result<(), StoreError> {
        for one in placed {
            for (digest, bytes) in one.blobs {
                if !self.file.has_blob(digest).await? {
                    self.blobs.push((*digest, bytes.to_vec()));
                }
            }
            self.records.push(one.record.clone());
        }
        self.file.put(placed).await
    }
}
