//! Keys that were revoked: from that record on their signatures are nobody's, for good.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::signers::Signers;

/// Who asked for which keys to be revoked, and which are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revocations {
    /// People who are not the owner and asked, by key.
    asked: BTreeMap<String, BTreeSet<String>>,
    /// The record that revoked it, by key.
    done: BTreeMap<String, u64>,
}

impl Revocations {
    /// How many people besides the owner it takes: one alone could shut everybody else out.
    pub const OTHERS: usize = 2;

    /// The record that revoked this key, `SHA256:…`.
    pub fn of(&self, key: &str) -> Option<u64> {
        self.done.get(key).copied()
    }

    /// The people (`person:…`) who asked for a key that is not theirs to be revoked.
    pub fn asked(&self, key: &str) -> impl Iterator<Item = &str> {
        self.asked.get(key).into_iter().flatten().map(String::as_str)
    }

    /// Takes in that `person` (`person:…`) wants `key` revoked.
    pub(super) fn take_in(&mut self, seq: u64, key: &str, person: &str, signers: &Signers) {
        let theirs = signers.owners(key).any(|owner| owner == person);
        let asked = self.asked.entry(key.to_owned()).or_default();
        if !theirs {
            asked.insert(person.to_owned());
        }
        if theirs || asked.len() >= Self::OTHERS {
            self.done.entry(key.to_owned()).or_insert(seq);
        }
    }
}
