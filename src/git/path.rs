//! Paths are bytes in git and text everywhere else.

/// `bytes` as text: what is not UTF-8 as `\xHH`. A backslash before an `x` is itself written
/// `\x5c`, so that two paths never look the same.
pub(super) fn shown(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(&chunk.valid().replace("\\x", "\\x5cx"));
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

/// The path that [`shown`] shows as `text`.
pub(super) fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend_from_slice(before.as_bytes());
        match after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.extend_from_slice(b"\\x");
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// The names on the way to `text`; `None` for what leaves a tree or names nothing in it.
pub(super) fn names(text: &str) -> Option<Vec<Vec<u8>>> {
    let path = bytes(text);
    let names = path.split(|byte| *byte == b'/').map(<[u8]>::to_vec);
    names
        .map(|name| (!matches!(name.as_slice(), b"" | b"." | b"..") && !name.contains(&0)).then_some(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_back() {
        for path in [
            &b"src/a.rs"[..],
            b"\xff",
            b"\\xff",
            b"a\\b",
            b"\\\xfe",
            b"x\\x",
            "価格/表.csv".as_bytes(),
            b"a\nb\xe3\x81",
        ] {
            assert_eq!(bytes(&shown(path)), path, "{}", shown(path));
        }
        assert_eq!(shown(b"caf\xe9.txt"), "caf\\xe9.txt");
        assert_ne!(shown(b"\xff"), shown(b"\\xff"));
    }

    #[test]
    fn nothing_leaves_the_tree() {
        for outside in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "./a",
            "a/.",
            "a/",
            "\\x2e./a",
            "a\0b",
        ] {
            assert_eq!(names(outside), None, "{outside:?}");
        }
        assert_eq!(names("a/b.yml"), Some(vec![b"a".to_vec(), b"b.yml".to_vec()]));
    }
}
