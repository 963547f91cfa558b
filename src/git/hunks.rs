//! Which lines differ between two texts, with three lines of context.
//!
//! What both begin and end with is cut off first, so that the same edit gives the same hunks
//! whatever else stands in the file, and so that a small edit of a long file costs little.

use std::ops::Range;

use imara_diff::sources::byte_lines;
use imara_diff::{Algorithm, Diff, InternedInput};

/// Lines of context before and after what differs.
const CONTEXT: usize = 3;

/// How much is compared at once, in bytes.
const BLOCK: usize = 256;

/// Lines of the old text that became lines of the new one; places in [`Window`].
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    old: Range<usize>,
    new: Range<usize>,
}

/// The part of both texts that differs, with its context: lines with their ends.
struct Window<'a> {
    /// Where it begins, in bytes; the same in both texts.
    start: usize,
    old: Vec<&'a [u8]>,
    new: Vec<&'a [u8]>,
    edits: Vec<Edit>,
}

/// One stretch of lines that differ, with its context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Hunk<'a> {
    /// Where its lines stand in the old text, in bytes.
    pub(super) old: Range<usize>,
    /// Where they stand in the new one.
    pub(super) new: Range<usize>,
    /// The lines with their ends, each behind its mark ` `, `-` or `+`.
    pub(super) lines: Vec<(u8, &'a [u8])>,
}

/// The hunks that lie between two texts, in order.
pub(super) fn between<'a>(old: &'a [u8], new: &'a [u8]) -> Vec<Hunk<'a>> {
    let window = Window::of(old, new);
    let mut hunks = Vec::new();
    let mut at = (window.start, window.start);
    let (mut old_line, mut edits) = (0, window.edits.iter().peekable());
    while let Some(first) = edits.peek() {
        let begin = first.old.start.saturating_sub(CONTEXT).max(old_line);
        let skipped = bytes(window.old.get(old_line..begin));
        at = (at.0 + skipped, at.1 + skipped);
        let mut hunk = Hunk {
            old: at.0..at.0,
            new: at.1..at.1,
            lines: Vec::new(),
        };
        old_line = begin;
        while let Some(edit) =
            edits.next_if(|next| next.old.start <= old_line + 2 * CONTEXT || hunk.lines.is_empty())
        {
            hunk.add(b' ', window.old.get(old_line..edit.old.start));
            hunk.add(b'-', window.old.get(edit.old.clone()));
            hunk.add(b'+', window.new.get(edit.new.clone()));
            old_line = edit.old.end;
        }
        let end = (old_line + CONTEXT).min(window.old.len());
        hunk.add(b' ', window.old.get(old_line..end));
        old_line = end;
        at = (hunk.old.end, hunk.new.end);
        hunks.push(hunk);
    }
    hunks
}

fn bytes(lines: Option<&[&[u8]]>) -> usize {
    lines.unwrap_or_default().iter().map(|line| line.len()).sum()
}

