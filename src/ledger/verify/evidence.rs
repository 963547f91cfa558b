//! What a verification has to ask from outside.

use crate::change::{Digest, Message};
use crate::ledger::machines::MachineKey;

/// The namespace of every signature over a statement.
pub const SIGNATURE_NAMESPACE: &str = "sekisho-statement-v1";

/// A document, as the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Its bytes; the verification computes their digest itself.
    Bytes(Vec<u8>),
    /// It is not there.
    Missing,
    /// Something is there that is not it.
    Altered,
}

/// What a signature proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The owner of this key (type and base64) signed exactly these bytes. Whose key it is, is
    /// another question.
    Good {
        /// Type and base64.
        key: String,
    },
    /// It was not made over these bytes, or it is no signature.
    Bad(Message),
    /// It cannot be checked here.
    Unknown {
        /// The key that it claims, where it claims one.
        key: Option<String>,
        /// Why not.
        why: Message,
    },
}

/// Documents and signature checks for a verification.
pub trait Evidence {
    /// The document with this digest.
    fn blob(&mut self, digest: &Digest) -> Held;

    /// Whether `signature` of type `kind` (`sshsig`, …) was made over `bytes` in
    /// [`SIGNATURE_NAMESPACE`].
    fn check(&mut self, kind: &str, bytes: &[u8], signature: &[u8]) -> Verdict;

    /// Whether the owner of this RSA key signed exactly `signed` (PKCS #1, SHA-256); `None` when
    /// that cannot be checked here.
    fn check_rsa(&mut self, _key: &MachineKey, _signed: &[u8], _signature: &[u8]) -> Option<bool> {
        None
    }
}
