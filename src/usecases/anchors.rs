//! The log, held against what was noted about it on the forge: what a clone that has seen nothing
//! before cannot remember by itself.

use std::collections::BTreeSet;

use crate::change::Message;
use crate::ledger::{Damage, DamageKind, Head, Options, Verification};
use crate::ports::{Anchor, ForgeError, Range};

use super::hear::is_of;
use super::{LogView, Ports, Stop};

/// How many of the latest decisions are asked about.
const LATEST: usize = 20;

/// How many commits are asked about; of more, the newest.
const MOST: usize = 2_000;

/// What was noted about the log.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// The notes.
    pub anchors: Vec<Anchor>,
    /// Why nobody could look; then nothing is held against anything.
    pub blind: Option<Message>,
}

/// Reads what was noted on the commits that the log knows as deployed, on those up to `head`, and on
/// the newest of the main line: a log that was cut knows nothing of the last ones itself. Nothing
/// without a forge, or where the log was begun without one.
///
/// # Errors
/// [`Stop::Unavailable`] when the forge does not tell.
pub async fn noted(ports: Ports<'_>, view: &LogView, head: &str) -> Result<Noted, Stop> {
    let Some(forge) = ports.forge else {
        return Ok(Noted::default());
    };
    // A log that is not there was begun nowhere; then what is noted decides.
    if view.head.size > 0 && !is_of(view.origin(), forge.server())? {
        return Ok(Noted::default());
    }
    let branch = ports.repository.default_branch()?;
    let commits = commits(ports, view, head)?;
    Ok(match forge.anchors(&branch, &commits).await {
        Ok(anchors) => Noted { anchors, blind: None },
        Err(ForgeError::Forbidden { permission, .. }) => Noted {
            anchors: Vec::new(),
            blind: Some(Message::new("anchor-blind").with("permission", permission)),
        },
        Err(error) => return Err(error.into()),
    })
}

fn commits(ports: Ports<'_>, view: &LogView, head: &str) -> Result<Vec<String>, Stop> {
    let states: BTreeSet<&String> = view.standing.states.values().map(|state| &state.head).collect();
    let mut found: Vec<String> = Vec::new();
    for state in &states {
        if let Ok(Range::Steps(steps)) = ports.repository.range(state, head, &mut |_| {}) {
            found.extend(steps.into_iter().map(|step| step.commit));
        }
    }
    let decided = view.standing.decisions.values().rev().take(LATEST);
    found.extend(decided.filter_map(|decided| decided.head.clone()));
    found.extend(states.into_iter().cloned());
    found.push(head.to_owned());
    let is_id = |text: &String| text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut seen = BTreeSet::new();
    let mut newest: Vec<String> = found
        .into_iter()
        .rev()
        .filter(|commit| is_id(commit) && seen.insert(commit.clone()))
        .take(MOST)
        .collect();
    newest.reverse();
    Ok(newest)
}

/// Holds the log against notes. What a machine account noted is proof; what a person noted, whoever
/// may push, is a warning. Notes and commits in `disregarded` were found to be wrong by whoever
/// keeps the workflow, which is a warning too.
///
/// # Errors
/// [`Stop::Broken`] when the log is not what it was.
pub async fn hold_against(
    ports: Ports<'_>,
    view: &LogView,
    anchors: &[Anchor],
    disregarded: &[String],
) -> Result<Vec<Message>, Stop> {
    let mut warnings = Vec::new();
    let mut verification = Verification::new(Options::default());
    let mut broken = false;
    for anchor in anchors {
        let Some(kind) = contradiction(ports, view.head, anchor).await? else {
            continue;
        };
        let with = |message: Message| {
            message
                .with("size", view.head.size)
                .with("noted", anchor.head.size)
                .with("id", anchor.id)
                .with("by", &anchor.by.login)
                .with("at", &anchor.at)
                .with("commit", anchor.commit.get(..12).unwrap_or(&anchor.commit))
        };
        if disregarded
            .iter()
            .any(|one| *one == anchor.id.to_string() || *one == anchor.commit)
        {
            warnings.push(with(Message::new("anchor-disregarded")));
        } else if anchor.by.human {
            warnings.push(with(Message::new("anchor-of-a-person")));
        } else {
            broken = true;
            verification.add(Damage::around(kind, with(kind.message())));
        }
    }
    if broken {
        return Err(Stop::Broken(Box::new(verification.finish())));
    }
    Ok(warnings)
}

/// How the log is not what the note says; `None` where it is.
async fn contradiction(ports: Ports<'_>, head: Head, anchor: &Anchor) -> Result<Option<DamageKind>, Stop> {
    if anchor.head.size > head.size {
        return Ok(Some(DamageKind::ShorterThanNoted));
    }
    let last = anchor.head.size.saturating_sub(1);
    let record = ports.ledger.range(last, last + 1).await?.pop();
    let same = record.is_some_and(|record| record.leaf == anchor.head.leaf);
    Ok((!same).then_some(DamageKind::OtherThanNoted))
}

/// Notes on `commit` where the log ends now, unless that is noted there; says when it may not be.
/// What cannot be noted changes nothing about what was decided.
pub async fn note(ports: Ports<'_>, origin: &str, commit: &str, known: &[Anchor]) -> Option<Message> {
    let forge = ports.forge?;
    if !matches!(is_of(origin, forge.server()), Ok(true)) {
        return None;
    }
    let error = match ports.ledger.head().await {
        Ok(head) if head.size == 0 => return None,
        Ok(head) if known.iter().any(|one| one.commit == commit && one.head == head) => return None,
        Ok(head) => match forge.anchor(commit, head).await {
            Ok(()) => return None,
            Err(ForgeError::Forbidden { permission, .. }) => {
                return Some(Message::new("anchor-not-permitted").with("permission", permission));
            }
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    Some(Message::new("anchor-not-noted").with("detail", error))
}
