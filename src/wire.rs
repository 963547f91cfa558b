//! The composition root: the only file that names every implementation.

mod branch;
mod forge;
mod memory;
mod names;
mod other_place;
mod place;
mod postgres;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use sekisho::change::Message;
use sekisho::git::GitRepository;
use sekisho::github::{Detour, GitHub, JobTokens, TokenIssuer};
use sekisho::ledger::{Head, Receipt, TOKEN_SIGNATURE};
use sekisho::ports::{Forge, HistoryIndex, LedgerStore, StoreError};
use sekisho::sign::{RsaVerifier, SshVerifier, Verifiers};
use sekisho::store::{FileSpool, MemoryLedger, SqliteIndex, SqliteLedger};
use sekisho::usecases::{Ports, Stop};

pub(crate) use forge::in_a_job;
pub(crate) use place::LogPlace;
pub(crate) use postgres::prepare_database;

use memory::{pinned, remember, remembered};
use names::names;

/// Everything that one command opens.
pub(crate) struct Wiring {
    /// The repository.
    pub repository: GitRepository,
    /// Checks signatures.
    verifier: Verifiers,
    /// The change log.
    ledger: Box<dyn LedgerStore>,
    /// Where the log is; never [`LogPlace::Auto`].
    pub place: LogPlace,
    /// What people have to know about how the log was opened.
    pub notices: Vec<Message>,
    /// The time, read once.
    pub now: Timestamp,
    /// The repository's name.
    pub name: String,
    /// The origin that a new log gets.
    pub origin: String,
    remembered: Vec<Head>,
    /// What was said of the log on the command line: it must begin with that.
    pub against: Vec<Receipt>,
    /// The forge, where there is a token for it.
    forge: Option<GitHub>,
    /// Why records were not appended in the usual way.
    detour: Detour,
    issuer: TokenIssuer,
    progress: Box<dyn Fn(u64)>,
}

/// What is done with the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// It is read as far as it is known here; nothing is fetched.
    Glance,
    /// It is only read; a log that is not there yet is empty, and one that cannot be reached is read
    /// as it was last.
    Read,
    /// An act is written that may be filed late: a log that cannot be reached is read as it was
    /// last, and writing to it fails.
    Late,
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
    pub(crate) async fn open(
        start: &Path,
        log: Option<&OsStr>,
        access: Access,
        progress: Box<dyn Fn(u64)>,
    ) -> Result<Self, Stop> {
        let mut repository = GitRepository::discover(start)?;
        let forge = forge::open(&mut repository)?;
        let (name, origin) = names(&repository)?;
        let wanted = wanted(&repository, log)?;
        let open = wanted == LogPlace::Auto;
        let place = settled(&repository, wanted, &origin)?;
        let mut notices = Vec::new();
        if open && matches!(access, Access::Late | Access::Write | Access::Create) {
            notices.extend(alone_beside_a_remote(&repository, &place)?);
        }
        let detour = Detour::default();
        let through = (forge.as_ref(), &detour);
        let ledger = open_place(&repository, &place, access, through, &mut notices).await?;
        let remembered = [pinned(&repository)?, remembered(&repository)?];
        Ok(Self {
            remembered: remembered.into_iter().flatten().collect(),
            against: Vec::new(),
            repository,
            verifier: verifiers(),
            forge,
            issuer: forge::issuer(),
            ledger,
            place,
            notices,
            now: now()?,
            name,
            origin,
            detour,
            progress,
        })
    }

    /// What commands are given.
    pub(crate) fn ports(&self) -> Ports<'_> {
        Ports {
            repository: &self.repository,
            ledger: self.ledger.as_ref(),
            verifier: &self.verifier,
            now: self.now,
            name: &self.name,
            remembered: &self.remembered,
            against: &self.against,
            forge: self.forge.as_ref().map(|forge| forge as &dyn Forge),
            issuer: Some(&self.issuer),
            heard: None,
            random: &random,
            progress: self.progress.as_ref(),
        }
    }

    /// Why records were not appended in the usual way; `None` where they were.
    pub(crate) fn detour(&self) -> Option<&Message> {
        self.detour.get()
    }

    /// The tokens of the job that this runs in; `None` outside of one, or without the right to them.
    pub(crate) fn job_tokens(&self) -> Option<JobTokens> {
        forge::job_tokens()
    }

    /// The history index of this clone. It can be deleted at any time.
    ///
    /// # Errors
    /// [`StoreError`] when its file cannot be written.
    pub(crate) async fn index(&self) -> Result<Box<dyn HistoryIndex>, StoreError> {
        Ok(Box::new(SqliteIndex::open(&self.index_path()).await?))
    }

    /// Where acts wait while the log cannot be reached.
    pub(crate) fn spool(&self) -> FileSpool {
        FileSpool::new(self.spool_path())
    }

    /// The folder of those acts.
    pub(crate) fn spool_path(&self) -> PathBuf {
        self.repository.common_dir().join("sekisho").join("spool")
    }

    /// Where the history index is.
    pub(crate) fn index_path(&self) -> PathBuf {
        self.repository.common_dir().join("sekisho").join("index.sqlite")
    }

    /// Remembers where the log ends now.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when the memory cannot be written.
    pub(crate) async fn remember(&self) -> Result<(), Stop> {
        remember(&self.repository, &self.place, self.ledger.as_ref()).await
    }

    /// Keeps in the repository's own configuration where its log is, unless that is said already.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when the configuration cannot be written.
    pub(crate) fn keep_place(&self) -> Result<(), Stop> {
        let usual = LogPlace::Sqlite(usual_file(&self.repository));
        if self.place == usual || self.repository.local_setting(PLACE)?.is_some() {
            return Ok(());
        }
        let place = match &self.place {
            LogPlace::Sqlite(path) => {
                LogPlace::Sqlite(std::path::absolute(path).unwrap_or_else(|_| path.clone()))
            }
            other => other.clone(),
        };
        Ok(self.repository.set_local(PLACE, &place.to_string())?)
    }

    /// Where the log is, for people.
    pub(crate) fn shown_place(&self) -> String {
        match &self.place {
            LogPlace::Sqlite(path) => path.display().to_string(),
            LogPlace::Branch(Some(remote)) => format!("{remote}/sekisho-log"),
            other => other.to_string(),
        }
    }
}

