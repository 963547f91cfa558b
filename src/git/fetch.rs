//! Brings what a partial clone left out, through the git binary.

use std::path::Path;

use git2::Oid;

use super::guarded;
use crate::change::Message;
use crate::ports::RepositoryError;

/// Asks `remote` for `objects`, all in one request.
///
/// # Errors
/// [`RepositoryError::Unsupported`] when git is not there or does not get them. What git says is
/// not passed on: it can hold the address of the remote, and that a password.
pub(super) fn objects(git_dir: &Path, remote: &str, objects: &[Oid]) -> Result<(), RepositoryError> {
    let failed = || {
        RepositoryError::Unsupported(
            Message::new("error-git-partial")
                .with("remote", remote)
                .with("count", objects.len()),
        )
    };
    let mut command = guarded::git(git_dir);
    // As git itself fetches on demand: nothing is negotiated, no reference moves.
    command
        .args(["-c", "fetch.negotiationAlgorithm=noop"])
        .arg("fetch")
        .args(["--upload-pack", "git-upload-pack"])
        .args([
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
        ])
        .args(["--recurse-submodules=no", "--filter=blob:none", "--stdin"])
        .arg("--end-of-options")
        .arg(remote);
    match guarded::fed(&mut command, objects.iter()) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(failed()),
    }
}
