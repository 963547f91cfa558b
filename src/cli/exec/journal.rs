//! What runs now, beside the log: written before a command starts and removed once its end is
//! recorded. What is left of it tells the next call that something was cut short.

use std::fs::{self, DirBuilder, File};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use sekisho::change::{ChangeId, Message};
use sekisho::usecases::Stop;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::cli::exit_code::group_lives;
use crate::cli::output::Output;
use crate::wire::Wiring;

/// One state of a command. The file has a line for each, and the last whole line counts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::cli) struct Entry {
    /// The change.
    pub change: ChangeId,
    /// Who runs it.
    pub person: String,
    /// When it was begun, RFC 3339.
    pub begun: String,
    /// Where it runs.
    pub host: String,
    /// The process that leads it, once it runs.
    pub leader: Option<u32>,
    /// How it ended, once it has.
    pub outcome: Option<String>,
    /// What its record was to tell.
    pub said: Map<String, Value>,
}

/// The journal of one command. While this lives nobody else takes it for cut short.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    entry: Entry,
}

/// The longest journal that is read, in bytes.
const LONGEST: u64 = 256 * 1024;

fn folder(wiring: &Wiring) -> PathBuf {
    wiring.repository.common_dir().join("sekisho").join("running")
}

fn failed(error: &std::io::Error) -> Stop {
    Stop::Unavailable(Message::new("error-exec-journal").with("detail", error))
}

impl Journal {
    /// Begins one; it is on the disk when this returns.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] where it cannot be written: then nothing may run.
    pub(super) fn begin(wiring: &Wiring, entry: Entry) -> Result<Self, Stop> {
        let folder = folder(wiring);
        let begun = || -> std::io::Result<(PathBuf, File)> {
            DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
            let name = sekisho::change::Digest::of(&(wiring.ports().random)()).hex();
            let path = folder.join(format!("{}.jsonl", &name[..16]));
            let mut options = File::options();
            let file = options.create_new(true).append(true).mode(0o600).open(&path)?;
            file.lock()?;
            File::open(&folder)?.sync_all()?;
            Ok((path, file))
        };
        let (path, file) = begun().map_err(|error| failed(&error))?;
        let mut journal = Self { path, file, entry };
        journal.write().map_err(|error| failed(&error))?;
        Ok(journal)
    }

    fn write(&mut self) -> std::io::Result<()> {
        let line = serde_json::to_string(&self.entry).map_err(std::io::Error::other)?;
        self.file.write_all(format!("{line}\n").as_bytes())?;
        self.file.sync_all()
    }

    /// Notes what changed. A command that runs already is not stopped by a full disk.
    pub(super) fn note(&mut self, change: impl FnOnce(&mut Entry)) {
        change(&mut self.entry);
        let _ = self.write();
    }

    /// The folder of the command's plan.
    pub(super) fn plan_folder(&self) -> PathBuf {
        self.path.with_extension("plan")
    }

    /// Ends it: everything is in the log, or nothing was run.
    pub(super) fn end(self) {
        remove(&self.path);
    }

    /// Leaves it for the next call to tell of; the plan's copy goes.
    pub(super) fn leave(self) {
        let _ = fs::remove_dir_all(self.plan_folder());
    }
}

fn remove(path: &Path) {
    let _ = fs::remove_dir_all(path.with_extension("plan"));
    let _ = fs::remove_file(path);
}

/// What was left behind of commands that nobody runs any more; without an entry where nobody can tell
/// what it was.
pub(in crate::cli) fn left(wiring: &Wiring) -> Vec<(PathBuf, Option<Entry>)> {
    let Ok(files) = fs::read_dir(folder(wiring)) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "jsonl"));
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| abandoned(&path).map(|entry| (path, entry)))
        .collect()
}

/// `None` while somebody runs it, or where it went meanwhile.
fn abandoned(path: &Path) -> Option<Option<Entry>> {
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    let file = File::open(path).ok()?;
    file.try_lock_shared().ok()?;
    let mut text = String::new();
    let read = file.take(LONGEST).read_to_string(&mut text);
    let lines = text.lines().rev();
    Some(
        read.ok()
            .and_then(|_| lines.filter_map(|line| serde_json::from_str(line).ok()).next()),
    )
}

/// What was left behind of this change.
pub(in crate::cli) fn left_of(wiring: &Wiring, id: &ChangeId) -> Option<Entry> {
    let of_it = |entry: &Entry| &entry.change == id;
    left(wiring)
        .into_iter()
        .rev()
        .find_map(|(_, entry)| entry.filter(of_it))
}

/// Clears away what was left behind of this change: its end is in the log.
pub(in crate::cli) fn settle(wiring: &Wiring, id: &ChangeId) {
    for (path, entry) in left(wiring) {
        if entry.is_some_and(|entry| &entry.change == id) {
            remove(&path);
        }
    }
}

/// Tells of commands that were cut short, or whose end is not in the log.
pub(in crate::cli) fn tell_of_left(output: &Output, wiring: &Wiring) {
    for (path, entry) in left(wiring) {
        let Some(entry) = entry else {
            output.tell(&Message::new("exec-left-unreadable").with("file", path.display()));
            continue;
        };
        let key = match (&entry.outcome, entry.leader) {
            (Some(_), _) => "exec-left-ended",
            (None, Some(leader)) if group_lives(leader) => "exec-left-running",
            (None, _) => "exec-left",
        };
        let outcome = entry.outcome.unwrap_or_default();
        let message = Message::new(key)
            .with("change", &entry.change)
            .with("person", sekisho::report::harmless(&entry.person))
            .with("begun", sekisho::report::harmless(&entry.begun))
            .with("host", sekisho::report::harmless(&entry.host))
            .with("leader", entry.leader.unwrap_or_default())
            .with("word", sekisho::report::harmless(&outcome));
        output.tell(&message);
    }
}
