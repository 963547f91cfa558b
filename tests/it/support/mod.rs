//! What several subjects need.

pub(crate) mod branch;
pub(crate) mod facts;
pub(crate) mod git_http;
pub(crate) mod ground;
pub(crate) mod port;
pub(crate) mod postgres;
pub(crate) mod rego;
pub(crate) mod repo;
pub(crate) mod runner;
pub(crate) mod stage;
pub(crate) mod terminal;
pub(crate) mod verify_log;
pub(crate) mod work_facts;
pub(crate) mod workflow;
