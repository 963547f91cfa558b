//! Where somebody stands in a repository: branch, last commit, what is staged.

use git2::Delta;

use super::{GitRepository, fault, path};
use crate::ports::RepositoryError;

/// What git says about the work at hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Here {
    /// The branch; `None` on a detached HEAD.
    pub branch: Option<String>,
    /// The first line of the last commit's message; `None` before the first.
    pub subject: Option<String>,
    /// The paths that the next commit will change, in byte order.
    pub staged: Vec<String>,
}

/// More paths are not looked at.
const MOST_PATHS: usize = 10_000;

impl GitRepository {
    /// Branch, last commit and index of this work tree.
    ///
    /// # Errors
    /// [`RepositoryError::Broken`] when git cannot tell.
    pub fn here(&self) -> Result<Here, RepositoryError> {
        let git = self.git();
        let branch = git.find_reference("HEAD").ok().and_then(|head| {
            let target = head.symbolic_target().ok()??;
            Some(target.strip_prefix("refs/heads/")?.to_owned())
        });
        let commit = git.head().ok().and_then(|head| head.peel_to_commit().ok());
        let subject = commit.as_ref().and_then(|commit| {
            let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
            message
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .map(str::to_owned)
        });
        let tree = commit.as_ref().and_then(|commit| commit.tree().ok());
        let difference = git
            .diff_tree_to_index(tree.as_ref(), None, None)
            .map_err(fault::broken)?;
        let mut staged: Vec<String> = difference
            .deltas()
            .filter(|delta| delta.status() != Delta::Unmodified)
            .filter_map(|delta| delta.new_file().path_bytes().or(delta.old_file().path_bytes()))
            .take(MOST_PATHS)
            .map(path::shown)
            .collect();
        staged.sort();
        Ok(Here {
            branch,
            subject,
            staged,
        })
    }
}
