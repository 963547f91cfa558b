//! YAML as people write it: every value keeps its place, every fault names one.

mod asked;
pub mod declaration;
mod document;
mod excerpt;
mod fault;
mod fields;
mod json;
mod lines;
mod meant;
mod near;
mod node;
mod open_quote;
mod parse;
mod plan;
mod scan_fault;
mod sheet;
mod spelling;
mod stumble;
mod value;
mod value_spelling;
mod veil;

pub use asked::{Ask, Asked};
pub use document::Document;
pub use excerpt::Excerpt;
pub use fault::{Fault, Place};
pub use fields::Fields;
pub use near::nearest;
pub use node::{Entry, Node, Scalar, Shape};
pub use plan::{rollback, verification};
pub use sheet::Sheet;
pub(crate) use spelling::{is_name, narrow};
pub use value::Value;
pub(crate) use value_spelling::likely;
