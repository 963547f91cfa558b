//! Answers on their way: kept in the clone until the emergency is declared, so that whoever leaves
//! at a question goes on there.

use std::io::Write as _;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};

use sekisho::change::{Digest, EnvironmentKey, PersonKey, ServiceKey};

use super::answers::{Answers, NAMES};
use crate::wire::Wiring;

/// Older answers are about something else, in seconds.
const OLDEST_SECONDS: i64 = 24 * 3_600;

/// No answers are longer, in bytes.
const LARGEST: u64 = 256 * 1024;

/// The place of one person's answers about one service.
pub(super) struct Kept {
    path: PathBuf,
    now: Timestamp,
}

impl Kept {
    /// Where those of `person` about the service are.
    pub(super) fn of(
        wiring: &Wiring,
        person: &PersonKey,
        (service, environment): (&ServiceKey, &EnvironmentKey),
    ) -> Self {
        // Names may hold signs that no file name can.
        let whose = Digest::of(format!("{person}\n{service}\n{environment}").as_bytes()).hex();
        let name = format!("{}.json", whose.get(..16).unwrap_or(&whose));
        let folder = wiring.repository.common_dir().join("sekisho").join("answers");
        Self {
            path: folder.join(name),
            now: wiring.now,
        }
    }

    /// The answers of the last day; what cannot be read is none.
    pub(super) fn read(&self) -> Option<Answers> {
        // Somebody may have put another file's name in its place.
        let there = self.path.symlink_metadata().ok()?;
        if !there.is_file() || there.len() > LARGEST {
            return None;
        }
        let text = std::fs::read(&self.path).ok()?;
        let read: Value = serde_json::from_slice(&text).ok()?;
        let at: Timestamp = read.get("at")?.as_str()?.parse().ok()?;
        let age = self.now.as_second().saturating_sub(at.as_second());
        if !(0..=OLDEST_SECONDS).contains(&age) {
            return None;
        }
        let mut answers = Answers::default();
        for name in NAMES {
            let said = read.get("answers").and_then(|all| all.get(name)?.as_array());
            let said = said.into_iter().flatten().filter_map(Value::as_str);
            answers.say(name, said.map(str::to_owned).collect());
        }
        (!answers.is_empty()).then_some(answers)
    }

    /// Keeps them.
    ///
    /// # Errors
    /// Whatever the disk says; nobody has to stop for it.
    pub(super) fn keep(&self, answers: &Answers) -> std::io::Result<()> {
        let said: serde_json::Map<String, Value> = NAMES
            .iter()
            .filter(|name| !answers.all(name).is_empty())
            .map(|name| ((*name).to_owned(), json!(answers.all(name))))
            .collect();
        let text = json!({"at": self.now.to_string(), "answers": said}).to_string();
        let folder = self.path.parent().unwrap_or(&self.path);
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(&self.path)?;
        Ok(())
    }

    /// Throws them away; none are none.
    pub(super) fn forget(&self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
