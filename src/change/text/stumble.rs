//! Where a scanner stumbled, and what a person would correct there.

use std::ops::Range;

use super::lines::Lines;
use super::open_quote::open_quote;
use crate::change::Message;

/// The bytes to mark and the sentence, for an error at `at` that the scanner calls `message`; `flow`
/// where a bracket is open there.
pub(super) fn meant(
    text: &str,
    lines: &Lines,
    at: usize,
    message: Message,
    flow: bool,
) -> (Range<usize>, Message) {
    // A quote that is not closed runs on to the next one, and the scanner stumbles behind that.
    if let Some(bytes) = open_quote(text, at) {
        return (bytes, Message::new("yaml-unclosed-quote"));
    }
    let before = lines.before(text, at);
    let start = at - before.len();
    let character = at..end_of_character(text, at);
    match message.key.as_str() {
        "yaml-tab" => match before.find('\t') {
            Some(tab) => (start + tab..start + tab + 1, message),
            None => (character, message),
        },
        "yaml-colon-missing" => colon_missing(text, lines, at, message),
        "yaml-after-quote" => {
            let rest = text.get(at..).unwrap_or_default();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len();
            match rest
                .trim_start_matches([' ', '\u{3000}'])
                .starts_with(WIDE_COMMAS)
            {
                true => wide_comma(text, at + blanks),
                false => (character, message),
            }
        }
        "yaml-colon" if flow => (character, Message::new("yaml-unclosed-bracket")),
        "yaml-colon" if !before.contains([':', '"', '\'', '[', '{']) => {
            let bytes = start + before.len() - before.trim_start().len()..at;
            (bytes, Message::new("yaml-indentation"))
        }
        _ => (character, message),
    }
}

/// A key without its colon, with one of another alphabet, or with no blank behind it.
fn colon_missing(text: &str, lines: &Lines, at: usize, message: Message) -> (Range<usize>, Message) {
    let line = lines.after(text, at);
    if let Some(colon) = line.find('：') {
        let end = colon + '：'.len_utf8();
        let message = wide_colon(line.get(end..).unwrap_or_default());
        return (at + colon..at + end, message);
    }
    let (key, rest) = line.split_once(':').unwrap_or_default();
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if key.is_empty() || !key.chars().all(is_key) || rest.starts_with("//") {
        return (at..text.len(), message);
    }
    let colon = at + key.len();
    let wide = rest.len() - rest.trim_start_matches(WIDE_BLANKS).len();
    match rest.chars().next() {
        // It is a key with its value, only not where the ones around it are.
        None | Some(' ') => (at..colon, Message::new("yaml-indentation")),
        Some(_) if wide > 0 => (
            colon + 1..colon + 1 + wide,
            Message::new("yaml-wide-blank").with("suggestion", " "),
        ),
        Some(_) => (
            colon..colon + 1,
            Message::new("yaml-colon-blank").with("suggestion", ": "),
        ),
    }
}

/// Blanks that YAML takes for letters.
const WIDE_BLANKS: [char; 2] = ['\u{3000}', '\u{a0}'];

/// Commas that YAML takes for letters.
pub(super) const WIDE_COMMAS: [char; 2] = ['，', '、'];

/// What is said about such a comma at `at`.
pub(super) fn wide_comma(text: &str, at: usize) -> (Range<usize>, Message) {
    let end = end_of_character(text, at);
    let rest = text.get(end..).unwrap_or_default();
    let meant = if rest.starts_with(' ') { "," } else { ", " };
    (at..end, Message::new("yaml-wide-comma").with("suggestion", meant))
}

/// What is said about a key, or an item of a list, at `bytes` that has no value.
pub(super) fn nothing(text: &str, lines: &Lines, bytes: &Range<usize>) -> (Range<usize>, Message) {
    let written = text.get(bytes.clone()).unwrap_or_default();
    if let Some(colon) = written.find('：') {
        let end = colon + '：'.len_utf8();
        let message = wide_colon(written.get(end..).unwrap_or_default());
        return (bytes.start + colon..bytes.start + end, message);
    }
    let rest = lines.after(text, bytes.end);
    let key = if rest.contains(" #") {
        "yaml-remark"
    } else if rest.trim() == ":" && has_sibling(text, lines, bytes) {
        "yaml-empty-above"
    } else {
        "yaml-empty"
    };
    (bytes.clone(), Message::new(key))
}

/// Whether the next line that is written starts in the same column as the key at `bytes`.
fn has_sibling(text: &str, lines: &Lines, bytes: &Range<usize>) -> bool {
    let column = lines.before(text, bytes.start).len();
    let rest = text.get(bytes.end..).unwrap_or_default();
    let next = rest.lines().skip(1).find(|line| !line.trim().is_empty());
    next.is_some_and(|line| line.len() - line.trim_start_matches(' ').len() == column)
}

/// What is said about a full-width colon with `rest` behind it.
pub(super) fn wide_colon(rest: &str) -> Message {
    let meant = if rest.starts_with(' ') { ":" } else { ": " };
    Message::new("yaml-wide-colon").with("suggestion", meant)
}

fn end_of_character(text: &str, at: usize) -> usize {
    let rest = text.get(at..).and_then(|rest| rest.chars().next());
    at + rest.map_or(0, char::len_utf8)
}
