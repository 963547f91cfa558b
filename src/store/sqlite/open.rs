//! Creates and opens the file.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::ports::StoreError;

use super::rows::store_error;
use super::schema;

/// How long a writer waits for others. SQLite lets whoever happens to ask first go first, so in a crowd
/// somebody waits for nearly all of them.
const PATIENCE: Duration = Duration::from_secs(30);

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(PATIENCE)
        // How far SQLite's thread may read ahead of whoever asked.
        .row_buffer_size(1_000)
}

/// A commit is on the disk when it returns: a log that forgets its last records after a power
/// failure is no log.
fn writing(path: &Path) -> SqliteConnectOptions {
    options(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // What is taken out is overwritten, not only unlinked.
        .pragma("secure_delete", "ON")
}

async fn pool(options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    SqlitePoolOptions::new()
        .max_connections(2)
        // A file does not go away as a server does, and asking costs two changes of thread.
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(store_error)
}

pub(super) async fn create(path: &Path) -> Result<SqlitePool, StoreError> {
    if std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
        return Err(StoreError::Unreachable(format!(
            "{} exists already",
            path.display()
        )));
    }
    let pool = pool(writing(path).create_if_missing(true)).await?;
    migrate(&pool).await?;
    Ok(pool)
}

pub(super) async fn open(path: &Path) -> Result<SqlitePool, StoreError> {
    look_at(path)?;
    let pool = pool(writing(path)).await?;
    if version(&pool).await? < schema::newest() {
        migrate(&pool).await?;
    }
    Ok(pool)
}

pub(super) async fn open_read_only(path: &Path) -> Result<SqlitePool, StoreError> {
    look_at(path)?;
    let pool = pool(options(path).read_only(true)).await?;
    let version = version(&pool).await?;
    if version < schema::newest() {
        return Err(StoreError::Damaged(format!(
            "schema {version} is older than this version's; open the log once for writing"
        )));
    }
    Ok(pool)
}

async fn migrate(pool: &SqlitePool) -> Result<(), StoreError> {
    let done = schema::migrator().run(pool).await;
    done.map_err(|error| StoreError::Damaged(error.to_string()))
}

/// The schema's version; an error when it is newer than this program or there is none.
async fn version(pool: &SqlitePool) -> Result<i64, StoreError> {
    let has: (i64,) = sqlx::query_as(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('_sqlx_migrations', 'record', 'blob')",
    )
    .fetch_one(pool)
    .await
    .map_err(store_error)?;
    if has.0 != 3 {
        return Err(StoreError::Damaged(
            "an SQLite file, but no change log".to_owned(),
        ));
    }
    let version: (i64,) =
        sqlx::query_as("SELECT coalesce(max(version), 0) FROM _sqlx_migrations WHERE success")
            .fetch_one(pool)
            .await
            .map_err(store_error)?;
    if version.0 > schema::newest() {
        return Err(StoreError::Damaged(format!(
            "schema {} was written by a newer version; this one knows {}",
            version.0,
            schema::newest()
        )));
    }
    Ok(version.0)
}

/// Looks at the file's header first: SQLite notices a file that was cut only when it reaches
/// the end.
fn look_at(path: &Path) -> Result<(), StoreError> {
    let place = path.display();
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::Missing(place.to_string()),
        _ => StoreError::of_file(path, &error),
    };
    // Opening what is no file, a pipe, would wait for somebody at its other end.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(StoreError::Damaged(format!("{place} is not a file")));
    }
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let mut header = Vec::with_capacity(100);
    file.take(100).read_to_end(&mut header).map_err(unreadable)?;
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::Damaged(format!("{place} is not an SQLite file")));
    }
    // A process that ended in the middle of folding back leaves a short file and a write-ahead
    // file that SQLite completes it from.
    let mut ahead = path.as_os_str().to_owned();
    ahead.push("-wal");
    let completed = std::fs::metadata(ahead).is_ok_and(|file| file.len() > 0);
    if !completed && expected_length(&header).is_none_or(|expected| length < expected) {
        return Err(StoreError::Damaged(format!("{place} was cut short")));
    }
    Ok(())
}

/// Page size times page count, as the header has them; 0 when its count is not to be relied on.
fn expected_length(header: &[u8]) -> Option<u64> {
    let page_size = u16::from_be_bytes(header.get(16..18)?.try_into().ok()?);
    let page_size = if page_size == 1 {
        65_536
    } else {
        u64::from(page_size)
    };
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    let counted = number(24)? == number(92)?;
    Some(if counted {
        page_size * u64::from(number(28)?)
    } else {
        0
    })
}
