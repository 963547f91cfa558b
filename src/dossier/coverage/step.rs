//! Commits as coverage sees them.

/// One commit on the first-parent line, with what it changes against its first parent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepCommit {
    /// The commit, 40 hex digits.
    pub commit: String,
    /// Its first parent; `None` for a root commit.
    pub parent: Option<String>,
    /// Whether it has more than one parent.
    pub merge: bool,
    /// The pull request that it came with, where a forge was asked.
    pub pull: Option<u64>,
    /// Its files, in byte order of path.
    pub files: Vec<FileChange>,
    /// The commit itself, then those that a merge brought in (`step^1..step^2+`).
    pub commits: Vec<BranchCommit>,
    /// Seconds since 1970, by the committer's clock.
    pub committed_at: i64,
}

/// A commit's people and trailers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BranchCommit {
    /// The commit, 40 hex digits.
    pub commit: String,
    /// The author's address, in lower case.
    pub author: String,
    /// The committer's address, in lower case.
    pub committer: String,
    /// Addresses of `Co-authored-by:` trailers, in lower case.
    pub co_authors: Vec<String>,
    /// Values of `Change:` trailers, as written.
    pub changes: Vec<String>,
}

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The path; bytes that are not UTF-8 are shown as `\xHH`.
    pub path: String,
    /// Whether it exists afterwards.
    pub present: bool,
    /// Whether it is a file before and after, as far as it exists: no link, no submodule.
    pub regular: bool,
}
