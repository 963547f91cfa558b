//! Which files differ between two trees, without looking into them.

use std::cmp::Ordering;

use git2::{Oid, Tree, TreeEntry};

use super::GitRepository;
use crate::change::Message;
use crate::ports::RepositoryError;

/// Normalised mode of a folder.
const FOLDER: i32 = 0o040_000;

/// How deep folders may lie in one another.
const MOST_DEPTH: usize = 400;

/// How many folders and files one difference may visit; a few crafted trees can name more files
/// than any disk holds.
const MOST_ENTRIES: usize = 2_000_000;

/// One side of a file that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    /// The normalised mode.
    pub(super) mode: i32,
    /// The blob or, for a submodule, the commit.
    pub(super) oid: Oid,
}

/// One file that differs; a link or a submodule is a file here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The path's bytes.
    pub(super) path: Vec<u8>,
    /// What it was.
    pub(super) old: Option<Side>,
    /// What it is.
    pub(super) new: Option<Side>,
}

/// What differs from the tree `old` (`None`: nothing there) to the tree `new`, in byte order of
/// path. No renames: a file that moved is gone here and new there.
pub(super) fn between(
    repo: &GitRepository,
    old: Option<Oid>,
    new: Oid,
) -> Result<Vec<Difference>, RepositoryError> {
    let mut walk = Walk {
        repo,
        prefix: Vec::new(),
        depth: 0,
        visited: 0,
        found: Vec::new(),
    };
    if old != Some(new) {
        walk.trees(old, Some(new))?;
    }
    Ok(walk.found)
}

struct Walk<'a> {
    repo: &'a GitRepository,
    prefix: Vec<u8>,
    depth: usize,
    visited: usize,
    found: Vec<Difference>,
}

impl Walk<'_> {
    fn trees(&mut self, old: Option<Oid>, new: Option<Oid>) -> Result<(), RepositoryError> {
        let old = old.map(|oid| self.repo.tree(oid)).transpose()?;
        let new = new.map(|oid| self.repo.tree(oid)).transpose()?;
        let (mut left, mut right) = (Entries::of(old.as_ref()), Entries::of(new.as_ref()));
        let (mut was, mut is) = (left.next()?, right.next()?);
        loop {
            let order = match (&was, &is) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => order(a, b),
            };
            let before = if order == Ordering::Greater {
                None
            } else {
                was.as_ref()
            };
            let after = if order == Ordering::Less {
                None
            } else {
                is.as_ref()
            };
            self.entry(before, after)?;
            if order != Ordering::Greater {
                was = left.next()?;
            }
            if order != Ordering::Less {
                is = right.next()?;
            }
        }
    }

    fn entry(
        &mut self,
        old: Option<&TreeEntry<'_>>,
        new: Option<&TreeEntry<'_>>,
    ) -> Result<(), RepositoryError> {
        let side = |entry: &TreeEntry<'_>| Side {
            mode: entry.filemode(),
            oid: entry.id(),
        };
        let (was, is) = (old.map(side), new.map(side));
        let Some(entry) = old.or(new).filter(|_| was != is) else {
            return Ok(());
        };
        self.visited += 1;
        if self.visited > MOST_ENTRIES || self.depth > MOST_DEPTH {
            return Err(RepositoryError::Unsupported(Message::new("error-git-tree-size")));
        }
        let length = self.prefix.len();
        self.prefix.extend_from_slice(entry.name_bytes());
        if entry.filemode() == FOLDER {
            self.prefix.push(b'/');
            self.depth += 1;
            self.trees(was.map(|side| side.oid), is.map(|side| side.oid))?;
            self.depth -= 1;
        } else {
            self.found.push(Difference {
                path: self.prefix.clone(),
                old: was,
                new: is,
            });
        }
        self.prefix.truncate(length);
        Ok(())
    }
}

/// The entries of a tree, refused where their order is not git's: readers would disagree about
/// what such a tree holds.
struct Entries<'t, 'r> {
    tree: Option<&'t Tree<'r>>,
    next: usize,
}

impl<'t, 'r> Entries<'t, 'r> {
    fn of(tree: Option<&'t Tree<'r>>) -> Self {
        Self { tree, next: 0 }
    }

    fn next(&mut self) -> Result<Option<TreeEntry<'t>>, RepositoryError> {
        let Some((tree, entry)) = self.tree.and_then(|tree| Some((tree, tree.get(self.next)?))) else {
            return Ok(None);
        };
        let before = self.next.checked_sub(1).and_then(|at| tree.get(at));
        let sorted = before.is_none_or(|before| order(&before, &entry) == Ordering::Less);
        if !sorted || !sound(entry.name_bytes()) {
            return Err(RepositoryError::Broken(format!(
                "tree {} is malformed",
                tree.id()
            )));
        }
        self.next += 1;
        Ok(Some(entry))
    }
}

/// Whether a name can stand in a tree.
pub(super) fn sound(name: &[u8]) -> bool {
    !name.contains(&b'/') && !matches!(name, b"" | b"." | b"..") && !name.eq_ignore_ascii_case(b".git")
}

/// Git's order: a folder as if its name ended in a slash, which is the byte order of full paths.
fn order(one: &TreeEntry<'_>, other: &TreeEntry<'_>) -> Ordering {
    let (a, b) = (one.name_bytes(), other.name_bytes());
    let common = a.len().min(b.len());
    let after = |entry: &TreeEntry<'_>, name: &[u8]| match name.get(common) {
        Some(byte) => Some(*byte),
        None => (entry.filemode() == FOLDER).then_some(b'/'),
    };
    a.get(..common)
        .cmp(&b.get(..common))
        .then_with(|| after(one, a).cmp(&after(other, b)))
}
