//! What a clone keeps of the branch: a lock, how far it has read, and the file it has read it into.
//! All of it can be deleted; none of it is believed.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::change::Digest;
use crate::ledger::Head;
use crate::ports::StoreError;

/// The longest state that is read, in bytes.
const LARGEST: u64 = 64 * 1024;

/// How many foreign commits are named.
const LISTED: usize = 100;

/// The folder of one branch.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

/// How far the branch was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    /// The commit that was the newest.
    pub(super) tip: Option<String>,
    /// The number of the file that its records were read into.
    pub(super) mirror: Option<u64>,
    /// Where the log ended with that commit.
    pub(super) head: Head,
    /// Commits that added no record, the first hundred.
    pub(super) foreign: Vec<String>,
    /// How many more.
    pub(super) more_foreign: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            tip: None,
            mirror: None,
            head: Head::EMPTY,
            foreign: Vec::new(),
            more_foreign: 0,
        }
    }
}

impl State {
    /// Notes commits that were passed over.
    pub(super) fn note(&mut self, foreign: Vec<String>) {
        for commit in foreign {
            if self.foreign.len() < LISTED {
                self.foreign.push(commit);
            } else {
                self.more_foreign = self.more_foreign.saturating_add(1);
            }
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| text.push_str(&format!("{name} {value}\n"));
        self.tip.iter().for_each(|tip| line("tip", tip));
        if let Some(mirror) = self.mirror {
            line("mirror", &mirror.to_string());
        }
        line(
            "head",
            &format!("{} {}", self.head.size, Digest::from_bytes(self.head.leaf)),
        );
        self.foreign.iter().for_each(|commit| line("foreign", commit));
        line("more", &self.more_foreign.to_string());
        text
    }

    /// What is not understood counts as never read: it is read again.
    fn of(text: &str) -> Self {
        let mut state = Self::default();
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("tip", tip)) => state.tip = Some(tip.to_owned()),
                Some(("mirror", number)) => state.mirror = number.parse().ok(),
                Some(("head", head)) => state.head = head_of(head).unwrap_or(Head::EMPTY),
                Some(("foreign", commit)) => state.foreign.push(commit.to_owned()),
                Some(("more", count)) => state.more_foreign = count.parse().unwrap_or_default(),
                _ => {}
            }
        }
        state
    }
}

fn head_of(text: &str) -> Option<Head> {
    let (size, leaf) = text.split_once(' ')?;
    let leaf: Digest = leaf.parse().ok()?;
    Some(Head {
        size: size.parse().ok()?,
        leaf: *leaf.as_bytes(),
    })
}

impl Cache {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The folder, for people.
    pub(super) fn place(&self) -> String {
        self.folder.display().to_string()
    }

    fn failed(&self, error: &std::io::Error) -> StoreError {
        StoreError::of_file(&self.folder, error)
    }

    /// Waits until no other process of this clone reads or writes the branch. The lock ends with
    /// the process, however it ends.
    pub(super) async fn lock(&self) -> Result<File, StoreError> {
        std::fs::create_dir_all(&self.folder).map_err(|error| self.failed(&error))?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join("lock"))
            .map_err(|error| self.failed(&error))?;
        // Somewhere else than on this thread: who holds the lock may need it to go on.
        let held = tokio::task::spawn_blocking(move || file.lock().map(|()| file)).await;
        held.map_err(|error| self.failed(&std::io::Error::other(error)))?
            .map_err(|error| self.failed(&error))
    }

    /// The state; `None` before the first fetch.
    pub(super) fn state(&self) -> Result<Option<State>, StoreError> {
        let path = self.folder.join("state");
        match path.symlink_metadata() {
            Ok(file) if file.is_file() && file.len() <= LARGEST => {}
            Ok(_) => return Err(self.failed(&std::io::Error::other("state is no small plain file"))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(&error)),
        }
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Some(State::of(&text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// When the branch was last read.
    pub(super) fn read_at(&self) -> Option<SystemTime> {
        std::fs::metadata(self.folder.join("state")).ok()?.modified().ok()
    }

    /// Keeps the state, whole or not at all.
    pub(super) fn keep(&self, state: &State) -> Result<(), StoreError> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder).map_err(|error| self.failed(&error))?;
        file.write_all(state.text().as_bytes())
            .map_err(|error| self.failed(&error))?;
        file.persist(self.folder.join("state"))
            .map_err(|error| self.failed(&error.error))?;
        Ok(())
    }

    /// The file of this number.
    pub(super) fn mirror(&self, number: u64) -> PathBuf {
        self.folder.join(format!("mirror-{number}.sqlite"))
    }

    /// Deletes the file of this number with its side files.
    pub(super) fn drop_mirror(&self, number: u64) {
        let path = self.mirror(number);
        for end in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            // It may not be there; what cannot be deleted is deleted before the number is used.
            let _ = std::fs::remove_file(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        assert_eq!(cache.state().unwrap(), None);
        let mut state = State {
            tip: Some("abc".to_owned()),
            mirror: Some(3),
            head: Head {
                size: 7,
                leaf: [9; 32],
            },
            ..State::default()
        };
        state.note((0..120).map(|n| n.to_string()).collect());
        cache.keep(&state).unwrap();
        assert_eq!(cache.state().unwrap(), Some(state.clone()));
        assert_eq!((state.foreign.len(), state.more_foreign), (100, 20));
        assert_eq!(State::of("nonsense\nmirror x\n"), State::default());
    }
}
