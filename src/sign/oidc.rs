//! Checks what the issuer of runners' tokens signs. What a token has to say is the log's business.

use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};

use crate::change::Message;
use crate::ledger::{MachineKey, Verdict};
use crate::ports::Verifier;

/// Checks RSA signatures by keys that a log names; 2048 bits and more.
#[derive(Debug, Clone, Copy, Default)]
pub struct RsaVerifier;

impl Verifier for RsaVerifier {
    fn check(&self, kind: &str, _: &str, _: &[u8], _: &[u8]) -> Verdict {
        // Nothing says by itself with which key it is to be checked.
        let why = Message::new("signature-kind-unknown").with("kind", kind);
        Verdict::Unknown { key: None, why }
    }

    fn check_rsa(&self, key: &MachineKey, signed: &[u8], signature: &[u8]) -> Option<bool> {
        let key = RsaPublicKeyComponents {
            n: &key.modulus,
            e: &key.exponent,
        };
        let right = key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature);
        Some(right.is_ok())
    }
}
