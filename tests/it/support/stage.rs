//! A hermetic place for the real program: an empty home, a cleared environment, a clock that
//! only moves when it is told to, and an SSH key for each person.
#![allow(
    clippy::disallowed_methods,
    reason = "tests start the program, git and ssh-keygen"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use super::terminal::Terminal;

/// A repository with people who have keys, and a clock.
pub(crate) struct Stage {
    folder: TempDir,
    now: String,
    keys: BTreeMap<String, PathBuf>,
}

/// What a command did.
pub(crate) struct Done {
    /// The exit code.
    pub code: i32,
    /// stdout.
    pub out: String,
    /// stderr.
    pub err: String,
}

impl Done {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// stdout as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// Both outputs, for messages of failing tests.
    pub(crate) fn both(&self) -> String {
        format!(
            "exit {}\n--- stdout\n{}--- stderr\n{}",
            self.code, self.out, self.err
        )
    }

    /// Fails the test unless the command ended with `code`.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.both());
        self
    }
}

impl Stage {
    /// An empty repository on branch `main`.
    pub(crate) fn new() -> Self {
        let stage = Self {
            folder: tempfile::tempdir().unwrap(),
            now: "2026-12-01T10:00:00+09:00".to_owned(),
            keys: BTreeMap::new(),
        };
        std::fs::create_dir_all(stage.repository()).unwrap();
        std::fs::create_dir_all(stage.folder.path().join("home")).unwrap();
        stage.git("nobody", &["init", "-q", "-b", "main"]);
        stage
    }

    /// The repository's folder.
    pub(crate) fn repository(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    /// A file in the repository.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.repository().join(name)
    }

    /// The log's file.
    pub(crate) fn log(&self) -> PathBuf {
        self.path(".git/sekisho/log.sqlite")
    }

    /// Sets the clock, RFC 3339.
    pub(crate) fn at(&mut self, now: &str) -> &mut Self {
        self.now = now.to_owned();
        self
    }

    /// What the clock says.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.now.parse().unwrap()
    }

    /// Makes a key for `person` and returns its public half without the comment.
    pub(crate) fn key(&mut self, person: &str) -> String {
        let file = self.folder.path().join(format!("{person}_key"));
        if !file.exists() {
            let status = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-C", person, "-f"])
                .arg(&file)
                .status()
                .unwrap();
            assert!(status.success());
        }
        self.keys.insert(person.to_owned(), file.clone());
        let public = std::fs::read_to_string(file.with_extension("pub")).unwrap();
        public.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    }

    /// The text of the private half of a key.
    pub(crate) fn private_key(&self, person: &str) -> String {
        std::fs::read_to_string(&self.keys[person]).unwrap()
    }

    /// A folder beside the repository.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// `program` with an environment that says nothing of anybody, in English and by the stage's clock.
    pub(crate) fn of_a_runner(&self, program: &str) -> Command {
        let mut command = self.process(program, "runner");
        command
            .env("SEKISHO_LANG", "en")
            .env("SEKISHO_TEST_NOW", &self.now);
        command
    }

    /// Writes a file of the work tree.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Reads a file of the work tree.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Adds everything and commits as `person`.
    pub(crate) fn commit(&self, person: &str, message: &str) -> String {
        self.git(person, &["add", "-A"]);
        self.git(person, &["commit", "-q", "--allow-empty", "-m", message]);
        self.git(person, &["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// Runs git as `person`; fails the test when git does.
    #[track_caller]
    pub(crate) fn git(&self, person: &str, arguments: &[&str]) -> String {
        let mut command = self.process("git", person);
        let done = Done::of(&command.args(arguments).output().unwrap());
        assert_eq!(done.code, 0, "git {arguments:?}\n{}", done.both());
        done.out
    }

    /// Runs the program as `person`, in English.
    pub(crate) fn sekisho(&self, person: &str, arguments: &[&str]) -> Done {
        self.sekisho_with(person, arguments, &[])
    }

    /// The same with more variables.
    pub(crate) fn sekisho_with(&self, person: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Done {
        let mut command = self.program(env!("CARGO_BIN_EXE_sekisho"), person);
        command.envs(variables.iter().copied());
        Done::of(&command.args(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// The program as `person`, running, with pipes on all sides.
    pub(crate) fn begin(&self, person: &str, arguments: &[&str]) -> Child {
        let mut command = self.program(env!("CARGO_BIN_EXE_sekisho"), person);
        command.args(arguments).stdin(Stdio::piped());
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// The program as `person` at a terminal of 50 rows and 160 columns.
    pub(crate) fn at_terminal(&self, person: &str, arguments: &[&str]) -> Terminal {
        self.at_terminal_of(person, arguments, 160)
    }

    /// The same with another number of columns.
    pub(crate) fn at_terminal_of(&self, person: &str, arguments: &[&str], columns: u16) -> Terminal {
        let mut command = self.program("sh", person);
        let size = format!("stty rows 50 cols {columns} && exec \"$0\" \"$@\"");
        command.args(["-c", &size, env!("CARGO_BIN_EXE_sekisho")]);
        Terminal::open(command.args(arguments).env("NO_COLOR", "1").env("TERM", "xterm"))
    }

    /// A shell script as `person` that may mount what nobody else sees. `$SEKISHO` is the program, `$KEPT` a
    /// folder on a disk that is not touched. `None` where the machine lets nobody mount anything.
    pub(crate) fn with_own_mounts(&self, person: &str, script: &str) -> Option<Done> {
        let try_out = "mount -t tmpfs none \"$0\"";
        let mut command = self.program("unshare", person);
        command
            .args(["-Urm", "sh", "-c", try_out])
            .arg(self.beside("mounted"));
        let may = command.output().is_ok_and(|output| output.status.success());
        if !may {
            return None;
        }
        let mut command = self.program("unshare", person);
        command
            .args(["-Urm", "sh", "-euc", script])
            .env("SEKISHO", env!("CARGO_BIN_EXE_sekisho"))
            .env("KEPT", self.beside("kept"));
        Some(Done::of(&command.stdin(Stdio::null()).output().unwrap()))
    }

    fn program(&self, program: &str, person: &str) -> Command {
        let mut command = self.process(program, person);
        command
            .env("SEKISHO_LANG", "en")
            .env("SEKISHO_TEST_NOW", &self.now);
        if let Some(key) = self.keys.get(person) {
            command.env("SEKISHO_KEY", key);
        }
        command
    }

    fn process(&self, program: &str, person: &str) -> Command {
        let mut command = Command::new(program);
        let email = format!("{person}@shop.example");
        command
            .env_clear()
            .current_dir(self.repository())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path().join("home"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_NAME", person)
            .env("GIT_AUTHOR_EMAIL", &email)
            .env("GIT_COMMITTER_NAME", person)
            .env("GIT_COMMITTER_EMAIL", &email)
            .env("GIT_AUTHOR_DATE", &self.now)
            .env("GIT_COMMITTER_DATE", &self.now);
        command
    }
}
