//! A second place for the log, to move it to.

use std::ffi::OsStr;
use std::path::Path;

use sekisho::ports::{LedgerStore, StoreError};
use sekisho::usecases::Stop;

use super::{Access, LogPlace, PLACE, Wiring, no_place, open_place, remember, settled};

/// Another place for the log.
pub(crate) struct OtherPlace {
    /// The log there.
    pub ledger: Box<dyn LedgerStore>,
    place: LogPlace,
}

impl OtherPlace {
    /// What `sekisho.log` in git's configuration says for it.
    pub(crate) fn setting(&self) -> String {
        self.place.to_string()
    }

    /// What kind of place it is.
    pub(crate) const fn word(&self) -> &'static str {
        match self.place {
            LogPlace::Branch(_) => "branch",
            LogPlace::Postgres(_) => "postgres",
            LogPlace::Sqlite(_) | LogPlace::Auto => "sqlite",
        }
    }
}

impl Wiring {
    /// Opens another place for this log: `sqlite:FILE`, a file, `branch`, `branch:REMOTE` or
    /// `postgres`.
    ///
    /// # Errors
    /// [`Stop`] when it is where the log is already, or cannot be opened.
    pub(crate) async fn other_place(&self, text: &str) -> Result<OtherPlace, Stop> {
        let wanted = LogPlace::read(OsStr::new(text)).map_err(|wrong| no_place(&wrong))?;
        let place = match settled(&self.repository, wanted, &self.origin)? {
            LogPlace::Sqlite(path) => LogPlace::Sqlite(
                std::path::absolute(&path)
                    .map_err(|error| StoreError::Unreachable(format!("{}: {error}", path.display())))?,
            ),
            other => other,
        };
        if self.is_at(&place) {
            return Err(Stop::request("error-move-same"));
        }
        let ledger = open_place(
            &self.repository,
            &place,
            Access::Create,
            (self.forge.as_ref(), &self.detour),
            &mut Vec::new(),
        )
        .await?;
        Ok(OtherPlace { ledger, place })
    }

    fn is_at(&self, place: &LogPlace) -> bool {
        match (&self.place, place) {
            (LogPlace::Sqlite(one), LogPlace::Sqlite(other)) => same_file(one, other),
            (one, other) => one == other,
        }
    }

    /// From now on this clone's log is there.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when git's configuration or the memory cannot be written.
    pub(crate) async fn switch_to(&self, other: &OtherPlace) -> Result<(), Stop> {
        self.repository.set_local(PLACE, &other.setting())?;
        remember(&self.repository, &other.place, other.ledger.as_ref()).await
    }
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
