//! Where change logs are kept.

mod intake;
mod memory;
mod sqlite;
mod verify;

pub use memory::MemoryLedger;
pub use sqlite::SqliteLedger;
pub use verify::verify_log;
