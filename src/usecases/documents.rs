//! The documents that one record names, for its verification.

use std::collections::BTreeMap;

use crate::change::Digest;
use crate::ledger::{Evidence, Held, Looked, MachineKey, Record, SIGNATURE_NAMESPACE, Verdict};
use crate::ports::{LedgerStore, StoreError, Verifier};

use super::Stop;

/// The documents that one record names, read ahead of its verification.
pub(super) struct Documents<'a> {
    held: BTreeMap<Digest, Held>,
    verifier: &'a dyn Verifier,
}

/// Reads them.
///
/// # Errors
/// [`Stop::Unavailable`] when the store cannot be read.
pub(super) async fn documents<'a>(
    ledger: &dyn LedgerStore,
    verifier: &'a dyn Verifier,
    looked: &Looked<'_>,
) -> Result<Documents<'a>, Stop> {
    let mut held = BTreeMap::new();
    // A line that is no record names nothing; the verification says what is wrong with it.
    for digest in looked.names() {
        let found = match ledger.blob(&digest).await {
            Ok(Some(bytes)) => Held::Bytes(bytes),
            Ok(None) => Held::Missing,
            // A store does not hand out a document that is not what its digest says.
            Err(StoreError::Damaged(_)) => Held::Altered,
            Err(error) => return Err(error.into()),
        };
        held.insert(digest, found);
    }
    Ok(Documents { held, verifier })
}

impl Documents<'_> {
    /// The reason in the record's note.
    pub(super) fn reason(&self, record: &Record) -> Option<String> {
        let note = record.statement.with.iter().find(|part| part.name == "note")?;
        let Held::Bytes(bytes) = self.held.get(&note.digest)? else {
            return None;
        };
        let note: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        Some(note.get("reason")?.as_str()?.to_owned())
    }

    pub(super) fn texts(self) -> impl Iterator<Item = (Digest, Vec<u8>)> {
        self.held.into_iter().filter_map(|(digest, held)| match held {
            Held::Bytes(bytes) => Some((digest, bytes)),
            Held::Missing | Held::Altered => None,
        })
    }
}

impl Evidence for Documents<'_> {
    fn blob(&mut self, digest: &Digest) -> Held {
        self.held.get(digest).cloned().unwrap_or(Held::Missing)
    }

    fn check(&mut self, kind: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
        self.verifier.check(kind, SIGNATURE_NAMESPACE, bytes, signature)
    }

    fn check_rsa(&mut self, key: &MachineKey, signed: &[u8], signature: &[u8]) -> Option<bool> {
        self.verifier.check_rsa(key, signed, signature)
    }
}
