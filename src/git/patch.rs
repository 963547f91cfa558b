//! The digest of what lies between two trees. It depends on the two trees and nothing else:
//! not on git's configuration, not on attributes, and not on line numbers.
//!
//! Bytes, per file in byte order of path: status letter, old mode, new mode (six octal digits),
//! path, each followed by a zero byte. Then for text every line of every hunk with three lines
//! of context, as ` `, `+` or `-` and the line's bytes; a line without a final newline is
//! followed by a newline and `\ No newline at end of file`. Before each hunk but
//! the first, and before one whose own lines do not tell where it stands, comes a line
//! `@BEFORE/AFTER`: which place of how many in the old and in the new file it is ([`Place`]).
//! For everything else (a zero byte in
//! the file, links, submodules, more than 1 MiB) the old and the new object id, each followed by
//! a zero byte, forty zeros where there is none.

use std::collections::BTreeSet;
use std::sync::Arc;

use git2::{ObjectType, Oid};
use sha2::{Digest as _, Sha256};

use super::GitRepository;
use super::difference::{self, Difference, Side};
use super::hunks;
use super::kept::Text;
use super::path;
use super::place::{Place, Places};
use crate::change::Digest;
use crate::ports::{Patch, RepositoryError};

/// Files beyond this size, in bytes, count by their object id.
const MOST_TEXT: usize = 1024 * 1024;

/// The line after one that has no newline.
const NO_NEWLINE: &[u8] = b"\n\\ No newline at end of file\n";

/// Digests what lies between two trees, the paths of `without` left out.
pub(super) fn between(
    repo: &GitRepository,
    from: Option<Oid>,
    to: Oid,
    without: &BTreeSet<String>,
) -> Result<Patch, RepositoryError> {
    let without: BTreeSet<Vec<u8>> = without.iter().map(|text| path::bytes(text)).collect();
    let mut hasher = Sha256::new();
    let (mut files, mut changed) = (0, 0);
    let differences = difference::between(repo, from, to)?;
    repo.fetch_missing(&blobs(&differences))?;
    for file in differences {
        if without.contains(&file.path) {
            continue;
        }
        files += 1;
        hasher.update(heading(&file));
        hasher.update(&file.path);
        hasher.update([0]);
        changed += body(repo, &file, &mut hasher)?;
    }
    Ok(Patch {
        digest: Digest::from_bytes(hasher.finalize().into()),
        files,
        lines: changed,
    })
}

/// What has to be there to compare files.
fn blobs(differences: &[Difference]) -> Vec<Oid> {
    let sides = differences.iter().flat_map(|file| [file.old, file.new]).flatten();
    sides
        .filter(|side| side.mode & 0o170_000 == 0o100_000)
        .map(|side| side.oid)
        .collect()
}

fn heading(file: &Difference) -> String {
    let mode = |side: Option<Side>| side.map_or(0, |side| side.mode);
    let kind = |side: Side| side.mode & 0o170_000;
    let status = match (file.old, file.new) {
        (None, _) => 'A',
        (_, None) => 'D',
        (Some(old), Some(new)) if kind(old) != kind(new) => 'T',
        _ => 'M',
    };
    format!("{status}\0{:06o}\0{:06o}\0", mode(file.old), mode(file.new))
}

/// Hashes what differs; how many lines do. What is no text counts as one.
fn body(repo: &GitRepository, file: &Difference, hasher: &mut Sha256) -> Result<u64, RepositoryError> {
    let old = text(repo, file.old)?;
    let new = if old.is_some() {
        text(repo, file.new)?
    } else {
        None
    };
    if let (Some(old), Some(new)) = (old, new) {
        return Ok(lines(&old, &new, hasher));
    }
    for side in [file.old, file.new] {
        hasher.update(side.map_or(Oid::ZERO_SHA1, |side| side.oid).to_string());
        hasher.update([0]);
    }
    Ok(1)
}

/// The side's text, empty where there is no file; `None` for what counts by its id.
fn text(repo: &GitRepository, side: Option<Side>) -> Result<Text, RepositoryError> {
    let Some(side) = side else {
        return Ok(Some(Arc::default()));
    };
    if side.mode & 0o170_000 != 0o100_000 {
        return Ok(None);
    }
    if let Some(text) = repo.kept().borrow().texts.get(side.oid) {
        return Ok(text);
    }
    let text: Text = match repo.blob_size(side.oid)? {
        size if size > MOST_TEXT => None,
        _ => repo.object(side.oid, ObjectType::Blob, |bytes| {
            memchr::memchr(0, bytes).is_none().then(|| Arc::from(bytes))
        })?,
    };
    let length = text.as_ref().map_or(0, |bytes| bytes.len());
    repo.kept()
        .borrow_mut()
        .texts
        .hold(side.oid, text.clone(), length);
    Ok(text)
}

/// Hashes the hunks; how many lines they add or take away.
fn lines(old: &[u8], new: &[u8], hasher: &mut Sha256) -> u64 {
    let mut changed = 0;
    let (mut before, mut after) = (Places::new(old), Places::new(new));
    for (nth, hunk) in hunks::between(old, new).iter().enumerate() {
        let places = (before.of(&hunk.old), after.of(&hunk.new));
        if nth > 0 || places != (Place::Only, Place::Only) {
            hasher.update(format!("@{}/{}\n", places.0, places.1));
        }
        for (mark, line) in &hunk.lines {
            changed += u64::from(*mark != b' ');
            hasher.update([*mark]);
            hasher.update(line);
            if !line.ends_with(b"\n") {
                hasher.update(NO_NEWLINE);
            }
        }
    }
    changed
}
