//! A pull request that is not merged yet.

use super::PullRequest;

/// What a pull request proposes, and what was said about it so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// Reviews and contributors.
    pub pull: PullRequest,
    /// The branch that it is to be merged into.
    pub base: String,
    /// Its commits.
    pub commits: Vec<String>,
}
