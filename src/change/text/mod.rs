//! YAML as people write it: every value keeps its place, every fault names one.

mod fault;

pub use fault::{Fault, Place};
