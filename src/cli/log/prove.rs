//! `sekisho log prove`: one record for somebody who has nothing else.

use sekisho::change::Message;
use sekisho::ledger::{Checkpoint, Options, TlogProof, leaf, prove_inclusion};
use sekisho::usecases::{Stop, verify};

use crate::cli::args::Global;
use crate::cli::args_log::ProveArgs;
use crate::cli::exit::{Ended, Failure};
use crate::cli::gate::open;
use crate::cli::output::Output;
use crate::wire::Access;

/// How many records are read at once.
const PAGE: u64 = 1_000;

/// Prints the proof; its file ends in `.tlog-proof`.
pub(super) async fn run(global: &Global, output: &Output, args: &ProveArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let ports = wiring.ports();
    let report = verify(ports.into(), Options::default(), Vec::new()).await?;
    if !report.is_intact() {
        return Err(Stop::Broken(Box::new(report)));
    }
    let mut leaves = Vec::new();
    while (leaves.len() as u64) < report.head.size {
        let from = leaves.len() as u64;
        let page = ports
            .ledger
            .range(from, from.saturating_add(PAGE).min(report.head.size))
            .await?;
        if page.is_empty() {
            return Err(Stop::unavailable("error-log-busy"));
        }
        leaves.extend(page.iter().map(|sealed| leaf(&sealed.bytes)));
    }
    let Some(hashes) = prove_inclusion(&leaves, args.record) else {
        let what = format!("#{}", args.record);
        return Err(Stop::Request(
            Message::new("error-show-unknown").with("what", what),
        ));
    };
    let checkpoint = Checkpoint {
        origin: report.origin.unwrap_or_default(),
        size: report.head.size,
        root: report.tree.root(),
    };
    let proof = TlogProof {
        index: args.record,
        hashes,
        checkpoint: checkpoint.note(),
    };
    // The file has its own end: a line more would be another file.
    output.data(&proof.to_string());
    Ok(Ended::done())
}
