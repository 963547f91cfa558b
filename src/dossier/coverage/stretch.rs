//! Neighbouring steps that belong to one change.

use std::collections::BTreeSet;

use super::{BranchCommit, Ground, StepCommit};
use crate::change::{ChangeId, TemplateKey};

/// Where a stretch's declaration comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Somebody declared this change.
    Declared(ChangeId),
    /// This template covers it.
    Derived(TemplateKey),
}

/// A step that a stretch accounts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The step's commit.
    pub commit: String,
    /// One of its paths, for people to recognise it by.
    pub path: Option<String>,
    /// Its place in the range.
    pub(super) at: usize,
}

/// Neighbouring steps of one source and one pull request: a unit of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where its declaration comes from.
    pub source: Source,
    /// Its first step.
    pub first: String,
    /// Its last step.
    pub last: String,
    /// The commit before it; `None` when it begins with a root commit.
    pub parent_of_first: Option<String>,
    /// The commit before its last step.
    pub parent_of_last: Option<String>,
    /// The pull request, where one is known.
    pub pull: Option<u64>,
    /// Every path that its steps touch, in byte order; declarations too.
    pub files: Vec<String>,
    /// The declaration files of its own change among them: what its content leaves out.
    pub without: BTreeSet<String>,
    /// Every commit of its steps.
    pub commits: Vec<BranchCommit>,
    /// When its last step was committed, seconds since 1970.
    pub committed_at: i64,
    /// The steps that count as covered by it. Steps inside it that change nothing or belong to
    /// another service count as that.
    pub steps: Vec<Covered>,
}

impl Stretch {
    /// The stretch of `steps`; `None` without steps.
    pub(super) fn new(ground: &Ground, source: Source, steps: &[StepCommit]) -> Option<Self> {
        let (first, last) = (steps.first()?, steps.last()?);
        let files: BTreeSet<&String> = steps
            .iter()
            .flat_map(|s| &s.files)
            .map(|file| &file.path)
            .collect();
        let files: Vec<String> = files.into_iter().cloned().collect();
        let links: BTreeSet<&String> = steps
            .iter()
            .flat_map(|s| s.files.iter().filter(|file| !file.regular))
            .map(|file| &file.path)
            .collect();
        let own = |path: &&String| {
            let named =
                matches!(&source, Source::Declared(id) if ground.declaration(path).as_ref() == Some(id));
            named && !links.contains(path)
        };
        Some(Self {
            first: first.commit.clone(),
            last: last.commit.clone(),
            parent_of_first: first.parent.clone(),
            parent_of_last: last.parent.clone(),
            pull: first.pull,
            without: files.iter().filter(own).cloned().collect(),
            commits: steps.iter().flat_map(|s| s.commits.iter().cloned()).collect(),
            committed_at: last.committed_at,
            steps: Vec::new(),
            source,
            files,
        })
    }

    /// The declared change, or `None` for a derived one.
    pub fn declared(&self) -> Option<&ChangeId> {
        match &self.source {
            Source::Declared(id) => Some(id),
            Source::Derived(_) => None,
        }
    }
}
