//! Values as SQL text. Everything goes as hexadecimal digits, so nothing can end a literal early.

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or_default();
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

pub(super) fn bytes(value: &[u8]) -> String {
    format!("decode('{}','hex')", hex(value))
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
