//! The clap root. Help texts here are English; `locales/*/help.ftl` has the other languages.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Change management for production: no deploy without an executor, an approver and a rollback plan.
#[derive(Debug, Parser)]
#[command(name = "sekisho", version, propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// How the result is printed.
    pub fn format(&self) -> Format {
        match &self.command {
            Command::Check(args) => args.format,
            Command::Gate(args) => args.format,
            Command::History(args) => args.format,
            Command::Show(args) => args.format,
            Command::Verify(args) => args.format,
            Command::Start(args) => args.format,
            Command::Policy(PolicyArgs { command: PolicyCommand::Test(args) }) => args.format,
            _ => Format::Text,
        }
    }
}

#[derive(Debug, Args)]
pub struct Global {
    /// Language of everything people read: ja or en
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["ja", "en"])]
    pub lang: Option<String>,
    /// Run as if started in this folder
    #[arg(short = 'C', long = "directory", global = true, value_name = "FOLDER")]
    pub directory: Option<PathBuf>,
    /// The change log's file, instead of the one in the git folder
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// The SSH key to sign with (private or .pub file)
    #[arg(long, global = true, value_name = "FILE", env = "SEKISHO_KEY", hide_env_values = true)]
    pub key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a working sekisho.yml
    Init(InitArgs),
    /// Write a change declaration
    Declare(Box<DeclareArgs>),
    /// Check files, and say what the gate will ask for
    Check(CheckArgs),
    /// Decide whether a commit may be deployed, and record the decision
    Gate(GateArgs),
    /// Approve exactly this content
    Approve(ApproveArgs),
    /// Object to a change
    Object(ApproveArgs),
    /// Record the first authorised state
    Baseline(BaselineArgs),
    /// Record that a change is being carried out
    Start(StartArgs),
    /// Record how a change ended
    Finish(FinishArgs),
    /// List what happened
    History(HistoryArgs),
    /// Show one change, rule or record
    Show(ShowArgs),
    /// Check the whole change log
    Verify(VerifyArgs),
    /// Work on the rules
    Policy(PolicyArgs),
    /// Walk through a denied and a passed deploy in a throw-away repository
    Demo(DemoArgs),
    /// Print shell completions
    Completions(CompletionsArgs),
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For pull requests and job summaries
    Markdown,
}

#[derive(Debug, Args)]
pub struct InitArgs {
    /// Ask nothing; take what the repository says
    #[arg(long, short)]
    pub yes: bool,
    /// Who approves: "Name <address>"
    #[arg(long, value_name = "PERSON")]
    pub approver: Option<String>,
}

#[derive(Debug, Args)]
pub struct BaselineArgs {
    /// The environment
    #[arg(long, default_value = "production")]
    pub environment: String,
    /// The service, where the configuration names several
    #[arg(long)]
    pub service: Option<String>,
    /// The commit that runs there now
    #[arg(long, default_value = "HEAD", value_name = "REVISION")]
    pub head: String,
}

