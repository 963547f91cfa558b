//! One look at the newest commit.

use super::folders::Folders;
use super::owners::OwnedPath;
use super::workflows::Workflows;
use super::{folders, owners, workflows};
use crate::ports::{Repository, RepositoryError};
use crate::usecases::Stop;

/// What was found. Everything in it is a proposal: a commit's author, a folder's name and a file's
/// text are what somebody wrote, not facts about people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// The default branch.
    pub branch: Option<String>,
    /// Name and address of those who committed, machines left out, the most active first.
    pub committers: Vec<(String, String)>,
    /// Where the owners of paths are listed.
    pub codeowners: Option<String>,
    /// Logins and addresses of the owners of everything.
    pub owners: Vec<String>,
    /// Paths that have owners of their own.
    pub owned: Vec<OwnedPath>,
    /// What the workflows do.
    pub workflows: Workflows,
    /// What the folders hold.
    pub folders: Folders,
}

/// Looks at HEAD. A repository without a commit has an empty answer.
///
/// # Errors
/// [`Stop`] when it cannot be read; a shallow history is one that cannot.
pub fn survey(repository: &dyn Repository) -> Result<Survey, Stop> {
    let committers = repository
        .committers()?
        .into_iter()
        .filter(|(name, address)| !owners::is_machine(name, address))
        .collect();
    let mut found = Survey {
        branch: repository.default_branch().ok(),
        committers,
        ..Survey::default()
    };
    let head = match repository.resolve("HEAD") {
        Ok(head) => head,
        Err(RepositoryError::Unsupported(_) | RepositoryError::NotFound(_)) => return Ok(found),
        Err(error) => return Err(error.into()),
    };
    let paths = repository.list(&head, "")?;
    found.folders = folders::of(&paths);
    let read = |path: &str| {
        let bytes = repository.read(&head, path).ok()??;
        String::from_utf8(bytes).ok()
    };
    for place in owners::PLACES {
        if let Some(text) = read(place) {
            found.codeowners = Some((*place).to_owned());
            found.owners = owners::of_everything(&text);
            found.owned = owners::of_paths(&text);
            break;
        }
    }
    found.workflows = workflows::of(&paths, &read);
    Ok(found)
}
