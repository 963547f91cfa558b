//! The store over the branch.

use std::path::Path;
use std::time::SystemTime;

use async_trait::async_trait;

use crate::change::{Digest, Message};
use crate::ledger::{Head, Sealed, Tail, follow};
use crate::ports::{AppendError, Draft, Guard, LedgerStore, LogBranch, LogFile, Offer, StoreError};

use super::cache::{Cache, State};
use super::judging::Reader;
use super::mirror::Mirror;
use super::offered::Offered;
use super::page::{BLOBS, LONGEST, Page, without};
use crate::store::SqliteLedger;
use crate::store::append::{Locked as _, adopt, append};
use crate::store::intake::refused;
use crate::store::sqlite::{LockedFile, settle};

/// How often an append is tried.
const MOST_TRIES: u32 = 40;

/// Waits before the next try, a little longer each time and never the same; `false` when it is
/// no use any more.
pub type Pause = Box<dyn Fn(u32) -> bool + Send + Sync>;

/// A change log on the branch `sekisho-log` of a remote.
///
/// It is read from a mirror of what was fetched last; [`BranchLedger::refresh`] and every append
/// fetch.
pub struct BranchLedger {
    mirror: Mirror,
    pause: Pause,
}

impl std::fmt::Debug for BranchLedger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("BranchLedger")
            .field(&self.mirror.branch.name())
            .finish()
    }
}

/// What one try came to.
enum Tried<T> {
    Done(T),
    /// The branch has moved on.
    Overtaken,
    /// The connection broke on the way; the other side's words.
    Unanswered(String),
}

/// Puts drafts or records into the mirror, as one try of an append.
#[async_trait]
trait Work: Sync {
    type Done: Send;

    /// `lost`: an earlier try may have been taken.
    async fn put(&self, onto: &mut Offered<'_>, lost: bool) -> Result<Self::Done, AppendError>;
}

struct Appending<'a>(&'a [Draft], Guard<'a>, &'a str);
struct Adopting<'a>(&'a [Sealed], &'a [Vec<u8>]);

#[async_trait]
impl Work for Appending<'_> {
    type Done = Vec<Sealed>;

    async fn put(&self, onto: &mut Offered<'_>, _lost: bool) -> Result<Vec<Sealed>, AppendError> {
        // Records of an earlier try are found by the statements' ids.
        append(onto, self.0, self.1, self.2).await
    }
}

#[async_trait]
impl Work for Adopting<'_> {
    type Done = ();

    async fn put(&self, onto: &mut Offered<'_>, lost: bool) -> Result<(), AppendError> {
        let last = onto.last().await?;
        if lost && last.as_ref() == self.0.last() {
            return Ok(());
        }
        let mut tail = last.as_ref().map(Tail::after).transpose().map_err(refused)?;
        adopt(onto, self.0, self.1).await?;
        // What readers of the branch would pass over is not put there.
        for record in self.0 {
            tail = Some(follow(tail.as_ref(), &record.bytes).map_err(refused)?.tail);
        }
        Ok(())
    }
}

impl BranchLedger {
    /// The log on `branch`, with what is kept of it in `folder`. Nothing is fetched yet.
    pub fn new(branch: Box<dyn LogBranch>, folder: &Path, pause: Pause, reader: Reader) -> Self {
        Self {
            mirror: Mirror::new(branch, Cache::in_folder(folder), reader),
            pause,
        }
    }

