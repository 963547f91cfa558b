//! A marked stretch of a line in a file.

use unicode_width::UnicodeWidthStr as _;

use super::{Page, harmless};
use crate::change::text::{Excerpt, Place};

/// The widest excerpt, in columns; longer lines are cut around the mark.
const WIDEST: usize = 120;

/// A stretch of one line, with the line itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePlace {
    /// The path from the top of the repository.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The line as it stands in the file, without its end, secrets covered.
    pub text: String,
    /// Characters before the mark.
    pub before: usize,
    /// Characters under the mark; at least one is shown.
    pub marked: usize,
}

impl FilePlace {
    /// The stretch `place` of the file with this `content`; the mark ends with the line, and secrets
    /// on it are covered.
    pub fn of(file: &str, content: &str, place: &Place) -> Self {
        let excerpt = Excerpt::of(content, place);
        Self {
            file: file.to_owned(),
            line: place.line,
            column: place.column,
            text: excerpt.text,
            before: excerpt.before,
            marked: excerpt.marked.max(1),
        }
    }

    /// `file:line:column`, the line and a line of carets, each `depth` columns in.
    pub fn show(&self, page: &mut Page, depth: usize) {
        page.indented(
            depth,
            page.dim(&format!("{}:{}:{}", harmless(&self.file), self.line, self.column)),
        );
        let head: Vec<char> = self.text.chars().take(self.before).collect();
        let mark: String = self.text.chars().skip(self.before).take(self.marked).collect();
        let tail: String = self.text.chars().skip(self.before + self.marked).collect();
        let mut mark = harmless(&mark);
        let mut head = harmless(&head.into_iter().collect::<String>());
        if harmless(&self.text).width() > WIDEST {
            mark = clipped(&mark, WIDEST / 2);
            head = clipped_start(&head, WIDEST / 3);
        }
        let room = WIDEST.saturating_sub(head.width() + mark.width());
        let tail = clipped(&harmless(&tail), room.max(1));
        let number = self.line.to_string();
        page.indented(depth, format!("{number} | {head}{mark}{tail}"));
        let carets = "^".repeat(mark.width().max(1));
        page.indented(
            depth,
            format!(
                "{} | {}{}",
                " ".repeat(number.len()),
                " ".repeat(head.width()),
                page.bad(&carets)
            ),
        );
    }
}

/// At most `columns` columns from the start.
fn clipped(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() >= columns {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

/// At most `columns` columns from the end.
fn clipped_start(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    let mut width = 1;
    for c in text.chars().rev() {
        width += c.to_string().width();
        if width > columns {
            break;
        }
        kept.push(c);
    }
    format!("…{}", kept.into_iter().rev().collect::<String>())
}
