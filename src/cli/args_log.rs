//! What the commands about the log itself and its keys are given.

use clap::{Args, Subcommand};

use super::args::Format;

#[derive(Debug, Args)]
pub(super) struct KeyArgs {
    #[command(subcommand)]
    pub command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    Revoke(KeyRevokeArgs),
}

#[derive(Debug, Args)]
pub(super) struct KeyRevokeArgs {
    #[arg(value_name = "FINGERPRINT")]
    pub fingerprint: String,
    #[arg(long)]
    pub reason: String,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct LogArgs {
    #[command(subcommand)]
    pub command: LogCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum LogCommand {
    Prepare(LogPrepareArgs),
    Sync(LogSyncArgs),
}

#[derive(Debug, Args)]
pub(super) struct LogPrepareArgs {}

#[derive(Debug, Args)]
pub(super) struct LogSyncArgs {
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
