//! What the commands of the first mile are given.

use clap::Args;

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    #[arg(long, short)]
    pub yes: bool,
    #[arg(long, value_name = "TEAM", value_parser = ["solo", "team", "agency", "monorepo", "audited"])]
    pub like: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub executor: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub approver: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub outside: Option<String>,
    #[arg(long, value_name = "PERSON=KEY")]
    pub public_key: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub route: Vec<String>,
    #[arg(long, value_name = "NAME=GLOB")]
    pub service: Vec<String>,
    #[arg(long, value_name = "STRATEGY")]
    pub rollback_strategy: Option<String>,
    #[arg(long, value_name = "COMMAND")]
    pub rollback_step: Option<String>,
    #[arg(long, value_name = "OBSERVATION")]
    pub rollback_criterion: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub rollback_decider: Option<String>,
    #[arg(long, value_name = "DURATION")]
    pub rollback_duration: Option<String>,
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    #[arg(long, value_name = "GLOB")]
    pub ignore: Vec<String>,
    #[arg(long, value_name = "PERSON=LOGIN")]
    pub github_login: Vec<String>,
    #[arg(long)]
    pub workflow: bool,
    #[arg(long, value_name = "COMMAND", requires = "workflow")]
    pub deploy: Option<String>,
    #[arg(long, value_name = "OWNER/NAME@COMMIT", requires = "workflow")]
    pub action: Option<String>,
    #[arg(long, value_name = "NUMBER", requires = "workflow")]
    pub repository_id: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct DeclareArgs {
    #[arg(long, value_name = "TEMPLATE")]
    pub from: Option<String>,
    #[arg(long)]
    pub list_templates: bool,
    #[arg(long)]
    pub title: Option<String>,
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(long, value_name = "REFERENCE")]
    pub reference: Vec<String>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long)]
    pub delivery: Option<String>,
    #[arg(long)]
    pub risk: Option<String>,
    #[arg(long)]
    pub service: Option<String>,
    #[arg(long)]
    pub environment: Option<String>,
    #[arg(long, value_name = "THING")]
    pub target: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub executor: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub requester: Option<String>,
    #[arg(long, value_name = "PERSON")]
    pub approver: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub verifier: Option<String>,
    #[arg(long, value_name = "PLAN", conflicts_with_all = ["rollback_step"])]
    pub rollback: Option<String>,
    #[arg(long, value_name = "STRATEGY")]
    pub rollback_strategy: Option<String>,
    #[arg(long, value_name = "COMMAND")]
    pub rollback_step: Vec<String>,
    #[arg(long, value_name = "OBSERVATION")]
    pub rollback_criterion: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    pub rollback_decider: Option<String>,
    #[arg(long, value_name = "DURATION")]
    pub rollback_duration: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub end: Option<String>,
    #[arg(long, value_name = "PATH")]
    pub procedure: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub plan: Option<String>,
    #[arg(long, value_name = "FUNCTION")]
    pub function: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub security: Option<String>,
    #[arg(long, value_name = "TEST")]
    pub test: Vec<String>,
    #[arg(long, value_name = "KEY=VALUE")]
    pub detail: Vec<String>,
    #[arg(long, value_name = "CHECK")]
    pub verify: Vec<String>,
    #[arg(long, value_name = "RESULT")]
    pub done_when: Option<String>,
    #[arg(long)]
    pub file: bool,
}

#[derive(Debug, Args)]
pub(super) struct ActionArgs {
    #[arg(last = true, value_name = "CMD")]
    pub cmd: Vec<std::ffi::OsString>,
}
