//! The first-parent line with what is known of each step so far.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::source::{Found, source};
use super::{Ground, Source, StepCommit, Stretch};
use crate::change::{ChangeId, ServiceKey};
use crate::dossier::UncoveredReason;

/// Steps that were taken as one unit.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Their places on the line.
    pub(super) range: Range<usize>,
    /// What they are together.
    pub(super) stretch: Stretch,
}

/// The steps, what each is, and the units made so far.
#[derive(Debug)]
pub(super) struct Line<'a> {
    ground: &'a Ground,
    steps: &'a [StepCommit],
    found: Vec<Found>,
    taken: Vec<bool>,
    units: Vec<Unit>,
}

impl<'a> Line<'a> {
    /// How many neighbours a stretch may reach for on each side, and how long an approved piece
    /// of a longer one may be.
    pub(super) const REACH: usize = 50;

    /// Judges every step alone, then those that a pull request ties to one another.
    pub(super) fn new(ground: &'a Ground, service: &ServiceKey, steps: &'a [StepCommit]) -> Self {
        let found: Vec<Found> = steps.iter().map(|step| source(ground, service, step)).collect();
        let mut line = Self {
            ground,
            steps,
            found,
            taken: vec![false; steps.len()],
            units: Vec::new(),
        };
        line.share_by_pull();
        line
    }

    /// One step of a pull request that names a change speaks for the others.
    fn share_by_pull(&mut self) {
        let mut named: BTreeMap<u64, BTreeSet<ChangeId>> = BTreeMap::new();
        for (step, found) in self.steps.iter().zip(&self.found) {
            if let (Some(pull), Some(id)) = (step.pull, found.declared()) {
                named.entry(pull).or_default().insert(id.clone());
            }
        }
        for (step, found) in self.steps.iter().zip(&mut self.found) {
            let silent = !found.outspoken() && !matches!(found, Found::Empty | Found::Elsewhere);
            let Some(ids) = step.pull.filter(|_| silent).and_then(|pull| named.get(&pull)) else {
                continue;
            };
            *found = match ids.first() {
                Some(id) if ids.len() == 1 => Found::From(Source::Declared(id.clone())),
                _ => Found::Uncovered(UncoveredReason::Ambiguous),
            };
        }
    }

    /// The source of a step that no unit has taken yet.
    pub(super) fn open_source(&self, at: usize) -> Option<Source> {
        match (self.found.get(at), self.taken.get(at)) {
            (Some(Found::From(source)), Some(false)) => Some(source.clone()),
            _ => None,
        }
    }

    /// Whether the run that begins at `at` may be cut or widened: a merge and a pull request
    /// are units of their own.
    pub(super) fn divisible(&self, at: usize) -> bool {
        self.steps
            .get(at)
            .is_some_and(|step| !step.merge && step.pull.is_none())
    }

    /// The neighbouring open steps of equal source and pull request from `at` on. Steps in
    /// between that change nothing do not end it, nor do other steps of the same pull request.
    pub(super) fn run(&self, at: usize, source: &Source) -> Range<usize> {
        let mut end = at + 1;
        let Some(first) = self.steps.get(at) else {
            return at..at;
        };
        for (next, step) in self.steps.iter().enumerate().skip(at + 1) {
            let joined = step.pull == first.pull && (first.pull.is_some() || !(first.merge || step.merge));
            if joined && self.open_source(next).as_ref() == Some(source) {
                end = next + 1;
                continue;
            }
            let passed = match self.found.get(next) {
                Some(Found::Empty) => !step.merge,
                Some(Found::Elsewhere | Found::Ignored) => first.pull.is_some() && step.pull == first.pull,
                _ => false,
            };
            if !passed || self.taken.get(next) != Some(&false) {
                break;
            }
        }
        at..end
    }

    /// How many open neighbours before and after `part` could belong to `source` without
    /// contradicting what they say. For a template those are only steps that need no
    /// declaration: a template covers what its paths name, nothing else.
    pub(super) fn silent_around(&self, part: &Range<usize>, source: &Source) -> (usize, usize) {
        let silent = |at: &usize| {
            let (Some(step), Some(found)) = (self.steps.get(*at), self.found.get(*at)) else {
                return false;
            };
            let fits = match (source, found) {
                (_, Found::From(own)) if own == source => true,
                (Source::Declared(_), found) => !found.outspoken(),
                (Source::Derived(_), found) => matches!(found, Found::Empty | Found::Ignored),
            };
            fits && !step.merge && step.pull.is_none() && self.taken.get(*at) == Some(&false)
        };
        let before = (0..part.start).rev().take(Self::REACH).take_while(silent).count();
        let after = (part.end..self.steps.len())
            .take(Self::REACH)
            .take_while(silent)
            .count();
        (before, after)
    }

    /// What the steps of `range` are together.
    pub(super) fn stretch(&self, range: &Range<usize>, source: &Source) -> Option<Stretch> {
        Stretch::new(self.ground, source.clone(), self.steps.get(range.clone())?)
    }

    /// Makes a unit of `range`.
    pub(super) fn take(&mut self, range: Range<usize>, source: &Source) {
        let Some(stretch) = self.stretch(&range, source) else {
            return;
        };
        self.taken
            .iter_mut()
            .take(range.end)
            .skip(range.start)
            .for_each(|taken| *taken = true);
        self.units.push(Unit { range, stretch });
    }

    /// What each step is, and the units in the order of the line.
    pub(super) fn into_parts(self) -> (Vec<Found>, Vec<Unit>) {
        let mut units = self.units;
        units.sort_by_key(|unit| unit.range.start);
        (self.found, units)
    }
}
