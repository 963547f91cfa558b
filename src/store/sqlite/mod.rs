//! A change log in one SQLite file.

mod ledger;
mod locked;
mod open;
mod rows;
mod schema;

pub use ledger::SqliteLedger;
