//! libgit2's errors in the port's words.

use std::path::Path;

use git2::{Error, ErrorCode, Oid};

use crate::ports::RepositoryError;

/// Anything else.
pub(super) fn broken(error: Error) -> RepositoryError {
    RepositoryError::Broken(error.message().to_owned())
}

/// Why a repository could not be opened.
pub(super) fn opening(path: &Path, error: &Error) -> RepositoryError {
    let place = path.display();
    let words = error.message();
    match error.code() {
        ErrorCode::NotFound => RepositoryError::NoRepository(place.to_string()),
        ErrorCode::Owner => RepositoryError::Unsupported(format!(
            "the repository at {place} belongs to another user; git trusts it after `git config --global --add safe.directory {place}`"
        )),
        _ if [
            "extension",
            "object format",
            "objectformat",
            "oid type",
            "repository version",
            "repositoryformatversion",
        ]
        .iter()
        .any(|word| words.to_ascii_lowercase().contains(word)) =>
        {
            RepositoryError::Unsupported(format!(
                "the repository at {place} uses a format that sekisho does not read (SHA-256, reftable): {words}"
            ))
        }
        _ => RepositoryError::Broken(words.to_owned()),
    }
}

/// Why an object that another one names could not be read.
pub(super) fn object(oid: Oid, error: &Error, partial: bool) -> RepositoryError {
    match error.code() {
        ErrorCode::NotFound if partial => RepositoryError::Unsupported(format!(
            "object {oid} was left out of this partial clone; `git cat-file -e {oid}` fetches it, a clone without --filter has it"
        )),
        ErrorCode::NotFound => RepositoryError::Broken(format!("object {oid} is missing")),
        _ => broken_object(oid, error),
    }
}

fn broken_object(oid: Oid, error: &Error) -> RepositoryError {
    RepositoryError::Broken(format!("object {oid}: {}", error.message()))
}

#[cfg(test)]
mod tests {
    use git2::ErrorClass;

    use super::*;

    #[test]
    fn a_foreign_owner_is_not_a_broken_repository() {
        let error = Error::new(ErrorCode::Owner, ErrorClass::Config, "not owned");
        let told = opening(Path::new("/srv/x"), &error);
        assert!(
            matches!(&told, RepositoryError::Unsupported(text) if text.contains("safe.directory /srv/x")),
            "{told}"
        );
    }

    #[test]
    fn what_a_partial_clone_left_out_is_named() {
        let error = Error::new(ErrorCode::NotFound, ErrorClass::Odb, "gone");
        let missing = object(Oid::ZERO_SHA1, &error, true);
        assert!(matches!(&missing, RepositoryError::Unsupported(text) if text.contains("partial clone")));
        assert!(matches!(
            object(Oid::ZERO_SHA1, &error, false),
            RepositoryError::Broken(_)
        ));
    }
}
