//! What the change log and its stores cost. `docs/benchmarks.md` says what the figures mean.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    dead_code,
    unreachable_pub
)]

mod log_append;
mod log_index;
#[path = "../tests/it/support/postgres.rs"]
mod postgres;
#[path = "../tests/it/written_log.rs"]
mod written_log;

fn main() {
    log_append::measure();
    log_index::measure();
}
