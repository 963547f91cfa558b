//! The first `sekisho.yml`, as `init` writes it.

mod choices;
mod point;
mod remarks;
mod workflow;
mod write;

pub use choices::{StarterChoices, StarterPerson, StarterRollback, StarterTemplate};
pub use point::StartingPoint;
pub use remarks::revert_step;
pub use workflow::starter_workflow;
pub use write::starter;
