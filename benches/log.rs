//! What the change log costs. `docs/benchmarks.md` says what the figures mean.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

mod log_index;

fn main() {
    log_index::measure();
}
