//! The one way a record's JSON may be written; `docs/ledger-format.md` has the grammar.

use std::cmp::Ordering;

/// The longest record, in bytes.
pub const RECORD_MAX_BYTES: usize = 16_384;
/// The deepest nesting of a record.
pub const RECORD_MAX_DEPTH: usize = 16;
/// The longest document (declaration, dossier, …), in bytes.
pub const DOCUMENT_MAX_BYTES: usize = 64 * 1024 * 1024;
/// The deepest nesting of a document.
pub const DOCUMENT_MAX_DEPTH: usize = 64;
/// The largest integer that every JSON reader keeps exactly: 2^53 - 1.
pub const MAX_INTEGER: u64 = 9_007_199_254_740_991;

/// Bytes that are not canonical, or a value that cannot be written canonically.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not canonical at byte {at}: {rule}")]
pub struct NotCanonical {
    /// The offset of the first byte that breaks a rule.
    pub at: usize,
    /// The rule, in a few words for developers.
    pub rule: &'static str,
}

/// What differs between records and documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) bytes: usize,
    pub(super) depth: usize,
    pub(super) any_key: bool,
}

pub(super) const RECORD: Limits = Limits {
    bytes: RECORD_MAX_BYTES,
    depth: RECORD_MAX_DEPTH,
    any_key: false,
};

pub(super) const DOCUMENT: Limits = Limits {
    bytes: DOCUMENT_MAX_BYTES,
    depth: DOCUMENT_MAX_DEPTH,
    any_key: true,
};

/// Checks that `bytes` are one canonical object, as records are.
///
/// # Errors
/// [`NotCanonical`] with the first offset that breaks a rule.
pub fn check_canonical(bytes: &[u8]) -> Result<(), NotCanonical> {
    check(bytes, RECORD)
}

/// Checks that `bytes` are one canonical object, as documents are: longer, with any keys.
///
/// # Errors
/// [`NotCanonical`] with the first offset that breaks a rule.
pub fn check_document(bytes: &[u8]) -> Result<(), NotCanonical> {
    check(bytes, DOCUMENT)
}

fn check(bytes: &[u8], limits: Limits) -> Result<(), NotCanonical> {
    let mut scan = Scan { bytes, at: 0, limits };
    let grammar = scan.document();
    // Bytes that are no UTF-8 pass the scan inside strings: whatever comes first is reported.
    let text = std::str::from_utf8(bytes).map_err(|wrong| NotCanonical {
        at: wrong.valid_up_to(),
        rule: "not UTF-8",
    });
    match (grammar, text) {
        (Err(a), Err(b)) => Err(if b.at < a.at { b } else { a }),
        (Err(wrong), Ok(_)) | (Ok(()), Err(wrong)) => Err(wrong),
        (Ok(()), Ok(_)) => Ok(()),
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    limits: Limits,
}

impl<'a> Scan<'a> {
    fn document(&mut self) -> Result<(), NotCanonical> {
        if self.bytes.len() > self.limits.bytes {
            return Err(NotCanonical {
                at: self.limits.bytes,
                rule: "too long",
            });
        }
        if self.peek() != Some(b'{') {
            return Err(self.wrong("an object is expected"));
        }
        self.value(0)?;
        if self.at < self.bytes.len() {
            return Err(self.wrong("something follows the object"));
        }
        Ok(())
    }

    fn wrong(&self, rule: &'static str) -> NotCanonical {
        NotCanonical { at: self.at, rule }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8, rule: &'static str) -> Result<(), NotCanonical> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.wrong(rule))
        }
    }

    /// `depth` is the number of containers around this value.
    fn value(&mut self, depth: usize) -> Result<(), NotCanonical> {
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{' | b'[') if depth >= self.limits.depth => Err(self.wrong("too deep")),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'-' | b'0'..=b'9') => self.integer(),
            _ => Err(self.wrong("a value is expected")),
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<(), NotCanonical> {
        for &byte in word {
            self.expect(byte, "a value is expected")?;
        }
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<(), NotCanonical> {
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        let mut previous: Option<&'a [u8]> = None;
        loop {
            let start = self.at;
            let key = self.key()?;
            if previous.is_some_and(|previous| key_order(previous, key) != Ordering::Less) {
                return Err(NotCanonical {
                    at: start,
                    rule: "keys are not in ascending order",
                });
            }
            previous = Some(key);
            self.expect(b':', "a colon is expected")?;
            self.value(depth + 1)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.wrong("a comma or a brace is expected")),
            }
        }
    }

    fn key(&mut self) -> Result<&'a [u8], NotCanonical> {
        let start = self.at;
        let key = self.string()?;
        if self.limits.any_key {
            return Ok(key);
        }
        if key.is_empty() {
            return Err(NotCanonical {
                at: start + 1,
                rule: "a key is empty",
            });
        }
        match key.iter().position(|&byte| !is_key_byte(byte)) {
            Some(odd) => Err(NotCanonical {
                at: start + 1 + odd,
                rule: "a key has other characters than a-z, 0-9 and _",
            }),
            None => Ok(key),
        }
    }

    fn array(&mut self, depth: usize) -> Result<(), NotCanonical> {
        self.at += 1;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.value(depth + 1)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.wrong("a comma or a bracket is expected")),
            }
        }
    }

    /// What stands between the quotes, as written.
    fn string(&mut self) -> Result<&'a [u8], NotCanonical> {
        self.expect(b'"', "a string is expected")?;
        let start = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let text = self.bytes.get(start..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => self.escape()?,
                Some(0..=0x1f | 0x7f) => return Err(self.wrong("a control character stands bare")),
                Some(_) => self.at += 1,
                None => return Err(self.wrong("a string has no end")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), NotCanonical> {
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let length = match rest {
            [b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', b'0', b'0', high @ (b'0' | b'1'), low, ..] if is_long_escape(*high, *low) => 6,
            _ => return Err(self.wrong("an escape is not the shortest one")),
        };
        self.at += length;
        Ok(())
    }

    fn integer(&mut self) -> Result<(), NotCanonical> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.at;
        let mut value: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let leading_zero = self.bytes.get(first) == Some(&b'0');
        let rule = if self.at == first {
            "a digit is expected"
        } else if leading_zero && (self.at > first + 1 || first > start) {
            "a number has a leading zero"
        } else if value > MAX_INTEGER {
            "a number is out of range"
        } else if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err(self.wrong("a number is not whole"));
        } else {
            return Ok(());
        };
        Err(NotCanonical { at: start, rule })
    }
}

