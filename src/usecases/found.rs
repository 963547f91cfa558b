//! What is found under a change's number.

use super::collect_change::Material;
use super::{FileFaults, InForce, Stop};
use crate::change::{ChangeId, Message};

/// What was found under a change's number.
pub(super) enum Found {
    /// Nothing.
    Missing,
    /// Several files.
    Several,
    /// A text that is no declaration.
    Unreadable(Box<FileFaults>),
    /// A declaration.
    There(Box<Material>),
}

impl Found {
    /// The declaration, for somebody who asks for it by its number.
    ///
    /// # Errors
    /// [`Stop::Request`] when there is not exactly one, [`Stop::Faults`] when it cannot be read.
    pub(super) fn wanted(self, id: &ChangeId, rules: &InForce) -> Result<Box<Material>, Stop> {
        match self {
            Self::There(material) => Ok(material),
            Self::Unreadable(faults) => Err(Stop::Faults(faults)),
            Self::Several => Err(Stop::Request(
                Message::new("error-declared-twice").with("change", id),
            )),
            Self::Missing => Err(Stop::Request(
                Message::new("error-no-declaration")
                    .with("change", id)
                    .with("folder", &rules.config.paths.changes),
            )),
        }
    }
}
