//! A stretch of time in which something is open.

use super::Moment;

/// From a first second to the first one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The first second.
    pub from: Moment,
    /// The first second after it.
    pub to: Moment,
}

impl Opening {
    /// Whether it holds `at`.
    pub fn holds(self, at: Moment) -> bool {
        self.from <= at && at < self.to
    }

    /// Seconds of it that lie between `from` and `to`.
    pub fn seconds_within(self, from: Moment, to: Moment) -> u64 {
        let seconds = self.to.min(to).seconds_since(self.from.max(from));
        u64::try_from(seconds).unwrap_or(0)
    }
}