#[derive(Debug, Args)]
pub struct DeclareArgs {
    /// One line about the change
    #[arg(long)]
    pub title: String,
    /// Why it is made
    #[arg(long)]
    pub reason: String,
    /// An issue, an address or a CVE; may be repeated
    #[arg(long, required = true, value_name = "REFERENCE")]
    pub reference: Vec<String>,
    /// The sort of work: code, config, pricing, certificate, dns, …
    #[arg(long)]
    pub kind: Option<String>,
    /// Raise the risk: low, medium or high
    #[arg(long)]
    pub risk: Option<String>,
    /// The service
    #[arg(long)]
    pub service: Option<String>,
    /// The environment, where it is not production
    #[arg(long)]
    pub environment: Option<String>,
    /// What is touched, in words; may be repeated
    #[arg(long, value_name = "THING")]
    pub target: Vec<String>,
    /// Who carries it out
    #[arg(long, value_name = "PERSON")]
    pub executor: Option<String>,
    /// Who asks for it
    #[arg(long, value_name = "PERSON")]
    pub requester: Option<String>,
    /// Who approves; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub approver: Vec<String>,
    /// Who checks the result
    #[arg(long, value_name = "PERSON")]
    pub verifier: Option<String>,
    /// A rollback plan of sekisho.yml
    #[arg(long, value_name = "PLAN", conflicts_with_all = ["rollback_step"])]
    pub rollback: Option<String>,
    /// The way back: redeploy, revert, restore, disable, failover, forward_fix or none
    #[arg(long, value_name = "STRATEGY")]
    pub rollback_strategy: Option<String>,
    /// A step of the way back; may be repeated
    #[arg(long, value_name = "COMMAND")]
    pub rollback_step: Vec<String>,
    /// What has to be seen before going back; may be repeated
    #[arg(long, value_name = "OBSERVATION")]
    pub rollback_criterion: Vec<String>,
    /// Who decides to go back
    #[arg(long, value_name = "PERSON")]
    pub rollback_decider: Option<String>,
    /// How long going back takes: 8m
    #[arg(long, value_name = "DURATION")]
    pub rollback_duration: Option<String>,
    /// The earliest start: 2026-12-04T09:50
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    /// The latest end
    #[arg(long, value_name = "TIME")]
    pub end: Option<String>,
    /// The steps of the work: a path or an address
    #[arg(long, value_name = "PATH")]
    pub procedure: Option<String>,
    /// The file with the expected difference
    #[arg(long, value_name = "FILE")]
    pub plan: Option<String>,
    /// How the result is checked; may be repeated
    #[arg(long, value_name = "CHECK")]
    pub verify: Vec<String>,
    /// What has to be seen for it to be done
    #[arg(long, value_name = "RESULT")]
    pub done_when: Option<String>,
    /// Write it into the change log instead of a file, for a change without a pull request
    #[arg(long)]
    pub file: bool,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files to check; all declarations and sekisho.yml when none is given
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The environment
    #[arg(long, default_value = "production")]
    pub environment: String,
    /// The service, where there are several
    #[arg(long)]
    pub service: Option<String>,
    /// The commit whose deployment is looked at
    #[arg(long, default_value = "HEAD", value_name = "REVISION")]
    pub head: String,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct GateArgs {
    /// The environment
    #[arg(long, short, default_value = "production")]
    pub environment: String,
    /// The service, where there are several
    #[arg(long, short)]
    pub service: Option<String>,
    /// The commit to deploy
    #[arg(long, default_value = "HEAD", value_name = "REVISION")]
    pub head: String,
    /// Judge from an older state than the authorised one
    #[arg(long, value_name = "REVISION")]
    pub base: Option<String>,
    /// Put this change back: the head is what was before it
    #[arg(long, value_name = "CHANGE")]
    pub rollback_of: Option<String>,
    /// The run and attempt in CI; the same one gets the same answer
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
    /// Judge a saved case instead; writes nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["base", "rollback_of", "run"])]
    pub dossier: Option<PathBuf>,
    /// Save everything that was looked at
    #[arg(long, value_name = "FILE")]
    pub save_dossier: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct ApproveArgs {
    /// A change ID, or a range A..B of commits that need no declaration
    #[arg(value_name = "CHANGE|RANGE")]
    pub on: Option<String>,
    /// Record somebody else's answer
    #[arg(long = "for", value_name = "PERSON", requires_all = ["channel", "evidence"])]
    pub on_behalf: Option<String>,
    /// How they answered: phone, mail, chat, meeting or letter
    #[arg(long, value_parser = ["phone", "mail", "chat", "meeting", "letter"])]
    pub channel: Option<String>,
    /// A note, or a file that shows it
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
    /// Why, for an objection
    #[arg(long)]
    pub reason: Option<String>,
    /// Take one's own approval or objection back
    #[arg(long)]
    pub withdraw: bool,
    /// The environment
    #[arg(long, default_value = "production")]
    pub environment: String,
    /// The service, where there are several
    #[arg(long)]
    pub service: Option<String>,
}

#[derive(Debug, Args)]
pub struct StartArgs {
    /// The change ID
    #[arg(value_name = "CHANGE")]
    pub change: String,
    /// The environment
    #[arg(long, default_value = "production")]
    pub environment: String,
    /// The service, where there are several
    #[arg(long)]
    pub service: Option<String>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct FinishArgs {
    /// The change ID
    #[arg(value_name = "CHANGE")]
    pub change: String,
    /// How it ended
    #[arg(long, value_parser = ["success", "success_with_issues", "rolled_back", "failed", "aborted"])]
    pub outcome: String,
    /// The commit that was returned to, where it is not the one before
    #[arg(long, value_name = "REVISION")]
    pub back_to: Option<String>,
    /// A note, or a file that shows it
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
}

#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// Only this service
    #[arg(long)]
    pub service: Option<String>,
    /// Only this change
    #[arg(long, value_name = "CHANGE")]
    pub change: Option<String>,
    /// Only this person, in any role
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    /// Only this outcome
    #[arg(long)]
    pub outcome: Option<String>,
    /// At most so many records, the latest ones
    #[arg(long, short = 'n', default_value_t = 50, value_name = "COUNT")]
    pub limit: usize,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// A change ID, a rule's code or a record's number
    #[arg(value_name = "CHANGE|CODE|RECORD")]
    pub what: String,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct PolicyArgs {
    #[command(subcommand)]
    pub command: PolicyCommand,
}

#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Run the tests of all rules, the repository's own included
    Test(PolicyTestArgs),
}

#[derive(Debug, Args)]
pub struct PolicyTestArgs {
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Keep the repository in this folder, which must not exist yet
    #[arg(long, value_name = "FOLDER")]
    pub keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}
