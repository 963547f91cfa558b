//! An RSA key as openssl reads it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::ledger::MachineKey;

/// The key as a `PUBLIC KEY` in PEM.
pub(super) fn pem(key: &MachineKey) -> String {
    /// The algorithm: rsaEncryption, without parameters.
    const RSA: &[u8] = &[
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let numbers = [number(&key.modulus), number(&key.exponent)].concat();
    let bits = [&[0][..], &value(0x30, &numbers)].concat();
    let whole = value(0x30, &[RSA, &value(0x03, &bits)].concat());
    let text = STANDARD.encode(whole);
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy);
    let lines: Vec<_> = lines.collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}

/// A whole number that is not negative, in as few bytes as can be.
fn number(bytes: &[u8]) -> Vec<u8> {
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let mut digits = bytes.get(first..).unwrap_or_default().to_vec();
    if digits.first().is_none_or(|byte| *byte >= 0x80) {
        digits.insert(0, 0);
    }
    value(0x02, &digits)
}

/// Something with its length in front.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let first = length.iter().position(|byte| *byte != 0).unwrap_or(length.len());
    let short = length.get(first..).unwrap_or_default();
    let mut whole = vec![tag];
    match content.len() {
        0..0x80 => whole.push(short.first().copied().unwrap_or(0)),
        _ => {
            whole.push(0x80 | short.len() as u8);
            whole.extend(short);
        }
    }
    whole.extend(content);
    whole
}
