//! What PostgreSQL says, in the store's terms, and whether it helps to try again.

use std::time::Duration;

use crate::ports::StoreError;

use super::address::PostgresAddress;

/// What a failure leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trouble {
    /// Nothing to be repeated.
    None,
    /// The server took everything back, because somebody else was faster.
    TakenBack,
    /// The connection is gone, and with it the answer.
    Lost,
    /// The same, and the server says that it is about to come back, or is full at the moment.
    Coming,
}

/// How often something is tried, also where the server is coming back: for two to four seconds, or for
/// fifteen to thirty. And the longest pause before the next time.
const TRIES: u32 = 8;
const PATIENT_TRIES: u32 = 20;
const FIRST_PAUSE_MS: u64 = 20;
const LONGEST_PAUSE_MS: u64 = 2_000;

/// A count of tries.
#[derive(Debug, Default)]
pub(super) struct Tries(u32);

impl Tries {
    /// Waits before the next try; false when there were enough.
    pub(super) async fn again(&mut self, after: Trouble) -> bool {
        self.0 = self.0.saturating_add(1);
        let most = match after {
            Trouble::None => return false,
            Trouble::TakenBack | Trouble::Lost => TRIES,
            Trouble::Coming => PATIENT_TRIES,
        };
        if self.0 >= most {
            return false;
        }
        let longest = FIRST_PAUSE_MS
            .saturating_mul(1_u64.checked_shl(self.0).unwrap_or(u64::MAX))
            .min(LONGEST_PAUSE_MS);
        let mut random = [0; 2];
        // Without randomness everybody waits for the longest.
        if getrandom::fill(&mut random).is_err() {
            random = [0xff; 2];
        }
        let part = longest.saturating_mul(u64::from(u16::from_be_bytes(random))) / u64::from(u16::MAX);
        tokio::time::sleep(Duration::from_millis(longest.saturating_add(part) / 2)).await;
        true
    }
}

/// What happened, and what to say about it.
pub(super) fn told(error: &sqlx::Error, address: &PostgresAddress) -> (Trouble, StoreError) {
    let (trouble, error) = read(error);
    (trouble, error.reworded(|words| address.masked(&words)))
}

fn read(error: &sqlx::Error) -> (Trouble, StoreError) {
    let unreachable = |text: &str| StoreError::Unreachable(text.to_owned());
    match error {
        sqlx::Error::Database(said) => {
            let code = said.code().unwrap_or_default().into_owned();
            by_code(&code, said.message())
        }
        sqlx::Error::Io(error) => (
            Trouble::Lost,
            StoreError::Unreachable(format!("the connection failed: {}", error.kind())),
        ),
        sqlx::Error::Tls(error) => (
            Trouble::None,
            StoreError::Unreachable(format!("no secure connection: {error}")),
        ),
        sqlx::Error::Configuration(_) => (
            Trouble::None,
            unreachable("SEKISHO_LOG_URL is no address of a PostgreSQL database"),
        ),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::RowNotFound => (
            Trouble::None,
            StoreError::Damaged("the database answers something else than was asked".to_owned()),
        ),
        // What the protocol does not know comes from a server that is being stopped, too.
        sqlx::Error::Protocol(_) => (Trouble::Lost, unreachable("the server said something unexpected")),
        other => (Trouble::None, StoreError::Unreachable(other.to_string())),
    }
}

fn by_code(code: &str, message: &str) -> (Trouble, StoreError) {
    let words = || format!("{message} (PostgreSQL {code})");
    let told = || StoreError::Unreachable(words());
    match code {
        // Another writer was faster, a deadlock, a lock that was not given in time.
        "40001" | "40P01" | "55P03" => (Trouble::TakenBack, told()),
        // The server starts, or has no room for another connection.
        "57P03" | "53300" => (Trouble::Coming, told()),
        // The server stops, or ended a session that did nothing.
        "57P01" | "57P02" | "25P03" => (Trouble::Lost, told()),
        _ if code.starts_with("08") => (Trouble::Lost, told()),
        // No such user, or another password; a user who may not connect.
        "28000" | "28P01" => (Trouble::None, StoreError::NotAdmitted(words())),
        "53100" => (Trouble::None, StoreError::NoRoom(words())),
        // A copy that only follows another server.
        "25006" => (Trouble::None, StoreError::ReadOnly(words())),
        // No such schema or table.
        "3F000" | "42P01" => (Trouble::None, StoreError::Unprepared),
        // A block that cannot be read, an index that does not fit its table.
        "XX001" | "XX002" => (Trouble::None, StoreError::Damaged(message.to_owned())),
        _ => (Trouble::None, told()),
    }
}
