//! What is wrong in a file, and where.

use crate::change::Message;

/// A stretch of one line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The byte range in the file.
    pub bytes: std::ops::Range<usize>,
}

impl Place {
    /// The column behind the stretch, from 1, in characters of the file's `text`.
    pub fn end_column(&self, text: Option<&str>) -> u32 {
        let stretch = text.and_then(|text| text.get(self.bytes.clone()));
        let width = stretch.map_or(self.bytes.len(), |stretch| stretch.chars().count());
        self.column
            .saturating_add(u32::try_from(width).unwrap_or(u32::MAX))
    }
}

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where; `None` when the file as a whole is meant.
    pub place: Option<Place>,
    /// The field, such as `roles.approvers[0]`; empty for the file as a whole.
    pub field: String,
    /// What is wrong, a key `yaml-…` of the wording files.
    pub message: Message,
    /// Whether the file can be used all the same.
    pub warning: bool,
}
