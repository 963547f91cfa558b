//! What a record's bytes say on their own: hashed and read, on every processor.

use std::num::NonZeroUsize;
use std::thread;

use crate::change::Digest;
use crate::ledger::acts;
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
    /// Whether this version knows what the record's act means.
    pub(super) known: bool,
}

impl<'a> Looked<'a> {
    /// Hashes and reads one record.
    pub fn at(row: &'a Sealed) -> Self {
        let line = Line::read(&row.bytes);
        Self {
            row,
            leaf: leaf(&row.bytes),
            known: line.as_ref().is_ok_and(|line| acts::is_known(line.said.act)),
            line,
        }
    }

    /// Hashes and reads a page of records, a share on each processor; the shares are in the order
    /// of the records.
    pub fn page(rows: &'a [Sealed]) -> Vec<Vec<Self>> {
        let all = |rows: &'a [Sealed]| rows.iter().map(Self::at).collect::<Vec<_>>();
        let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let share = rows.len().div_ceil(processors).max(WORTH_A_THREAD);
        let mut shares = rows.chunks(share);
        let first = shares.next().unwrap_or_default();
        thread::scope(|scope| {
            let spawn = |share| thread::Builder::new().spawn_scoped(scope, move || all(share));
            let others: Vec<_> = shares.map(|share| (share, spawn(share))).collect();
            let mut looked = vec![all(first)];
            for (share, other) in others {
                // A thread that was not to be had changes the time, not the answer.
                let other = other.ok().and_then(|other| other.join().ok());
                looked.push(other.unwrap_or_else(|| all(share)));
            }
            looked
        })
    }

    /// The record.
    pub const fn row(&self) -> &'a Sealed {
        self.row
    }

    /// The digests of everything that its verification asks for, each once.
    pub fn names(&self) -> Vec<Digest> {
        self.line.as_ref().map_or_else(|_| Vec::new(), Line::names)
    }

    /// Whether it may change who has to sign.
    pub fn is_about_signers(&self) -> bool {
        self.line.as_ref().is_ok_and(|line| line.said.brings_signers())
    }
}
