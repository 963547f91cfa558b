//! `sekisho start` and `sekisho finish`: what was carried out, and how it ended.

use sekisho::change::{ChangeId, EnvironmentKey, Message, PersonKey};
use sekisho::dossier::Change;
use sekisho::policy::Word;
use sekisho::ports::Repository as _;
use sekisho::usecases::{
    self, Asked, Checking, Finishing, InForce, Judged, LogView, Recorded, Starting, Stop,
};

use super::actor::Acting;
use super::args::{FinishArgs, Global, StartArgs};
use super::exec::journal;
use super::exit::{Ended, Failure};
use super::gate::{Who, authorised, change_id, checkpoint, open, run_of};
use super::output::Output;
use super::{actor, evidence, files, noted, view};
use crate::wire::{Access, Wiring};

/// Records the start; work by hand is judged first.
pub(super) async fn start(global: &Global, output: &Output, args: &StartArgs) -> Result<Ended, Failure> {
    let id = change_id(&args.change)?;
    let wiring = open(global, output, Access::Write).await?;
    let (log, service, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let asked = Asked {
        service,
        environment: EnvironmentKey::from(args.environment.as_str()),
        head: wiring.repository.resolve("HEAD")?,
        base: None,
        actor: acting.person().clone(),
        run: run_of(None, &wiring)?,
        rollback_of: None,
    };
    if args.go {
        return go(output, &wiring, &acting, (&log, &rules), (&asked, &id), args).await;
    }
    let starting = Starting {
        particulars: evidence::of_files("before", &args.before, args.keep)?,
        ..Starting::default()
    };
    let started = usecases::start(wiring.ports(), acting.actor(), &asked, &id, starting).await?;
    wiring.remember().await?;
    if let Some(judged) = &started.judged {
        let checkpoint = checkpoint(&wiring, &judged.log).await?;
        output.data(&view::decision(output, judged, Some(checkpoint)));
        if judged.decision.word == Word::Deny {
            if beside_files(judged) {
                output.tell(&Message::new("start-beside-files").with("change", &id));
            }
            return Ok(Ended::denied());
        }
    }
    if let Some(record) = &started.record {
        output.tell(
            &Message::new("start-done")
                .with("change", &id)
                .with("seq", record.seq),
        );
    }
    Ok(Ended::done())
}

/// Records the decider's go.
async fn go(
    output: &Output,
    wiring: &Wiring,
    acting: &Acting,
    (log, rules): (&LogView, &InForce),
    (asked, id): (&Asked, &ChangeId),
    args: &StartArgs,
) -> Result<Ended, Failure> {
    let evidence = args.evidence.as_deref().map(files::evidence).transpose()?;
    let checking = Checking {
        decider: args.decided_by.as_deref().map(PersonKey::from),
        via: args.channel.clone(),
        evidence: evidence.map(|evidence| evidence.bytes),
        reason: None,
    };
    let (record, running) = usecases::say_go(
        wiring.ports(),
        acting.actor(),
        (log, rules),
        (asked, id),
        &checking,
    )
    .await?;
    wiring.remember().await?;
    let key = if running { "go-no-return" } else { "go-done" };
    output.print(&Message::new(key).with("change", id).with("seq", record.seq));
    Ok(Ended::done())
}

/// Whether somebody approved other content of a change that does not say itself that people carry it
/// out: then the files committed beside the declaration may be all that differs.
fn beside_files(judged: &Judged) -> bool {
    let unsaid = |change: &Change| change.derived_fields.iter().any(|field| field == "delivery");
    let changes = judged.collected.dossier.changes.iter();
    let mut unsure = changes.filter(|change| change.units.is_empty() && unsaid(change));
    unsure.any(|change| !change.facts.approvals_of_other_content.is_empty())
}

/// Records the end.
pub(super) async fn finish(global: &Global, output: &Output, args: &FinishArgs) -> Result<Ended, Failure> {
    finish_as(global, output, args, &|wiring, log, config| {
        actor::find_in_job(wiring, log, config, global)
    })
    .await
}

/// Records the end as whom `who` finds.
pub(super) async fn finish_as(
    global: &Global,
    output: &Output,
    args: &FinishArgs,
    who: Who<'_>,
) -> Result<Ended, Failure> {
    let id = change_id(&args.change)?;
    let wiring = open(global, output, Access::Late).await?;
    let log = usecases::read_log(wiring.ports()).await?;
    let (service, environment, commit) = match log.standing.to_finish(&id) {
        Some(verdict) => (
            verdict.service.to_string(),
            verdict.environment.to_string(),
            verdict.head.clone(),
        ),
        None => {
            return Err(usecases::Stop::Request(
                Message::new("error-never-passed").with("change", &id),
            ));
        }
    };
    let (log, _, rules) = authorised(&wiring, Some(&service), &environment).await?;
    let acting = who(&wiring, &log, &rules.config)?;
    let mut particulars = evidence::of_files("after", &args.after, args.keep)?;
    let left = journal::left_of(&wiring, &id);
    if let Some(left) = &left {
        // Of what was cut short, the record says so.
        let cut = left
            .outcome
            .is_none()
            .then(|| ("interrupted".to_owned(), true.into()));
        particulars.said.extend(left.said.clone());
        particulars.said.extend(cut);
    }
    let finishing = Finishing {
        outcome: args.outcome.clone(),
        back_to: args
            .back_to
            .as_deref()
            .map(|to| wiring.repository.resolve(to))
            .transpose()?,
        evidence: args
            .evidence
            .as_deref()
            .map(files::evidence)
            .transpose()?
            .map(|e| e.bytes),
        deviation: args.deviation.clone(),
        particulars,
    };
    let spool = wiring.spool();
    let finished = usecases::finish(wiring.ports(), acting.actor(), &id, finishing, &spool).await;
    let known =
        |stop: &Stop| matches!(stop, Stop::Request(message) if message.key == "error-already-finished");
    if finished.is_ok() || finished.as_ref().is_err_and(known) {
        journal::settle(&wiring, &id);
    }
    let finished = finished?;
    let record = match &finished.recorded {
        Recorded::Sealed(record) => record,
        Recorded::Waits(number) => {
            output.tell(&Message::new("spool-kept").with("number", number));
            return Ok(Ended::waits());
        }
    };
    wiring.remember().await?;
    if let Some(commit) = &commit {
        noted::leave(output, &wiring, commit, &[]).await;
    }
    let outcome = output.wording.word("outcome", &args.outcome);
    output.print(
        &Message::new("finish-done")
            .with("change", &id)
            .with("outcome", outcome)
            .with("seq", record.seq),
    );
    if let Some(back_to) = &finished.back_to {
        output.tell(&Message::new("finish-back-to").with("commit", back_to.get(..12).unwrap_or(back_to)));
    }
    Ok(Ended::done())
}
