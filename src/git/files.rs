//! Files of a tree, by path.

use git2::Oid;

use super::GitRepository;
use super::{difference, path, sheet};
use crate::change::Message;
use crate::ports::RepositoryError;

/// Larger files are not read into memory, in bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The file at `path` of the tree; `None` when there is none.
pub(super) fn read(repo: &GitRepository, tree: Oid, path: &str) -> Result<Option<Vec<u8>>, RepositoryError> {
    let Some(names) = path::names(path) else {
        return Ok(None);
    };
    let Some((mode, oid)) = find(repo, tree, &names)? else {
        return Ok(None);
    };
    if mode & 0o170_000 != 0o100_000 {
        return Ok(None);
    }
    if repo.blob_size(oid)? > MOST_BYTES {
        return Err(RepositoryError::Unsupported(
            Message::new("error-git-file-size")
                .with("path", path)
                .with("limit", MOST_BYTES / (1024 * 1024)),
        ));
    }
    repo.blob(oid).map(Some)
}

/// Whether a link lies at `path` of the tree.
pub(super) fn is_link(repo: &GitRepository, tree: Oid, path: &str) -> Result<bool, RepositoryError> {
    let Some(names) = path::names(path) else {
        return Ok(false);
    };
    Ok(find(repo, tree, &names)?.is_some_and(|(mode, _)| mode == 0o120_000))
}

/// The files below `folder` of the tree, in byte order of path.
pub(super) fn list(repo: &GitRepository, tree: Oid, folder: &str) -> Result<Vec<String>, RepositoryError> {
    let folder = folder
        .strip_suffix('/')
        .filter(|rest| !rest.is_empty())
        .unwrap_or(folder);
    let (below, prefix) = if folder.is_empty() {
        (Some((0o040_000, tree)), String::new())
    } else {
        let Some(names) = path::names(folder) else {
            return Ok(Vec::new());
        };
        (find(repo, tree, &names)?, format!("{folder}/"))
    };
    let Some((0o040_000, below)) = below else {
        return Ok(Vec::new());
    };
    let all = difference::between(repo, None, below)?;
    let is_file =
        |file: &difference::Difference| file.new.is_some_and(|side| side.mode & 0o170_000 == 0o100_000);
    Ok(all
        .iter()
        .filter(|file| is_file(file))
        .map(|file| format!("{prefix}{}", path::shown(&file.path)))
        .collect())
}

/// Mode and object at the end of `names`.
fn find(repo: &GitRepository, tree: Oid, names: &[Vec<u8>]) -> Result<Option<(i32, Oid)>, RepositoryError> {
    let mut here = (0o040_000, tree);
    for name in names {
        if here.0 != 0o040_000 || !sheet::sound(name) {
            return Ok(None);
        }
        let sheet = repo.sheet(here.1)?;
        let Some(entry) = sheet.named(name) else {
            return Ok(None);
        };
        here = (entry.mode, entry.oid);
    }
    Ok(Some(here))
}
