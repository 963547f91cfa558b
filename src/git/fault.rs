//! libgit2's errors in the port's words.

use std::path::Path;

use git2::{Error, ErrorCode, Oid};

use crate::change::Message;
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
        ErrorCode::Owner => {
            RepositoryError::Unsupported(Message::new("error-git-owner").with("place", unslashed(path)))
        }
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
            RepositoryError::Unsupported(Message::new("error-git-format").with("place", unslashed(path)))
        }
        _ => RepositoryError::Broken(words.to_owned()),
    }
}

/// The folder as `safe.directory` wants it: the work tree's, without a slash at the end.
fn unslashed(path: &Path) -> String {
    let folder = match path.file_name() {
        Some(name) if name == ".git" => path.parent().unwrap_or(path),
        _ => path,
    };
    folder.display().to_string().trim_end_matches('/').to_owned()
}

/// Why an object that another one names could not be read.
pub(super) fn object(oid: Oid, error: &Error) -> RepositoryError {
    match error.code() {
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
        let told = opening(Path::new("/srv/x/.git/"), &error);
        assert!(
            matches!(&told, RepositoryError::Unsupported(message) if message.with["place"] == "/srv/x"),
            "{told}"
        );
    }
}
