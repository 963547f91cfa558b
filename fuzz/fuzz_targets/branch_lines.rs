#![no_main]

#[path = "../holds.rs"]
#[allow(dead_code)]
mod holds;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| holds::branch_lines(bytes));
