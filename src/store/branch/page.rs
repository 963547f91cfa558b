//! What one commit of the branch holds.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::change::Digest;
use crate::ledger::{Record, Sealed, instant};
use crate::ports::{LOG_FILES, LogCommit};

/// The file with records, one a line.
pub(super) const RECORDS: &str = LOG_FILES[0];
/// The file with documents and signatures, one a line.
pub(super) const BLOBS: &str = LOG_FILES[1];
/// The longest file with documents that is read, in bytes.
pub(super) const LONGEST: usize = 64 * 1024 * 1024;
/// The longest file with records that is read: as many as a commit holds, each as long as can be.
pub(super) const LONGEST_RECORDS: usize = FULL.0 * (16 * 1024 + 1);

const README: &str = include_str!("README.md");
/// Where a commit is full, in records and in bytes of documents.
pub(super) const FULL: (usize, usize) = (1_000, 16 * 1024 * 1024);
/// How many acts a subject names.
const NAMED: usize = 3;

/// Records with the documents that come along.
#[derive(Debug, Default)]
pub(super) struct Page {
    records: Vec<Sealed>,
    blobs: Vec<(Digest, Vec<u8>)>,
    bytes: usize,
}

impl Page {
    /// Distributes records and their documents over as many commits as they need: a document goes
    /// with the first record that names it, what nobody names goes with the last.
    pub(super) fn split(records: Vec<Sealed>, blobs: Vec<(Digest, Vec<u8>)>) -> Vec<Self> {
        let mut blobs: HashMap<Digest, Vec<u8>> = blobs.into_iter().collect();
        let mut pages = Vec::new();
        let mut page = Self::default();
        for record in records {
            if page.records.len() >= FULL.0 || page.bytes >= FULL.1 {
                pages.push(std::mem::take(&mut page));
            }
            for digest in Record::names(&record.bytes).unwrap_or_default() {
                if let Some(bytes) = blobs.remove(&digest) {
                    page.add(digest, bytes);
                }
            }
            page.records.push(record);
        }
        let mut rest: Vec<_> = blobs.into_iter().collect();
        rest.sort_unstable_by_key(|(digest, _)| *digest);
        for (digest, bytes) in rest {
            page.add(digest, bytes);
        }
        pages.push(page);
        pages
    }

    fn add(&mut self, digest: Digest, bytes: Vec<u8>) {
        self.bytes += bytes.len();
        self.blobs.push((digest, bytes));
    }

    /// The commit behind `parent`; `None` when a file of it would be longer than what is read.
    pub(super) fn commit(&self, parent: Option<String>) -> Option<LogCommit> {
        let mut records = Vec::new();
        for record in &self.records {
            records.extend_from_slice(&record.bytes);
            records.push(b'\n');
        }
        let mut blobs = String::new();
        for (digest, bytes) in &self.blobs {
            blobs.push_str(&line(digest, bytes));
        }
        let fits = records.len() <= LONGEST_RECORDS && blobs.len() <= LONGEST;
        let mut files = vec![(RECORDS, records), (LOG_FILES[2], README.as_bytes().to_vec())];
        if !blobs.is_empty() {
            files.push((BLOBS, blobs.into_bytes()));
        }
        fits.then(|| LogCommit {
            parent,
            files,
            message: self.message(),
            time: self.time(),
        })
    }

    fn time(&self) -> i64 {
        let last = self.records.last();
        last.and_then(|last| instant(&Record::read(&last.bytes).ok()?.time))
            .unwrap_or_default()
    }

    /// `#1042 deploy.allowed CHG-20261204-7K3Q production`, for people who look at the branch.
    fn message(&self) -> String {
        let number = match (self.records.first(), self.records.last()) {
            (Some(first), Some(last)) if first.seq < last.seq => format!("#{}-{}", first.seq, last.seq),
            (Some(only), _) => format!("#{}", only.seq),
            _ => String::new(),
        };
        let read = self.records.iter().filter_map(|r| Record::read(&r.bytes).ok());
        let (mut acts, mut about) = (Vec::new(), Vec::new());
        for record in read.take(NAMED) {
            let act = record
                .statement
                .act
                .split('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            acts.push(act);
            for name in ["change", "service", "environment"] {
                let word = record.statement.body.get(name).and_then(|value| value.as_str());
                about.extend(word.map(str::to_owned).filter(|word| !about.contains(word)));
            }
        }
        if self.records.len() > NAMED {
            acts.push("…".to_owned());
        }
        let words = [vec![number], acts, about].concat().join(" ");
        words
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect()
    }
}

/// A document as a line.
fn line(digest: &Digest, bytes: &[u8]) -> String {
    format!("{{\"b\":\"{}\",\"d\":\"{digest}\"}}\n", STANDARD.encode(bytes))
}

/// The documents of a file whose bytes are what their digests say; other lines are passed over.
pub(super) fn documents(file: &[u8]) -> Vec<(Digest, Vec<u8>)> {
    lines(file).filter_map(document).collect()
}

fn document(line: &[u8]) -> Option<(Digest, Vec<u8>)> {
    let text = std::str::from_utf8(line).ok()?;
    let rest = text.strip_prefix("{\"b\":\"")?.strip_suffix("\"}")?;
    let (encoded, digest) = rest.split_once("\",\"d\":\"")?;
    let (digest, bytes) = (digest.parse().ok()?, STANDARD.decode(encoded).ok()?);
    (Digest::of(&bytes) == digest).then_some((digest, bytes))
}

/// The file without this document's line; `None` when it is not in it.
pub(super) fn without(file: &[u8], digest: &Digest) -> Option<Vec<u8>> {
    let ending = format!("\"d\":\"{digest}\"}}");
    let names = |line: &&[u8]| line.ends_with(ending.as_bytes());
    lines(file).any(|line| names(&line)).then(|| {
        let mut kept = Vec::new();
        for line in lines(file).filter(|line| !names(line)) {
            kept.extend_from_slice(line);
            kept.push(b'\n');
        }
        kept
    })
}

/// The lines of a file; an empty one counts for nothing.
pub(super) fn lines(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    file.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_and_lies_do_not() {
        let (one, two) = (b"one\n\"".to_vec(), vec![0, 255, 7]);
        let mut file = line(&Digest::of(&one), &one) + &line(&Digest::of(&two), &two);
        file.push_str(&line(&Digest::of(b"x"), b"y"));
        file.push_str("{\"b\":\"!\",\"d\":\"sha256:00\"}\n\nnonsense\n");
        let documents = |file: &[u8]| -> Vec<Vec<u8>> {
            let found = documents(file);
            assert!(found.iter().all(|(digest, bytes)| Digest::of(bytes) == *digest));
            found.into_iter().map(|(_, bytes)| bytes).collect()
        };
        assert_eq!(documents(file.as_bytes()), [one.clone(), two.clone()]);
        let less = without(file.as_bytes(), &Digest::of(&one)).unwrap();
        assert_eq!(documents(&less), [two]);
        assert_eq!(without(&less, &Digest::of(&one)), None);
    }
}
