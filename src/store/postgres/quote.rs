//! Values as SQL text. Everything goes as hexadecimal digits, so nothing can end a literal early.

use crate::change::to_hex;

pub(super) fn bytes(value: &[u8]) -> String {
    format!("decode('{}','hex')", to_hex(value))
}

pub(super) fn text(value: &str) -> String {
    format!("convert_from({},'UTF8')", bytes(value.as_bytes()))
}

/// A list of values that are SQL text already.
pub(super) fn list(values: impl IntoIterator<Item = String>, kind: &str) -> String {
    let values: Vec<String> = values.into_iter().collect();
    format!("ARRAY[{}]::{kind}[]", values.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_would_end_a_literal() {
        assert_eq!(
            text("a'; --"),
            "convert_from(decode('61273b202d2d','hex'),'UTF8')"
        );
        assert_eq!(bytes(&[0, 0xff, b'\\']), "decode('00ff5c','hex')");
        assert_eq!(list([bytes(b"")], "bytea"), "ARRAY[decode('','hex')]::bytea[]");
        assert_eq!(list([], "text"), "ARRAY[]::text[]");
    }
}
