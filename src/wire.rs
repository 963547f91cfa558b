//! The composition root: the only file that names every implementation.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use sekisho::change::{Digest, Message};
use sekisho::git::{GitRepository, Login};
use sekisho::github::{Address, GitHub, Surroundings, Token};
use sekisho::ledger::Head;
use sekisho::ports::{Forge, LedgerStore, StoreError};
use sekisho::sign::SshVerifier;
use sekisho::store::{MemoryLedger, SqliteLedger};
use sekisho::usecases::{Ports, Stop};

/// Everything that one command opens.
pub(crate) struct Wiring {
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
    remembered: Option<Head>,
    /// The forge, where there is a token for it.
    forge: Option<GitHub>,
    progress: Box<dyn Fn(u64)>,
}

/// Whether the log may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
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
    pub(crate) async fn open(
        start: &Path,
        log: Option<&Path>,
        access: Access,
        progress: Box<dyn Fn(u64)>,
    ) -> Result<Self, Stop> {
        let mut repository = GitRepository::discover(start)?;
        let forge = forge(&mut repository)?;
        let log_path = match log {
            Some(path) => path.to_owned(),
            None => match repository.local_setting("sekisho.log")? {
                Some(path) => PathBuf::from(path),
                None => repository.common_dir().join("sekisho").join("log.sqlite"),
            },
        };
        let ledger = open_ledger(&log_path, access).await?;
        let (name, origin) = names(&repository)?;
        Ok(Self {
            remembered: remembered(&repository)?,
            repository,
            verifier: SshVerifier,
            forge,
            ledger,
            log_path,
            now: now()?,
            name,
            origin,
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
            remembered: self.remembered,
            forge: self.forge.as_ref().map(|forge| forge as &dyn Forge),
            heard: None,
            random: &random,
            progress: self.progress.as_ref(),
        }
    }

    /// Remembers where the log ends now.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when the memory cannot be written.
    pub(crate) async fn remember(&self) -> Result<(), Stop> {
        self.ledger.settle().await?;
        let head = self.ledger.head().await?;
        let text = format!("{} {}\n", head.size, Digest::from_bytes(head.leaf));
        let unwritable = |error: &dyn std::fmt::Display| {
            Stop::Unavailable(Message::new("error-memory").with("detail", error))
        };
        let path = memory(&self.repository);
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(&error))?;
        std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| unwritable(&error))?;
        file.persist(&path).map_err(|error| unwritable(&error))?;
        Ok(())
    }
}

/// The file that remembers where the log ended, apart from the log itself.
fn memory(repository: &GitRepository) -> PathBuf {
    repository.common_dir().join("sekisho").join("remembered")
}

/// Where the log ended when a command last looked; `None` before the first time.
fn remembered(repository: &GitRepository) -> Result<Option<Head>, Stop> {
    let text = match std::fs::read_to_string(memory(repository)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(Stop::Unavailable(
                Message::new("error-memory").with("detail", error),
            ));
        }
    };
    let read = || {
        let (size, leaf) = text.trim_end().split_once(' ')?;
        let leaf: Digest = leaf.parse().ok()?;
        Some(Head {
            size: size.parse().ok()?,
            leaf: *leaf.as_bytes(),
        })
    };
    let head = read().ok_or_else(|| Stop::Unavailable(Message::new("error-memory").with("detail", &text)))?;
    Ok((head.size > 0).then_some(head))
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

/// GitHub, where there is a token and `origin` is on the server that the token is for. Commits are
/// fetched with the same token.
fn forge(repository: &mut GitRepository) -> Result<Option<GitHub>, Stop> {
    let variable = |name: &str| {
        std::env::var_os(name)?
            .into_string()
            .ok()
            .filter(|text| !text.is_empty())
    };
    let token = ["GITHUB_TOKEN", "GH_TOKEN"]
        .iter()
        .find_map(|name| Token::new(&variable(name)?));
    let (Some(token), Some(remote)) = (token, repository.local_setting("remote.origin.url")?) else {
        return Ok(None);
    };
    let around = Surroundings {
        server: variable("GITHUB_SERVER_URL"),
        rest: variable("GITHUB_API_URL"),
        graphql: variable("GITHUB_GRAPHQL_URL"),
        branch: variable("GITHUB_REF").and_then(|name| Some(name.strip_prefix("refs/heads/")?.to_owned())),
    };
    let Some(address) = Address::of(&remote, &around) else {
        return Ok(None);
    };
    repository.log_in(Login {
        server: address.server.clone(),
        header: token.git_header(),
    });
    Ok(Some(GitHub::new(address, token, PAUSE)))
}

/// The first pause before something is asked again.
#[cfg(not(feature = "test-clock"))]
const PAUSE: std::time::Duration = std::time::Duration::from_secs(1);

/// In tests nobody waits.
#[cfg(feature = "test-clock")]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(1);

/// The repository's name and a new log's origin: after the remote where there is one, so that
/// every clone finds the same, else after the folder.
fn names(repository: &GitRepository) -> Result<(String, String), Stop> {
    let folder = || {
        repository
            .work_tree()
            .as_deref()
            .unwrap_or(&repository.common_dir())
            .file_name()
            .map_or_else(
                || "repository".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            )
    };
    let remote = repository.local_setting("remote.origin.url")?;
    let Some(host_path) = remote.as_deref().and_then(host_and_path) else {
        let name = plain(&folder());
        return Ok((name.clone(), format!("local/{name}/sekisho")));
    };
    let name = host_path.rsplit('/').next().unwrap_or(&host_path).to_owned();
    Ok((name, format!("{host_path}/sekisho")))
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
    let path: Vec<String> = rest
        .split('/')
        .map(plain)
        .filter(|part| !part.is_empty())
        .collect();
    (path.len() >= 2 && !url.starts_with(['/', '.'])).then(|| path.join("/"))
}

/// Letters, digits, `-`, `_` and `.`; the rest becomes `-`.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                c
            } else {
                '-'
            }
        })
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
