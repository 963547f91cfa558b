//! What a check found, for people and for programs.

mod json;
mod markdown;
mod text;
mod view;

pub use json::{Json, SCHEMA, json};
pub use markdown::{Outlook, markdown};
pub use text::text;
pub use view::{Ahead, Ask, CheckView, CheckedFile};
