//! The few characters by which somebody remembers a log: its size, last leaf and root.

use std::fmt;
use std::str::FromStr;

use crate::change::{Digest, from_hex};

use super::checkpoint::{Checkpoint, NotACheckpoint, number};
use super::signed_note::SignedNote;

/// A log as it was, for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The log's name, where the receipt has it.
    pub origin: Option<String>,
    /// The number of records.
    pub size: u64,
    /// The last leaf and the root; a receipt of one hash may mean either.
    pub hashes: Vec<[u8; 32]>,
}

impl Receipt {
    /// A receipt of both hashes.
    pub fn of(size: u64, leaf: [u8; 32], root: [u8; 32]) -> Self {
        Self {
            origin: None,
            size,
            hashes: vec![leaf, root],
        }
    }

    /// Whether a log of this size had this last leaf and this root.
    pub fn agrees(&self, leaf: &[u8; 32], root: &[u8; 32]) -> bool {
        match self.hashes.as_slice() {
            [either] => either == leaf || either == root,
            [first, second] => first == leaf && second == root,
            _ => false,
        }
    }

    /// Reads a checkpoint file, or the text that decisions print.
    ///
    /// # Errors
    /// [`NotACheckpoint`] when it is neither.
    pub fn read(bytes: &[u8]) -> Result<Self, NotACheckpoint> {
        let text = std::str::from_utf8(bytes).map_err(|_| NotACheckpoint("not UTF-8"))?;
        if text.contains("\n\n") {
            let checkpoint = Checkpoint::of_note(&SignedNote::read(bytes)?)?;
            return Ok(Self {
                origin: Some(checkpoint.origin),
                size: checkpoint.size,
                hashes: vec![checkpoint.root],
            });
        }
        text.parse()
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.size)?;
        for hash in &self.hashes {
            write!(f, " {}", Digest::from_bytes(*hash).hex())?;
        }
        Ok(())
    }
}

impl FromStr for Receipt {
    type Err = NotACheckpoint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().replace("sha256:", "");
        let mut words = text.split([' ', ':', '\n', '\t']).filter(|word| !word.is_empty());
        let size = words.next().and_then(number).ok_or(NotACheckpoint("the size"))?;
        let hashes: Vec<[u8; 32]> = words
            .map(from_hex)
            .collect::<Option<_>>()
            .ok_or(NotACheckpoint("a hash"))?;
        if !(1..=2).contains(&hashes.len()) {
            return Err(NotACheckpoint("one hash or two are expected"));
        }
        Ok(Self {
            origin: None,
            size,
            hashes,
        })
    }
}
