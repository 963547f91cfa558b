//! What several subjects need.

pub(crate) mod ground;
pub(crate) mod rego;
pub(crate) mod repo;
pub(crate) mod stage;
pub(crate) mod verify_log;
