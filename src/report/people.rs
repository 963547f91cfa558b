//! The names of people by their keys.

use std::collections::BTreeMap;

use super::{Wording, harmless};
use crate::change::PersonKey;

/// The names of people by their keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People(pub BTreeMap<PersonKey, String>);

impl People {
    /// The name of a person, made harmless; a key without one is shown itself.
    pub fn name(&self, key: &str) -> String {
        let key = key.strip_prefix("person:").unwrap_or(key);
        harmless(self.0.get(key).map_or(key, String::as_str))
    }

    /// The name, or the word for nobody.
    pub fn name_or_nobody(&self, wording: &Wording, key: Option<&PersonKey>) -> String {
        key.map_or_else(|| wording.label("nobody"), |key| self.name(key.as_str()))
    }

    /// Several names, or the word for nobody.
    pub fn names(&self, wording: &Wording, keys: &[PersonKey]) -> String {
        if keys.is_empty() {
            return wording.label("nobody");
        }
        let names: Vec<String> = keys.iter().map(|key| self.name(key.as_str())).collect();
        names.join(&wording.label("list-separator"))
    }
}
