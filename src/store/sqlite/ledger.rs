//! The store over the file.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::change::Digest;
use crate::ledger::{Head, Sealed};
use crate::ports::{AppendError, Draft, Guard, LedgerStore, StoreError};

use super::locked::LockedFile;
use super::rows::{self, store_error};
use super::{assuming, open, schema};
use crate::store::append::{adopt, append};
use crate::store::assumed::Seen;

/// A change log in one SQLite file: WAL, `synchronous=FULL`, append-only by triggers.
#[derive(Debug, Clone)]
pub struct SqliteLedger {
    pool: SqlitePool,
    seen: Arc<Seen>,
}

impl SqliteLedger {
    /// Makes a new, empty log; the folder must be there.
    ///
    /// # Errors
    /// [`StoreError`] when something is there already or the file cannot be made.
    pub async fn create(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::over(open::create(path).await?))
    }

    /// Opens a log for reading and appending; an older schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no file, [`StoreError::Damaged`] when it is none of
    /// ours, cut short, or of a newer version.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::over(open::open(path).await?))
    }

    /// Opens a log for reading.
    ///
    /// # Errors
    /// As [`SqliteLedger::open`].
    pub async fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::over(open::open_read_only(path).await?))
    }

    /// Closes the file and waits until SQLite has put its side files away.
    pub async fn close(self) {
        self.pool.close().await;
    }

    fn over(pool: SqlitePool) -> Self {
        Self {
            pool,
            seen: Arc::default(),
        }
    }

    async fn connection(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.pool.acquire().await.map_err(store_error)
    }
}

impl SqliteLedger {
    /// Moves what is in the write-ahead file into the database; whether all of it was moved.
    async fn fold_back(&self) -> Result<bool, sqlx::Error> {
        let (busy, ..): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&self.pool)
            .await?;
        Ok(busy == 0)
    }

    /// Appends in one go behind the record that was seen last. `None` when that did not do: then the
    /// usual way says why.
    async fn append_assuming(&self, drafts: &[Draft], guard: Guard<'_>, now: &str) -> Option<Vec<Sealed>> {
        let assumed = self.seen.sealed(drafts, guard, now).await?;
        let mut connection = self.connection().await.ok()?;
        if assuming::put(&mut connection, &assumed).await {
            return Some(assumed.records);
        }
        // Whatever went wrong, nothing of it stays.
        if sqlx::query("ROLLBACK").execute(&mut *connection).await.is_err() {
            connection.close_on_drop();
        }
        None
    }

    /// A transaction that is a writer from the start: one that becomes it later fails at once
    /// when another was faster.
    pub(in crate::store) async fn writing(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(store_error)
    }
}

/// Commits what went well and takes back what did not.
pub(in crate::store) async fn settle<T, E: From<StoreError>>(
    transaction: Transaction<'static, Sqlite>,
    outcome: Result<T, E>,
) -> Result<T, E> {
    let ended = match outcome {
        Ok(_) => transaction.commit().await,
        Err(_) => transaction.rollback().await,
    };
    ended.map_err(store_error)?;
    outcome
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
        if let Some(sealed) = self.append_assuming(drafts, guard, now).await {
            self.seen.note(&sealed).await;
            return Ok(sealed);
        }
        let mut transaction = self.writing().await?;
        let outcome = append(&mut LockedFile(&mut transaction), drafts, guard, now).await;
        let sealed = settle(transaction, outcome).await?;
        self.seen.note(&sealed).await;
        Ok(sealed)
    }

    async fn adopt(&self, records: &[Sealed], blobs: &[Vec<u8>]) -> Result<(), AppendError> {
        let mut transaction = self.writing().await?;
        let outcome = adopt(&mut LockedFile(&mut transaction), records, blobs).await;
        settle(transaction, outcome).await
    }

    async fn erase(&self, digest: &Digest) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let erased = sqlx::query("DELETE FROM blob WHERE digest = ?")
            .bind(&digest.as_bytes()[..])
            .execute(&mut *connection)
            .await;
        erased.map_err(store_error)?;
        drop(connection);
        if self.fold_back().await.map_err(store_error)? {
            return Ok(());
        }
        Err(StoreError::Unreachable(
            "another program reads the log, so the document is still in its side file; do it again"
                .to_owned(),
        ))
    }

    async fn settle(&self) -> Result<(), StoreError> {
        // Every commit is on the disk already: when a reader is in the way, or the file may only
        // be read, a later writer does it.
        let _ = self.fold_back().await;
        Ok(())
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        let records = rows::range(&mut *self.connection().await?, from, to).await?;
        self.seen.note(&records).await;
        Ok(records)
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
