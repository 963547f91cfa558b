//! From what the use cases return to what the reports show.

use std::collections::{BTreeMap, BTreeSet};

use sekisho::change::{ChangeId, Digest, Message, PersonKey};
use sekisho::config::Config;
use sekisho::ledger::Report;
use sekisho::policy::{Decision, Effect, Finding, TestReport, Word};
use sekisho::report::Look;
use sekisho::report::check::{CheckView, CheckedFile};
use sekisho::report::decision::{self, DecisionView};
use sekisho::report::tests::{TestResult, TestedRule, TestsView};
use sekisho::report::verify::VerifyView;
use sekisho::usecases::{Checked, FileFaults, Judged, Outlook, Stop};

use super::args::Format;
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

/// A decision in the wanted format.
pub(super) fn decision(output: &Output, judged: &Judged, checkpoint: Option<String>) -> String {
    let mut places = Places::new(judged);
    let view = DecisionView {
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
        next: next(judged),
    };
    match output.format {
        Format::Text => decision::text(&output.wording, &view, output.look()),
        Format::Markdown => decision::markdown(&output.wording, &view),
        Format::Json => {
            let json = decision::json(&output.wording, &view);
            serde_json::to_string_pretty(&json).unwrap_or_default()
        }
    }
}

/// How many commands are proposed; further ones follow when these are done.
const MOST_NEXT: usize = 8;

/// The commands that come next.
fn next(judged: &Judged) -> Vec<Message> {
    let decision: &Decision = &judged.decision;
    let dossier = &judged.collected.dossier;
    if decision.word != Word::Deny {
        let finish = match &dossier.request.rollback_of {
            Some(_) => "next-finish-rolled-back",
            None => "next-finish",
        };
        let started = dossier.changes.first().filter(|_| dossier.changes.len() == 1);
        return started
            .map(|change| Message::new(finish).with("change", &change.id))
            .into_iter()
            .collect();
    }
    let denies = |code: &'static str| {
        decision
            .findings
            .iter()
            .filter(move |f| f.effect == Effect::Deny && f.code.as_str() == code)
    };
    let mut next = Vec::new();
    if denies("DEC-01").next().is_some() {
        next.push(Message::new("next-declare"));
    }
    let short: BTreeSet<&ChangeId> = denies("APP-01").filter_map(|f| f.change.as_ref()).collect();
    for change in dossier.changes.iter().filter(|change| short.contains(&change.id)) {
        if next.len() >= MOST_NEXT {
            break;
        }
        let id = &change.id;
        let derived = change.origin == sekisho::dossier::Origin::Derived;
        for person in change.facts.eligible.iter().take(3) {
            let name = judged
                .rules
                .config
                .people
                .get(person)
                .map_or(person.as_str(), |p| p.name.as_str());
            let message = if derived {
                let base = dossier.request.base.as_deref().unwrap_or_default();
                let range = format!("{}..", base.get(..12).unwrap_or(base));
                Message::new("next-approve-range").with("range", range)
            } else {
                Message::new("next-approve").with("change", id)
            };
            let message = message.with("person", name);
            if !next.contains(&message) {
                next.push(message);
            }
        }
        if let (false, Some(person)) = (derived, change.facts.eligible.first()) {
            next.push(
                Message::new("next-approve-for")
                    .with("change", id)
                    .with("key", person),
            );
        }
    }
    next.extend(denies("SCH-02").filter_map(|finding| except(judged, finding)));
    if next.is_empty() {
        let file = decision
            .findings
            .iter()
            .filter(|f| f.effect == Effect::Deny)
            .find_map(|f| judged.collected.texts.get(f.change.as_ref()?));
        if let Some((file, _)) = file {
            next.push(Message::new("next-edit").with("file", file));
        }
    }
    next
}

/// Whom to ask for an exception from a freeze.
fn except(judged: &Judged, finding: &Finding) -> Option<Message> {
    let owner = finding.message.with.get("owner")?;
    let name = judged
        .rules
        .config
        .people
        .get(owner.as_str())
        .map_or(owner.as_str(), |person| person.name.as_str());
    let message = Message::new("next-grant")
        .with("person", name)
        .with("code", &finding.code)
        .with("change", finding.change.as_ref()?);
    Some(message)
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

/// What a check found, as JSON.
pub(super) fn check_json(output: &Output, checked: &Checked, outlook: Option<&Outlook>) -> String {
    let view = CheckView {
        files: checked
            .files
            .iter()
            .map(|file| CheckedFile {
                file: file.file.clone(),
                content: Some(file.text.clone()),
                faults: file.faults.clone(),
            })
            .collect(),
        asks: Vec::new(),
    };
    let mut value = sekisho::report::check::json(&output.wording, &view);
    if let (Some(object), Some(Outlook::Judged(judged))) = (value.as_object_mut(), outlook) {
        let decision: serde_json::Value =
            serde_json::from_str(&decision(output, judged, None)).unwrap_or_default();
        object.insert("gate".to_owned(), decision);
    }
    format!("{value:#}")
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
pub(super) fn verify(output: &Output, report: &Report) -> String {
    let mut notes: Vec<Message> = report.notes.iter().map(|note| note.message.clone()).collect();
    if !report.unchecked.is_empty() {
        notes.push(Message::new("verify-unchecked").with("count", report.unchecked.len()));
    }
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
        Format::Text | Format::Markdown => {
            sekisho::report::verify::text(&output.wording, &view, output.look())
        }
    }
}

/// The tests of the rules in the wanted format.
pub(super) fn tests(output: &Output, report: &TestReport) -> String {
    let rules = report.rules.iter().map(|rule| {
        let lines = rule.covered.len() + rule.not_covered.len();
        let failed = rule.faults.iter().filter(|f| !f.test.is_empty()).count();
        let passed = rule.tests.saturating_sub(failed);
        TestedRule {
            code: rule.code.to_string(),
            file: rule.path.clone(),
            tests: (0..rule.tests)
                .map(|index| TestResult {
                    name: rule.name.clone(),
                    passed: index < passed,
                })
                .collect(),
            faults: rule.faults.iter().map(|fault| fault.message.clone()).collect(),
            coverage: u8::try_from((rule.covered.len() * 100).checked_div(lines).unwrap_or(0)).ok(),
        }
    });
    let view = TestsView {
        rules: rules.collect(),
    };
    match output.format {
        Format::Json => format!("{:#}", sekisho::report::tests::json(&output.wording, &view)),
        Format::Text | Format::Markdown => {
            sekisho::report::tests::text(&output.wording, &view, output.look())
        }
    }
}
