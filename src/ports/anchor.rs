//! Where a log ended once, as it was noted on a commit of the forge.

use crate::ledger::Head;

use super::Account;

/// A note on a commit: how long the log was, and its last record's leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The forge's number of the note.
    pub id: u64,
    /// The commit that it is on.
    pub commit: String,
    /// Where the log ended.
    pub head: Head,
    /// Whose account made it. Whoever may push can make one, and nobody can take one away.
    pub by: Account,
    /// When, as the forge writes it.
    pub at: String,
}
