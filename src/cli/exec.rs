//! `sekisho exec`: the gate, the start, a command, and its end.

pub(super) mod journal;
mod place;
mod plan;
mod program;
mod run;
mod screen;
mod tape;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::PoisonError;

use sekisho::change::{Digest, Message};
use sekisho::ledger::canonical_document;
use sekisho::policy::Word;
use sekisho::report::masked::{is_secret_name, masked_words};
use sekisho::usecases::{self, Finishing, Particulars, Recorded, Started, Starting, Stop, read_log};
use serde_json::{Map, Value, json};

use super::args::{ExecArgs, Global};
use super::exit::{Ended, Failure};
use super::gate::{open, open_quietly};
use super::output::Output;
use super::{noted, view};
use crate::wire::{Access, Wiring};
use journal::{Entry, Journal};
use place::Place;
use plan::Plan;
use run::{Ran, Run};

/// Judges, records the start, runs, and records the end; the command's exit code is the result.
pub(super) async fn run(global: &Global, output: &Output, args: &ExecArgs) -> Result<Ended, Failure> {
    let [name, arguments @ ..] = args.cmd.as_slice() else {
        return Err(Stop::request("action-nothing-to-run"));
    };
    let path = std::env::var_os("PATH");
    let program = program::found(name, path.as_deref())?;
    let plan = args.plan.as_deref().map(Plan::read).transpose()?;
    if let Some(plan) = &plan {
        plan.refuse_unused(&args.cmd)?;
    }
    let wiring = open(global, output, Access::Write).await?;
    let place = Place::of(&wiring, global, args).await?;
    let job = Job {
        global,
        output,
        args,
        secrets: secrets(),
        salt: Digest::of(&(wiring.ports().random)()).hex(),
        wiring,
        place,
    };
    job.carry_out(program, arguments, plan).await
}

/// Values that are secrets by the names of their variables.
fn secrets() -> Vec<String> {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
        .filter(|(name, _)| is_secret_name(name) || name.starts_with("SEKISHO_"))
        .map(|(_, value)| value.to_string_lossy().into_owned())
        .collect()
}

fn host() -> String {
    nix::unistd::gethostname().map_or_else(|_| String::new(), |name| name.to_string_lossy().into_owned())
}

/// The account of this machine, by its number where it has no name.
fn account() -> String {
    let id = nix::unistd::getuid();
    let known = nix::unistd::User::from_uid(id).ok().flatten();
    known.map_or_else(|| id.to_string(), |user| user.name)
}

/// One call of the command.
struct Job<'a> {
    global: &'a Global,
    output: &'a Output,
    args: &'a ExecArgs,
    secrets: Vec<String>,
    salt: String,
    wiring: Wiring,
    place: Place,
}

