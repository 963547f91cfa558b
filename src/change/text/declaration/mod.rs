//! A change declaration as YAML and as JSON.

mod draft;
mod item;
mod items;
mod misplaced;
mod read;
mod read_parts;
mod scalar;
mod schema;
mod write;

pub use draft::Draft;
pub use items::to_value;
pub use read::{asked, common, read};
pub(crate) use scalar::{inline, quoted};
pub use schema::SCHEMA;
pub use write::write;
