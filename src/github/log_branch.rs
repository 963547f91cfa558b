//! The log's branch, appended to by GitHub itself: one question instead of a push, and the commit
//! is signed by GitHub. What it cannot do goes the other way, by a push.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::address::Address;
use super::client::Client;
use super::forge::GitHub;
use super::query::{self, Append};
use super::token::Token;
use crate::change::Message;
use crate::ports::{ForgeError, LOG_FILES, LogBranch, LogCommit, LogFile, Offer, StoreError};

/// The branch.
const BRANCH: &str = "sekisho-log";

/// What it takes to append.
const CONTENTS: &str = "contents: write";

/// The longest commit that is made this way, in bytes of its files.
const LONGEST: usize = 8 * 1024 * 1024;

/// Why the other way was taken, for people; empty where it was not.
pub type Detour = Arc<OnceLock<Message>>;

/// A branch of a repository on GitHub.
pub struct AppendingBranch {
    inner: Box<dyn LogBranch>,
    address: Address,
    token: Token,
    pushes: AtomicBool,
    detour: Detour,
}

impl GitHub {
    /// The log's branch `inner` of this repository, appended to by GitHub itself.
    pub fn appending(&self, inner: Box<dyn LogBranch>, detour: Detour) -> AppendingBranch {
        AppendingBranch {
            inner,
            address: self.address.clone(),
            token: self.token.clone(),
            pushes: AtomicBool::new(false),
            detour,
        }
    }
}

/// A commit as the changes to the one before it.
struct Difference {
    additions: Vec<Value>,
    deletions: Vec<Value>,
}

impl AppendingBranch {
    /// What `commit` changes; `None` where it has to be pushed: it is not the only one behind
    /// `before`, or too long.
    fn difference(&self, commit: &str, before: &str) -> Result<Option<Difference>, StoreError> {
        let line = self.inner.commits(Some(before), commit)?.unwrap_or_default();
        if line.as_slice() != [commit] {
            return Ok(None);
        }
        let (mut additions, mut deletions, mut bytes) = (Vec::new(), Vec::new(), 0);
        for name in LOG_FILES {
            let new = self.inner.file(commit, name, LONGEST)?;
            let old = self.inner.file(before, name, LONGEST)?;
            match new {
                LogFile::TooLong => return Ok(None),
                LogFile::Absent if old == LogFile::Absent => {}
                LogFile::Absent => deletions.push(json!({"path": name})),
                LogFile::Bytes(_) if new == old => {}
                LogFile::Bytes(text) => {
                    bytes += text.len();
                    additions.push(json!({"path": name, "contents": STANDARD.encode(text)}));
                }
            }
        }
        Ok((bytes <= LONGEST).then_some(Difference { additions, deletions }))
    }

    /// Asks GitHub for the commit; its id.
    fn made(&self, commit: &str, before: &str, difference: Difference) -> Result<String, Refusal> {
        let message = self.inner.message(commit)?;
        let query = query::append(
            &self.address,
            Append {
                branch: BRANCH,
                expected: before,
                headline: message.lines().next().unwrap_or_default(),
                additions: difference.additions,
                deletions: difference.deletions,
            },
        );
        let asked = async {
            let client = Client::new(&self.address, self.token.clone(), Duration::ZERO)?;
            client.mutate(&query, CONTENTS).await
        };
        let answer = apart(asked)?;
        let oid = answer.pointer("/createCommitOnBranch/commit/oid");
        match oid.and_then(Value::as_str) {
            Some(oid) => Ok(oid.to_owned()),
            None => Err(ForgeError::Answer("no commit".to_owned()).into()),
        }
    }

    /// Whether GitHub wrote what was offered, read back from the branch.
    fn is_same(&self, made: &str, commit: &str) -> Result<bool, StoreError> {
        self.inner.fetch()?;
        for name in LOG_FILES {
            if self.inner.file(made, name, LONGEST)? != self.inner.file(commit, name, LONGEST)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// From now on everything is pushed; people are told why, once.
    fn push_from_now_on(&self, why: Message) {
        self.pushes.store(true, Ordering::Relaxed);
        let _ = self.detour.set(why);
    }
}

/// Why GitHub did not make a commit.
enum Refusal {
    Forge(ForgeError),
    Store(StoreError),
}

impl From<ForgeError> for Refusal {
    fn from(error: ForgeError) -> Self {
        Self::Forge(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Does something over the network from where nothing can wait for it.
fn apart<T: Send>(work: impl Future<Output = Result<T, ForgeError>> + Send) -> Result<T, ForgeError> {
    let failed = || ForgeError::Unreachable("no thread".to_owned());
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map_err(|_| failed())?.block_on(work)
        });
        thread.join().unwrap_or_else(|_| Err(failed()))
    })
}

impl LogBranch for AppendingBranch {
    fn name(&self) -> String {
        self.inner.name()
    }

    fn fetch(&self) -> Result<Option<String>, StoreError> {
        self.inner.fetch()
    }

    fn commits(&self, since: Option<&str>, tip: &str) -> Result<Option<Vec<String>>, StoreError> {
        self.inner.commits(since, tip)
    }

    fn file_id(&self, commit: &str, name: &str) -> Result<Option<String>, StoreError> {
        self.inner.file_id(commit, name)
    }

    fn file(&self, commit: &str, name: &str, most: usize) -> Result<LogFile, StoreError> {
        self.inner.file(commit, name, most)
    }

    fn message(&self, commit: &str) -> Result<String, StoreError> {
        self.inner.message(commit)
    }

    fn commit(&self, commit: &LogCommit) -> Result<String, StoreError> {
        self.inner.commit(commit)
    }

    fn replay(
        &self,
        commit: &str,
        parent: Option<&str>,
        file: (&'static str, Option<&[u8]>),
    ) -> Result<String, StoreError> {
        self.inner.replay(commit, parent, file)
    }

    fn offer(&self, commit: &str, expected: Option<&str>) -> Result<Offer, StoreError> {
        // GitHub makes no first commit of a branch.
        let Some(before) = expected.filter(|_| !self.pushes.load(Ordering::Relaxed)) else {
            return self.inner.offer(commit, expected);
        };
        let Some(difference) = self.difference(commit, before)? else {
            return self.inner.offer(commit, expected);
        };
        let why = match self.made(commit, before, difference) {
            Ok(made) => {
                return Ok(match self.is_same(&made, commit) {
                    Ok(true) => Offer::TakenAs(made),
                    Ok(false) => {
                        // Readers pass over it; the next try is pushed.
                        self.push_from_now_on(Message::new("append-other-bytes"));
                        Offer::Unanswered("GitHub wrote other bytes".to_owned())
                    }
                    Err(error) => Offer::Unanswered(error.to_string()),
                });
            }
            Err(Refusal::Store(error)) => return Err(error),
            Err(Refusal::Forge(ForgeError::Answer(words))) if words.starts_with("STALE_DATA") => {
                return Ok(Offer::Overtaken);
            }
            Err(Refusal::Forge(ForgeError::Unreachable(words))) => return Ok(Offer::Unanswered(words)),
            Err(Refusal::Forge(ForgeError::Forbidden { permission, .. })) => {
                Message::new("append-not-permitted").with("permission", permission)
            }
            Err(Refusal::Forge(error)) => Message::new("append-pushed").with("detail", error),
        };
        self.push_from_now_on(why);
        // Should it have been made after all, the push comes too late, and the record is found.
        self.inner.offer(commit, expected)
    }

    fn forget(&self) -> Result<(), StoreError> {
        self.inner.forget()
    }
}
