//! A page of text for a terminal or a pipe.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

use super::annotation::disarm;

/// What the reader's screen can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Whether colour may be used; nothing is ever said by colour alone.
    pub colour: bool,
    /// Columns of the screen; `None`: not a screen, nothing is wrapped.
    pub width: Option<u16>,
}

/// Lines of text that are put together one by one.
#[derive(Debug, Clone, Default)]
pub struct Page {
    look: Look,
    text: String,
}

impl Page {
    /// An empty page.
    pub const fn new(look: Look) -> Self {
        Self {
            look,
            text: String::new(),
        }
    }

    /// What the reader's screen can do.
    pub const fn look(&self) -> Look {
        self.look
    }

    /// One more line.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref().trim_end());
        self.text.push('\n');
    }

    /// One more line, `depth` columns in.
    pub fn indented(&mut self, depth: usize, text: impl AsRef<str>) {
        self.line(format!("{}{}", " ".repeat(depth), text.as_ref()));
    }

    /// An empty line, unless the page is empty or ends with one.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Several lines as they are.
    pub fn block(&mut self, text: &str) {
        for line in text.lines() {
            self.line(line);
        }
    }

    /// A line of label and text for each pair, the texts below each other.
    pub fn pairs(&mut self, depth: usize, pairs: &[(String, String)]) {
        let widest = pairs.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
        for (label, text) in pairs {
            let gap = if widest == 0 {
                0
            } else {
                widest - label.width().min(widest) + 2
            };
            let pad = " ".repeat(gap);
            self.indented(depth, format!("{label}{pad}{text}"));
        }
    }

    /// Bold text.
    pub fn strong(&self, text: &str) -> String {
        self.dressed(Style::new().bold(), text)
    }

    /// Text that is good news.
    pub fn good(&self, text: &str) -> String {
        self.dressed(AnsiColor::Green.on_default().bold(), text)
    }

    /// Text that stops.
    pub fn bad(&self, text: &str) -> String {
        self.dressed(AnsiColor::Red.on_default().bold(), text)
    }

    /// Text that warns.
    pub fn warning(&self, text: &str) -> String {
        self.dressed(AnsiColor::Yellow.on_default().bold(), text)
    }

    /// Text that stands back.
    pub fn dim(&self, text: &str) -> String {
        self.dressed(Style::new().dimmed(), text)
    }

    fn dressed(&self, style: Style, text: &str) -> String {
        if self.look.colour && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// The page; no line of it is a workflow command.
    pub fn finish(self) -> String {
        disarm(&self.text)
    }
}
