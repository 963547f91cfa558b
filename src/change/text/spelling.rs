//! What a text may look like.

/// Whether a text can be a key that fields, records and commands name.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.chars().count() <= 64 && text.chars().all(fits) && text.starts_with(char::is_alphanumeric)
}

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
