//! Where time enters.

use jiff::Timestamp;

/// The clock; read once per command.
pub trait Clock {
    /// Now.
    fn now(&self) -> Timestamp;
}
