//! Whose tokens count: the workflows that the last record about signers names, and the keys of
//! their issuer that records brought.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::seal::CLOCK_TOLERANCE;
use super::token::{Token, decoded};
use crate::change::Digest;

/// What a token is asked for: it is good for one statement and for nothing else.
const AUDIENCE: &str = "sekisho:v1:sha256:";

/// What a workflow says by itself; everything else is a person's to say.
const ACTS: &[&str] = &[
    "deploy.allowed/1",
    "deploy.denied/1",
    "deploy.finished/1",
    "deploy.started/1",
    "gate.unavailable/1",
    "trust.jwks/1",
    "trust.signers/1",
];

/// The runs that count, as a record about signers says it in `oidc`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    /// Who issues the tokens.
    pub issuer: String,
    /// The number of the repository.
    pub repository_id: String,
    /// The number of its owner, where that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<String>,
    /// The files, `PATH@REF`, with `OWNER/NAME/` in front where it is another repository's.
    pub workflows: Vec<String>,
    /// The branches and tags that a run may be about; empty: those of `workflows`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<String>,
    /// The environments that a job may be in; empty: any or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<String>,
}

/// An RSA key of an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineKey {
    /// Its modulus.
    pub modulus: Vec<u8>,
    /// Its exponent.
    pub exponent: Vec<u8>,
}

/// A statement that a token is held against.
#[derive(Debug, Clone, Copy)]
pub struct TokenUse<'a> {
    /// What it says.
    pub act: &'a str,
    /// Whom it names as its author.
    pub by: &'a str,
    /// The person in its body.
    pub person: Option<&'a str>,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// When it was sealed, in seconds since 1970.
    pub sealed: i64,
}

/// What a token comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenFinding {
    /// A workflow that counts signed exactly this.
    Good,
    /// It does not fit; which claim.
    Bad(&'static str),
    /// No record that counts brought the key with this name.
    KeyUnknown(String),
    /// The log says of no workflow that it counts.
    NobodyCounts,
    /// Signatures of this kind cannot be checked here.
    Unchecked,
}

/// Checks one RSA signature (RS256): the key, what is signed, the signature. `None`: not here.
pub type CheckRsa<'a> = &'a mut dyn FnMut(&MachineKey, &[u8], &[u8]) -> Option<bool>;

/// Whose tokens count at a place of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Machines {
    pins: Option<Pins>,
    /// The account of each person, where the log says it.
    accounts: Option<BTreeMap<String, String>>,
    /// By issuer and name.
    keys: BTreeMap<(String, String), MachineKey>,
}

impl Machines {
    /// What a token for the statement with these bytes has to be made for.
    pub fn audience(statement: &[u8]) -> String {
        format!("{AUDIENCE}{}", Digest::of(statement).hex())
    }

    /// The runs that count.
    pub const fn pins(&self) -> Option<&Pins> {
        self.pins.as_ref()
    }

    /// The account of each person (`person:…`), where the log says it.
    pub const fn accounts(&self) -> Option<&BTreeMap<String, String>> {
        self.accounts.as_ref()
    }

    /// Takes in the body of a record about signers. What it does not name counts no more.
    pub(super) fn name(&mut self, body: &str, accounts: Option<&[u8]>) {
        let body: Option<Value> = serde_json::from_str(body).ok();
        let pins = body.and_then(|mut body| serde_json::from_value(body.get_mut("oidc")?.take()).ok());
        self.pins = pins;
        // A list that cannot be read names nobody, and not everybody.
        self.accounts = accounts.map(|bytes| serde_json::from_slice(bytes).unwrap_or_default());
    }

    /// Takes in a key set of the issuer that counts. A key that is known keeps what it is.
    pub(super) fn learn(&mut self, set: &[u8]) {
        let Some(pins) = &self.pins else { return };
        for (kid, key) in keys_of(set) {
            let name = (pins.issuer.clone(), kid);
            self.keys.entry(name).or_insert(key);
        }
    }

    /// The key with this name, of the issuer that counts.
    pub fn key(&self, kid: &str) -> Option<&MachineKey> {
        let issuer = self.pins.as_ref()?.issuer.clone();
        self.keys.get(&(issuer, kid.to_owned()))
    }

    /// The keys of a set that no record has brought yet, by name.
    pub fn new_keys(&self, set: &[u8]) -> Vec<String> {
        let keys = keys_of(set).into_iter();
        keys.filter(|(kid, _)| self.key(kid).is_none())
            .map(|(kid, _)| kid)
            .collect()
    }

    /// The RSA keys of a key set (JWKS), by name; a name that stands twice is nobody's.
    pub fn keys_in(set: &[u8]) -> BTreeMap<String, MachineKey> {
        keys_of(set)
    }

    /// Whether `set` has the key with this name as the log knows it.
    pub fn is_in(&self, set: &[u8], kid: &str) -> bool {
        let key = keys_of(set).remove(kid);
        key.is_some() && key.as_ref() == self.key(kid)
    }

    /// The name of a key that the log knows with another content than `set` has it.
    pub fn contradicted_by(&self, set: &[u8]) -> Option<String> {
        let differs = |kid: &str, key: &MachineKey| self.key(kid).is_some_and(|known| known != key);
        let mut keys = keys_of(set).into_iter();
        keys.find(|(kid, key)| differs(kid, key)).map(|(kid, _)| kid)
    }

