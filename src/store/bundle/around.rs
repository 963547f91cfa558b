//! What stands around the records of a bundle: its checkpoint, its signers, its other files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::change::Digest;
use crate::ledger::{
    Checkpoint, DOCUMENT_MAX_BYTES, Damage, DamageKind, NotACheckpoint, NoteKey, Receipt, Record, SignedNote,
    TlogProof, acts,
};
use crate::ports::StoreError;

use super::read::{BundleLedger, bytes_of, regular};

/// The longest checkpoint, key or proof that is read, in bytes.
const SMALL: usize = 64 * 1024;

/// What the records of a bundle name.
struct Named {
    documents: BTreeSet<Digest>,
    /// The signers that the last record about them brings.
    signers: Option<Digest>,
}

impl BundleLedger {
    /// The checkpoint that its records are held against.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read; what is no checkpoint is a damage.
    pub fn checkpoint(&self) -> Result<Result<(SignedNote, Receipt), Damage>, StoreError> {
        let Some(bytes) = bytes_of(&self.folder.join("checkpoint"), SMALL)? else {
            return Ok(Err(file_wrong("checkpoint", "missing")));
        };
        let unreadable = |wrong: NotACheckpoint| {
            let kind = DamageKind::CheckpointUnreadable;
            Damage::around(kind, kind.message().with("reason", wrong.0))
        };
        let read = || {
            let note = SignedNote::read(&bytes)?;
            let receipt = Receipt::read(&bytes)?;
            Ok((note, receipt))
        };
        Ok(read().map_err(unreadable))
    }

    /// The keys that check its checkpoint's signatures.
    ///
    /// # Errors
    /// [`StoreError`] when a file cannot be read.
    pub fn keys(&self) -> Result<Vec<NoteKey>, StoreError> {
        let mut keys = Vec::new();
        for (_, path) in self
            .files("keys")?
            .iter()
            .filter(|(name, _)| name.ends_with(".vkey"))
        {
            keys.extend(self.key(path)?);
        }
        Ok(keys)
    }

    fn key(&self, path: &Path) -> Result<Option<NoteKey>, StoreError> {
        let bytes = bytes_of(path, SMALL)?.unwrap_or_default();
        Ok(std::str::from_utf8(&bytes).ok().and_then(NoteKey::read))
    }

    /// Whatever is wrong besides the records and the documents that they name.
    ///
    /// # Errors
    /// [`StoreError`] when a file cannot be read.
    pub fn damages(&self) -> Result<Vec<Damage>, StoreError> {
        let mut damages = Vec::new();
        if !self.ends {
            damages.push(file_wrong("log.jsonl", "the last line has no end"));
        }
        let named = self.named()?;
        match self.checkpoint()? {
            Err(damage) => damages.push(damage),
            Ok((_, receipt)) if receipt.size < self.size() => {
                let kind = DamageKind::MoreThanCheckpoint;
                let message = kind.message().with("size", self.size());
                damages.push(Damage::around(kind, message.with("kept", receipt.size)));
            }
            Ok(_) => {}
        }
        self.signers(&named, &mut damages)?;
        for (name, path) in self.files("blobs")? {
            let digest: Option<Digest> = format!("sha256:{name}").parse().ok();
            let is_named = digest.is_some_and(|digest| named.documents.contains(&digest));
            if !is_named || !regular(&path)? {
                let kind = DamageKind::FileStray;
                let message = kind.message().with("file", format!("blobs/{name}"));
                damages.push(Damage::around(kind, message));
            }
        }
        for (name, path) in self.files("keys")? {
            if name.ends_with(".vkey") && self.key(&path)?.is_none() {
                damages.push(file_wrong(&format!("keys/{name}"), "no key"));
            }
        }
        self.proofs(&mut damages)?;
        Ok(damages)
    }

    fn named(&self) -> Result<Named, StoreError> {
        let mut named = Named {
            documents: BTreeSet::new(),
            signers: None,
        };
        for seq in 0..self.size() {
            let Some(sealed) = self.sealed(seq)? else { break };
            named
                .documents
                .extend(Record::names(&sealed.bytes).unwrap_or_default());
            let brings = [acts::CREATED, acts::SIGNERS]
                .iter()
                .any(|act| memchr::memmem::find(&sealed.bytes, act.as_bytes()).is_some());
            if brings && let Some(signers) = Record::signers_of(&sealed.bytes) {
                named.signers = Some(signers);
            }
        }
        Ok(named)
    }

    /// Whoever checks by hand uses the file, the records name the list: both have to be the same.
    fn signers(&self, named: &Named, damages: &mut Vec<Damage>) -> Result<(), StoreError> {
        let file = bytes_of(&self.folder.join("allowed_signers"), DOCUMENT_MAX_BYTES)?;
        if file.map(|bytes| Digest::of(&bytes)) != named.signers {
            let kind = DamageKind::SignersDiffer;
            damages.push(Damage::around(kind, kind.message()));
        }
        Ok(())
    }

    /// Proofs that lie beside the records prove these records.
    fn proofs(&self, damages: &mut Vec<Damage>) -> Result<(), StoreError> {
        for (name, path) in self.files("")? {
            if !name.ends_with(".tlog-proof") {
                continue;
            }
            let bytes = bytes_of(&path, SMALL)?.unwrap_or_default();
            let reason = match TlogProof::read(&bytes) {
                Err(wrong) => Some(wrong.to_string()),
                Ok(proof) => match self.sealed(proof.index)? {
                    None => Some("no such record".to_owned()),
                    Some(sealed) => proof.check(sealed.leaf).map_or_else(
                        |wrong| Some(wrong.to_string()),
                        |proven| self.other_state(&proven),
                    ),
                },
            };
            damages.extend(reason.map(|reason| file_wrong(&name, &reason)));
        }
        Ok(())
    }

    /// Whether a proof is under another checkpoint than the bundle's.
    fn other_state(&self, proven: &Checkpoint) -> Option<String> {
        let Ok(Ok((note, _))) = self.checkpoint() else {
            return None;
        };
        let same = Checkpoint::of_note(&note).is_ok_and(|own| own == *proven);
        (!same).then(|| "it is under another checkpoint".to_owned())
    }
}

fn file_wrong(file: &str, reason: &str) -> Damage {
    let kind = DamageKind::FileWrong;
    Damage::around(kind, kind.message().with("file", file).with("reason", reason))
}
