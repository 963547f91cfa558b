//! Opens the file, or begins it again.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection as _, SqliteConnection};

use crate::ports::StoreError;
use crate::store::sqlite::store_error;

/// How long one process waits for another that is catching up.
const PATIENCE: Duration = Duration::from_secs(5);

/// The version of what is in the file. Another one is thrown away and made again.
const VERSION: i64 = 2;

const INIT: &str = include_str!("../../../migrations/index/0001_init.sql");

/// The index in this file; one that is damaged, of another version or no index is replaced.
pub(super) async fn open(path: &Path) -> Result<SqliteConnection, StoreError> {
    match usable(path).await {
        Ok(Some(connection)) => return Ok(connection),
        Ok(None) | Err(StoreError::Damaged(_)) => {}
        Err(error) => return Err(error),
    }
    remove(path)?;
    let mut connection = options().filename(path).connect().await.map_err(store_error)?;
    begin_again(&mut connection).await?;
    Ok(connection)
}

/// An index that ends with the process.
pub(super) async fn in_memory() -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::new().in_memory(true);
    let mut connection = options.connect().await.map_err(store_error)?;
    begin_again(&mut connection).await?;
    Ok(connection)
}

/// No write-ahead file: what a record takes out has to be gone from every file. A crash can cost
/// the index and nothing else, so a commit need not wait for the disk more than it has to.
fn options() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .create_if_missing(true)
        .busy_timeout(PATIENCE)
        .journal_mode(SqliteJournalMode::Truncate)
        .synchronous(SqliteSynchronous::Normal)
        .pragma("secure_delete", "ON")
        .pragma("cache_size", "-65536")
}

async fn usable(path: &Path) -> Result<Option<SqliteConnection>, StoreError> {
    let mut connection = options().filename(path).connect().await.map_err(store_error)?;
    let version: Result<(i64,), _> = sqlx::query_as("PRAGMA user_version")
        .fetch_one(&mut connection)
        .await;
    let whole = match version.map_err(store_error)? {
        (VERSION,) => is_whole(&mut connection).await?,
        _ => false,
    };
    if whole {
        return Ok(Some(connection));
    }
    // Its file is about to go.
    connection.close().await.map_err(store_error)?;
    Ok(None)
}

/// Whether the tables are there; what a damaged one says later is the reader's business.
async fn is_whole(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let (tables,): (i64,) = sqlx::query_as(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' \
         AND name IN ('reach', 'event', 'about', 'document', 'redacted', 'said')",
    )
    .fetch_one(connection)
    .await
    .map_err(store_error)?;
    Ok(tables == 6)
}

fn remove(path: &Path) -> Result<(), StoreError> {
    for end in ["", "-journal"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        match std::fs::remove_file(PathBuf::from(file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::Unreachable(format!("{}: {error}", path.display())));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Empties it and makes the tables.
pub(super) async fn begin_again(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    for table in ["said", "redacted", "document", "about", "event", "reach"] {
        let drop = sqlx::AssertSqlSafe(format!("DROP TABLE IF EXISTS {table}"));
        sqlx::query(drop)
            .execute(&mut *connection)
            .await
            .map_err(store_error)?;
    }
    sqlx::raw_sql(INIT)
        .execute(&mut *connection)
        .await
        .map_err(store_error)?;
    let version = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {VERSION}"));
    sqlx::query(version)
        .execute(connection)
        .await
        .map_err(store_error)?;
    Ok(())
}
