//! The clap root. The help texts are in `locales/*/help.ftl`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use super::args_emergency::{
    AckArgs, CallArgs, CompleteArgs, DoneArgs, DueArgs, EmergencyArgs, EmergencyCommand, EndArgs, ExtendArgs,
    ReviewArgs, StatusArgs, ToldArgs,
};
pub(super) use super::args_first::{ActionArgs, DeclareArgs, InitArgs};
pub(super) use super::args_log::{KeyArgs, KeyCommand, KeyFetchArgs, KeyRevokeArgs, LogArgs, LogCommand};
pub(super) use super::args_rollback::{FreezeArgs, RollbackArgs};
pub(super) use super::args_work::{ExecArgs, FinishArgs, StartArgs};

/// Change management for production: no deploy without an executor, an approver and a rollback plan.
#[derive(Debug, Parser)]
#[command(
    name = "sekisho",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// How the result is printed.
    pub(super) fn format(&self) -> Format {
        match &self.command {
            Command::Check(args) => args.format.into(),
            Command::Gate(args) => args.format.into(),
            Command::Due(args) => args.format,
            Command::Review(args) => args.format.unwrap_or_default(),
            Command::Freeze(args) => args.format,
            Command::Rollback(args) => args.format,
            Command::History(args) => args.format,
            Command::Show(args) => args.format,
            Command::Log(args) => match &args.command {
                LogCommand::Sync(args) => args.format,
                _ => Format::Text,
            },
            Command::Verify(args) => args.format,
            Command::Start(args) => args.format,
            Command::Policy(args) => match &args.command {
                PolicyCommand::List(args) => args.format,
                PolicyCommand::Test(args) => args.format,
            },
            _ => Format::Text,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Global {
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["ja", "en"])]
    pub lang: Option<String>,
    #[arg(short = 'C', long = "directory", global = true, value_name = "FOLDER",
        value_hint = clap::ValueHint::DirPath)]
    pub directory: Option<PathBuf>,
    #[arg(long, global = true, value_name = "PLACE")]
    pub log: Option<std::ffi::OsString>,
    #[arg(long, global = true, value_name = "CHECKPOINT|FILE", env = "SEKISHO_AGAINST")]
    pub against: Vec<String>,
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "SEKISHO_KEY",
        hide_env_values = true
    )]
    pub key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(InitArgs),
    Declare(Box<DeclareArgs>),
    Check(CheckArgs),
    Gate(GateArgs),
    Approve(ApproveArgs),
    Object(ApproveArgs),
    Emergency(Box<EmergencyArgs>),
    Rollback(Box<RollbackArgs>),
    Baseline(BaselineArgs),
    Start(StartArgs),
    Exec(ExecArgs),
    Finish(FinishArgs),
    Review(ReviewArgs),
    Due(DueArgs),
    Freeze(FreezeArgs),
    Grant(GrantArgs),
    Key(KeyArgs),
    History(HistoryArgs),
    Show(ShowArgs),
    Log(LogArgs),
    Verify(VerifyArgs),
    Policy(PolicyArgs),
    Demo(DemoArgs),
    Man(ManArgs),
    Completions(CompletionsArgs),
    Schema(SchemaArgs),
    Action(ActionArgs),
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(super) enum Format {
    // For people. Not a doc comment: clap would show it, in English, and only in the long help.
    #[default]
    Text,
    // For programs.
    Json,
    // For pull requests and job summaries.
    Markdown,
    // For code scanning: where findings are printed, so `FindingsFormat` offers it and this does not.
    #[value(skip)]
    Sarif,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(super) enum FindingsFormat {
    // For people
    #[default]
    Text,
    // For programs
    Json,
    // For pull requests and job summaries
    Markdown,
    // For code scanning and editors: SARIF 2.1.0
    Sarif,
}

impl From<FindingsFormat> for Format {
    fn from(format: FindingsFormat) -> Self {
        match format {
            FindingsFormat::Text => Self::Text,
            FindingsFormat::Json => Self::Json,
            FindingsFormat::Markdown => Self::Markdown,
            FindingsFormat::Sarif => Self::Sarif,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long, default_value = "HEAD", value_name = "REVISION")]
    pub head: String,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[arg(value_name = "FILE", conflicts_with_all = ["at", "explain"])]
    pub files: Vec<PathBuf>,
    #[arg(long, conflicts_with_all = ["files", "at", "explain", "head"])]
    pub staged: bool,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long, value_name = "RULE|KEY")]
    pub explain: Option<String>,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long, default_value = "HEAD", value_name = "REVISION")]
    pub head: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: FindingsFormat,
    #[arg(skip)]
    pub proposal: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct GateArgs {
    #[arg(long, short, default_value = "production")]
    pub environment: String,
    #[arg(long, short)]
    pub service: Option<String>,
    #[arg(long, default_value = "HEAD", value_name = "REVISION")]
    pub head: String,
    #[arg(long, value_name = "REVISION")]
    pub base: Option<String>,
    #[arg(long, value_name = "CHANGE")]
    pub rollback_of: Option<String>,
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
    #[arg(long, value_name = "FILE", conflicts_with_all =
        ["environment", "service", "head", "base", "rollback_of", "run", "save_dossier"])]
    pub dossier: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub save_dossier: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: FindingsFormat,
    #[arg(skip)]
    pub disregarded: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ApproveArgs {
    #[arg(value_name = "CHANGE|RANGE")]
    pub on: Option<String>,
    #[arg(long = "for", value_name = "PERSON", requires_all = ["channel", "evidence"])]
    pub on_behalf: Option<String>,
    #[arg(long, value_parser = ["phone", "mail", "chat", "meeting", "letter"])]
    pub channel: Option<String>,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(long)]
    pub withdraw: bool,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct GrantArgs {
    #[arg(value_name = "CODE")]
    pub code: String,
    #[arg(value_name = "CHANGE")]
    pub change: String,
    #[arg(long, required_unless_present = "withdraw")]
    pub reason: Option<String>,
    #[arg(long, value_name = "TIME|DURATION", required_unless_present = "withdraw")]
    pub until: Option<String>,
    #[arg(long, conflicts_with_all = ["reason", "until"])]
    pub withdraw: bool,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub service: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long)]
    pub environment: Option<String>,
    #[arg(long)]
    pub area: Option<String>,
    #[arg(long, value_name = "CHANGE")]
    pub change: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long = "type", value_name = "TYPE", value_parser = ["standard", "normal", "emergency"])]
    pub change_type: Option<String>,
    #[arg(long)]
    pub outcome: Option<String>,
    #[arg(long, value_name = "TIME|DURATION")]
    pub since: Option<String>,
    #[arg(long, value_name = "TIME|DURATION")]
    pub until: Option<String>,
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    #[arg(long, short = 'n', default_value_t = 50, value_name = "COUNT")]
    pub limit: u64,
    #[arg(long, value_name = "RECORD")]
    pub before: Option<u64>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    #[arg(value_name = "CHANGE|CODE|RECORD")]
    pub what: String,
    #[arg(long)]
    pub why: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    pub bundle: Option<PathBuf>,
    #[arg(long)]
    pub replay: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct PolicyArgs {
    #[command(subcommand)]
    pub command: PolicyCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    List(PolicyListArgs),
    Test(PolicyTestArgs),
}

#[derive(Debug, Args)]
pub(super) struct PolicyListArgs {
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct PolicyTestArgs {
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min_coverage: Option<u8>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    #[arg(long, value_name = "FOLDER")]
    pub keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    #[arg(value_parser = ["config", "declaration", "dossier", "decision", "check"], required_unless_present = "write")]
    pub document: Option<String>,
    #[arg(long, conflicts_with = "document")]
    pub write: bool,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}
