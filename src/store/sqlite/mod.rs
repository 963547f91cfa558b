//! A change log in one SQLite file.

mod append;
mod ledger;
mod open;
mod rows;
mod schema;

pub use ledger::SqliteLedger;
