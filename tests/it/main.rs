//! One test binary; one module per subject.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod canonical;
mod ledger_vector;
mod migrations;
mod ssh_signing;
mod store_contract;
mod tamper;
mod tamper_people;
mod written_log;
