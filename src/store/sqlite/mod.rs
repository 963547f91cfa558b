//! A change log in one SQLite file.

mod assuming;
mod ledger;
mod locked;
mod open;
mod rows;
mod schema;

pub use ledger::SqliteLedger;
pub(super) use ledger::settle;
pub(super) use locked::LockedFile;
pub(in crate::store) use rows::store_error;
