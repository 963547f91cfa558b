//! A pass, looked at once more right before it is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{ChangeId, Message, PersonKey};
use crate::ledger::{Act, ActKind, Decided};
use crate::policy::Word;

use super::{Asked, Judged, LogView, Ports, Stop, read_log};

/// Why a pass that is in the log holds no longer: somebody objected or took an approval back, or
/// another decision came after it. `None` where it holds, and for a denial.
///
/// # Errors
/// [`Stop`] when the log cannot be read; then it is no pass either.
pub async fn still_passes(ports: Ports<'_>, asked: &Asked, judged: &Judged) -> Result<Option<Message>, Stop> {
    if judged.decision.word == Word::Deny {
        return Ok(None);
    }
    let Some(record) = &judged.record else {
        return Err(Stop::unavailable("error-log-busy"));
    };
    let view = read_log(ports).await?;
    let key = (asked.service.clone(), asked.environment.clone());
    let state = view.standing.states.get(&key);
    let decided = view.standing.decisions.get(&record.seq);
    let (Some(state), Some(decided)) = (state, decided) else {
        return Err(Stop::unavailable("error-log-busy"));
    };
    if state.seq != record.seq {
        return Ok(Some(Message::new("recheck-superseded").with("seq", record.seq)));
    }
    Ok(taken_back(&view, judged, decided))
}

/// The first person who no longer stands behind what was decided.
fn taken_back(view: &LogView, judged: &Judged, decided: &Decided) -> Option<Message> {
    let changes: BTreeSet<&ChangeId> = decided.changes.iter().map(|change| &change.id).collect();
    let dossier = judged.collected.dossier.changes.iter();
    let contents: BTreeSet<_> = dossier
        .flat_map(|change| &change.units)
        .map(|unit| unit.content)
        .collect();
    // A decision that is told again has no contents at hand: then any act on a range counts.
    let concerns = |act: &&Act| match &act.change {
        Some(change) => changes.contains(change),
        None => contents.is_empty() || act.content.iter().any(|content| contents.contains(content)),
    };
    let mut last: BTreeMap<(&PersonKey, Option<&ChangeId>), (&Act, bool)> = BTreeMap::new();
    for act in view.standing.acts.iter().filter(concerns) {
        let key = (&act.person, act.change.as_ref());
        let approved = last.get(&key).is_some_and(|(_, approved)| *approved);
        let approves = act.kind == ActKind::Approve && act.seq < decided.seq;
        last.insert(key, (act, approved || approves));
    }
    // A key that was revoked since: what rested on it is not told as a pass any more.
    let revoked = |(act, _): &&(&Act, bool)| {
        act.kind == ActKind::Approve
            && act.seq < decided.seq
            && act.revoked.is_some_and(|by| by > decided.seq)
    };
    if let Some((act, _)) = last.values().find(revoked) {
        let message = Message::new("recheck-revoked").with("person", &act.person);
        let message = message.with("seq", act.revoked.unwrap_or_default());
        return Some(message.with("decision", decided.seq));
    }
    last.into_values().find_map(|(act, approved)| {
        let key = match act.kind {
            _ if act.seq < decided.seq => return None,
            ActKind::Object => "recheck-objected",
            ActKind::Withdraw if approved => "recheck-withdrawn",
            ActKind::Withdraw | ActKind::Approve => return None,
        };
        Some(
            Message::new(key)
                .with("person", &act.person)
                .with("seq", act.seq)
                .with("decision", decided.seq),
        )
    })
}
