//! The approved file that a command carries out: read once, and given to the command as a copy that
//! nobody can exchange meanwhile.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use sekisho::change::{Digest, Message};
use sekisho::usecases::Stop;

use crate::cli::files::{LARGEST, read_bounded, unreadable};

/// The variable that names the copy.
pub(super) const VARIABLE: &str = "SEKISHO_PLAN";

/// A plan as it was read.
pub(super) struct Plan {
    given: PathBuf,
    bytes: Vec<u8>,
    executable: bool,
    /// Its digest.
    pub digest: Digest,
}

impl Plan {
    /// Reads it.
    ///
    /// # Errors
    /// [`Stop::Request`] where it cannot be read.
    pub(super) fn read(file: &Path) -> Result<Self, Stop> {
        let refused = |error: std::io::Error| unreadable(&file.display().to_string(), &error);
        let bytes = read_bounded(file, LARGEST).map_err(refused)?;
        let mode = file.metadata().map_err(refused)?.permissions().mode();
        Ok(Self {
            given: file.canonicalize().map_err(refused)?,
            executable: mode & 0o111 != 0,
            digest: Digest::of(&bytes),
            bytes,
        })
    }

    fn is(&self, word: &OsStr) -> bool {
        Path::new(word)
            .canonicalize()
            .is_ok_and(|path| path == self.given)
    }

    /// The word with the copy in place of the plan; `None` where it does not name the plan.
    fn exchanged(&self, word: &OsStr, copy: &Path) -> Option<OsString> {
        if self.is(word) {
            return Some(copy.into());
        }
        let bytes = word.as_bytes();
        let at = bytes.iter().position(|byte| *byte == b'=')? + 1;
        let (before, value) = bytes.split_at(at);
        self.is(OsStr::from_bytes(value))
            .then(|| OsString::from_vec([before, copy.as_os_str().as_bytes()].concat()))
    }

    /// Whether the command carries it out at all.
    ///
    /// # Errors
    /// [`Stop::Request`] where no word of it names the plan.
    pub(super) fn refuse_unused(&self, words: &[OsString]) -> Result<(), Stop> {
        let named = |word: &OsString| {
            word.to_string_lossy().contains(VARIABLE) || self.exchanged(word, Path::new("")).is_some()
        };
        if words.iter().any(named) {
            return Ok(());
        }
        let file = sekisho::report::harmless(&self.given.to_string_lossy());
        Err(Stop::Request(
            Message::new("error-exec-plan-unused").with("file", file),
        ))
    }

    /// Writes the copy into `folder`, for its owner alone, and puts it into the command.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn copied(
        &self,
        folder: &Path,
        program: PathBuf,
        arguments: &[OsString],
    ) -> std::io::Result<(PathBuf, PathBuf, Vec<OsString>)> {
        std::fs::create_dir(folder)?;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        let copy = folder.join(self.given.file_name().unwrap_or(OsStr::new("plan")));
        std::fs::write(&copy, &self.bytes)?;
        let mode = if self.executable { 0o500 } else { 0o400 };
        std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(mode))?;
        let program = self
            .exchanged(program.as_os_str(), &copy)
            .map_or(program, PathBuf::from);
        let words = arguments
            .iter()
            .map(|word| self.exchanged(word, &copy).unwrap_or_else(|| word.clone()))
            .collect();
        Ok((copy, program, words))
    }

    /// Whether the copy is still what was approved.
    pub(super) fn still(&self, copy: &Path) -> bool {
        read_bounded(copy, LARGEST).is_ok_and(|bytes| Digest::of(&bytes) == self.digest)
    }
}
