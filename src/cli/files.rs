//! Files of the work tree, as commands read and write them.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use sekisho::change::Message;
use sekisho::usecases::{CONFIG_PATH, InForce, Stop};

use super::args::Global;
use crate::wire::Wiring;

/// A note, or the bytes of a file, that shows something.
pub(super) struct Evidence {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether they are a file's.
    pub is_file: bool,
}

/// The largest file that is read from the work tree or kept as evidence, in bytes: what git's side
/// reads too.
pub(super) const LARGEST: u64 = 4 * 1024 * 1024;

/// Reads `given` as a file where there is one of that name, else takes it as a note.
pub(super) fn evidence(given: &str) -> Result<Evidence, Stop> {
    let path = Path::new(given);
    if path.metadata().is_err() {
        return Ok(Evidence {
            bytes: given.as_bytes().to_vec(),
            is_file: false,
        });
    }
    let bytes = read_bounded(path, LARGEST).map_err(|error| unreadable(given, &error))?;
    Ok(Evidence { bytes, is_file: true })
}

/// The bytes of a regular file of at most `most` bytes. A pipe or a device may never end, so it is
/// not even opened.
pub(super) fn read_bounded(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    let too_large = || std::io::Error::other(format!("larger than {} MiB", most / (1024 * 1024)));
    let mut bytes = Vec::new();
    // Counted while it is read: the size that was told may be none, or have grown.
    std::fs::File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    match u64::try_from(bytes.len()) {
        Ok(size) if size <= most => Ok(bytes),
        _ => Err(too_large()),
    }
}

/// A file of the work tree.
fn read_in(top: &Path, path: &str) -> Result<Vec<u8>, Stop> {
    read_bounded(&top.join(path), LARGEST).map_err(|error| unreadable(path, &error))
}

/// The text of a file of the work tree, where it has one.
fn text_in(top: &Path, path: &str) -> Option<String> {
    String::from_utf8(read_in(top, path).ok()?).ok()
}

/// A file that cannot be read.
pub(super) fn unreadable(file: &str, detail: &dyn std::fmt::Display) -> Stop {
    Stop::Request(
        Message::new("error-read-file")
            .with("file", file)
            .with("detail", detail),
    )
}

/// The top of the work tree.
pub(super) fn work_tree(wiring: &Wiring) -> Result<PathBuf, Stop> {
    let top = wiring
        .repository
        .work_tree()
        .ok_or_else(|| Stop::request("error-no-work-tree"))?;
    Ok(top.canonicalize().unwrap_or(top))
}

/// Configuration and rules as they are in the work tree.
pub(super) fn work_tree_rules(wiring: &Wiring, top: &Path) -> Result<InForce, Stop> {
    if !top.join(CONFIG_PATH).exists() {
        return Err(Stop::request("error-no-config-here"));
    }
    let bytes = read_in(top, CONFIG_PATH)?;
    let read_file = |path: &str| text_in(top, path);
    let house = |folder: &str| house_files(top, folder);
    InForce::from_parts("", bytes, &wiring.name, &read_file, &house)
}

/// The paths of all declarations below `folder`, in order.
pub(super) fn declaration_paths(top: &Path, folder: &str) -> Result<Vec<String>, Stop> {
    files_below(top, folder, |name| {
        name.starts_with("CHG-") && name.ends_with(".yml")
    })
}

/// The paths of all YAML files below `folder`, in order.
pub(super) fn yaml_paths(top: &Path, folder: &str) -> Result<Vec<String>, Stop> {
    files_below(top, folder, is_yaml)
}

/// Whether a file is YAML, by its name.
pub(super) fn is_yaml(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".yml") || name.ends_with(".yaml")
}

/// House rules and their words below `folder`: path and text.
pub(super) fn house_files(top: &Path, folder: &str) -> Result<Vec<(String, String)>, Stop> {
    let is_rule = |name: &str| {
        Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "rego" || extension == "ftl")
    };
    files_below(top, folder, is_rule)?
        .into_iter()
        .map(|path| {
            let text = String::from_utf8(read_in(top, &path)?).map_err(|error| unreadable(&path, &error))?;
            Ok((path, text))
        })
        .collect()
}

/// Files below `folder` whose name is `wanted`, links left out, in byte order of path.
fn files_below(top: &Path, folder: &str, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, Stop> {
    let mut found = Vec::new();
    let mut folders = vec![top.join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&folder.display().to_string(), &error))?;
            let path = entry.path();
            let kind = entry
                .file_type()
                .map_err(|error| unreadable(&path.display().to_string(), &error))?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && wanted(&entry.file_name().to_string_lossy()) {
                let inside = path.strip_prefix(top).unwrap_or(&path);
                found.push(inside.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The folder with the configuration that is nearest to where the command runs.
fn top_here(global: &Global) -> Option<PathBuf> {
    let start = match &global.directory {
        Some(folder) => folder.clone(),
        None => std::env::current_dir().unwrap_or_default(),
    };
    let top = start.ancestors().find(|folder| folder.join(CONFIG_PATH).exists());
    top.map(Path::to_owned)
}

/// Configuration and rules of the files where the command runs; `None` without a configuration.
pub(super) fn rules_here(global: &Global) -> Result<Option<InForce>, Stop> {
    let Some(top) = top_here(global) else {
        return Ok(None);
    };
    let bytes = read_in(&top, CONFIG_PATH)?;
    let read_file = |path: &str| text_in(&top, path);
    let house = |folder: &str| house_files(&top, folder);
    InForce::from_parts("", bytes, "repository", &read_file, &house).map(Some)
}

/// House rules where the command runs; none without a configuration.
pub(super) fn house_rules_here(global: &Global) -> Result<Vec<(String, String)>, Stop> {
    let Some(top) = top_here(global) else {
        return Ok(Vec::new());
    };
    let text =
        String::from_utf8(read_in(&top, CONFIG_PATH)?).map_err(|error| unreadable(CONFIG_PATH, &error))?;
    let read_file = |path: &str| text_in(&top, path);
    let folder = match sekisho::config::read(&text, "repository", &read_file) {
        Ok((config, _)) => config.paths.policies,
        Err(faults) => {
            return Err(Stop::Faults(Box::new(sekisho::usecases::FileFaults {
                file: CONFIG_PATH.to_owned(),
                text,
                faults,
            })));
        }
    };
    house_files(&top, &folder)
}

/// Whether a folder between `top` and `folder` is a link: what is written there would lie somewhere
/// else.
fn leads_elsewhere(top: &Path, folder: &Path) -> bool {
    folder
        .ancestors()
        .take_while(|above| *above != top)
        .any(|above| above.is_symlink() || !above.starts_with(top))
}

/// Writes a new file, whole or not at all; one that exists is never touched.
pub(super) fn write_new(top: &Path, name: &str, text: &str) -> Result<(), Stop> {
    let failed = |error: &dyn std::fmt::Display| {
        Stop::Request(
            Message::new("error-write-file")
                .with("file", name)
                .with("detail", error),
        )
    };
    let path = top.join(name);
    let folder = path.parent().unwrap_or(top);
    if leads_elsewhere(top, folder) {
        return Err(Stop::Request(Message::new("error-write-link").with("file", name)));
    }
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| failed(&error))?;
    // A temporary file is for its owner alone; this one is going to be everybody's.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let everybody = std::fs::Permissions::from_mode(0o644);
        file.as_file()
            .set_permissions(everybody)
            .map_err(|error| failed(&error))?;
    }
    file.persist_noclobber(&path)
        .map_err(|error| failed(&error.error))?;
    Ok(())
}
