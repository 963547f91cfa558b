//! The arguments of `sekisho log`.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(super) struct LogArgs {
    #[command(subcommand)]
    pub command: LogCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum LogCommand {
    Prepare(LogPrepareArgs),
}

#[derive(Debug, Args)]
pub(super) struct LogPrepareArgs {}
