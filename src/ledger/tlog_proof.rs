//! A file that proves one record to somebody who has nothing else: `c2sp.org/tlog-proof@v1`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::checkpoint::{Checkpoint, NotACheckpoint, hash, number};
use super::proof::{ProofError, check_inclusion};
use super::signed_note::SignedNote;

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// A record's place in a log, with the way to the root of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// The record's number.
    pub index: u64,
    /// The hashes to the root, lowest first.
    pub hashes: Vec<[u8; 32]>,
    /// The checkpoint, with whatever signatures it has.
    pub checkpoint: SignedNote,
}

impl TlogProof {
    /// Reads such a file.
    ///
    /// # Errors
    /// [`NotACheckpoint`] when a line is not as the format has it.
    pub fn read(bytes: &[u8]) -> Result<Self, NotACheckpoint> {
        let text = std::str::from_utf8(bytes).map_err(|_| NotACheckpoint("not UTF-8"))?;
        let (head, note) = text.split_once("\n\n").ok_or(NotACheckpoint("no empty line"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            return Err(NotACheckpoint("the first line"));
        }
        // What the log adds for its readers is not proven by anything here.
        if lines.peek().is_some_and(|line| line.starts_with("extra ")) {
            lines.next();
        }
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        Ok(Self {
            index: index.and_then(number).ok_or(NotACheckpoint("the index"))?,
            hashes: lines
                .map(hash)
                .collect::<Option<_>>()
                .filter(|hashes: &Vec<_>| hashes.len() <= 63)
                .ok_or(NotACheckpoint("a hash"))?,
            checkpoint: SignedNote::read(note.as_bytes())?,
        })
    }

    /// Whether `leaf` is the record at this place under this checkpoint.
    ///
    /// # Errors
    /// [`ProofError`] when the hashes do not lead there, or the checkpoint cannot be read.
    pub fn check(&self, leaf: [u8; 32]) -> Result<Checkpoint, ProofError> {
        let checkpoint = Checkpoint::of_note(&self.checkpoint).map_err(|_| ProofError::OutOfRange)?;
        check_inclusion(leaf, self.index, checkpoint.size, &self.hashes, &checkpoint.root)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}\nindex {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", STANDARD.encode(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}
