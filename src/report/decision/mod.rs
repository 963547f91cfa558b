//! A decision of the gate, for people and for programs.

mod json;
mod markdown;
pub(in crate::report) mod phrases;
mod sentence;
mod text;
mod view;

pub use json::{Json, SCHEMA, json};
pub use markdown::markdown;
pub use sentence::sentence;
pub use text::text;
pub use view::DecisionView;
