//! The same judgement before the merge: what is wrong in the files, and what the gate will ask.

use std::collections::BTreeSet;

use crate::change::ChangeId;
use crate::change::text::Fault;
use crate::policy::{Decision, Effect, Finding};

use super::declare_needs::with_placeholders_named;
use super::gate::{Judged, judge_now};
use super::in_force::{CONFIG_PATH, Listing};
use super::lint::looked_up;
use super::locked_out::locked_out;
use super::{Asked, FileFaults, InForce, LogView, Ports, Stop};

/// What the gate will say, as far as that is known now.
pub enum Outlook {
    /// It would decide this.
    Judged(Box<Judged>),
    /// It could not decide yet.
    Stopped(Stop),
    /// There is no authorised state to compare with.
    NoBaseline,
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Files with something wrong in them.
    pub files: Vec<FileFaults>,
    /// How many files were read.
    pub read: usize,
}

impl Outlook {
    /// The judgement, where there is one.
    pub fn judged(&self) -> Option<&Judged> {
        match self {
            Self::Judged(judged) => Some(judged),
            Self::Stopped(_) | Self::NoBaseline => None,
        }
    }
}

impl Checked {
    /// Adds faults of one file to those that were found in it already.
    pub fn add(&mut self, file: &str, bytes: &[u8], faults: Vec<Fault>) {
        if faults.is_empty() {
            return;
        }
        match self.files.iter_mut().find(|known| known.file == file) {
            Some(known) => {
                // A plan and the template that uses it have one fault.
                let news = |fault: &Fault| {
                    !known
                        .faults
                        .iter()
                        .any(|old| old.place == fault.place && old.message == fault.message)
                };
                let faults: Vec<Fault> = faults.into_iter().filter(news).collect();
                known.faults.extend(faults);
            }
            None => self.files.push(FileFaults {
                file: file.to_owned(),
                text: String::from_utf8_lossy(bytes).into_owned(),
                faults,
            }),
        }
    }

    /// Whether something is wrong that is more than a warning.
    pub fn failed(&self) -> bool {
        self.files
            .iter()
            .flat_map(|f| &f.faults)
            .any(|fault| !fault.warning)
    }

    /// Whether something is wrong that the log may know better: names and changes that the files
    /// do not know, and words that a change of the past was allowed.
    pub fn asks_the_log(&self) -> bool {
        let mut faults = self.files.iter().flat_map(|file| &file.faults);
        faults.any(|fault| {
            let key = fault.message.key.as_str();
            key.starts_with("reference-") || key == "yaml-group-for-person" || key.contains('.')
        })
    }

    /// Takes out what the gate's own findings say too: each thing is said once.
    pub fn leave_to(&mut self, decision: &Decision) {
        for file in &mut self.files {
            let name = file.file.rsplit('/').next().unwrap_or(&file.file);
            let id: Option<ChangeId> = name.strip_suffix(".yml").and_then(|stem| stem.parse().ok());
            file.faults.retain(|fault| {
                let same = |finding: &Finding| finding.change == id && says(finding, fault);
                !decision.findings.iter().any(same)
            });
        }
        self.files.retain(|file| !file.faults.is_empty());
    }
}

/// Whether a finding says what a fault says, the same or, of a placeholder, in the rule's words. A
/// rule that only warns does not take the place of a fault that stops.
fn says(finding: &Finding, fault: &Fault) -> bool {
    let (said, known) = (&finding.message, &fault.message);
    let is_same = said.key == known.key && said.with == known.with;
    is_same
        || known.key == "yaml-placeholder"
            && said.key == "DEC-03.placeholder"
            && said.with.get("field") == Some(&fault.field)
            && (finding.effect == Effect::Deny || fault.warning)
}

/// A file of the work tree.
#[derive(Debug, Clone)]
pub struct WorkFile {
    /// Its path in the repository.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Where a check looks up what a declaration names: a work tree, or what is staged.
pub struct Lookup<'a> {
    /// The text of a file.
    pub read: &'a dyn Fn(&str) -> Option<String>,
    /// Rules and their words below a folder.
    pub house: &'a Listing<'a>,
    /// Whether there is a file or folder at a path.
    pub exists: &'a dyn Fn(&str) -> bool,
    /// The paths right below a folder.
    pub list: &'a dyn Fn(&str) -> Vec<String>,
    /// Every change that a file or the log knows.
    pub changes: &'a BTreeSet<ChangeId>,
    /// Those that the gate let pass before.
    pub decided: &'a BTreeSet<ChangeId>,
}

/// Checks the configuration with its house rules, and declarations.
///
/// # Errors
/// [`Stop::Unavailable`] when a house rule cannot be used.
pub fn check(
    files: &[WorkFile],
    name: &str,
    lookup: &Lookup<'_>,
    config: Option<&[u8]>,
) -> Result<(Checked, Option<InForce>), Stop> {
    let mut found = Vec::new();
    let rules = match config {
        None => None,
        Some(bytes) => match InForce::from_parts("", bytes.to_vec(), name, lookup.read, lookup.house) {
            Ok(rules) => {
                found.extend(faulty(CONFIG_PATH, bytes, of_config(&rules)));
                Some(rules)
            }
            Err(Stop::Faults(faults)) => {
                found.push(*faults);
                None
            }
            Err(stop) => return Err(stop),
        },
    };
    for file in files {
        let faults = looked_up(&file.path, &file.bytes, rules.as_ref(), Some(lookup));
        let faults = with_placeholders_named(&file.bytes, faults);
        found.extend(faulty(&file.path, &file.bytes, faults));
    }
    let read = files.len() + usize::from(config.is_some());
    Ok((Checked { files: found, read }, rules))
}

/// Warnings, and what would keep everything from passing; what is both stops.
fn of_config(rules: &InForce) -> Vec<Fault> {
    let never = locked_out(rules);
    let known = |warning: &&Fault| never.iter().all(|fault| fault.message != warning.message);
    let mut faults: Vec<Fault> = rules.warnings.iter().filter(known).cloned().collect();
    faults.extend(never);
    faults.sort_by_key(|fault| fault.place.as_ref().map(|place| place.bytes.start));
    faults
}

fn faulty(file: &str, bytes: &[u8], faults: Vec<Fault>) -> Option<FileFaults> {
    (!faults.is_empty()).then(|| FileFaults {
        file: file.to_owned(),
        text: String::from_utf8_lossy(bytes).into_owned(),
        faults,
    })
}

/// What the gate would decide now; writes nothing.
pub fn outlook(ports: Ports<'_>, view: &LogView, asked: &Asked) -> Outlook {
    let key = (asked.service.clone(), asked.environment.clone());
    if !view.standing.states.contains_key(&key) {
        return Outlook::NoBaseline;
    }
    match judge_now(ports, view, asked) {
        Ok(judged) => Outlook::Judged(Box::new(judged)),
        Err(stop) => Outlook::Stopped(stop),
    }
}
