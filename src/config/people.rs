//! The people that roles name.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::change::{Digest, PersonKey};

/// An SSH public key with the days on which it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Type and base64, as in a `.pub` file, without the comment.
    pub key: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day, `YYYY-MM-DD`.
    pub until: Option<String>,
}

/// One human being.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The name that people read.
    pub name: String,
    /// The GitHub login, for display and look-up.
    pub github: Option<String>,
    /// The GitHub account number, which is what identifies.
    pub github_id: Option<u64>,
    /// The organisation's key.
    pub org: Option<String>,
    /// Mail addresses, also those of their commits; lower case.
    pub emails: Vec<String>,
    /// Channel and secret reference, in the order to try.
    pub contacts: Vec<(String, String)>,
    /// A key of `windows:`, or `business_hours`.
    pub duty: Option<String>,
    /// The keys that sign for this person.
    pub keys: Vec<Key>,
    /// The first day in the organisation, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day in the organisation, `YYYY-MM-DD`.
    pub until: Option<String>,
}

impl Person {
    /// Whether this person is part of the organisation on `day` (`YYYY-MM-DD`).
    pub fn active_on(&self, day: &str) -> bool {
        within(day, self.from.as_deref(), self.until.as_deref())
    }
}

impl Key {
    /// The key's name in records: `SHA256:` and the base64 of its digest, as OpenSSH prints it;
    /// `None` when the base64 of the key cannot be read.
    pub fn fingerprint(&self) -> Option<String> {
        fingerprint(&self.key)
    }

    /// Whether this key counts on `day` (`YYYY-MM-DD`).
    pub fn valid_on(&self, day: &str) -> bool {
        within(day, self.from.as_deref(), self.until.as_deref())
    }
}

/// The fingerprint of a public key, `TYPE BASE64`.
pub fn fingerprint(key: &str) -> Option<String> {
    let blob = STANDARD.decode(key.split_whitespace().nth(1)?).ok()?;
    Some(format!(
        "SHA256:{}",
        STANDARD_NO_PAD.encode(Digest::of(&blob).as_bytes())
    ))
}

/// ISO days compare as text.
fn within(day: &str, from: Option<&str>, until: Option<&str>) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

/// A name for several people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// Named here.
    People(Vec<PersonKey>),
    /// A GitHub team, `organisation/team`; only a forge can tell who is in it.
    Team(String),
}
