//! The workflows that may write, as the configuration names them and as the log says it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::config::Config;
use crate::ledger::{Machines, Pins};

/// Who issues the tokens of github.com.
const GITHUB: &str = "https://token.actions.githubusercontent.com";

/// The document that says whose account is whose.
type Accounts = Option<(&'static str, Vec<u8>)>;

/// What a record about signers says of workflows: `oidc` of its body, and the accounts of people.
pub(super) fn workflows(config: &Config) -> (Option<Value>, Accounts) {
    let Some(pins) = pins(config) else {
        return (None, None);
    };
    let accounts = serde_json::to_value(accounts(config)).unwrap_or_default();
    // Two texts of people and numbers: this is always written.
    let document = crate::ledger::canonical_document(&accounts).unwrap_or_default();
    (serde_json::to_value(pins).ok(), Some(("accounts", document)))
}

/// Whether the log says of workflows what the configuration says.
pub(super) fn are_named(machines: &Machines, config: &Config) -> bool {
    let pins = pins(config);
    let accounts = pins.as_ref().map(|_| accounts(config));
    machines.pins() == pins.as_ref() && machines.accounts() == accounts.as_ref()
}

/// The runs that count; `None` where the configuration names no workflow or no repository.
fn pins(config: &Config) -> Option<Pins> {
    let trust = &config.trust;
    let repository_id = trust.repository_id?.to_string();
    if trust.workflows.is_empty() {
        return None;
    }
    let workflows: Vec<String> = trust.workflows.iter().map(|entry| whole(entry)).collect();
    let branches = config.environments.values().map(|one| one.branch.as_deref());
    let mut refs: Vec<String> = branches
        .clone()
        .flatten()
        .map(|branch| format!("refs/heads/{branch}"))
        .collect();
    if !refs.is_empty() && branches.clone().any(|branch| branch.is_none()) {
        let own = workflows.iter().filter_map(|entry| entry.split_once('@'));
        refs.extend(own.map(|(_, name)| name.to_owned()));
    }
    refs.sort();
    refs.dedup();
    Some(Pins {
        issuer: trust.issuer.clone().unwrap_or_else(|| GITHUB.to_owned()),
        repository_id,
        owner_id: trust.owner_id.map(|id| id.to_string()),
        workflows,
        refs,
        environments: trust.environments.clone(),
    })
}

/// `PATH@REF` with the whole name of its branch; a commit stays one.
fn whole(entry: &str) -> String {
    let (path, name) = entry.split_once('@').unwrap_or((entry, ""));
    let is_commit = name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if name.starts_with("refs/") || is_commit {
        return entry.to_owned();
    }
    format!("{path}@refs/heads/{name}")
}

/// The account number of everybody who has one.
fn accounts(config: &Config) -> BTreeMap<String, String> {
    let people = config.people.iter();
    people
        .filter_map(|(key, person)| Some((format!("person:{key}"), person.github_id?.to_string())))
        .collect()
}
