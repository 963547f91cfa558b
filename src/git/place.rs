//! Where in a file a hunk stands, as far as its own lines do not tell.
//!
//! A hunk is hashed without line numbers, so that an approval survives a clean rebase. Where its
//! lines occur more than once in the file, the same hunk could stand at another of these places,
//! with another meaning; then it also says at which of them.

use std::fmt;
use std::ops::Range;

use super::stretch::Stretch;

/// How many bytes are compared for one file at most; what is not found by then counts by its line.
const MOST_COMPARED: usize = 64 * 1024 * 1024;

/// One file, in which the places of hunks are looked up.
pub(super) struct Places<'a> {
    file: &'a [u8],
    left: usize,
}

/// What a hunk's own lines leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: its lines stand in the file once, or there are none.
    Only,
    /// At which of how many places, from 1.
    Nth(usize, usize),
    /// Too much to compare: the line, from 1.
    Line(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only => f.write_str("-"),
            Self::Nth(nth, all) => write!(f, "{nth}of{all}"),
            Self::Line(line) => write!(f, "L{line}"),
        }
    }
}

impl<'a> Places<'a> {
    pub(super) fn new(file: &'a [u8]) -> Self {
        Self {
            file,
            left: MOST_COMPARED,
        }
    }

    /// The place of the hunk whose lines in this file are these bytes.
    pub(super) fn of(&mut self, hunk: &Range<usize>) -> Place {
        let Some(own) = self.file.get(hunk.clone()).filter(|own| !own.is_empty()) else {
            return Place::Only;
        };
        let mut stretch = Stretch::new(own, self.file.len());
        let (mut from, mut before, mut all) = (0, 0, 0);
        while let Some(rest) = self.file.get(from..) {
            let found = stretch.find(rest);
            let compared = found.unwrap_or(rest.len()) + own.len();
            let Some(left) = self.left.checked_sub(compared) else {
                return Place::Line(self.line(hunk.start));
            };
            self.left = left;
            let Some(at) = found.map(|at| from + at) else {
                break;
            };
            if self.is_whole_lines(at, own) {
                all += 1;
                before += usize::from(at <= hunk.start);
            }
            from = at + 1;
        }
        if all > 1 {
            Place::Nth(before, all)
        } else {
            Place::Only
        }
    }

    fn is_whole_lines(&self, at: usize, own: &[u8]) -> bool {
        let begins = at == 0 || self.file.get(at - 1) == Some(&b'\n');
        begins && (own.ends_with(b"\n") || at + own.len() == self.file.len())
    }

    /// The line that begins at a byte, from 1.
    fn line(&self, at: usize) -> usize {
        1 + memchr::memchr_iter(b'\n', self.file.get(..at).unwrap_or_default()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hunk_says_where_it_stands_only_when_its_lines_do_not() {
        let mut places = Places::new(b"a\nb\nc\na\nb\nd\na\nb\nba\nb");
        assert_eq!(places.of(&(4..10)), Place::Only);
        assert_eq!(places.of(&(0..4)), Place::Nth(1, 3));
        assert_eq!(places.of(&(6..10)), Place::Nth(2, 3));
        assert_eq!(places.of(&(12..16)), Place::Nth(3, 3));
        assert_eq!(
            places.of(&(19..20)),
            Place::Only,
            "the last line has no end, so it is another"
        );
        assert_eq!(places.of(&(3..3)), Place::Only);
        assert_eq!(places.of(&(90..95)), Place::Only);
        let mut same = Places::new(b"x\nx\nx\nx\n");
        assert_eq!(same.of(&(2..6)), Place::Nth(2, 3), "places may overlap");
    }

    #[test]
    fn an_endless_comparison_counts_by_line() {
        let file = b"x\n".repeat(200_000);
        assert_eq!(Places::new(&file).of(&(9_998..109_998)), Place::Line(5_000));
    }
}
