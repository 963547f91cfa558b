//! A quote that was forgotten to close.

use std::ops::Range;

/// The opening quote, to the end of its line, of a text that runs over what looks like the next key
/// of the file before `until`; `None` where no quote does.
pub(super) fn open_quote(text: &str, until: usize) -> Option<Range<usize>> {
    let text = text.get(..text.len().min(line_end(text, until)))?;
    let mut open: Option<Opened> = None;
    let mut block: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        let depth = indentation(written);
        if block.is_some_and(|above| written.is_empty() || depth > above) {
            start += line.len();
            continue;
        }
        block = None;
        if let Some(quote) = &open
            && depth <= quote.depth
            && begins_anew(written)
        {
            return Some(quote.bytes.clone());
        }
        let mut rest = 0;
        while let Some((quote, at)) = next_quote(written, rest, open.as_ref()) {
            open = match open {
                Some(_) => None,
                None => Some(Opened {
                    quote,
                    depth,
                    bytes: start + at..start + written.len(),
                }),
            };
            rest = at + 1;
        }
        if open.is_none() && written.ends_with(['|', '>', '-', '+']) && begins_text(written) {
            block = Some(depth);
        }
        start += line.len();
    }
    None
}

/// A quote that is open.
struct Opened {
    quote: char,
    /// How far its line is indented.
    depth: usize,
    bytes: Range<usize>,
}

/// The next quote from `from` on: what closes `open`, else what opens a text.
fn next_quote(line: &str, from: usize, open: Option<&Opened>) -> Option<(char, usize)> {
    let mut escaped = false;
    let mut doubled = false;
    for (at, character) in line.char_indices().filter(|(at, _)| *at >= from) {
        if std::mem::take(&mut escaped) || std::mem::take(&mut doubled) {
            continue;
        }
        match open.map(|open| open.quote) {
            Some('"') if character == '\\' => escaped = true,
            Some('\'') if line.get(at..).is_some_and(|rest| rest.starts_with("''")) => doubled = true,
            Some(quote) if character == quote => return Some((quote, at)),
            Some(_) => {}
            None if character == '#' && ends_blank(line, at) => return None,
            None if matches!(character, '"' | '\'') && opens(line, at) => return Some((character, at)),
            None => {}
        }
    }
    None
}

/// Whether a text may begin at `at`: behind a key, a dash, a bracket or a comma.
fn opens(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let trimmed = before.trim_end();
    match trimmed.chars().last() {
        None => true,
        Some('[' | '{' | ',') => true,
        Some(':') => trimmed.len() < before.len(),
        Some('-') => trimmed.len() < before.len() && trimmed.trim_start().trim_start_matches("- ") == "-",
        Some(_) => false,
    }
}

fn ends_blank(line: &str, at: usize) -> bool {
    line.get(..at)
        .is_none_or(|before| before.is_empty() || before.ends_with([' ', '\t']))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a text of several lines begins behind this line, as `reason: |` has it.
fn begins_text(line: &str) -> bool {
    let sign = line.rsplit(' ').next().unwrap_or_default();
    matches!(sign, "|" | ">" | "|-" | ">-" | "|+" | ">+")
}

/// A dash, or `word:` with something or nothing behind it, as keys of the two files are written.
fn begins_anew(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with("- ") {
        return true;
    }
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !key.is_empty() && key.chars().all(is_key) && (rest.is_empty() || rest.starts_with(' '))
}

fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        open_quote(text, text.len()).and_then(|bytes| text.get(bytes))
    }

    #[test]
    fn the_quote_that_runs_over_the_next_key_is_found() {
        for (text, quote) in [
            ("title: \"Winter\nreason: \"Fewer\"\n", "\"Winter"),
            ("title: 'Winter\nreason: x\n", "'Winter"),
            (
                "a: \"b\"\nroles:\n  executor: \"ota\n  approvers: [kudo]\n",
                "\"ota",
            ),
            (
                "steps:\n  - \"go back\n  - \"and look\"\nkey: \"x\"\n",
                "\"go back",
            ),
        ] {
            assert_eq!(found(text), Some(quote), "{text}");
        }
    }

    #[test]
    fn a_text_of_several_lines_that_is_closed_is_left_alone() {
        for text in [
            "title: \"Winter\n  timetable: new\"\nreason: x\n",
            "title: It's Winter\nreason: x\n",
            "title: 'It''s'\nreason: \"a \\\" b\"\nkind: code\n",
            "title: x # the \"old\nreason: x\n",
            "reason: |\n  \"go\n  on: now\nkind: code\n",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
