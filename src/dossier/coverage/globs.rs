//! One set of globs, compiled: `*` stops at a slash, case counts.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::GroundError;

/// A compiled set of globs.
#[derive(Debug, Clone)]
pub struct Globs {
    set: GlobSet,
}

impl Globs {
    /// Compiles `patterns`; none of them matches nothing.
    ///
    /// # Errors
    /// [`GroundError`] for the first that globset does not take.
    pub fn new(patterns: &[String]) -> Result<Self, GroundError> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let wrong = |error: globset::Error| GroundError {
                glob: pattern.clone(),
                why: error.kind().to_string(),
            };
            let glob = GlobBuilder::new(pattern)
                .literal_separator(true)
                .case_insensitive(false)
                .backslash_escape(true)
                .build()
                .map_err(wrong)?;
            set.add(glob);
        }
        let set = set.build().map_err(|error| GroundError {
            glob: patterns.join(", "),
            why: error.kind().to_string(),
        })?;
        Ok(Self { set })
    }

    /// Whether one of the globs matches the whole of `path`.
    pub fn is_match(&self, path: &str) -> bool {
        self.set.is_match(path)
    }
}
