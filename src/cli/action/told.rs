//! What a job is told: outputs, the summary and annotations, in the files and words of the runner.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sekisho::change::{Digest, Message};
use sekisho::policy::Word;
use sekisho::report::annotation::Level;
use sekisho::report::job::{self, Annotations};
use sekisho::report::markdown::escape;
use sekisho::report::{FilePlace, decision};
use sekisho::usecases::{Outlook, Stop, let_pass};

use super::inputs::variable;
use crate::cli::check::Found;
use crate::cli::gate::{Gated, checkpoint};
use crate::cli::noted::damages;
use crate::cli::output::Output;
use crate::cli::view;

/// Writes what the next steps and people are told about a decision.
pub(super) async fn decision(output: &Output, gated: &Gated, summary: bool) -> Result<(), Stop> {
    let judged = &gated.judged;
    let checkpoint = checkpoint(&gated.wiring, &judged.log).await?;
    let view = view::decided(judged, Some(checkpoint.clone()));
    for line in job::annotations(&output.wording, &view) {
        output.command(&line);
    }
    let mut page = decision::markdown(&output.wording, &view);
    if let Some(reason) = &gated.fallen {
        let reason = output.say(reason);
        let title = output.say(&Message::new("action-fallen"));
        output.command(&one(Level::Error, &title, &reason));
        page = format!("## {}\n\n{}\n\n{page}", escape(&title), escape(&reason));
    }
    if summary {
        write_summary(output, &page)?;
    }
    let json = decision::json(&output.wording, &view);
    let report = report(&serde_json::to_string_pretty(&json).unwrap_or_default())?;
    let word = match (judged.decision.word, &gated.fallen) {
        (_, Some(_)) | (Word::Deny, _) => "deny",
        (Word::Pass, None) => "pass",
        (Word::PassWithObligations, None) => "pass_with_obligations",
    };
    let dossier = &judged.collected.dossier;
    let passed = let_pass(gated.wiring.ports(), judged).await?;
    let changes: Vec<&str> = passed.iter().map(|(id, _)| id.as_str()).collect();
    let emergency = passed.iter().any(|(_, kind)| kind == "emergency");
    let entry = judged
        .record
        .as_ref()
        .map(|r| Digest::from_bytes(r.leaf).to_string());
    write_outputs(
        gated,
        &[
            ("decision", word.to_owned()),
            ("change-ids", changes.join(",")),
            ("entry-hash", entry.unwrap_or_default()),
            ("report-path", report.display().to_string()),
            ("last-deployed", dossier.request.base.clone().unwrap_or_default()),
            ("emergency", emergency.to_string()),
        ],
    )?;
    output.data(&view::decision(output, judged, Some(checkpoint)));
    if let Some(reason) = &gated.fallen {
        output.tell(reason);
    }
    Ok(())
}

/// Marks what a check found in the files of a pull request, and writes it as a page.
pub(super) fn check(output: &Output, found: &Found, summary: bool) -> Result<String, Stop> {
    let mut marks = Annotations::default();
    for file in &found.checked.files {
        for fault in &file.faults {
            let place = fault.place.as_ref();
            let place = place.map(|place| FilePlace::of(&file.file, &file.text, place));
            let level = if fault.warning {
                Level::Warning
            } else {
                Level::Error
            };
            marks.add(level, "sekisho", &output.say(&fault.message), place.as_ref());
        }
    }
    for line in marks.lines() {
        output.command(&line);
    }
    let outlook = found.outlook.as_ref();
    if let Some(judged) = outlook.and_then(Outlook::judged) {
        let view = view::decided(judged, None);
        for line in job::annotations(&output.wording, &view) {
            output.command(&line);
        }
    }
    let page = view::check_page(output, &found.checked, outlook);
    if summary {
        write_summary(output, &page)?;
    }
    Ok(page)
}

/// Tells that there is no result, and why.
pub(super) fn stopped(output: &Output, stop: &Stop, summary: bool) {
    let title = output.say(&Message::new("action-stopped"));
    let reason = output.say(&view::stop_message(stop));
    let damages = damages(output, stop);
    let whole = [std::slice::from_ref(&reason), damages.as_slice()]
        .concat()
        .join("\n");
    output.command(&one(Level::Error, &title, &whole));
    if summary {
        let mut page = format!("## {}\n\n{}\n\n", escape(&title), escape(&reason));
        damages
            .iter()
            .for_each(|damage| page.push_str(&format!("- {}\n", escape(damage))));
        // The job fails already.
        let _ = write_summary(output, &page);
    }
}

/// Warns of something that the deploy's own exit code does not say.
pub(super) fn warn(output: &Output, message: &Message) {
    let reason = output.say(message);
    output.command(&one(Level::Warning, "sekisho", &reason));
    output.tell(message);
}

fn one(level: Level, title: &str, message: &str) -> String {
    let mut one = Annotations::default();
    one.add(level, title, message, None);
    one.lines().concat()
}

fn write_summary(output: &Output, page: &str) -> Result<(), Stop> {
    let Some(file) = variable("GITHUB_STEP_SUMMARY")? else {
        return Ok(());
    };
    let more = escape(&output.say(&Message::new("action-summary-cut")));
    append(Path::new(&file), &job::summary(page, &more))
}

fn write_outputs(gated: &Gated, values: &[(&str, String)]) -> Result<(), Stop> {
    let Some(file) = variable("GITHUB_OUTPUT")? else {
        return Ok(());
    };
    append(Path::new(&file), &job::outputs(values, &secret(gated)))
}

/// A word that nobody can guess.
pub(super) fn secret(gated: &Gated) -> String {
    Digest::of(&(gated.wiring.ports().random)()).hex()
}

fn append(file: &Path, text: &str) -> Result<(), Stop> {
    let mut options = std::fs::OpenOptions::new();
    let opened = options.append(true).create(true).open(file);
    opened
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| unwritable(file, &error))
}

/// The decision as JSON in a file that outlives this program.
fn report(json: &str) -> Result<PathBuf, Stop> {
    let folder = variable("RUNNER_TEMP")?.map_or_else(std::env::temp_dir, PathBuf::from);
    let file = tempfile::Builder::new()
        .prefix("sekisho-decision-")
        .suffix(".json")
        .tempfile_in(&folder)
        .map_err(|error| unwritable(&folder, &error))?;
    let (mut file, path) = file.keep().map_err(|error| unwritable(&folder, &error))?;
    writeln!(file, "{json}").map_err(|error| unwritable(&path, &error))?;
    Ok(path)
}

fn unwritable(file: &Path, error: &dyn std::fmt::Display) -> Stop {
    Stop::Unavailable(
        Message::new("action-unwritable")
            .with("file", file.display())
            .with("detail", error),
    )
}