/// The setting of `.git/config` that says where the log is.
const PLACE: &str = "sekisho.log";

/// How long an append goes on trying, and how long it waits between tries.
const PATIENCE: Duration = Duration::from_secs(60);
const SHORTEST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The place that was asked for.
fn wanted(repository: &GitRepository, log: Option<&OsStr>) -> Result<LogPlace, Stop> {
    // A workflow hands on a variable that is not set as an empty text: that says nothing.
    let written = match log.filter(|log| !log.is_empty()) {
        Some(log) => log.to_owned(),
        None => match repository.local_setting(PLACE)? {
            Some(text) => text.into(),
            None => return Ok(LogPlace::Auto),
        },
    };
    LogPlace::read(&written).map_err(|wrong| no_place(&wrong))
}

fn no_place(written: &str) -> Stop {
    // A connection string is a secret; it is not repeated.
    if written.contains("://") {
        return Stop::request("error-log-address-shown");
    }
    Stop::Request(Message::new("error-log-place").with("place", written))
}

fn usual_file(repository: &GitRepository) -> PathBuf {
    repository.common_dir().join("sekisho").join("log.sqlite")
}

/// The place, without anything left open. A log that was begun in a file stays there; else a
/// repository with a remote has it on a branch, where everybody finds it.
fn settled(repository: &GitRepository, place: LogPlace, origin: &str) -> Result<LogPlace, Stop> {
    let remote = || -> Result<Option<String>, Stop> {
        let remotes: Vec<String> = repository
            .remotes()?
            .into_iter()
            .filter(|name| place::is_remote(name))
            .collect();
        Ok(match remotes.as_slice() {
            [only] => Some(only.clone()),
            all => all.iter().find(|name| *name == "origin").cloned(),
        })
    };
    match place {
        LogPlace::Auto => {
            let file = usual_file(repository);
            if file.symlink_metadata().is_ok() {
                return Ok(LogPlace::Sqlite(file));
            }
            Ok(remote()?.map_or(LogPlace::Sqlite(file), |remote| LogPlace::Branch(Some(remote))))
        }
        LogPlace::Branch(None) => match remote()? {
            Some(remote) => Ok(LogPlace::Branch(Some(remote))),
            None => Err(Stop::request("error-log-remote")),
        },
        LogPlace::Postgres(None) => Ok(LogPlace::Postgres(Some(origin.to_owned()))),
        other => Ok(other),
    }
}

/// A file that was begun before there was a remote: nothing switches by itself, so people are told.
fn alone_beside_a_remote(repository: &GitRepository, place: &LogPlace) -> Result<Option<Message>, Stop> {
    let file = matches!(place, LogPlace::Sqlite(path) if path.exists());
    Ok((file && !repository.remotes()?.is_empty())
        .then(|| Message::new("log-beside-remote").with("place", place)))
}

/// What appends to the log's branch, and where it says that it took another way.
type Through<'a> = (Option<&'a GitHub>, &'a Detour);

/// The log at a place that leaves nothing open.
async fn open_place(
    repository: &GitRepository,
    place: &LogPlace,
    access: Access,
    through: Through<'_>,
    notices: &mut Vec<Message>,
) -> Result<Box<dyn LedgerStore>, Stop> {
    match place {
        LogPlace::Branch(Some(remote)) => branch::open(repository, remote, access, through, notices).await,
        LogPlace::Sqlite(path) => open_ledger(path, access).await,
        LogPlace::Postgres(Some(origin)) => postgres::open(origin).await,
        open => Err(no_place(&open.to_string())),
    }
}

/// Who checks which kind of signature.
pub(crate) fn verifiers() -> Verifiers {
    Verifiers::default()
        .with("sshsig", SshVerifier)
        .with(TOKEN_SIGNATURE, RsaVerifier)
}

/// Waits a random time that grows, for a minute in all.
fn pause() -> sekisho::store::Pause {
    let begun = std::sync::OnceLock::new();
    Box::new(move |attempt| {
        if begun.get_or_init(std::time::Instant::now).elapsed() > PATIENCE {
            return false;
        }
        let ceiling = SHORTEST_WAIT
            .saturating_mul(1 << attempt.min(6))
            .min(LONGEST_WAIT);
        let part = f64::from(u32::from(random()[0]) + 1) / 256.0;
        std::thread::sleep(ceiling.mul_f64(part));
        true
    })
}

/// A history index that ends with the process, for where none can be kept.
pub(crate) async fn passing_index() -> Result<Box<dyn HistoryIndex>, StoreError> {
    Ok(Box::new(SqliteIndex::in_memory().await?))
}

async fn open_ledger(path: &Path, access: Access) -> Result<Box<dyn LedgerStore>, Stop> {
    if !path.exists() && access != Access::Create {
        return Ok(Box::new(MemoryLedger::default()));
    }
    let opened = match access {
        Access::Glance | Access::Read => SqliteLedger::open_read_only(path).await,
        Access::Late | Access::Write => SqliteLedger::open(path).await,
        Access::Create if path.exists() => SqliteLedger::open(path).await,
        Access::Create => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(|error| StoreError::of_file(folder, &error))?;
            }
            SqliteLedger::create(path).await
        }
    };
    Ok(Box::new(opened?))
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
