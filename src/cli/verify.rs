//! `sekisho verify`: reads and checks the whole log, from its first record.

use std::path::Path;

use sekisho::change::Message;
use sekisho::ledger::{Damage, DamageKind, Options, Report};
use sekisho::ports::StoreError;
use sekisho::sign::signatures_by;
use sekisho::store::BundleLedger;
use sekisho::usecases::{Replay, Source, Stop, replay, verify};

use super::against::receipts;
use super::args::{Global, VerifyArgs};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::view;
use crate::wire::{Access, verifiers};

/// Verifies and prints; 4 when something is wrong.
pub(super) async fn run(global: &Global, output: &Output, args: &VerifyArgs) -> Result<Ended, Failure> {
    let against = receipts(global)?;
    if let Some(folder) = &args.bundle {
        let options = Options {
            against,
            ..Options::default()
        };
        let (ledger, mut report) = bundle(output, folder, options).await?;
        let (progress, verifier) = (view::progress(output.lively), verifiers());
        let source = Source {
            ledger: &ledger,
            verifier: &verifier,
            progress: progress.as_ref(),
        };
        let replayed = replayed(source, args, &mut report).await?;
        let mut notes = view::replay_notes(replayed.as_ref());
        if global.against.is_empty() && !vouched_for(&ledger)? {
            notes.push(Message::new("note-bundle-unsigned"));
        }
        return Ok(shown(output, &report, notes));
    }
    let wiring = open(global, output, Access::Read).await?;
    let ports = wiring.ports();
    let options = Options {
        remembered: ports.remembered.to_vec(),
        against,
        now: Some(ports.now.as_second()),
        ..Options::default()
    };
    let mut report = verify(ports.into(), options, Vec::new()).await?;
    if report.head.size == 0 && report.is_intact() {
        return Err(Stop::unavailable("error-empty-log"));
    }
    let whole = report.is_intact();
    let replayed = replayed(ports.into(), args, &mut report).await?;
    if whole {
        wiring.remember().await?;
    }
    Ok(shown(output, &report, view::replay_notes(replayed.as_ref())))
}

fn shown(output: &Output, report: &Report, notes: Vec<Message>) -> Ended {
    output.data(&view::verify(output, report, notes));
    if report.is_intact() {
        Ended::done()
    } else {
        Ended::broken()
    }
}

/// Whether somebody has signed the checkpoint with a key that lies beside it.
fn vouched_for(ledger: &BundleLedger) -> Result<bool, Stop> {
    let Ok((note, _)) = ledger.checkpoint()? else {
        return Ok(false);
    };
    let keys = ledger.keys()?;
    Ok(keys
        .iter()
        .any(|key| signatures_by(key, &note).is_some_and(|good| good > 0)))
}

/// Decisions are judged again only in a log that is whole: in any other their cases prove nothing.
async fn replayed(
    source: Source<'_>,
    args: &VerifyArgs,
    report: &mut Report,
) -> Result<Option<Replay>, Stop> {
    if !args.replay || !report.is_intact() {
        return Ok(None);
    }
    let replayed = replay(source).await?;
    report.damages.extend(replayed.damages.iter().cloned());
    Ok(Some(replayed))
}

/// Verifies a bundle against its own checkpoint and whatever else is asked.
pub(super) async fn bundle(
    output: &Output,
    folder: &Path,
    mut options: Options,
) -> Result<(BundleLedger, Report), Stop> {
    let missing = |error| match error {
        StoreError::Missing(place) => Stop::Unavailable(Message::new("error-no-bundle").with("place", place)),
        other => other.into(),
    };
    let ledger = BundleLedger::open(folder).map_err(missing)?;
    let mut around = ledger.damages()?;
    if let Ok((note, receipt)) = ledger.checkpoint()? {
        options.against.push(receipt);
        for key in ledger.keys()? {
            if signatures_by(&key, &note).is_none() {
                let kind = DamageKind::CheckpointForged;
                around.push(Damage::around(kind, kind.message().with("name", &key.name)));
            }
        }
    }
    let progress = view::progress(output.lively);
    let verifier = verifiers();
    let source = Source {
        ledger: &ledger,
        verifier: &verifier,
        progress: progress.as_ref(),
    };
    let report = verify(source, options, around).await?;
    Ok((ledger, report))
}
