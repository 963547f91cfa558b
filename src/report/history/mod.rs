//! The history: one row for each record that matters to people.

mod render;
mod view;

pub use render::{json, markdown, text};
pub use view::{HistoryView, RollbackBrief, Row};
