//! The names that records and files use for people, services, areas and changes.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: Into<String>> From<T> for $name {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

name!(
    /// A person's key under `people:`.
    PersonKey
);
name!(
    /// A service's key under `services:`.
    ServiceKey
);
name!(
    /// An environment's key under `environments:`.
    EnvironmentKey
);
name!(
    /// An area's key under `areas:`, or the name of a kind.
    AreaKey
);
name!(
    /// A template's key under `templates:`.
    TemplateKey
);

/// A change's number: `CHG-YYYYMMDD-` and 4 to 8 characters of Crockford's base 32.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ChangeId(String);

/// A text that is not a change's number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a change ID (CHG-YYYYMMDD-XXXX): {0}")]
pub struct ChangeIdError(pub String);

/// Crockford's alphabet: no I, L, O and U, so nothing is misread aloud.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl ChangeId {
    /// The id of a change that a person files on `day` (`YYYYMMDD`), from four random bytes.
    pub fn typed(day: &str, random: [u8; 4]) -> Self {
        Self(format!("CHG-{day}-{}", crockford(&random, 4)))
    }

    /// The id of a derived change, from the SHA-256 of what identifies it; eight characters.
    pub fn derived(day: &str, identity: &[u8; 32]) -> Self {
        Self(format!("CHG-{day}-{}", crockford(identity, 8)))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The first `length` base-32 characters of `bytes`, five bits each, most significant first.
fn crockford(bytes: &[u8], length: usize) -> String {
    let bit = |i: usize| {
        bytes
            .get(i / 8)
            .map_or(0, |byte| usize::from(byte >> (7 - i % 8) & 1))
    };
    (0..length)
        .map(|c| (0..5).fold(0, |value, b| value << 1 | bit(c * 5 + b)))
        .map(|value| char::from(CROCKFORD[value]))
        .collect()
}

impl FromStr for ChangeId {
    type Err = ChangeIdError;

    fn from_str(text: &str) -> Result<Self, ChangeIdError> {
        let fits = text.strip_prefix("CHG-").is_some_and(|rest| {
            rest.split_once('-').is_some_and(|(day, tail)| {
                day.len() == 8
                    && day.bytes().all(|b| b.is_ascii_digit())
                    && (4..=8).contains(&tail.len())
                    && tail.bytes().all(|b| CROCKFORD.contains(&b))
            })
        });
        fits.then(|| Self(text.to_owned()))
            .ok_or_else(|| ChangeIdError(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for ChangeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_use_crockfords_alphabet() {
        assert_eq!(
            ChangeId::typed("20261204", [0xff, 0xff, 0xf0, 0]).as_str(),
            "CHG-20261204-ZZZZ"
        );
        assert_eq!(
            ChangeId::derived("20261204", &[0; 32]).as_str(),
            "CHG-20261204-00000000"
        );
        for wrong in [
            "",
            "CHG-2026-7K3Q",
            "CHG-20261204-7K3",
            "CHG-20261204-7K3I",
            "chg-20261204-7K3Q",
        ] {
            assert!(wrong.parse::<ChangeId>().is_err(), "{wrong}");
        }
    }
}
