//! Judges recorded decisions once more, from what the log itself keeps of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::change::{Digest, Message};
use crate::dossier::{Dossier, SCHEMA};
use crate::ledger::{Damage, DamageKind, Record, Tree};
use crate::policy::{is_rule, shipped_files};
use crate::ports::{LedgerStore, StoreError};

use super::collect::Collected;
use super::gate::judged;
use super::log_view::PAGE;
use super::saying::decision_saying;
use super::verify::Source;
use super::{InForce, Judged, Stop};

/// What judging every decision once more came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    /// How many decisions there are.
    pub decisions: u64,
    /// How many came out the same, to the byte.
    pub same: u64,
    /// Decisions of another version or build of sekisho, by its version.
    pub other_engine: BTreeMap<String, u64>,
    /// Decisions that cannot be judged again here, and why; no damage.
    pub not_possible: Vec<Message>,
    /// Decisions that these rules do not make of their case.
    pub damages: Vec<Damage>,
}

/// What one decision came to.
enum Again {
    Same,
    OtherEngine(String),
    NotPossible,
    Differs(&'static str),
}

/// Judges every decision of a log that verifies once more.
///
/// # Errors
/// [`Stop::Unavailable`] when the store cannot be read.
pub async fn replay(source: Source<'_>) -> Result<Replay, Stop> {
    let size = source.ledger.head().await?.size;
    let mut replay = Replay::default();
    let mut from = 0;
    while from < size {
        let page = source
            .ledger
            .range(from, from.saturating_add(PAGE).min(size))
            .await?;
        if page.is_empty() {
            break;
        }
        for sealed in &page {
            if memchr::memmem::find(&sealed.bytes, b"\"act\":\"deploy.").is_none() {
                continue;
            }
            let Ok(record) = Record::read(&sealed.bytes) else {
                continue;
            };
            if matches!(
                record.statement.act.as_str(),
                "deploy.allowed/1" | "deploy.denied/1"
            ) {
                let again = again(source.ledger, &record).await?;
                replay.note(record.seq, again);
            }
        }
        from += page.len() as u64;
        (source.progress)(from);
    }
    Ok(replay)
}

impl Replay {
    fn note(&mut self, seq: u64, again: Again) {
        self.decisions += 1;
        match again {
            Again::Same => self.same += 1,
            Again::OtherEngine(version) => *self.other_engine.entry(version).or_default() += 1,
            Again::NotPossible => {
                let message = Message::new("note-replay-not-possible").with("seq", seq);
                self.not_possible.push(message);
            }
            Again::Differs(reason) => {
                let kind = DamageKind::DecisionDiffers;
                let message = kind.message().with("seq", seq).with("reason", reason);
                self.damages.push(Damage {
                    seq: Some(seq),
                    kind,
                    message,
                });
            }
        }
    }
}

/// The documents of a decision, by name.
struct Kept {
    digests: BTreeMap<String, Digest>,
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Kept {
    async fn of(ledger: &dyn LedgerStore, record: &Record) -> Result<Self, Stop> {
        let mut kept = Self {
            digests: BTreeMap::new(),
            bytes: BTreeMap::new(),
        };
        for attached in &record.statement.with {
            kept.digests.insert(attached.name.clone(), attached.digest);
            match ledger.blob(&attached.digest).await {
                Ok(Some(bytes)) => drop(kept.bytes.insert(attached.name.clone(), bytes)),
                // Missing and altered documents are what the verification reports.
                Ok(None) | Err(StoreError::Damaged(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(kept)
    }

    fn json(&self, name: &str) -> Option<Value> {
        serde_json::from_slice(self.bytes.get(name)?).ok()
    }

    /// The files that were read beside the configuration.
    fn files(&self) -> BTreeMap<String, String> {
        let files = self.json("rules").and_then(|rules| rules.get("files").cloned());
        files
            .and_then(|files| serde_json::from_value(files).ok())
            .unwrap_or_default()
    }
}

async fn again(ledger: &dyn LedgerStore, record: &Record) -> Result<Again, Stop> {
    let kept = Kept::of(ledger, record).await?;
    let (Some(case), Some(config), Some(policy)) = (
        kept.bytes.get("dossier"),
        kept.bytes.get("config"),
        kept.json("policy"),
    ) else {
        return Ok(
            match kept.digests.contains_key("dossier") && kept.digests.contains_key("config") {
                true => Again::NotPossible,
                // A decision without a case decides nothing.
                false => Again::Differs("no-case"),
            },
        );
    };
    let version = policy.get("version").and_then(Value::as_str).unwrap_or("?");
    if version != env!("CARGO_PKG_VERSION") {
        return Ok(Again::OtherEngine(version.to_owned()));
    }
    let dossier: Dossier = match serde_json::from_slice::<Dossier>(case) {
        Ok(dossier) if dossier.schema == SCHEMA => dossier,
        _ => return Ok(Again::Differs("case-unreadable")),
    };
    if Some(&dossier.policy) != kept.digests.get("policy") {
        return Ok(Again::Differs("policy"));
    }
    let rules = match in_force(&dossier, config.clone(), &kept.files()) {
        Ok(rules) => rules,
        Err(_) => return Ok(Again::Differs("rules-unusable")),
    };
    if rules.bundle.digest() != dossier.policy {
        return Ok(match other_build(&policy, &kept.files()) {
            true => Again::OtherEngine(version.to_owned()),
            false => Again::Differs("policy"),
        });
    }
    let collected = Collected {
        dossier,
        texts: BTreeMap::new(),
        config: None,
    };
    Ok(match judged(rules, collected, Tree::default()) {
        Ok(judged) => compare(record, &judged)?,
        Err(_) => Again::Differs("not-judged"),
    })
}

/// The rules from what the log keeps; the repository is not asked.
fn in_force(dossier: &Dossier, config: Vec<u8>, files: &BTreeMap<String, String>) -> Result<InForce, Stop> {
    let read_file = |path: &str| files.get(path).cloned();
    let house = |folder: &str| {
        let below = format!("{}/", folder.trim_end_matches('/'));
        let is_rule = |path: &str| path.ends_with(".rego") || path.ends_with(".ftl");
        let inside = files
            .iter()
            .filter(|(path, _)| path.starts_with(&below) && is_rule(path));
        Ok(inside.map(|(path, text)| (path.clone(), text.clone())).collect())
    };
    let commit = &dossier.standing.authorised.head;
    InForce::from_parts(
        commit,
        config,
        dossier.request.service.as_str(),
        &read_file,
        &house,
    )
}

/// Whether the record was made with other shipped rules than those of this build: then it is not
/// this program that decided.
fn other_build(policy: &Value, files: &BTreeMap<String, String>) -> bool {
    let theirs = policy
        .get("files")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let shipped = shipped_files();
    let same = |path: &str, text: &str| {
        theirs.get(path).and_then(Value::as_str) == Some(&Digest::of(text.as_bytes()).to_string())
    };
    let all_same = shipped
        .iter()
        .filter(|(path, _)| is_rule(path))
        .all(|(path, text)| same(path, text));
    let known = |path: &String| {
        path == "policies/engine.json" || shipped.contains_key(path) || files.contains_key(path)
    };
    !(all_same && theirs.keys().all(known))
}

/// Whether the record says what is decided now, word for word.
fn compare(record: &Record, judged: &Judged) -> Result<Again, Stop> {
    let saying = decision_saying(0, judged)?;
    if saying.act != record.statement.act {
        return Ok(Again::Differs("other-word"));
    }
    let without = |body: &Map<String, Value>| -> Map<String, Value> {
        // Who asked and how much of the log was read is the record's own.
        let own = ["person", "checked"];
        let kept = body.iter().filter(|(key, _)| !own.contains(&key.as_str()));
        kept.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    if without(&saying.body) != without(&record.statement.body) {
        return Ok(Again::Differs("other-body"));
    }
    let says = |name: &str| record.statement.with.iter().find(|with| with.name == name);
    for (name, bytes) in &saying.with {
        if says(name).is_none_or(|with| with.digest != Digest::of(bytes)) {
            return Ok(Again::Differs("other-documents"));
        }
    }
    Ok(Again::Same)
}
