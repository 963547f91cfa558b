//! What the log and the commits tell about a change's past.

use crate::change::Moment;

/// When things happened to one change; nothing here is computed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Past {
    /// When the log first heard of it.
    pub heard: Option<Moment>,
    /// When it was first filed into the log.
    pub filed: Option<Moment>,
    /// When it was first carried out.
    pub started: Option<Moment>,
    /// When its last commit was made, by the committer's clock.
    pub written: Option<Moment>,
    /// Changes of the last 30 days that passed.
    pub passed: u64,
    /// Those of them that nobody had approved.
    pub unapproved: u64,
}
