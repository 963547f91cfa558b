//! Where the change log is kept.

use async_trait::async_trait;

use crate::change::{Digest, Message};
use crate::ledger::{Head, Sealed, Statement};

/// A signed statement on its way into the log.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The statement's canonical bytes.
    pub statement: Vec<u8>,
    /// Signatures over those bytes: type (`sshsig`) and blob.
    pub signatures: Vec<(String, Vec<u8>)>,
    /// The texts and documents that the statement names by digest.
    pub blobs: Vec<Vec<u8>>,
}

/// On which condition an append may happen.
#[derive(Clone, Copy)]
pub enum Guard<'a> {
    /// On none.
    Any,
    /// Only when the log still ends here.
    At(Head),
    /// Only when no record from `since` on conflicts.
    Unless {
        /// The first record that the writer has not seen.
        since: u64,
        /// Whether a record makes the writer's view out of date.
        conflicts: &'a (dyn Fn(&Statement) -> bool + Sync),
    },
}

/// A change log: records in order, blobs by digest. Every store holds the same bytes.
#[async_trait]
pub trait LedgerStore: Send + Sync {
    /// Where the log ends.
    async fn head(&self) -> Result<Head, StoreError>;

    /// Seals the drafts and appends them: all or none, durable on `Ok`. `now` is the sealing
    /// time, RFC 3339 in UTC to the second. A draft whose id is already in the log returns that
    /// record.
    async fn append(&self, drafts: &[Draft], guard: Guard<'_>, now: &str)
    -> Result<Vec<Sealed>, AppendError>;

    /// Takes over records that were sealed elsewhere, byte for byte, behind the last one: all or
    /// none, durable on `Ok`. `Stale` when they do not continue the chain. Nothing else about
    /// them is checked: whoever moves a log verifies it.
    async fn adopt(&self, records: &[Sealed], blobs: &[Vec<u8>]) -> Result<(), AppendError>;

    /// Takes a document out for good. Refused unless a `blob.redacted/1` record names it; no
    /// error when it is gone already.
    async fn erase(&self, digest: &Digest) -> Result<(), StoreError>;

    /// Takes a document that [`LedgerStore::erase`] takes out also out of what the store keeps of its
    /// past, where it keeps any: on a branch, out of every commit. `Refused` when that is not allowed.
    async fn rewrite_without(&self, _digest: &Digest) -> Result<(), AppendError> {
        Ok(())
    }

    /// Puts away what appends left open, so that a copy of what is kept is a copy of the log.
    async fn settle(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// The records `from..to`; fewer when the log ends earlier.
    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError>;

    /// The record of the statement with this id.
    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError>;

    /// The bytes with this digest.
    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// What the store's own structure says is wrong, before any record is read; empty when
    /// nothing is.
    async fn check(&self) -> Result<Vec<String>, StoreError>;

    /// What is worth knowing about where the log is kept, although nothing is wrong.
    async fn remarks(&self) -> Result<Vec<Message>, StoreError> {
        Ok(Vec::new())
    }
}

/// The store could not be read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// There is no log here.
    #[error("there is no change log at {0}")]
    Missing(String),
    /// What is here is no change log, or a damaged one.
    #[error("the change log cannot be read: {0}")]
    Damaged(String),
    /// Something lies in the way that nobody can read past; the sentence says what to do.
    #[error("the change log is blocked: {0}")]
    Blocked(Message),
    /// The database has no tables for change logs, or those of an older version.
    #[error("the database is not prepared for this version")]
    Unprepared,
    /// The lock, the connection, the server.
    #[error("the change log cannot be reached: {0}")]
    Unreachable(String),
    /// The disk is full.
    #[error("there is no room for the change log: {0}")]
    NoRoom(String),
    /// It may be read at most: a disk that is mounted for reading, a file of somebody else.
    #[error("the change log may not be written: {0}")]
    ReadOnly(String),
    /// The database does not let this user in.
    #[error("the database lets nobody in: {0}")]
    NotAdmitted(String),
}

impl StoreError {
    /// What a file's error means for the store that the file belongs to.
    pub fn of_file(place: &std::path::Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let words = format!("{}: {error}", place.display());
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::NoRoom(words)
            }
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly(words),
            _ => Self::Unreachable(words),
        }
    }

    /// The words about it where the log is as it was and may be written another time.
    pub fn outage(&self) -> Option<&str> {
        match self {
            Self::Unreachable(words)
            | Self::NoRoom(words)
            | Self::ReadOnly(words)
            | Self::NotAdmitted(words) => Some(words),
            Self::Missing(_) | Self::Damaged(_) | Self::Blocked(_) | Self::Unprepared => None,
        }
    }

    /// The same with other words.
    #[must_use]
    pub fn reworded(self, new: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Missing(words) => Self::Missing(new(words)),
            Self::Damaged(words) => Self::Damaged(new(words)),
            Self::Blocked(message) => Self::Blocked(message),
            Self::Unprepared => Self::Unprepared,
            Self::Unreachable(words) => Self::Unreachable(new(words)),
            Self::NoRoom(words) => Self::NoRoom(new(words)),
            Self::ReadOnly(words) => Self::ReadOnly(new(words)),
            Self::NotAdmitted(words) => Self::NotAdmitted(new(words)),
        }
    }
}

/// Nothing was appended.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// A record that the guard names came first.
    #[error("record {seq} came first")]
    Conflict {
        /// That record.
        seq: u64,
    },
    /// The log ends elsewhere.
    #[error("the log has moved on")]
    Stale(Head),
    /// The last record was sealed later than now: one of two clocks is wrong.
    #[error("the log's last record was sealed at {previous}, the clock says {now}")]
    ClockBehind {
        /// The time of the last record.
        previous: String,
        /// The time of this machine.
        now: String,
    },
    /// The log was ended and goes on elsewhere.
    #[error("the log was closed; it goes on elsewhere")]
    Closed,
    /// The draft is not a valid statement, or the log before it is damaged.
    #[error("refused: {0}")]
    Refused(String),
    /// The store itself.
    #[error(transparent)]
    Store(#[from] StoreError),
}
