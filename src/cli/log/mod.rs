//! `sekisho log`: the store itself.

mod prepare;

use super::args_log::{LogArgs, LogCommand};
use super::exit::{Ended, Failure};
use super::output::Output;

/// Dispatches.
pub(super) async fn run(output: &Output, args: LogArgs) -> Result<Ended, Failure> {
    match args.command {
        LogCommand::Prepare(args) => prepare::run(output, &args).await,
    }
}