impl Job<'_> {
    async fn carry_out(
        &self,
        program: PathBuf,
        arguments: &[OsString],
        plan: Option<Plan>,
    ) -> Result<Ended, Failure> {
        let Place { id, asked, acting } = &self.place;
        let particulars = self.told_of_start(&program, arguments)?;
        let command = particulars.said.get("command").cloned();
        let mut journal = Journal::begin(&self.wiring, self.entry())?;
        let starting = Starting {
            particulars,
            plan: plan.as_ref().map(|plan| plan.digest),
            runs: true,
        };
        let started = usecases::start(self.wiring.ports(), acting.actor(), asked, id, starting).await;
        let started = match started {
            Ok(started) => started,
            Err(stop) => {
                // Whether the start is in the log is not known where the log did not answer.
                match &stop {
                    Stop::Unavailable(_) if self.may_have_started(command.as_ref()).await => journal.leave(),
                    _ => journal.end(),
                }
                return Err(stop);
            }
        };
        self.wiring.remember().await?;
        if !self.passed(&started) {
            journal.end();
            return Ok(Ended::denied());
        }
        self.output.tell(
            &Message::new("exec-runs")
                .with("change", id)
                .with("seq", started.record.as_ref().map_or(0, |record| record.seq)),
        );
        let ran = self.ran(&mut journal, (program, arguments), plan.as_ref());
        let by_hand = started.judged.is_some();
        match ran {
            Ok(ran) => {
                let outcome = outcome(&ran);
                let told = self.told_of_end(&ran)?;
                self.ended(journal, (outcome, Some(ran.code), by_hand), told)
                    .await;
                Ok(Ended(ExitCode::from(ran.code)))
            }
            Err(stop) => {
                let told = Particulars::default();
                self.ended(journal, ("aborted", None, by_hand), told).await;
                Err(stop)
            }
        }
    }

    fn entry(&self) -> Entry {
        Entry {
            change: self.place.id.clone(),
            person: self.place.asked.actor.to_string(),
            begun: self.wiring.now.to_string(),
            host: host(),
            leader: None,
            outcome: None,
            said: Map::new(),
        }
    }

    /// Whether this start is in the log, as far as that can be told.
    async fn may_have_started(&self, command: Option<&Value>) -> bool {
        let Ok(log) = read_log(self.wiring.ports()).await else {
            return true;
        };
        let mut said = log.records.iter().map(|(record, _)| &record.statement);
        said.any(|said| said.act == "deploy.started/1" && said.body.get("command") == command)
    }

    /// Shows the decision, on stderr: stdout is the command's.
    fn passed(&self, started: &Started) -> bool {
        if let Some(judged) = &started.judged {
            self.output.talk(&view::decision(self.output, judged, None));
            if judged.decision.word == Word::Deny {
                return false;
            }
        }
        started.record.is_some()
    }

    /// Who really runs what: the arguments as a digest, without what looks like a secret.
    fn told_of_start(&self, program: &std::path::Path, arguments: &[OsString]) -> Result<Particulars, Stop> {
        let words: Vec<String> = arguments
            .iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        let command = json!({
            "program": program.to_string_lossy(),
            "arguments": masked_words(&words, &self.secrets),
            "salt": self.salt,
        });
        let encoded = canonical_document(&command)
            .map_err(|error| Stop::Unavailable(Message::new("error-encode").with("detail", error)))?;
        let short = program.file_name().unwrap_or_default().to_string_lossy();
        Ok(Particulars {
            said: fields([
                ("command", Digest::of(&encoded).to_string().into()),
                ("words", (words.len() + 1).into()),
            ]),
            note: fields([
                ("program", short.into()),
                ("host", host().into()),
                ("account", account().into()),
                ("salt", self.salt.clone().into()),
            ]),
            kept: Vec::new(),
        })
    }

    fn ran(
        &self,
        journal: &mut Journal,
        (mut program, arguments): (PathBuf, &[OsString]),
        plan: Option<&Plan>,
    ) -> Result<Ran, Stop> {
        let refused =
            |error: std::io::Error| Stop::Request(Message::new("error-exec-start").with("detail", error));
        let mut arguments = arguments.to_vec();
        let mut copied = None;
        if let Some(plan) = plan {
            let (copy, own, words) = plan
                .copied(&journal.plan_folder(), program, &arguments)
                .map_err(refused)?;
            (program, arguments) = (own, words);
            copied = Some((plan, copy));
        }
        let mut run = Run::prepare(&program, &arguments).map_err(refused)?;
        if let Some((plan, copy)) = copied {
            if !plan.still(&copy) {
                return Err(Stop::request("error-exec-plan"));
            }
            run = run.with(plan::VARIABLE, &copy);
        }
        let begun = |leader| journal.note(|entry| entry.leader = Some(leader));
        let ran = run
            .run((&self.salt, self.args.keep_output), begun)
            .map_err(refused)?;
        journal.note(|entry| {
            entry.outcome = Some(outcome(&ran).to_owned());
            entry.said = fields([("exit", ran.code.into())]);
        });
        Ok(ran)
    }

    fn told_of_end(&self, ran: &Ran) -> Result<Particulars, Stop> {
        let mut streams = Map::new();
        let mut texts = Map::new();
        for (name, tape) in &ran.tapes {
            let tape = tape.lock().unwrap_or_else(PoisonError::into_inner);
            streams.insert(
                (*name).to_owned(),
                json!({"bytes": tape.bytes(), "digest": tape.digest().to_string()}),
            );
            let text = tape.text(&self.secrets);
            texts.insert(
                (*name).to_owned(),
                json!({"text": text.text, "left_out": text.left_out}),
            );
        }
        let mut told = Particulars {
            said: fields([("exit", ran.code.into()), ("output", streams.into())]),
            note: fields([("salt", self.salt.clone().into())]),
            kept: Vec::new(),
        };
        if let Some(signal) = ran.cancelled {
            told.said.insert("signal".to_owned(), signal.into());
        }
        if ran.left_open {
            told.said.insert("left_open".to_owned(), true.into());
        }
        if self.args.keep_output {
            let kept = json!({"salt": self.salt, "streams": texts});
            let kept = canonical_document(&kept)
                .map_err(|error| Stop::Unavailable(Message::new("error-encode").with("detail", error)))?;
            told.kept.push(("output", kept));
        }
        Ok(told)
    }

    /// Records the end, at the time of the end. Where that fails it is said, and the journal stays for
    /// the next call; the command's exit code is what it is.
    async fn ended(
        &self,
        journal: Journal,
        (outcome, code, by_hand): (&'static str, Option<u8>, bool),
        told: Particulars,
    ) {
        let message = |key: &str| {
            Message::new(key)
                .with("change", &self.place.id)
                .with("outcome", self.output.wording.word("outcome", outcome))
                .with(
                    "code",
                    code.map_or_else(|| "-".to_owned(), |code| code.to_string()),
                )
        };
        match self.record_end(outcome, by_hand, told).await {
            Ok(Recorded::Sealed(record)) => {
                journal.end();
                let key = if code.is_some() {
                    "exec-ended"
                } else {
                    "exec-not-run"
                };
                self.output.tell(&message(key).with("seq", record.seq));
            }
            Ok(Recorded::Waits(number)) => {
                journal.end();
                self.output
                    .tell(&message("exec-ended-waits").with("number", number));
            }
            Err(stop) => {
                journal.leave();
                let detail = self.output.say(&view::stop_message(&stop));
                let said = message("exec-unrecorded").with("detail", detail);
                self.output.tell(&said.with("word", outcome));
            }
        }
    }

    async fn record_end(
        &self,
        outcome: &str,
        by_hand: bool,
        mut told: Particulars,
    ) -> Result<Recorded, Stop> {
        // Opened anew: the command took its time, and the end is recorded when it is.
        let wiring = open_quietly(self.global, self.output, Access::Late).await?;
        let took = wiring.now.as_second().saturating_sub(self.wiring.now.as_second());
        told.said.insert("seconds".to_owned(), took.max(0).into());
        let finishing = Finishing {
            outcome: outcome.to_owned(),
            particulars: told,
            ..Finishing::default()
        };
        let spool = wiring.spool();
        let actor = self.place.acting.actor();
        let finished = usecases::finish(wiring.ports(), actor, &self.place.id, finishing, &spool).await?;
        if matches!(finished.recorded, Recorded::Sealed(_)) {
            wiring.remember().await?;
            if !by_hand {
                noted::leave(self.output, &wiring, &self.place.asked.head, &[]).await;
            }
        }
        Ok(finished.recorded)
    }
}

/// A command that somebody stopped was not carried out, whatever it says itself.
fn outcome(ran: &Ran) -> &'static str {
    match (ran.cancelled, ran.code) {
        (Some(_), _) => "aborted",
        (None, 0) => "success",
        (None, _) => "failed",
    }
}

fn fields<const N: usize>(all: [(&str, Value); N]) -> Map<String, Value> {
    all.into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
