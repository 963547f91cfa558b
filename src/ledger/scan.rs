//! One walk over bytes that says whether they are canonical, and on the way where its fields are.

use std::cmp::Ordering;

use super::canonical::{Limits, MAX_INTEGER, NotCanonical};

/// A place in bytes that are checked from front to back.
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    limits: Limits,
}

impl<'a> Scan<'a> {
    pub(super) const fn over(bytes: &'a [u8], limits: Limits) -> Self {
        Self { bytes, at: 0, limits }
    }

    /// How many bytes were passed.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Whether an object stands here.
    pub(super) fn is_at_object(&self) -> bool {
        self.peek() == Some(b'{')
    }

    /// Walks over the one object that all bytes are; see [`Scan::members`].
    pub(super) fn document<F>(mut self, mut object: F) -> Result<(), NotCanonical>
    where
        F: FnMut(&mut Self, usize) -> Result<(), NotCanonical>,
    {
        if self.bytes.len() > self.limits.bytes {
            return Err(NotCanonical {
                at: self.limits.bytes,
                rule: "too long",
            });
        }
        if !self.is_at_object() {
            return Err(self.wrong("an object is expected"));
        }
        object(&mut self, 0)?;
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
    pub(super) fn value(&mut self, depth: usize) -> Result<(), NotCanonical> {
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
        self.members(depth, |scan, _| scan.value(depth + 1))
    }

    /// Walks over the object that stands here, with `depth` containers around it; `member` is
    /// given each key as written and walks over its value.
    pub(super) fn members<F>(&mut self, depth: usize, mut member: F) -> Result<(), NotCanonical>
    where
        F: FnMut(&mut Self, &'a [u8]) -> Result<(), NotCanonical>,
    {
        if depth >= self.limits.depth {
            return Err(self.wrong("too deep"));
        }
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        let mut previous: Option<&'a [u8]> = None;
        loop {
            let start = self.at;
            let key = self.key()?;
            if previous.is_some_and(|previous| !self.is_before(previous, key)) {
                return Err(NotCanonical {
                    at: start,
                    rule: "keys are not in ascending order",
                });
            }
            previous = Some(key);
            self.expect(b':', "a colon is expected")?;
            member(self, key)?;
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

    fn is_before(&self, previous: &[u8], key: &[u8]) -> bool {
        match (self.limits.any_key, previous.first(), key.first()) {
            // Most keys begin otherwise: that is cheaper than comparing them.
            (false, Some(a), Some(b)) if a != b => a < b,
            (false, ..) => previous < key,
            (true, ..) => key_order(previous, key) == Ordering::Less,
        }
    }

    fn key(&mut self) -> Result<&'a [u8], NotCanonical> {
        if self.limits.any_key {
            return self.string();
        }
        self.expect(b'"', "a string is expected")?;
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| is_key_byte(**byte)).count();
        match rest.split_at_checked(length) {
            Some((key, [b'"', ..])) if length > 0 => {
                self.at += length + 1;
                Ok(key)
            }
            _ => Err(self.no_key(start)),
        }
    }

    /// What is wrong with the key whose text begins at `start`.
    #[cold]
    fn no_key(&mut self, start: usize) -> NotCanonical {
        self.at = start - 1;
        let key = match self.string() {
            Ok(key) => key,
            Err(wrong) => return wrong,
        };
        let (at, rule) = match key.iter().position(|&byte| !is_key_byte(byte)) {
            Some(odd) => (start + odd, "a key has other characters than a-z, 0-9 and _"),
            None => (start, "a key is empty"),
        };
        NotCanonical { at, rule }
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
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += plain_length(rest);
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

/// How many bytes at the start of `text` stand for themselves in a string, at least as far as
/// whole words of eight go.
fn plain_length(text: &[u8]) -> usize {
    let mut length = 0;
    let (words, _) = text.as_chunks();
    for word in words {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return length + special.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length
}

/// The highest bit of the first byte of `word` that does not stand for itself in a string, and
/// perhaps others behind it; 0 when all do.
const fn special(word: u64) -> u64 {
    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    // Bytes below `limit`: subtracting borrows from the highest bit, where that was not set.
    const fn below(word: u64, limit: u8) -> u64 {
        word.wrapping_sub(all(limit)) & !word
    }
    // Control characters and the quote are all below 0x21 once their second bit is turned.
    let quote = below(word ^ all(0x02), 0x21);
    let backslash = below(word ^ all(b'\\'), 1);
    let delete = below(word ^ all(0x7f), 1);
    (quote | backslash | delete) & all(0x80)
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Eight bytes at a time find what one byte at a time finds.
        #[test]
        fn the_first_byte_that_is_special_is_found(
            text in prop::collection::vec(
                prop_oneof![any::<u8>(), prop::sample::select(&b"\x1f \"!#[\\]\x7e\x7f\x80\xff"[..])],
                8,
            ),
        ) {
            let is_special = |byte: &u8| matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x7f);
            let first = text.iter().position(is_special).unwrap_or(8);
            prop_assert_eq!(plain_length(&text), first);
        }
    }
}
