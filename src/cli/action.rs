//! `sekisho action`: gate, run, finish and check for a job of GitHub Actions. Every judgement is that
//! of the command of the same name.

mod comment;
mod inputs;
mod job;
mod told;
pub(super) mod wrap;

use std::io::Write as _;
use std::process::ExitCode;

use sekisho::change::{ChangeId, Message, Moment};
use sekisho::config::Config;
use sekisho::policy::Word;
use sekisho::ports::Repository as _;
use sekisho::usecases::{self, Finishing, LogView, Recorded, Starting, Stop};
use tempfile::TempPath;

use super::actor::{self, Acting};
use super::args::{ActionArgs, CheckArgs, FindingsFormat, FinishArgs, GateArgs, Global};
use super::exit::{Ended, Failure};
use super::gate::{self, Gated};
use super::output::Output;
use super::{check, exit, noted, start};
use crate::wire::{Access, Wiring};
use inputs::{Inputs, Verb};
pub(super) use job::Job;
use wrap::{Deploy, Ran};

/// Does what the inputs ask for.
pub(super) async fn run(global: &Global, output: &Output, args: &ActionArgs) -> Result<Ended, Failure> {
    let output = output.for_job();
    let done = match Inputs::read() {
        Ok(inputs) => {
            let summary = inputs.summary;
            asked(global, &output, args, inputs)
                .await
                .map_err(|stop| (stop, summary))
        }
        Err(stop) => Err((stop, true)),
    };
    Ok(done.unwrap_or_else(|(stop, summary)| {
        told::stopped(&output, &stop, summary);
        Ended(exit::stopped(&output, &stop))
    }))
}

async fn asked(global: &Global, output: &Output, args: &ActionArgs, inputs: Inputs) -> Result<Ended, Stop> {
    let key = inputs.signing_key.as_deref().map(key_file).transpose()?;
    let global = Global {
        lang: global.lang.clone(),
        directory: inputs.directory.clone().or_else(|| global.directory.clone()),
        log: inputs.log.clone().or_else(|| global.log.clone()),
        against: global.against.clone(),
        key: key
            .as_ref()
            .map(|key| key.to_path_buf())
            .or_else(|| global.key.clone()),
    };
    let job = Job::read()?;
    job.refuse_proposals(&inputs)?;
    let asking = Asking {
        global,
        output,
        inputs,
        job,
    };
    match asking.inputs.verb {
        Verb::Check => asking.check().await,
        Verb::Gate => asking.gate().await,
        Verb::Run => asking.run(args).await,
        Verb::Finish => asking.finish().await,
    }
}

/// One call of the Action.
struct Asking<'o> {
    global: Global,
    output: &'o Output,
    inputs: Inputs,
    job: Job,
}

