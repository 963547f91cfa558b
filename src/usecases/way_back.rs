//! What a change would return to, looked up in the repository.

use std::collections::BTreeSet;

use crate::change::{Declaration, Rollback, Strategy};
use crate::dossier::completion::LAST_STATE;
use crate::dossier::{RollbackTarget, Unit, stated_rollback};
use crate::ports::{Repository, RepositoryError};

use super::Stop;

/// What the repository says of a file that is there and cannot be read into memory.
const TOO_LARGE: &str = "error-git-file-size";

/// Where a change's way back is looked up.
pub(super) struct Lookup<'a> {
    /// The repository.
    pub repository: &'a dyn Repository,
    /// The commit that is judged.
    pub head: &'a str,
    /// The authorised commit, where there is one.
    pub authorised: Option<&'a str>,
    /// The files that the change touches.
    pub files: &'a BTreeSet<String>,
    /// Its stretches of steps.
    pub units: &'a [Unit],
}

impl Lookup<'_> {
    /// What the thing that `completed` returns to is.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when the repository cannot be read.
    pub(super) fn target(&self, completed: &Declaration) -> Result<RollbackTarget, Stop> {
        let Some(plan) = stated_rollback(completed) else {
            return Ok(RollbackTarget::Unsaid);
        };
        let Some(text) = named(plan) else {
            return Ok(RollbackTarget::Unsaid);
        };
        // A copy cannot be restored to a state of the repository.
        if text == LAST_STATE && matches!(plan.strategy, Some(Strategy::Redeploy | Strategy::Revert)) {
            return Ok(RollbackTarget::State);
        }
        if self.is_file(self.head, text)? {
            return self.file(text);
        }
        if is_moving(text) {
            return Ok(RollbackTarget::Moving);
        }
        if let Some((commit, sort)) = self.revision(text)? {
            let holds = self.holds_the_change(&commit)?;
            return Ok(if holds { RollbackTarget::WithChange } else { sort });
        }
        let needs_a_version = matches!(
            plan.strategy,
            Some(Strategy::Redeploy | Strategy::Revert | Strategy::Restore) | None
        );
        Ok(match needs_a_version {
            true if is_version(text) => RollbackTarget::NoRevision,
            true if is_path(text) => RollbackTarget::NoFile,
            _ => RollbackTarget::Elsewhere,
        })
    }

    /// A file that the change itself alters holds the change; one that it adds is its copy.
    fn file(&self, path: &str) -> Result<RollbackTarget, Stop> {
        let path = path.strip_prefix("./").unwrap_or(path);
        let Some(before) = self.authorised.filter(|_| self.files.contains(path)) else {
            return Ok(RollbackTarget::File);
        };
        Ok(match self.is_file(before, path)? {
            true => RollbackTarget::Changed,
            false => RollbackTarget::File,
        })
    }

    fn is_file(&self, commit: &str, path: &str) -> Result<bool, Stop> {
        let path = path.strip_prefix("./").unwrap_or(path);
        match self.repository.read(commit, path) {
            Ok(file) => Ok(file.is_some()),
            // Too large to be read, so it is there.
            Err(RepositoryError::Unsupported(message)) if message.key == TOO_LARGE => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// The commit that a text names, as a tag, a branch or by its own digits.
    fn revision(&self, text: &str) -> Result<Option<(String, RollbackTarget)>, Stop> {
        let name = |c: char| c.is_ascii_alphanumeric() || "._-/+".contains(c);
        if !text.chars().all(name) || text.contains("..") || text.starts_with('-') {
            return Ok(None);
        }
        let names = [
            (format!("refs/tags/{text}"), RollbackTarget::Tag),
            (format!("refs/heads/{text}"), RollbackTarget::Branch),
            (format!("refs/remotes/origin/{text}"), RollbackTarget::Branch),
        ];
        for (name, sort) in names {
            if let Some(commit) = self.resolved(&name)? {
                return Ok(Some((commit, sort)));
            }
        }
        if !is_digits(text) {
            return Ok(None);
        }
        let commit = self.resolved(text)?;
        Ok(commit.map(|commit| (commit, RollbackTarget::Commit)))
    }

    fn resolved(&self, revision: &str) -> Result<Option<String>, Stop> {
        match self.repository.resolve(revision) {
            Ok(commit) => Ok(Some(commit)),
            Err(RepositoryError::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the change is part of a commit's history.
    fn holds_the_change(&self, commit: &str) -> Result<bool, Stop> {
        let ends: BTreeSet<&str> = self.units.iter().map(|unit| unit.last.as_str()).collect();
        for end in ends {
            if self.repository.merge_base(commit, end)?.as_deref() == Some(end) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What a plan names; a restore without a target returns to the copy that it names.
fn named(plan: &Rollback) -> Option<&str> {
    let copy = || {
        let reference = plan.backup.as_ref()?.reference.as_deref();
        reference.filter(|_| plan.strategy == Some(Strategy::Restore))
    };
    plan.to.as_deref().map(str::trim).or_else(copy)
}

/// A name that git counts from the present.
fn is_moving(text: &str) -> bool {
    let first = text.split(['~', '^', '@']).next().unwrap_or(text);
    let counted = text.len() > first.len() && !text.contains([' ', ':', '/']);
    ["HEAD", "FETCH_HEAD", "ORIG_HEAD"].contains(&first) || text == "@" || (counted && is_reference(first))
}

fn is_reference(text: &str) -> bool {
    text.is_empty()
        || text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

/// The digits of a commit, whole or shortened.
fn is_digits(text: &str) -> bool {
    (7..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A commit's digits, a full name of git's, or a number such as `v1.4.2`.
fn is_version(text: &str) -> bool {
    let number = text.strip_prefix('v').unwrap_or(text);
    let parts: Vec<&str> = number.split('.').collect();
    let numbered = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let dotted = match parts.as_slice() {
        [first, second, ..] => {
            let second = second.split(['-', '+']).next().unwrap_or(second);
            numbered(first) && numbered(&second)
        }
        _ => false,
    };
    text.starts_with("refs/") || dotted || (is_digits(text) && text.bytes().any(|b| b.is_ascii_digit()))
}

/// Something with a folder, or with an ending as files have one.
fn is_path(text: &str) -> bool {
    if text.contains(char::is_whitespace) || text.contains([':', '@']) {
        return false;
    }
    let ending = text.rsplit_once('.').is_some_and(|(name, ending)| {
        let short = (1..=5).contains(&ending.len());
        let letters = ending.bytes().all(|b| b.is_ascii_alphanumeric());
        !name.is_empty() && short && letters && ending.bytes().any(|b| b.is_ascii_alphabetic())
    });
    text.contains('/') || ending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_path_and_a_version_from_the_name_of_a_copy() {
        for text in ["data/before.csv", "before.sql", "a/b", "データ/価格.csv"] {
            assert!(is_path(text) && !is_version(text), "{text}");
        }
        for text in ["v1.4.2", "1.4", "2.0.1-rc1", "9b1d0f6", "refs/tags/x"] {
            assert!(is_version(text), "{text}");
        }
        for text in [
            "snap-42",
            "nightly copy of 3 Dec",
            "registry.example/app@sha256:00",
            "s3://copies/42",
            "2026-12-04",
            "夜間のバックアップ",
            "facade",
        ] {
            assert!(!is_path(text) && !is_version(text), "{text}");
        }
    }

    #[test]
    fn knows_names_that_mean_another_commit_tomorrow() {
        for text in [
            "HEAD", "HEAD~1", "HEAD^", "@", "@~2", "main~1", "v1.2^", "HEAD@{1}",
        ] {
            assert!(is_moving(text), "{text}");
        }
        for text in [
            "main",
            "v1.4.2",
            "backup~ of Tuesday",
            "app@sha256:00",
            "data/a~b.csv",
        ] {
            assert!(!is_moving(text), "{text}");
        }
    }
}
