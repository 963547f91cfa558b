//! The patterns of paths that rules are given, compiled.

use super::coverage::{Globs, GroundError};

/// Patterns from the parameters of rules.
#[derive(Debug, Clone)]
pub struct RuleGlobs {
    /// What may ride along with any change (CON-02).
    pub tolerated: Globs,
    /// What changes the shape of data (RBK-11).
    pub migrations: Globs,
}

impl RuleGlobs {
    /// Compiles both lists.
    ///
    /// # Errors
    /// [`GroundError`] for the first pattern that globset does not take.
    pub fn new(tolerated: &[String], migrations: &[String]) -> Result<Self, GroundError> {
        Ok(Self {
            tolerated: Globs::new(tolerated)?,
            migrations: Globs::new(migrations)?,
        })
    }
}
