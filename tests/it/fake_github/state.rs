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
    /// The token may neither read nor make statuses.
    NoStatuses,
    /// The token may not comment, as that of a fork.
    NoComments,
    /// The token may not have commits made on branches.
    NoAppend,
    /// The server does not know how to make commits, as an old one of one's own.
    OldServer,
    /// The first so many commits are made, and the answer gets lost.
    LostAnswer(u32),
    /// Before the first so many commits somebody else's comes first.
    Overtaken(u32),
    /// Files are written with other line ends.
    OtherBytes,
}

/// A comment on a pull request.
#[derive(Debug, Clone)]
pub(crate) struct Comment {
    pub(crate) id: String,
    pub(crate) body: String,
    /// Whether the account of the token wrote it.
    pub(crate) own: bool,
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
    /// Statuses, the newest first, by commit.
    pub(crate) statuses: BTreeMap<String, Vec<Value>>,
    /// Comments by pull request.
    pub(crate) comments: BTreeMap<u64, Vec<Comment>>,
    /// How many commits were made on branches.
    pub(crate) made: u32,
    /// Habits that begin with the next answer to a question of this name.
    pub(crate) before: Vec<(&'static str, Box<dyn Before>)>,
    /// GraphQL points that were used.
    pub(crate) points: u64,
    /// Questions over REST.
    pub(crate) rest: u64,
    /// Requests of any kind.
    pub(crate) requests: u32,
    /// Whether every request came with the token.
    pub(crate) strangers: u64,
}

/// Something that happens once, right before a question is answered.
pub(crate) trait Before: FnOnce(&mut State) + Send {}
impl<F: FnOnce(&mut State) + Send> Before for F {}

impl std::fmt::Debug for dyn Before {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Before")
    }
}

impl State {
    /// What was to happen right before a question of this name.
    pub(super) fn happen(&mut self, name: &str) {
        let Some(at) = self.before.iter().position(|(wanted, _)| *wanted == name) else {
            return;
        };
        let (_, event) = self.before.remove(at);
        event(self);
    }

    /// Counts a habit of the first so many times down; whether it still holds.
    pub(super) fn still(&mut self, habit: impl Fn(u32) -> Habit) -> bool {
        let times = (1..10).find(|times| self.habits.contains(&habit(*times)));
        if let Some(times) = times {
            self.habits.remove(&habit(times));
            self.habits.insert(habit(times - 1));
        }
        times.is_some()
    }

    /// Adds a status as GitHub would.
    pub(crate) fn status(&mut self, commit: &str, context: &str, description: &str, creator: Value) -> u64 {
        let id = 500 + self.statuses.values().map(|all| all.len() as u64).sum::<u64>();
        let status = json!({
            "id": id, "state": "success", "context": context, "description": description,
            "creator": creator, "created_at": "2026-12-01T05:00:00Z",
        });
        self.statuses
            .entry(commit.to_owned())
            .or_default()
            .insert(0, status);
        id
    }

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
