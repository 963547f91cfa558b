//! `sekisho log prepare`: the tables of a database that logs are kept in.

use sekisho::change::Message;

use crate::cli::args_log::LogPrepareArgs;
use crate::cli::exit::{Ended, Failure};
use crate::cli::output::Output;
use crate::wire;

/// Makes the tables or brings them up to date; needs no repository.
pub(super) async fn run(output: &Output, _args: &LogPrepareArgs) -> Result<Ended, Failure> {
    let key = if wire::prepare_database().await? {
        "log-prepared"
    } else {
        "log-prepared-before"
    };
    output.print(&Message::new(key));
    output.tell(&Message::new("log-prepare-next"));
    Ok(Ended::done())
}
