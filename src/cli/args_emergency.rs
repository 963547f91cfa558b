//! What the commands around emergencies are given.

use clap::{Args, Subcommand};

use super::args::Format;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct EmergencyArgs {
    #[command(subcommand)]
    pub command: Option<EmergencyCommand>,
    #[arg(long, value_name = "THING")]
    pub target: Vec<String>,
    #[arg(long)]
    pub what: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub executor: Option<String>,
    #[arg(long, value_name = "REFERENCE")]
    pub incident: Option<String>,
    #[arg(long, value_name = "COMMAND")]
    pub step: Vec<String>,
    #[arg(long, value_name = "STRATEGY")]
    pub strategy: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub decider: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub approver: Vec<String>,
    #[arg(long)]
    pub grounds: Option<String>,
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(long)]
    pub measure: Option<String>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long)]
    pub delivery: Option<String>,
    #[arg(long)]
    pub data: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub detected_at: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub done_at: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub remove_by: Option<String>,
    #[arg(long, value_name = "CHANNEL", value_parser = ["mail", "chat", "letter"])]
    pub told: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub yes_service: Option<String>,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long, default_value = "production")]
    pub environment: String,
    #[arg(long)]
    pub afresh: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum EmergencyCommand {
    Status(StatusArgs),
    Call(CallArgs),
    Done(DoneArgs),
    Extend(ExtendArgs),
    Told(ToldArgs),
    Ack(AckArgs),
    Complete(CompleteArgs),
    End(EndArgs),
}

#[derive(Debug, Args)]
pub(super) struct StatusArgs {
    #[arg(value_name = "CHANGE")]
    pub change: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CallArgs {
    #[arg(value_name = "CHANGE")]
    pub change: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub person: String,
    #[arg(long, value_parser = ["phone", "mail", "chat", "meeting", "letter"])]
    pub channel: String,
    #[arg(long, value_parser = ["no_answer", "approved", "refused"])]
    pub result: String,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct DoneArgs {
    #[arg(value_name = "CHANGE")]
    pub change: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExtendArgs {
    #[arg(value_name = "CHANGE")]
    pub change: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub approver: String,
    #[arg(long, value_parser = ["phone", "mail", "chat", "meeting", "letter"])]
    pub channel: String,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: String,
}

#[derive(Debug, Args)]
pub(super) struct ToldArgs {
    #[arg(value_name = "CHANGE")]
    pub change: Option<String>,
    #[arg(long, value_parser = ["mail", "chat", "letter"])]
    pub channel: String,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct AckArgs {
    #[arg(value_name = "CHANGE")]
    pub change: String,
    #[arg(long = "for", value_name = "PERSON", requires = "evidence")]
    pub on_behalf: Option<String>,
    #[arg(long, value_name = "NOTE|FILE")]
    pub evidence: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompleteArgs {
    #[arg(value_name = "CHANGE")]
    pub change: String,
    #[arg(long)]
    pub description: Option<String>,
    #[arg(long, value_name = "FUNCTION")]
    pub function: Vec<String>,
    #[arg(long, value_name = "OBSERVATION")]
    pub criterion: Vec<String>,
    #[arg(long, value_name = "DURATION")]
    pub duration: Option<String>,
    #[arg(long, value_name = "CHECK")]
    pub verify: Vec<String>,
    #[arg(long, value_name = "RESULT")]
    pub done_when: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct EndArgs {
    #[arg(value_name = "CHANGE")]
    pub change: Option<String>,
    #[arg(long)]
    pub reason: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    #[arg(value_name = "CHANGE")]
    pub change: String,
    #[arg(long, value_name = "FILE")]
    pub from: Option<std::path::PathBuf>,
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Debug, Args)]
pub(super) struct DueArgs {
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    #[arg(long)]
    pub overdue: bool,
    #[arg(long, value_name = "ID", requires = "reason", conflicts_with_all = ["service", "person", "overdue"])]
    pub waive: Option<String>,
    #[arg(long, requires = "waive")]
    pub reason: Option<String>,
    #[arg(long, value_name = "ID", requires = "evidence", conflicts_with_all = ["service", "person", "overdue", "waive"])]
    pub done: Option<String>,
    #[arg(long, value_name = "NOTE|FILE", requires = "done")]
    pub evidence: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
