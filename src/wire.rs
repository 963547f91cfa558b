//! The composition root: the only file that names every implementation.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use sekisho::change::{Digest, Message};
use sekisho::git::GitRepository;
use sekisho::ledger::Remembered;
use sekisho::ports::{LedgerStore, Repository as _, StoreError};
use sekisho::sign::SshVerifier;
use sekisho::store::{MemoryLedger, SqliteLedger};
use sekisho::usecases::{LogView, Ports, Stop};

/// Everything that one command opens.
pub struct Wiring {
    /// The repository.
    pub repository: GitRepository,
    /// Checks signatures.
    verifier: SshVerifier,
    /// The change log.
    ledger: Box<dyn LedgerStore>,
    /// Where the log is.
    pub log_path: PathBuf,
    /// The time, read once.
    pub now: Timestamp,
    /// The repository's name.
    pub name: String,
    /// The origin that a new log gets.
    pub origin: String,
    progress: Box<dyn Fn(u64)>,
}

/// Whether the log may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It is only read; a log that is not there yet is empty.
    Read,
    /// It is written; a log that is not there yet is empty until something is.
    Write,
    /// It may be opened for the first time.
    Create,
}

impl Wiring {
    /// Opens the repository at `start` and its log.
    ///
    /// # Errors
    /// [`Stop`] when either cannot be opened.
    pub async fn open(start: &Path, log: Option<&Path>, access: Access, progress: Box<dyn Fn(u64)>) -> Result<Self, Stop> {
        let repository = GitRepository::discover(start)?;
        let log_path = match log {
            Some(path) => path.to_owned(),
            None => match repository.local_setting("sekisho.log") {
                Some(path) => PathBuf::from(path),
                None => repository.common_dir().join("sekisho").join("log.sqlite"),
            },
        };
        let ledger = open_ledger(&log_path, access).await?;
        let (name, origin) = names(&repository);
        Ok(Self {
            repository,
            verifier: SshVerifier,
            ledger,
            log_path,
            now: now()?,
            name,
            origin,
            progress,
        })
    }

    /// What commands are given.
    pub fn ports(&self) -> Ports<'_> {
        Ports {
            repository: &self.repository,
            ledger: self.ledger.as_ref(),
            verifier: &self.verifier,
            now: self.now,
            name: &self.name,
            random: &random,
            progress: self.progress.as_ref(),
        }
    }

    /// The file that remembers where the log ended, beside the log's own folder.
    fn memory(&self) -> PathBuf {
        self.repository.common_dir().join("sekisho").join("remembered.json")
    }

    /// Compares the log with what was seen of it before.
    ///
    /// # Errors
    /// [`Stop::Broken`] when it is shorter than before, or another one.
    pub fn compare(&self, view: &LogView) -> Result<(), Stop> {
        let Ok(bytes) = std::fs::read(self.memory()) else {
            return Ok(());
        };
        let remembered: Remembered = serde_json::from_slice(&bytes).map_err(|error| {
            Stop::Unavailable(Message::new("error-memory").with("detail", error))
        })?;
        match view.contradiction(&remembered) {
            None => Ok(()),
            Some(report) => Err(Stop::Broken(Box::new(report))),
        }
    }

    /// Remembers where the log ends now.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when the memory cannot be written.
    pub async fn remember(&self) -> Result<(), Stop> {
        let head = self.ledger.head().await?;
        let Some(first) = self.ledger.range(0, 1).await?.into_iter().next() else {
            return Ok(());
        };
        let remembered = Remembered {
            genesis: Digest::from_bytes(first.leaf).hex(),
            size: head.size,
            head: Digest::from_bytes(head.leaf).hex(),
        };
        let unwritable = |error: &dyn std::fmt::Display| {
            Stop::Unavailable(Message::new("error-memory").with("detail", error))
        };
        let path = self.memory();
        let bytes = serde_json::to_vec(&remembered).map_err(|error| unwritable(&error))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(&error))?;
        std::io::Write::write_all(&mut file, &bytes).map_err(|error| unwritable(&error))?;
        file.persist(&path).map_err(|error| unwritable(&error))?;
        Ok(())
    }
}

async fn open_ledger(path: &Path, access: Access) -> Result<Box<dyn LedgerStore>, Stop> {
    if !path.exists() && access != Access::Create {
        return Ok(Box::new(MemoryLedger::default()));
    }
    let opened = match access {
        Access::Read => SqliteLedger::open_read_only(path).await,
        Access::Write => SqliteLedger::open(path).await,
        Access::Create if path.exists() => SqliteLedger::open(path).await,
        Access::Create => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)
                    .map_err(|error| StoreError::Unreachable(format!("{}: {error}", folder.display())))?;
            }
            SqliteLedger::create(path).await
        }
    };
    Ok(Box::new(opened?))
}

/// The repository's name and a new log's origin: after the remote where there is one, so that
/// every clone finds the same, else after the folder.
fn names(repository: &GitRepository) -> (String, String) {
    let folder = || {
        repository
            .work_tree()
            .as_deref()
            .unwrap_or(&repository.common_dir())
            .file_name()
            .map_or_else(|| "repository".to_owned(), |name| name.to_string_lossy().into_owned())
    };
    let remote = repository.local_setting("remote.origin.url");
    let Some(host_path) = remote.as_deref().and_then(host_and_path) else {
        let name = plain(&folder());
        return (name.clone(), format!("local/{name}/sekisho"));
    };
    let name = host_path.rsplit('/').next().unwrap_or(&host_path).to_owned();
    (name, format!("{host_path}/sekisho"))
}

/// `github.com/acme/shop` from any way of writing that address; user names and passwords in it
/// are left out.
fn host_and_path(url: &str) -> Option<String> {
    let rest = match url.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => rest.to_owned(),
        None => url.replacen(':', "/", 1),
    };
    let rest = rest.rsplit_once('@').map_or(rest.as_str(), |(_, rest)| rest);
    let rest = rest.trim_end_matches('/');
    let rest = rest.strip_suffix(".git").unwrap_or(rest);
    let path: Vec<String> = rest.split('/').map(plain).filter(|part| !part.is_empty()).collect();
    (path.len() >= 2 && !url.starts_with(['/', '.'])).then(|| path.join("/"))
}

/// Letters, digits, `-`, `_` and `.`; the rest becomes `-`.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' })
        .take(100)
        .collect()
}

/// The one place where time enters.
#[cfg(not(feature = "test-clock"))]
fn now() -> Result<Timestamp, Stop> {
    #[allow(clippy::disallowed_methods)]
    Ok(Timestamp::now())
}

/// The stories' clock: a fixed time from the environment.
#[cfg(feature = "test-clock")]
fn now() -> Result<Timestamp, Stop> {
    #[allow(clippy::disallowed_methods)]
    match std::env::var("SEKISHO_TEST_NOW") {
        Ok(text) => text
            .parse()
            .map_err(|error| Stop::Request(Message::new("error-start").with("detail", error))),
        Err(_) => Ok(Timestamp::now()),
    }
}

/// Sixteen random bytes from the operating system.
fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    // Without randomness an id could repeat; the log refuses a repeated id, so nothing is lost.
    let _ = getrandom::fill(&mut bytes);
    bytes
}
