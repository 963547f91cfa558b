//! Takes documents out of the log: first a record says so, then the bytes go.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::change::{ChangeId, Digest, Message, PersonKey};
use crate::config::{Config, Profile};
use crate::ledger::body::Fields;
use crate::ledger::{Record, Sealed, acts};
use crate::ports::Guard;

use super::record::{body, document};
use super::{Actor, LogView, Ports, Saying, Stop, write};

/// What is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One document.
    Document(Digest),
    /// Every text about a change.
    Change(ChangeId),
}

/// A redaction that is asked for.
#[derive(Debug, Clone)]
pub struct Redacting {
    /// What is to go.
    pub target: Target,
    /// `personal-data`, `secret` or `legal`.
    pub basis: String,
    /// Who asked for it.
    pub requested_by: PersonKey,
    /// Why, in words.
    pub reason: String,
    /// Whether the texts also leave what the store keeps of its past: the commits of a branch.
    pub rewrite: bool,
}

/// What was taken out.
pub struct Redacted {
    /// The records that say so.
    pub records: Vec<Sealed>,
    /// The documents that are gone.
    pub documents: Vec<Digest>,
}

/// The documents that carry text of people; the others are what records are checked with.
const TEXTS: &[&str] = &[
    "declaration",
    "dossier",
    "evidence",
    "file-1",
    "file-2",
    "file-3",
    "file-4",
    "file-5",
    "file-6",
    "file-7",
    "file-8",
    "findings",
    "note",
    "output",
    "plan",
    "review",
];

/// Records the redaction and erases the documents. One that a record took out before and that is
/// still there is erased now.
///
/// # Errors
/// [`Stop::Request`] when the log has no such document, it may not go, or the same person asks
/// and signs.
pub async fn redact(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    config: &Config,
    redacting: &Redacting,
) -> Result<Redacted, Stop> {
    let person = &redacting.requested_by;
    if !config.people.contains_key(person) {
        return Err(Stop::Request(
            Message::new("error-redact-person").with("person", person),
        ));
    }
    if config.profile != Profile::Solo && person == actor.person {
        return Err(Stop::Request(
            Message::new("error-redact-alone").with("person", person),
        ));
    }
    if redacting.reason.trim().is_empty() {
        return Err(Stop::request("error-redact-reason"));
    }
    let documents = documents(view, &redacting.target)?;
    let known = redactions(view);
    let mut sayings = Vec::new();
    for (digest, at) in documents.iter().filter(|(digest, _)| !known.contains(digest)) {
        sayings.push(saying(ports, redacting, digest, *at)?);
    }
    let records = match sayings.is_empty() {
        true => Vec::new(),
        false => write(ports, actor, view.onto(), sayings, Guard::At(view.head)).await?,
    };
    for digest in documents.keys() {
        if redacting.rewrite {
            ports.ledger.rewrite_without(digest).await?;
        }
        ports.ledger.erase(digest).await?;
    }
    Ok(Redacted {
        records,
        documents: documents.into_keys().collect(),
    })
}

fn saying(ports: Ports<'_>, redacting: &Redacting, digest: &Digest, at: u64) -> Result<Saying, Stop> {
    let note = json!({
        "reason": redacting.reason.trim(),
        "salt": Digest::of(&(ports.random)()).hex(),
    });
    Ok(Saying {
        act: acts::REDACTED,
        body: body([
            ("at", Some(at.into())),
            ("blob", Some(digest.to_string().into())),
            ("basis", Some(redacting.basis.clone().into())),
            (
                "requested_by",
                Some(format!("person:{}", redacting.requested_by).into()),
            ),
        ]),
        with: vec![("note", document(&note)?)],
    })
}

/// The documents that are meant, each with the first record that names it.
fn documents(view: &LogView, target: &Target) -> Result<BTreeMap<Digest, u64>, Stop> {
    let mut found = BTreeMap::new();
    let needed = needed(view);
    let mut kept = false;
    for (record, _) in &view.records {
        let meant = match target {
            Target::Document(_) => true,
            Target::Change(change) => is_about(record, change),
        };
        for attached in record.statement.with.iter().filter(|_| meant) {
            let named = match target {
                Target::Document(digest) => attached.digest == *digest,
                Target::Change(_) => true,
            };
            if named && TEXTS.contains(&attached.name.as_str()) {
                found.entry(attached.digest).or_insert(record.seq);
            }
            kept |= named && !TEXTS.contains(&attached.name.as_str());
        }
        if let Target::Document(digest) = target {
            kept |= record
                .signatures
                .iter()
                .any(|signature| signature.digest == *digest);
        }
    }
    // Whoever names a document of the log's own a text about a change does not make it one.
    found.retain(|digest, _| !needed.contains(digest));
    if kept && matches!(target, Target::Document(_)) {
        // Without it no record after it could be checked any more.
        return Err(Stop::request("error-redact-needed"));
    }
    if found.is_empty() {
        let what = match target {
            Target::Document(digest) => digest.to_string(),
            Target::Change(change) => change.to_string(),
        };
        return Err(Stop::Request(
            Message::new("error-redact-unknown").with("what", what),
        ));
    }
    Ok(found)
}

/// The documents and signatures that the log is checked with, under whatever name they stand elsewhere.
fn needed(view: &LogView) -> BTreeSet<Digest> {
    let records = view.records.iter().map(|(record, _)| record);
    let of = |record: &Record| -> Vec<Digest> {
        let attached = record.statement.with.iter();
        let papers = attached.filter(|one| !TEXTS.contains(&one.name.as_str()));
        let signatures = record.signatures.iter().map(|signature| signature.digest);
        papers.map(|one| one.digest).chain(signatures).collect()
    };
    records.flat_map(of).collect()
}

fn is_about(record: &Record, change: &ChangeId) -> bool {
    let body = Fields(&record.statement.body);
    let mut listed = body.list("changes").unwrap_or_default().iter();
    body.change("change").as_ref() == Some(change)
        || body.change("rollback_of").as_ref() == Some(change)
        || listed.any(|item| {
            let id = item.as_object().and_then(|item| Fields(item).change("id"));
            id.as_ref() == Some(change)
        })
}

/// The documents that records took out already.
fn redactions(view: &LogView) -> BTreeSet<Digest> {
    let records = view.records.iter().map(|(record, _)| record);
    records
        .filter(|record| record.statement.act == acts::REDACTED)
        .filter_map(|record| Fields(&record.statement.body).digest("blob"))
        .collect()
}
