//! Files that show how something was before and after, as digests; kept where that is asked for.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use sekisho::change::{Digest, Digesting, Message};
use sekisho::report::harmless;
use sekisho::usecases::{KEPT_FILES, Particulars, Stop};
use serde_json::{Value, json};

use super::files::{LARGEST, read_bounded, unreadable};

/// What is told of `files` under `name`: their digests in the record, their names in its note, and their
/// bytes where they are kept.
///
/// # Errors
/// [`Stop::Request`] for a file that cannot be read, is no file, or is one too many to be kept.
pub(super) fn of_files(name: &str, files: &[PathBuf], keep: bool) -> Result<Particulars, Stop> {
    let mut told = Particulars::default();
    if files.is_empty() {
        return Ok(told);
    }
    if keep && files.len() > KEPT_FILES.len() {
        return Err(Stop::Request(
            Message::new("error-keep-many").with("count", KEPT_FILES.len()),
        ));
    }
    let mut digests: Vec<Value> = Vec::new();
    let mut names = Vec::new();
    for (place, file) in files.iter().enumerate() {
        let shown = harmless(&file.display().to_string());
        let refused = |error: std::io::Error| unreadable(&shown, &error);
        let digest = match KEPT_FILES.get(place).filter(|_| keep) {
            Some(kept) => {
                let bytes = read_bounded(file, LARGEST).map_err(refused)?;
                let digest = Digest::of(&bytes);
                told.kept.push((kept, bytes));
                digest
            }
            None => hashed(file).map_err(refused)?,
        };
        digests.push(json!(digest.to_string()));
        names.push(shown);
    }
    told.said.insert(name.to_owned(), digests.into());
    told.note.insert(name.to_owned(), names.join("\n").into());
    Ok(told)
}

/// The digest of a file of any size. A pipe or a device may never end.
fn hashed(file: &Path) -> std::io::Result<Digest> {
    if !file.metadata()?.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    let mut from = std::fs::File::open(file)?;
    let mut digest = Digesting::default();
    let mut bytes = vec![0; 64 * 1024];
    loop {
        match from.read(&mut bytes)? {
            0 => return Ok(digest.digest()),
            read => digest.take(&bytes[..read]),
        }
    }
}
