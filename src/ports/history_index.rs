//! How records are searched for.

use async_trait::async_trait;

use super::{LedgerStore, StoreError};

/// What is looked for; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The service.
    pub service: Option<String>,
    /// The environment.
    pub environment: Option<String>,
    /// A change's number.
    pub change: Option<String>,
    /// A person's key, in any part.
    pub person: Option<String>,
    /// A sensitive area.
    pub area: Option<String>,
    /// A change's type.
    pub change_type: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Not sealed before, in seconds since 1970.
    pub since: Option<i64>,
    /// Not sealed after, in seconds since 1970.
    pub until: Option<i64>,
    /// Words of people: each has to occur in the record's texts.
    pub text: Option<String>,
}

impl Filter {
    /// Whether everything is wanted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Which part of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// At most so many, the latest ones.
    pub limit: u64,
    /// Only records before this one.
    pub before: Option<u64>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Records, oldest first.
    pub seqs: Vec<u64>,
    /// All that fit the filter, also outside this part.
    pub total: u64,
    /// Whether older ones were left out.
    pub older: bool,
}

/// How far an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Records that it covers.
    pub upto: u64,
    /// Records of the log when it looked.
    pub of: u64,
    /// Whether it got any further this time.
    pub moved: bool,
}

impl Reach {
    /// Whether records of the log are not covered yet.
    pub const fn is_behind(self) -> bool {
        self.upto < self.of
    }
}

/// A disposable copy of what records are about, for searching. It only says *which* records: what
/// they say is read from the log. No decision may rest on it.
#[async_trait]
pub trait HistoryIndex: Send + Sync {
    /// Takes in the next records of `log`, a few thousand at most; call it until it is not behind
    /// or does not move any more. Begins again where the log is not the one that it was made from. With
    /// `texts`, also what people wrote.
    ///
    /// # Errors
    /// [`StoreError`] of the log or of the index itself.
    async fn advance(&self, log: &dyn LedgerStore, texts: bool) -> Result<Reach, StoreError>;

    /// Looks for records among those that are covered.
    ///
    /// # Errors
    /// [`StoreError`] when the index cannot be read.
    async fn find(&self, filter: &Filter, part: Part) -> Result<Found, StoreError>;
}
