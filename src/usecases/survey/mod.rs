//! What a repository says about who works on it and what is deployed from it, for `init`.

mod folders;
mod gated;
mod look;
mod owners;
mod roster;
mod workflows;

pub use look::{Survey, survey};
pub use owners::OwnedPath;
pub use roster::{Roster, name_and_address};
pub use workflows::{DeployJob, Workflows};
