//! Reads a bundle as a store that nobody can write to.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use crate::change::Digest;
use crate::ledger::{DOCUMENT_MAX_BYTES, Head, RECORD_MAX_BYTES, Record, Sealed, leaf};
use crate::ports::{AppendError, Draft, Guard, LedgerStore, StoreError};

/// A bundle that was opened: the places of its lines, and no line.
#[derive(Debug)]
pub struct BundleLedger {
    pub(super) folder: PathBuf,
    file: Mutex<File>,
    /// Where each line begins and how long it is, without its line end.
    lines: Vec<(u64, u64)>,
    /// Whether the last line has its line end.
    pub(super) ends: bool,
}

impl BundleLedger {
    /// Opens the bundle in `folder`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no `log.jsonl`, [`StoreError::Unreachable`] when it
    /// cannot be read.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join("log.jsonl");
        let file = match regular(&path)? {
            true => File::open(&path).map_err(|error| unreachable_file(&path, &error))?,
            false => return Err(StoreError::Missing(path.display().to_string())),
        };
        let (lines, ends) = places(&file).map_err(|error| unreachable_file(&path, &error))?;
        Ok(Self {
            folder: folder.to_owned(),
            file: Mutex::new(file),
            lines,
            ends,
        })
    }

    /// The number of lines.
    pub(super) fn size(&self) -> u64 {
        self.lines.len() as u64
    }

    /// The bytes of a line. One that is too long for a record is cut behind that length, so that
    /// it is still found to be too long.
    fn line(&self, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let place = usize::try_from(seq).ok().and_then(|seq| self.lines.get(seq));
        let Some((start, length)) = place else {
            return Ok(None);
        };
        let wrong = |error: std::io::Error| unreachable_file(&self.folder.join("log.jsonl"), &error);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(*start)).map_err(wrong)?;
        let mut bytes = Vec::new();
        let longest = (*length).min(RECORD_MAX_BYTES as u64 + 1);
        (&mut *file)
            .take(longest)
            .read_to_end(&mut bytes)
            .map_err(wrong)?;
        Ok(Some(bytes))
    }

    pub(super) fn sealed(&self, seq: u64) -> Result<Option<Sealed>, StoreError> {
        Ok(self.line(seq)?.map(|bytes| Sealed {
            seq,
            leaf: leaf(&bytes),
            bytes,
        }))
    }

    /// The files of a folder of the bundle, by name.
    pub(super) fn files(&self, folder: &str) -> Result<BTreeMap<String, PathBuf>, StoreError> {
        let path = self.folder.join(folder);
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(unreachable_file(&path, &error)),
        };
        let mut files = BTreeMap::new();
        for entry in entries {
            let entry = entry.map_err(|error| unreachable_file(&path, &error))?;
            files.insert(entry.file_name().to_string_lossy().into_owned(), entry.path());
        }
        Ok(files)
    }
}

/// Where the lines of a file are.
fn places(file: &File) -> std::io::Result<(Vec<(u64, u64)>, bool)> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut lines, mut start, mut at) = (Vec::new(), 0_u64, 0_u64);
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        for end in memchr::memchr_iter(b'\n', chunk) {
            let end = at + end as u64;
            lines.push((start, end - start));
            start = end + 1;
        }
        let length = chunk.len();
        at += length as u64;
        reader.consume(length);
    }
    let ends = start == at;
    if !ends {
        lines.push((start, at - start));
    }
    Ok((lines, ends))
}

/// Whether a regular file is there; a link is none, wherever it leads.
pub(super) fn regular(path: &Path) -> Result<bool, StoreError> {
    match std::fs::symlink_metadata(path) {
        Ok(found) => Ok(found.is_file()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(unreachable_file(path, &error)),
    }
}

/// The bytes of a regular file of at most `longest` bytes; `None` when there is none.
pub(super) fn bytes_of(path: &Path, longest: usize) -> Result<Option<Vec<u8>>, StoreError> {
    if !regular(path)? {
        return Ok(None);
    }
    let wrong = |error: std::io::Error| unreachable_file(path, &error);
    let file = File::open(path).map_err(wrong)?;
    let mut bytes = Vec::new();
    file.take(longest as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(wrong)?;
    match bytes.len() > longest {
        true => Err(StoreError::Damaged(format!("{} is too long", path.display()))),
        false => Ok(Some(bytes)),
    }
}

pub(super) fn unreachable_file(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::of_file(path, error)
}

fn not_here() -> StoreError {
    StoreError::Unreachable("a bundle is only read".to_owned())
}

#[async_trait]
impl LedgerStore for BundleLedger {
    async fn head(&self) -> Result<Head, StoreError> {
        let last = match self.size().checked_sub(1) {
            Some(last) => self.sealed(last)?,
            None => None,
        };
        Ok(last.map_or(Head::EMPTY, |last| Head {
            size: self.size(),
            leaf: last.leaf,
        }))
    }

    async fn append(&self, _: &[Draft], _: Guard<'_>, _: &str) -> Result<Vec<Sealed>, AppendError> {
        Err(not_here().into())
    }

    async fn adopt(&self, _: &[Sealed], _: &[Vec<u8>]) -> Result<(), AppendError> {
        Err(not_here().into())
    }

    async fn erase(&self, _: &Digest) -> Result<(), StoreError> {
        Err(not_here())
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        let numbers = from..to.min(self.size());
        numbers.filter_map(|seq| self.sealed(seq).transpose()).collect()
    }

    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError> {
        for seq in 0..self.size() {
            let record = self.line(seq)?.and_then(|line| Record::read(&line).ok());
            if record.is_some_and(|record| record.statement.id == id) {
                return Ok(Some(seq));
            }
        }
        Ok(None)
    }

    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.folder.join("blobs").join(digest.hex());
        if let Some(bytes) = bytes_of(&path, DOCUMENT_MAX_BYTES)? {
            return match Digest::of(&bytes) == *digest {
                true => Ok(Some(bytes)),
                false => Err(StoreError::Damaged(format!("the document {digest} was altered"))),
            };
        }
        let signers = bytes_of(&self.folder.join("allowed_signers"), DOCUMENT_MAX_BYTES)?;
        Ok(signers.filter(|bytes| Digest::of(bytes) == *digest))
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }
}
