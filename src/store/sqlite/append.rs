//! One append: everything inside one immediate transaction.

use sqlx::SqliteConnection;

use crate::change::Digest;
use crate::ledger::{Head, Sealed, Tail, seal};
use crate::ports::{AppendError, Draft, Guard};

use super::rows::{by_id, last, number, range, store_error};
use crate::store::intake::{self, Incoming, guard_head, guard_record, refused};

/// How many records a guard looks at in one go.
const BATCH: u64 = 512;

/// Seals and inserts on a connection that holds the write lock. The caller commits on `Ok` and
/// rolls back otherwise.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    drafts: &[Draft],
    guard: Guard<'_>,
    now: &str,
) -> Result<Vec<Sealed>, AppendError> {
    let incoming = intake::read(drafts)?;
    let mut logged = Vec::with_capacity(incoming.len());
    for one in &incoming {
        let record = by_id(connection, &one.statement.id).await?;
        if let Some(record) = &record {
            one.is_said_in(&record.bytes)?;
        }
        logged.push(record);
    }
    let fresh: Vec<&Incoming<'_>> = incoming
        .iter()
        .zip(&logged)
        .filter(|(_, old)| old.is_none())
        .map(|(one, _)| one)
        .collect();
    if fresh.is_empty() {
        return Ok(logged.into_iter().flatten().collect());
    }
    let own: Vec<u64> = logged.iter().flatten().map(|old| old.seq).collect();
    let tail = intake::tail(last(connection).await?.as_ref())?;
    let head = tail.as_ref().map_or(Head::EMPTY, |tail: &Tail| tail.head);
    check_guard(connection, guard, head, &own).await?;
    for one in &fresh {
        check_ground(connection, one).await?;
    }
    let unsealed: Vec<_> = fresh.iter().map(|one| one.unsealed()).collect();
    let sealed = seal(tail.as_ref(), &unsealed, now).map_err(intake::unsealable)?;
    for (one, record) in fresh.iter().zip(&sealed) {
        insert(connection, one, record).await?;
    }
    let mut sealed = sealed.into_iter();
    Ok(logged
        .into_iter()
        .filter_map(|old| old.or_else(|| sealed.next()))
        .collect())
}

async fn check_guard(
    connection: &mut SqliteConnection,
    guard: Guard<'_>,
    head: Head,
    own: &[u64],
) -> Result<(), AppendError> {
    let mut next = guard_head(guard, head)?;
    while next < head.size {
        let rows = range(connection, next, next.saturating_add(BATCH)).await?;
        for row in &rows {
            guard_record(guard, row, own)?;
        }
        next = next.saturating_add(BATCH);
    }
    Ok(())
}

/// What a statement stands on: the history that it saw and the documents that it names.
async fn check_ground(connection: &mut SqliteConnection, one: &Incoming<'_>) -> Result<(), AppendError> {
    let seen = one.statement.seen.size;
    let before = match seen.checked_sub(1) {
        Some(last) => range(connection, last, seen).await?.first().map(|row| row.leaf),
        None => None,
    };
    one.has_seen(before)?;
    for digest in &one.relies_on {
        if !has_blob(connection, digest).await? {
            return Err(refused(format!("the document {digest} is missing")));
        }
    }
    Ok(())
}

async fn has_blob(connection: &mut SqliteConnection, digest: &Digest) -> Result<bool, AppendError> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM blob WHERE digest = ?")
        .bind(&digest.as_bytes()[..])
        .fetch_optional(connection)
        .await
        .map_err(store_error)?;
    Ok(row.is_some())
}

async fn insert(
    connection: &mut SqliteConnection,
    one: &Incoming<'_>,
    record: &Sealed,
) -> Result<(), AppendError> {
    for (digest, bytes) in &one.blobs {
        if has_blob(connection, digest).await? {
            continue;
        }
        sqlx::query("INSERT INTO blob (digest, bytes) VALUES (?, ?)")
            .bind(&digest.as_bytes()[..])
            .bind(*bytes)
            .execute(&mut *connection)
            .await
            .map_err(store_error)?;
    }
    sqlx::query("INSERT INTO record (seq, leaf, bytes, id) VALUES (?, ?, ?, ?)")
        .bind(number(record.seq))
        .bind(&record.leaf[..])
        .bind(&record.bytes[..])
        .bind(&one.statement.id)
        .execute(connection)
        .await
        .map_err(store_error)?;
    Ok(())
}
