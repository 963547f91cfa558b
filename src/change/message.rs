//! A sentence before it has a language.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A key of the wording files with the values that go into the sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Message {
    /// The key in `locales/*.ftl` or `policies/wording.*.ftl`.
    pub key: String,
    /// The values by name; texts of people, never markup.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
}

impl Message {
    /// The sentence `key` without values.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            with: BTreeMap::new(),
        }
    }

    /// The same sentence with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.with.insert(name.to_owned(), value.to_string());
        self
    }
}

/// For developers; people read the wording files' sentence.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        for (name, value) in &self.with {
            write!(f, " {name}={value:?}")?;
        }
        Ok(())
    }
}
