//! A dossier that contradicts itself is not judged.

use std::collections::BTreeSet;

use crate::change::{ChangeType, Digest, Message};
use crate::config::Profile;
use crate::dossier::{Approval, Change, Dossier, RequestKind, SCHEMA};
use crate::policy::NotJudged;

/// Checks what was computed against what it was computed from.
///
/// # Errors
/// [`NotJudged::Contradiction`] for the first thing that does not fit.
pub(crate) fn consistent(dossier: &Dossier) -> Result<(), NotJudged> {
    whole(dossier).map_or(Ok(()), |message| {
        Err(NotJudged::Contradiction {
            change: None,
            message,
        })
    })?;
    // Whoever puts a change back needs no approval, so none is counted.
    if dossier.request.kind == RequestKind::Rollback {
        return Ok(());
    }
    for change in &dossier.changes {
        if let Some(message) = one(dossier, change) {
            return Err(NotJudged::Contradiction {
                change: Some(change.id.clone()),
                message,
            });
        }
    }
    Ok(())
}

/// What does not fit in the dossier as a whole.
fn whole(dossier: &Dossier) -> Option<Message> {
    let coverage = &dossier.coverage;
    if dossier.schema != SCHEMA {
        return Some(Message::new("dossier-schema").with("found", &dossier.schema));
    }
    if dossier.request.kind == RequestKind::Rollback {
        let named = dossier.request.rollback_of.is_some();
        return (!named).then(|| Message::new("dossier-rollback-of-nothing"));
    }
    if !dossier.log.verified {
        return Some(Message::new("dossier-log-unverified"));
    }
    let nothing = dossier.changes.is_empty();
    if nothing && (coverage.covered > 0 || dossier.request.kind == RequestKind::Start) {
        return Some(Message::new("dossier-no-changes").with("covered", coverage.covered));
    }
    let listed = u64::try_from(coverage.uncovered.len()).unwrap_or(u64::MAX);
    if coverage.uncovered_count < listed {
        return Some(
            Message::new("dossier-coverage")
                .with("listed", listed)
                .with("count", coverage.uncovered_count),
        );
    }
    let numbers: BTreeSet<_> = dossier.changes.iter().map(|change| &change.id).collect();
    (numbers.len() < dossier.changes.len()).then(|| Message::new("dossier-change-twice"))
}

/// What does not fit in one change.
fn one(dossier: &Dossier, change: &Change) -> Option<Message> {
    let units: BTreeSet<&Digest> = change.units.iter().map(|unit| &unit.content).collect();
    let from_template = change.change_type == ChangeType::Standard && units.is_empty();
    if change.facts.quorum == 0 && dossier.profile != Profile::Solo && !from_template {
        return Some(Message::new("dossier-no-quorum"));
    }
    for approval in &change.approvals {
        let strange = approval.units.iter().any(|unit| !units.contains(unit));
        // An approval of nothing counts for nothing, unless the change has no units at all.
        if strange || approval.units.is_empty() != units.is_empty() {
            return Some(about("dossier-approval-elsewhere", approval));
        }
        if approval.at > dossier.at {
            return Some(about("dossier-approval-later", approval));
        }
    }
    let counted = counted(change, &units);
    (counted != change.facts.approved_by).then(|| {
        Message::new("dossier-approvals-miscounted")
            .with("counted", counted)
            .with("stated", change.facts.approved_by)
    })
}

/// The people who approved the unit that the fewest approved.
fn counted(change: &Change, units: &BTreeSet<&Digest>) -> u64 {
    let people = |of: &dyn Fn(&Approval) -> bool| {
        let people: BTreeSet<_> = change
            .approvals
            .iter()
            .filter(|a| of(a))
            .map(|a| &a.person)
            .collect();
        u64::try_from(people.len()).unwrap_or(u64::MAX)
    };
    let least = units
        .iter()
        .map(|unit| people(&|a: &Approval| a.units.contains(unit)))
        .min();
    least.unwrap_or_else(|| people(&|_: &Approval| true))
}

/// A message about one approval.
fn about(key: &str, approval: &Approval) -> Message {
    Message::new(key).with("person", &approval.person)
}
