//! Where change logs are kept.

mod append;
mod assumed;
mod intake;
mod memory;
mod postgres;
mod row;
mod sqlite;

pub use memory::MemoryLedger;
pub use postgres::{PostgresAddress, PostgresLedger};
pub use sqlite::SqliteLedger;
