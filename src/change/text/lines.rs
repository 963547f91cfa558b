//! From bytes to lines and columns.

use std::ops::Range;

use super::Place;

/// Where the lines of a text start; `\n`, `\r\n` and a lone `\r` end one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

/// The byte order mark that Windows editors put first.
pub(super) const BOM: char = '\u{feff}';

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |i: usize| match bytes.get(i) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(i + 1) != Some(&b'\n'),
            _ => false,
        };
        let mut starts = vec![0];
        starts.extend((0..bytes.len()).filter(|i| ends_line(*i)).map(|i| i + 1));
        Self { starts }
    }

    /// The number, from 0, and the bytes of the line that holds `at`, without its line break.
    fn line(&self, text: &str, at: usize) -> (usize, Range<usize>) {
        let number = self
            .starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1);
        let start = self.starts.get(number).copied().unwrap_or(0);
        let next = self.starts.get(number + 1).copied().unwrap_or(text.len());
        let line = text.get(start..next).unwrap_or("");
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let start = if start == 0 && text.starts_with(BOM) {
            BOM.len_utf8()
        } else {
            start
        };
        (number, start.min(end)..end)
    }

    /// The place of `bytes`, cut to its first line and without blanks at its end.
    pub(super) fn place(&self, text: &str, bytes: &Range<usize>) -> Place {
        let mut at = bytes.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let (number, line) = self.line(text, at);
        let at = at.clamp(line.start, line.end);
        let mut end = bytes.end.clamp(at, line.end);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let meant = text.get(at..end).unwrap_or("");
        let written = match meant.trim_end().len() {
            // Blanks alone are what is meant.
            0 => meant.len(),
            written => written,
        };
        let before = text.get(line.start..at).unwrap_or("").chars().count();
        Place {
            line: u32::try_from(number + 1).unwrap_or(u32::MAX),
            column: u32::try_from(before + 1).unwrap_or(u32::MAX),
            bytes: at..at + written,
        }
    }

    /// What stands before `at` on its line.
    pub(super) fn before<'t>(&self, text: &'t str, at: usize) -> &'t str {
        let (_, line) = self.line(text, at.min(text.len()));
        text.get(line.start..at).unwrap_or("")
    }

    /// What stands behind `at` on its line.
    pub(super) fn after<'t>(&self, text: &'t str, at: usize) -> &'t str {
        let (_, line) = self.line(text, at.min(text.len()));
        text.get(at..line.end).unwrap_or("")
    }

    /// The bytes of the line with this number, from 1, without its line break; `None` behind the
    /// last line.
    pub(super) fn numbered(&self, text: &str, number: u32) -> Option<Range<usize>> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        Some(self.line(text, start).1)
    }
}
