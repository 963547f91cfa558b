//! The program at a pseudo-terminal, as a person sees and answers it.
#![allow(clippy::disallowed_methods, reason = "tests start the program")]

use std::process::Command;

use regex::Regex;
use rexpect::process::wait::WaitStatus;
use rexpect::reader::Options;
use rexpect::session::{PtySession, spawn_with_options};

/// A command that is running at a terminal of its own.
pub(crate) struct Terminal {
    session: PtySession,
    seen: String,
}

/// The longest wait for something to appear, in milliseconds.
const PATIENCE: u64 = 30_000;

impl Terminal {
    pub(super) fn open(command: &mut Command) -> Self {
        // A command cannot be moved out of its reference; what matters of it is copied.
        let mut own = Command::new(command.get_program());
        own.args(command.get_args()).env_clear();
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                own.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            own.current_dir(folder);
        }
        let options = Options {
            timeout_ms: Some(PATIENCE),
            strip_ansi_escape_codes: false,
        };
        Self {
            session: spawn_with_options(own, options).unwrap(),
            seen: String::new(),
        }
    }

    /// Waits until `text` is on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        let bytes: String = text.bytes().map(char::from).collect();
        match self.session.exp_string(&bytes) {
            Ok(before) => self.seen.push_str(&(before + &bytes)),
            Err(error) => panic!("never saw {text:?}: {error}\n{}", plain(&self.seen)),
        }
        self
    }

    /// Waits for `question`, then types `keys` and Enter.
    #[track_caller]
    pub(crate) fn answers(&mut self, question: &str, keys: &str) -> &mut Self {
        self.sees(question).types(&format!("{keys}\r"))
    }

    /// Types `keys` as they are.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).unwrap();
        self.session.flush().unwrap();
        self
    }

    /// Waits for the end and fails the test unless the exit code is `code`; everything that was on
    /// the screen, without the terminal's commands.
    #[track_caller]
    pub(crate) fn ends(mut self, code: i32) -> String {
        let rest = self.session.exp_eof().unwrap();
        self.seen.push_str(&rest);
        let status = self.session.process().wait().unwrap();
        let seen = plain(&self.seen);
        assert!(
            matches!(status, WaitStatus::Exited(_, found) if found == code),
            "{status:?}\n{seen}"
        );
        seen
    }
}

/// What was read, one character for each byte, as text without the terminal's commands.
fn plain(seen: &str) -> String {
    let bytes: Vec<u8> = seen
        .chars()
        .filter_map(|c| u8::try_from(u32::from(c)).ok())
        .collect();
    let commands = Regex::new("\u{1b}\\[[0-9;?]*[A-Za-z]").unwrap();
    commands
        .replace_all(&String::from_utf8_lossy(&bytes), "")
        .into_owned()
}
