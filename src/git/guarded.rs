//! The git binary, started so that neither the environment nor what a repository sets can turn it
//! into something else. It knows credentials, proxies and the network, of which this program has
//! none.
#![allow(clippy::disallowed_methods, reason = "one of the places that start a process")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What would point git at another repository, or let it see other objects than libgit2 does.
const REDIRECTS: &[&str] = &[
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

/// git in the repository at `git_dir`. Its output is thrown away unless somebody asks for it: what
/// it says can hold the address of a remote, and that a password.
pub(super) fn git(git_dir: &Path) -> Command {
    let mut command = Command::new("git");
    for name in REDIRECTS {
        command.env_remove(name);
    }
    command
        .arg("--git-dir")
        .arg(git_dir)
        // What a repository's own configuration must not be able to start.
        .args(["-c", "protocol.ext.allow=never", "-c", "core.fsmonitor=false"])
        .args(["-c", "core.hooksPath=/dev/null"])
        .args(["-c", "core.alternateRefsCommand=true"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Runs `command` with a line for each of `lines` at its input; whether it took them all and ended
/// well.
///
/// # Errors
/// When it cannot be started or waited for.
pub(super) fn fed(
    command: &mut Command,
    lines: impl Iterator<Item = impl std::fmt::Display>,
) -> std::io::Result<bool> {
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let list: String = lines.map(|line| format!("{line}\n")).collect();
    let written = child
        .stdin
        .take()
        .is_some_and(|mut input| input.write_all(list.as_bytes()).is_ok());
    let ended = child.wait()?.success();
    Ok(written && ended)
}
