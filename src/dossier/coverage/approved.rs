//! Contents that somebody approved, and the patience to look for them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, Stretch};
use crate::change::{ChangeId, Digest};

/// The contents that acts in the log approve.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Approved {
    /// Those approved for a declared change.
    pub changes: BTreeMap<ChangeId, BTreeSet<Digest>>,
    /// Those approved without a declaration, for what a template covers.
    pub derived: BTreeSet<Digest>,
}

impl Approved {
    fn of(&self, source: &Source) -> Option<&BTreeSet<Digest>> {
        match source {
            Source::Declared(id) => self.changes.get(id),
            Source::Derived(_) => Some(&self.derived),
        }
    }
}

/// How many contents are computed for one range at most; what is not found by then was not
/// approved, so that a hostile history cannot keep the gate busy.
const MOST_LOOKS: u32 = 6_000;

/// Compares stretches with the approved contents.
pub(super) struct Looking<'a, F> {
    approved: &'a Approved,
    content: F,
    looks: u32,
}

impl<'a, F> Looking<'a, F> {
    pub(super) fn new(approved: &'a Approved, content: F) -> Self {
        Self {
            approved,
            content,
            looks: 0,
        }
    }

    /// Whether anything was approved that `source` could use.
    pub(super) fn worthwhile(&self, source: &Source) -> bool {
        self.looks < MOST_LOOKS && self.approved.of(source).is_some_and(|known| !known.is_empty())
    }

    /// Whether exactly the content of `stretch` was approved for its source.
    pub(super) fn approves<E>(&mut self, stretch: &Stretch) -> Result<bool, E>
    where
        F: FnMut(&Stretch) -> Result<Digest, E>,
    {
        if !self.worthwhile(&stretch.source) {
            return Ok(false);
        }
        self.looks += 1;
        let content = (self.content)(stretch)?;
        Ok(self
            .approved
            .of(&stretch.source)
            .is_some_and(|known| known.contains(&content)))
    }
}
