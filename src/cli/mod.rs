//! The command line: one command, one file.

mod action;
mod actor;
mod against;
mod approve;
mod args;
mod args_emergency;
mod args_first;
mod args_log;
mod args_rollback;
mod args_work;
mod baseline;
mod check;
mod completions;
mod declare;
mod demo;
mod due;
mod emergency;
mod evidence;
mod exceptions;
mod exec;
mod exit;
mod exit_code;
mod fallen;
mod files;
mod freeze;
mod gate;
mod grant;
mod help;
mod history;
mod init;
mod key;
mod language;
mod log;
mod man;
mod next;
mod noted;
mod one_key;
mod output;
mod places;
mod policy;
mod prompt;
mod review;
mod rollback;
mod rules;
mod schema;
mod search;
mod show;
mod show_now;
mod show_record;
mod source;
mod start;
mod usage;
mod verify;
mod view;
mod what_if;
mod why;
mod workflow;

use std::ffi::OsString;
use std::process::ExitCode;

use args::{Cli, Command};
use clap::FromArgMatches as _;
use exit::Ended;
use output::Output;

/// Parses, dispatches, and turns whatever happened into an exit code.
pub(crate) fn run(arguments: Vec<OsString>) -> ExitCode {
    let language = language::language_of(&arguments);
    let (arguments, extent) = help::extent_of(arguments);
    let command = help::command(language, extent);
    let parsed = command
        .try_get_matches_from(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&Output::new(language, args::Format::Text), &error),
    };
    let output = Output::new(language, cli.format());
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return exit::broken_start(&output, &error),
    };
    match runtime.block_on(dispatch(cli, &output)) {
        Ok(Ended(code)) => code,
        Err(stop) => exit::stopped(&output, &stop),
    }
}

async fn dispatch(cli: Cli, output: &Output) -> Result<Ended, exit::Failure> {
    let global = cli.global;
    match cli.command {
        Command::Init(args) => init::run(&global, output, &args).await,
        Command::Baseline(args) => baseline::run(&global, output, &args).await,
        Command::Declare(args) => declare::run(&global, output, *args).await,
        Command::Check(args) => check::run(&global, output, &args).await,
        Command::Gate(args) => gate::run(&global, output, &args).await,
        Command::Approve(args) => approve::run(&global, output, args, approve::Verb::Approve).await,
        Command::Object(args) => approve::run(&global, output, args, approve::Verb::Object).await,
        Command::Start(args) => start::start(&global, output, &args).await,
        Command::Finish(args) => start::finish(&global, output, &args).await,
        Command::Exec(args) => exec::run(&global, output, &args).await,
        Command::Emergency(args) => emergency::run(&global, output, *args).await,
        Command::Rollback(args) => rollback::run(&global, output, *args).await,
        Command::Review(args) => review::run(&global, output, &args).await,
        Command::Due(args) => due::run(&global, output, args).await,
        Command::Freeze(args) => freeze::run(&global, output, &args).await,
        Command::Key(args) => key::run(&global, output, &args).await,
        Command::Grant(args) => grant::run(&global, output, args).await,
        Command::History(args) => history::history(&global, output, &args).await,
        Command::Show(args) => history::show(&global, output, &args).await,
        Command::Log(args) => log::run(&global, output, &args).await,
        Command::Verify(args) => verify::run(&global, output, &args).await,
        Command::Policy(args) => policy::run(&global, output, &args),
        Command::Demo(args) => demo::run(output, &args),
        Command::Man(args) => man::run(output, &args),
        Command::Completions(args) => completions::run(output, &args),
        Command::Schema(args) => schema::run(&global, output, &args),
        Command::Action(args) => action::run(&global, output, &args).await,
    }
}
