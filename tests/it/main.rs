//! One test binary; one module per subject.
#![allow(clippy::unwrap_used, clippy::expect_used)]
mod policy_contract;
