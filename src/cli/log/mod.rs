//! `sekisho log`: the change log itself.

mod export;
mod import;
mod moving;
mod prepare;
mod prove;
mod redact;
mod sync;

use super::args::{Global, LogArgs, LogCommand};
use super::exit::{Ended, Failure};
use super::output::Output;

/// Runs the command below `log`.
pub(super) async fn run(global: &Global, output: &Output, args: &LogArgs) -> Result<Ended, Failure> {
    match &args.command {
        LogCommand::Export(args) => export::run(global, output, args).await,
        LogCommand::Import(args) => import::run(global, output, args).await,
        LogCommand::Move(args) => moving::run(global, output, args).await,
        LogCommand::Prepare(args) => prepare::run(output, args).await,
        LogCommand::Prove(args) => prove::run(global, output, args).await,
        LogCommand::Redact(args) => redact::run(global, output, args).await,
        LogCommand::Sync(_) => sync::run(global, output).await,
    }
}
