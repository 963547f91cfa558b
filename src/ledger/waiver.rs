//! One person's word that work with a deadline need not be done.

use super::{Open, Trust};
use crate::change::{Moment, PersonKey};

/// A waiver, with what it is of and what was authorised when it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The record.
    pub seq: u64,
    /// Who waives.
    pub person: PersonKey,
    /// When it was sealed.
    pub at: Moment,
    /// Whether the record is signed.
    pub trust: Trust,
    /// The work.
    pub of: Open,
    /// The commit that was authorised for that service then: its configuration says who may.
    pub head: String,
}
