//! The spool as a folder of files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::change::Digest;
use crate::ports::{Broken, Draft, Spool, SpoolCount, SpoolError, Waiting};

use super::ends::Ends;
use super::sheet::{LONGEST, Sheet};

/// A folder with one file for each act (`000001.draft`), `ends`, `lock`, and `held/` for what was
/// put aside. Nobody but its owner may look into it.
#[derive(Debug, Clone)]
pub struct FileSpool {
    folder: PathBuf,
}

/// The spool belongs to one process until this is dropped.
struct Locked(#[allow(dead_code, reason = "the lock ends with the file")] File);

impl FileSpool {
    /// The spool in this folder, which need not be there yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    fn file(&self, number: u64) -> PathBuf {
        self.folder.join(draft_name(number))
    }

    fn held(&self) -> PathBuf {
        self.folder.join("held")
    }

    fn lock(&self) -> Result<Locked, SpoolError> {
        private_folder(&self.folder)?;
        let path = self.folder.join("lock");
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| failed(&path, &error))?;
        file.lock().map_err(|error| failed(&path, &error))?;
        Ok(Locked(file))
    }

    /// Where the numbering stands; the files themselves when nobody wrote it down.
    fn ends(&self, numbers: &BTreeSet<u64>) -> Result<Ends, SpoolError> {
        let path = self.folder.join("ends");
        let text = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(&path, &error)),
        };
        let known = text.as_deref().and_then(Ends::read);
        let mut ends = known.clone().unwrap_or_else(Ends::new);
        if let (None, Some(first)) = (&known, numbers.first()) {
            ends.done = first.saturating_sub(1);
            ends.last = ends.done;
        }
        // The process may have ended between the file and the note about it.
        if let Some(last) = numbers.last().copied().filter(|last| *last > ends.last) {
            ends.last = last;
            ends.last_digest = self.sheet(last)?.map_or(ends.last_digest, |(_, digest)| digest);
        }
        Ok(ends)
    }

    fn write_ends(&self, ends: &Ends) -> Result<(), SpoolError> {
        put(&self.folder, "ends", ends.write().as_bytes())
    }

    /// The numbers of the drafts; a file that this spool would name otherwise is none of them.
    fn numbers(&self) -> Result<BTreeSet<u64>, SpoolError> {
        let number = |name: String| {
            let number = name.strip_suffix(".draft")?.parse().ok()?;
            (draft_name(number) == name).then_some(number)
        };
        Ok(names(&self.folder)?.into_iter().filter_map(number).collect())
    }

    /// A file as a sheet; `None` when it is damaged.
    fn sheet(&self, number: u64) -> Result<Option<(Sheet, Digest)>, SpoolError> {
        let path = self.file(number);
        let found = std::fs::metadata(&path).map_err(|error| failed(&path, &error))?;
        if !found.is_file() {
            return Ok(None);
        }
        let file = File::open(&path).map_err(|error| failed(&path, &error))?;
        let mut bytes = Vec::new();
        let read = file.take(LONGEST).read_to_end(&mut bytes);
        read.map_err(|error| failed(&path, &error))?;
        Ok(Sheet::read(&bytes).filter(|(sheet, _)| sheet.number == number))
    }

    /// Where the numbering stands once `number` went; `None` when that is written down already.
    fn past(&self, number: u64) -> Result<Option<Ends>, SpoolError> {
        let numbers = self.numbers()?;
        let mut ends = self.ends(&numbers)?;
        if number <= ends.done {
            return Ok(None);
        }
        let there = |number| match numbers.contains(&number) {
            true => self.sheet(number),
            false => Ok(None),
        };
        ends.done_digest = if number >= ends.last {
            ends.last_digest
        } else if let Some((_, digest)) = there(number)? {
            digest
        } else {
            // Behind a break, the next one says what it was made after.
            there(number + 1)?.map_or(ends.last_digest, |(next, _)| next.before)
        };
        ends.done = number;
        ends.last = ends.last.max(number);
        Ok(Some(ends))
    }
}

