//! What the change log and its stores cost. Run it with `cargo bench --bench log`; words after
//! `--` choose parts: `append`, `index`, `verify`, `file`. `docs/benchmarks.md` says what the figures mean.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    dead_code,
    unreachable_pub,
    reason = "a bench says what it measures"
)]

mod log_append;
mod log_index;
mod log_verify;
#[path = "../tests/it/support/postgres.rs"]
mod postgres;
#[path = "../tests/it/written_log.rs"]
mod written_log;

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let chosen = |part: &str| words.is_empty() || words.iter().any(|word| word == part);
    if chosen("append") {
        log_append::measure();
    }
    if chosen("index") {
        log_index::measure();
    }
    if chosen("verify") {
        log_verify::measure();
    }
    if chosen("file") {
        log_verify::measure_file();
    }
}
