//! The branch of a remote that carries a change log: commits in a line, moved only by one at a time.

use super::StoreError;

/// The files that a commit of the branch can have: records, documents, and a text for people.
pub const LOG_FILES: [&str; 3] = ["records.jsonl", "blobs.jsonl", "README.md"];

/// A file of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogFile {
    /// The commit has no such file.
    Absent,
    /// It is longer than what was asked for; it was not read.
    TooLong,
    /// Its bytes.
    Bytes(Vec<u8>),
}

/// A commit to be made.
#[derive(Debug, Clone)]
pub struct LogCommit {
    /// The commit before; `None` for the first.
    pub parent: Option<String>,
    /// Its files, by name; nothing else is in its tree.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// Its message.
    pub message: String,
    /// Its time, in seconds since 1970.
    pub time: i64,
}

/// What became of a commit that was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// It is the branch's newest now.
    Taken,
    /// Its files are the branch's newest now, in this commit, which was fetched.
    TakenAs(String),
    /// Somebody else's came first, or is coming in right now.
    Overtaken,
    /// The other side does not want it; its words.
    Refused(String),
    /// The connection broke: it may be there or not.
    Unanswered(String),
}

/// The branch, through a copy of its commits that can be thrown away.
///
/// Every error is [`StoreError::Unreachable`] when trying again may help, else
/// [`StoreError::Damaged`].
pub trait LogBranch: Send + Sync {
    /// The branch and its remote, for people.
    fn name(&self) -> String;

    /// Brings the branch as it is now; its newest commit, `None` when there is no branch.
    fn fetch(&self) -> Result<Option<String>, StoreError>;

    /// The commits after `since` up to `tip`, oldest first; `None` when `since` is not before
    /// `tip`. Without `since`, all.
    fn commits(&self, since: Option<&str>, tip: &str) -> Result<Option<Vec<String>>, StoreError>;

    /// What two files in the top folders of commits have in common when they are the same; `None` when
    /// there is no such file.
    fn file_id(&self, commit: &str, name: &str) -> Result<Option<String>, StoreError>;

    /// A file in the top folder of a commit, of at most `most` bytes.
    fn file(&self, commit: &str, name: &str, most: usize) -> Result<LogFile, StoreError>;

    /// The message of a commit.
    fn message(&self, commit: &str) -> Result<String, StoreError>;

    /// Makes a commit here.
    fn commit(&self, commit: &LogCommit) -> Result<String, StoreError>;

    /// Makes `commit` anew behind `parent`, with another text in `file` (`None`: without it).
    fn replay(
        &self,
        commit: &str,
        parent: Option<&str>,
        file: (&'static str, Option<&[u8]>),
    ) -> Result<String, StoreError>;

    /// Offers `commit` as the newest, when the newest still is `expected` (`None`: no branch yet).
    fn offer(&self, commit: &str, expected: Option<&str>) -> Result<Offer, StoreError>;

    /// Throws the copy away.
    fn forget(&self) -> Result<(), StoreError>;
}
