//! What the commands about the log itself and its keys are given.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::args::Format;

#[derive(Debug, Args)]
pub(super) struct KeyArgs {
    #[command(subcommand)]
    pub command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    Revoke(KeyRevokeArgs),
    Fetch(KeyFetchArgs),
}

#[derive(Debug, Args)]
pub(super) struct KeyFetchArgs {
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct KeyRevokeArgs {
    #[arg(value_name = "FINGERPRINT")]
    pub fingerprint: String,
    #[arg(long)]
    pub reason: String,
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
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
    Export(ExportArgs),
    Import(ImportArgs),
    Move(MoveArgs),
    Prepare(LogPrepareArgs),
    Prove(ProveArgs),
    Redact(RedactArgs),
    Sync(LogSyncArgs),
}

#[derive(Debug, Args)]
pub(super) struct LogPrepareArgs {}

#[derive(Debug, Args)]
pub(super) struct LogSyncArgs {
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct MoveArgs {
    #[arg(long, value_name = "PLACE")]
    pub to: String,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ProveArgs {
    #[arg(value_name = "RECORD")]
    pub record: u64,
}

#[derive(Debug, Args)]
pub(super) struct RedactArgs {
    #[arg(value_name = "DOCUMENT|CHANGE")]
    pub target: String,
    #[arg(long, value_parser = ["personal-data", "secret", "legal"])]
    pub basis: String,
    #[arg(long)]
    pub reason: String,
    #[arg(long, value_name = "PERSON")]
    pub requested_by: Option<String>,
    #[arg(long)]
    pub rewrite: bool,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
}
