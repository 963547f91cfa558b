//! What a text may look like.

/// Whether a text can be a key that fields, records and commands name.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.chars().count() <= 64 && text.chars().all(fits) && text.starts_with(char::is_alphanumeric)
}

/// The same text in the characters of an English keyboard: full-width letters, digits, signs and
/// spaces become narrow, quotes around it are taken off.
pub(crate) fn narrow(text: &str) -> String {
    let ascii = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        'ー' | '−' | '‐' | '–' => '-',
        c => c,
    };
    let latin = |c: char| c.is_ascii() || matches!(c, '\u{ff01}'..='\u{ff5e}' | 'ー') || !c.is_alphabetic();
    // A word with a long vowel stays one: ー is a sign only among digits and Latin letters.
    let sign = text.chars().all(latin);
    let narrow: String = text
        .chars()
        .map(|c| if c == 'ー' && !sign { c } else { ascii(c) })
        .collect();
    narrow.trim().trim_matches(QUOTES).trim().to_owned()
}

/// Quotes that YAML takes for part of the text.
pub(super) const QUOTES: &[char] = &['"', '\'', '“', '”', '„', '‟', '‘', '’', '「', '」'];

/// A text of a file inside a sentence: one line of at most 60 characters.
pub(super) fn short(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(61)
        .collect();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}

/// Whether a text is a reference to a secret: `${NAME}`, `file:PATH` or `file:PATH#key`.
pub(super) fn is_reference(text: &str) -> bool {
    let variable = |name: &str| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let named = text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'))
        .is_some_and(variable);
    let filed = text
        .strip_prefix("file:")
        .is_some_and(|path| !path.trim().is_empty() && !text.contains("${"));
    named || filed
}
