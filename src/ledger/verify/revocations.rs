//! Keys that were revoked: from that record on their signatures are nobody's, for good. What they had
//! approved before and nobody has used yet counts no more either.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::signers::Signers;

/// Who asked for which keys to be revoked, and which are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revocations {
    /// People who are not the owner and asked, by key.
    asked: BTreeMap<String, BTreeSet<String>>,
    /// The record that revoked it, by key.
    done: BTreeMap<String, u64>,
    /// Since when somebody says that it was in other hands, in seconds since 1970, by key; the
    /// earliest that anybody named, and the beginning of time where one named none.
    since: BTreeMap<String, i64>,
}

impl Revocations {
    /// How many people besides the owner it takes: one alone could shut everybody else out.
    pub const OTHERS: usize = 2;

    /// The record that revoked this key, `SHA256:…`.
    pub fn of(&self, key: &str) -> Option<u64> {
        self.done.get(key).copied()
    }

    /// Whether no key was revoked.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// From when on this key is not trusted, in seconds since 1970; [`i64::MIN`] when nobody said
    /// since when. `None` while it is not revoked.
    pub fn since(&self, key: &str) -> Option<i64> {
        self.of(key)?;
        Some(self.since.get(key).copied().unwrap_or(i64::MIN))
    }

    /// The record that takes from `by` (`key:SHA256:…`) what it said at `sealed`, in seconds since
    /// 1970, as far as that is not used yet.
    pub fn distrusts(&self, by: &str, sealed: i64) -> Option<u64> {
        let key = by.strip_prefix("key:")?;
        self.since(key)
            .filter(|since| sealed >= *since)
            .and_then(|_| self.of(key))
    }

    /// The people (`person:…`) who asked for a key that is not theirs to be revoked.
    pub fn asked(&self, key: &str) -> impl Iterator<Item = &str> {
        self.asked.get(key).into_iter().flatten().map(String::as_str)
    }

    /// Takes in that `person` (`person:…`) wants `key` revoked, and since when it is not theirs alone.
    pub(super) fn take_in(
        &mut self,
        seq: u64,
        key: &str,
        person: &str,
        since: Option<i64>,
        signers: &Signers,
    ) {
        let theirs = signers.owners(key).any(|owner| owner == person);
        let asked = self.asked.entry(key.to_owned()).or_default();
        if !theirs {
            asked.insert(person.to_owned());
        }
        if theirs || asked.len() >= Self::OTHERS {
            self.done.entry(key.to_owned()).or_insert(seq);
        }
        // The earliest counts: a thief with the key in hand could name a late one first.
        let since = since.unwrap_or(i64::MIN);
        let known = self.since.entry(key.to_owned()).or_insert(since);
        *known = since.min(*known);
    }
}
