//! Where in a file a hunk stands, as far as its own lines do not tell.
//!
//! A hunk is hashed without line numbers, so that an approval survives a clean rebase. Where its
//! lines occur more than once in the file, the same hunk could stand at another of these places,
//! with another meaning; then it also says at which of them.

use std::collections::HashMap;
use std::fmt;

/// How many lines are compared for one file at most; a file beyond that counts by line numbers.
const MOST_COMPARED: usize = 4_000_000;

/// The lines of one file, each by a number that equal lines share.
pub(super) struct Places {
    lines: Vec<u32>,
    left: usize,
}

/// What a hunk's own lines leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: its lines stand in the file once, or there are none.
    Only,
    /// At which of several places, from 1.
    Nth(usize),
    /// Too much to compare: the line, from 1.
    Line(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only => f.write_str("-"),
            Self::Nth(nth) => write!(f, "{nth}"),
            Self::Line(line) => write!(f, "L{line}"),
        }
    }
}

impl Places {
    pub(super) fn new(file: &[u8]) -> Self {
        let mut known: HashMap<&[u8], u32> = HashMap::new();
        let lines = file
            .split_inclusive(|byte| *byte == b'\n')
            .map(|line| {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(line).or_insert(next)
            })
            .collect();
        Self {
            lines,
            left: MOST_COMPARED,
        }
    }

    /// The place of the hunk whose `count` lines in this file begin at line `start`, from 1.
    pub(super) fn of(&mut self, start: usize, count: usize) -> Place {
        let begin = start.saturating_sub(1);
        let Some(own) = self.lines.get(begin..begin + count).filter(|own| !own.is_empty()) else {
            return Place::Only;
        };
        let (mut before, mut all) = (0, 0);
        for (at, window) in self.lines.windows(count).enumerate() {
            let compared = 1 + own.iter().zip(window).take_while(|(a, b)| a == b).count();
            let Some(left) = self.left.checked_sub(compared) else {
                return Place::Line(start);
            };
            self.left = left;
            if window == own {
                all += 1;
                before += usize::from(at <= begin);
            }
        }
        if all > 1 { Place::Nth(before) } else { Place::Only }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hunk_says_where_it_stands_only_when_its_lines_do_not() {
        let mut places = Places::new(b"a\nb\nc\na\nb\nd\na\nb\n");
        assert_eq!(places.of(3, 3), Place::Only);
        assert_eq!(places.of(1, 2), Place::Nth(1));
        assert_eq!(places.of(4, 2), Place::Nth(2));
        assert_eq!(places.of(7, 2), Place::Nth(3));
        assert_eq!(places.of(0, 0), Place::Only);
        assert_eq!(places.of(9, 5), Place::Only);
    }

    #[test]
    fn an_endless_comparison_counts_by_line() {
        let mut places = Places::new(&b"x\n".repeat(20_000));
        assert_eq!(places.of(5_000, 9_000), Place::Line(5_000));
    }
}
