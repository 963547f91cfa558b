//! What keeps rules from being loaded.

use crate::change::Message;

/// A rule or a setting that cannot be used; nothing is judged with the rest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// A rule file breaks the contract.
    #[error("{path}: {message}")]
    File {
        /// The file, from the repository's root.
        path: String,
        /// The line, from 1, where one is meant.
        line: Option<u32>,
        /// What is wrong, a key `policy-…`.
        message: Message,
    },
    /// A setting under `rules:` does not fit its rule.
    #[error("{field}: {message}")]
    Setting {
        /// The field of `sekisho.yml`, such as `rules.ROL-02.effect`.
        field: String,
        /// What is wrong, a key `rules-…`.
        message: Message,
    },
}

impl BundleError {
    /// Something wrong with a file as a whole.
    pub(crate) fn file(path: &str, message: Message) -> Self {
        Self::File {
            path: path.to_owned(),
            line: None,
            message,
        }
    }

    /// Something wrong in one line.
    pub(crate) fn line(path: &str, line: u32, message: Message) -> Self {
        Self::File {
            path: path.to_owned(),
            line: Some(line),
            message,
        }
    }

    /// Something wrong with a setting.
    pub(crate) fn setting(field: String, message: Message) -> Self {
        Self::Setting { field, message }
    }

    /// What is wrong, for the wording files.
    pub const fn message(&self) -> &Message {
        match self {
            Self::File { message, .. } | Self::Setting { message, .. } => message,
        }
    }
}
