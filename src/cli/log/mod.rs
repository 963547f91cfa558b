//! `sekisho log`: the store itself.

mod export;
mod import;
mod moving;
mod prove;
mod redact;

use super::args::{Global, LogArgs};
use super::args_log::LogCommand;
use super::exit::{Ended, Failure};
use super::output::Output;

/// Dispatches.
pub(super) async fn run(global: &Global, output: &Output, args: LogArgs) -> Result<Ended, Failure> {
    match args.command {
        LogCommand::Export(args) => export::run(global, output, &args).await,
        LogCommand::Import(args) => import::run(global, output, &args).await,
        LogCommand::Move(args) => moving::run(global, output, &args).await,
        LogCommand::Prove(args) => prove::run(global, output, &args).await,
        LogCommand::Redact(args) => redact::run(global, output, &args).await,
    }
}
