//! What every question to the API needs: a time limit, shapes, and addresses.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ports::ForgeError;

/// How long everything together may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// How many pages of one list are read; beyond that it is no list that is meant.
pub(super) const MOST_PAGES: usize = 50;

/// The work, within the time that everything together may take.
pub(super) async fn within<T>(work: impl Future<Output = Result<T, ForgeError>>) -> Result<T, ForgeError> {
    let late = |_| {
        Err(ForgeError::Unreachable(format!(
            "not within {} s",
            DEADLINE.as_secs()
        )))
    };
    tokio::time::timeout(DEADLINE, work).await.unwrap_or_else(late)
}

/// An answer to something else.
pub(super) fn unknown() -> ForgeError {
    ForgeError::Answer("not what was asked".to_owned())
}

/// The field `name` of an answer.
pub(super) fn part<T: DeserializeOwned>(of: &Value, name: &str) -> Result<T, ForgeError> {
    read(of.get(name).ok_or_else(unknown)?)
}

/// An answer in its shape.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, ForgeError> {
    T::deserialize(value).map_err(|_| unknown())
}

/// Bytes that mean something in an address become `%HH`.
pub(super) fn escaped(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    let one = |byte: u8| {
        if plain(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(one).collect()
}

/// The same for every part of a path.
pub(super) fn escaped_path(path: &str) -> String {
    path.split('/').map(escaped).collect::<Vec<_>>().join("/")
}
