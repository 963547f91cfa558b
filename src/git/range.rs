//! The first-parent line between two commits.

use git2::{Commit, Oid, Sort};

use super::GitRepository;
use super::{difference, fault, path, side_by_side, trailers};
use crate::change::Message;
use crate::ports::{BranchCommit, FileChange, Range, RepositoryError, StepCommit};

/// How many commits one merge may bring in.
const MOST_BROUGHT_IN: usize = 10_000;

/// The line from `base` to `head`, oldest step first.
pub(super) fn between(
    repo: &GitRepository,
    base: Oid,
    head: Oid,
    seen: &mut dyn FnMut(u64),
) -> Result<Range, RepositoryError> {
    if base == head {
        return Ok(Range::Same);
    }
    match repo.common(base, head)? {
        Some(common) if common == head => return Ok(Range::Older),
        Some(common) if common == base => {}
        _ => return Ok(Range::Diverged),
    }
    let Some(line) = first_parents(repo, base, head)? else {
        return Ok(Range::Diverged);
    };
    let steps = side_by_side::each(repo, &line, seen, |repo, oid| {
        step(repo, &repo.inner_commit(*oid)?)
    })?;
    Ok(Range::Steps(steps))
}

/// The commits from, and without, `base` up to `head`; `None` when `base` is not among them.
fn first_parents(repo: &GitRepository, base: Oid, head: Oid) -> Result<Option<Vec<Oid>>, RepositoryError> {
    let mut line = Vec::new();
    let mut at = head;
    while at != base {
        line.push(at);
        match repo.node(at)?.parents.first() {
            Some(parent) => at = *parent,
            None => return Ok(None),
        }
    }
    line.reverse();
    Ok(Some(line))
}

fn step(repo: &GitRepository, commit: &Commit<'_>) -> Result<StepCommit, RepositoryError> {
    let parents: Vec<Oid> = commit.parent_ids().collect();
    let before = match parents.first() {
        Some(parent) => Some(repo.node(*parent)?.tree),
        None => None,
    };
    let files = difference::between(repo, before, commit.tree_id())?
        .iter()
        .map(|file| FileChange {
            path: path::shown(&file.path),
            present: file.new.is_some(),
            regular: [file.old, file.new]
                .iter()
                .flatten()
                .all(|side| side.mode & 0o170_000 == 0o100_000),
        })
        .collect();
    let mut commits = vec![branch_commit(commit)];
    if let [first, further @ ..] = parents.as_slice()
        && !further.is_empty()
    {
        brought_in(repo, commit.id(), *first, further, &mut commits)?;
    }
    Ok(StepCommit {
        commit: commit.id().to_string(),
        parent: parents.first().map(Oid::to_string),
        merge: parents.len() > 1,
        pull: None,
        files,
        commits,
        committed_at: commit.time().seconds(),
    })
}

/// Appends what a merge reaches by its further parents and not by its first.
fn brought_in(
    repo: &GitRepository,
    at: Oid,
    first: Oid,
    further: &[Oid],
    commits: &mut Vec<BranchCommit>,
) -> Result<(), RepositoryError> {
    let mut walk = repo.git().revwalk().map_err(fault::broken)?;
    walk.set_sorting(Sort::NONE).map_err(fault::broken)?;
    for parent in further {
        walk.push(*parent)
            .map_err(|error| repo.object_fault(*parent, &error))?;
    }
    walk.hide(first)
        .map_err(|error| repo.object_fault(first, &error))?;
    for (count, oid) in walk.enumerate() {
        if count >= MOST_BROUGHT_IN {
            return Err(RepositoryError::Unsupported(
                Message::new("error-git-merge-size")
                    .with("commit", at)
                    .with("limit", MOST_BROUGHT_IN),
            ));
        }
        commits.push(branch_commit(&repo.inner_commit(oid.map_err(fault::broken)?)?));
    }
    Ok(())
}

fn branch_commit(commit: &Commit<'_>) -> BranchCommit {
    let trailers = trailers::read(commit.message_raw_bytes());
    let values = |token: &'static str| {
        trailers
            .iter()
            .filter(move |trailer| trailer.token == token)
            .map(|trailer| &trailer.value)
    };
    BranchCommit {
        commit: commit.id().to_string(),
        author: address(commit.author().email_bytes()),
        committer: address(commit.committer().email_bytes()),
        co_authors: values("co-authored-by")
            .filter_map(|value| named_address(value))
            .collect(),
        changes: values("change").cloned().collect(),
    }
}

fn address(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_lowercase()
}

/// `Name <address>`, or an address alone.
fn named_address(value: &str) -> Option<String> {
    let inside = match value.rsplit_once('<') {
        Some((_, rest)) => rest.split_once('>').map_or(rest, |(address, _)| address),
        None => value,
    };
    let inside = inside.trim();
    inside.contains('@').then(|| inside.to_lowercase())
}
