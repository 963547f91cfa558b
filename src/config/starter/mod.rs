//! The first `sekisho.yml`, as `init` writes it.

mod choices;
mod point;
mod remarks;
mod workflow;
mod workflow_words;
mod write;

pub use choices::{StarterChoices, StarterPerson, StarterRollback, StarterTemplate};
pub use point::StartingPoint;
pub use remarks::revert_step;
pub use workflow::{ACTION, GATE_PERMISSIONS, StarterWorkflow};
pub use write::starter;