impl Spool for FileSpool {
    fn add(&self, draft: &Draft) -> Result<u64, SpoolError> {
        let _locked = self.lock()?;
        let mut ends = self.ends(&self.numbers()?)?;
        let sheet = Sheet {
            number: ends.last.saturating_add(1),
            before: ends.last_digest,
            draft: draft.clone(),
        };
        let bytes = sheet.write();
        let number = sheet.number;
        put(&self.folder, &format!("{number:06}.draft"), &bytes)?;
        ends.last = number;
        if let Some((_, digest)) = Sheet::read(&bytes) {
            ends.last_digest = digest;
        }
        self.write_ends(&ends)?;
        Ok(number)
    }

    fn list(&self) -> Result<Vec<Waiting>, SpoolError> {
        let numbers = self.numbers()?;
        let ends = self.ends(&numbers)?;
        // Unknown behind a break: which act came before the next one cannot be told.
        let mut before = Some(ends.done_digest);
        let mut all = Vec::new();
        for number in ends.done.saturating_add(1)..=ends.last {
            let sheet = match numbers.contains(&number) {
                true => self.sheet(number)?.ok_or(Broken::Damaged),
                false => Err(Broken::Gone),
            };
            let follows = |sheet: &Sheet| before.is_none_or(|before| sheet.before == before);
            let draft = match sheet {
                Ok((sheet, digest)) if follows(&sheet) => {
                    before = Some(digest);
                    Ok(sheet.draft)
                }
                Ok(_) => Err(Broken::Damaged),
                Err(broken) => Err(broken),
            };
            if draft.is_err() {
                before = None;
            }
            all.push(Waiting { number, draft });
        }
        Ok(all)
    }

    fn done(&self, number: u64) -> Result<(), SpoolError> {
        let _locked = self.lock()?;
        if let Some(ends) = self.past(number)? {
            self.write_ends(&ends)?;
        }
        let path = self.file(number);
        gone(fs::remove_file(&path)).map_err(|error| failed(&path, &error))?;
        sync(&self.folder)
    }

    fn hold(&self, number: u64, why: &str) -> Result<(), SpoolError> {
        let _locked = self.lock()?;
        let ends = self.past(number)?;
        // Written down last: a process that ends in between leaves a draft that is missed, not one
        // that nobody lists.
        let write_down = || ends.as_ref().map_or(Ok(()), |ends| self.write_ends(ends));
        let path = self.file(number);
        if !path.exists() {
            return write_down();
        }
        let held = self.held();
        private_folder(&held)?;
        // Nothing that was put aside before is overwritten.
        let names = std::iter::once(format!("{number:06}"))
            .chain((2..u32::MAX).map(|nth| format!("{number:06}-{nth}")));
        let name = names
            .into_iter()
            .find(|name| !held.join(format!("{name}.draft")).exists())
            .unwrap_or_default();
        put(&held, &format!("{name}.why"), format!("{why}\n").as_bytes())?;
        fs::rename(&path, held.join(format!("{name}.draft"))).map_err(|error| failed(&path, &error))?;
        sync(&held)?;
        sync(&self.folder)?;
        write_down()
    }

    fn count(&self) -> Result<SpoolCount, SpoolError> {
        let drafts = names(&self.held())?;
        let numbers = self.numbers()?;
        let ends = self.ends(&numbers)?;
        Ok(SpoolCount {
            waiting: ends.last.saturating_sub(ends.done),
            held: drafts.iter().filter(|name| name.ends_with(".draft")).count() as u64,
        })
    }
}

/// The file of one draft.
fn draft_name(number: u64) -> String {
    format!("{number:06}.draft")
}

fn failed(path: &Path, error: &std::io::Error) -> SpoolError {
    SpoolError(format!("{}: {error}", path.display()))
}

/// Somebody else was faster.
fn gone(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The names in a folder; none when there is no folder.
fn names(folder: &Path) -> Result<Vec<String>, SpoolError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(folder, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| failed(folder, &error))?;
        names.extend(entry.file_name().into_string());
    }
    Ok(names)
}

/// Makes the folder where it is missing. What lies in it may hold evidence and phone numbers.
fn private_folder(folder: &Path) -> Result<(), SpoolError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed(folder, &error))
}

/// Writes a file whole or not at all, on the disk when it returns. A temporary file belongs to
/// its owner alone.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), SpoolError> {
    let path = folder.join(name);
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    write().map_err(|error| failed(&path, &error))?;
    sync(folder)
}

/// A new name in a folder is on the disk only when the folder is.
fn sync(folder: &Path) -> Result<(), SpoolError> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| failed(folder, &error))
}
