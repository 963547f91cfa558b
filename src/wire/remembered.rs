//! What this clone remembers of the log: its first record, and where it ended.

use std::path::PathBuf;

use sekisho::change::{Digest, Message};
use sekisho::git::GitRepository;
use sekisho::ledger::Head;
use sekisho::usecases::Stop;

/// The setting of `.git/config` that says where the log is.
pub(super) const PLACE: &str = "sekisho.log";
/// The setting that says what its first leaf is.
pub(super) const GENESIS: &str = "sekisho.genesis";

/// The first leaf of the log that this clone has used.
pub(super) fn pinned(repository: &GitRepository) -> Result<Option<Head>, Stop> {
    let Some(text) = repository.local_setting(GENESIS)? else {
        return Ok(None);
    };
    let leaf: Result<Digest, _> = format!("sha256:{}", text.trim()).parse();
    let leaf = leaf.map_err(|_| Stop::Unavailable(Message::new("error-memory").with("detail", &text)))?;
    Ok(Some(Head {
        size: 1,
        leaf: *leaf.as_bytes(),
    }))
}

/// The file that remembers where the log ended, apart from the log itself.
pub(super) fn memory(repository: &GitRepository) -> PathBuf {
    repository.common_dir().join("sekisho").join("remembered")
}

/// Where the log ended when a command last looked; `None` before the first time.
pub(super) fn remembered(repository: &GitRepository) -> Result<Option<Head>, Stop> {
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
