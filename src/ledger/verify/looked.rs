//! What a record's bytes say on their own: hashed and read, on two threads.

use std::thread;

use crate::ledger::line::{Line, NotARecord};
use crate::ledger::record::Sealed;
use crate::ledger::tree::leaf;

/// Fewer records than this are not worth a thread.
const WORTH_A_THREAD: usize = 256;

/// A record with its leaf, as computed from its bytes, and its fields.
#[derive(Debug)]
pub struct Looked<'a> {
    pub(super) row: &'a Sealed,
    pub(super) leaf: [u8; 32],
    pub(super) line: Result<Line<'a>, NotARecord>,
}

impl<'a> Looked<'a> {
    /// Hashes and reads one record.
    pub fn at(row: &'a Sealed) -> Self {
        Self {
            row,
            leaf: leaf(&row.bytes),
            line: Line::read(&row.bytes),
        }
    }

    /// Hashes and reads a page of records; they come back in their order.
    pub fn page(rows: &'a [Sealed]) -> Vec<Self> {
        let all = |rows: &'a [Sealed]| rows.iter().map(Self::at).collect::<Vec<_>>();
        if rows.len() < WORTH_A_THREAD {
            return all(rows);
        }
        let (first, second) = rows.split_at(rows.len() / 2);
        thread::scope(|scope| {
            let other = scope.spawn(move || all(second));
            let mut looked = all(first);
            // A thread that was not to be had changes the time, not the answer.
            looked.extend(other.join().unwrap_or_else(|_| all(second)));
            looked
        })
    }

    /// The record.
    pub const fn row(&self) -> &'a Sealed {
        self.row
    }
}
