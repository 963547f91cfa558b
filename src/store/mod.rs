//! Where change logs are kept, and the index that is made from them.

mod append;
mod index;
mod intake;
mod memory;
mod sqlite;

pub use index::SqliteIndex;
pub use memory::MemoryLedger;
pub use sqlite::SqliteLedger;
