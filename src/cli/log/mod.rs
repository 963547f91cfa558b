//! `sekisho log`: the change log itself.

mod prepare;
mod sync;

use super::args::{Global, LogArgs, LogCommand};
use super::exit::{Ended, Failure};
use super::output::Output;

/// Runs the command below `log`.
pub(super) async fn run(global: &Global, output: &Output, args: &LogArgs) -> Result<Ended, Failure> {
    match &args.command {
        LogCommand::Prepare(args) => prepare::run(output, args).await,
        LogCommand::Sync(_) => sync::run(global, output).await,
    }
}
