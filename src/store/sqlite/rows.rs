//! Rows to records, and SQLite's errors to the store's.

use sqlx::SqliteConnection;

use crate::change::Digest;
use crate::ledger::Sealed;
use crate::ports::StoreError;
use crate::store::row::{Row, number, sealed};

const CORRUPT: [&str; 2] = ["11", "26"];

/// What SQLite says, in the store's terms. Codes 11 and 26 are a damaged file and no database;
/// extended codes have the primary one in their lowest byte.
pub(in crate::store) fn store_error(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|e| e.code()).map(|code| {
        let number = code.parse::<u32>().unwrap_or_default();
        (number & 0xff).to_string()
    });
    let damaged = code.is_some_and(|code| CORRUPT.contains(&code.as_str()));
    let wrong_value = matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_));
    if damaged || wrong_value {
        StoreError::Damaged(error.to_string())
    } else {
        StoreError::Unreachable(error.to_string())
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
