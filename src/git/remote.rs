//! Speaks with one remote through the git binary.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::bring::Login;
use super::guarded;
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

/// What a fetch needs at least, in bytes.
const ROOM: usize = 16 << 10;

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
    /// Reads how the repository at `git_dir` reaches the remote `name`.
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
        let mut settings = settings(&String::from_utf8_lossy(&printed.stdout), name);
        settings.extend(login.and_then(|login| header(&settings, login)));
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

    /// Whether something can be written into the copy.
    ///
    /// # Errors
    /// [`StoreError`] that says why not.
    pub(super) fn has_room(&self) -> Result<(), StoreError> {
        let write = || {
            let mut file = tempfile::NamedTempFile::new_in(&self.copy)?;
            file.write_all(&[0; ROOM])?;
            file.as_file().sync_all()
        };
        write().map_err(|error| StoreError::of_file(&self.copy, &error))
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

/// The token's header, where the repository brings no header of its own: two would be refused, and
/// its own may have rights that the token has not.
fn header(settings: &[(String, String)], login: &Login) -> Option<(String, String)> {
    let here = format!("http.{}/", login.server);
    let own = |(key, value): &(String, String)| {
        let is_header = key.ends_with(".extraheader") && !value.is_empty();
        is_header && (key == "http.extraheader" || key.starts_with(&here))
    };
    let key = format!("{here}.extraheader");
    (!settings.iter().any(own)).then(|| (key, login.header.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_sent_where_the_repository_has_no_header_of_its_own() {
        let login = Login {
            server: "https://github.com".to_owned(),
            header: "Authorization: Basic x".to_owned(),
            for_the_log: true,
        };
        let url = (
            "remote.origin.url".to_owned(),
            "https://github.com/a/b".to_owned(),
        );
        let sent = header(std::slice::from_ref(&url), &login).unwrap();
        assert_eq!(sent.0, "http.https://github.com/.extraheader");
        let own = (sent.0.clone(), "Authorization: Basic y".to_owned());
        let other = ("http.https://example.org/.extraheader".to_owned(), own.1.clone());
        assert!(header(&[url.clone(), other], &login).is_some());
        assert_eq!(header(&[url, own], &login), None);
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
