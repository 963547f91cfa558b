//! Why a command ends without a result; the exit codes 2, 3 and 4.

use crate::change::Message;
use crate::change::text::Fault;
use crate::ledger::{Damage, DamageKind, Options, Report, Verification};
use crate::policy::NotJudged;
use crate::ports::{AppendError, ForgeError, RepositoryError, StoreError};

/// The faults of one file, with the text that they are marked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFaults {
    /// The file's path in the repository.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What is wrong in it.
    pub faults: Vec<Fault>,
}

/// Why there is no result.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Stop {
    /// The request itself is wrong.
    #[error("{0}")]
    Request(Message),
    /// A file is wrong.
    #[error("{} has {} faults", .0.file, .0.faults.len())]
    Faults(Box<FileFaults>),
    /// It could not be evaluated; never a pass.
    #[error("{0}")]
    Unavailable(Message),
    /// The log does not verify.
    #[error("the log does not verify")]
    Broken(Box<Report>),
}

impl Stop {
    /// A wrong request, by the key of its sentence.
    pub fn request(key: &str) -> Self {
        Self::Request(Message::new(key))
    }

    /// An outage, by the key of its sentence.
    pub fn unavailable(key: &str) -> Self {
        Self::Unavailable(Message::new(key))
    }

    /// The log's last record was sealed later than it is now here.
    pub(super) fn clock_behind(previous: &str, now: &str) -> Self {
        let message = Message::new("error-log-clock");
        Self::Unavailable(message.with("previous", previous).with("now", now))
    }
}

impl From<RepositoryError> for Stop {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::NotFound(what) => {
                Self::Request(Message::new("error-git-not-found").with("what", what))
            }
            RepositoryError::NoRepository(place) => {
                Self::Request(Message::new("error-no-repository").with("place", place))
            }
            RepositoryError::Shallow => Self::unavailable("error-shallow"),
            RepositoryError::Unsupported(message) => Self::Unavailable(message),
            RepositoryError::Broken(detail) => {
                Self::Unavailable(Message::new("error-git").with("detail", detail))
            }
        }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing(place) => {
                Self::Unavailable(Message::new("error-no-log").with("place", place))
            }
            StoreError::Damaged(detail) => {
                let mut verification = Verification::new(Options::default());
                verification.complain(&detail);
                Self::Broken(Box::new(verification.finish()))
            }
            StoreError::Blocked(message) => {
                let mut verification = Verification::new(Options::default());
                verification.add(Damage::around(DamageKind::Store, message));
                Self::Broken(Box::new(verification.finish()))
            }
            StoreError::Unprepared => Self::unavailable("error-log-unprepared"),
            StoreError::Unreachable(detail) => {
                Self::Unavailable(Message::new("error-log-unreachable").with("detail", detail))
            }
            StoreError::NoRoom(detail) => {
                Self::Unavailable(Message::new("error-log-no-room").with("detail", detail))
            }
            StoreError::ReadOnly(detail) => {
                Self::Unavailable(Message::new("error-log-read-only").with("detail", detail))
            }
            StoreError::NotAdmitted(detail) => {
                Self::Unavailable(Message::new("error-log-not-admitted").with("detail", detail))
            }
        }
    }
}

impl From<ForgeError> for Stop {
    fn from(error: ForgeError) -> Self {
        Self::Unavailable(match error {
            ForgeError::Forbidden { what, permission } => Message::new("error-forge-forbidden")
                .with("what", what)
                .with("permission", permission),
            ForgeError::Token => Message::new("error-forge-token"),
            ForgeError::Limit(None) => Message::new("error-forge-limit"),
            ForgeError::Limit(Some(until)) => Message::new("error-forge-limit-until").with("until", until),
            ForgeError::Unreachable(detail) => Message::new("error-forge-unreachable").with("detail", detail),
            ForgeError::Answer(detail) => Message::new("error-forge-answer").with("detail", detail),
        })
    }
}

impl From<AppendError> for Stop {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Conflict { .. } | AppendError::Stale(_) => Self::unavailable("error-log-busy"),
            AppendError::ClockBehind { previous, now } => Self::clock_behind(&previous, &now),
            AppendError::Closed => Self::unavailable("error-log-closed"),
            AppendError::Refused(detail) => {
                Self::Unavailable(Message::new("error-log-refused").with("detail", detail))
            }
            AppendError::Store(error) => error.into(),
        }
    }
}

impl From<NotJudged> for Stop {
    fn from(error: NotJudged) -> Self {
        Self::Unavailable(error.message())
    }
}
