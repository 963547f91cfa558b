//! The result of a verification.

use crate::ledger::machines::Machines;
use crate::ledger::{Head, Tree};

use super::damage::{Damage, Note};
use super::revocations::Revocations;

/// How a record is vouched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signed {
    /// It carries no signature.
    Unsigned,
    /// It carries signatures; none can be checked here.
    Unknown,
    /// Whom it names as its author has signed it.
    Good,
    /// A signature is wrong, missing, or another's.
    Bad,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The log's name; `None` for an empty log.
    pub origin: Option<String>,
    /// The number of records and the last one's leaf, as computed from the bytes.
    pub head: Head,
    /// The tree over all leaves.
    pub tree: Tree,
    /// The leaf of the first record.
    pub genesis: Option<[u8; 32]>,
    /// How many records a good signature vouches for.
    pub signed: u64,
    /// The records without a signature.
    pub unsigned: Vec<u64>,
    /// The records whose signatures cannot be checked here.
    pub unchecked: Vec<u64>,
    /// How many records have an act that this version does not know.
    pub opaque: u64,
    /// Whose tokens count behind the last record.
    pub machines: Machines,
    /// The keys that were revoked.
    pub revocations: Revocations,
    /// What is wrong, in the order of the records; the first thousand.
    pub damages: Vec<Damage>,
    /// How many more are wrong.
    pub more_damages: u64,
    /// What is worth knowing; the first thousand.
    pub notes: Vec<Note>,
}

impl Report {
    /// Whether nothing is wrong.
    pub const fn is_intact(&self) -> bool {
        self.damages.is_empty()
    }
}
