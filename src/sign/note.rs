//! Checks the signatures on checkpoints.

use ring::signature::{ED25519, UnparsedPublicKey};

use crate::ledger::{NoteKey, SignedNote};

/// How many of a note's signatures are this key's; `None` when one claims to be and is not.
pub fn signatures_by(key: &NoteKey, note: &SignedNote) -> Option<usize> {
    let claimed = note.signatures.iter().filter(|one| key.claimed_by(one));
    let mut good = 0;
    for signature in claimed {
        let (bytes, signature) = key.signed(&note.text, signature)?;
        let public = UnparsedPublicKey::new(&ED25519, &key.key);
        public.verify(&bytes, signature).ok()?;
        good += 1;
    }
    Some(good)
}
