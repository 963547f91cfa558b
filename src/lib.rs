//! Change management for production: the library behind the `sekisho` command.
//!
//! Rooms stand on floors and use lower floors only; `docs/ARCHITECTURE.md` has the plan and
//! `tests/it/house.rs` holds the walls.

pub mod change;
pub mod config;
pub mod dossier;
pub mod git;
pub mod github;
pub mod ledger;
pub mod policy;
pub mod ports;
pub mod report;
pub mod sign;
pub mod store;
pub mod usecases;
