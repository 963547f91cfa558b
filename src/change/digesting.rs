//! A digest of bytes that come one after the other and are never there all at once.

use sha2::{Digest as _, Sha256};

use super::Digest;

/// A [`Digest`] in the making.
#[derive(Debug, Clone, Default)]
pub struct Digesting {
    hash: Sha256,
    bytes: u64,
}

impl Digesting {
    /// Takes in the bytes that come next.
    pub fn take(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes = self
            .bytes
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }

    /// How many bytes there were.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The digest of all of them.
    pub fn digest(&self) -> Digest {
        Digest::from_bytes(self.hash.clone().finalize().into())
    }
}
