//! Work with a deadline: what is open, what is overdue, what was waived.

mod render;
mod view;

pub use render::{json, markdown, text};
pub use view::{DueLine, DueView, WaivedLine};