    /// What `token` comes to as the signature over a statement.
    pub fn check(&self, said: TokenUse<'_>, token: &[u8], rsa: CheckRsa<'_>) -> TokenFinding {
        let Some(pins) = &self.pins else {
            return TokenFinding::NobodyCounts;
        };
        let Some(token) = Token::read(token) else {
            return TokenFinding::Bad("form");
        };
        if let Some(claim) = self.misfit(pins, said, &token) {
            return TokenFinding::Bad(claim);
        }
        let Some(key) = self.key(&token.kid) else {
            return TokenFinding::KeyUnknown(token.kid);
        };
        match rsa(key, token.signed, &token.signature) {
            Some(true) => TokenFinding::Good,
            Some(false) => TokenFinding::Bad("signature"),
            None => TokenFinding::Unchecked,
        }
    }

    /// The first thing that does not fit. `sub` is never read: what it is made of can be set.
    fn misfit(&self, pins: &Pins, said: TokenUse<'_>, token: &Token<'_>) -> Option<&'static str> {
        let wrong = |is_right: bool, claim: &'static str| (!is_right).then_some(claim);
        let is = |claim: &str, text: &str| !text.is_empty() && token.claim(claim) == Some(text);
        let person = || match &self.accounts {
            None => true,
            Some(accounts) => said
                .person
                .and_then(|person| accounts.get(person))
                .is_some_and(|account| is("actor_id", account)),
        };
        wrong(is("aud", &Self::audience(said.bytes)), "audience")
            .or_else(|| wrong(ACTS.contains(&said.act), "act"))
            .or_else(|| {
                wrong(
                    said.by == format!("github-actions:{}", pins.repository_id),
                    "author",
                )
            })
            .or_else(|| run_misfit(pins, token))
            .or_else(|| wrong(person(), "actor"))
            .or_else(|| wrong(in_time(said.sealed, token), "time"))
    }
}

/// What of a run does not fit, whatever its token is to sign.
pub fn run_misfit(pins: &Pins, token: &Token<'_>) -> Option<&'static str> {
    let wrong = |is_right: bool, claim: &'static str| (!is_right).then_some(claim);
    let is = |claim: &str, text: &str| !text.is_empty() && token.claim(claim) == Some(text);
    let event = token.claim("event_name").unwrap_or_default();
    let environment = || {
        let named = |name: &String| is("environment", name);
        pins.environments.is_empty() || pins.environments.iter().any(named)
    };
    wrong(is("iss", &pins.issuer), "issuer")
        .or_else(|| wrong(is("repository_id", &pins.repository_id), "repository"))
        .or_else(|| {
            let owner = pins.owner_id.as_ref();
            wrong(
                owner.is_none_or(|owner| is("repository_owner_id", owner)),
                "owner",
            )
        })
        // A pull request runs the workflow that it brings along.
        .or_else(|| wrong(!event.is_empty() && !event.starts_with("pull_request"), "event"))
        .or_else(|| wrong(ref_counts(pins, token), "ref"))
        .or_else(|| wrong(environment(), "environment"))
        .or_else(|| wrong(workflow_counts(pins, token), "workflow"))
}

fn ref_counts(pins: &Pins, token: &Token<'_>) -> bool {
    let is = |name: &str| !name.is_empty() && token.claim("ref") == Some(name);
    if pins.refs.is_empty() {
        let own = pins.workflows.iter().filter_map(|file| file.split_once('@'));
        return own.map(|(_, name)| name).any(is);
    }
    pins.refs.iter().any(|name| is(name))
}

/// Whether the file that the job is written in is one of those that count. Anybody who may push
/// can have a token made by a workflow of their own branch; this is what gives it away.
fn workflow_counts(pins: &Pins, token: &Token<'_>) -> bool {
    let file = token.claim("job_workflow_ref").or(token.claim("workflow_ref"));
    let (Some(file), Some(repository)) = (file, token.claim("repository")) else {
        return false;
    };
    let named = |entry: &String| match entry.starts_with(".github/") {
        true => file == format!("{repository}/{entry}"),
        false => file == entry,
    };
    pins.workflows.iter().any(named)
}

/// Whether the statement was sealed while the token held; both clocks may be off. What holds
/// now does not matter.
fn in_time(sealed: i64, token: &Token<'_>) -> bool {
    match (token.time("iat"), token.time("exp")) {
        (Some(from), Some(until)) => {
            from <= until
                && sealed >= from.saturating_sub(CLOCK_TOLERANCE)
                && sealed <= until.saturating_add(CLOCK_TOLERANCE)
        }
        _ => false,
    }
}

/// The RSA keys of a key set (JWKS), by name; a name that stands twice is nobody's.
fn keys_of(set: &[u8]) -> BTreeMap<String, MachineKey> {
    let set: Value = serde_json::from_slice(set).unwrap_or_default();
    let (mut keys, mut twice) = (BTreeMap::new(), Vec::new());
    for key in set.get("keys").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| key.get(name).and_then(Value::as_str);
        let fits = text("kty") == Some("RSA") && text("alg").is_none_or(|alg| alg == "RS256");
        let (true, Some(kid)) = (fits, text("kid").filter(|kid| !kid.is_empty())) else {
            continue;
        };
        let (modulus, exponent) = (text("n").and_then(decoded), text("e").and_then(decoded));
        if let (Some(modulus), Some(exponent)) = (modulus, exponent) {
            let key = MachineKey { modulus, exponent };
            if keys
                .insert(kid.to_owned(), key.clone())
                .is_some_and(|other| other != key)
            {
                twice.push(kid.to_owned());
            }
        }
    }
    keys.retain(|kid, _| !twice.contains(kid));
    keys
}
