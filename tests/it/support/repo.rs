//! Real repositories in temporary folders, made with the git binary.
//!
//! Nothing of the machine's or the user's configuration reaches them, and every commit is one
//! minute younger than the one before, so that the same calls give the same ids:
//!
//! ```ignore
//! let repo = Repo::new();                                   // on `main`, no commit yet
//! let base = repo.commit("start", &[("a.txt", "1\n")]);
//! repo.branch("feature");                                   // created here, switched to
//! repo.commit("work", &[("b.txt", "2\n")]);
//! repo.switch("main");
//! let head = repo.merge("feature", "merge feature");
//! let steps = repo.open().range(&base, &head, &mut |_| {});
//! ```

use std::cell::Cell;
use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sekisho::git::GitRepository;
use tempfile::TempDir;

/// 2026-11-24 00:00:00 UTC, the minute before the first commit.
const BEGINNING: i64 = 1_795_478_400;

/// A repository that disappears with its value.
pub(crate) struct Repo {
    folder: TempDir,
    minutes: Cell<i64>,
    author: String,
}

impl Repo {
    /// An empty repository on the branch `main`.
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// An empty repository, `git init` called with these flags too.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let repo = Self {
            folder: tempfile::tempdir().unwrap(),
            minutes: Cell::new(0),
            author: "Sato <sato@agency.example>".to_owned(),
        };
        repo.git(&[&["init", "--quiet", "--initial-branch=main"], flags].concat());
        repo
    }

    /// The same repository with commits by `author` (`Name <address>`) from now on.
    pub(crate) fn by(mut self, author: &str) -> Self {
        author.clone_into(&mut self.author);
        self
    }

    /// The work tree.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The repository as the gate opens it.
    pub(crate) fn open(&self) -> GitRepository {
        GitRepository::open(self.path()).unwrap()
    }

    /// Runs git and returns what it printed, without the last newline.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        self.try_git(arguments, b"")
            .unwrap_or_else(|words| panic!("git {arguments:?}: {words}"))
    }

    /// Runs git with `input`; `Err` has what it complained about.
    pub(crate) fn try_git(&self, arguments: &[&str], input: &[u8]) -> Result<String, String> {
        let mut child = self.command(arguments).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let done = child.wait_with_output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches('\n').to_owned();
        if done.status.success() {
            Ok(text(&done.stdout))
        } else {
            Err(text(&done.stderr))
        }
    }

    #[allow(clippy::disallowed_methods)] // the tests make their repositories with the real git
    fn command(&self, arguments: &[&str]) -> Command {
        let (name, address) = self.author.trim_end_matches('>').split_once(" <").unwrap();
        let date = format!("{} +0000", BEGINNING + 60 * self.minutes.get());
        let mut command = Command::new("git");
        command
            .current_dir(self.path())
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path().join(".git"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", "protocol.file.allow")
            .env("GIT_CONFIG_VALUE_0", "always")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_EDITOR", "true")
            .env("LC_ALL", "C")
            .env("GIT_AUTHOR_NAME", name)
            .env("GIT_AUTHOR_EMAIL", address)
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_NAME", name)
            .env("GIT_COMMITTER_EMAIL", address)
            .env("GIT_COMMITTER_DATE", &date)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn tick(&self) {
        self.minutes.set(self.minutes.get() + 1);
    }

    /// Writes a file of the work tree, folders included.
    pub(crate) fn write(&self, path: impl AsRef<OsStr>, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(Path::new(path.as_ref()));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Writes a file whose name is not text.
    pub(crate) fn write_raw(&self, path: &[u8], bytes: impl AsRef<[u8]>) {
        self.write(OsStr::from_bytes(path), bytes);
    }

    /// Removes a file of the work tree.
    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.path().join(path)).unwrap();
    }

    /// Writes `files`, commits everything that differs in the work tree (or nothing), and
    /// returns the commit.
    pub(crate) fn commit(&self, message: &str, files: &[(&str, &str)]) -> String {
        for (path, text) in files {
            self.write(path, text);
        }
        self.git(&["add", "--all"]);
        self.tick();
        self.git(&[
            "commit",
            "--quiet",
            "--allow-empty",
            "--allow-empty-message",
            "-m",
            message,
        ]);
        self.head()
    }

    /// The commit that is checked out.
    pub(crate) fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    /// Creates a branch here and switches to it.
    pub(crate) fn branch(&self, name: &str) {
        self.git(&["switch", "--quiet", "--create", name]);
    }

    /// Switches to a branch.
    pub(crate) fn switch(&self, name: &str) {
        self.git(&["switch", "--quiet", name]);
    }

    /// Merges a branch with a merge commit of its own.
    pub(crate) fn merge(&self, branch: &str, message: &str) -> String {
        self.octopus(&[branch], message)
    }

    /// Merges several branches at once.
    pub(crate) fn octopus(&self, branches: &[&str], message: &str) -> String {
        self.tick();
        self.git(&[&["merge", "--quiet", "--no-ff", "-m", message], branches].concat());
        self.head()
    }

    /// Puts a branch's whole difference on top as one commit.
    pub(crate) fn squash(&self, branch: &str, message: &str) -> String {
        self.git(&["merge", "--quiet", "--squash", branch]);
        self.tick();
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
        self.head()
    }

    /// Replays a branch's commits on top of the current one, which then stands at the last.
    pub(crate) fn rebase(&self, branch: &str) -> String {
        let here = self.git(&["symbolic-ref", "--short", "HEAD"]);
        self.tick();
        self.git(&["rebase", "--quiet", &here, branch]);
        self.switch(&here);
        self.git(&["merge", "--quiet", "--ff-only", branch]);
        self.head()
    }

    /// Takes back a commit; a merge against its first parent.
    pub(crate) fn revert(&self, commit: &str) -> String {
        self.tick();
        let merge = self
            .git(&["rev-list", "--parents", "-1", commit])
            .split(' ')
            .count()
            > 2;
        let main: &[&str] = if merge { &["--mainline", "1"] } else { &[] };
        self.git(&[&["revert", "--no-edit"], main, &[commit]].concat());
        self.head()
    }

    /// Clones into a new temporary folder with these flags; objects are really copied.
    pub(crate) fn clone_with(&self, flags: &[&str]) -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("clone");
        let from = format!("file://{}", self.path().display());
        self.git(&[&["clone", "--quiet"], flags, &[&from, place.to_str().unwrap()]].concat());
        (folder, place)
    }
}
