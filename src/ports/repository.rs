//! What is read from a git repository.

use std::collections::BTreeSet;

use crate::change::{Digest, Message};
use crate::dossier::coverage::StepCommit;

/// The first-parent line between two commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// `head` is `base`.
    Same,
    /// `base` is on `head`'s first-parent line; the steps after it, oldest first.
    Steps(Vec<StepCommit>),
    /// `head` is an ancestor of `base`.
    Older,
    /// Neither.
    Diverged,
}

/// What lies between two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// The digest over the changes, `docs/ledger-format.md`.
    pub digest: Digest,
    /// How many files differ.
    pub files: u64,
    /// How many lines were added or taken away; a file that is no text counts as one.
    pub lines: u64,
}

/// Two commits, to be compared.
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    /// The one before; `None`: nothing was there.
    pub from: Option<&'a str>,
    /// The one after.
    pub to: &'a str,
    /// Paths that are left out.
    pub without: &'a BTreeSet<String>,
}

/// Who git says is at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GitIdentity {
    /// `user.name`.
    pub name: Option<String>,
    /// `user.email`.
    pub email: Option<String>,
    /// `user.signingKey` where `gpg.format` is `ssh`.
    pub signing_key: Option<String>,
}

/// Read access to one repository. Nothing here moves a reference, and nothing reads the work tree.
pub trait Repository {
    /// The commit that `revision` names, 40 hex digits.
    ///
    /// # Errors
    /// [`RepositoryError::NotFound`] when there is none.
    fn resolve(&self, revision: &str) -> Result<String, RepositoryError>;

    /// The first-parent line from `base` to `head`. Steps are read one at a time; `seen` is
    /// called after each.
    ///
    /// # Errors
    /// [`RepositoryError`]; a shallow history that ends before `base` is an error, never a short
    /// range.
    fn range(&self, base: &str, head: &str, seen: &mut dyn FnMut(u64)) -> Result<Range, RepositoryError>;

    /// Brings those of `commits` here that are not, from the remote `origin`: by their ids, else
    /// with `references`. Returns those that are nowhere any more.
    ///
    /// # Errors
    /// [`RepositoryError`] when the remote cannot be reached.
    fn bring(&self, commits: &[String], references: &[String]) -> Result<BTreeSet<String>, RepositoryError>;

    /// The digests of what lies between the trees of two commits, in the order of `wanted`.
    ///
    /// # Errors
    /// [`RepositoryError`] when an object cannot be read.
    fn patches(&self, wanted: &[Between<'_>]) -> Result<Vec<Patch>, RepositoryError>;

    /// One of [`Repository::patches`].
    ///
    /// # Errors
    /// Those of [`Repository::patches`].
    fn patch(
        &self,
        from: Option<&str>,
        to: &str,
        without: &BTreeSet<String>,
    ) -> Result<Patch, RepositoryError> {
        let one = self.patches(&[Between { from, to, without }])?.into_iter().next();
        one.ok_or_else(|| RepositoryError::Broken("no digest".to_owned()))
    }

    /// The file at `path` in the tree of `commit`; `None` when there is none. Links and
    /// submodules are not files; a path that leaves the tree (`..`, `/`) names none.
    ///
    /// # Errors
    /// [`RepositoryError`] when the object cannot be read or is larger than 4 MiB.
    fn read(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, RepositoryError>;

    /// Whether a symbolic link lies at `path` in the tree of `commit`.
    ///
    /// # Errors
    /// [`RepositoryError`] when a tree cannot be read.
    fn is_link(&self, commit: &str, path: &str) -> Result<bool, RepositoryError>;

    /// The paths of the files below `folder` (`""`: all) in the tree of `commit`, in byte order.
    ///
    /// # Errors
    /// [`RepositoryError`] when a tree cannot be read.
    fn list(&self, commit: &str, folder: &str) -> Result<Vec<String>, RepositoryError>;

    /// The best common ancestor of two commits; `None` when there is none.
    ///
    /// # Errors
    /// [`RepositoryError`] when an object cannot be read.
    fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>, RepositoryError>;

    /// The branch that `origin/HEAD` names, else `main` or `master` where one exists, else
    /// HEAD's.
    ///
    /// # Errors
    /// [`RepositoryError`] when the references cannot be read.
    fn default_branch(&self) -> Result<String, RepositoryError>;

    /// Who git says is at the keyboard.
    ///
    /// # Errors
    /// [`RepositoryError`] when git's configuration cannot be read.
    fn identity(&self) -> Result<GitIdentity, RepositoryError>;

    /// The authors of the last 200 commits of HEAD as (name, address), the most active first.
    ///
    /// # Errors
    /// [`RepositoryError`] when an object cannot be read.
    fn committers(&self) -> Result<Vec<(String, String)>, RepositoryError>;
}

/// The repository could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RepositoryError {
    /// There is no repository here.
    #[error("no git repository at {0}")]
    NoRepository(String),
    /// A revision, commit or branch that does not exist.
    #[error("git does not know {0}")]
    NotFound(String),
    /// The history is cut off.
    #[error("the clone is shallow")]
    Shallow,
    /// Something that this program does not read: another owner, another object format, …
    #[error("{0}")]
    Unsupported(Message),
    /// libgit2's own words.
    #[error("git: {0}")]
    Broken(String),
}
