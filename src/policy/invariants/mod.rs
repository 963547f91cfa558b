//! What the engine keeps: no file holds it, no setting reaches it.

mod all;
mod consistency;
mod fields;
mod identity;
mod people;

pub(crate) use all::{findings, of_templates};
pub(crate) use consistency::consistent;
pub use fields::{Demand, missing_fields};
