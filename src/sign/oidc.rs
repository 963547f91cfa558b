//! Checks the tokens by which GitHub's runners sign, against what the log itself says of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::Value;

use crate::change::{Digest, Message};
use crate::ledger::{CLOCK_TOLERANCE, Statement, Verdict, instant};
use crate::ports::Verifier;

/// What a log says of the machines that sign: its first record and its key sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenTrust {
    /// Who issues tokens.
    pub issuer: String,
    /// The number of the repository that they are issued to.
    pub repository: String,
    /// The workflows that may sign, as `job_workflow_ref` names them.
    pub workflows: Vec<String>,
    /// The key sets (JWKS) that records bring.
    pub key_sets: Vec<Vec<u8>>,
}

/// Checks signatures of type `github-oidc`.
///
/// A token that does not fit is bad. One that fits is still `Unknown`: the keys are those that the
/// log brings along, and whether they were GitHub's is not to be seen from here.
#[derive(Debug, Clone)]
pub struct TokenVerifier {
    trust: TokenTrust,
}

/// A token in its parts.
struct Token<'a> {
    signed: &'a str,
    header: Value,
    claims: Value,
    signature: Vec<u8>,
}

impl TokenVerifier {
    /// A verifier for one log.
    pub const fn new(trust: TokenTrust) -> Self {
        Self { trust }
    }

    /// What does not fit.
    fn misfit(&self, bytes: &[u8], token: &Token<'_>) -> Option<&'static str> {
        let claim = |name: &str| token.claims.get(name).and_then(Value::as_str).unwrap_or_default();
        let audience = format!("sekisho:v1:sha256:{}", Digest::of(bytes).hex());
        if claim("aud") != audience {
            return Some("audience");
        }
        if claim("iss") != self.trust.issuer || claim("repository_id") != self.trust.repository {
            return Some("issuer");
        }
        if !self
            .trust
            .workflows
            .iter()
            .any(|known| known == claim("job_workflow_ref"))
        {
            return Some("workflow");
        }
        if !in_time(bytes, &token.claims) {
            return Some("time");
        }
        match self.key_of(&token.header) {
            Some(key) if is_signed(token, &key) => None,
            _ => Some("signature"),
        }
    }

    /// The modulus and the exponent of the key that the token names.
    fn key_of(&self, header: &Value) -> Option<(Vec<u8>, Vec<u8>)> {
        let kid = header.get("kid")?.as_str()?;
        if header.get("alg")?.as_str()? != "RS256" {
            return None;
        }
        self.trust.key_sets.iter().find_map(|set| {
            let set: Value = serde_json::from_slice(set).ok()?;
            let keys = set.get("keys")?.as_array()?;
            let key = keys.iter().find(|key| {
                let is = |name: &str, value: &str| key.get(name).and_then(Value::as_str) == Some(value);
                is("kid", kid) && is("kty", "RSA")
            })?;
            Some((
                decoded(key.get("n")?.as_str()?)?,
                decoded(key.get("e")?.as_str()?)?,
            ))
        })
    }
}

impl Verifier for TokenVerifier {
    fn check(&self, kind: &str, _: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
        if kind != "github-oidc" || self.trust.issuer.is_empty() {
            let why = Message::new("signature-kind-unknown").with("kind", kind);
            return Verdict::Unknown { key: None, why };
        }
        let Some(token) = read(signature) else {
            return Verdict::Bad(Message::new("signature-unreadable"));
        };
        match self.misfit(bytes, &token) {
            Some(what) => Verdict::Bad(Message::new("signature-wrong").with("claim", what)),
            None => Verdict::Unknown {
                key: None,
                why: Message::new("signature-token-fits"),
            },
        }
    }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

fn read(signature: &[u8]) -> Option<Token<'_>> {
    let text = std::str::from_utf8(signature).ok()?.trim_end();
    let (signed, signature) = text.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    Some(Token {
        signed,
        header: serde_json::from_slice(&decoded(header)?).ok()?,
        claims: serde_json::from_slice(&decoded(claims)?).ok()?,
        signature: decoded(signature)?,
    })
}

/// Whether the statement was said while the token held; both clocks may be off.
fn in_time(bytes: &[u8], claims: &Value) -> bool {
    let at = |name: &str| claims.get(name).and_then(Value::as_i64);
    let said = Statement::read(bytes).ok().and_then(|said| instant(&said.time));
    match (at("iat"), at("exp"), said) {
        (Some(from), Some(until), Some(said)) => {
            let off = 2 * CLOCK_TOLERANCE;
            said >= from.saturating_sub(off) && said <= until.saturating_add(off)
        }
        _ => false,
    }
}

fn is_signed(token: &Token<'_>, (modulus, exponent): &(Vec<u8>, Vec<u8>)) -> bool {
    let key = RsaPublicKeyComponents {
        n: modulus,
        e: exponent,
    };
    let signed = token.signed.as_bytes();
    key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, &token.signature)
        .is_ok()
}