pub(super) const fn is_key_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')
}

/// A control character without a shorter escape.
const fn is_long_escape(high: u8, low: u8) -> bool {
    matches!((high, low), (b'0', b'0'..=b'7' | b'b' | b'e' | b'f') | (b'1', b'0'..=b'9' | b'a'..=b'f'))
}

/// The order of two keys by the bytes that they stand for.
fn key_order(a: &[u8], b: &[u8]) -> Ordering {
    if a.contains(&b'\\') || b.contains(&b'\\') {
        plain(a).cmp(plain(b))
    } else {
        a.cmp(b)
    }
}

/// The bytes that a checked string stands for.
fn plain(written: &[u8]) -> impl Iterator<Item = u8> {
    let mut rest = written;
    std::iter::from_fn(move || {
        let (byte, length) = match rest {
            [] => return None,
            [b'\\', b'u', _, _, high, low, ..] => (nibble(*high) << 4 | nibble(*low), 6),
            [b'\\', short, ..] => (
                match short {
                    b'b' => 8,
                    b't' => b'\t',
                    b'n' => b'\n',
                    b'f' => 12,
                    b'r' => b'\r',
                    other => *other,
                },
                2,
            ),
            [byte, ..] => (*byte, 1),
        };
        rest = rest.get(length..).unwrap_or_default();
        Some(byte)
    })
}

const fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.wrapping_sub(b'a').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn breaks_at(text: &str, at: usize) {
        let wrong = check_canonical(text.as_bytes()).unwrap_err();
        assert_eq!(wrong.at, at, "{text}: {wrong}");
    }

    #[test]
    fn the_grammar_is_one_way_to_write() {
        for good in [
            "{}",
            r#"{"a":[],"b":{},"c":[1,-1,0,true,false,"",9007199254740991]}"#,
            r#"{"a":"/ \" \\ \b\f\n\r\t\u0000\u001f 切り戻し 😀"}"#,
            r#"{"a":1,"a_":2,"b":3}"#,
        ] {
            assert_eq!(check_canonical(good.as_bytes()), Ok(()), "{good}");
        }
        breaks_at("", 0);
        breaks_at("[]", 0);
        breaks_at("{} ", 2);
        breaks_at(r#"{ "a":1}"#, 1);
        breaks_at(r#"{"a": 1}"#, 5);
        breaks_at(r#"{"b":1,"a":2}"#, 7);
        breaks_at(r#"{"a":1,"a":2}"#, 7);
        breaks_at(r#"{"A":1}"#, 2);
        breaks_at(r#"{"a-b":1}"#, 3);
        breaks_at(r#"{"":1}"#, 2);
        breaks_at(r#"{"a":null}"#, 5);
        breaks_at(r#"{"a":1.0}"#, 6);
        breaks_at(r#"{"a":1e3}"#, 6);
        breaks_at(r#"{"a":01}"#, 5);
        breaks_at(r#"{"a":-0}"#, 5);
        breaks_at(r#"{"a":-}"#, 5);
        breaks_at(r#"{"a":9007199254740992}"#, 5);
        breaks_at(r#"{"a":[1,]}"#, 8);
        breaks_at(r#"{"a":1,}"#, 7);
        breaks_at(r#"{"a":"\/"}"#, 6);
        breaks_at(r#"{"a":"\u0041"}"#, 6);
        breaks_at(r#"{"a":"\u000a"}"#, 6);
        breaks_at(r#"{"a":"\u001F"}"#, 6);
        breaks_at("{\"a\":\"\u{7f}\"}", 6);
        breaks_at("{\"a\":\"\n\"}", 6);
        breaks_at(r#"{"a":"x"#, 7);
        let bytes = b"{\"a\":\"\xff\"}";
        assert_eq!(check_canonical(bytes).unwrap_err().at, 6);
    }

    #[test]
    fn length_and_depth_have_an_end() {
        let nested = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(check_canonical(nested(RECORD_MAX_DEPTH - 1).as_bytes()).is_ok());
        breaks_at(&nested(RECORD_MAX_DEPTH), 5 + RECORD_MAX_DEPTH - 1);
        assert!(check_document(nested(100_000).as_bytes()).is_err());
        let long = |n: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(n - 8));
        assert!(check_canonical(long(RECORD_MAX_BYTES).as_bytes()).is_ok());
        breaks_at(&long(RECORD_MAX_BYTES + 1), RECORD_MAX_BYTES);
        assert!(check_document(long(RECORD_MAX_BYTES + 1).as_bytes()).is_ok());
    }

    #[test]
    fn keys_of_documents_are_ordered_by_what_they_stand_for() {
        assert!(check_document(br#"{"\n":1," ":2,"A-b":3,"\\":4,"a":5}"#).is_ok());
        assert!(check_document(br#"{" ":1,"\n":2}"#).is_err());
        assert!(check_document(br#"{"\u0001":1,"\u0001":2}"#).is_err());
    }
}
