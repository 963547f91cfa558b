//! A log as a folder of plain files, for those who have nothing else.

mod around;
mod pem;
mod read;
mod write;

pub use read::BundleLedger;
pub use write::{Bundled, write_bundle};
