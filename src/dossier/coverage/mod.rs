//! Which step of a deployment belongs to which change.

mod approved;
mod attribute;
mod attribution;
mod globs;
mod ground;
mod line;
mod outside;
mod source;
mod step;
mod stretch;

pub use approved::Approved;
pub use attribute::attribute;
pub use attribution::Attribution;
pub use globs::Globs;
pub use ground::{Ground, GroundError};
pub use outside::Outside;
pub use step::{BranchCommit, FileChange, StepCommit};
pub use stretch::{Covered, Source, Stretch};
