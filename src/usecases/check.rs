//! The same judgement before the merge: what is wrong in the files, and what the gate will ask.

use jiff::tz::TimeZone;

use crate::change::ChangeId;
use crate::change::text::{Document, Fault, declaration};

use super::declare_needs::with_placeholders_named;
use super::gate::{Judged, judge_now};
use super::in_force::{CONFIG_PATH, Listing};
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
pub struct Checked {
    /// Files with something wrong in them.
    pub files: Vec<FileFaults>,
    /// How many files were read.
    pub read: usize,
}

impl Checked {
    /// Adds faults of one file to those that were found in it already.
    pub fn add(&mut self, file: &str, bytes: &[u8], faults: Vec<Fault>) {
        if faults.is_empty() {
            return;
        }
        match self.files.iter_mut().find(|known| known.file == file) {
            Some(known) => known.faults.extend(faults),
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
}

/// A file of the work tree.
#[derive(Debug, Clone)]
pub struct WorkFile {
    /// Its path in the repository.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Checks files of the work tree: the configuration with its house rules, and declarations.
pub fn check(
    files: &[WorkFile],
    name: &str,
    read_file: &dyn Fn(&str) -> Option<String>,
    house: &Listing<'_>,
    config: Option<&[u8]>,
) -> Result<(Checked, Option<InForce>), Stop> {
    let mut found = Vec::new();
    let rules = match config {
        None => None,
        Some(bytes) => match InForce::from_parts("", bytes.to_vec(), name, read_file, house) {
            Ok(rules) => {
                if !rules.warnings.is_empty() {
                    found.push(FileFaults {
                        file: CONFIG_PATH.to_owned(),
                        text: String::from_utf8_lossy(bytes).into_owned(),
                        faults: rules.warnings.clone(),
                    });
                }
                Some(rules)
            }
            Err(Stop::Faults(faults)) => {
                found.push(*faults);
                None
            }
            Err(stop) => return Err(stop),
        },
    };
    let zone = rules
        .as_ref()
        .map_or(TimeZone::UTC, |rules| rules.config.calendar.zone.clone());
    for file in files {
        let faults = faults_of(&file.path, &file.bytes, &zone, rules.as_ref());
        let faults = with_placeholders_named(&file.bytes, faults);
        if !faults.is_empty() {
            found.push(FileFaults {
                file: file.path.clone(),
                text: String::from_utf8_lossy(&file.bytes).into_owned(),
                faults,
            });
        }
    }
    let read = files.len() + usize::from(config.is_some());
    Ok((Checked { files: found, read }, rules))
}

/// What is wrong in one declaration, warnings included; with `rules`, names are looked up too.
pub fn declaration_faults(path: &str, bytes: &[u8], rules: Option<&InForce>) -> Vec<Fault> {
    let zone = rules.map_or(TimeZone::UTC, |rules| rules.config.calendar.zone.clone());
    faults_of(path, bytes, &zone, rules)
}

fn faults_of(path: &str, bytes: &[u8], zone: &TimeZone, rules: Option<&InForce>) -> Vec<Fault> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".yml").unwrap_or(name);
    let document = match Document::parse_bytes(bytes) {
        Ok(document) => document,
        Err(faults) => return faults,
    };
    let named = stem.parse::<ChangeId>().is_ok().then_some(stem);
    let mut faults = match declaration::read(&document, zone, named) {
        Ok((declaration, warnings)) => {
            let mut faults = warnings;
            if let Some(rules) = rules {
                faults.extend(super::references::faults(&document, &declaration, &rules.config));
            }
            faults
        }
        Err(faults) => faults,
    };
    if named.is_none() {
        faults.push(Fault {
            place: None,
            field: String::new(),
            message: crate::change::Message::new("yaml-file-name").with("name", name),
            warning: false,
        });
    }
    faults
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
