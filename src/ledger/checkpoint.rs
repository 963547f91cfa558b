//! A log's size and root in the three lines that C2SP gives them, with or without signatures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::canonical::MAX_INTEGER;
use super::signed_note::SignedNote;
use super::tree::checkpoint_body;

/// Bytes that are no checkpoint, no note or no proof; the reason in a few words for developers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint: {0}")]
pub struct NotACheckpoint(pub &'static str);

/// What a log was at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// The number of records.
    pub size: u64,
    /// The root over their leaves.
    pub root: [u8; 32],
}

impl Checkpoint {
    /// The note without signatures.
    pub fn note(&self) -> SignedNote {
        SignedNote {
            text: checkpoint_body(&self.origin, self.size, &self.root),
            signatures: Vec::new(),
        }
    }

    /// Reads the text of a note. Lines after the third belong to others and are passed over.
    ///
    /// # Errors
    /// [`NotACheckpoint`] when one of the three lines is not as the format has it.
    pub fn of_note(note: &SignedNote) -> Result<Self, NotACheckpoint> {
        let mut lines = note.text.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(NotACheckpoint("three lines are expected"));
        };
        if origin.is_empty() {
            return Err(NotACheckpoint("the name is empty"));
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: number(size).ok_or(NotACheckpoint("the size"))?,
            root: hash(root).ok_or(NotACheckpoint("the root"))?,
        })
    }
}

/// A count as it is written here: digits without a leading zero.
pub(super) fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    let number = text.parse().ok()?;
    (plain && number <= MAX_INTEGER).then_some(number)
}

/// 32 bytes in base64, written in the one way they can be.
pub(super) fn hash(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}
