//! Which records of the branch are the log's, where that takes more than the line itself: a signature
//! of somebody who may sign, and a time that is not to come.

use std::collections::HashMap;

use crate::change::{Digest, Message};
use crate::ledger::{
    Believed, CLOCK_TOLERANCE, Evidence, Held, MachineKey, NotNext, SIGNATURE_NAMESPACE, Sealed, Verdict,
};
use crate::ports::{LedgerStore as _, StoreError, Verifier};

use crate::store::SqliteLedger;

/// How many records are looked through at once.
const PAGE: u64 = 1_000;

/// What a reader of the branch brings along.
pub struct Reader {
    verifier: Box<dyn Verifier>,
    now: i64,
}

impl Reader {
    /// Checks signatures with `verifier`; `now` is the time in seconds since 1970.
    pub fn new(verifier: Box<dyn Verifier>, now: i64) -> Self {
        Self { verifier, now }
    }

    /// Whose word counts at the end of what was read before.
    pub(super) async fn believed(&self, mirror: &SqliteLedger) -> Result<Believed, StoreError> {
        let mut believed = Believed::default();
        let size = mirror.head().await?.size;
        let mut from = 0;
        while from < size {
            let page = mirror.range(from, from.saturating_add(PAGE)).await?;
            if page.is_empty() {
                break;
            }
            from += page.len() as u64;
            for row in page.iter().filter(|row| Believed::is_told_by(&row.bytes)) {
                let mut papers = self.papers(&row.bytes, &[], mirror).await?;
                if believed.admits(&row.bytes, &mut papers).is_ok() {
                    believed.take_in(&row.bytes, &mut papers);
                }
            }
        }
        Ok(believed)
    }

    /// What one record is judged by: from `beside` it, else from what was read before.
    pub(super) async fn papers(
        &self,
        bytes: &[u8],
        beside: &[(Digest, Vec<u8>)],
        mirror: &SqliteLedger,
    ) -> Result<Papers<'_>, StoreError> {
        let (mut held, mut missing) = (HashMap::new(), Vec::new());
        for digest in Believed::asks_for(bytes) {
            let found = match beside.iter().find(|(known, _)| *known == digest) {
                Some((_, bytes)) => Some(bytes.clone()),
                None => mirror.blob(&digest).await?,
            };
            match found {
                Some(bytes) => drop(held.insert(digest, bytes)),
                None => missing.push(digest),
            }
        }
        Ok(Papers {
            held,
            missing,
            verifier: self.verifier.as_ref(),
        })
    }

    /// The time of this reader, for people.
    pub(super) fn now(&self) -> String {
        let now = jiff::Timestamp::from_second(self.now);
        now.map(|now| now.to_string()).unwrap_or_default()
    }

    /// Whether a record that was sealed at `at` is not ahead of this clock.
    pub(super) const fn is_due(&self, at: i64) -> bool {
        at <= self.now.saturating_add(CLOCK_TOLERANCE)
    }

    /// Whether readers would take these records in, which continue the log in `mirror`.
    pub(super) async fn would_take(
        &self,
        mut believed: Believed,
        mirror: &SqliteLedger,
        records: &[Sealed],
        blobs: &[(Digest, Vec<u8>)],
    ) -> Result<Result<(), String>, StoreError> {
        for record in records {
            let mut papers = self.papers(&record.bytes, blobs, mirror).await?;
            if let Err(why) = believed.admits(&record.bytes, &mut papers) {
                return Ok(Err(format!("record {}: {why}", record.seq)));
            }
            believed.take_in(&record.bytes, &mut papers);
        }
        Ok(Ok(()))
    }
}

/// Documents of one record.
pub(super) struct Papers<'a> {
    held: HashMap<Digest, Vec<u8>>,
    missing: Vec<Digest>,
    verifier: &'a dyn Verifier,
}

impl Papers<'_> {
    /// Looks for what is missing among documents that are on their way into the mirror.
    pub(super) fn find_among(&mut self, documents: &[Vec<u8>]) {
        if self.missing.is_empty() {
            return;
        }
        for bytes in documents {
            let digest = Digest::of(bytes);
            if self.missing.contains(&digest) {
                self.held.insert(digest, bytes.clone());
            }
        }
    }
}

impl Evidence for Papers<'_> {
    fn blob(&mut self, digest: &Digest) -> Held {
        self.held.get(digest).cloned().map_or(Held::Missing, Held::Bytes)
    }

    fn check(&mut self, kind: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
        self.verifier.check(kind, SIGNATURE_NAMESPACE, bytes, signature)
    }

    fn check_rsa(&mut self, key: &MachineKey, signed: &[u8], signature: &[u8]) -> Option<bool> {
        self.verifier.check_rsa(key, signed, signature)
    }
}

/// Nobody gets past this commit until somebody does what the sentence says.
pub(super) fn blocked(message: Message, (branch, commit): (&str, &str)) -> StoreError {
    let (remote, name) = branch.rsplit_once('/').unwrap_or(("origin", branch));
    StoreError::Blocked(
        message
            .with("branch", branch)
            .with("remote", remote)
            .with("name", name)
            .with("commit", commit),
    )
}

/// A record of a later format.
pub(super) fn newer(wrong: NotNext) -> Message {
    let seq = match wrong {
        NotNext::Newer(seq) => seq,
        NotNext::Foreign(_) => 0,
    };
    Message::new("damage-branch-newer").with("seq", seq)
}

/// A record of a time to come.
pub(super) fn ahead(seq: u64, time: &str) -> Message {
    Message::new("damage-branch-ahead")
        .with("seq", seq)
        .with("time", time)
}
