//! `sekisho verify`: the whole log, from its first record.

use sekisho::usecases::{Stop, inspect};

use super::args::{Global, VerifyArgs};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::view;
use crate::wire::Access;

/// Verifies and prints; 4 when something is wrong.
pub(super) async fn run(global: &Global, output: &Output, _args: &VerifyArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let log = inspect(wiring.ports()).await?;
    let report = &log.report;
    if log.head.size == 0 && report.damages.is_empty() {
        return Err(Stop::unavailable("error-empty-log"));
    }
    output.data(&view::verify(output, report));
    if report.damages.is_empty() {
        wiring.remember().await?;
        Ok(Ended::done())
    } else {
        Ok(Ended::broken())
    }
}
