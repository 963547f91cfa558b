//! The doors to the outside: one trait, one file.

mod anchor;
mod forge;
mod history_index;
mod issuer;
mod ledger_store;
mod log_branch;
mod proposal;
mod repository;
mod signer;
mod spool;
mod verifier;

pub use crate::dossier::coverage::{BranchCommit, FileChange, StepCommit};
pub use anchor::Anchor;
pub use forge::{Account, Contributor, Evidence, Forge, ForgeError, PullRequest, Review, ReviewState};
pub use history_index::{Filter, Found, HistoryIndex, Part, Reach};
pub use issuer::Issuer;
pub use ledger_store::{AppendError, Draft, Guard, LedgerStore, StoreError};
pub use log_branch::{LOG_FILES, LogBranch, LogCommit, LogFile, Offer};
pub use proposal::Proposal;
pub use repository::{Between, GitIdentity, Patch, Range, Repository, RepositoryError};
pub use signer::{SignError, Signer};
pub use spool::{Broken, Spool, SpoolCount, SpoolError, Waiting};
pub use verifier::Verifier;
