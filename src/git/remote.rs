//! Speaks with one remote through the git binary.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::{Login, guarded};
use crate::ports::StoreError;

/// The settings of a repository that its log is fetched and pushed with: addresses, proxies,
/// credentials. What else the repository sets does not reach git here, so it starts nothing.
const SETTINGS: &[&str] = &[
    "http.",
    "credential.",
    "url.",
    "core.sshcommand",
    "core.gitproxy",
    "ssh.",
];

/// The same of the remote itself.
const REMOTE_SETTINGS: &[&str] = &["url", "pushurl", "proxy", "proxyauthmethod"];

/// One remote of a repository, spoken with from a bare repository beside it.
#[derive(Debug)]
pub(super) struct Remote {
    /// Its name.
    pub(super) name: String,
    /// The bare repository.
    pub(super) copy: PathBuf,
    settings: Vec<(String, String)>,
}

impl Remote {
    /// Reads how the repository at `git_dir` reaches the remote `name`; with `login` where it is meant
    /// for logs and the repository has no header of its own.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when git is not there, or knows no such remote.
    pub(super) fn of(
        git_dir: &Path,
        name: &str,
        copy: PathBuf,
        login: Option<&Login>,
    ) -> Result<Self, StoreError> {
        let mut command = git(git_dir);
        command.args(["config", "--list", "--show-scope", "--includes", "-z"]);
        let printed = output(&mut command)?;
        if !printed.status.success() {
            return Err(unreachable("git cannot read the repository's settings"));
        }
        let printed = String::from_utf8_lossy(&printed.stdout);
        let mut settings = settings(&printed, name);
        // Two headers would be refused.
        let login = login.filter(|login| login.for_log && !has_header(&printed));
        settings.extend(login.map(|login| {
            let key = format!("http.{}/.extraheader", login.server);
            (key, login.header.clone())
        }));
        let url = format!("remote.{name}.url");
        if !settings.iter().any(|(key, _)| *key == url) {
            return Err(unreachable(&format!("there is no remote {name}")));
        }
        Ok(Self {
            name: name.to_owned(),
            copy,
            settings,
        })
    }

    /// Runs git in the bare repository, with these words behind its own.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when git is not there.
    pub(super) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<Output, StoreError> {
        let mut command = git(&self.copy);
        // Values may be credentials: they go through the environment, where others cannot see them.
        command.env("GIT_CONFIG_COUNT", self.settings.len().to_string());
        for (nth, (key, value)) in self.settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{nth}"), key);
            command.env(format!("GIT_CONFIG_VALUE_{nth}"), value);
        }
        command.args(["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60"]);
        output(command.args(arguments))
    }
}

/// git whose words are read.
fn git(git_dir: &Path) -> Command {
    let mut command = guarded::git(git_dir);
    command
        .env("LC_ALL", "C")
        .env_remove("LANGUAGE")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn output(command: &mut Command) -> Result<Output, StoreError> {
    command
        .output()
        .map_err(|error| unreachable(&format!("git cannot be started: {error}")))
}

fn unreachable(words: &str) -> StoreError {
    StoreError::Unreachable(words.to_owned())
}

/// Whether git brings a header of its own to some server, whoever set it.
fn has_header(printed: &str) -> bool {
    let mut entries = printed.split('\0').skip(1).step_by(2);
    entries.any(|entry| {
        let key = entry.split('\n').next().unwrap_or_default();
        key.starts_with("http.") && key.ends_with(".extraheader")
    })
}

/// The settings that count, from what `git config --list --show-scope -z` prints. Those of the
/// user and the machine reach git by themselves.
fn settings(printed: &str, remote: &str) -> Vec<(String, String)> {
    let mut fields = printed.split('\0');
    let mut settings = Vec::new();
    while let (Some(scope), Some(entry)) = (fields.next(), fields.next()) {
        let (key, value) = entry.split_once('\n').unwrap_or((entry, "true"));
        let own = key
            .strip_prefix("remote.")
            .and_then(|rest| rest.strip_prefix(remote))
            .and_then(|rest| rest.strip_prefix('.'));
        let counts = match own {
            Some(own) => REMOTE_SETTINGS.contains(&own),
            None => SETTINGS.iter().any(|prefix| key.starts_with(prefix)),
        };
        if counts && matches!(scope, "local" | "worktree") {
            settings.push((key.to_owned(), value.to_owned()));
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_of_the_checkout_is_seen_whoever_set_it() {
        assert!(has_header("global\0http.https://a/.extraheader\nAUTH: x\0"));
        assert!(!has_header(
            "local\0user.name\nhttp.x.extraheader\0local\0http.proxy\nx\0"
        ));
    }

    #[test]
    fn only_what_reaches_the_remote_is_handed_on() {
        let printed = "global\0http.proxy\nhttp://proxy\0local\0remote.origin.url\nhttps://a\0\
            local\0remote.origin.uploadpack\n/evil\0local\0core.hookspath\n/evil\0\
            local\0remote.origin2.url\nhttps://b\0local\0http.https://a/.extraheader\nAUTH: x\0\
            local\0remote.origin.mirror\0worktree\0credential.helper\nstore\0";
        let keys: Vec<String> = settings(printed, "origin")
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(
            keys,
            [
                "remote.origin.url",
                "http.https://a/.extraheader",
                "credential.helper"
            ]
        );
    }
}
