//! From what the use cases return to what the reports show.

use std::collections::BTreeMap;

use sekisho::change::{Digest, Message, PersonKey};
use sekisho::config::Config;
use sekisho::ledger::Report;
use sekisho::policy::{TestReport, Word};
use sekisho::report::Look;
use sekisho::report::check::{self as page, Ahead, CheckView, CheckedFile};
use sekisho::report::decision::{self, DecisionView};
use sekisho::report::sarif::Sarif;
use sekisho::report::tests::{TestedRule, TestsView};
use sekisho::report::verify::VerifyView;
use sekisho::usecases::{Checked, FileFaults, Judged, Outlook, Replay, Stop};

use super::args::Format;
use super::next;
use super::output::Output;
use super::places::Places;

impl Output {
    /// How pages look here.
    pub(super) fn look(&self) -> Look {
        Look {
            colour: self.colour,
            width: self.width,
        }
    }
}

/// A bar that counts, where somebody watches; nothing in logs.
pub(super) fn progress(lively: bool) -> Box<dyn Fn(u64)> {
    if !lively {
        return Box::new(|_| {});
    }
    let bar = indicatif::ProgressBar::no_length();
    bar.set_style(
        indicatif::ProgressStyle::with_template("{spinner} {pos}")
            .unwrap_or_else(|_| indicatif::ProgressStyle::default_spinner()),
    );
    Box::new(move |count| {
        // Short work should not flicker.
        if count >= 2_000 {
            bar.set_position(count);
        }
    })
}

/// Names of people by key.
pub(super) fn names(config: &Config) -> BTreeMap<PersonKey, String> {
    config
        .people
        .iter()
        .map(|(key, person)| (key.clone(), person.name.clone()))
        .collect()
}

/// A decision as pages need it.
pub(super) fn decided(judged: &Judged, checkpoint: Option<String>) -> DecisionView<'_> {
    let mut places = Places::new(judged);
    DecisionView {
        decision: &judged.decision,
        dossier: &judged.collected.dossier,
        places: judged
            .decision
            .findings
            .iter()
            .map(|finding| places.of(finding))
            .collect(),
        names: names(&judged.rules.config),
        record: judged
            .record
            .as_ref()
            .map(|r| (r.seq, Digest::from_bytes(r.leaf).to_string())),
        checkpoint,
        expires_at: judged.expires,
        dossier_digest: judged.dossier_digest,
        next: next::next(judged),
    }
}

/// A decision in the wanted format.
pub(super) fn decision(output: &Output, judged: &Judged, checkpoint: Option<String>) -> String {
    render(output, &decided(judged, checkpoint))
}

/// What would be decided, in the wanted format: it holds for no time and starts nothing.
pub(super) fn would(output: &Output, judged: &Judged) -> String {
    render(output, &would_view(judged))
}

fn would_view(judged: &Judged) -> DecisionView<'_> {
    let mut view = decided(judged, None);
    view.expires_at = None;
    if judged.decision.word != Word::Deny {
        view.next.clear();
    }
    view
}

fn printed(json: &serde_json::Value) -> String {
    format!("{json:#}")
}

fn render(output: &Output, view: &DecisionView<'_>) -> String {
    match output.format {
        Format::Text => decision::text(&output.wording, view, output.look()),
        Format::Markdown => decision::markdown(&output.wording, view),
        Format::Sarif => printed(&Sarif::default().with_decision(&output.wording, view).finish()),
        Format::Json => {
            let json = decision::json(&output.wording, view);
            serde_json::to_string_pretty(&json).unwrap_or_default()
        }
    }
}

/// The faults of one file, marked.
pub(super) fn faults(output: &Output, faults: &FileFaults) -> String {
    let mut text = String::new();
    for fault in &faults.faults {
        text.push_str(&sekisho::report::fault::text(
            &output.wording,
            &faults.file,
            &faults.text,
            fault,
            output.look(),
        ));
        text.push('\n');
    }
    text
}

/// What a check found, for programs: JSON or SARIF.
pub(super) fn check(output: &Output, checked: &Checked, outlook: Option<&Outlook>) -> String {
    let judged = outlook.and_then(Outlook::judged);
    let decision = judged.map(would_view);
    let ahead = match outlook {
        None => Ahead::NotAsked,
        Some(Outlook::NoBaseline) => Ahead::NoBaseline,
        Some(Outlook::Stopped(stop)) => Ahead::Stopped(stop_message(stop)),
        Some(Outlook::Judged(_)) => decision.as_ref().map_or(Ahead::NotAsked, |view| {
            Ahead::Judged(Box::new(decision::json(&output.wording, view)))
        }),
    };
    let view = CheckView {
        read: checked.read,
        files: checked.files.iter().map(checked_file).collect(),
        asks: Vec::new(),
        ahead,
    };
    if output.format != Format::Sarif {
        let json = sekisho::report::check::json(&output.wording, &view);
        return serde_json::to_string_pretty(&json).unwrap_or_default();
    }
    let mut sarif = Sarif::default().with_check(&output.wording, &view);
    if let Ahead::Stopped(reason) = &view.ahead {
        sarif = sarif.stopped(&output.say(reason));
    }
    if let Some(decision) = &decision {
        sarif = sarif.with_decision(&output.wording, decision);
    }
    printed(&sarif.finish())
}

