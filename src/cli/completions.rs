//! `sekisho completions`: a script for the shell.

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs};
use super::exit::{Ended, Failure};
use super::output::Output;

/// Prints the script.
pub fn run(output: &Output, args: &CompletionsArgs) -> Result<Ended, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "sekisho", &mut script);
    output.data(&String::from_utf8_lossy(&script));
    Ok(Ended::done())
}
