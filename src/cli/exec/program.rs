//! Which program a command names, found before anything is judged or recorded.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use sekisho::change::Message;
use sekisho::usecases::Stop;

/// The program's file. Folders of `PATH` that depend on where one stands are not looked into: what is
/// found there is whatever somebody put there.
///
/// # Errors
/// [`Stop::Request`] where there is none that can be run.
pub(super) fn found(name: &OsStr, path: Option<&OsStr>) -> Result<PathBuf, Stop> {
    if Path::new(name).components().count() > 1 || name.to_string_lossy().contains('/') {
        let file = std::path::absolute(name).unwrap_or_else(|_| PathBuf::from(name));
        return match runs(&file) {
            true => Ok(file),
            false => Err(missing(name)),
        };
    }
    let folders = std::env::split_paths(path.unwrap_or_default());
    folders
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| !name.is_empty() && runs(file))
        .ok_or_else(|| missing(name))
}

fn runs(file: &Path) -> bool {
    file.metadata()
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

fn missing(name: &OsStr) -> Stop {
    let name = sekisho::report::harmless(&name.to_string_lossy());
    Stop::Request(Message::new("error-exec-missing").with("program", name))
}
