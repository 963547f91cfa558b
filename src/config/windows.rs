//! When changes are made and who is on duty.

use jiff::civil::{Time, Weekday};

/// What a key of `windows:` stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowHours {
    /// At any time.
    Always,
    /// During `calendar.business_hours`.
    BusinessHours,
    /// On these days between two times; past midnight where `to` is not after `from`.
    Hours {
        /// The days on which it opens.
        days: Vec<Weekday>,
        /// When it opens.
        from: Time,
        /// When it closes.
        to: Time,
    },
}
