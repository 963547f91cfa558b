//! What a clone remembers of its log, apart from the log itself: where it ended, and its first
//! leaf.

use std::path::{Path, PathBuf};

use sekisho::change::{Digest, Message};
use sekisho::git::GitRepository;
use sekisho::ledger::Head;
use sekisho::ports::LedgerStore;
use sekisho::usecases::Stop;

use super::LogPlace;

/// The longest file that is read, in bytes.
const LARGEST: u64 = 200;

/// The setting of `.git/config` that keeps the first leaf.
const GENESIS: &str = "sekisho.genesis";

/// The first leaf of the log that this clone has used.
pub(super) fn pinned(repository: &GitRepository) -> Result<Option<Head>, Stop> {
    let Some(text) = repository.local_setting(GENESIS)? else {
        return Ok(None);
    };
    let leaf: Result<Digest, _> = format!("sha256:{}", text.trim()).parse();
    let leaf = leaf.map_err(|_| {
        let what = format!("{GENESIS} is no 64 hex digits");
        Stop::Unavailable(Message::new("error-memory").with("detail", what))
    })?;
    Ok(Some(Head {
        size: 1,
        leaf: *leaf.as_bytes(),
    }))
}

/// Remembers where the log at this place ends now.
pub(super) async fn remember(
    repository: &GitRepository,
    place: &LogPlace,
    ledger: &dyn LedgerStore,
) -> Result<(), Stop> {
    ledger.settle().await?;
    let head = ledger.head().await?;
    let text = format!("{} {}\n", head.size, Digest::from_bytes(head.leaf));
    let unwritable =
        |error: &dyn std::fmt::Display| Stop::Unavailable(Message::new("error-memory").with("detail", error));
    let path = memory(repository);
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(&error))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| unwritable(&error))?;
    file.persist(&path).map_err(|error| unwritable(&error))?;
    pin(repository, place, ledger, head).await
}

/// A branch can be replaced by whoever may push: this clone keeps which log it has used.
async fn pin(
    repository: &GitRepository,
    place: &LogPlace,
    ledger: &dyn LedgerStore,
    head: Head,
) -> Result<(), Stop> {
    if !matches!(place, LogPlace::Branch(_)) || head.size == 0 {
        return Ok(());
    }
    if repository.local_setting(GENESIS)?.is_none()
        && let Some(first) = ledger.range(0, 1).await?.first()
    {
        let leaf = Digest::from_bytes(first.leaf).hex();
        repository.set_local(GENESIS, &leaf)?;
    }
    Ok(())
}

/// The file that remembers where the log ended, apart from the log itself.
fn memory(repository: &GitRepository) -> PathBuf {
    repository.common_dir().join("sekisho").join("remembered")
}

/// Where the log ended when a command last looked; `None` before the first time.
pub(super) fn remembered(repository: &GitRepository) -> Result<Option<Head>, Stop> {
    let unreadable = |detail: &dyn std::fmt::Display| {
        Stop::Unavailable(Message::new("error-memory").with("detail", detail))
    };
    let path = memory(repository);
    // What is there is not shown: somebody may have put another file's name in its place.
    match path.symlink_metadata() {
        Ok(file) if file.is_file() && file.len() <= LARGEST => {}
        Ok(_) => return Err(unreadable(&"no small plain file")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error.kind()))?;
    let read = || {
        let (size, leaf) = text.trim_end().split_once(' ')?;
        let leaf: Digest = leaf.parse().ok()?;
        Some(Head {
            size: size.parse().ok()?,
            leaf: *leaf.as_bytes(),
        })
    };
    let head = read().ok_or_else(|| unreadable(&"not SIZE and HASH"))?;
    Ok((head.size > 0).then_some(head))
}
