//! What `rollback` and `freeze` are given.

use std::ffi::OsString;

use clap::Args;

use super::args::Format;

#[derive(Debug, Args)]
pub(super) struct RollbackArgs {
    #[arg(value_name = "CHANGE")]
    pub change: String,
    #[arg(long, conflicts_with_all = ["criterion", "decided_by", "no_go", "done", "failed", "command"])]
    pub show: bool,
    #[arg(long, value_name = "NUMBER|OBSERVATION")]
    pub criterion: Vec<String>,
    #[arg(long, value_name = "PERSON", requires_all = ["channel", "evidence"])]
    pub decided_by: Option<String>,
    #[arg(long, value_parser = ["phone", "mail", "chat", "meeting", "letter"])]
    pub channel: Option<String>,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub not_reached: Vec<String>,
    #[arg(long, conflicts_with_all = ["failed", "command"])]
    pub done: bool,
    #[arg(long, conflicts_with = "command")]
    pub failed: bool,
    #[arg(long, requires = "reason", conflicts_with_all = ["criterion", "not_reached", "done", "failed", "command"])]
    pub no_go: bool,
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[arg(last = true, value_name = "STEP")]
    pub command: Vec<OsString>,
}

#[derive(Debug, Args)]
pub(super) struct FreezeArgs {
    #[arg(
        long,
        value_name = "DURATION",
        num_args = 0..=1,
        default_missing_value = "90d",
        conflicts_with_all = ["from", "until", "kind", "area", "owner", "reason", "long", "lift"]
    )]
    pub calendar: Option<String>,
    #[arg(long, value_name = "TIME", requires = "until")]
    pub from: Option<String>,
    #[arg(long, value_name = "TIME|DURATION", requires = "reason")]
    pub until: Option<String>,
    #[arg(long, value_parser = ["hard", "soft"], requires = "until")]
    pub kind: Option<String>,
    #[arg(long, value_name = "AREA", requires = "until")]
    pub area: Vec<String>,
    #[arg(long)]
    pub service: Vec<String>,
    #[arg(long, value_name = "PERSON", requires = "until")]
    pub owner: Option<String>,
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(long, requires = "until")]
    pub long: bool,
    #[arg(long, value_name = "ID", requires = "reason",
        conflicts_with_all = ["from", "until", "kind", "area", "service", "owner", "long"])]
    pub lift: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
