//! `sekisho completions`: a script for the shell.

use super::args::CompletionsArgs;
use super::exit::{Ended, Failure};
use super::help;
use super::output::Output;

/// Prints the script.
pub(super) fn run(output: &Output, args: &CompletionsArgs) -> Result<Ended, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut help::command(output.wording.language(), help::Extent::All),
        "sekisho",
        &mut script,
    );
    output.data(&String::from_utf8_lossy(&script));
    Ok(Ended::done())
}
