//! `sekisho log export`: the log as a folder of plain files.

use sekisho::change::{Digest, Message};
use sekisho::ledger::Options;
use sekisho::store::write_bundle;
use sekisho::usecases::{Stop, verify};

use crate::cli::args::Global;
use crate::cli::args_log::ExportArgs;
use crate::cli::exit::{Ended, Failure};
use crate::cli::gate::open;
use crate::cli::output::Output;
use crate::wire::Access;

/// Verifies the log and writes it out.
pub(super) async fn run(global: &Global, output: &Output, args: &ExportArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let ports = wiring.ports();
    let options = Options {
        remembered: ports.remembered.to_vec(),
        ..Options::default()
    };
    let report = verify(ports.into(), options, Vec::new()).await?;
    if !report.is_intact() {
        // What does not verify is shown by `verify`, not handed on under a fresh checkpoint.
        return Err(Stop::Broken(Box::new(report)));
    }
    if report.head.size == 0 {
        return Err(Stop::unavailable("error-empty-log"));
    }
    let bundled = write_bundle(ports.ledger, &args.folder, ports.progress).await?;
    output.print(
        &Message::new("log-exported")
            .with("folder", args.folder.display())
            .with("size", bundled.checkpoint.size)
            .with("documents", bundled.documents)
            .with("root", Digest::from_bytes(bundled.checkpoint.root).hex()),
    );
    output.tell(&Message::new("log-exported-next").with("folder", args.folder.display()));
    Ok(Ended::done())
}
