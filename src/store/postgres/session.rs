//! One connection, and what became of it.

use std::time::Duration;

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions as _};

use crate::ports::StoreError;

use super::address::PostgresAddress;
use super::schema;
use super::trouble::{Tries, Trouble, told};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection that is used by one command at a time.
pub(super) struct Session {
    pub(super) connection: PgConnection,
    pub(super) address: PostgresAddress,
    /// The worst that happened to it.
    pub(super) trouble: Trouble,
}

impl Session {
    /// Connects, and looks whether the tables are those of this version. A server that starts or
    /// is full is asked again.
    pub(super) async fn open(address: &PostgresAddress) -> Result<Self, StoreError> {
        let mut tries = Tries::default();
        loop {
            match Self::open_once(address).await {
                Ok(session) => return Ok(session),
                Err((trouble, error)) => {
                    if !tries.again(trouble).await {
                        return Err(error);
                    }
                }
            }
        }
    }

    async fn open_once(address: &PostgresAddress) -> Result<Self, (Trouble, StoreError)> {
        let mut session = Self::connect(address).await?;
        match schema::look_at(&mut session).await {
            Ok(()) => Ok(session),
            Err(error) => Err((session.trouble, error)),
        }
    }

    /// Connects, whatever is in the database.
    pub(super) async fn connect(address: &PostgresAddress) -> Result<Self, (Trouble, StoreError)> {
        let connected = patient(address.options().connect()).await;
        Ok(Self {
            connection: connected.map_err(|error| told(&error, address))?,
            address: address.clone(),
            trouble: Trouble::None,
        })
    }

    /// Several statements in one go, all their rows in order.
    pub(super) async fn script(&mut self, sql: String) -> Result<Vec<PgRow>, StoreError> {
        let running = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut self.connection);
        patient(running).await.map_err(|error| self.failed(&error))
    }

    /// Who holds a log's lock, for those who can end them; nothing where that is not to be seen.
    pub(super) async fn holders(&mut self) -> Option<String> {
        let sql = "SELECT DISTINCT a.pid, coalesce(a.usename::text, '?') FROM pg_catalog.pg_locks l \
             JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid \
             WHERE l.relation = 'sekisho.log'::regclass AND l.granted AND l.pid <> pg_backend_pid() \
             AND l.mode IN ('RowShareLock', 'RowExclusiveLock') \
             AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks w WHERE w.pid = l.pid AND NOT w.granted)";
        let rows = self.script(sql.to_owned()).await.ok()?;
        let told = |row: &PgRow| {
            let pid: i32 = sqlx::Row::try_get(row, 0).ok()?;
            let role: String = sqlx::Row::try_get(row, 1).ok()?;
            Some(format!("session {pid} of role {role}"))
        };
        let all: Vec<String> = rows.iter().filter_map(told).collect();
        (!all.is_empty()).then(|| {
            format!(
                "{} holds the log; whoever runs the database ends it: SELECT pg_terminate_backend(…)",
                all.join(", ")
            )
        })
    }

    pub(super) fn failed(&mut self, error: &sqlx::Error) -> StoreError {
        let (trouble, error) = told(error, &self.address);
        self.trouble = self.trouble.max(trouble);
        error
    }
}

/// Waits for an answer, but not for ever.
pub(super) async fn patient<T>(
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let late = |_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()));
    tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(late)
}
