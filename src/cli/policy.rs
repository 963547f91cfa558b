//! `sekisho policy test`: the tests of all rules.

use sekisho::policy::test_run;

use super::args::{Global, PolicyArgs, PolicyCommand};
use super::exit::{Ended, Failure};
use super::output::Output;
use super::view;

/// Runs the tests of the shipped rules and of the repository's own.
pub fn run(global: &Global, output: &Output, args: &PolicyArgs) -> Result<Ended, Failure> {
    let PolicyCommand::Test(_) = &args.command;
    let house = view::house_rules_here(global)?;
    let report = test_run(&house);
    output.data(&view::tests(output, &report));
    Ok(if report.passed() { Ended::done() } else { Ended::denied() })
}