impl<'a> Hunk<'a> {
    fn add(&mut self, mark: u8, lines: Option<&[&'a [u8]]>) {
        let length = bytes(lines);
        self.old.end += if mark == b'+' { 0 } else { length };
        self.new.end += if mark == b'-' { 0 } else { length };
        let lines = lines.unwrap_or_default().iter();
        self.lines.extend(lines.map(|line| (mark, *line)));
    }
}

impl<'a> Window<'a> {
    fn of(old: &'a [u8], new: &'a [u8]) -> Self {
        let head = common_head(old, new);
        let rest = |text: &'a [u8]| text.get(head..).unwrap_or_default();
        let tail = common_tail(rest(old), rest(new));
        let part = |text: &'a [u8]| text.get(head..text.len() - tail).unwrap_or_default();
        let lead = last_lines(old.get(..head).unwrap_or_default());
        let trail: Vec<&[u8]> = byte_lines(old.get(old.len() - tail..).unwrap_or_default())
            .take(CONTEXT)
            .collect();
        let whole = |lines: &[&'a [u8]]| [&lead, lines, &trail].concat();
        let (was, is): (Vec<&[u8]>, Vec<&[u8]>) =
            (byte_lines(part(old)).collect(), byte_lines(part(new)).collect());
        Self {
            start: head - lead.iter().map(|line| line.len()).sum::<usize>(),
            edits: edits(&was, &is, lead.len()),
            old: whole(&was),
            new: whole(&is),
        }
    }
}

/// What differs between two lists of lines, `lead` lines further down.
fn edits(old: &[&[u8]], new: &[&[u8]], lead: usize) -> Vec<Edit> {
    if old.is_empty() || new.is_empty() {
        let edit = Edit {
            old: lead..lead + old.len(),
            new: lead..lead + new.len(),
        };
        return if edit.old.is_empty() && edit.new.is_empty() {
            Vec::new()
        } else {
            vec![edit]
        };
    }
    let mut input: InternedInput<&[u8]> = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    // An edit that could stand in several places has one.
    diff.postprocess_no_heuristic(&input);
    let place = |range: Range<u32>| lead + range.start as usize..lead + range.end as usize;
    diff.hunks()
        .map(|hunk| Edit {
            old: place(hunk.before),
            new: place(hunk.after),
        })
        .collect()
}

/// The length of the whole lines that both begin with, in bytes.
fn common_head(old: &[u8], new: &[u8]) -> usize {
    let blocks = old.chunks_exact(BLOCK).zip(new.chunks_exact(BLOCK));
    let whole = BLOCK * blocks.take_while(|(a, b)| a == b).count();
    let bytes = old.iter().zip(new).skip(whole);
    let same = whole + bytes.take_while(|(a, b)| a == b).count();
    if same == old.len() && same == new.len() {
        return same;
    }
    let lines = old.get(..same).unwrap_or_default();
    lines
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1)
}

/// The length of the whole lines that both end with, in bytes. Both begin with a line.
fn common_tail(old: &[u8], new: &[u8]) -> usize {
    let blocks = old.rchunks_exact(BLOCK).zip(new.rchunks_exact(BLOCK));
    let whole = BLOCK * blocks.take_while(|(a, b)| a == b).count();
    let bytes = old.iter().rev().zip(new.iter().rev()).skip(whole);
    let same = whole + bytes.take_while(|(a, b)| a == b).count();
    let begins = |text: &[u8]| match text.len().checked_sub(same + 1) {
        None => true,
        Some(before) => text.get(before) == Some(&b'\n'),
    };
    if begins(old) && begins(new) {
        return same;
    }
    let lines = old.get(old.len() - same..).unwrap_or_default();
    let first = lines.iter().position(|byte| *byte == b'\n');
    first.map_or(0, |end| same - end - 1)
}

/// The last lines of a text that ends with a line's end.
fn last_lines(text: &[u8]) -> Vec<&[u8]> {
    let inner = text.len().saturating_sub(1);
    let ends = text.get(..inner).unwrap_or_default().iter();
    let start = ends
        .enumerate()
        .rev()
        .filter(|(_, byte)| **byte == b'\n')
        .nth(CONTEXT - 1)
        .map_or(0, |(at, _)| at + 1);
    byte_lines(text.get(start..).unwrap_or_default()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The hunks as text, each line behind its mark.
    fn shown(old: &str, new: &str) -> String {
        let mut all = String::new();
        for hunk in between(old.as_bytes(), new.as_bytes()) {
            all.push_str(if all.is_empty() { "" } else { "@\n" });
            for (mark, line) in hunk.lines {
                all.push(mark as char);
                all.push_str(std::str::from_utf8(line).unwrap());
                all.push_str(if line.ends_with(b"\n") { "" } else { "$" });
            }
        }
        all
    }

    #[test]
    fn context_is_three_lines_and_near_edits_share_it() {
        let lines = |n: std::ops::RangeInclusive<u32>| n.map(|n| format!("{n}\n")).collect::<String>();
        let old = lines(1..=20);
        assert_eq!(shown(&old, &old), "");
        assert_eq!(
            shown(&old, &old.replace("10\n", "ten\n")),
            " 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n"
        );
        let near = old.replace("\n5\n", "\nfive\n").replace("12\n", "twelve\n");
        assert_eq!(
            shown(&old, &near),
            " 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n 10\n 11\n-12\n+twelve\n 13\n 14\n 15\n"
        );
        let far = old.replace("\n5\n", "\nfive\n").replace("13\n", "x\n");
        assert_eq!(
            shown(&old, &far),
            " 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@\n 10\n 11\n 12\n-13\n+x\n 14\n 15\n 16\n"
        );
    }

    #[test]
    fn ends_of_files_are_lines_of_their_own() {
        assert_eq!(shown("", "a\n"), "+a\n");
        assert_eq!(shown("a\n", ""), "-a\n");
        assert_eq!(shown("a\nb", "a\nb\n"), " a\n-b$+b\n");
        assert_eq!(shown("ab\n", "b\n"), "-ab\n+b\n");
        assert_eq!(shown("a\nb", "a\nc\nb"), " a\n+c\n b$");
        assert_eq!(shown("a\r\n", "a\n"), "-a\r\n+a\n");
    }

    proptest! {
        /// Taking the marks away gives lines of the two texts in their order, what has no mark
        /// is in both, and as many lines are marked as differ in number.
        #[test]
        fn hunks_tell_the_truth(old in "[ab\n]{0,60}", new in "[ab\n]{0,60}") {
            let mut of = (Vec::new(), Vec::new());
            let mut marked = (0, 0);
            for hunk in between(old.as_bytes(), new.as_bytes()) {
                let (mut was, mut is) = (Vec::new(), Vec::new());
                for (mark, line) in hunk.lines {
                    if mark != b'+' { was.extend_from_slice(line); of.0.push(line.to_vec()); }
                    if mark != b'-' { is.extend_from_slice(line); of.1.push(line.to_vec()); }
                    marked.0 += i64::from(mark == b'-');
                    marked.1 += i64::from(mark == b'+');
                }
                prop_assert_eq!(&was[..], &old.as_bytes()[hunk.old]);
                prop_assert_eq!(&is[..], &new.as_bytes()[hunk.new]);
            }
            for (text, seen) in [(&old, &of.0), (&new, &of.1)] {
                let mut lines = byte_lines(text.as_bytes());
                for line in seen {
                    prop_assert!(lines.any(|other| other == &line[..]), "{line:?}");
                }
            }
            let count = |text: &str| byte_lines(text.as_bytes()).count() as i64;
            prop_assert_eq!(marked.1 - marked.0, count(&new) - count(&old));
            prop_assert_eq!(of == (vec![], vec![]), old == new);
        }

        /// The same edit with other lines far above and below is the same hunk.
        #[test]
        fn what_stands_elsewhere_changes_nothing(
            old in "[ab\n]{0,40}", new in "[ab\n]{0,40}", above in "[ab\n]{0,20}", below in "[ab\n]{0,20}",
        ) {
            let near = "one\ntwo\nthree\n";
            let of = |text: &str, above: &str, below: &str| format!("{above}\n{near}{text}\n{near}{below}");
            prop_assert_eq!(
                shown(&of(&old, "", ""), &of(&new, "", "")),
                shown(&of(&old, &above, &below), &of(&new, &above, &below))
            );
        }
    }
}
