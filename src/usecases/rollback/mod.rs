//! Going back along the plan that was approved: what it says, who decides, and what was done.

mod acts;
mod checkpoint;
mod owed;
mod plan;

pub use acts::{Deciding, Undone, begin_rollback, decide_rollback, end_rollback, step_of};
pub(super) use checkpoint::go_missing;
pub use checkpoint::{Checking, say_go, say_no_go};
pub(super) use owed::{opens, rollback_owed};
pub(super) use plan::judged as judged_change;
pub use plan::{Way, WayBack, way_back};
