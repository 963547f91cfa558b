//! What fuzzing has found and what it began with, read again: `fuzz/`.

use std::fs;

use crate::scan::top;

#[path = "../../fuzz/holds.rs"]
mod holds;

/// Reads every file of one target's corpus.
fn replay(target: &str, holds: fn(&[u8])) {
    let folder = top().join("fuzz/corpus").join(target);
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let held = std::panic::catch_unwind(|| holds(&bytes));
        assert!(held.is_ok(), "{}", path.display());
        count += 1;
    }
    assert!(count > 1, "{target}: {count} files");
}

#[test]
fn declarations() {
    replay("declaration", holds::declaration);
}

#[test]
fn configurations() {
    replay("config", holds::config);
}

#[test]
fn records() {
    replay("record_scanner", holds::record_scanner);
}

#[test]
fn lists_of_signers() {
    replay("allowed_signers", holds::allowed_signers);
}

#[test]
fn checkpoints() {
    replay("checkpoint", holds::checkpoint);
}

#[test]
fn proofs() {
    replay("tlog_proof", holds::tlog_proof);
}

#[test]
fn lines_of_the_branch() {
    replay("branch_lines", holds::branch_lines);
}
