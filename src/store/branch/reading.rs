//! Reads commits into the mirror. The first record in the branch's order that continues the chain
//! counts; everything else that lies there is passed over.

use std::collections::HashSet;

use crate::ledger::{Follower, Head, NotNext, Record, Sealed, Tail, follow, leaf};
use crate::ports::{AppendError, LedgerStore as _, LogBranch, LogFile, StoreError};

use super::page::{BLOBS, LONGEST, RECORDS, documents, lines};
use crate::store::SqliteLedger;

/// How much is kept before it goes into the mirror: records, and bytes of documents.
const BATCH: (usize, usize) = (1_000, 16 * 1024 * 1024);

/// A walk over commits.
pub(super) struct Reading<'a> {
    branch: &'a dyn LogBranch,
    mirror: &'a SqliteLedger,
    tail: Option<Tail>,
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
        let LogFile::Bytes(file) = self.branch.file(commit, RECORDS, LONGEST)? else {
            return Ok(false);
        };
        let mut belongs = false;
        for line in lines(&file) {
            match follow(self.tail.as_ref(), line) {
                Ok(follower) if self.stands(&follower).await? => {
                    belongs = true;
                    self.take(line, follower);
                }
                Err(NotNext::Newer(seq)) => {
                    return Err(StoreError::Damaged(NotNext::Newer(seq).to_string()));
                }
                _ => belongs |= self.is_known(line).await?,
            }
        }
        if belongs && let LogFile::Bytes(file) = self.branch.file(commit, BLOBS, LONGEST)? {
            let documents = documents(&file);
            self.bytes += documents.iter().map(Vec::len).sum::<usize>();
            self.blobs.extend(documents);
        }
        Ok(belongs)
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
        self.tail = Some(follower.tail);
    }

    /// Whether the id is new and what was seen is this log.
    async fn stands(&self, follower: &Follower) -> Result<bool, StoreError> {
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
