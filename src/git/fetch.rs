//! Brings what a partial clone left out, through the git binary: it knows the remote, the
//! credentials and the network, of which this program has none.
#![allow(clippy::disallowed_methods, reason = "one of the places that start a process")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use git2::Oid;

use crate::change::Message;
use crate::ports::RepositoryError;

/// What would point git at another repository, or let it see other objects than libgit2 does.
pub(super) const REDIRECTS: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

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
    let mut command = Command::new("git");
    for name in REDIRECTS {
        command.env_remove(name);
    }
    // As git itself fetches on demand: nothing is negotiated, no reference moves.
    command
        .arg("--git-dir")
        .arg(git_dir)
        .args(["-c", "fetch.negotiationAlgorithm=noop"])
        // What a repository's own configuration must not be able to start.
        .args(["-c", "protocol.ext.allow=never", "-c", "core.fsmonitor=false"])
        .args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.alternateRefsCommand=true",
        ])
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
        .arg(remote)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().map_err(|_| failed())?;
    let list: String = objects.iter().map(|oid| format!("{oid}\n")).collect();
    let written = child
        .stdin
        .take()
        .is_some_and(|mut input| input.write_all(list.as_bytes()).is_ok());
    let status = child.wait().map_err(|_| failed())?;
    if written && status.success() {
        Ok(())
    } else {
        Err(failed())
    }
}
