//! The deploy that a job wraps: started, its signals passed on, waited for.
#![allow(
    clippy::disallowed_methods,
    reason = "the deploy is a program that the workflow names"
)]

use std::ffi::OsString;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use sekisho::change::Message;
use sekisho::usecases::Stop;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::cli::exit_code::{by_signal, code_of, pass_on};

/// What the deploy is not given: our inputs and tokens, and the files by which a step speaks for
/// this Action.
const KEPT_BACK: &[&str] = &[
    "GITHUB_TOKEN",
    // With these it could sign in the workflow's name.
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "GITHUB_OUTPUT",
    "GITHUB_STATE",
    "GITHUB_STEP_SUMMARY",
];

/// How long the deploy has after the second signal. The runner kills what is left 2.5 s after it.
const LAST_MOMENT: Duration = Duration::from_millis(1_000);

/// How a deploy ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct Ran {
    /// Its exit code, or 128 and the number of the signal that ended it.
    pub code: u8,
    /// The signal that this program was sent meanwhile.
    pub cancelled: Option<i32>,
}

/// A deploy that is ready to start. From here on a signal no longer ends this program.
pub(in crate::cli) struct Deploy {
    command: Command,
    events: Receiver<Event>,
    tell: std::sync::mpsc::Sender<Event>,
    /// A script's file; it goes with this value.
    _script: Option<tempfile::TempPath>,
}

enum Event {
    Signal(i32),
    Ended(std::io::Result<ExitStatus>),
}

impl Deploy {
    /// The command `words`, or bash with `script`.
    ///
    /// # Errors
    /// [`Stop::Request`] where there is neither or both.
    pub(in crate::cli) fn prepare(words: &[OsString], script: Option<&str>) -> Result<Self, Stop> {
        let (command, script) = match (words, script) {
            ([program, arguments @ ..], None) => {
                let mut command = Command::new(program);
                command.args(arguments);
                (command, None)
            }
            ([], Some(text)) => {
                let file = written(text)?;
                let mut command = Command::new("bash");
                command.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]);
                command.arg(&file);
                (command, Some(file))
            }
            _ => return Err(Stop::request("action-nothing-to-run")),
        };
        let (tell, events) = channel();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).map_err(unstarted)?;
        let teller = tell.clone();
        std::thread::spawn(move || {
            for signal in signals.forever() {
                if teller.send(Event::Signal(signal)).is_err() {
                    return;
                }
            }
        });
        let mut deploy = Self {
            command,
            events,
            tell,
            _script: script,
        };
        deploy.keep_back();
        Ok(deploy)
    }

    fn keep_back(&mut self) {
        for name in KEPT_BACK {
            self.command.env_remove(name);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SEKISHO_") {
                self.command.env_remove(name);
            }
        }
        self.command.stdin(Stdio::null());
        // A group of its own, so that a signal reaches what the deploy itself started.
        self.command.process_group(0);
    }

    /// The signal that came before it was started; then it is not started.
    pub(in crate::cli) fn called_off(&self) -> Option<Ran> {
        let mut earlier = self.events.try_iter();
        let signal = earlier.find_map(|event| match event {
            Event::Signal(signal) => Some(signal),
            Event::Ended(_) => None,
        })?;
        Some(Ran {
            code: by_signal(signal),
            cancelled: Some(signal),
        })
    }

    /// Runs it to its end, unless it was called off before.
    ///
    /// # Errors
    /// [`Stop::Request`] where it cannot be started.
    pub(in crate::cli) fn run(mut self) -> Result<Ran, Stop> {
        if let Some(called_off) = self.called_off() {
            return Ok(called_off);
        }
        let mut child = self.command.spawn().map_err(unstarted)?;
        let leader = child.id();
        let tell = self.tell.clone();
        std::thread::spawn(move || tell.send(Event::Ended(child.wait())));
        let mut cancelled = None;
        loop {
            let event = match cancelled {
                None | Some((_, 1)) => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => self.events.recv_timeout(LAST_MOMENT),
            };
            match event {
                Ok(Event::Signal(number)) => {
                    let (first, times) = cancelled.unwrap_or((number, 0));
                    cancelled = Some((first, times + 1));
                    pass_on(leader, number);
                }
                Ok(Event::Ended(status)) => {
                    return Ok(Ran {
                        code: status.map_or(1, code_of),
                        cancelled: cancelled.map(|(signal, _)| signal),
                    });
                }
                Err(_) => {
                    let signal = cancelled.map_or(SIGTERM, |(signal, _)| signal);
                    return Ok(Ran {
                        code: by_signal(signal),
                        cancelled: Some(signal),
                    });
                }
            }
        }
    }
}

/// The script in a file that only this user reads.
fn written(text: &str) -> Result<tempfile::TempPath, Stop> {
    let mut file = tempfile::Builder::new()
        .suffix(".sh")
        .tempfile()
        .map_err(unstarted)?;
    writeln!(file, "{text}").map_err(unstarted)?;
    Ok(file.into_temp_path())
}

fn unstarted(error: std::io::Error) -> Stop {
    Stop::Request(Message::new("action-not-started").with("detail", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deploy_that_was_called_off_is_not_started() {
        let deploy = Deploy::prepare(&[], Some("exit 7")).unwrap();
        deploy.tell.send(Event::Signal(SIGTERM)).unwrap();
        let ran = deploy.run().unwrap();
        assert_eq!((ran.code, ran.cancelled), (143, Some(SIGTERM)));
    }

    #[test]
    fn code_of_the_deploy_is_kept() {
        let run = |script: &str| Deploy::prepare(&[], Some(script)).and_then(Deploy::run);
        assert!(matches!(
            run("exit 7"),
            Ok(Ran {
                code: 7,
                cancelled: None
            })
        ));
        assert!(matches!(run("false\ntrue"), Ok(Ran { code: 1, .. })));
        assert!(matches!(run("kill -9 $$"), Ok(Ran { code: 137, .. })));
        assert!(Deploy::prepare(&[], None).is_err());
        assert!(Deploy::prepare(&["a".into()], Some("b")).is_err());
    }
}
