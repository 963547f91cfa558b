//! A remote with clones that keep their change log on its branch.
#![allow(clippy::disallowed_methods, reason = "tests start git")]

use std::path::{Path, PathBuf};
use std::process::Command;

use sekisho::git::GitRepository;
use sekisho::ledger::{Head, Options, Report, instant};
use sekisho::ports::{Guard, LedgerStore as _};
use sekisho::sign::SshVerifier;
use sekisho::store::{BranchLedger, Reader};
use tempfile::TempDir;

use super::verify_log::verify_log;
use crate::written_log::{Person, open_genesis, run, time};

/// The branch.
pub(crate) const BRANCH: &str = "refs/heads/sekisho-log";

/// A bare repository, and a folder for its clones.
pub(crate) struct Remote {
    folder: PathBuf,
    _own: Option<TempDir>,
}

impl Remote {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let remote = Self::within(folder.path());
        Self {
            _own: Some(folder),
            ..remote
        }
    }

    /// An empty one in this folder, which somebody else takes away.
    pub(crate) fn within(folder: &Path) -> Self {
        git(folder, &["init", "-q", "--bare", "shop.git"]);
        Self {
            folder: folder.to_owned(),
            _own: None,
        }
    }

    /// The folder with the bare repository and the clones.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The bare repository.
    pub(crate) fn bare(&self) -> PathBuf {
        self.folder.join("shop.git")
    }

    /// Its address as a file.
    pub(crate) fn file(&self) -> String {
        format!("file://{}", self.bare().display())
    }

    /// A repository whose `origin` is `url`.
    pub(crate) fn clone_of(&self, name: &str, url: &str) -> PathBuf {
        let place = self.folder.join(name);
        git(&self.folder, &["init", "-q", name]);
        git(&place, &["remote", "add", "origin", url]);
        // A proxy of the machine has nothing to do with it.
        git(&place, &["config", "http.proxy", ""]);
        place
    }

    /// The log of a fresh clone over the file system.
    pub(crate) fn log(&self, name: &str) -> BranchLedger {
        open(&self.clone_of(name, &self.file()))
    }

    /// Runs git in the bare repository.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        git(&self.bare(), arguments)
    }

    /// The branch's newest commit.
    pub(crate) fn tip(&self) -> String {
        self.git(&["rev-parse", BRANCH])
    }

    /// Puts a commit with these files on the branch, behind `parents`, as somebody would who can push.
    pub(crate) fn plant(&self, files: &[(&str, &[u8])], parents: &[&str]) -> String {
        let mut lines = String::new();
        for (name, bytes) in files {
            let file = self.folder.join("planted");
            std::fs::write(&file, bytes).unwrap();
            let blob = self.git(&["hash-object", "-w", &file.display().to_string()]);
            lines.push_str(&format!("100644 blob {blob}\t{name}\n"));
        }
        let list = self.folder.join("tree");
        std::fs::write(&list, lines).unwrap();
        let list = std::fs::File::open(list).unwrap();
        let tree = git_with(&self.bare(), &["mktree"], Some(list));
        let mut arguments = vec!["commit-tree", "-m", "planted", &tree];
        for parent in parents {
            arguments.extend(["-p", parent]);
        }
        let commit = self.git(&arguments);
        self.git(&["update-ref", BRANCH, &commit]);
        commit
    }
}

/// The log of the clone at `place`, whose tries do not wait.
pub(crate) fn open(place: &Path) -> BranchLedger {
    open_with(place, Box::new(|_| true))
}

/// The same for one of many writers: like the program it waits between tries, longer each time and
/// never the same, or the slowest of them would use up its tries.
pub(crate) fn open_in_a_crowd(place: &Path) -> BranchLedger {
    let pause = |attempt: u32| {
        let mut part = [0; 1];
        getrandom::fill(&mut part).unwrap();
        let ceiling = std::time::Duration::from_millis(1 << attempt.min(7));
        std::thread::sleep(ceiling.mul_f64(f64::from(part[0]) / 256.0));
        true
    };
    open_with(place, Box::new(pause))
}

/// The same with another pause.
pub(crate) fn open_with(place: &Path, pause: sekisho::store::Pause) -> BranchLedger {
    let folder = place.join(".git/sekisho/branch/origin");
    let repository = GitRepository::open(place).unwrap();
    let branch = repository.log_branch("origin", &folder).unwrap();
    let reader = Reader::new(Box::new(SshVerifier), instant(&time(1_000_000)).unwrap());
    BranchLedger::new(Box::new(branch), &folder, pause, reader)
}

/// Opens the log with its first record; where it ends then.
pub(crate) fn begin(log: &BranchLedger) -> Head {
    let sato = Person::new("sato", 1);
    run(log.append(&[open_genesis(&sato, &[&sato])], Guard::Any, &time(0))).unwrap();
    run(log.head()).unwrap()
}

/// Fetches and verifies.
pub(crate) fn verified(log: &BranchLedger) -> Report {
    run(log.refresh()).unwrap();
    run(verify_log(log, &SshVerifier, Options::default())).unwrap()
}

/// Runs git in `place`; fails the test when git does.
#[track_caller]
pub(crate) fn git(place: &Path, arguments: &[&str]) -> String {
    git_with(place, arguments, None)
}

#[track_caller]
fn git_with(place: &Path, arguments: &[&str], input: Option<std::fs::File>) -> String {
    let mut command = Command::new("git");
    command
        .current_dir(place)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_NAME", "x")
        .env("GIT_AUTHOR_EMAIL", "x@shop.example")
        .env("GIT_COMMITTER_NAME", "x")
        .env("GIT_COMMITTER_EMAIL", "x@shop.example");
    if let Some(input) = input {
        command.stdin(input);
    }
    let done = command.output().unwrap();
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "git {arguments:?}: {error}");
    String::from_utf8_lossy(&done.stdout).trim_end().to_owned()
}
