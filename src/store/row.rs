//! Rows of tables to records.

use crate::ledger::Sealed;
use crate::ports::StoreError;

/// `seq`, `leaf`, `bytes`.
pub(super) type Row = (i64, Vec<u8>, Vec<u8>);

pub(super) fn sealed((seq, leaf, bytes): Row) -> Result<Sealed, StoreError> {
    let wrong = |what: &str| StoreError::Damaged(format!("record {seq} has a wrong {what}"));
    Ok(Sealed {
        seq: u64::try_from(seq).map_err(|_| wrong("number"))?,
        leaf: leaf.try_into().map_err(|_| wrong("leaf"))?,
        bytes,
    })
}

/// Numbers beyond the database's largest are no records.
pub(super) fn number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
