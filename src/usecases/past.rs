//! When things happened to a change, as the log and its commits say.

use jiff::Timestamp;

use crate::change::{ChangeId, Moment};
use crate::config::Profile;
use crate::dossier::Past;

use super::collect_change::Material;
use super::{Asked, InForce, LogView};

/// The share of unapproved changes is that of this long.
const LOOKED_BACK: i64 = 30 * 86_400;

/// What log and commits tell about one change.
pub(super) fn past(view: &LogView, rules: &InForce, asked: &Asked, at: Moment, material: &Material) -> Past {
    let standing = &view.standing;
    let id = &material.id;
    // An emergency that was filed late was declared when its declarer says so, and may tell of
    // work that was done before.
    let emergency = standing.emergencies.get(id);
    let filed = standing.filed.get(id).map(|filed| filed.first);
    let filed = emergency.map(|known| known.at).or(filed);
    let done_at = emergency.and_then(|known| known.done_at);
    let within = Some((&asked.service, &asked.environment));
    let started = standing
        .executions_of(id, within)
        .filter_map(|e| e.started.or(standing.decisions.get(&e.decision).map(|d| d.at)))
        .chain(done_at)
        .min();
    let (passed, unapproved) = match rules.config.profile {
        Profile::Solo => shares(view, at),
        Profile::Small | Profile::Audited => (0, 0),
    };
    let zone = &rules.config.calendar.zone;
    let written = material
        .written
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    Past {
        heard: [filed, heard(view, id)].into_iter().flatten().min(),
        filed,
        started,
        written: written.map(|timestamp| Moment::new(timestamp, zone)),
        passed,
        unapproved,
    }
}

/// When an act or a decision first named the change.
fn heard(view: &LogView, id: &ChangeId) -> Option<Moment> {
    let standing = &view.standing;
    let acts = standing.acts.iter().filter(|act| act.change.as_ref() == Some(id));
    let named = |changes: &[crate::ledger::DecidedChange]| changes.iter().any(|change| &change.id == id);
    let decisions = standing
        .decisions
        .values()
        .filter(|decided| named(&decided.changes));
    let act = acts.map(|act| act.at).min();
    let decision = decisions.map(|decided| decided.at).min();
    [act, decision].into_iter().flatten().min()
}

/// The changes that passed lately, and those of them that nobody had approved.
fn shares(view: &LogView, at: Moment) -> (u64, u64) {
    let lately = view.standing.decisions.values().filter(|decided| {
        decided.allowed && decided.rollback_of.is_none() && at.seconds_since(decided.at) <= LOOKED_BACK
    });
    let (mut passed, mut unapproved) = (0, 0);
    for change in lately.flat_map(|decided| &decided.changes) {
        let approvers = change.body.get("approvers").and_then(|all| all.as_array());
        // A record describes its first changes only; what it does not describe is not counted.
        let Some(approvers) = approvers else { continue };
        passed += 1;
        unapproved += u64::from(approvers.is_empty());
    }
    (passed, unapproved)
}
