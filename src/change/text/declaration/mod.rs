//! A change declaration as YAML and as JSON.

mod item;
mod items;
mod read;
mod read_parts;
mod scalar;
mod write;

pub use items::to_value;
pub use read::read;
pub(crate) use scalar::inline;
pub use write::write;

/// The value of `schema:`.
pub const SCHEMA: &str = "sekisho/declaration/v1";
