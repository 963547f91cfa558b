//! Change logs in a PostgreSQL database.

mod address;
mod ledger;
mod locked;
mod quote;
mod rows;
mod schema;
mod session;
mod trouble;

pub use address::PostgresAddress;
pub use ledger::PostgresLedger;
