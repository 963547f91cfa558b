//! What a workflow wrote below `with:`, as the Action hands it over: in the environment, never in a
//! command line.

use std::ffi::OsString;
use std::path::PathBuf;

use sekisho::change::Message;
use sekisho::usecases::Stop;

use crate::cli::noted::listed;

/// What the Action is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// Decide.
    Gate,
    /// Decide, deploy, and record start and end.
    Run,
    /// Record the end of a deployment of another step or job.
    Finish,
    /// Look only.
    Check,
}

/// The inputs; an empty one is one that was not given.
#[derive(Debug)]
pub(super) struct Inputs {
    pub verb: Verb,
    pub environment: String,
    pub service: Option<String>,
    pub log: Option<OsString>,
    pub genesis: Option<String>,
    pub base: Option<String>,
    pub head: String,
    pub change: Option<String>,
    pub rollback_of: Option<String>,
    pub outcome: Option<String>,
    /// What was done differently, for `success_with_issues`.
    pub deviation: Option<String>,
    /// Notes about the log, and commits with such, that were found to be wrong.
    pub disregarded: Vec<String>,
    /// Whether a check keeps a comment on the pull request.
    pub comment: bool,
    /// A script for bash.
    pub script: Option<String>,
    /// A private key's text.
    pub signing_key: Option<String>,
    pub summary: bool,
    pub directory: Option<PathBuf>,
}

impl Inputs {
    /// Reads them.
    ///
    /// # Errors
    /// [`Stop::Request`] for a word that is not known.
    pub(super) fn read() -> Result<Self, Stop> {
        let verb = match input("COMMAND")?.as_deref() {
            None | Some("gate") => Verb::Gate,
            Some("run") => Verb::Run,
            Some("finish") => Verb::Finish,
            Some("check") => Verb::Check,
            Some(_) => return Err(wrong("command", "gate, run, finish, check")),
        };
        Ok(Self {
            verb,
            environment: input("ENVIRONMENT")?.unwrap_or_else(|| "production".to_owned()),
            service: input("SERVICE")?,
            log: input("LOG")?.map(OsString::from),
            genesis: input("GENESIS")?,
            base: input("BASE")?,
            head: match input("HEAD")? {
                Some(head) => head,
                None => variable("GITHUB_SHA")?.unwrap_or_else(|| "HEAD".to_owned()),
            },
            change: input("CHANGE")?,
            rollback_of: input("ROLLBACK_OF")?,
            outcome: outcome(input("OUTCOME")?)?,
            deviation: input("DEVIATION")?,
            disregarded: input("DISREGARD")?.as_deref().map(listed).unwrap_or_default(),
            comment: switch("comment", input("COMMENT")?)?,
            script: input("RUN")?,
            signing_key: input("SIGNING_KEY")?,
            summary: switch("summary", input("SUMMARY")?)?,
            directory: input("WORKING_DIRECTORY")?.map(PathBuf::from),
        })
    }
}

/// An outcome in our words, or the status of a job or step in GitHub's.
fn outcome(given: Option<String>) -> Result<Option<String>, Stop> {
    let Some(given) = given else { return Ok(None) };
    let word = match given.as_str() {
        "failure" => "failed",
        "cancelled" | "skipped" => "aborted",
        known @ ("success" | "success_with_issues" | "rolled_back" | "failed" | "aborted") => known,
        _ => {
            let known =
                "success, success_with_issues, failure, cancelled, skipped, failed, aborted, rolled_back";
            return Err(wrong("outcome", known));
        }
    };
    Ok(Some(word.to_owned()))
}

/// Yes unless no was said.
fn switch(name: &str, given: Option<String>) -> Result<bool, Stop> {
    match given.as_deref() {
        None | Some("true") => Ok(true),
        Some("false") => Ok(false),
        Some(_) => Err(wrong(name, "true, false")),
    }
}

fn wrong(input: &str, known: &str) -> Stop {
    Stop::Request(
        Message::new("action-input")
            .with("input", input)
            .with("known", known),
    )
}

fn input(name: &str) -> Result<Option<String>, Stop> {
    variable(&format!("SEKISHO_INPUT_{name}"))
}

/// A variable's text, without white space around it; `None` where it is empty.
///
/// # Errors
/// [`Stop::Request`] where it is no text.
pub(super) fn variable(name: &str) -> Result<Option<String>, Stop> {
    let Some(value) = std::env::var_os(name) else {
        return Ok(None);
    };
    let text = value
        .into_string()
        .map_err(|_| Stop::Request(Message::new("action-no-text").with("variable", name)))?;
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
