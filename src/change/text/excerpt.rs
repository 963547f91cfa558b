//! One line of a file for people to see, with its secrets covered.

use std::ops::Range;

use super::Place;
use super::lines::Lines;
use super::veil::{COVER, hidden};

/// A line of a file and the stretch that is meant, counted in the characters of `text`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The line without its end; secrets are `•••`.
    pub text: String,
    /// Characters before the stretch.
    pub before: usize,
    /// Characters of the stretch; 0 when the line as a whole is meant.
    pub marked: usize,
}

impl Excerpt {
    /// The line of `place` in `text`; empty when there is no such line. In a file that cannot be
    /// read as YAML nobody knows where a secret ends: a line that may hold one is covered as a whole.
    pub fn of(text: &str, place: &Place) -> Self {
        let Some(line) = Lines::of(text).numbered(text, place.line) else {
            return Self::default();
        };
        match hidden(text, &line) {
            Some(secrets) => Self::covering(text, place, line, &secrets),
            None => Self {
                text: COVER.to_owned(),
                before: 0,
                marked: COVER.chars().count(),
            },
        }
    }

    fn covering(text: &str, place: &Place, line: Range<usize>, secrets: &[Range<usize>]) -> Self {
        let shown = text.get(line.clone()).unwrap_or_default();
        let column = usize::try_from(place.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let start = shown
            .char_indices()
            .nth(column)
            .map_or(line.end, |(i, _)| line.start + i);
        let stretch = text.get(place.bytes.clone()).unwrap_or_default();
        let stretch = stretch.lines().next().unwrap_or_default().trim_end();
        let meant = start..start.saturating_add(stretch.len()).min(line.end);
        let mut excerpt = Self::default();
        let mut count = 0;
        let mut first = None;
        let mut covered = None;
        for (i, character) in shown.char_indices() {
            let at = line.start + i;
            let cover = secrets.iter().position(|bytes| bytes.contains(&at));
            let from = if cover.is_some() && cover == covered {
                count - COVER.chars().count()
            } else if cover.is_some() {
                excerpt.text.push_str(COVER);
                count += COVER.chars().count();
                count - COVER.chars().count()
            } else {
                excerpt.text.push(character);
                count += 1;
                count - 1
            };
            covered = cover;
            if meant.contains(&at) {
                excerpt.marked = count - *first.get_or_insert(from);
            } else if at >= meant.start {
                first.get_or_insert(from);
            }
        }
        excerpt.before = first.unwrap_or(count);
        excerpt
    }
}
