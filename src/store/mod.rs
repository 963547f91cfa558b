//! Where change logs are kept.

mod append;
mod bundle;
mod intake;
mod memory;
mod sqlite;

pub use bundle::{BundleLedger, Bundled, write_bundle};
pub use memory::MemoryLedger;
pub use sqlite::SqliteLedger;
