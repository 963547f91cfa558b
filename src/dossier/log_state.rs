//! The log that a judgement rests on.

use serde::{Deserialize, Serialize};

/// The log as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogState {
    /// The number of records.
    pub size: u64,
    /// The leaf of the last one, 64 hex digits.
    pub head: String,
    /// Whether the log verified.
    pub verified: bool,
}
