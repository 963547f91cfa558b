//! Finds where a stretch of lines stands.
//!
//! A searcher for the whole stretch takes many times as long to prepare as a file takes to be
//! searched. So a part of it is looked for, and the rest compared where that part stands.

use memchr::memmem;

/// How long the part is at most, in bytes: searchers for longer ones are prepared at length.
const PART: usize = 32;

/// How much is compared in vain before the whole is searched for, in lengths of the file.
const MOST_VAIN: usize = 4;

/// A stretch that is looked for.
pub(super) struct Stretch<'a> {
    whole: &'a [u8],
    part: memmem::Finder<'a>,
    /// Where in the whole the part stands.
    at: usize,
    /// How much may still be compared in vain, in bytes.
    left: usize,
    /// Used when too much was compared in vain.
    thorough: Option<memmem::Finder<'a>>,
}

impl<'a> Stretch<'a> {
    /// Prepares to look for `whole` in a file of `size` bytes.
    pub(super) fn new(whole: &'a [u8], size: usize) -> Self {
        let at = telling(whole);
        let part = whole.get(at..whole.len().min(at + PART)).unwrap_or_default();
        Self {
            whole,
            part: memmem::Finder::new(part),
            at,
            left: MOST_VAIN * size,
            thorough: None,
        }
    }

    /// Where in `text` it stands first.
    pub(super) fn find(&mut self, text: &[u8]) -> Option<usize> {
        let mut from = self.at;
        while self.thorough.is_none() {
            let place = from + self.part.find(text.get(from..)?)?;
            let start = place - self.at;
            if text.get(start..)?.starts_with(self.whole) {
                return Some(start);
            }
            from = place + 1;
            match self.left.checked_sub(self.whole.len()) {
                Some(left) => self.left = left,
                None => self.thorough = Some(memmem::Finder::new(self.whole)),
            }
        }
        self.thorough.as_ref()?.find(text)
    }
}

/// Where the end of the longest line begins: other lines may begin alike.
fn telling(whole: &[u8]) -> usize {
    let mut longest = 0..0;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', whole).chain([whole.len()]) {
        if end - start > longest.len() {
            longest = start..end;
        }
        start = end + 1;
    }
    if whole.len() <= PART {
        return 0;
    }
    longest.end.saturating_sub(PART).max(longest.start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_end_of_the_longest_line_tells() {
        assert_eq!(telling(b"a\nbcd\nef\n"), 0);
        let long = [&b"x\n"[..], &[b'y'; 50], b"\nz\n"].concat();
        assert_eq!(telling(&long), 2 + 50 - PART);
        assert_eq!(telling(&[b'\n'; 50]), 0);
        assert_eq!(telling(b""), 0);
    }

    #[test]
    fn a_file_that_is_almost_the_stretch_everywhere_is_searched_thoroughly() {
        let (line, last) = ([b'a'; 40], b"b\n");
        let whole = [&line[..], last].concat();
        let file = [&[b'a'; 100_000][..], last].concat();
        let mut stretch = Stretch::new(&whole, file.len());
        assert_eq!(stretch.find(&file), memmem::find(&file, &whole));
        assert_eq!(stretch.find(&file), Some(100_000 - 40));
        let file = [b'a'; 100_000];
        let whole = [&b"c\n"[..], &line].concat();
        let mut stretch = Stretch::new(&whole, file.len());
        assert_eq!(stretch.find(&file), None);
        assert!(stretch.thorough.is_some());
        assert_eq!(stretch.find(&whole), Some(0));
    }

    proptest! {
        /// The answer is that of a search for the whole, from any place on, however much was
        /// compared in vain.
        #[test]
        fn the_answer_is_that_of_a_plain_search(
            file in "[ab\n]{0,60}|(aaaa){0,30}", other in "[ab\n]{1,4}|a{30,40}",
            cut in any::<(prop::sample::Index, prop::sample::Index)>(), size in 0_usize..100,
        ) {
            let file = file.as_bytes();
            let (one, two) = (cut.0.index(file.len() + 1), cut.1.index(file.len() + 1));
            let own = &file[one.min(two)..one.max(two)];
            for whole in [own, other.as_bytes()] {
                if whole.is_empty() {
                    continue;
                }
                let mut stretch = Stretch::new(whole, size);
                for from in 0..=file.len() {
                    prop_assert_eq!(stretch.find(&file[from..]), memmem::find(&file[from..], whole));
                }
            }
        }
    }
}
