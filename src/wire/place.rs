//! Where the log is, as it is written: `auto`, `sqlite:PATH`, `PATH`, `branch`, `branch:REMOTE`,
//! `postgres`, `postgres:ORIGIN`.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::PathBuf;

/// A place for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LogPlace {
    /// Wherever it is already, else where this repository would have it.
    Auto,
    /// A file.
    Sqlite(PathBuf),
    /// The branch `sekisho-log` of a remote; without a name of the usual one.
    Branch(Option<String>),
    /// A log of this origin in the database that `SEKISHO_LOG_URL` names; without an origin the
    /// one that the repository has.
    Postgres(Option<String>),
}

/// The longest name of a remote.
const LONGEST: usize = 100;

impl LogPlace {
    /// Reads what was written; the wrong part when it is no place.
    pub(crate) fn read(written: &OsStr) -> Result<Self, String> {
        let text = written.to_string_lossy();
        // An address of whatever kind may hold a password; it is never taken for a file's name.
        if text.contains("://") {
            return Err(text.into_owned());
        }
        match text.split_once(':') {
            None if text == "auto" => Ok(Self::Auto),
            None if text == "branch" => Ok(Self::Branch(None)),
            None if text == "postgres" => Ok(Self::Postgres(None)),
            Some(("postgres", origin)) if is_remote(origin) => Ok(Self::Postgres(Some(origin.to_owned()))),
            Some(("branch", remote)) if is_remote(remote) => Ok(Self::Branch(Some(remote.to_owned()))),
            Some(("branch" | "postgres" | "postgresql", _)) => Err(text.into_owned()),
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            Some(("sqlite", _)) => Err(text.into_owned()),
            _ if text.is_empty() => Err(text.into_owned()),
            _ => Ok(Self::Sqlite(PathBuf::from(OsString::from(written)))),
        }
    }
}

impl fmt::Display for LogPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Branch(None) => f.write_str("branch"),
            Self::Branch(Some(remote)) => write!(f, "branch:{remote}"),
            Self::Postgres(None) => f.write_str("postgres"),
            Self::Postgres(Some(origin)) => write!(f, "postgres:{origin}"),
        }
    }
}

/// Whether this can be a remote's name or a log's origin: nothing that git, a path or a terminal would take for
/// something else.
pub(crate) fn is_remote(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    (1..=LONGEST).contains(&name.len())
        && name.chars().all(plain)
        && !name.starts_with(['-', '.', '/'])
        && !name.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        let read = |text: &str| LogPlace::read(OsStr::new(text));
        for (text, place) in [
            ("auto", LogPlace::Auto),
            ("branch", LogPlace::Branch(None)),
            ("branch:up/stream", LogPlace::Branch(Some("up/stream".to_owned()))),
            ("postgres", LogPlace::Postgres(None)),
            (
                "postgres:git.example/acme/shop/sekisho",
                LogPlace::Postgres(Some("git.example/acme/shop/sekisho".to_owned())),
            ),
            ("sqlite:a/b.sqlite", LogPlace::Sqlite(PathBuf::from("a/b.sqlite"))),
        ] {
            let place = Ok(place);
            assert_eq!(read(text), place);
            assert_eq!(place.as_ref().map(ToString::to_string).as_deref(), Ok(text));
        }
        for path in ["log.sqlite", "/dev/null", "./branch", "C:\\log.sqlite"] {
            assert_eq!(read(path), Ok(LogPlace::Sqlite(PathBuf::from(path))));
        }
        // A connection string is a secret: it is no place.
        for wrong in [
            "",
            "branch:",
            "branch:-u",
            "branch:../x",
            "branch:a b",
            "sqlite:",
            "postgres://u:p@h/d",
            "postgresql://u:p@h/d",
            "POSTGRES://u:p@h/d",
            "jdbc:postgresql://u:p@h/d",
            "sqlite:mysql://u:p@h/d",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
