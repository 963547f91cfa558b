//! A second place for the log, to move it to.

use std::path::{Path, PathBuf};

use sekisho::change::Message;
use sekisho::ports::{LedgerStore, StoreError};
use sekisho::usecases::Stop;

use super::{Access, Wiring, open_ledger, remember};

/// Another place for the log.
pub(crate) struct OtherPlace {
    /// The log there.
    pub ledger: Box<dyn LedgerStore>,
    /// What `sekisho.log` in git's configuration says for it.
    pub setting: String,
    /// What kind of place it is.
    pub word: &'static str,
}

impl Wiring {
    /// Opens another place for this log: `sqlite:PATH` or a path.
    ///
    /// # Errors
    /// [`Stop`] when it is where the log is already, or cannot be opened.
    pub(crate) async fn other_place(&self, text: &str) -> Result<OtherPlace, Stop> {
        let path = file(text)?;
        let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        };
        if same(&path, &self.log_path) {
            return Err(Stop::request("error-move-same"));
        }
        Ok(OtherPlace {
            ledger: open_ledger(&path, Access::Create).await?,
            setting: path.display().to_string(),
            word: "sqlite",
        })
    }

    /// From now on this clone's log is there.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when git's configuration or the memory cannot be written.
    pub(crate) async fn switch_to(&self, place: &OtherPlace) -> Result<(), Stop> {
        self.repository.set_local_setting("sekisho.log", &place.setting)?;
        remember(&self.repository, place.ledger.as_ref()).await
    }
}

/// The file that is meant. Words that name other kinds of places are never taken for files.
fn file(text: &str) -> Result<PathBuf, Stop> {
    let kind = text.split(':').next().unwrap_or_default();
    let named = match text.strip_prefix("sqlite:") {
        Some(path) => path,
        None if ["auto", "branch", "postgres", "postgresql", ""].contains(&kind) => {
            return Err(Stop::Request(Message::new("error-move-place").with("kind", kind)));
        }
        None => text,
    };
    let absolute = std::path::absolute(named);
    Ok(absolute.map_err(|error| StoreError::Unreachable(format!("{named}: {error}")))?)
}
