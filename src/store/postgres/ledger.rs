//! The store over the database.

use async_trait::async_trait;
use tokio::sync::Mutex;

use crate::change::Digest;
use crate::ledger::{Head, Sealed};
use crate::ports::{AppendError, Draft, Guard, LedgerStore, StoreError};
use crate::store::append::{adopt, append};
use crate::store::assumed::Seen;
use crate::store::intake;

use super::address::PostgresAddress;
use super::locked::{LockedLog, Wanted, chunks, putting};
use super::quote::{bytes, text};
use super::schema;
use super::session::Session;
use super::trouble::{Tries, Trouble};

/// One of the change logs in a PostgreSQL database. Writers take turns by a lock on its row.
#[derive(Debug)]
pub struct PostgresLedger {
    address: PostgresAddress,
    origin: String,
    /// A connection that nobody uses. Whoever uses it takes it out, and puts it back only when
    /// nothing is left open on it.
    idle: Mutex<Option<Idle>>,
    seen: Seen,
}

/// Connections are not shown: they know the address.
struct Idle(Session);

impl std::fmt::Debug for Idle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Idle")
    }
}

impl PostgresLedger {
    /// Connects to the log that is called `origin`; one that nobody has written to is empty.
    ///
    /// # Errors
    /// [`StoreError::Unprepared`] when the tables are missing or older than this version,
    /// [`StoreError::Unreachable`] when they are newer or nobody answers.
    pub async fn open(address: PostgresAddress, origin: &str) -> Result<Self, StoreError> {
        let session = Session::open(&address).await?;
        Ok(Self {
            address,
            origin: origin.to_owned(),
            idle: Mutex::new(Some(Idle(session))),
            seen: Seen::default(),
        })
    }

    /// Makes the tables, functions and roles, or brings them up to date; whether there was
    /// anything to do. The address has to be that of the owner.
    ///
    /// # Errors
    /// [`StoreError`] when it may not, or when the tables are newer than this version.
    pub async fn prepare(address: &PostgresAddress) -> Result<bool, StoreError> {
        let connected = Session::connect(address).await;
        let mut session = connected.map_err(|(_, error)| error)?;
        schema::prepare(&mut session).await
    }

    async fn session(&self) -> Result<Session, StoreError> {
        match self.idle.lock().await.take() {
            Some(Idle(session)) => Ok(session),
            None => Session::open(&self.address).await,
        }
    }

    async fn keep(&self, session: Session) {
        *self.idle.lock().await = Some(Idle(session));
    }

    /// Asks until there is an answer: a question may be put again on another connection.
    async fn ask<T, F>(&self, question: impl Fn(Session) -> F) -> Result<T, StoreError>
    where
        F: Future<Output = (Session, Result<T, StoreError>)>,
    {
        let mut tries = Tries::default();
        loop {
            let (session, answer) = question(self.session().await?).await;
            match answer {
                Ok(answer) => {
                    self.keep(session).await;
                    return Ok(answer);
                }
                Err(error) if !tries.again(session.trouble).await => return Err(error),
                Err(_) => {}
            }
        }
    }

    /// Appends in one message behind the record that was seen last. `None` when that did not do:
    /// then the lock, and not this try, says why.
    async fn append_assuming(
        &self,
        session: &mut Session,
        drafts: &[Draft],
        guard: Guard<'_>,
        now: &str,
    ) -> Option<Vec<Sealed>> {
        let assumed = self.seen.sealed(drafts, guard, now).await?;
        let head = Head {
            size: assumed.tail.seq.saturating_add(1),
            leaf: assumed.tail.leaf,
        };
        // More than one message would need a transaction, and so the lock.
        let message = assumed.placed(|placed| match chunks(placed)[..] {
            [only] => {
                let put = putting(&self.origin, head, only);
                Some(format!("SET LOCAL lock_timeout = '5s'; {put}"))
            }
            _ => None,
        })?;
        session.script(message).await.ok().map(|_| assumed.records)
    }

    async fn append_once(
        &self,
        session: &mut Session,
        drafts: &[Draft],
        guard: Guard<'_>,
        now: &str,
    ) -> Result<Vec<Sealed>, AppendError> {
        let wanted = Wanted::by(&intake::read(drafts)?);
        if let Some(sealed) = self.append_assuming(session, drafts, guard, now).await {
            return Ok(sealed);
        }
        if session.trouble >= Trouble::Lost {
            return Err(gone().into());
        }
        session.trouble = Trouble::None;
        let mut log = LockedLog::begin(session, &self.origin, wanted).await?;
        let sealed = append(&mut log, drafts, guard, now).await?;
        log.commit().await?;
        Ok(sealed)
    }

