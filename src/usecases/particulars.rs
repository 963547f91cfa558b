//! What a record of a start or an end tells beside change and decision.

use serde_json::{Map, Value};

use crate::change::Digest;

use super::record::document;
use super::{Ports, Saying, Stop};

/// The names of files that are kept with a record.
pub const KEPT_FILES: [&str; 8] = [
    "file-1", "file-2", "file-3", "file-4", "file-5", "file-6", "file-7", "file-8",
];

/// Numbers and digests for the record itself, texts for its note, and documents.
#[derive(Debug, Clone, Default)]
pub struct Particulars {
    /// Fields of the body: numbers, words and digests.
    pub said: Map<String, Value>,
    /// Texts, in a document that can be taken out of the log. It is salted, with a `salt` of its own
    /// where there is one.
    pub note: Map<String, Value>,
    /// Documents that are kept whole.
    pub kept: Vec<(&'static str, Vec<u8>)>,
}

impl Particulars {
    /// Puts all of it into a record.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when it cannot be encoded.
    pub(super) fn told_in(mut self, ports: Ports<'_>, saying: &mut Saying) -> Result<(), Stop> {
        for (name, value) in self.said {
            saying.body.entry(name).or_insert(value);
        }
        if !self.note.is_empty() {
            let salt = || Digest::of(&(ports.random)()).hex().into();
            self.note.entry("salt").or_insert_with(salt);
            saying.with.push(("note", document(&Value::Object(self.note))?));
        }
        saying.with.extend(self.kept);
        Ok(())
    }
}
