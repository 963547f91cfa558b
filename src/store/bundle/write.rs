//! Writes a bundle.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use crate::change::Digest;
use crate::ledger::{Checkpoint, Machines, Record, Tree, acts};
use crate::ports::{LedgerStore, StoreError};

use super::pem::pem;
use super::read::unreachable_file;

/// How many records are read at once.
const PAGE: u64 = 1_000;

/// The words for whoever checks it by hand.
const PAGES: [(&str, &str); 2] = [
    ("README.md", include_str!("README.md")),
    ("README.ja.md", include_str!("README.ja.md")),
];

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundled {
    /// The log as it was.
    pub checkpoint: Checkpoint,
    /// How many documents lie beside the records.
    pub documents: u64,
}

/// Writes the log into `folder`, which must not be there or be empty. The checkpoint comes last:
/// what was interrupted is no bundle.
///
/// # Errors
/// [`StoreError`] when the log cannot be read or a file cannot be made.
pub async fn write_bundle(
    ledger: &dyn LedgerStore,
    folder: &Path,
    progress: &dyn Fn(u64),
) -> Result<Bundled, StoreError> {
    let blobs = folder.join("blobs");
    std::fs::create_dir_all(folder).map_err(|error| unreachable_file(folder, &error))?;
    let taken = std::fs::read_dir(folder).map_err(|error| unreachable_file(folder, &error))?;
    if taken.count() > 0 {
        return Err(StoreError::Unreachable(format!(
            "{} is not empty",
            folder.display()
        )));
    }
    std::fs::create_dir(&blobs).map_err(|error| unreachable_file(&blobs, &error))?;
    let path = folder.join("log.jsonl");
    let mut log = BufWriter::new(create(&path)?);
    let size = ledger.head().await?.size;
    let (mut tree, mut origin, mut signers) = (Tree::new(), String::new(), None);
    let mut written: BTreeSet<Digest> = BTreeSet::new();
    while tree.size() < size {
        let page = ledger
            .range(tree.size(), tree.size().saturating_add(PAGE).min(size))
            .await?;
        if page.is_empty() {
            return Err(StoreError::Damaged(format!("record {} is missing", tree.size())));
        }
        for sealed in &page {
            let line = log.write_all(&sealed.bytes).and_then(|()| log.write_all(b"\n"));
            line.map_err(|error| unreachable_file(&path, &error))?;
            tree.push(sealed.leaf);
            let record =
                Record::read(&sealed.bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
            if matches!(record.statement.act.as_str(), acts::CREATED | acts::SIGNERS) {
                signers = Record::signers_of(&sealed.bytes);
            }
            for attached in record.statement.with.iter().filter(|one| one.name == "jwks") {
                keys(&folder.join("keys"), &ledger.blob(&attached.digest).await?)?;
            }
            origin = record.statement.log;
            for digest in Record::names(&sealed.bytes).unwrap_or_default() {
                if let Some(bytes) = ledger.blob(&digest).await?
                    && written.insert(digest)
                {
                    write(&blobs.join(digest.hex()), &bytes)?;
                }
            }
        }
        progress(tree.size());
    }
    log.flush().map_err(|error| unreachable_file(&path, &error))?;
    if let Some(signers) = signers
        && let Some(bytes) = ledger.blob(&signers).await?
    {
        write(&folder.join("allowed_signers"), &bytes)?;
    }
    for (name, text) in PAGES {
        write(&folder.join(name), text.as_bytes())?;
    }
    let checkpoint = Checkpoint {
        origin,
        size,
        root: tree.root(),
    };
    write(
        &folder.join("checkpoint"),
        checkpoint.note().to_string().as_bytes(),
    )?;
    Ok(Bundled {
        checkpoint,
        documents: written.len() as u64,
    })
}

/// The keys of a key set, each in a file that openssl reads, named after the hash of the key's name.
fn keys(folder: &Path, set: &Option<Vec<u8>>) -> Result<(), StoreError> {
    for (name, key) in Machines::keys_in(set.as_deref().unwrap_or_default()) {
        std::fs::create_dir_all(folder).map_err(|error| unreachable_file(folder, &error))?;
        let path = folder.join(format!("oidc-{}.pem", Digest::of(name.as_bytes()).hex()));
        // The first one that was brought under a name is the one that counts.
        if !path.exists() {
            write(&path, pem(&key).as_bytes())?;
        }
    }
    Ok(())
}

fn create(path: &Path) -> Result<File, StoreError> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    made.map_err(|error| unreachable_file(path, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let written = create(path)?.write_all(bytes);
    written.map_err(|error| unreachable_file(path, &error))
}