    async fn adopt_once(
        &self,
        session: &mut Session,
        records: &[Sealed],
        blobs: &[Vec<u8>],
    ) -> Result<(), AppendError> {
        let mut log = LockedLog::begin(session, &self.origin, Wanted::default()).await?;
        adopt(&mut log, records, blobs).await?;
        Ok(log.commit().await?)
    }

    /// Takes back what a refusal left open, and keeps the connection when that went well.
    async fn take_back(&self, mut session: Session) {
        if session.trouble == Trouble::None && session.script("ROLLBACK".to_owned()).await.is_ok() {
            self.keep(session).await;
        }
    }
}

/// The same error with who stands in the way, where a lock was not given in time.
async fn held(error: AppendError, session: &mut Session) -> AppendError {
    match error {
        AppendError::Store(StoreError::Unreachable(words))
            if NOT_IN_TIME.iter().any(|code| words.contains(code)) =>
        {
            let free = session.script("ROLLBACK".to_owned()).await.is_ok();
            let holders = if free { session.holders().await } else { None };
            let words = holders.map_or_else(|| words.clone(), |holders| format!("{words}; {holders}"));
            AppendError::Store(StoreError::Unreachable(session.address.masked(&words)))
        }
        other => other,
    }
}

/// PostgreSQL's codes for a lock that was not given, and a statement that did not end, in time.
const NOT_IN_TIME: [&str; 2] = ["55P03", "57014"];

fn gone() -> StoreError {
    StoreError::Unreachable("the connection failed".to_owned())
}

#[async_trait]
impl LedgerStore for PostgresLedger {
    async fn head(&self) -> Result<Head, StoreError> {
        let question = |mut session: Session| async move {
            let answer = session.head(&self.origin).await;
            (session, answer)
        };
        self.ask(question).await
    }

    async fn append(
        &self,
        drafts: &[Draft],
        guard: Guard<'_>,
        now: &str,
    ) -> Result<Vec<Sealed>, AppendError> {
        let mut tries = Tries::default();
        loop {
            let mut session = self.session().await?;
            let outcome = self.append_once(&mut session, drafts, guard, now).await;
            let error = match outcome {
                Ok(sealed) => {
                    self.seen.note(&sealed).await;
                    self.keep(session).await;
                    return Ok(sealed);
                }
                Err(error) => error,
            };
            // An answer that was lost may have been a yes: a statement is known by its id, so it
            // is found, and not said twice.
            if !tries.again(session.trouble).await {
                let error = held(error, &mut session).await;
                self.take_back(session).await;
                return Err(error);
            }
        }
    }

    async fn adopt(&self, records: &[Sealed], blobs: &[Vec<u8>]) -> Result<(), AppendError> {
        let mut tries = Tries::default();
        loop {
            let mut session = self.session().await?;
            let outcome = self.adopt_once(&mut session, records, blobs).await;
            let error = match outcome {
                Ok(()) => {
                    self.keep(session).await;
                    return Ok(());
                }
                Err(error) => error,
            };
            // After a lost answer nobody knows whether the records are there.
            if session.trouble != Trouble::TakenBack || !tries.again(session.trouble).await {
                self.take_back(session).await;
                return Err(error);
            }
        }
    }

    async fn erase(&self, digest: &Digest) -> Result<(), StoreError> {
        let erase = format!(
            "SELECT FROM sekisho.erase({}, {})",
            text(&self.origin),
            bytes(digest.as_bytes())
        );
        let erase = erase.as_str();
        let question = |mut session: Session| async move {
            let answer = session.script(erase.to_owned()).await.map(drop);
            (session, answer)
        };
        self.ask(question).await
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        let question = |mut session: Session| async move {
            let answer = session.range(&self.origin, from, to).await;
            (session, answer)
        };
        let records = self.ask(question).await?;
        self.seen.note(&records).await;
        Ok(records)
    }

    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError> {
        let question = |mut session: Session| async move {
            let answer = session.by_id(&self.origin, id).await;
            (session, answer)
        };
        Ok(self.ask(question).await?.map(|record| record.seq))
    }

    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let question = |mut session: Session| async move {
            let answer = session.blob(&self.origin, digest).await;
            (session, answer)
        };
        self.ask(question).await
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        let question = |mut session: Session| async move {
            let answer = session.complaints(&self.origin).await;
            (session, answer)
        };
        self.ask(question).await
    }
}