    /// Fetches what the remote has.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the remote cannot be reached, [`StoreError::Damaged`] when
    /// what was read before is not there any more.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let _held = self.mirror.cache.lock().await?;
        self.mirror.catch_up().await
    }

    /// When the remote was last heard; `None` when never.
    pub fn as_of(&self) -> Option<SystemTime> {
        self.mirror.cache.read_at()
    }

    /// The newest commit of the branch without the document.
    fn replayed(&self, tip: &str, digest: &Digest) -> Result<String, StoreError> {
        let branch = self.mirror.branch.as_ref();
        let mut parent: Option<String> = None;
        let mut changed = false;
        for commit in branch.commits(None, tip)?.unwrap_or_default() {
            let kept = match branch.file(&commit, BLOBS, LONGEST)? {
                LogFile::Bytes(file) => without(&file, digest).map(Some),
                LogFile::Absent => None,
                // Nobody reads it; now nobody can.
                LogFile::TooLong => Some(None),
            };
            changed |= kept.is_some();
            parent = Some(match kept {
                Some(file) => branch.replay(&commit, parent.as_deref(), (BLOBS, file.as_deref()))?,
                None if changed => match branch.file(&commit, BLOBS, LONGEST)? {
                    LogFile::Bytes(file) => {
                        branch.replay(&commit, parent.as_deref(), (BLOBS, Some(&file)))?
                    }
                    _ => branch.replay(&commit, parent.as_deref(), (BLOBS, None))?,
                },
                None => commit,
            });
        }
        Ok(parent.unwrap_or_else(|| tip.to_owned()))
    }

    /// Tries until the remote has it or nothing can be done.
    async fn work<W: Work>(&self, work: &W) -> Result<W::Done, AppendError> {
        let _held = self.mirror.cache.lock().await?;
        // What was fetched a moment ago is mostly still true: the remote says so when it is not.
        let mut fresh = self
            .mirror
            .kept()
            .await?
            .is_none_or(|(state, _)| state.tip.is_none());
        if fresh {
            self.mirror.catch_up().await?;
        }
        let mut lost: Option<String> = None;
        for attempt in 0..MOST_TRIES {
            match self.attempt(work, lost.is_some()).await {
                Ok(Tried::Done(done)) => return Ok(done),
                Ok(Tried::Overtaken) => {}
                Ok(Tried::Unanswered(words)) => lost = Some(words),
                Err(_) if !fresh => {
                    self.mirror.catch_up().await?;
                    fresh = true;
                    continue;
                }
                Err(error) => return Err(error),
            }
            if !(self.pause)(attempt) {
                break;
            }
            self.mirror.catch_up().await.map_err(|error| told(error, &lost))?;
            fresh = true;
        }
        let words = lost
            .clone()
            .unwrap_or_else(|| "others kept writing to the branch".to_owned());
        Err(AppendError::Store(told(StoreError::Unreachable(words), &lost)))
    }

    /// One try: into the mirror, to the remote, and only then for good.
    async fn attempt<W: Work>(&self, work: &W, lost: bool) -> Result<Tried<W::Done>, AppendError> {
        let (state, mirror) = self.mirror.for_writing().await?;
        let reader = &self.mirror.reader;
        let believed = reader.believed(&mirror).await?;
        let mut transaction = mirror.writing().await?;
        let mut offered = Offered::onto(LockedFile(&mut transaction));
        let outcome = work.put(&mut offered, lost).await;
        let (records, blobs) = (offered.records, offered.blobs);
        let done = match outcome {
            Ok(done) if records.is_empty() => {
                settle(transaction, Err::<(), _>(taken_back())).await.ok();
                return Ok(Tried::Done(done));
            }
            Ok(done) => done,
            Err(error) => return settle(transaction, Err(error)).await,
        };
        // What readers of the branch would pass over is not put there.
        if let Err(why) = reader.would_take(believed, &mirror, &records, &blobs).await? {
            return settle(transaction, Err(AppendError::Refused(why))).await;
        }
        let offer = self.offer(&state, Page::split(records, blobs));
        match offer.map(under_its_id) {
            Ok((commit, Offer::Taken)) => {
                // It is logged, and the next fetch brings what the mirror could not take: as after an
                // answer that was lost.
                if let Err(error) = settle::<_, StoreError>(transaction, Ok(())).await {
                    return Ok(Tried::Unanswered(error.outage().unwrap_or_default().to_owned()));
                }
                self.mirror.keep(state, commit, &mirror).await.ok();
                Ok(Tried::Done(done))
            }
            Ok((_, other)) => {
                settle(transaction, Err::<(), _>(taken_back())).await.ok();
                match other {
                    Offer::Refused(words) => Err(AppendError::Refused(words)),
                    Offer::Unanswered(words) => Ok(Tried::Unanswered(words)),
                    Offer::Overtaken | Offer::Taken | Offer::TakenAs(_) => Ok(Tried::Overtaken),
                }
            }
            Err(error) => settle(transaction, Err(error)).await,
        }
    }

    /// Makes the commits and offers the last of them.
    fn offer(&self, state: &State, pages: Vec<Page>) -> Result<(String, Offer), AppendError> {
        let mut tip = state.tip.clone();
        for page in pages {
            let commit = page.commit(tip.clone());
            let commit = commit.ok_or_else(|| refused("it is too long for a commit of the branch"))?;
            tip = Some(self.mirror.branch.commit(&commit)?);
        }
        let commit = tip.unwrap_or_default();
        let offer = self.mirror.branch.offer(&commit, state.tip.as_deref())?;
        Ok((commit, offer))
    }

    async fn mirror(&self) -> Result<Option<SqliteLedger>, StoreError> {
        self.mirror.opened().await
    }
}

