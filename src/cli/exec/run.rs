//! A program that is run while its output is passed on and digested.
#![allow(
    clippy::disallowed_methods,
    reason = "the program is the one that was named on the command line"
)]

use std::ffi::OsString;
use std::io::{Read, Write};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pty_process::blocking::Pty;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use super::screen::{Raw, Streams, pass_keys};
use super::tape::Tape;
use crate::cli::exit_code::{by_signal, code_of, pass_on};

/// How long is waited for the rest of the output once the program has ended: what it left behind in
/// the background may keep it open for ever.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// The names of what is digested: one stream of a terminal, or the two of a program without one.
pub(super) type Tapes = Vec<(&'static str, Arc<Mutex<Tape>>)>;

/// How a program ended.
pub(super) struct Ran {
    /// Its exit code, or 128 and the number of the signal that ended it.
    pub code: u8,
    /// The signal that this program was sent meanwhile, and passed on.
    pub cancelled: Option<i32>,
    /// What it printed.
    pub tapes: Tapes,
    /// Whether something that it left behind still had its output open.
    pub left_open: bool,
}

/// A program that is ready to run. From here on a signal no longer ends this program.
pub(super) struct Run {
    command: Command,
    events: Receiver<Event>,
    tell: Sender<Event>,
    streams: Streams,
}

enum Event {
    Signal(i32),
    Ended(std::io::Result<ExitStatus>),
    Quiet,
}

/// What was started.
struct Started {
    child: Child,
    tapes: Tapes,
    screen: Option<(Arc<Pty>, Option<Raw>)>,
}

impl Run {
    /// The program with these arguments.
    ///
    /// # Errors
    /// When signals cannot be listened to.
    pub(super) fn prepare(program: &Path, arguments: &[OsString]) -> std::io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments);
        // What opens the log, or signs, is not for programs that are run.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SEKISHO_") {
                command.env_remove(name);
            }
        }
        let (tell, events) = channel();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH])?;
        let teller = tell.clone();
        std::thread::spawn(move || {
            for signal in signals.forever() {
                if teller.send(Event::Signal(signal)).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            command,
            events,
            tell,
            streams: Streams::ours(),
        })
    }

    /// The same with a variable.
    pub(super) fn with(mut self, name: &str, value: &Path) -> Self {
        self.command.env(name, value);
        self
    }

    /// The signal that came before it was started; then it is not started.
    fn called_off(&self) -> Option<i32> {
        self.events.try_iter().find_map(|event| match event {
            Event::Signal(signal) if signal != SIGWINCH => Some(signal),
            _ => None,
        })
    }

    /// Runs it to its end, unless it was called off before; `begun` is told its number.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(super) fn run(
        mut self,
        (salt, keeps): (&str, bool),
        begun: impl FnOnce(u32),
    ) -> std::io::Result<Ran> {
        if let Some(signal) = self.called_off() {
            return Ok(Ran {
                code: by_signal(signal),
                cancelled: Some(signal),
                tapes: Vec::new(),
                left_open: false,
            });
        }
        let tape = || Arc::new(Mutex::new(Tape::new(salt, keeps)));
        let Started {
            mut child,
            tapes,
            screen,
        } = match self.streams.any() {
            true => self.at_terminal(&tape)?,
            false => self.piped(&tape)?,
        };
        let leader = child.id();
        begun(leader);
        let tell = self.tell.clone();
        std::thread::spawn(move || tell.send(Event::Ended(child.wait())));
        let (status, cancelled, quiet) = self.wait(leader, screen.as_ref().map(|(pty, _)| pty));
        let left_open = !self.hear_out(tapes.len(), quiet);
        // Dropping it gives our terminal back.
        drop(screen);
        Ok(Ran {
            code: status.map_or(1, code_of),
            cancelled,
            tapes,
            left_open,
        })
    }

    /// Until the program ends; signals go to everything that belongs to it.
    fn wait(&self, leader: u32, pty: Option<&Arc<Pty>>) -> (std::io::Result<ExitStatus>, Option<i32>, usize) {
        let (mut cancelled, mut quiet) = (None, 0);
        loop {
            match self.events.recv() {
                Ok(Event::Signal(SIGWINCH)) => {
                    if let Some(pty) = pty {
                        self.streams.resize(pty);
                    }
                }
                Ok(Event::Signal(number)) => {
                    cancelled = cancelled.or(Some(number));
                    pass_on(leader, number);
                }
                Ok(Event::Quiet) => quiet += 1,
                Ok(Event::Ended(status)) => return (status, cancelled, quiet),
                Err(error) => return (Err(std::io::Error::other(error)), cancelled, quiet),
            }
        }
    }

    /// Whether everything that was printed is there.
    fn hear_out(&self, streams: usize, mut quiet: usize) -> bool {
        while quiet < streams {
            match self.events.recv_timeout(LAST_WORDS) {
                Ok(Event::Quiet) => quiet += 1,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Without a person: pipes, and a group of its own for signals to reach what it starts itself.
    fn piped(&mut self, tape: &dyn Fn() -> Arc<Mutex<Tape>>) -> std::io::Result<Started> {
        self.command.process_group(0).stdin(Stdio::inherit());
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn()?;
        let mut tapes = Tapes::new();
        self.tee_pipes(&mut child, tape, &mut tapes);
        Ok(Started {
            child,
            tapes,
            screen: None,
        })
    }

    /// With a person: what is a terminal here is one there, of its own, so that it can be listened to.
    fn at_terminal(&mut self, tape: &dyn Fn() -> Arc<Mutex<Tape>>) -> std::io::Result<Started> {
        let (pty, pts) = pty_process::blocking::open().map_err(std::io::Error::other)?;
        self.streams.resize(&pty);
        let own = std::mem::replace(&mut self.command, Command::new(""));
        let mut command = pty_process::blocking::Command::from(own);
        if !self.streams.stdin {
            command = command.stdin(Stdio::inherit());
        }
        if !self.streams.stdout {
            command = command.stdout(Stdio::piped());
        }
        if !self.streams.stderr {
            command = command.stderr(Stdio::piped());
        }
        let raw = Raw::on(self.streams, &pts);
        let mut child = command.spawn(pts).map_err(|error| match error {
            pty_process::Error::Io(error) => error,
            other => std::io::Error::other(other),
        })?;
        let pty = Arc::new(pty);
        if raw.is_some() {
            pass_keys(&pty);
        }
        let mut tapes = Tapes::new();
        let screen = tape();
        tapes.push(("terminal", Arc::clone(&screen)));
        self.tee(Screen(Arc::clone(&pty)), self.streams.shown_on(), &screen);
        self.tee_pipes(&mut child, tape, &mut tapes);
        Ok(Started {
            child,
            tapes,
            screen: Some((pty, raw)),
        })
    }

    fn tee_pipes(&self, child: &mut Child, tape: &dyn Fn() -> Arc<Mutex<Tape>>, tapes: &mut Tapes) {
        if let Some(from) = child.stdout.take() {
            let own = tape();
            self.tee(from, std::io::stdout(), &own);
            tapes.push(("stdout", own));
        }
        if let Some(from) = child.stderr.take() {
            let own = tape();
            self.tee(from, std::io::stderr(), &own);
            tapes.push(("stderr", own));
        }
    }

    /// Passes on what comes, and digests it. Where nobody reads any more it ends, and the program is
    /// told by its next writing.
    fn tee(
        &self,
        mut from: impl Read + Send + 'static,
        mut to: impl Write + Send + 'static,
        tape: &Arc<Mutex<Tape>>,
    ) {
        let (tape, tell) = (Arc::clone(tape), self.tell.clone());
        std::thread::spawn(move || {
            let mut bytes = vec![0; 64 * 1024];
            loop {
                let read = match from.read(&mut bytes) {
                    Ok(0) => break,
                    Ok(read) => read,
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                    Err(_) => break,
                };
                tape.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take(&bytes[..read]);
                if to.write_all(&bytes[..read]).and_then(|()| to.flush()).is_err() {
                    break;
                }
            }
            drop(from);
            let _ = tell.send(Event::Quiet);
        });
    }
}

/// The reading end of a terminal.
struct Screen(Arc<Pty>);

impl Read for Screen {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        (&*self.0).read(bytes)
    }
}
