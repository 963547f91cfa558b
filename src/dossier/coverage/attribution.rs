//! Which steps belong to which change, every step counted once.

use std::collections::BTreeMap;

use super::Stretch;
use crate::change::ChangeId;
use crate::dossier::{Coverage, MOST_HITS, Uncovered, UncoveredReason};

/// The outcome: the stretches that need approvals, and the count of all steps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// The count; `steps` is always the sum of the others.
    pub coverage: Coverage,
    /// The units, oldest first.
    pub stretches: Vec<Stretch>,
    /// Every uncovered step by its place in the range; the dossier shows the first of them.
    uncovered: BTreeMap<usize, Uncovered>,
}

impl Attribution {
    /// Notes a step as uncovered; [`Self::show`] follows once.
    pub(super) fn report(&mut self, at: usize, step: Uncovered) {
        self.uncovered.insert(at, step);
    }

    /// Takes back a stretch whose declaration turned out not to hold: its covered steps become
    /// uncovered for `reason`. `change` is the change that they name; the stretch's own if
    /// `None`. A stretch that is not (or no longer) here changes nothing.
    pub fn withdraw(&mut self, stretch: &Stretch, reason: UncoveredReason, change: Option<&ChangeId>) {
        let same = |s: &Stretch| s.first == stretch.first && s.last == stretch.last;
        let Some(at) = self.stretches.iter().position(same) else {
            return;
        };
        let stretch = self.stretches.remove(at);
        let change = change.or_else(|| stretch.declared()).cloned();
        self.coverage.covered = self.coverage.covered.saturating_sub(stretch.steps.len() as u64);
        for step in stretch.steps {
            let uncovered = Uncovered {
                commit: step.commit,
                reason,
                change: change.clone(),
                path: step.path,
                later: None,
            };
            self.uncovered.insert(step.at, uncovered);
        }
        self.show();
    }

    /// Brings the counted part up to date.
    pub(super) fn show(&mut self) {
        self.coverage.uncovered_count = self.uncovered.len() as u64;
        self.coverage.uncovered = self.uncovered.values().take(MOST_HITS).cloned().collect();
    }
}
