//! Where change logs are kept.

mod append;
mod branch;
mod intake;
mod memory;
mod sqlite;

pub use branch::{BranchLedger, Pause};
pub use memory::MemoryLedger;
pub use sqlite::SqliteLedger;
