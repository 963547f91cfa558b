//! How a key is called.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::change::Digest;

/// `SHA256:…` of a key, as OpenSSH writes it.
pub fn fingerprint(key: &str) -> Option<String> {
    let data = STANDARD.decode(key.split(' ').nth(1)?).ok()?;
    let digest = Digest::of(&data);
    Some(format!("SHA256:{}", STANDARD_NO_PAD.encode(digest.as_bytes())))
}
