//! Walks the members of canonical JSON without building a value.

/// The members of the canonical object `object`, in order: key and value as written.
///
/// Only for bytes that passed the check: what is not canonical ends the walk early.
pub(super) fn members(object: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = object.strip_prefix('{').unwrap_or_default();
    std::iter::from_fn(move || {
        let quoted = rest.strip_prefix('"')?;
        let end = quoted.find('"')?;
        let (key, after) = (quoted.get(..end)?, quoted.get(end + 2..)?);
        let value = after.get(..value_length(after.as_bytes()))?;
        rest = after.get(value.len() + 1..).unwrap_or_default();
        Some((key, value))
    })
}

/// The items of the canonical array `array`, in order, as written.
pub(super) fn items(array: &str) -> impl Iterator<Item = &str> {
    let mut rest = array.strip_prefix('[').unwrap_or_default();
    std::iter::from_fn(move || {
        let item = rest.get(..value_length(rest.as_bytes()))?;
        rest = rest.get(item.len() + 1..).unwrap_or_default();
        (!item.is_empty()).then_some(item)
    })
}

/// The text of a string that needs no escapes; `None` for any other value.
pub(super) fn bare(value: &str) -> Option<&str> {
    let text = value.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains('\\')).then_some(text)
}

/// Where the value at the start of `bytes` ends.
fn value_length(bytes: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            b'}' | b']' | b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The index of the closing quote of the string that opens at `open`; past the end when there is
/// none.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(rest) = bytes.get(at..) {
        match memchr::memchr2(b'"', b'\\', rest) {
            None => break,
            Some(found) if rest.get(found) == Some(&b'"') => return at + found,
            Some(found) => at += found + 2,
        }
    }
    bytes.len().max(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_items_come_as_written() {
        let object = r#"{"a":[1,{"x":"]}"}],"b":"\",","c":{},"d":-1}"#;
        let found: Vec<_> = members(object).collect();
        assert_eq!(
            found,
            [
                ("a", r#"[1,{"x":"]}"}]"#),
                ("b", r#""\",""#),
                ("c", "{}"),
                ("d", "-1")
            ]
        );
        assert_eq!(items(found[0].1).collect::<Vec<_>>(), ["1", r#"{"x":"]}"}"#]);
        assert_eq!(items("[]").count(), 0);
        assert_eq!(members("{}").count(), 0);
        assert_eq!(bare("\"ab\""), Some("ab"));
        assert_eq!(bare(r#""a\n""#), None);
    }
}
