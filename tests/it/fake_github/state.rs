//! What the fake GitHub knows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// Something that GitHub does now and then, or that a token runs into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Habit {
    /// An unrelated pull request comes first among those that claim a commit.
    Decoy,
    /// Fresh merges are not indexed for the first questions.
    IndexLag(u32),
    /// The merge commit is only in the event.
    NoMergeCommit,
    /// Reviews come without an author, as of deleted accounts.
    Ghosts,
    /// Data come with errors beside them.
    Partial,
    /// The token may not read pull requests.
    Forbidden,
    /// The token may not read the repository's pushes.
    NoActivity,
    /// GitHub does not find the pushes to a branch, with this status.
    LostActivity(u16),
    /// The primary limit is used up.
    RateLimit,
    /// The first so many requests are answered with 502.
    BadGateway(u32),
    /// Lists have pages of this many entries.
    SmallPages(usize),
    /// An answer is no JSON.
    Nonsense,
}

/// An account.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) login: String,
    pub(crate) kind: &'static str,
    pub(crate) can_push: bool,
}

impl User {
    /// As GraphQL shows an actor.
    pub(super) fn actor(&self) -> Value {
        json!({"__typename": self.kind, "login": self.login, "databaseId": self.id})
    }

    /// As REST shows a user.
    pub(super) fn rest(&self) -> Value {
        json!({"id": self.id, "login": self.login, "type": self.kind})
    }
}

/// A review.
#[derive(Debug, Clone)]
pub(crate) struct Review {
    pub(crate) id: String,
    pub(crate) by: String,
    pub(crate) state: &'static str,
    pub(crate) at: String,
    pub(crate) commit: String,
}

/// A commit as a pull request lists it.
#[derive(Debug, Clone)]
pub(crate) struct Commit {
    pub(crate) oid: String,
    pub(crate) message: String,
    pub(crate) author: String,
    pub(crate) committer: String,
}

/// A pull request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pull {
    pub(crate) number: u64,
    pub(crate) branch: String,
    pub(crate) base: String,
    pub(crate) author: String,
    pub(crate) head: String,
    pub(crate) fork: bool,
    pub(crate) commits: Vec<Commit>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) events: Vec<Value>,
    /// The commits that it became on the main line; the last one is its merge commit.
    pub(crate) landed: Vec<String>,
    pub(crate) parents: u64,
    pub(crate) by_github: bool,
    /// Further commits that it claims.
    pub(crate) claims: BTreeSet<String>,
}

/// Everything.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) users: BTreeMap<String, User>,
    pub(crate) pulls: BTreeMap<u64, Pull>,
    /// Pushes, the newest first, by reference.
    pub(crate) pushes: BTreeMap<String, Vec<Value>>,
    pub(crate) teams: BTreeMap<String, Vec<u64>>,
    pub(crate) habits: BTreeSet<Habit>,
    /// GraphQL points that were used.
    pub(crate) points: u64,
    /// Questions over REST.
    pub(crate) rest: u64,
    /// Requests of any kind.
    pub(crate) requests: u32,
    /// Whether every request came with the token.
    pub(crate) strangers: u64,
}

impl State {
    pub(super) fn has(&self, habit: Habit) -> bool {
        self.habits.contains(&habit)
    }

    /// The page size.
    pub(super) fn page(&self) -> usize {
        let small = self.habits.iter().find_map(|habit| match habit {
            Habit::SmallPages(size) => Some(*size),
            _ => None,
        });
        small.unwrap_or(100)
    }

    /// The account behind an address of this house.
    pub(super) fn user_of(&self, address: &str) -> Option<&User> {
        self.users.get(address.strip_suffix("@shop.example")?)
    }
}
