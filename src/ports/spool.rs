//! Where signed acts wait while the log cannot be reached.

use super::Draft;

/// An act that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its number, from 1 without gaps.
    pub number: u64,
    /// The act, or why it cannot be taken from here.
    pub draft: Result<Draft, Broken>,
}

/// Why a waiting act cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// There is no file with its number, but one with a later number, or there was.
    Gone,
    /// The file is not as it was written, or not the one that was made after the one before.
    Damaged,
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpoolCount {
    /// Acts that wait.
    pub waiting: u64,
    /// Acts that were put aside.
    pub held: u64,
}

/// Signed acts of this clone that are not in the log yet. Nothing here counts for anything.
pub trait Spool: Send + Sync {
    /// Keeps an act, durably; its number.
    ///
    /// # Errors
    /// [`SpoolError`]; nothing is kept then.
    fn add(&self, draft: &Draft) -> Result<u64, SpoolError>;

    /// Everything that waits, in order, gaps included.
    ///
    /// # Errors
    /// [`SpoolError`] when the folder cannot be read.
    fn list(&self) -> Result<Vec<Waiting>, SpoolError>;

    /// The log has the act with this number: it goes.
    ///
    /// # Errors
    /// [`SpoolError`]; it is still there then, and no harm is done by asking again.
    fn done(&self, number: u64) -> Result<(), SpoolError>;

    /// Puts the act aside, with the reason beside it. An act that is gone is passed over.
    ///
    /// # Errors
    /// [`SpoolError`].
    fn hold(&self, number: u64, why: &str) -> Result<(), SpoolError>;

    /// How much there is.
    ///
    /// # Errors
    /// [`SpoolError`] when the folder cannot be read.
    fn count(&self) -> Result<SpoolCount, SpoolError>;
}

/// The spool could not be read or written; the system's own words.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct SpoolError(pub String);
