//! One change on one page.

mod render;
mod view;

pub use render::{json, markdown, text};
pub use view::{ApprovalLine, DecisionLine, ExecutionLine, RecordLine, RollbackLine, ShowView};
