//! `sekisho log import`: a bundle into a log that is not there yet.

use sekisho::change::Message;
use sekisho::ledger::Options;
use sekisho::usecases::{Source, Stop, transfer};

use crate::cli::args::Global;
use crate::cli::args_log::ImportArgs;
use crate::cli::exit::{Ended, Failure};
use crate::cli::gate::open;
use crate::cli::output::Output;
use crate::cli::verify::bundle;
use crate::cli::view;
use crate::wire::Access;

/// Verifies the bundle, copies it byte for byte, and verifies the copy.
pub(super) async fn run(global: &Global, output: &Output, args: &ImportArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    if wiring.ports().ledger.head().await?.size > 0 {
        return Err(Stop::request("error-import-taken"));
    }
    // What this clone remembers of a log that is gone holds for whatever takes its place.
    let options = Options {
        remembered: wiring.ports().remembered.to_vec(),
        ..Options::default()
    };
    let (ledger, report) = bundle(output, &args.folder, options).await?;
    if !report.is_intact() {
        return Err(Stop::Broken(Box::new(report)));
    }
    let wiring = open(global, output, Access::Create).await?;
    let ports = wiring.ports();
    let progress = view::progress(output.lively);
    let from = Source {
        ledger: &ledger,
        verifier: ports.verifier,
        progress: progress.as_ref(),
    };
    let done = transfer(from, ports.ledger, report.head.size).await?;
    wiring.keep_place()?;
    wiring.remember().await?;
    output.print(
        &Message::new("log-imported")
            .with("size", done.head.size)
            .with("place", wiring.shown_place()),
    );
    Ok(Ended::done())
}
