//! What the stores of the change log cost. `docs/benchmarks.md` says what the figures mean.
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
#[path = "../tests/it/support/postgres.rs"]
mod postgres;
#[path = "../tests/it/written_log.rs"]
mod written_log;

fn main() {
    log_append::measure();
}
