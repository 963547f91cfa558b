//! Typed access to a statement's body.

use serde_json::{Map, Value};

use crate::change::{ChangeId, Digest, PersonKey};

/// A body, or an object in one.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a>(pub &'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// The text at `key`.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.0.get(key)?.as_str()
    }

    /// The count at `key`.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.0.get(key)?.as_u64()
    }

    /// The digest at `key`.
    pub fn digest(&self, key: &str) -> Option<Digest> {
        self.text(key)?.parse().ok()
    }

    /// The digests at `key`; `None` when one of them is none.
    pub fn digests(&self, key: &str) -> Option<Vec<Digest>> {
        self.list(key)?
            .iter()
            .map(|item| item.as_str()?.parse().ok())
            .collect()
    }

    /// The change's number at `key`.
    pub fn change(&self, key: &str) -> Option<ChangeId> {
        self.text(key)?.parse().ok()
    }

    /// The person at `key`, which is written `person:<key>`.
    pub fn person(&self, key: &str) -> Option<PersonKey> {
        self.text(key)?.strip_prefix("person:").map(PersonKey::from)
    }

    /// The list at `key`.
    pub fn list(&self, key: &str) -> Option<&'a [Value]> {
        self.0.get(key)?.as_array().map(Vec::as_slice)
    }
}
