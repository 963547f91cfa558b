//! An append behind a record that was seen, as one script: SQLite works in a thread of its own, and every
//! question to it costs two changes of thread.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::store::assumed::Assumed;
use crate::store::row::number;

/// Without a number, and so refused by its trigger, unless the last record is the one that was seen.
const FIRST: &str = "INSERT INTO record (seq, leaf, bytes, id) VALUES (\
    CASE WHEN (SELECT bytes FROM record ORDER BY seq DESC LIMIT 1) IS ? THEN ? END, ?, ?, ?);";
const NEXT: &str = "INSERT INTO record (seq, leaf, bytes, id) VALUES (?, ?, ?, ?);";
const BLOB: &str = "INSERT INTO blob (digest, bytes) SELECT ?, ? \
    WHERE NOT EXISTS (SELECT 1 FROM blob WHERE digest = ?);";

/// So many documents come with one record at most, mostly.
const USUAL_BLOBS: usize = 4;

/// Puts and commits; false when it was refused, and then a transaction may be open.
pub(super) async fn put(connection: &mut SqliteConnection, assumed: &Assumed) -> bool {
    let script = assumed.placed(|placed| {
        let mut sql = "BEGIN IMMEDIATE;".to_owned();
        for (index, one) in placed.iter().enumerate() {
            sql.push_str(if index == 0 { FIRST } else { NEXT });
            sql.push_str(&BLOB.repeat(one.blobs.len()));
        }
        sql.push_str("COMMIT");
        sql
    });
    let mut query = sqlx::query(AssertSqlSafe(script)).bind(assumed.tail.bytes.clone());
    query = assumed.placed(|placed| {
        placed.iter().fold(query, |query, one| {
            let query = query
                .bind(number(one.record.seq))
                .bind(one.record.leaf.to_vec())
                .bind(one.record.bytes.clone())
                .bind(one.id.to_owned());
            one.blobs.iter().fold(query, |query, (digest, bytes)| {
                let digest = digest.as_bytes().to_vec();
                query.bind(digest.clone()).bind(bytes.to_vec()).bind(digest)
            })
        })
    });
    // The usual script is read once: its triggers make reading it half of the work.
    let usual = assumed.placed(|placed| matches!(placed, [one] if one.blobs.len() <= USUAL_BLOBS));
    query.persistent(usual).execute(connection).await.is_ok()
}
