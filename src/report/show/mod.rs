//! One change on one page.

mod render;
mod view;

pub use render::{json, markdown, text};
pub use view::{
    ApprovalLine, DecisionLine, ExceptionLine, ExecutionLine, RecordLine, RollbackLine, ShowView,
};
