//! The file inside one immediate transaction.

use async_trait::async_trait;
use sqlx::SqliteConnection;

use crate::change::Digest;
use crate::ledger::{Sealed, Statement};
use crate::ports::StoreError;

use super::rows::{self, store_error};
use crate::store::append::{Locked, Placed};
use crate::store::row::number;

/// A connection that holds the write lock.
pub(in crate::store) struct LockedFile<'c>(pub(in crate::store) &'c mut SqliteConnection);

#[async_trait]
impl Locked for LockedFile<'_> {
    async fn last(&mut self) -> Result<Option<Sealed>, StoreError> {
        rows::last(self.0).await
    }

    async fn logged(&mut self, statement: &Statement) -> Result<Option<Sealed>, StoreError> {
        rows::by_id(self.0, &statement.id).await
    }

    async fn range(&mut self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        rows::range(self.0, from, to).await
    }

    async fn has_blob(&mut self, digest: &Digest) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM blob WHERE digest = ?")
            .bind(&digest.as_bytes()[..])
            .fetch_optional(&mut *self.0)
            .await
            .map_err(store_error)?;
        Ok(row.is_some())
    }

    async fn put(&mut self, placed: &[Placed<'_>]) -> Result<(), StoreError> {
        for one in placed {
            for (digest, bytes) in one.blobs {
                if !self.has_blob(digest).await? {
                    self.put_blob(digest, bytes).await?;
                }
            }
            sqlx::query("INSERT INTO record (seq, leaf, bytes, id) VALUES (?, ?, ?, ?)")
                .bind(number(one.record.seq))
                .bind(&one.record.leaf[..])
                .bind(&one.record.bytes[..])
                .bind(one.id)
                .execute(&mut *self.0)
                .await
                .map_err(store_error)?;
        }
        Ok(())
    }
}

impl LockedFile<'_> {
    async fn put_blob(&mut self, digest: &Digest, bytes: &[u8]) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO blob (digest, bytes) VALUES (?, ?)")
            .bind(&digest.as_bytes()[..])
            .bind(bytes)
            .execute(&mut *self.0)
            .await
            .map_err(store_error)?;
        Ok(())
    }
}
