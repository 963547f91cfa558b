//! Checks SSH signatures (`ssh-keygen -Y sign`) in process.

use ssh_key::public::KeyData;
use ssh_key::{Error, HashAlg, PublicKey, SshSig};

use crate::change::Message;
use crate::ledger::Verdict;
use crate::ports::Verifier;

/// A text that is no public key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an SSH public key: {0}")]
pub struct KeyError(pub String);

/// The fingerprint `SHA256:…` of a public key line (type, base64, perhaps a comment).
///
/// # Errors
/// [`KeyError`] when the line is none.
pub fn fingerprint(line: &str) -> Result<String, KeyError> {
    let key = PublicKey::from_openssh(line.trim()).map_err(|_| KeyError(line.to_owned()))?;
    Ok(key.fingerprint(HashAlg::Sha256).to_string())
}

/// Checks signatures of type `sshsig` by Ed25519 and ECDSA keys, also those on security keys.
///
/// RSA and the other types of keys are `Unknown`: the code that could check them is not built in.
#[derive(Debug, Clone, Copy, Default)]
pub struct SshVerifier;

impl Verifier for SshVerifier {
    fn check(&self, kind: &str, namespace: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
        if kind != "sshsig" {
            let why = Message::new("signature-kind-unknown").with("kind", kind);
            return Verdict::Unknown { key: None, why };
        }
        let signature = match SshSig::from_pem(signature) {
            Ok(signature) => signature,
            Err(wrong) => return unread(&wrong),
        };
        let data = signature.public_key();
        let Ok(key) = PublicKey::from(data.clone()).to_openssh() else {
            return Verdict::Bad(Message::new("signature-unreadable"));
        };
        if signature.namespace() != namespace {
            let why = Message::new("signature-namespace").with("namespace", signature.namespace());
            return Verdict::Bad(why);
        }
        if !can_check(data) {
            let why = Message::new("signature-key-type-unknown").with("type", data.algorithm());
            return Verdict::Unknown { key: Some(key), why };
        }
        if is_untouched(data, &signature) {
            return Verdict::Bad(Message::new("signature-untouched"));
        }
        match PublicKey::from(data.clone()).verify(namespace, bytes, &signature) {
            Ok(()) => Verdict::Good { key },
            Err(_) => Verdict::Bad(Message::new("signature-wrong")),
        }
    }
}

/// A signature by a type of key that is not built in does not even decode; that proves nothing
/// in either direction.
fn unread(wrong: &Error) -> Verdict {
    match wrong {
        Error::AlgorithmUnsupported { .. } | Error::AlgorithmUnknown => Verdict::Unknown {
            key: None,
            why: Message::new("signature-key-type-unknown").with("type", "?"),
        },
        _ => Verdict::Bad(Message::new("signature-unreadable")),
    }
}

/// Whether a security key signed without anybody touching it: that shows no person's act. The
/// flags are the fifth byte from the end, before the counter.
fn is_untouched(key: &KeyData, signature: &SshSig) -> bool {
    const PRESENT: u8 = 1;
    let on_security_key = matches!(key, KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_));
    let flags = signature.signature_bytes().iter().rev().nth(4);
    on_security_key && flags.is_none_or(|flags| flags & PRESENT == 0)
}

fn can_check(key: &KeyData) -> bool {
    match key {
        KeyData::Ed25519(_) | KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_) => true,
        KeyData::Ecdsa(key) => matches!(
            key.curve(),
            ssh_key::EcdsaCurve::NistP256 | ssh_key::EcdsaCurve::NistP384
        ),
        _ => false,
    }
}
