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
    old: Vec<&'a [u8]>,
    new: Vec<&'a [u8]>,
    edits: Vec<Edit>,
    /// Where it begins in both texts, in bytes.
    start: usize,
}

/// What a hunk consists of, in order.
pub(super) enum Part<'a> {
    /// A hunk begins: its bytes in the old and in the new text.
    Hunk(Range<usize>, Range<usize>),
    /// A line of it with its end, behind its mark ` `, `-` or `+`.
    Line(u8, &'a [u8]),
}

/// Gives every hunk and every line of it to `part`, in order.
pub(super) fn each(old: &[u8], new: &[u8], mut part: impl FnMut(Part<'_>)) {
    let window = Window::of(old, new);
    for edits in window
        .edits
        .chunk_by(|edit, next| near(edit, next, window.old.len()))
    {
        let ([first, ..], [.., last]) = (edits, edits) else {
            continue;
        };
        let start = first.old.start.saturating_sub(CONTEXT);
        let end = (last.old.end + CONTEXT).min(window.old.len());
        let new_start = first.new.start.saturating_sub(first.old.start - start);
        part(Part::Hunk(
            window.bytes(&window.old, start..end),
            window.bytes(&window.new, new_start..last.new.end + (end - last.old.end)),
        ));
        let mut lines = |mark, lines: Option<&[&[u8]]>| {
            let lines = lines.unwrap_or_default().iter();
            lines.for_each(|text| part(Part::Line(mark, text)));
        };
        let mut here = start;
        for edit in edits {
            lines(b' ', window.old.get(here..edit.old.start));
            lines(b'-', window.old.get(edit.old.clone()));
            lines(b'+', window.new.get(edit.new.clone()));
            here = edit.old.end;
        }
        lines(b' ', window.old.get(here..end));
    }
}

/// Whether two edits share their context.
fn near(edit: &Edit, next: &Edit, lines: usize) -> bool {
    next.old.start.saturating_sub(CONTEXT) <= (edit.old.end + CONTEXT).min(lines)
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

    /// The bytes that some of `all` lines are in their text.
    fn bytes(&self, all: &[&[u8]], lines: Range<usize>) -> Range<usize> {
        let length = |lines: Option<&[&[u8]]>| -> usize {
            lines.unwrap_or_default().iter().map(|line| line.len()).sum()
        };
        let start = self.start + length(all.get(..lines.start));
        start..start + length(all.get(lines))
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
        each(old.as_bytes(), new.as_bytes(), |part| {
            let Part::Line(mark, line) = part else { return };
            all.push(mark as char);
            all.push_str(std::str::from_utf8(line).unwrap());
            if !line.ends_with(b"\n") {
                all.push('$');
            }
        });
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
            " 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 10\n 11\n 12\n-13\n+x\n 14\n 15\n 16\n"
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
            let mut sides = (Vec::new(), Vec::new());
            each(old.as_bytes(), new.as_bytes(), |part| {
                let (mark, line) = match part {
                    Part::Line(mark, line) => (mark, line.to_vec()),
                    Part::Hunk(before, after) => {
                        sides.0.extend_from_slice(&old.as_bytes()[before]);
                        sides.1.extend_from_slice(&new.as_bytes()[after]);
                        return;
                    }
                };
                if mark != b'+' { of.0.push(line.clone()); }
                if mark != b'-' { of.1.push(line); }
                marked.0 += i64::from(mark == b'-');
                marked.1 += i64::from(mark == b'+');
            });
            prop_assert_eq!((sides.0, sides.1), (of.0.concat(), of.1.concat()), "hunks say where they are");
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
