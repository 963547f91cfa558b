//! A runner's token (a JWT) in its parts, before anybody has checked it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// The kind of signature that a runner's token is.
pub const TOKEN_SIGNATURE: &str = "github-oidc";

/// The longest token that is read, in bytes.
const LONGEST: usize = 16 * 1024;

/// A token; nothing of it is to be believed before its signature was checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// The bytes that the signature is over.
    pub signed: &'a [u8],
    /// The name of the key that signed it.
    pub kid: String,
    /// What it claims.
    claims: Map<String, Value>,
    /// The signature.
    pub signature: Vec<u8>,
}

impl<'a> Token<'a> {
    /// Reads a compact JWT that claims to be signed with RS256, the one way that counts: a token
    /// never chooses how it is checked.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        if bytes.len() > LONGEST {
            return None;
        }
        let text = std::str::from_utf8(bytes).ok()?.trim_end();
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Map<String, Value> = serde_json::from_slice(&decoded(header)?).ok()?;
        let says = |name: &str| header.get(name).and_then(Value::as_str);
        if says("alg") != Some("RS256") || header.contains_key("crit") || header.contains_key("b64") {
            return None;
        }
        Some(Self {
            signed: signed.as_bytes(),
            kid: says("kid").filter(|kid| !kid.is_empty())?.to_owned(),
            claims: serde_json::from_slice(&decoded(claims)?).ok()?,
            signature: decoded(signature)?,
        })
    }

    /// The text that it claims under `name`.
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// The time that it claims under `name`, in seconds since 1970.
    pub fn time(&self, name: &str) -> Option<i64> {
        self.claims.get(name)?.as_i64()
    }
}

pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Token by {:?}", self.kid)
    }
}
