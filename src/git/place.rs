//! Where in a file a hunk stands, as far as its own lines do not tell.
//!
//! A hunk is hashed without line numbers, so that an approval survives a clean rebase. Where its
//! lines occur more than once in the file, the same hunk could stand at another of these places,
//! with another meaning; then it also says at which of them.

use std::fmt;
use std::ops::Range;

use memchr::memmem::Finder;

/// How much is searched for the hunks of one file at most, in bytes; beyond that they count by
/// their offset.
const MOST_SEARCHED: usize = 64 * 1024 * 1024;

/// One file with the patience to search it.
pub(super) struct Places<'a> {
    file: &'a [u8],
    left: usize,
}

/// What a hunk's own lines leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: its lines stand in the file once, or there are none.
    Only,
    /// At which of several places, from 1.
    Nth(usize),
    /// Too much to search: the byte at which it begins.
    Byte(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only => f.write_str("-"),
            Self::Nth(nth) => write!(f, "{nth}"),
            Self::Byte(at) => write!(f, "B{at}"),
        }
    }
}

impl<'a> Places<'a> {
    pub(super) fn new(file: &'a [u8]) -> Self {
        Self {
            file,
            left: MOST_SEARCHED,
        }
    }

    /// The place of the hunk whose lines in this file are the bytes `own`.
    pub(super) fn of(&mut self, own: Range<usize>) -> Place {
        let Some(lines) = self.file.get(own.clone()).filter(|lines| !lines.is_empty()) else {
            return Place::Only;
        };
        let finder = Finder::new(lines);
        let (mut nth, mut all, mut from) = (0, 0, 0);
        while let Some(rest) = self.file.get(from..) {
            let found = finder.find(rest);
            let Some(left) = self.left.checked_sub(found.unwrap_or(rest.len()) + lines.len()) else {
                return Place::Byte(own.start);
            };
            self.left = left;
            let Some(at) = found.map(|at| from + at) else {
                break;
            };
            if self.begins_line(at) && (lines.ends_with(b"\n") || at + lines.len() == self.file.len()) {
                all += 1;
                nth += usize::from(at <= own.start);
            }
            from = at + 1;
        }
        if all > 1 { Place::Nth(nth) } else { Place::Only }
    }

    fn begins_line(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_none_or(|before| self.file.get(before) == Some(&b'\n'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hunk_says_where_it_stands_only_when_its_lines_do_not() {
        let mut places = Places::new(b"a\nb\nc\na\nb\nd\nxa\nb\na\nb");
        assert_eq!(places.of(4..8), Place::Only);
        assert_eq!(places.of(0..4), Place::Nth(1));
        assert_eq!(places.of(6..10), Place::Nth(2));
        assert_eq!(places.of(17..20), Place::Only, "its last line has no end");
        assert_eq!(places.of(0..0), Place::Only);
        assert_eq!(places.of(9..50), Place::Only);
    }

    #[test]
    fn an_endless_search_counts_by_offset() {
        let file = b"x\n".repeat(20_000);
        assert_eq!(Places::new(&file).of(10_000..30_000), Place::Byte(10_000));
    }
}
