//! One test binary; one module per subject.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod config_examples;
mod config_faults;
mod declaration_text;
mod schedule;
mod yaml_places;
mod judge;
mod policy_catalogue;
mod policy_contract;
mod policy_house_rules;
mod canonical;
mod ledger_vector;
mod migrations;
mod ssh_signing;
mod store_contract;
mod tamper;
mod written_log;
mod coverage_histories;
mod coverage_table;
mod git_hostile;
mod git_repository;
mod support;
