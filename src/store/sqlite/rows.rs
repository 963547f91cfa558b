//! Rows to records, and SQLite's errors to the store's.

use sqlx::SqliteConnection;

use crate::change::Digest;
use crate::ledger::Sealed;
use crate::ports::StoreError;
use crate::store::row::{Row, number, sealed};

/// What SQLite says, in the store's terms. Extended codes have the primary one in their lowest byte.
pub(in crate::store) fn store_error(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|e| e.code());
    let code = code.and_then(|code| code.parse::<u32>().ok());
    let words = error.to_string();
    match code.map(|code| code & 0xff) {
        // The file that readers and writers share cannot grow.
        _ if code == Some(4874) => StoreError::NoRoom(words),
        // A damaged file, or no database.
        Some(11 | 26) => StoreError::Damaged(words),
        Some(13) => StoreError::NoRoom(words),
        // Nobody may write the file, or make the files beside it.
        Some(3 | 8 | 14) => StoreError::ReadOnly(words),
        None if matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => {
            StoreError::Damaged(words)
        }
        _ => StoreError::Unreachable(words),
    }
}

pub(super) async fn last(connection: &mut SqliteConnection) -> Result<Option<Sealed>, StoreError> {
    let row: Option<Row> = sqlx::query_as("SELECT seq, leaf, bytes FROM record ORDER BY seq DESC LIMIT 1")
        .fetch_optional(connection)
        .await
        .map_err(store_error)?;
    row.map(sealed).transpose()
}

pub(super) async fn by_id(connection: &mut SqliteConnection, id: &str) -> Result<Option<Sealed>, StoreError> {
    let row: Option<Row> = sqlx::query_as("SELECT seq, leaf, bytes FROM record WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await
        .map_err(store_error)?;
    row.map(sealed).transpose()
}

pub(super) async fn range(
    connection: &mut SqliteConnection,
    from: u64,
    to: u64,
) -> Result<Vec<Sealed>, StoreError> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT seq, leaf, bytes FROM record WHERE seq >= ? AND seq < ? ORDER BY seq")
            .bind(number(from))
            .bind(number(to))
            .fetch_all(connection)
            .await
            .map_err(store_error)?;
    rows.into_iter().map(sealed).collect()
}

/// The document with this digest; one that is not what its digest says is not handed out.
pub(super) async fn blob(
    connection: &mut SqliteConnection,
    digest: &Digest,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row: Option<(Vec<u8>,)> = sqlx::query_as("SELECT bytes FROM blob WHERE digest = ?")
        .bind(&digest.as_bytes()[..])
        .fetch_optional(connection)
        .await
        .map_err(store_error)?;
    match row {
        Some((bytes,)) if Digest::of(&bytes) != *digest => {
            Err(StoreError::Damaged(format!("the document {digest} was altered")))
        }
        other => Ok(other.map(|(bytes,)| bytes)),
    }
}
