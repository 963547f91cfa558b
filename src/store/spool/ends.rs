//! Where the numbering begins and ends, so that a file that is gone is missed.

use crate::change::Digest;

/// More than anybody makes while a log cannot be reached.
const MOST: u64 = 100_000;

/// The last number that went, the last that was given, and the digests of both sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) done: u64,
    pub(super) last: u64,
    /// Of the sheet `done`.
    pub(super) done_digest: Digest,
    /// Of the sheet `last`.
    pub(super) last_digest: Digest,
}

impl Ends {
    /// Before the first act.
    pub(super) fn new() -> Self {
        Self {
            done: 0,
            last: 0,
            done_digest: Digest::of(b""),
            last_digest: Digest::of(b""),
        }
    }

    pub(super) fn write(&self) -> String {
        format!(
            "{} {} {} {}\n",
            self.done, self.done_digest, self.last, self.last_digest
        )
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let mut words = text.strip_suffix('\n')?.split(' ');
        let ends = Self {
            done: words.next()?.parse().ok()?,
            done_digest: words.next()?.parse().ok()?,
            last: words.next()?.parse().ok()?,
            last_digest: words.next()?.parse().ok()?,
        };
        let waiting = ends.last.checked_sub(ends.done)?;
        (words.next().is_none() && waiting <= MOST).then_some(ends)
    }
}
