//! The name of the format.

/// The value of `schema:`.
pub const SCHEMA: &str = "sekisho/declaration/v1";
