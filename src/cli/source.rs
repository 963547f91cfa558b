//! Where `check` reads: the work tree, or what is staged.

use std::path::{Component, Path, PathBuf};

use sekisho::change::{ChangeId, Message};
use sekisho::git::Staged;
use sekisho::usecases::{CONFIG_PATH, Stop, WorkFile};

use super::files;
use crate::wire::Wiring;

/// Files by their path in the repository.
pub(super) enum Source<'w> {
    /// Those of the work tree with this top.
    Tree(PathBuf),
    /// Those that the next commit will hold.
    Staged(Staged<'w>),
}

impl<'w> Source<'w> {
    /// The work tree.
    pub(super) fn work_tree(wiring: &Wiring) -> Result<Self, Stop> {
        files::work_tree(wiring).map(Self::Tree)
    }

    /// What is staged; in a hook, in the index that git made for it.
    pub(super) fn staged(wiring: &'w Wiring) -> Result<Self, Stop> {
        let file = std::env::var_os("GIT_INDEX_FILE").filter(|file| !file.is_empty());
        let staged = wiring.repository.staged(file.as_ref().map(Path::new))?;
        Ok(Self::Staged(staged))
    }

    /// The bytes of a file; `None` where there is none.
    pub(super) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Stop> {
        match self {
            Self::Staged(staged) => Ok(staged.read(path)?),
            Self::Tree(top) => match files::read_bounded(&top.join(path), files::LARGEST) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(files::unreadable(path, &error)),
            },
        }
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.read(path).ok()??).ok()
    }

    /// House rules and their words below `folder`.
    pub(super) fn house(&self, folder: &str) -> Result<Vec<(String, String)>, Stop> {
        let staged = match self {
            Self::Tree(top) => return files::house_files(top, folder),
            Self::Staged(staged) => staged,
        };
        let rules = staged.below(folder).filter(|path| is_rule(path));
        rules
            .map(|path| {
                let bytes = staged.read(path)?.unwrap_or_default();
                Ok((path.to_owned(), String::from_utf8_lossy(&bytes).into_owned()))
            })
            .collect()
    }

    /// Whether a file or folder is at `path`, inside the repository.
    pub(super) fn exists(&self, path: &str) -> bool {
        let inside = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        inside
            && match self {
                Self::Tree(top) => top.join(path).exists(),
                Self::Staged(staged) => staged.has(path),
            }
    }

    /// The paths of the files right in `folder`.
    pub(super) fn list(&self, folder: &str) -> Vec<String> {
        let joined = |name: &str| match folder {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        match self {
            Self::Tree(top) => {
                let entries = std::fs::read_dir(top.join(folder)).into_iter().flatten();
                let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
                names.map(|name| joined(&name)).collect()
            }
            Self::Staged(staged) => {
                let inside = staged.below(folder);
                let direct =
                    inside.filter(|path| path.matches('/').count() == joined("x").matches('/').count());
                direct.map(str::to_owned).collect()
            }
        }
    }

    /// The paths of the declarations below `folder`, those with a wrong name among them.
    pub(super) fn declarations(&self, folder: &str) -> Result<Vec<String>, Stop> {
        let mut paths = match self {
            Self::Tree(top) => files::yaml_paths(top, folder)?,
            Self::Staged(staged) => staged
                .below(folder)
                .filter(|path| files::is_yaml(path))
                .map(str::to_owned)
                .collect(),
        };
        paths.retain(|path| self.declares(path));
        Ok(paths)
    }

    /// Whether a file is a declaration by its name, or at least by its first lines.
    fn declares(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name
            .rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_uppercase();
        stem.starts_with("CHG-")
            || stem.parse::<ChangeId>().is_ok()
            || self
                .text(path)
                .is_some_and(|text| text.contains("sekisho/declaration/"))
    }

    /// The files at `paths`.
    pub(super) fn files(&self, paths: &[String]) -> Result<Vec<WorkFile>, Stop> {
        let file = |path: &String| {
            let gone = || files::unreadable(path, &std::io::ErrorKind::NotFound);
            let bytes = self.read(path)?.ok_or_else(gone)?;
            Ok(WorkFile {
                path: path.clone(),
                bytes,
            })
        };
        paths.iter().map(file).collect()
    }

    /// Those of `paths` that the next commit changes.
    pub(super) fn changed(&self, paths: &[String]) -> Result<Vec<WorkFile>, Stop> {
        let Self::Staged(staged) = self else {
            return self.files(paths);
        };
        let mut changed = Vec::new();
        for path in paths {
            if staged.changed(path)? {
                changed.push(path.clone());
            }
        }
        self.files(&changed)
    }

    /// Whether the next commit changes the configuration or a house rule.
    pub(super) fn gate_changed(&self, config: Option<&[u8]>) -> Result<bool, Stop> {
        let Self::Staged(staged) = self else {
            return Ok(true);
        };
        if staged.changed(CONFIG_PATH)? {
            return match config {
                Some(_) => Ok(true),
                None => Err(Stop::Request(Message::new("error-config-staged-away"))),
            };
        }
        let text = config.map(String::from_utf8_lossy).unwrap_or_default();
        let read = |path: &str| self.text(path);
        let Ok((config, _)) = sekisho::config::read(&text, "repository", &read) else {
            return Ok(false);
        };
        for path in staged.below(&config.paths.policies).filter(|path| is_rule(path)) {
            if staged.changed(path)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A file's path as the repository names it.
    pub(super) fn inside(&self, absolute: &Path) -> String {
        let path = match self {
            Self::Tree(top) => absolute.strip_prefix(top).unwrap_or(absolute),
            Self::Staged(_) => absolute,
        };
        path.to_string_lossy().into_owned()
    }
}

fn is_rule(path: &str) -> bool {
    let end = Path::new(path).extension();
    end.is_some_and(|end| end == "rego" || end == "ftl")
}
