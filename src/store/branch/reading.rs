//! Reads commits into the mirror. The first record in the branch's order that continues the chain and
//! is by somebody whose word counts is the log's; everything else that lies there is passed over, and
//! what was looked at in vain is not looked at again.

use std::collections::HashSet;

use crate::change::Digest;
use crate::ledger::{Believed, Follower, Head, NotNext, Record, Sealed, Tail, follow, leaf};
use crate::ports::{AppendError, LedgerStore as _, LogBranch, LogFile, StoreError};

use super::judging::{Reader, ahead, blocked, newer};
use super::page::{BLOBS, FULL, LONGEST, LONGEST_RECORDS, RECORDS, documents, lines};
use crate::store::SqliteLedger;

/// How much is kept before it goes into the mirror: records, and bytes of documents.
const BATCH: (usize, usize) = (1_000, 16 * 1024 * 1024);

/// How every record begins.
const BEGINNING: &[u8] = b"{\"prev\":\"";

/// Documents with their digests.
type Beside = Vec<(Digest, Vec<u8>)>;

/// A walk over commits.
pub(super) struct Reading<'a> {
    branch: &'a dyn LogBranch,
    mirror: &'a SqliteLedger,
    reader: &'a Reader,
    believed: Believed,
    tail: Option<Tail>,
    /// Files, with the documents beside them, in which there is nothing that continues the log as it is.
    vain: HashSet<(String, Option<String>)>,
    /// The leaves of the records that this walk found, behind those of the mirror.
    leaves: Vec<[u8; 32]>,
    ids: HashSet<String>,
    before: u64,
    records: Vec<Sealed>,
    blobs: Vec<Vec<u8>>,
    bytes: usize,
}

impl<'a> Reading<'a> {
    pub(super) async fn onto(
        branch: &'a dyn LogBranch,
        mirror: &'a SqliteLedger,
        reader: &'a Reader,
    ) -> Result<Self, StoreError> {
        let head = mirror.head().await?;
        let last = match head.size.checked_sub(1) {
            Some(last) => mirror.range(last, head.size).await?.pop(),
            None => None,
        };
        let tail = last.as_ref().map(Tail::after).transpose();
        Ok(Self {
            branch,
            mirror,
            reader,
            believed: reader.believed(mirror).await?,
            vain: HashSet::new(),
            tail: tail.map_err(|wrong| StoreError::Unreachable(format!("its copy is damaged: {wrong}")))?,
            leaves: Vec::new(),
            ids: HashSet::new(),
            before: head.size,
            records: Vec::new(),
            blobs: Vec::new(),
            bytes: 0,
        })
    }

    /// Reads these commits, oldest first; those that add no record.
    pub(super) async fn read(mut self, commits: &[String]) -> Result<Vec<String>, StoreError> {
        let mut foreign = Vec::new();
        for commit in commits {
            if !self.commit(commit).await? {
                foreign.push(commit.clone());
            }
            if self.records.len() >= BATCH.0 || self.bytes >= BATCH.1 {
                self.flush().await?;
            }
        }
        self.flush().await?;
        Ok(foreign)
    }

    /// Whether the commit adds a record, or brings one that is there already.
    async fn commit(&mut self, commit: &str) -> Result<bool, StoreError> {
        let Some(file) = self.branch.file_id(commit, RECORDS)? else {
            return Ok(false);
        };
        let files = (file, self.branch.file_id(commit, BLOBS)?);
        if self.vain.contains(&files) {
            return Ok(false);
        }
        let LogFile::Bytes(file) = self.branch.file(commit, RECORDS, LONGEST_RECORDS)? else {
            self.vain.insert(files);
            return Ok(false);
        };
        let mut belongs = false;
        let mut beside = None;
        // A commit holds no more; what lies behind that is nobody's.
        for line in lines(&file)
            .take(FULL.0)
            .filter(|line| line.starts_with(BEGINNING))
        {
            match follow(self.tail.as_ref(), line) {
                Ok(follower) if self.stands(commit, line, &follower, &mut beside).await? => {
                    belongs = true;
                    self.take(line, follower);
                }
                Err(wrong @ NotNext::Newer(_)) => {
                    return Err(blocked(newer(wrong), (&self.branch.name(), commit)));
                }
                _ => belongs = belongs || self.is_known(line).await?,
            }
        }
        if belongs {
            let documents = self.beside(commit, beside)?;
            self.bytes += documents.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
            self.blobs.extend(documents.into_iter().map(|(_, bytes)| bytes));
        } else {
            self.vain.insert(files);
        }
        Ok(belongs)
    }

