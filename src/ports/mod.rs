//! The doors to the outside: one trait, one file.

mod forge;
mod ledger_store;
mod repository;
mod signer;
mod verifier;

pub use crate::dossier::coverage::{BranchCommit, FileChange, StepCommit};
pub use forge::{Account, Contributor, Evidence, Forge, ForgeError, PullRequest, Review, ReviewState};
pub use ledger_store::{AppendError, Draft, Guard, LedgerStore, StoreError};
pub use repository::{Between, GitIdentity, Patch, Range, Repository, RepositoryError};
pub use signer::{SignError, Signer};
pub use verifier::Verifier;
