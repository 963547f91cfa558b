//! Where change logs are kept.

mod append;
mod intake;
mod memory;
mod sqlite;

pub use memory::MemoryLedger;
pub use sqlite::SqliteLedger;
