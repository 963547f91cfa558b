//! What the commands around carrying a change out are given.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use super::args::Format;

#[derive(Debug, Args)]
pub(super) struct StartArgs {
    #[arg(value_name = "CHANGE")]
    pub change: String,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub before: Vec<PathBuf>,
    #[arg(long, requires = "before")]
    pub keep: bool,
    #[arg(long)]
    pub go: bool,
    #[arg(long, value_name = "PERSON", requires_all = ["go", "channel", "evidence"])]
    pub decided_by: Option<String>,
    #[arg(long, value_parser = ["phone", "mail", "chat", "meeting", "letter"], requires = "go")]
    pub channel: Option<String>,
    #[arg(long, value_name = "NOTE|FILE", requires = "go")]
    pub evidence: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct FinishArgs {
    #[arg(value_name = "CHANGE")]
    pub change: String,
    #[arg(long, value_parser = ["success", "success_with_issues", "rolled_back", "failed", "aborted"])]
    pub outcome: String,
    #[arg(long, value_name = "REVISION")]
    pub back_to: Option<String>,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
    #[arg(long, value_name = "NOTE")]
    pub deviation: Option<String>,
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub after: Vec<PathBuf>,
    #[arg(long, requires = "after")]
    pub keep: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExecArgs {
    #[arg(value_name = "CHANGE")]
    pub change: Option<String>,
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub plan: Option<PathBuf>,
    #[arg(long)]
    pub keep_output: bool,
    #[arg(long)]
    pub environment: Option<String>,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(last = true, required = true, value_name = "CMD", value_hint = clap::ValueHint::CommandWithArguments)]
    pub cmd: Vec<OsString>,
}
