//! `sekisho policy test`: the tests of all rules.

use sekisho::policy::{BundleError, test_run};
use sekisho::usecases::{Stop, in_file};

use super::args::{Global, PolicyArgs, PolicyCommand};
use super::exit::{Ended, Failure};
use super::output::Output;
use super::{files, view};

/// Runs the tests of the shipped rules and of the repository's own.
pub(super) fn run(global: &Global, output: &Output, args: &PolicyArgs) -> Result<Ended, Failure> {
    let PolicyCommand::Test(_) = &args.command;
    let house = files::house_rules_here(global)?;
    let report = test_run(&house).map_err(rule_stop)?;
    output.data(&view::tests(output, &report));
    Ok(if report.passed() {
        Ended::done()
    } else {
        Ended::denied()
    })
}

/// A rule file that breaks the contract is named with its line.
fn rule_stop(error: BundleError) -> Stop {
    Stop::Request(match error {
        BundleError::File { path, line, message } => in_file(&path, line, message),
        BundleError::Setting { field, message } => in_file(&field, None, message),
    })
}