/// What was offered, under the id that it has on the branch.
fn under_its_id((commit, offer): (String, Offer)) -> (String, Offer) {
    match offer {
        Offer::TakenAs(made) => (made, Offer::Taken),
        other => (commit, other),
    }
}

/// Why a transaction of the mirror is taken back although nothing went wrong in it.
fn taken_back() -> StoreError {
    StoreError::Unreachable("the remote does not have it".to_owned())
}

/// The error after a connection broke: it matters that the record may be there.
fn told(error: StoreError, lost: &Option<String>) -> StoreError {
    if lost.is_none() || error.outage().is_none() {
        return error;
    }
    error.reworded(|words| format!("{words}; the record may have been written"))
}

#[async_trait]
impl LedgerStore for BranchLedger {
    async fn head(&self) -> Result<Head, StoreError> {
        match self.mirror().await? {
            Some(mirror) => mirror.head().await,
            None => Ok(Head::EMPTY),
        }
    }

    async fn append(
        &self,
        drafts: &[Draft],
        guard: Guard<'_>,
        now: &str,
    ) -> Result<Vec<Sealed>, AppendError> {
        self.work(&Appending(drafts, guard, now)).await
    }

    async fn adopt(&self, records: &[Sealed], blobs: &[Vec<u8>]) -> Result<(), AppendError> {
        self.work(&Adopting(records, blobs)).await
    }

    /// The document leaves this clone; [`LedgerStore::rewrite_without`] takes it out of the branch.
    async fn erase(&self, digest: &Digest) -> Result<(), StoreError> {
        let _held = self.mirror.cache.lock().await?;
        match self.mirror().await? {
            Some(mirror) => mirror.erase(digest).await,
            None => Ok(()),
        }
    }

    /// Writes the branch anew from the first commit that has the document. Records keep their bytes;
    /// commits get other ids.
    async fn rewrite_without(&self, digest: &Digest) -> Result<(), AppendError> {
        let _held = self.mirror.cache.lock().await?;
        self.mirror.catch_up().await?;
        let (state, mirror) = self.mirror.for_writing().await?;
        mirror.erase(digest).await?;
        let Some(old) = state.tip else {
            return Ok(());
        };
        let new = self.replayed(&old, digest)?;
        if new == old {
            return Ok(());
        }
        match self.mirror.branch.offer(&new, Some(&old))? {
            Offer::Taken | Offer::TakenAs(_) => Ok(self.mirror.catch_up().await?),
            Offer::Refused(words) => Err(AppendError::Refused(words)),
            Offer::Overtaken => Err(AppendError::Store(StoreError::Unreachable(
                "others kept writing to the branch".to_owned(),
            ))),
            Offer::Unanswered(words) => Err(AppendError::Store(StoreError::Unreachable(words))),
        }
    }

    async fn settle(&self) -> Result<(), StoreError> {
        match self.mirror().await? {
            Some(mirror) => mirror.settle().await,
            None => Ok(()),
        }
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        match self.mirror().await? {
            Some(mirror) => mirror.range(from, to).await,
            None => Ok(Vec::new()),
        }
    }

    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError> {
        match self.mirror().await? {
            Some(mirror) => mirror.find(id).await,
            None => Ok(None),
        }
    }

    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        match self.mirror().await? {
            Some(mirror) => mirror.blob(digest).await,
            None => Ok(None),
        }
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        match self.mirror().await? {
            Some(mirror) => mirror.check().await,
            None => Ok(Vec::new()),
        }
    }

    async fn remarks(&self) -> Result<Vec<Message>, StoreError> {
        let Some(state) = self.mirror.cache.state()? else {
            return Ok(Vec::new());
        };
        let branch = self.mirror.branch.name();
        let named = state.foreign.iter().map(|commit| {
            Message::new("note-branch-foreign")
                .with("branch", &branch)
                .with("commit", commit.get(..12).unwrap_or(commit))
        });
        let more = (state.more_foreign > 0).then(|| {
            Message::new("note-branch-foreign-more")
                .with("branch", &branch)
                .with("count", state.more_foreign)
        });
        Ok(named.chain(more).collect())
    }
}
