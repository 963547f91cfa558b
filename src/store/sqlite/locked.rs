//! The file inside one immediate transaction.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::change::Digest;
use crate::ledger::{Sealed, Statement};
use crate::ports::StoreError;

use super::rows::{self, store_error};
use crate::store::append::{Locked, Placed};
use crate::store::row::number;

/// Rows of one statement; SQLite takes 32,766 values.
const ROWS: usize = 50;

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
        let blobs: BTreeMap<Digest, &[u8]> = placed.iter().flat_map(|one| one.blobs).copied().collect();
        let blobs: Vec<_> = blobs.into_iter().collect();
        for some in blobs.chunks(ROWS) {
            self.put_blobs(some).await?;
        }
        for some in placed.chunks(ROWS) {
            let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO record (seq, leaf, bytes, id) ");
            query.push_values(some, |mut row, one| {
                row.push_bind(number(one.record.seq))
                    .push_bind(&one.record.leaf[..])
                    .push_bind(&one.record.bytes[..])
                    .push_bind(one.id);
            });
            query.build().execute(&mut *self.0).await.map_err(store_error)?;
        }
        Ok(())
    }
}

impl LockedFile<'_> {
    /// Puts those that are not there, which come once each.
    async fn put_blobs(&mut self, blobs: &[(Digest, &[u8])]) -> Result<(), StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO blob (digest, bytes) SELECT * FROM (");
        query.push_values(blobs, |mut row, (digest, bytes)| {
            row.push_bind(&digest.as_bytes()[..]).push_bind(*bytes);
        });
        query.push(") AS new WHERE NOT EXISTS (SELECT 1 FROM blob WHERE digest = new.column1)");
        query.build().execute(&mut *self.0).await.map_err(store_error)?;
        Ok(())
    }
}
