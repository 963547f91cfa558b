//! The arguments of `sekisho log`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

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
    Prove(ProveArgs),
    Redact(RedactArgs),
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
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
}
