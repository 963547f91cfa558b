//! A recorded decision judged once more, to tell why it is what it is.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::change::{ChangeId, Digest, Message, Moment};
use crate::dossier::{Dossier, Origin, SCHEMA};
use crate::ledger::body::Fields;
use crate::ledger::{Record, Sealed, Tree};
use crate::policy::{Explanation, Finding, explain};
use crate::ports::Repository;

use super::collect::Collected;
use super::gate::judged;
use super::history::redacted_by;
use super::{InForce, Judged, LogView, Ports, Stop};

/// Which decision is meant.
#[derive(Debug, Clone)]
pub enum Which {
    /// The last one about this change.
    Change(ChangeId),
    /// The one with this number.
    Record(u64),
}

/// What judging once more rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The same rules; they say the same again.
    Same,
    /// The same rules, and another answer: something is wrong with this build or this log.
    Differs,
    /// Other rules than those of the record; `version` wrote it.
    OtherRules {
        /// The version of sekisho that decided.
        version: String,
    },
}

/// A recorded decision, and why.
pub struct Why {
    /// The record's number.
    pub seq: u64,
    /// When it was recorded.
    pub at: Moment,
    /// Its word: `pass`, `pass_with_obligations` or `deny`.
    pub word: String,
    /// What was found then.
    pub recorded: Vec<Finding>,
    /// What judging once more rests on.
    pub basis: Basis,
    /// The case, judged once more.
    pub judged: Judged,
    /// What every rule says about it.
    pub explanation: Explanation,
}

/// The findings as a record keeps them.
#[derive(Deserialize)]
struct Kept {
    findings: Vec<Finding>,
}

/// Judges a recorded decision once more; writes nothing.
///
/// # Errors
/// [`Stop::Request`] when there is no such decision, [`Stop::Unavailable`] when its case is not in
/// this copy of the log, is in a form that this version cannot read, or its rules are gone.
pub async fn why(ports: Ports<'_>, view: &LogView, which: &Which) -> Result<Why, Stop> {
    let record = find(view, which)?;
    let dossier = dossier(ports, view, record).await?;
    let kept: Kept = part(ports, view, record, "findings").await?;
    let commit = &dossier.standing.authorised.head;
    let service = dossier.request.service.to_string();
    let rules = InForce::at(ports.repository, commit, &service)?;
    let same_rules = rules.bundle.digest() == dossier.policy;
    let collected = Collected {
        texts: texts_of(ports.repository, &dossier),
        dossier,
        config: None,
    };
    let mut judged = judged(rules, collected, Tree::default())?;
    let explanation = explained(&judged)?;
    let basis = match same_rules {
        true if judged.decision.findings == kept.findings => Basis::Same,
        true => Basis::Differs,
        false => Basis::OtherRules {
            version: version(ports, view, record).await?,
        },
    };
    judged.record = sealed(ports, record.seq).await?;
    Ok(Why {
        seq: record.seq,
        at: moment(record),
        word: Fields(&record.statement.body)
            .text("word")
            .unwrap_or_default()
            .to_owned(),
        recorded: kept.findings,
        basis,
        judged,
        explanation,
    })
}

/// What every rule says about a case that was judged.
///
/// # Errors
/// [`Stop::Unavailable`] as the judgement itself.
pub fn explained(judged: &Judged) -> Result<Explanation, Stop> {
    let opens = judged.decision.opened.clone();
    Ok(explain(&judged.rules.bundle, &judged.collected.dossier, opens)?)
}

fn find<'v>(view: &'v LogView, which: &Which) -> Result<&'v Record, Stop> {
    let decisions = view.records.iter().rev().map(|(record, _)| record);
    let mut decisions = decisions.filter(|record| {
        let act = record.statement.act.as_str();
        matches!(act, "deploy.allowed/1" | "deploy.denied/1")
    });
    match which {
        Which::Record(seq) => decisions.find(|record| record.seq == *seq).ok_or_else(|| {
            let message = match view.records.iter().any(|(record, _)| record.seq == *seq) {
                true => Message::new("error-why-no-decision").with("seq", seq),
                false => Message::new("error-show-unknown").with("what", format!("#{seq}")),
            };
            Stop::Request(message)
        }),
        Which::Change(id) => decisions
            .find(|record| concerns(record, id))
            .ok_or_else(|| Stop::Request(Message::new("error-why-never-asked").with("change", id))),
    }
}

