//! stdout is data, stderr is talk; a closed pipe ends quietly.

use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};

use sekisho::change::Message;
use sekisho::config::Language;
use sekisho::report::Wording;
use sekisho::report::annotation::{Level, annotation};

use super::args::Format;

/// Where a command prints to, and in which language.
pub(super) struct Output {
    /// The sentences.
    pub wording: Wording,
    /// How results are printed.
    pub format: Format,
    /// Whether stdout takes colours.
    pub colour: bool,
    /// The terminal's columns; `None` where nothing wraps.
    pub width: Option<u16>,
    /// Whether stderr is a terminal, for progress bars.
    pub lively: bool,
    /// Whether lines that a runner would obey are disarmed.
    pub disarmed: bool,
}

impl Output {
    /// An output in `language`.
    pub(super) fn new(language: Language, format: Format) -> Self {
        let unset = |name: &str| std::env::var_os(name).is_none_or(|value| value.is_empty());
        let colour = std::io::stdout().is_terminal() && unset("NO_COLOR");
        let lively = std::io::stderr().is_terminal() && unset("CI");
        Self {
            wording: Wording::new(language),
            format,
            colour,
            width: None,
            lively,
            disarmed: false,
        }
    }

    /// The same for the log of a job, where no line of a text may become a command.
    pub(super) fn for_job(&self) -> Self {
        Self {
            disarmed: true,
            ..Self::new(self.wording.language(), Format::Text)
        }
    }

    fn safe<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.disarmed {
            Cow::Owned(sekisho::report::annotation::disarm(text))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Prints a command for the runner as it is.
    pub(super) fn command(&self, line: &str) {
        let mut stdout = std::io::stdout().lock();
        let _ = writeln!(stdout, "{line}");
        let _ = stdout.flush();
    }

    /// Whether what is asked on stderr takes colours.
    pub(super) fn lively_colour(&self) -> bool {
        self.lively && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
    }

    /// Prints a result with a line end.
    pub(super) fn data(&self, text: &str) {
        let text = &*self.safe(text);
        let mut stdout = std::io::stdout().lock();
        // A reader that has seen enough closes the pipe; that is no error.
        let _ = stdout.write_all(text.as_bytes());
        if !text.ends_with('\n') {
            let _ = stdout.write_all(b"\n");
        }
        let _ = stdout.flush();
    }

    /// Tells people something that is not the result.
    pub(super) fn talk(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{}", self.safe(text).trim_end());
    }

    /// Shows what changes every second, in the place of what it showed before; nothing clears it.
    pub(super) fn count(&self, text: &str) {
        let mut stderr = std::io::stderr().lock();
        let _ = write!(stderr, "\r{text:8}\r");
        let _ = stderr.flush();
    }

    /// The sentence `key`.
    pub(super) fn say(&self, message: &Message) -> String {
        self.wording.say(message)
    }

    /// Tells people the sentence.
    pub(super) fn tell(&self, message: &Message) {
        self.talk(&self.wording.say(message));
    }

    /// Tells people the sentence; in a job it is marked as well.
    pub(super) fn remark(&self, level: Level, message: &Message) {
        let text = self.say(message);
        if self.disarmed {
            self.command(&annotation(level, "sekisho", &text, None));
        }
        self.talk(&text);
    }

    /// Prints the sentence as the result.
    pub(super) fn print(&self, message: &Message) {
        self.data(&self.wording.say(message));
    }
}
