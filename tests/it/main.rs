//! One test binary; one module per subject.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod coverage_histories;
mod coverage_table;
mod git_hostile;
mod git_repository;
mod support;
