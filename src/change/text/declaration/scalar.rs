//! One text as YAML: plain where nothing can misread it, else in quotes.

/// Words that some YAML reader takes for a truth value or nothing.
const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

/// The text on one line, plain or in double quotes.
pub(crate) fn inline(text: &str) -> String {
    if plain(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Whether every YAML reader takes these characters for this text, also inside `[…]` and `{…}`.
fn plain(text: &str) -> bool {
    let starts = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '/';
    let ends = !text.ends_with([':', ' ']);
    let quiet = !text.contains(": ") && !text.contains(" #");
    let fits = |c: char| printable(c) && !c.is_control() && !matches!(c, ',' | '[' | ']' | '{' | '}');
    text.starts_with(starts)
        && ends
        && quiet
        && text.chars().all(fits)
        && !WORDS.contains(&text.to_lowercase().as_str())
        && !numeric(text)
}

/// Whether a reader could take the text for a number: `12`, `1e3`, `0x1f`, `1_000`, `12:30`.
fn numeric(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && !text.contains(['-', 'T', ' '])
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || matches!(c, '.' | '_' | ':' | 'x' | 'o' | '+'))
}

/// Whether the character may stand in a YAML file as it is and is not a line break to any reader.
pub(super) fn printable(c: char) -> bool {
    match c {
        '\t' | '\u{20}'..='\u{7e}' => true,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => false,
        c => c >= '\u{a0}',
    }
}

/// The text in double quotes, everything else escaped.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if printable(c) => out.push(c),
            c if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Whether a text of several lines can be a `|` block.
pub(super) fn block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let line = |line: &str| !line.ends_with([' ', '\t']) && line.chars().all(printable);
    body.contains('\n')
        && !body.ends_with('\n')
        && !text.contains('\r')
        && !body.starts_with([' ', '\t', '\n'])
        && body.split('\n').all(line)
}
