//! Where one step's declaration comes from, judged by the step alone.

use std::collections::BTreeSet;

use super::{Ground, Source, StepCommit};
use crate::change::{ChangeId, ServiceKey};
use crate::dossier::UncoveredReason;

/// What a step is by itself, before its neighbours are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// No path changed.
    Empty,
    /// No path of the service.
    Elsewhere,
    /// Only what is never deployed, or only declarations.
    Ignored,
    /// It says which change it belongs to, or a template covers it.
    From(Source),
    /// Neither.
    Uncovered(UncoveredReason),
}

impl Found {
    /// The change that the step itself names.
    pub(super) fn declared(&self) -> Option<&ChangeId> {
        match self {
            Self::From(Source::Declared(id)) => Some(id),
            _ => None,
        }
    }

    /// Whether the step says something about its change that a neighbour must not overrule.
    pub(super) fn outspoken(&self) -> bool {
        match self {
            Self::From(Source::Declared(_)) => true,
            Self::Uncovered(reason) => *reason != UncoveredReason::Undeclared,
            _ => false,
        }
    }
}

/// What `step` is by itself for `service`.
pub(super) fn source(ground: &Ground, service: &ServiceKey, step: &StepCommit) -> Found {
    if step.files.is_empty() {
        return Found::Empty;
    }
    let code: Vec<String> = step
        .files
        .iter()
        .filter(|file| !ground.declares_file(file))
        .map(|file| file.path.clone())
        .collect();
    if !code.is_empty() && !code.iter().any(|path| ground.in_service(service, path)) {
        return Found::Elsewhere;
    }
    if let Some(found) = named(ground, step, code.is_empty()) {
        return found;
    }
    if code.iter().all(|path| ground.ignored(path)) {
        return Found::Ignored;
    }
    match ground.template(service, &code) {
        Some(key) => Found::From(Source::Derived(key)),
        None => Found::Uncovered(UncoveredReason::Undeclared),
    }
}

/// What the step's trailers say, else its declaration files.
fn named(ground: &Ground, step: &StepCommit, only_declarations: bool) -> Option<Found> {
    let (ids, misspelt) = named_changes(step.commits.iter().flat_map(|commit| &commit.changes));
    if misspelt {
        return Some(Found::Uncovered(UncoveredReason::Missing));
    }
    if let Some(found) = one_of(ids) {
        return Some(found);
    }
    let written = step.files.iter().filter(|file| file.present && file.regular);
    let ids: BTreeSet<ChangeId> = written
        .filter_map(|file| ground.declaration(&file.path))
        .collect();
    if only_declarations && ids.len() > 1 {
        return Some(Found::Ignored);
    }
    one_of(ids)
}

fn one_of(ids: BTreeSet<ChangeId>) -> Option<Found> {
    let several = ids.len() > 1;
    let first = ids.into_iter().next()?;
    Some(if several {
        Found::Uncovered(UncoveredReason::Ambiguous)
    } else {
        Found::From(Source::Declared(first))
    })
}

/// The change IDs in the values of `Change:` trailers, and whether one of them looks like an ID
/// and is none. Other words are somebody's prose.
fn named_changes<'a>(values: impl Iterator<Item = &'a String>) -> (BTreeSet<ChangeId>, bool) {
    let mut ids = BTreeSet::new();
    let mut misspelt = false;
    let words = values.flat_map(|value| value.split(|c: char| c == ',' || c == ';' || c.is_whitespace()));
    for word in words.filter(|word| {
        word.get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("CHG-"))
    }) {
        match word.parse() {
            Ok(id) => drop(ids.insert(id)),
            Err(_) => misspelt = true,
        }
    }
    (ids, misspelt)
}
