//! `sekisho policy`: the list of all rules, and their tests.

use sekisho::policy::{BundleError, test_run};
use sekisho::usecases::{Stop, in_file};

use super::args::{Global, PolicyArgs, PolicyCommand, PolicyTestArgs};
use super::exit::{Ended, Failure};
use super::output::Output;
use super::{files, rules, view};

/// Runs what was asked for.
pub(super) fn run(global: &Global, output: &Output, args: &PolicyArgs) -> Result<Ended, Failure> {
    match &args.command {
        PolicyCommand::List(_) => rules::list(global, output),
        PolicyCommand::Test(args) => tests(global, output, args),
    }
}

/// Runs the tests of the shipped rules and of the repository's own.
fn tests(global: &Global, output: &Output, args: &PolicyTestArgs) -> Result<Ended, Failure> {
    let house = files::house_rules_here(global)?;
    let report = test_run(&house).map_err(rule_stop)?;
    output.data(&view::tests(output, &report, args.min_coverage));
    let least = args.min_coverage.unwrap_or(0);
    let covered = report.rules.iter().all(|rule| rule.coverage() >= least);
    Ok(if report.passed() && covered {
        Ended::done()
    } else {
        Ended::denied()
    })
}

/// A rule file that breaks the contract is named with its line.
pub(super) fn rule_stop(error: BundleError) -> Stop {
    Stop::Request(match error {
        BundleError::File { path, line, message } => in_file(&path, line, message),
        BundleError::Setting { field, message } => in_file(&field, None, message),
    })
}
