//! YAML as people write it: every value keeps its place, every fault names one.

pub mod declaration;
mod document;
mod fault;
mod fields;
mod lines;
mod mark;
mod near;
mod node;
mod parse;
mod plan;
mod scan_fault;
mod sheet;
mod value;

pub use document::Document;
pub use fault::{Fault, Place};
pub use fields::Fields;
pub use mark::{Marked, mark};
pub use near::nearest;
pub use node::{Entry, Node, Scalar, Shape};
pub use plan::{rollback, verification};
pub use sheet::Sheet;
pub use value::Value;
