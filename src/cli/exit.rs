//! What happened → what to say → the exit code. The only place where they meet.

use std::process::ExitCode;

use sekisho::change::Message;
use sekisho::ledger::Report;
use sekisho::usecases::Stop;
use serde_json::json;

use super::args::Format;
use super::output::Output;
use super::view;

/// A command that came to its end, with its exit code.
pub(super) struct Ended(pub ExitCode);

impl Ended {
    /// Passed, or done.
    pub(super) fn done() -> Self {
        Self(ExitCode::SUCCESS)
    }

    /// Denied, or something was found.
    pub(super) fn denied() -> Self {
        Self(ExitCode::from(1))
    }

    /// A case that was only looked at would pass. Not 0: nothing was recorded, so nothing passed.
    pub(super) fn would_pass() -> Self {
        Self(ExitCode::from(5))
    }

    /// It was kept, but is not in the log: nothing may rest on it yet.
    pub(super) fn waits() -> Self {
        Self(ExitCode::from(3))
    }

    /// The log does not verify.
    pub(super) fn broken() -> Self {
        Self(ExitCode::from(4))
    }
}

/// Why a command did not come to its end.
pub(super) type Failure = Stop;

/// Help and version are results; the rest is a wrong request, said in the reader's language.
pub(super) fn usage(output: &Output, error: &clap::Error) -> ExitCode {
    match super::usage::words(&output.wording, error) {
        Some(words) => output.talk(&words),
        None => {
            let _ = error.print();
        }
    }
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// The process could not even begin.
pub(super) fn broken_start(output: &Output, error: &std::io::Error) -> ExitCode {
    output.tell(&Message::new("error-start").with("detail", error));
    ExitCode::from(3)
}

/// Says why there is no result.
pub(super) fn stopped(output: &Output, stop: &Stop) -> ExitCode {
    let (code, word) = match stop {
        Stop::Request(_) | Stop::Faults(_) => (2, "wrong_request"),
        Stop::Unavailable(_) => (3, "could_not_be_evaluated"),
        Stop::Broken(_) => (4, "log_does_not_verify"),
    };
    let text = words(output, stop);
    if output.format == Format::Sarif {
        output.data(&view::stopped_sarif(output, stop));
    }
    if output.format == Format::Json {
        let error = json!({
            "schema": "sekisho/error/v1",
            "exit": code,
            "error": word,
            "key": key(stop),
            "message": text,
        });
        output.data(&format!("{error:#}"));
    }
    output.talk(&text);
    ExitCode::from(code)
}

fn key(stop: &Stop) -> Option<&str> {
    match stop {
        Stop::Request(message) | Stop::Unavailable(message) => Some(&message.key),
        Stop::Faults(_) | Stop::Broken(_) => None,
    }
}

fn words(output: &Output, stop: &Stop) -> String {
    match stop {
        Stop::Request(message) => sentence(output, message),
        Stop::Unavailable(message) => {
            let no_pass = output.say(&Message::new("error-not-evaluated"));
            format!("{no_pass}\n{}", sentence(output, message))
        }
        Stop::Faults(faults) => view::faults(output, faults),
        Stop::Broken(report) => damages(output, report),
    }
}

/// The sentence, with the place in a rule's file where it names one.
fn sentence(output: &Output, message: &Message) -> String {
    match message.with.get("at") {
        Some(place) if message.key.starts_with("policy-") => {
            format!("{}: {}", sekisho::report::harmless(place), output.say(message))
        }
        _ => output.say(message),
    }
}

fn damages(output: &Output, report: &Report) -> String {
    let mut text = output.say(&Message::new("error-log-broken").with("count", report.damages.len()));
    for damage in report.damages.iter().take(20) {
        text.push_str("\n  ");
        text.push_str(&output.say(&damage.message));
    }
    text
}
