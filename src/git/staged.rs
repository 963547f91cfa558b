//! What is staged: the files that the next commit will hold.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use git2::{Index, Oid};

use super::{GitRepository, fault, path};
use crate::change::Message;
use crate::ports::RepositoryError;

/// Larger files are not read into memory, in bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// An entry of `git add --intent-to-add`, which the next commit leaves out.
const INTENT_TO_ADD: u16 = 1 << 13;
/// The stage of an entry: 0 but in a merge that is not finished.
const STAGE: u16 = 0x3000;

/// The plain files of an index.
pub struct Staged<'r> {
    repository: &'r GitRepository,
    files: BTreeMap<String, Oid>,
}

impl fmt::Debug for Staged<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Staged")
            .field("files", &self.files.len())
            .finish()
    }
}

impl GitRepository {
    /// What is staged in the index at `file`; `None`: in the repository's own. A hook of
    /// `git commit --only` has an index of its own.
    ///
    /// # Errors
    /// [`RepositoryError::Unsupported`] when the index cannot be read.
    pub fn staged(&self, file: Option<&Path>) -> Result<Staged<'_>, RepositoryError> {
        let unreadable = |error: git2::Error| {
            RepositoryError::Unsupported(Message::new("error-git-index").with("detail", error.message()))
        };
        let index = match file {
            Some(file) => Index::open(file),
            None => self.git().index(),
        };
        let index = index.map_err(unreadable)?;
        let plain = |entry: &git2::IndexEntry| {
            entry.mode & 0o170_000 == 0o100_000
                && entry.flags & STAGE == 0
                && entry.flags_extended & INTENT_TO_ADD == 0
        };
        let files = index.iter().filter(plain);
        Ok(Staged {
            repository: self,
            files: files.map(|entry| (path::shown(&entry.path), entry.id)).collect(),
        })
    }
}

impl Staged<'_> {
    /// The file at `path`; `None` when none is staged there.
    ///
    /// # Errors
    /// [`RepositoryError::Unsupported`] when it is too large.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, RepositoryError> {
        let Some(oid) = self.files.get(path) else {
            return Ok(None);
        };
        if self.repository.blob_size(*oid)? > MOST_BYTES {
            return Err(RepositoryError::Unsupported(
                Message::new("error-git-file-size")
                    .with("path", path)
                    .with("limit", MOST_BYTES / (1024 * 1024)),
            ));
        }
        self.repository.blob(*oid).map(Some)
    }

    /// Whether a file or a folder is staged at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.below(path).next().is_some()
    }

    /// The files below `folder`, in byte order of path.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = match folder.trim_end_matches('/') {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        let from = self.files.range(prefix.clone()..);
        from.map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(&prefix))
    }

    /// Whether the file at `path` is another one than in the commit that is checked out.
    ///
    /// # Errors
    /// [`RepositoryError::Broken`] when that commit cannot be read.
    pub fn changed(&self, path: &str) -> Result<bool, RepositoryError> {
        let git = self.repository.git();
        let tree = match git.head() {
            Ok(head) => head.peel_to_tree().map_err(fault::broken)?,
            // Before the first commit everything is new.
            Err(_) => return Ok(self.files.contains_key(path)),
        };
        let before = tree.get_path(Path::new(path)).ok().map(|entry| entry.id());
        Ok(before.as_ref() != self.files.get(path))
    }
}
