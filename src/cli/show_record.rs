//! One record as a page; for programs, as it is written.

use sekisho::change::{Digest, Message};
use sekisho::ledger::Trust;
use sekisho::ledger::acts::permits;
use sekisho::ledger::body::Fields;
use sekisho::report::Title;
use sekisho::report::record::{self as page, RecordDocument, RecordView};
use sekisho::usecases::{self, Kept, LogView, RecordPage, Stop};
use serde_json::Value;

use super::args::Format;
use super::exit::{Ended, Failure};
use super::history::{any_config, local, people};
use super::output::Output;
use crate::wire::Wiring;

/// What a person wrote into a document of a record.
const TEXTS: &[&str] = &[
    "about",
    "account",
    "after",
    "before",
    "deviation",
    "evidence",
    "host",
    "program",
    "reason",
];

/// How much of a program's output is shown, in characters: its end.
const SHOWN: usize = 2_000;

/// Shows the record with this number.
pub(super) async fn record(output: &Output, wiring: &Wiring, seq: u64) -> Result<Ended, Failure> {
    let log = usecases::read_log(wiring.ports()).await?;
    let Some(known) = usecases::record_page(wiring.ports(), &log, seq).await? else {
        return Err(Stop::Request(
            Message::new("error-show-unknown").with("what", format!("#{seq}")),
        ));
    };
    if matches!(output.format, Format::Json | Format::Sarif) {
        let value: Value = serde_json::from_slice(&known.sealed.bytes).unwrap_or_default();
        output.data(&format!("{value:#}"));
        return Ok(Ended::done());
    }
    let view = fill(wiring, &log, &known);
    output.data(&match output.format {
        Format::Markdown => page::markdown(&output.wording, &view),
        _ => page::text(&output.wording, &view, output.look()),
    });
    Ok(Ended::done())
}

fn fill(wiring: &Wiring, log: &LogView, known: &RecordPage) -> RecordView {
    let config = any_config(wiring, log);
    let record = &known.record;
    let body = &record.statement.body;
    let epoch = || sekisho::change::Moment::new(jiff::Timestamp::UNIX_EPOCH, &jiff::tz::TimeZone::UTC);
    let sealed = record
        .time
        .parse::<jiff::Timestamp>()
        .map_or(i64::MAX, jiff::Timestamp::as_second);
    let revoked = log
        .report
        .revocations
        .distrusts(&record.statement.by, sealed)
        .is_some();
    let channel = match (Fields(body).text("channel"), known.trust) {
        _ if revoked && permits(&record.statement.act) => "revoked",
        (Some("attested"), _) => "attested",
        (_, Trust::Signed) => "signed",
        (_, Trust::Unsigned) => "unsigned",
        (_, Trust::Unchecked | Trust::Account) => "unchecked",
    };
    let documents = record.statement.with.iter().zip(&known.documents);
    RecordView {
        seq: record.seq,
        size: log.head.size,
        at: local(record.time.parse().unwrap_or_else(|_| epoch()), config.as_ref()),
        act: record.statement.act.clone(),
        person: Fields(body).person("person").map(|person| person.to_string()),
        by: record.statement.by.clone(),
        channel: channel.to_owned(),
        body: body.clone(),
        documents: documents
            .map(|(attached, kept)| RecordDocument {
                name: attached.name.clone(),
                digest: attached.digest.to_string(),
                kept: match kept {
                    Kept::Here(bytes) => Ok(bytes.len()),
                    Kept::Redacted(by) => Err(Title::Redacted(*by)),
                    Kept::NotFetched => Err(Title::NotFetched),
                },
                texts: texts(&attached.name, kept),
            })
            .collect(),
        before: Digest::from_bytes(record.prev).hex(),
        leaf: Digest::from_bytes(known.sealed.leaf).hex(),
        people: people(config.as_ref()),
    }
}

fn texts(name: &str, kept: &Kept) -> Vec<(String, String)> {
    let Kept::Here(bytes) = kept else {
        return Vec::new();
    };
    match name {
        "note" => {}
        "output" => return output(bytes),
        _ => return Vec::new(),
    }
    let note: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let text = |key: &&str| Some(((*key).to_owned(), note.get(key)?.as_str()?.to_owned()));
    TEXTS.iter().filter_map(text).collect()
}

/// The end of each stream of a program that was run.
fn output(bytes: &[u8]) -> Vec<(String, String)> {
    let kept: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let streams = kept
        .get("streams")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let end = |text: &str| {
        let skipped = text.chars().count().saturating_sub(SHOWN);
        text.chars().skip(skipped).collect::<String>()
    };
    streams
        .filter_map(|(name, stream)| Some((name.clone(), end(stream.get("text")?.as_str()?))))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
