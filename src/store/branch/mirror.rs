//! The file that the branch is read into, brought up to what the remote has.

use tokio::sync::Mutex;

use crate::ledger::Head;
use crate::ports::{LedgerStore as _, LogBranch, StoreError};

use super::cache::{Cache, State};
use super::judging::Reader;
use super::reading::Reading;
use crate::store::SqliteLedger;

/// The mirror of one branch. What writes to it holds the cache's lock.
pub(super) struct Mirror {
    pub(super) branch: Box<dyn LogBranch>,
    pub(super) cache: Cache,
    pub(super) reader: Reader,
    open: Mutex<Option<(u64, SqliteLedger)>>,
}

impl Mirror {
    pub(super) fn new(branch: Box<dyn LogBranch>, cache: Cache, reader: Reader) -> Self {
        Self {
            branch,
            cache,
            reader,
            open: Mutex::new(None),
        }
    }

    /// The mirror as it was read last; `None` before there is a log.
    pub(super) async fn opened(&self) -> Result<Option<SqliteLedger>, StoreError> {
        let mut open = self.open.lock().await;
        if let Some((_, mirror)) = &*open {
            return Ok(Some(mirror.clone()));
        }
        let Some(number) = self.cache.state()?.and_then(|state| state.mirror) else {
            return Ok(None);
        };
        let mirror = SqliteLedger::open(&self.cache.mirror(number)).await?;
        *open = Some((number, mirror.clone()));
        Ok(Some(mirror))
    }

    /// State and mirror, where both are there and fit together.
    pub(super) async fn kept(&self) -> Result<Option<(State, SqliteLedger)>, StoreError> {
        let Some(state) = self.cache.state()? else {
            return Ok(None);
        };
        let mut open = self.open.lock().await;
        // Another process may have begun a new file.
        if open.as_ref().map(|(number, _)| *number) != state.mirror {
            *open = None;
        }
        drop(open);
        match self.opened().await {
            Ok(Some(mirror)) if holds(&mirror, state.head).await.unwrap_or(false) => {
                Ok(Some((state, mirror)))
            }
            // A mirror that is damaged, behind, or gone is read anew.
            Ok(_) | Err(StoreError::Missing(_) | StoreError::Damaged(_)) => {
                *self.open.lock().await = None;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Fetches, and reads what came since.
    pub(super) async fn catch_up(&self) -> Result<(), StoreError> {
        let tip = self.branch.fetch()?;
        let known = self.cache.state()?.unwrap_or_default();
        let Some(tip) = tip else {
            return match known.head.size {
                0 => self.cache.keep(&known),
                size => Err(self.gone(size)),
            };
        };
        if let Some((mut state, mirror)) = self.kept().await? {
            let commits = match &state.tip {
                Some(old) => self.branch.commits(Some(old), &tip)?,
                None => self.branch.commits(None, &tip)?,
            };
            if let Some(commits) = commits {
                let reading = Reading::onto(self.branch.as_ref(), &mirror, &self.reader).await?;
                state.note(reading.read(&commits).await?);
                return self.keep(state, tip, &mirror).await;
            }
        }
        self.read_anew(&known, tip).await
    }

    /// Reads the whole branch into a new file: the first time, after it was rewritten, and when
    /// the old file is no good. What was known before must still be in it.
    async fn read_anew(&self, known: &State, mut tip: String) -> Result<(), StoreError> {
        if known.tip.is_some() {
            // Documents that were taken out of the branch also leave the copy.
            self.branch.forget()?;
            let fetched = self.branch.fetch()?;
            tip = fetched.ok_or_else(|| self.gone(known.head.size))?;
        }
        let commits = self.branch.commits(None, &tip)?.unwrap_or_default();
        let number = known.mirror.map_or(0, |number| number.wrapping_add(1));
        let mirror = self.begin(number).await?;
        let reading = Reading::onto(self.branch.as_ref(), &mirror, &self.reader).await?;
        let mut state = State {
            mirror: Some(number),
            ..State::default()
        };
        state.note(reading.read(&commits).await?);
        if !holds(&mirror, known.head).await? {
            mirror.close().await;
            self.cache.drop_mirror(number);
            return Err(StoreError::Damaged(format!(
                "the branch {} has been rewritten: the {} records that were read from it before are not all \
                 there; what was read is kept in {}",
                self.branch.name(),
                known.head.size,
                self.cache.place()
            )));
        }
        self.keep(state, tip, &mirror).await?;
        *self.open.lock().await = Some((number, mirror));
        if let Some(old) = known.mirror {
            self.cache.drop_mirror(old);
        }
        Ok(())
    }

    /// A new, empty file.
    async fn begin(&self, number: u64) -> Result<SqliteLedger, StoreError> {
        self.cache.drop_mirror(number);
        SqliteLedger::create(&self.cache.mirror(number)).await
    }

    /// The mirror, made where there is none yet.
    pub(super) async fn for_writing(&self) -> Result<(State, SqliteLedger), StoreError> {
        if let Some(kept) = self.kept().await? {
            return Ok(kept);
        }
        let known = self.cache.state()?.unwrap_or_default();
        if known.head.size > 0 || known.tip.is_some() {
            self.catch_up().await?;
            let kept = self.kept().await?;
            return kept.ok_or_else(|| StoreError::Unreachable("its copy cannot be kept".to_owned()));
        }
        let mirror = self.begin(0).await?;
        let state = State {
            mirror: Some(0),
            ..State::default()
        };
        self.cache.keep(&state)?;
        *self.open.lock().await = Some((0, mirror.clone()));
        Ok((state, mirror))
    }

    /// Keeps that the mirror holds everything up to `tip`.
    pub(super) async fn keep(
        &self,
        mut state: State,
        tip: String,
        mirror: &SqliteLedger,
    ) -> Result<(), StoreError> {
        state.tip = Some(tip);
        state.head = mirror.head().await?;
        self.cache.keep(&state)
    }

    fn gone(&self, size: u64) -> StoreError {
        StoreError::Damaged(format!(
            "the branch {} is gone; it had {size} records",
            self.branch.name()
        ))
    }
}

/// Whether the file holds everything up to this place.
async fn holds(mirror: &SqliteLedger, head: Head) -> Result<bool, StoreError> {
    let Some(last) = head.size.checked_sub(1) else {
        return Ok(true);
    };
    let row = mirror.range(last, head.size).await?.pop();
    Ok(row.is_some_and(|row| row.leaf == head.leaf))
}
