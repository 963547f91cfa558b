//! What a forge knows: which pull request brought a commit, who reviewed what of it, who pushed.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::{Anchor, Proposal};
use crate::change::Moment;
use crate::ledger::Head;

/// An account as the forge names it. The number identifies; the login is for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// The account's number.
    pub id: Option<u64>,
    /// The login at the time of asking.
    pub login: String,
    /// Whether a human being may be behind it.
    pub human: bool,
}

/// Somebody behind a commit or a push.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contributor {
    /// An account.
    Account(Account),
    /// The address of a commit that belongs to no account, in lower case.
    Address(String),
    /// Somebody of whom only this can be said.
    Unknown(String),
}

/// What a review says now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// Agrees.
    Approved,
    /// Disagrees.
    Objected,
    /// Was taken back, and stands as nothing.
    Dismissed,
}

/// The latest review of one person that says yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Whose it is.
    pub author: Account,
    /// What it says.
    pub state: ReviewState,
    /// When it was given.
    pub submitted_at: Moment,
    /// Whether its author may write to the repository.
    pub can_write: bool,
    /// The heads that the reviewer may have looked at, by the forge's own record of pushes and by
    /// what the review names; empty when that cannot be known.
    pub seen: Vec<String>,
}

/// A merged pull request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PullRequest {
    /// One review for each reviewer who said yes or no.
    pub reviews: Vec<Review>,
    /// The merge commit, where the forge made and signed it itself: it brings nothing of its own
    /// author.
    pub merge: Option<String>,
    /// Everybody who wrote or pushed a part of it.
    pub contributors: Vec<Contributor>,
    /// Further pull requests of the same commits, whose reviews are among these.
    pub twins: Vec<u64>,
}

/// What was found out about commits of the main line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The pull request that brought a commit; a commit without one was pushed directly.
    pub commits: BTreeMap<String, u64>,
    /// Those pull requests.
    pub pulls: BTreeMap<u64, PullRequest>,
}

/// A forge, asked about one repository.
#[async_trait]
pub trait Forge: Send + Sync {
    /// What is known of `commits`, the oldest first, on the main line `branch`.
    ///
    /// # Errors
    /// [`ForgeError`] when anything of it could not be read; never a part.
    async fn evidence(&self, branch: &str, commits: &[String]) -> Result<Evidence, ForgeError>;

    /// What reviewers of these pull requests say now; what they saw is left out.
    ///
    /// # Errors
    /// [`ForgeError`] when anything of it could not be read; never a part.
    async fn reviews(&self, pulls: &[u64]) -> Result<BTreeMap<u64, Vec<Review>>, ForgeError>;

    /// A pull request that is not merged yet.
    ///
    /// # Errors
    /// [`ForgeError`] when anything of it could not be read; never a part.
    async fn proposal(&self, number: u64) -> Result<Proposal, ForgeError>;

    /// The open pull request that `commit` is the head of.
    ///
    /// # Errors
    /// [`ForgeError`] when that could not be read.
    async fn proposal_of(&self, commit: &str) -> Result<Option<u64>, ForgeError>;

    /// Whether the branch that this run is about has `commit`; `None` where no branch is said.
    ///
    /// # Errors
    /// [`ForgeError`] when that could not be read.
    async fn has(&self, commit: &str) -> Result<Option<bool>, ForgeError>;

    /// Notes about the log on these commits, and on the newest ones of `branch`.
    ///
    /// # Errors
    /// [`ForgeError`] when anything of it could not be read; never a part.
    async fn anchors(&self, branch: &str, commits: &[String]) -> Result<Vec<Anchor>, ForgeError>;

    /// Notes on `commit` where the log ends.
    ///
    /// # Errors
    /// [`ForgeError`] when that may not be noted, or nobody answered.
    async fn anchor(&self, commit: &str, head: Head) -> Result<(), ForgeError>;

    /// Writes `text` as the comment of the pull request that this account made before and that
    /// begins with `marker`, or as a new one.
    ///
    /// # Errors
    /// [`ForgeError`] when that may not be written, or nobody answered.
    async fn comment(&self, number: u64, marker: &str, text: &str) -> Result<(), ForgeError>;

    /// The accounts that belong to a team, `organisation/team`.
    ///
    /// # Errors
    /// [`ForgeError`] when the members cannot be read; never an empty list instead.
    async fn team(&self, name: &str) -> Result<Vec<Account>, ForgeError>;

    /// The account that has this login now; `None` where nobody has.
    ///
    /// # Errors
    /// [`ForgeError`] when that cannot be found out.
    async fn account(&self, login: &str) -> Result<Option<Account>, ForgeError>;

    /// The number of the repository and that of its owner, as workflows' tokens name them.
    ///
    /// # Errors
    /// [`ForgeError`] when that cannot be found out.
    async fn numbers(&self) -> Result<(u64, u64), ForgeError>;

    /// The name of its server, with the port where one is named.
    fn server(&self) -> &str;

    /// Where the head of a pull request can be fetched.
    fn head_of(&self, pull: u64) -> String;
}

/// The forge did not tell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForgeError {
    /// The token may not read this.
    #[error("the token may not read {what}")]
    Forbidden {
        /// What was asked.
        what: String,
        /// The line that a workflow's `permissions:` needs.
        permission: String,
    },
    /// The token is not valid.
    #[error("the token is not accepted")]
    Token,
    /// Too much was asked; the time when asking is possible again, where that is known.
    #[error("the limit of requests is used up")]
    Limit(Option<String>),
    /// No answer.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// An answer that is not whole or not understood.
    #[error("the answer cannot be used: {0}")]
    Answer(String),
}
