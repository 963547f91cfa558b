//! Which of a person's acts a withdrawal takes back.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{ChangeId, Digest, PersonKey};
use crate::ledger::{Act, ActKind};

use super::LogView;

/// The content of the act that `person` takes back: the one of exactly this content, else, where the
/// change goes by its number, the newest of the same declaration and plan. What was committed beside a
/// declaration may have changed since, and nobody is to be bound by a word that they cannot take back.
pub(super) fn taken_back(
    view: &LogView,
    person: &PersonKey,
    change: Option<&ChangeId>,
    (declaration, plan, content): (Digest, Option<Digest>, &[Digest]),
) -> Option<Vec<Digest>> {
    let mut last: BTreeMap<Digest, &Act> = BTreeMap::new();
    let same = |act: &&Act| &act.person == person && act.declaration == declaration && act.plan == plan;
    for act in view.standing.acts.iter().filter(same) {
        last.insert(act.of, act);
    }
    let standing: Vec<&Act> = last
        .into_values()
        .filter(|act| act.kind != ActKind::Withdraw)
        .collect();
    let set = |digests: &[Digest]| digests.iter().copied().collect::<BTreeSet<Digest>>();
    let exact = standing.iter().find(|act| set(&act.content) == set(content));
    let of_change = standing
        .iter()
        .filter(|act| change.is_some() && act.change.as_ref() == change);
    exact
        .or(of_change.max_by_key(|act| act.seq))
        .map(|act| act.content.clone())
}
