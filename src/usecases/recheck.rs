//! A pass, looked at once more right before it is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{ChangeId, Message, PersonKey};
use crate::config::Config;
use crate::ledger::{Act, ActKind, Decided};
use crate::policy::Word;
use crate::ports::{Forge, Review, ReviewState};

use super::{Asked, Heard, Judged, LogView, Ports, Stop, read_log};

/// Why a pass that is in the log holds no longer: somebody objected or took an approval back, in the
/// log or in a review, another decision came after it, or its commit left the branch. `None` where it holds, and for a denial.
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
    if state.passed != record.seq {
        return Ok(Some(Message::new("recheck-superseded").with("seq", record.seq)));
    }
    if let Some(reason) = taken_back(&view, judged, decided) {
        return Ok(Some(reason));
    }
    match (ports.forge, &judged.heard) {
        (Some(forge), Some(heard)) => changed(forge, asked, judged, heard).await,
        _ => Ok(None),
    }
}

/// What the forge says otherwise now than when it was decided: where the branch is, and reviews.
async fn changed(
    forge: &dyn Forge,
    asked: &Asked,
    judged: &Judged,
    heard: &Heard,
) -> Result<Option<Message>, Stop> {
    let commit = asked.head.get(..12).unwrap_or(&asked.head);
    if forge.has(&asked.head).await? == Some(false) {
        return Ok(Some(Message::new("recheck-not-on-branch").with("commit", commit)));
    }
    let pulls = &heard.evidence.pulls;
    let numbers = pulls
        .iter()
        .flat_map(|(number, pull)| std::iter::once(number).chain(&pull.twins));
    let numbers: BTreeSet<u64> = numbers.copied().collect();
    if numbers.is_empty() {
        return Ok(None);
    }
    let numbers: Vec<u64> = numbers.into_iter().collect();
    let said = forge.reviews(&numbers).await?;
    for (number, pull) in pulls {
        let all = std::iter::once(number).chain(&pull.twins);
        let now: Vec<&Review> = all.filter_map(|one| said.get(one)).flatten().collect();
        if let Some((key, person)) = otherwise(&judged.rules.config, &pull.reviews, &now) {
            return Ok(Some(
                Message::new(key)
                    .with("person", person)
                    .with("pull", format!("#{number}")),
            ));
        }
    }
    Ok(None)
}

/// The first person who objects now and did not, or whose approval is not there any more.
fn otherwise<'c>(
    config: &'c Config,
    before: &[Review],
    now: &[&Review],
) -> Option<(&'static str, &'c PersonKey)> {
    let person = |review: &Review| config.person_of_account(review.author.id, &review.author.login);
    let objects = |review: &Review, who: &PersonKey| {
        review.state == ReviewState::Objected && person(review) == Some(who)
    };
    for review in now.iter().filter(|review| review.state == ReviewState::Objected) {
        if let Some(who) = person(review)
            && !before.iter().any(|old| objects(old, who))
        {
            return Some(("recheck-review-objected", who));
        }
    }
    let counted = |review: &&Review| review.state == ReviewState::Approved && review.can_write;
    for review in before.iter().filter(counted) {
        let Some(who) = person(review) else { continue };
        let stands = now.iter().any(|one| counted(one) && person(one) == Some(who));
        if !stands {
            return Some(("recheck-review-gone", who));
        }
    }
    None
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
