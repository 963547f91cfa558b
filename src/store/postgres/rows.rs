//! What is asked of the tables.

use crate::change::Digest;
use crate::ledger::{Head, Sealed};
use crate::ports::StoreError;
use crate::store::row::{Row, number, sealed};

use super::schema;
use super::session::{Session, patient};

impl Session {
    /// Where the log ends; a log that nobody has written to is empty.
    pub(super) async fn head(&mut self, origin: &str) -> Result<Head, StoreError> {
        let row: Option<(i64, Vec<u8>)> = patient(
            sqlx::query_as(
                "SELECT r.seq, r.leaf FROM sekisho.record r JOIN sekisho.log l ON l.id = r.log \
                 WHERE l.origin = $1 ORDER BY r.seq DESC LIMIT 1",
            )
            .bind(origin)
            .fetch_optional(&mut self.connection),
        )
        .await
        .map_err(|error| self.failed(&error))?;
        let Some((seq, leaf)) = row else {
            return Ok(Head::EMPTY);
        };
        let last = sealed((seq, leaf, Vec::new()))?;
        Ok(Head {
            size: last.seq.saturating_add(1),
            leaf: last.leaf,
        })
    }

    pub(super) async fn range(
        &mut self,
        origin: &str,
        from: u64,
        to: u64,
    ) -> Result<Vec<Sealed>, StoreError> {
        let rows: Vec<Row> = patient(
            sqlx::query_as(
                "SELECT seq, leaf, bytes FROM sekisho.record \
                 WHERE log = (SELECT id FROM sekisho.log WHERE origin = $1) AND seq >= $2 AND seq < $3 \
                 ORDER BY seq",
            )
            .bind(origin)
            .bind(number(from))
            .bind(number(to))
            .fetch_all(&mut self.connection),
        )
        .await
        .map_err(|error| self.failed(&error))?;
        rows.into_iter().map(sealed).collect()
    }

    pub(super) async fn by_id(&mut self, origin: &str, id: &str) -> Result<Option<Sealed>, StoreError> {
        let row: Option<Row> = patient(
            sqlx::query_as(
                "SELECT seq, leaf, bytes FROM sekisho.record \
                 WHERE log = (SELECT id FROM sekisho.log WHERE origin = $1) AND id = $2",
            )
            .bind(origin)
            .bind(id)
            .fetch_optional(&mut self.connection),
        )
        .await
        .map_err(|error| self.failed(&error))?;
        row.map(sealed).transpose()
    }

    /// The document with this digest; one that is not what its digest says is not handed out.
    pub(super) async fn blob(
        &mut self,
        origin: &str,
        digest: &Digest,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Vec<u8>,)> = patient(
            sqlx::query_as(
                "SELECT bytes FROM sekisho.blob \
                 WHERE log = (SELECT id FROM sekisho.log WHERE origin = $1) AND digest = $2",
            )
            .bind(origin)
            .bind(&digest.as_bytes()[..])
            .fetch_optional(&mut self.connection),
        )
        .await
        .map_err(|error| self.failed(&error))?;
        match row {
            Some((bytes,)) if Digest::of(&bytes) != *digest => {
                Err(StoreError::Damaged(format!("the document {digest} was altered")))
            }
            other => Ok(other.map(|(bytes,)| bytes)),
        }
    }

    /// Whether tables and functions are as shipped, records are without gaps, end where the log says, and are filed under their ids.
    pub(super) async fn complaints(&mut self, origin: &str) -> Result<Vec<String>, StoreError> {
        let mut complaints = schema::differences(self).await?;
        let ends: Option<(i64, i64, i64, bool)> = patient(
            sqlx::query_as(
                "SELECT l.size, count(r.seq), coalesce(max(r.seq) + 1, 0), \
                 l.size = 0 OR coalesce(bool_or(r.seq = l.size - 1 AND r.leaf = l.head), false) \
                 FROM sekisho.log l LEFT JOIN sekisho.record r ON r.log = l.id \
                 WHERE l.origin = $1 GROUP BY l.id",
            )
            .bind(origin)
            .fetch_optional(&mut self.connection),
        )
        .await
        .map_err(|error| self.failed(&error))?;
        let Some((size, count, end, ends)) = ends else {
            return Ok(complaints);
        };
        if count != end {
            complaints.push(format!("{count} records, but the last one is number {}", end - 1));
        }
        if size != end || !ends {
            complaints.push(format!(
                "the log's head is at {size} records, and its last record is number {}",
                end - 1
            ));
        }
        let strangers: Vec<(i64,)> = patient(
            sqlx::query_as(
                "SELECT seq FROM sekisho.record \
                 WHERE log = (SELECT id FROM sekisho.log WHERE origin = $1) \
                 AND position(convert_to('\"id\":\"' || id || '\",\"log\":\"' || $1 || '\"', 'UTF8') IN bytes) = 0 \
                 ORDER BY seq LIMIT 20",
            )
            .bind(origin)
            .fetch_all(&mut self.connection),
        )
        .await
        .map_err(|error| self.failed(&error))?;
        complaints.extend(
            strangers
                .iter()
                .map(|(seq,)| format!("record {seq} is filed under another id or in another log")),
        );
        Ok(complaints)
    }
}
