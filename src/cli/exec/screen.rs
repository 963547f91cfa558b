//! The terminal that a program is given while its output is digested: one of its own, as large as
//! ours, with our keys passed on as they are typed.

use std::fs::File;
use std::io::{IsTerminal as _, Read as _, Write};
use std::os::fd::AsFd as _;
use std::sync::Arc;

use pty_process::Size;
use pty_process::blocking::{Pts, Pty};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

/// Which of our three streams are terminals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Streams {
    pub stdin: bool,
    pub stdout: bool,
    pub stderr: bool,
}

impl Streams {
    /// As they are.
    pub(super) fn ours() -> Self {
        Self {
            stdin: std::io::stdin().is_terminal(),
            stdout: std::io::stdout().is_terminal(),
            stderr: std::io::stderr().is_terminal(),
        }
    }

    /// Whether a person may be there.
    pub(super) fn any(self) -> bool {
        self.stdin || self.stdout || self.stderr
    }

    /// Where what comes from the program's terminal is shown.
    pub(super) fn shown_on(self) -> Box<dyn Write + Send> {
        match (self.stdout, self.stderr) {
            (true, _) => Box::new(std::io::stdout()),
            (false, true) => Box::new(std::io::stderr()),
            (false, false) => match File::options().write(true).open("/dev/tty") {
                Ok(terminal) => Box::new(terminal),
                Err(_) => Box::new(std::io::sink()),
            },
        }
    }

    fn size(self) -> Option<Size> {
        let size = match self {
            Self { stdout: true, .. } => tcgetwinsize(std::io::stdout()),
            Self { stdin: true, .. } => tcgetwinsize(std::io::stdin()),
            _ => tcgetwinsize(std::io::stderr()),
        };
        size.ok().map(|size| Size::new(size.ws_row, size.ws_col))
    }

    /// Makes the program's terminal as large as ours.
    pub(super) fn resize(self, pty: &Pty) {
        if let Some(size) = self.size() {
            let _ = pty.resize(size);
        }
    }
}

/// Our terminal while each key is passed on as it is typed; as it was before when this goes.
pub(super) struct Raw(Termios);

impl Raw {
    /// `None` where there is no terminal to read from.
    pub(super) fn on(streams: Streams, pts: &Pts) -> Option<Self> {
        if !streams.stdin {
            return None;
        }
        let before = tcgetattr(std::io::stdin()).ok()?;
        // The program's terminal behaves as ours did.
        let _ = tcsetattr(pts.as_fd(), OptionalActions::Now, &before);
        let mut raw = before.clone();
        raw.make_raw();
        if !(streams.stdout && streams.stderr) {
            // Somebody else writes to this terminal, too, and ends lines as usual.
            raw.output_modes = before.output_modes;
        }
        tcsetattr(std::io::stdin(), OptionalActions::Drain, &raw).ok()?;
        Some(Self(before))
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Drain, &self.0);
    }
}

/// Passes on what is typed until there is nobody to pass it to.
pub(super) fn pass_keys(pty: &Arc<Pty>) {
    let Ok(Ok(mut keys)) = std::io::stdin()
        .as_fd()
        .try_clone_to_owned()
        .map(|fd| Ok::<_, ()>(File::from(fd)))
    else {
        return;
    };
    let pty = Arc::clone(pty);
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(read) = keys.read(&mut bytes) {
            if read == 0 || (&*pty).write_all(&bytes[..read]).is_err() {
                return;
            }
        }
    });
}
