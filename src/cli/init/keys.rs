//! SSH public keys for the file: the caller's own from the usual places, others as somebody gives them.

use std::path::{Path, PathBuf};

use sekisho::change::Message;
use sekisho::config::fingerprint;
use sekisho::ports::Repository as _;
use sekisho::usecases::Stop;

use crate::cli::actor;
use crate::cli::args::Global;
use crate::wire::Wiring;

/// The caller's key: the one that is named, git's signing key, the usual files, else whatever public
/// key lies beside them. The agent is not asked: it may hold keys of other people.
pub(super) fn own(wiring: &Wiring, global: &Global) -> Result<Option<String>, Stop> {
    let signing = wiring.repository.identity()?.signing_key;
    let literal = signing
        .as_deref()
        .map(|key| key.strip_prefix("key::").unwrap_or(key));
    if global.key.is_none()
        && let Some(key) = literal.and_then(line)
    {
        return Ok(Some(key));
    }
    let files = actor::key_files(wiring, global)?;
    let usual = files.iter().find_map(|file| actor::public_key(file));
    if usual.is_some() || global.key.is_some() {
        return Ok(usual);
    }
    Ok(others().iter().find_map(|file| read(file)))
}

/// The public keys of `~/.ssh`, in order of name.
fn others() -> Vec<PathBuf> {
    let Some(folder) = std::env::home_dir().map(|home| home.join(".ssh")) else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "pub"));
    files.sort();
    files
}

/// A key as it was given: the line itself, or a file that holds it.
pub(super) fn given(text: &str) -> Result<String, Message> {
    let text = text.trim();
    line(text)
        .or_else(|| read(Path::new(text)))
        .ok_or_else(|| Message::new("error-public-key").with("text", text))
}

/// The largest file that can be a public key, in bytes.
const LARGEST: u64 = 64 * 1024;

fn read(file: &Path) -> Option<String> {
    let metadata = file.metadata().ok()?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return None;
    }
    line(&std::fs::read_to_string(file).ok()?)
}

/// Type and base64 of a line that is a public key; the comment is dropped.
fn line(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let (kind, blob) = (words.next()?, words.next()?);
    let key = format!("{kind} {blob}");
    let known = ["ssh-", "ecdsa-", "sk-"]
        .iter()
        .any(|start| kind.starts_with(start));
    (known && blob.starts_with("AAAA") && fingerprint(&key).is_some()).then_some(key)
}
