//! The store over the file.

use std::path::Path;

use async_trait::async_trait;
use sqlx::SqlitePool;
use sqlx::pool::PoolConnection;

use crate::change::Digest;
use crate::ledger::{Head, Sealed};
use crate::ports::{AppendError, Draft, Guard, LedgerStore, StoreError};

use super::append::append;
use super::rows::{self, store_error};
use super::{open, schema};

/// A change log in one SQLite file: WAL, `synchronous=FULL`, append-only by triggers.
#[derive(Debug, Clone)]
pub struct SqliteLedger {
    pool: SqlitePool,
}

impl SqliteLedger {
    /// Makes a new, empty log; the folder must be there.
    ///
    /// # Errors
    /// [`StoreError`] when something is there already or the file cannot be made.
    pub async fn create(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            pool: open::create(path).await?,
        })
    }

    /// Opens a log for reading and appending; an older schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no file, [`StoreError::Damaged`] when it is none of
    /// ours, cut short, or of a newer version.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            pool: open::open(path).await?,
        })
    }

    /// Opens a log for reading.
    ///
    /// # Errors
    /// As [`SqliteLedger::open`].
    pub async fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            pool: open::open_read_only(path).await?,
        })
    }

    /// Closes the file and waits until SQLite has put its side files away.
    pub async fn close(self) {
        self.pool.close().await;
    }

    async fn connection(&self) -> Result<PoolConnection<sqlx::Sqlite>, StoreError> {
        self.pool.acquire().await.map_err(store_error)
    }
}

impl SqliteLedger {
    /// Moves what is in the write-ahead file into the database, so that a copy of the one file
    /// is a copy of the log. The commit is on the disk already: when a reader is in the way, the
    /// next append does it.
    async fn fold_back(&self) {
        let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.pool)
            .await;
    }
}

#[async_trait]
impl LedgerStore for SqliteLedger {
    async fn head(&self) -> Result<Head, StoreError> {
        let last = rows::last(&mut *self.connection().await?).await?;
        Ok(last.map_or(Head::EMPTY, |last| Head {
            size: last.seq.saturating_add(1),
            leaf: last.leaf,
        }))
    }

    async fn append(
        &self,
        drafts: &[Draft],
        guard: Guard<'_>,
        now: &str,
    ) -> Result<Vec<Sealed>, AppendError> {
        // A transaction that only later becomes a writer fails at once when another was faster.
        let mut transaction = self
            .pool
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(store_error)?;
        match append(&mut transaction, drafts, guard, now).await {
            Ok(sealed) => {
                transaction.commit().await.map_err(store_error)?;
                self.fold_back().await;
                Ok(sealed)
            }
            Err(error) => {
                transaction.rollback().await.map_err(store_error)?;
                Err(error)
            }
        }
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        rows::range(&mut *self.connection().await?, from, to).await
    }

    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError> {
        let found = rows::by_id(&mut *self.connection().await?, id).await?;
        Ok(found.map(|record| record.seq))
    }

    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        rows::blob(&mut *self.connection().await?, digest).await
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut connection = self.connection().await?;
        let found: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check(20)")
            .fetch_all(&mut *connection)
            .await
            .map_err(store_error)?;
        let mut complaints: Vec<String> = found
            .into_iter()
            .map(|(line,)| line)
            .filter(|line| line != "ok")
            .collect();
        complaints.extend(schema::differences(&mut connection).await?);
        let (count, end): (i64, i64) =
            sqlx::query_as("SELECT count(*), coalesce(max(seq) + 1, 0) FROM record")
                .fetch_one(&mut *connection)
                .await
                .map_err(store_error)?;
        if count != end {
            complaints.push(format!("{count} records, but the last one is number {}", end - 1));
        }
        let strangers: Vec<(i64,)> = sqlx::query_as(
            "SELECT seq FROM record WHERE id IS NOT \
             CASE WHEN json_valid(CAST(bytes AS TEXT)) THEN json_extract(CAST(bytes AS TEXT), '$.st.id') END \
             ORDER BY seq LIMIT 20",
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(store_error)?;
        complaints.extend(
            strangers
                .iter()
                .map(|(seq,)| format!("record {seq} is filed under another id")),
        );
        Ok(complaints)
    }
}