fn concerns(record: &Record, id: &ChangeId) -> bool {
    let body = Fields(&record.statement.body);
    let listed = body.list("changes").unwrap_or_default().iter();
    let mut listed = listed.filter_map(|item| Fields(item.as_object()?).change("id"));
    body.change("rollback_of").as_ref() == Some(id) || listed.any(|listed| &listed == id)
}

/// The bytes of a document of a record.
async fn bytes(ports: Ports<'_>, view: &LogView, record: &Record, name: &str) -> Result<Vec<u8>, Stop> {
    let gone = |key: &str| Stop::Unavailable(Message::new(key).with("seq", record.seq));
    let attached = record.statement.with.iter().find(|with| with.name == name);
    let Some(attached) = attached else {
        return Err(gone("error-why-gone"));
    };
    match ports.ledger.blob(&attached.digest).await? {
        Some(bytes) => Ok(bytes),
        None => Err(match redacted_by(view, &attached.digest) {
            Some(by) => Stop::Unavailable(
                Message::new("error-why-redacted")
                    .with("seq", record.seq)
                    .with("by", by),
            ),
            None => gone("error-why-gone"),
        }),
    }
}

/// A document of a record in its form.
async fn part<T: serde::de::DeserializeOwned>(
    ports: Ports<'_>,
    view: &LogView,
    record: &Record,
    name: &str,
) -> Result<T, Stop> {
    let bytes = bytes(ports, view, record, name).await?;
    let read = serde_json::from_slice(&bytes);
    match read {
        Ok(part) => Ok(part),
        Err(error) => Err(Stop::Unavailable(
            Message::new("error-why-unreadable")
                .with("seq", record.seq)
                .with("version", version(ports, view, record).await?)
                .with("detail", error),
        )),
    }
}

async fn dossier(ports: Ports<'_>, view: &LogView, record: &Record) -> Result<Dossier, Stop> {
    let dossier: Dossier = part(ports, view, record, "dossier").await?;
    if dossier.schema == SCHEMA {
        return Ok(dossier);
    }
    Err(Stop::Unavailable(
        Message::new("error-why-unreadable")
            .with("seq", record.seq)
            .with("version", version(ports, view, record).await?)
            .with("detail", dossier.schema),
    ))
}

/// The version that decided, as the recorded rules name it.
async fn version(ports: Ports<'_>, view: &LogView, record: &Record) -> Result<String, Stop> {
    let bytes = bytes(ports, view, record, "policy").await?;
    let policy: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    Ok(policy
        .get("version")
        .and_then(Value::as_str)
        .unwrap_or("?")
        .to_owned())
}

/// The files of the declarations as they were judged, to mark lines in; without one there is no
/// line.
pub(super) fn texts_of(
    repository: &dyn Repository,
    dossier: &Dossier,
) -> BTreeMap<ChangeId, (String, String)> {
    let head = dossier.request.head.as_deref();
    let filed = dossier
        .changes
        .iter()
        .filter(|change| change.origin == Origin::File);
    let text = |change: &crate::dossier::Change| {
        let bytes = repository.read(head?, &change.place).ok()??;
        let is_same = Digest::of(&bytes) == change.digest;
        let text = String::from_utf8(bytes).ok().filter(|_| is_same)?;
        Some((change.id.clone(), (change.place.clone(), text)))
    };
    filed.filter_map(text).collect()
}

async fn sealed(ports: Ports<'_>, seq: u64) -> Result<Option<Sealed>, Stop> {
    let rows = ports.ledger.range(seq, seq.saturating_add(1)).await?;
    Ok(rows.into_iter().next())
}

fn moment(record: &Record) -> Moment {
    let epoch = || Moment::new(jiff::Timestamp::UNIX_EPOCH, &jiff::tz::TimeZone::UTC);
    record.time.parse().unwrap_or_else(|_| epoch())
}
