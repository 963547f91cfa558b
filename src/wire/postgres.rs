//! Logs in a PostgreSQL database. Its address is in `SEKISHO_LOG_URL` and nowhere else: arguments
//! and git's configuration can be read by others.

use sekisho::change::Message;
use sekisho::ports::LedgerStore;
use sekisho::store::{PostgresAddress, PostgresLedger};
use sekisho::usecases::Stop;

const VARIABLE: &str = "SEKISHO_LOG_URL";

/// Connects to the log of this origin; it is empty before its first record.
///
/// # Errors
/// [`Stop`] when the variable is not set, nobody answers, or the tables are not those of this
/// version.
pub(super) async fn open(origin: &str) -> Result<Box<dyn LedgerStore>, Stop> {
    Ok(Box::new(PostgresLedger::open(address()?, origin).await?))
}

/// Makes the tables or brings them up to date; whether there was anything to do.
///
/// # Errors
/// As [`open`], and when the one who connects may not.
pub(crate) async fn prepare_database() -> Result<bool, Stop> {
    Ok(PostgresLedger::prepare(&address()?).await?)
}

fn address() -> Result<PostgresAddress, Stop> {
    #[allow(clippy::disallowed_methods)]
    let set = std::env::var(VARIABLE).ok().filter(|url| !url.trim().is_empty());
    let url = set.ok_or_else(|| Stop::Unavailable(Message::new("error-log-no-address")))?;
    Ok(PostgresAddress::read(url.trim())?)
}
