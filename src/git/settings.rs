//! What the repository's own configuration says and keeps.

use git2::{ConfigLevel, ErrorCode};

use super::{GitRepository, fault};
use crate::ports::RepositoryError;

impl GitRepository {
    /// The names of the remotes, in order.
    ///
    /// # Errors
    /// [`RepositoryError::Broken`] when the configuration cannot be read.
    pub fn remotes(&self) -> Result<Vec<String>, RepositoryError> {
        let remotes = self.git().remotes().map_err(fault::broken)?;
        let mut names = Vec::new();
        for name in remotes.iter_bytes() {
            names.push(String::from_utf8_lossy(name).into_owned());
        }
        names.sort();
        Ok(names)
    }

    /// Sets `name` (`section.key`) in this repository's own configuration.
    ///
    /// # Errors
    /// [`RepositoryError::Broken`] when the configuration cannot be written.
    pub fn set_local(&self, name: &str, value: &str) -> Result<(), RepositoryError> {
        let config = self.git().config().map_err(fault::broken)?;
        let local = config.open_level(ConfigLevel::Local);
        let mut local = local.map_err(|error| match error.code() {
            ErrorCode::NotFound => RepositoryError::Broken("it has no configuration of its own".to_owned()),
            _ => fault::broken(error),
        })?;
        local.set_str(name, value).map_err(fault::broken)
    }
}
