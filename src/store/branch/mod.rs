//! A change log on a branch of the repository's remote: every clone that can push can append.

mod cache;
mod judging;
mod ledger;
mod mirror;
mod offered;
mod page;
mod reading;

pub use judging::Reader;
pub use ledger::{BranchLedger, Pause};