impl Asking<'_> {
    /// Who started this attempt, once it is clear that log and job belong together.
    fn who(&self, wiring: &Wiring, log: &LogView, config: &Config) -> Result<Acting, Stop> {
        self.job.refuse_other_log(log, self.inputs.genesis.as_deref())?;
        let day = config
            .calendar
            .day(Moment::new(wiring.now, &config.calendar.zone));
        let person = self.job.person(config, &day)?;
        actor::known(wiring, log, config, person, self.global.key.as_deref())
    }

    /// What would be deployed is what is judged.
    fn refuse_other_commit(&self, wiring: &Wiring) -> Result<(), Stop> {
        let here = wiring.repository.resolve("HEAD")?;
        let head = wiring.repository.resolve(&self.inputs.head)?;
        if self.inputs.verb != Verb::Run || here == head {
            return Ok(());
        }
        Err(Stop::Request(
            Message::new("action-other-commit")
                .with("here", here.get(..12).unwrap_or(&here))
                .with("head", head.get(..12).unwrap_or(&head)),
        ))
    }

    async fn check(&self) -> Result<Ended, Stop> {
        let args = CheckArgs {
            files: Vec::new(),
            staged: false,
            at: None,
            explain: None,
            environment: self.inputs.environment.clone(),
            service: self.inputs.service.clone(),
            head: self.inputs.head.clone(),
            format: FindingsFormat::Text,
            proposal: self.job.proposal(),
        };
        let looked = check::look(&self.global, self.output, &args).await?;
        if let Some(found) = &looked.found {
            let page = told::check(self.output, found, self.inputs.summary)?;
            if let Some(number) = self.job.proposal().filter(|_| self.inputs.comment) {
                comment::keep(self.output, &found.wiring, number, &page).await;
            }
        }
        Ok(looked.ended)
    }

    async fn decided(&self) -> Result<Gated, Stop> {
        let args = GateArgs {
            environment: self.inputs.environment.clone(),
            service: self.inputs.service.clone(),
            head: self.inputs.head.clone(),
            base: self.inputs.base.clone(),
            rollback_of: self.inputs.rollback_of.clone(),
            run: None,
            dossier: None,
            save_dossier: None,
            format: FindingsFormat::Text,
            disregarded: self.inputs.disregarded.clone(),
        };
        let who = |wiring: &Wiring, log: &LogView, config: &Config| {
            self.refuse_other_commit(wiring)?;
            self.who(wiring, log, config)
        };
        gate::decide(&self.global, self.output, &args, &who).await
    }

    async fn gate(&self) -> Result<Ended, Stop> {
        let gated = self.decided().await?;
        told::decision(self.output, &gated, self.inputs.summary).await?;
        Ok(if passed(&gated) {
            Ended::done()
        } else {
            Ended::denied()
        })
    }

    async fn run(&self, args: &ActionArgs) -> Result<Ended, Stop> {
        let deploy = Deploy::prepare(&args.cmd, self.inputs.script.as_deref())?;
        let gated = self.decided().await?;
        told::decision(self.output, &gated, self.inputs.summary).await?;
        if !passed(&gated) {
            return Ok(Ended::denied());
        }
        let changes = usecases::let_pass(gated.wiring.ports(), &gated.judged).await?;
        let change = changes.into_iter().next().map(|(id, _)| id);
        let putting_back = gated.asked.rollback_of.is_some();
        if let Some(called_off) = deploy.called_off() {
            if let Some(change) = &change {
                self.ended(&gated, change, Some(called_off), putting_back).await;
            }
            return Ok(Ended(ExitCode::from(called_off.code)));
        }
        if let Some(change) = change.as_ref().filter(|_| !putting_back) {
            let ports = gated.wiring.ports();
            let started = usecases::start(
                ports,
                gated.acting.actor(),
                &gated.asked,
                change,
                Starting::default(),
            )
            .await?;
            gated.wiring.remember().await?;
            if started.record.is_none() {
                return Ok(Ended::denied());
            }
        }
        let token = told::secret(&gated);
        // What the deploy prints is passed on as it is, and is no command to the runner.
        self.output.command(&format!("::stop-commands::{token}"));
        let ran = deploy.run();
        self.output.command(&format!("\n::{token}::"));
        let code = ran.as_ref().map_or(126, |ran| ran.code);
        if let Some(change) = &change {
            self.ended(&gated, change, ran.as_ref().ok().copied(), putting_back)
                .await;
        }
        ran?;
        Ok(Ended(ExitCode::from(code)))
    }

    /// Records the end, at the time of the end. What cannot be recorded is said; the deploy's own exit
    /// code stays what it is.
    async fn ended(&self, gated: &Gated, change: &ChangeId, ran: Option<Ran>, putting_back: bool) {
        let (outcome, note) = match ran {
            None => ("aborted", "not started".to_owned()),
            Some(Ran {
                cancelled: Some(signal),
                code,
            }) => ("aborted", format!("signal {signal}, exit code {code}")),
            Some(Ran { code: 0, .. }) if putting_back => ("rolled_back", "exit code 0".to_owned()),
            Some(Ran { code: 0, .. }) => ("success", "exit code 0".to_owned()),
            Some(Ran { code, .. }) => ("failed", format!("exit code {code}")),
        };
        if putting_back && outcome != "rolled_back" {
            told::warn(
                self.output,
                &Message::new("action-not-put-back").with("change", change),
            );
            return;
        }
        let finishing = Finishing {
            outcome: outcome.to_owned(),
            evidence: Some(note.into_bytes()),
            ..Finishing::default()
        };
        match self.record_end(gated, change, finishing).await {
            Ok(Recorded::Waits(number)) => {
                told::warn(self.output, &Message::new("spool-kept").with("number", number));
            }
            Ok(Recorded::Sealed(record)) => self.output.tell(
                &Message::new("finish-done")
                    .with("change", change)
                    .with("outcome", self.output.wording.word("outcome", outcome))
                    .with("seq", record.seq),
            ),
            Err(stop) => told::warn(
                self.output,
                &Message::new("action-end-unrecorded")
                    .with("change", change)
                    .with("outcome", outcome)
                    .with("detail", self.output.say(&super::view::stop_message(&stop))),
            ),
        }
    }

    async fn record_end(
        &self,
        gated: &Gated,
        change: &ChangeId,
        finishing: Finishing,
    ) -> Result<Recorded, Stop> {
        // Opened anew: the deploy took its time, and the end is recorded when it is.
        let wiring = gate::open(&self.global, self.output, Access::Write).await?;
        let spool = wiring.spool();
        let finished =
            usecases::finish(wiring.ports(), gated.acting.actor(), change, finishing, &spool).await?;
        if matches!(finished.recorded, Recorded::Sealed(_)) {
            wiring.remember().await?;
            noted::leave(self.output, &wiring, &gated.asked.head, &[]).await;
        }
        Ok(finished.recorded)
    }

    async fn finish(&self) -> Result<Ended, Stop> {
        let changes = self.inputs.change.as_deref().unwrap_or_default();
        // One decision carried them all, and has one end.
        let change = changes.split(',').next().unwrap_or_default().trim();
        let (false, Some(outcome)) = (change.is_empty(), &self.inputs.outcome) else {
            return Err(Stop::request("action-finish-needs"));
        };
        let args = FinishArgs {
            change: change.to_owned(),
            outcome: outcome.clone(),
            back_to: None,
            evidence: None,
            deviation: self.inputs.deviation.clone(),
            after: Vec::new(),
            keep: false,
        };
        let who = |wiring: &Wiring, log: &LogView, config: &Config| self.who(wiring, log, config);
        start::finish_as(&self.global, self.output, &args, &who).await
    }
}

fn passed(gated: &Gated) -> bool {
    gated.judged.decision.word != Word::Deny && gated.fallen.is_none()
}

/// The key in a file that only this user reads; it goes when the command ends.
fn key_file(text: &str) -> Result<TempPath, Stop> {
    let failed = |error: std::io::Error| Stop::Request(Message::new("error-key").with("detail", error));
    let mut file = tempfile::Builder::new().tempfile().map_err(failed)?;
    writeln!(file, "{text}").map_err(failed)?;
    Ok(file.into_temp_path())
}
