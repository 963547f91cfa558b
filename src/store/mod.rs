//! Where change logs are kept, the index that is made from them, and where acts wait for them.

mod append;
mod assumed;
mod branch;
mod bundle;
mod index;
mod intake;
mod memory;
mod postgres;
mod row;
mod spool;
mod sqlite;

pub use branch::{BranchLedger, Pause, Reader};
pub use bundle::{BundleLedger, Bundled, write_bundle};
pub use index::SqliteIndex;
pub use memory::MemoryLedger;
pub use postgres::{PostgresAddress, PostgresLedger};
pub use spool::FileSpool;
pub use sqlite::SqliteLedger;
