//! What the engine keeps: no file holds it, no setting reaches it.

mod all;
mod consistency;
mod fields;
mod identity;
mod people;

pub(crate) use all::findings;
pub(crate) use consistency::consistent;
pub use fields::{Demand, missing_fields};
