//! Brings commits here that reviewers saw and nobody merged as they were, through the git binary.

use std::collections::BTreeSet;

use git2::Oid;

use super::{GitRepository, fault, guarded};
use crate::change::Message;
use crate::ports::RepositoryError;

/// The remote that the forge belongs to.
const REMOTE: &str = "origin";

/// How git logs in where the forge is: the address that this is for, and a header.
#[derive(Clone)]
pub struct Login {
    /// The server, without a slash at the end.
    pub server: String,
    /// The header; a secret.
    pub header: String,
    /// Whether the log's branch is reached with it too, where git has no other way. A person has one,
    /// and may have a token here that can do less.
    pub for_the_log: bool,
}

/// Fetches those of `commits` that are not here: by their ids, else with `references`. Returns
/// those that are nowhere any more.
///
/// # Errors
/// [`RepositoryError::Unsupported`] when git is not there or does not reach the remote.
pub(super) fn commits(
    repo: &GitRepository,
    commits: &[String],
    references: &[String],
    login: Option<&Login>,
) -> Result<BTreeSet<String>, RepositoryError> {
    let mut missing = absent(repo, commits)?;
    if missing.is_empty() || fetched(repo, &missing, login) && absent(repo, &missing)?.is_empty() {
        return Ok(BTreeSet::new());
    }
    // Some may be gone. That is only known once the remote has answered something else.
    let plain: Vec<String> = references
        .iter()
        .filter(|name| is_reference(name))
        .cloned()
        .collect();
    if !fetched(repo, &plain, login) {
        return Err(RepositoryError::Unsupported(
            Message::new("error-git-bring")
                .with("remote", REMOTE)
                .with("count", missing.len()),
        ));
    }
    missing = absent(repo, &missing)?;
    let mut gone = BTreeSet::new();
    for commit in missing {
        let alone = [commit.clone()];
        if !fetched(repo, &alone, login) || !absent(repo, &alone)?.is_empty() {
            gone.insert(commit);
        }
    }
    Ok(gone)
}

/// Those that are not here, each once.
fn absent(repo: &GitRepository, commits: &[String]) -> Result<Vec<String>, RepositoryError> {
    let odb = repo.git().odb().map_err(fault::broken)?;
    odb.refresh().map_err(fault::broken)?;
    let is_id = |text: &str| text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut absent = BTreeSet::new();
    for commit in commits {
        let oid = Some(commit)
            .filter(|text| is_id(text))
            .and_then(|text| Oid::from_str(text).ok());
        match oid {
            Some(oid) if !odb.exists(oid) => drop(absent.insert(commit.clone())),
            Some(_) => {}
            None => return Err(RepositoryError::NotFound(commit.clone())),
        }
    }
    Ok(absent.into_iter().collect())
}

/// `refs/…` of letters, digits, `-` and `/` only.
fn is_reference(name: &str) -> bool {
    name.starts_with("refs/")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-/".contains(&byte))
}

/// Whether git got all of `wanted`, none of which moves a reference.
fn fetched(repo: &GitRepository, wanted: &[String], login: Option<&Login>) -> bool {
    let mut command = guarded::git(&repo.git_dir());
    if let Some(login) = login {
        // Through the environment, where others cannot see it. The empty value takes the place of
        // what the repository sets: two of them are refused.
        let key = format!("http.{}/.extraheader", login.server);
        command
            .env("GIT_CONFIG_COUNT", "2")
            .env("GIT_CONFIG_KEY_0", &key)
            .env("GIT_CONFIG_VALUE_0", "")
            .env("GIT_CONFIG_KEY_1", &key)
            .env("GIT_CONFIG_VALUE_1", &login.header);
    }
    command
        .args(["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60"])
        .arg("fetch")
        .args(["--upload-pack", "git-upload-pack"])
        .args([
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
        ])
        .args([
            "--recurse-submodules=no",
            "--refmap=",
            "--stdin",
            "--end-of-options",
            REMOTE,
        ]);
    guarded::fed(&mut command, wanted.iter()).unwrap_or(false)
}
