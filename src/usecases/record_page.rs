//! One record with what belongs to it.

use crate::ledger::{Record, Sealed, Trust};

use super::history::redacted_by;
use super::{LogView, Ports, Stop};

/// Whether a document that a record names is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Its bytes.
    Here(Vec<u8>),
    /// Taken out by this record.
    Redacted(u64),
    /// Not in this copy of the log.
    NotFetched,
}

/// A record with its place in the log and its documents.
pub struct RecordPage {
    /// The record.
    pub record: Record,
    /// Whether its signature was checked.
    pub trust: Trust,
    /// Its bytes and its leaf.
    pub sealed: Sealed,
    /// What became of each document, in the order in which the record names them.
    pub documents: Vec<Kept>,
}

/// The record with this number; `None` where the log has none.
///
/// # Errors
/// [`Stop`] when the log or a document cannot be read.
pub async fn record_page(ports: Ports<'_>, view: &LogView, seq: u64) -> Result<Option<RecordPage>, Stop> {
    let known = view.records.iter().find(|(record, _)| record.seq == seq);
    let Some((record, trust)) = known else {
        return Ok(None);
    };
    let rows = ports.ledger.range(seq, seq.saturating_add(1)).await?;
    let Some(sealed) = rows.into_iter().next() else {
        return Ok(None);
    };
    let mut documents = Vec::with_capacity(record.statement.with.len());
    for attached in &record.statement.with {
        let kept = match ports.ledger.blob(&attached.digest).await? {
            Some(bytes) => Kept::Here(bytes),
            None => redacted_by(view, &attached.digest).map_or(Kept::NotFetched, Kept::Redacted),
        };
        documents.push(kept);
    }
    Ok(Some(RecordPage {
        record: record.clone(),
        trust: *trust,
        sealed,
        documents,
    }))
}
