//! Which files differ between two trees, without looking into them.

use std::cmp::Ordering;

use git2::Oid;

use super::GitRepository;
use super::sheet::{Entry, FOLDER};
use crate::change::Message;
use crate::ports::RepositoryError;

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
        let old = old.map(|oid| self.repo.sheet(oid)).transpose()?;
        let new = new.map(|oid| self.repo.sheet(oid)).transpose()?;
        let mut left = old.iter().flat_map(|sheet| sheet.entries());
        let mut right = new.iter().flat_map(|sheet| sheet.entries());
        let (mut was, mut is) = (left.next(), right.next());
        loop {
            let order = match (&was, &is) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => a.order(b),
            };
            let before = was.filter(|_| order != Ordering::Greater);
            let after = is.filter(|_| order != Ordering::Less);
            self.entry(before, after)?;
            if order != Ordering::Greater {
                was = left.next();
            }
            if order != Ordering::Less {
                is = right.next();
            }
        }
    }

    fn entry(&mut self, old: Option<Entry<'_>>, new: Option<Entry<'_>>) -> Result<(), RepositoryError> {
        let side = |entry: Entry<'_>| Side {
            mode: entry.mode,
            oid: entry.oid,
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
        self.prefix.extend_from_slice(entry.name);
        if entry.mode == FOLDER {
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
