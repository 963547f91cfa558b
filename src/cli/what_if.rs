//! What would be decided: at another time, or about a saved case. Nothing is recorded, and
//! nothing here is ever a pass.

use sekisho::change::{Message, Moment};
use sekisho::config::Config;
use sekisho::dossier::{Dossier, SCHEMA};
use sekisho::policy::Word;
use sekisho::usecases::{InForce, Judged, LogView, Stop, judge_saved};

use super::args::{Format, GateArgs, Global};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::{files, view};
use crate::wire::Access;

/// The largest case that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Judges a saved case under the rules of the state that it started from. No log is needed, none
/// is written, and the exit code is never 0.
pub(super) async fn saved(global: &Global, output: &Output, args: &GateArgs) -> Result<Ended, Failure> {
    let file = args.dossier.as_deref().unwrap_or(std::path::Path::new(""));
    let dossier = read(file)?;
    let wiring = open(global, output, Access::Read).await?;
    let commit = dossier.standing.authorised.head.clone();
    let rules = InForce::at(&wiring.repository, &commit, dossier.request.service.as_str())?;
    let same = rules.bundle.digest() == dossier.policy;
    let judged = judge_saved(&wiring.repository, rules, dossier)?;
    let mut notes = vec![Message::new("what-if-saved")];
    if !same {
        notes.push(Message::new("what-if-other-rules"));
    }
    let heading = Message::new("what-if-heading");
    match output.format {
        Format::Json => output.data(&json(output, &judged, &notes)?),
        // A line before it would make the page one that no program reads.
        Format::Sarif => {
            output.tell(&heading);
            output.data(&view::would(output, &judged));
        }
        Format::Text | Format::Markdown => {
            output.print(&heading);
            output.data(&view::would(output, &judged));
        }
    }
    notes.iter().for_each(|note| output.tell(note));
    Ok(match judged.decision.word {
        Word::Deny => Ended::denied(),
        Word::Pass | Word::PassWithObligations => Ended::would_pass(),
    })
}

fn read(file: &std::path::Path) -> Result<Dossier, Stop> {
    let unreadable = |detail: &dyn std::fmt::Display| {
        Stop::Request(
            Message::new("error-dossier-file")
                .with("file", file.display())
                .with("detail", detail),
        )
    };
    let bytes = files::read_bounded(file, LARGEST).map_err(|error| unreadable(&error))?;
    let dossier: Dossier = serde_json::from_slice(&bytes).map_err(|error| unreadable(&error))?;
    if dossier.schema != SCHEMA {
        return Err(unreadable(&dossier.schema));
    }
    Ok(dossier)
}

/// The decision under another name: what looks for `decision` finds none.
fn json(output: &Output, judged: &Judged, notes: &[Message]) -> Result<String, Stop> {
    let mut value: serde_json::Value = serde_json::from_str(&view::would(output, judged)).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        let word = fields.remove("decision").unwrap_or_default();
        for name in ["entry", "checkpoint", "expires_at"] {
            fields.remove(name);
        }
        let said: Vec<String> = notes.iter().map(|note| output.say(note)).collect();
        fields.insert("schema".to_owned(), "sekisho/what-if/v1".into());
        fields.insert("would_say".to_owned(), word);
        fields.insert("recorded".to_owned(), false.into());
        fields.insert("notes".to_owned(), said.into());
    }
    Ok(format!("{value:#}"))
}

/// The time that `check --at` asks about.
///
/// # Errors
/// [`Stop::Request`] for what is no time, and for one before the last record: what the log says
/// now was not known then.
pub(super) fn time(log: &LogView, config: &Config, text: &str) -> Result<jiff::Timestamp, Stop> {
    let zone = &config.calendar.zone;
    let at = Moment::read(text, zone).map_err(|_| {
        let name = &config.calendar.zone_name;
        Stop::Request(
            Message::new("error-at-time")
                .with("text", text)
                .with("zone", name),
        )
    })?;
    let last = log
        .records
        .last()
        .and_then(|(record, _)| record.time.parse::<Moment>().ok());
    match last {
        Some(last) if at < last => Err(Stop::Request(
            Message::new("error-at-past")
                .with("at", at)
                .with("last", last.shown_in(zone)),
        )),
        _ => Ok(at.timestamp()),
    }
}
