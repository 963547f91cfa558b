//! What a program printed: its digest, and, where that is wanted, its beginning and its end.

use std::collections::VecDeque;

use sekisho::change::{Digest, Digesting};
use sekisho::report::masked::masked;

/// How much is kept of the beginning, and as much of the end, in bytes.
const KEPT: usize = 128 * 1024;

/// One stream as it comes. Its memory is bounded, however long it is.
pub(super) struct Tape {
    digest: Digesting,
    salted: u64,
    keeps: bool,
    head: Vec<u8>,
    tail: VecDeque<u8>,
}

/// The text of a stream without secrets, and how many bytes of its middle were left out.
pub(super) struct Text {
    pub text: String,
    pub left_out: u64,
}

impl Tape {
    /// An empty tape; the digest begins with the salt and a line end.
    pub(super) fn new(salt: &str, keeps: bool) -> Self {
        let mut digest = Digesting::default();
        digest.take(salt.as_bytes());
        digest.take(b"\n");
        Self {
            salted: digest.bytes(),
            digest,
            keeps,
            head: Vec::new(),
            tail: VecDeque::new(),
        }
    }

    /// Takes in what was printed next.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.digest.take(bytes);
        if !self.keeps {
            return;
        }
        let room = KEPT.saturating_sub(self.head.len()).min(bytes.len());
        let (first, rest) = bytes.split_at(room);
        self.head.extend_from_slice(first);
        self.tail.extend(rest);
        let too_many = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..too_many);
    }

    /// How many bytes were printed.
    pub(super) fn bytes(&self) -> u64 {
        self.digest.bytes().saturating_sub(self.salted)
    }

    /// The digest of salt and bytes.
    pub(super) fn digest(&self) -> Digest {
        self.digest.digest()
    }

    /// What is kept. Where the middle is left out, lines that were cut go with it: half of a secret is
    /// recognised by nothing.
    pub(super) fn text(&self, secrets: &[String]) -> Text {
        let (head, tail) = (
            self.head.as_slice(),
            self.tail.iter().copied().collect::<Vec<_>>(),
        );
        let held = u64::try_from(head.len() + tail.len()).unwrap_or(u64::MAX);
        if self.bytes() <= held {
            let all = [head, &tail].concat();
            return Text {
                text: masked(&String::from_utf8_lossy(&all), secrets),
                left_out: 0,
            };
        }
        let head = head
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(&[][..], |at| &head[..=at]);
        let tail = tail
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(&[][..], |at| &tail[at + 1..]);
        let kept = u64::try_from(head.len() + tail.len()).unwrap_or(u64::MAX);
        let part = |bytes| masked(&String::from_utf8_lossy(bytes), secrets);
        Text {
            text: part(head) + &part(tail),
            left_out: self.bytes().saturating_sub(kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_output_is_digested_whole_and_kept_at_both_ends() {
        let mut tape = Tape::new("salt", true);
        let mut all = b"salt\n".to_vec();
        for line in 0..100_000_u32 {
            let line = format!("line {line}\n");
            tape.take(line.as_bytes());
            all.extend_from_slice(line.as_bytes());
        }
        assert_eq!(tape.digest(), Digest::of(&all));
        assert_eq!(tape.bytes(), all.len() as u64 - 5);
        let kept = tape.text(&[]);
        assert!(kept.text.starts_with("line 0\n") && kept.text.ends_with("line 99999\n"));
        assert_eq!(kept.left_out + kept.text.len() as u64, tape.bytes());
        assert!(kept.text.len() <= 2 * KEPT);
    }

    #[test]
    fn secret_across_the_cut_is_not_kept_by_half() {
        let mut tape = Tape::new("salt", true);
        tape.take("x".repeat(KEPT - 8).as_bytes());
        tape.take(b"\nghp_0123456789abcdefghij and so on\n");
        tape.take("y\n".repeat(KEPT).as_bytes());
        assert!(!tape.text(&[]).text.contains("ghp_"));
    }

    #[test]
    fn nothing_is_kept_unasked() {
        let mut tape = Tape::new("salt", false);
        tape.take(b"hidden");
        assert_eq!(tape.text(&[]).text, "");
        assert_eq!(tape.bytes(), 6);
    }
}