    /// The documents of a commit, read once.
    fn beside(&self, commit: &str, read: Option<Beside>) -> Result<Beside, StoreError> {
        if let Some(read) = read {
            return Ok(read);
        }
        Ok(match self.branch.file(commit, BLOBS, LONGEST)? {
            LogFile::Bytes(file) => documents(&file),
            LogFile::Absent | LogFile::TooLong => Vec::new(),
        })
    }

    /// Whether a record that continues the chain is the log's: its id is new, what was seen is this
    /// log, and somebody said it whose word counts.
    async fn stands(
        &mut self,
        commit: &str,
        line: &[u8],
        follower: &Follower,
        beside: &mut Option<Beside>,
    ) -> Result<bool, StoreError> {
        if !self.fits(follower).await? || !self.believed.may_admit(line) {
            return Ok(false);
        }
        let documents = self.beside(commit, beside.take())?;
        let documents = &*beside.insert(documents);
        let reader = self.reader;
        let mut papers = reader.papers(line, documents, self.mirror).await?;
        // Signers may have come a few commits before, and not be in the mirror yet.
        if Believed::is_told_by(line) {
            papers.find_among(&self.blobs);
        }
        if self.believed.admits(line, &mut papers).is_err() {
            return Ok(false);
        }
        if !self.reader.is_due(follower.at) {
            // Passed over, it would count for whoever comes later: there would be two logs.
            let seq = follower.tail.head.size.saturating_sub(1);
            let message = ahead(seq, &follower.tail.time).with("now", reader.now());
            return Err(blocked(message, (&self.branch.name(), commit)));
        }
        self.believed.take_in(line, &mut papers);
        Ok(true)
    }

    fn take(&mut self, line: &[u8], follower: Follower) {
        let head = follower.tail.head;
        self.records.push(Sealed {
            seq: head.size.saturating_sub(1),
            leaf: head.leaf,
            bytes: line.to_vec(),
        });
        self.leaves.push(head.leaf);
        self.ids.insert(follower.id);
        self.vain.clear();
        self.tail = Some(follower.tail);
    }

    /// Whether the id is new and what was seen is this log.
    async fn fits(&self, follower: &Follower) -> Result<bool, StoreError> {
        let Head { size, leaf } = follower.seen;
        let seen = match size.checked_sub(1) {
            Some(last) => self.leaf(last).await?,
            None => Some([0; 32]),
        };
        if seen != Some(leaf) || self.ids.contains(&follower.id) {
            return Ok(false);
        }
        Ok(self.before == 0 || self.mirror.find(&follower.id).await?.is_none())
    }

    /// Whether this record is in the mirror: a walk that was interrupted comes by again.
    async fn is_known(&self, line: &[u8]) -> Result<bool, StoreError> {
        let Ok(record) = Record::read(line) else {
            return Ok(false);
        };
        Ok(self.leaf(record.seq).await? == Some(leaf(line)))
    }

    async fn leaf(&self, seq: u64) -> Result<Option<[u8; 32]>, StoreError> {
        match seq.checked_sub(self.before) {
            Some(nth) => Ok(usize::try_from(nth)
                .ok()
                .and_then(|nth| self.leaves.get(nth).copied())),
            None => {
                let row = self.mirror.range(seq, seq.saturating_add(1)).await?.pop();
                Ok(row.map(|row| row.leaf))
            }
        }
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        let (records, blobs) = (std::mem::take(&mut self.records), std::mem::take(&mut self.blobs));
        self.bytes = 0;
        if records.is_empty() && blobs.is_empty() {
            return Ok(());
        }
        self.mirror
            .adopt(&records, &blobs)
            .await
            .map_err(|error| match error {
                AppendError::Store(error) => error,
                other => StoreError::Unreachable(format!("its copy is damaged: {other}")),
            })
    }
}