/// What a check found, as a page.
pub(super) fn check_page(output: &Output, checked: &Checked, outlook: Option<&Outlook>) -> String {
    let view = CheckView {
        read: checked.read,
        files: checked.files.iter().map(checked_file).collect(),
        ..CheckView::default()
    };
    let decision = outlook.and_then(Outlook::judged).map(would_view);
    let shown = match (outlook, &decision) {
        (_, Some(decision)) => page::Outlook::Judged(decision),
        (Some(Outlook::NoBaseline), _) => page::Outlook::Unsaid(Some(Message::new("check-no-baseline"))),
        (Some(Outlook::Stopped(stop)), _) => page::Outlook::Unsaid(Some(stop_message(stop))),
        _ => page::Outlook::Unsaid(None),
    };
    page::markdown(&output.wording, &view, &shown)
}

fn checked_file(file: &FileFaults) -> CheckedFile {
    CheckedFile {
        file: file.file.clone(),
        content: Some(file.text.clone()),
        faults: file.faults.clone(),
    }
}

/// Why there is no result, as SARIF: the faults of a file, else the reason.
pub(super) fn stopped_sarif(output: &Output, stop: &Stop) -> String {
    let sarif = Sarif::default().stopped(&output.say(&stop_message(stop)));
    let sarif = match stop {
        Stop::Faults(faults) => {
            let view = CheckView {
                read: 1,
                files: vec![checked_file(faults)],
                ..CheckView::default()
            };
            sarif.with_check(&output.wording, &view)
        }
        _ => sarif,
    };
    printed(&sarif.finish())
}

/// Why there is no result, as one sentence.
pub(super) fn stop_message(stop: &Stop) -> Message {
    match stop {
        Stop::Request(message) | Stop::Unavailable(message) => message.clone(),
        Stop::Faults(faults) => Message::new("error-faults")
            .with("file", &faults.file)
            .with("count", faults.faults.len()),
        Stop::Broken(report) => Message::new("error-log-broken").with("count", report.damages.len()),
    }
}

/// A verification in the wanted format.
pub(super) fn verify(output: &Output, report: &Report, more: Vec<Message>) -> String {
    let mut notes: Vec<Message> = report.notes.iter().map(|note| note.message.clone()).collect();
    if !report.unchecked.is_empty() {
        notes.push(Message::new("verify-unchecked").with("count", report.unchecked.len()));
    }
    notes.extend(more);
    let view = VerifyView {
        origin: report.origin.clone().unwrap_or_default(),
        size: report.head.size,
        head: Digest::from_bytes(report.head.leaf).hex(),
        root: Digest::from_bytes(report.tree.root()).hex(),
        signed: report.signed,
        unsigned: report.unsigned.len() as u64,
        notes,
        damages: report
            .damages
            .iter()
            .map(|damage| damage.message.clone())
            .collect(),
    };
    match output.format {
        Format::Json => format!("{:#}", sekisho::report::verify::json(&output.wording, &view)),
        Format::Text | Format::Markdown | Format::Sarif => {
            sekisho::report::verify::text(&output.wording, &view, output.look())
        }
    }
}

/// How judging the recorded decisions again went; what differs is among the damages.
pub(super) fn replay_notes(replay: Option<&Replay>) -> Vec<Message> {
    let Some(replay) = replay else {
        return Vec::new();
    };
    let mut notes = vec![
        Message::new("note-replayed")
            .with("same", replay.same)
            .with("count", replay.decisions),
    ];
    for (version, count) in &replay.other_engine {
        let note = Message::new("note-replay-other-engine").with("version", version);
        notes.push(note.with("count", count).with("own", env!("CARGO_PKG_VERSION")));
    }
    notes.extend(replay.not_possible.iter().cloned());
    notes
}

/// The tests of the rules in the wanted format.
pub(super) fn tests(output: &Output, report: &TestReport, least: Option<u8>) -> String {
    let rules = report.rules.iter().map(|rule| TestedRule {
        code: rule.code.to_string(),
        name: rule.name.clone(),
        file: rule.path.clone(),
        tests: rule.tests,
        removals: rule.removals,
        faults: rule.faults.clone(),
        coverage: (rule.tests > 0).then(|| rule.coverage()),
        not_covered: rule.not_covered.clone(),
    });
    let view = TestsView {
        rules: rules.collect(),
        least,
    };
    match output.format {
        Format::Json => format!("{:#}", sekisho::report::tests::json(&output.wording, &view)),
        Format::Text | Format::Markdown | Format::Sarif => {
            sekisho::report::tests::text(&output.wording, &view, output.look())
        }
    }
}
