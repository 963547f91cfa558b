//! A text of a person that a record names by digest.

use serde::Serialize;

use super::{Wording, harmless};
use crate::change::Message;

/// A text, or why it is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    /// The text.
    Text(String),
    /// It was taken out by the record with this number.
    Redacted(u64),
    /// Its bytes are not on this machine.
    NotFetched,
}

impl Title {
    /// The text, made harmless, or a phrase that says why it is not here.
    pub fn say(&self, wording: &Wording) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Redacted(seq) => wording.say(&Message::new("title-redacted").with("seq", seq)),
            Self::NotFetched => wording.label("title-not-fetched"),
        }
    }
}
