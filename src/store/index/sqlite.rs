//! The history index over one SQLite file.

use std::path::Path;

use async_trait::async_trait;
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::Mutex;

use crate::ports::{Filter, Found, HistoryIndex, LedgerStore, Part, Reach, StoreError};
use crate::store::sqlite::store_error;

use super::{open, project, search};

/// A history index in an SQLite file, or in memory.
#[derive(Debug)]
pub struct SqliteIndex {
    connection: Mutex<SqliteConnection>,
}

impl SqliteIndex {
    /// The index in this file; one that is missing, damaged or of another version is made anew.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the file cannot be written.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::over(open::open(path).await?))
    }

    /// An index that ends with the process.
    ///
    /// # Errors
    /// [`StoreError`] from SQLite.
    pub async fn in_memory() -> Result<Self, StoreError> {
        Ok(Self::over(open::in_memory().await?))
    }

    fn over(connection: SqliteConnection) -> Self {
        Self {
            connection: Mutex::new(connection),
        }
    }

    /// Closes the file.
    ///
    /// # Errors
    /// [`StoreError`] from SQLite.
    pub async fn close(self) -> Result<(), StoreError> {
        self.connection.into_inner().close().await.map_err(store_error)
    }
}

#[async_trait]
impl HistoryIndex for SqliteIndex {
    async fn advance(&self, log: &dyn LedgerStore, texts: bool) -> Result<Reach, StoreError> {
        let mut connection = self.connection.lock().await;
        // A writer from the start: what another process took in meanwhile is seen, not doubled.
        let mut transaction = connection
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(store_error)?;
        let reach = project::advance(&mut transaction, log, texts).await?;
        transaction.commit().await.map_err(store_error)?;
        Ok(reach)
    }

    async fn find(&self, filter: &Filter, part: Part) -> Result<Found, StoreError> {
        search::find(&mut *self.connection.lock().await, filter, part).await
    }
}
