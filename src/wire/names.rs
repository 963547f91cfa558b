//! What a repository and its log are called.

use sekisho::git::GitRepository;
use sekisho::usecases::Stop;

/// The repository's name and a new log's origin: after the remote where there is one, so that
/// every clone finds the same, else after the folder.
pub(super) fn names(repository: &GitRepository) -> Result<(String, String), Stop> {
    let folder = || {
        repository
            .work_tree()
            .as_deref()
            .unwrap_or(&repository.common_dir())
            .file_name()
            .map_or_else(
                || "repository".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            )
    };
    let remote = repository.local_setting("remote.origin.url")?;
    let Some(host_path) = remote.as_deref().and_then(host_and_path) else {
        let name = plain(&folder());
        return Ok((name.clone(), format!("local/{name}/sekisho")));
    };
    let name = host_path.rsplit('/').next().unwrap_or(&host_path).to_owned();
    Ok((name, format!("{host_path}/sekisho")))
}

/// `github.com/acme/shop` from any way of writing that address; user names and passwords in it
/// are left out.
fn host_and_path(url: &str) -> Option<String> {
    let rest = match url.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => rest.to_owned(),
        None => url.replacen(':', "/", 1),
    };
    let rest = rest.rsplit_once('@').map_or(rest.as_str(), |(_, rest)| rest);
    let rest = rest.trim_end_matches('/');
    let rest = rest.strip_suffix(".git").unwrap_or(rest);
    let path: Vec<String> = rest
        .split('/')
        .map(plain)
        .filter(|part| !part.is_empty())
        .collect();
    (path.len() >= 2 && !url.starts_with(['/', '.'])).then(|| path.join("/"))
}

/// Letters, digits, `-`, `_` and `.`; the rest becomes `-`.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                c
            } else {
                '-'
            }
        })
        .take(100)
        .collect()
}
