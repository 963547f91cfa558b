//! One pull request, from GitHub's words to those of the port.

use std::collections::{BTreeMap, BTreeSet};

use super::activity::{Activity, moment};
use super::linking::Landed;
use super::shapes::{Event, GitActor, Page, Pull, Review};
use crate::change::Moment;
use crate::ports::{self, Account, Contributor, ForgeError, ReviewState};

/// GitHub's own committer of what is merged on its pages; as an author it is nobody.
const WEB_FLOW: (&str, &str) = ("web-flow", "noreply@github.com");

/// How many commits of a pull request GitHub tells at most.
const MOST_COMMITS: u64 = 250;

/// Where a pull request arrived on the main line; `None` when GitHub does not say.
pub(super) fn landed(pull: &Pull) -> Option<Landed> {
    let events = pull.timeline_items.nodes.iter().flatten();
    let mut merged = events
        .filter(|event| event.kind == "MergedEvent")
        .filter_map(|event| event.commit.as_ref());
    let (commit, plain) = match &pull.merge_commit {
        Some(merged) => (
            merged.oid.clone(),
            merged
                .parents
                .as_ref()
                .is_none_or(|parents| parents.total_count < 2),
        ),
        None => (merged.next_back()?.oid.clone(), true),
    };
    Some(Landed {
        number: pull.number,
        commit,
        plain,
        commits: pull.commits.total_count,
    })
}

/// What a pull request says, with the pushes to its branch.
///
/// # Errors
/// [`ForgeError::Answer`] when a part of it is missing.
pub(super) fn pull(pull: &Pull, activity: &Activity) -> Result<ports::PullRequest, ForgeError> {
    Ok(ports::PullRequest {
        reviews: reviews(pull, activity)?,
        merge: merge(pull),
        contributors: contributors(pull, activity)?,
        twins: Vec::new(),
    })
}

/// The merge commit that GitHub made and signed.
fn merge(pull: &Pull) -> Option<String> {
    let merged = pull.merge_commit.as_ref()?;
    let is_merge = merged
        .parents
        .as_ref()
        .is_some_and(|parents| parents.total_count > 1);
    let by_github = merged
        .signature
        .as_ref()
        .is_some_and(|signature| signature.is_valid && signature.by_forge);
    (is_merge && by_github).then(|| merged.oid.clone())
}

/// The latest review of each account that says yes or no. What a deleted account said is
/// nobody's.
pub(super) fn reviews(pull: &Pull, activity: &Activity) -> Result<Vec<ports::Review>, ForgeError> {
    let events = whole(&pull.timeline_items)?;
    let moved = base_moved(&events)?;
    let mut latest: BTreeMap<Account, (Moment, &Review)> = BTreeMap::new();
    for review in whole(&pull.reviews)? {
        let Some(author) = &review.author else { continue };
        let at = moment(review.submitted_at.as_deref().unwrap_or_default())?;
        let known = latest.entry(author.account()).or_insert((at, review));
        if known.0 <= at {
            *known = (at, review);
        }
    }
    let mut told = Vec::new();
    for (author, (submitted_at, review)) in latest {
        let Some(state) = state(review, &events)? else {
            continue;
        };
        // What was reviewed against another base is another difference.
        let seen = match moved {
            Some(moved) if submitted_at <= moved => Vec::new(),
            _ => activity.seen(
                submitted_at,
                review.commit.as_ref().map(|commit| commit.oid.as_str()),
            ),
        };
        told.push(ports::Review {
            author,
            state,
            submitted_at,
            can_write: review.author_can_push_to_repository,
            seen,
        });
    }
    Ok(told)
}

/// What a review says now. An objection that somebody else dismissed still stands: only its
/// author lifts it.
fn state(review: &Review, events: &[&Event]) -> Result<Option<ReviewState>, ForgeError> {
    match review.state.as_str() {
        "APPROVED" => return Ok(Some(ReviewState::Approved)),
        "CHANGES_REQUESTED" => return Ok(Some(ReviewState::Objected)),
        "DISMISSED" => {}
        _ => return Ok(None),
    }
    let of_this = |event: &&&Event| {
        event.kind == "ReviewDismissedEvent" && event.review.as_ref().is_some_and(|one| one.id == review.id)
    };
    let Some(event) = events.iter().rfind(of_this) else {
        return Err(ForgeError::Answer(
            "a dismissed review without its dismissal".to_owned(),
        ));
    };
    let author = review.author.as_ref().and_then(|who| who.database_id);
    let own = author.is_some() && event.actor.as_ref().and_then(|who| who.database_id) == author;
    Ok(Some(match event.previous_review_state.as_deref() {
        Some("APPROVED" | "COMMENTED") => ReviewState::Dismissed,
        _ if own => ReviewState::Dismissed,
        _ => ReviewState::Objected,
    }))
}

/// When the pull request was last made one against another state of the main line.
fn base_moved(events: &[&Event]) -> Result<Option<Moment>, ForgeError> {
    let kinds = [
        "BaseRefChangedEvent",
        "AutomaticBaseChangeSucceededEvent",
        "BaseRefForcePushedEvent",
    ];
    let mut last = None;
    for event in events.iter().filter(|event| kinds.contains(&event.kind.as_str())) {
        last = last.max(Some(moment(event.created_at.as_deref().unwrap_or_default())?));
    }
    Ok(last)
}

/// Everybody who wrote, committed or pushed a part of it.
fn contributors(pull: &Pull, activity: &Activity) -> Result<Vec<Contributor>, ForgeError> {
    let mut all = BTreeSet::new();
    let mut heads = BTreeSet::from([pull.head_ref_oid.as_str()]);
    let commits = whole(&pull.commits)?;
    for one in &commits {
        heads.insert(one.commit.oid.as_str());
        all.extend(
            [&one.commit.author, &one.commit.committer]
                .into_iter()
                .flatten()
                .filter_map(behind),
        );
        all.extend(co_authors(&one.commit.message).map(Contributor::Address));
    }
    if pull.commits.total_count >= MOST_COMMITS || pull.commits.total_count > commits.len() as u64 {
        all.insert(Contributor::Unknown(format!(
            "#{}: {MOST_COMMITS}+ commits",
            pull.number
        )));
    }
    for pusher in activity.pushers(&heads) {
        all.insert(match pusher {
            Some(account) => Contributor::Account(account),
            None => Contributor::Unknown(format!("#{}: ghost", pull.number)),
        });
    }
    // Whoever opened it is asked as an author too, as long as it is a person.
    let opener = pull.author.as_ref().map(super::shapes::Who::account);
    all.extend(opener.filter(|account| account.human).map(Contributor::Account));
    Ok(all.into_iter().collect())
}

fn behind(actor: &GitActor) -> Option<Contributor> {
    let email = actor.email.as_deref().unwrap_or_default().trim().to_lowercase();
    match &actor.user {
        Some(user) if user.login == WEB_FLOW.0 => None,
        Some(user) => Some(Contributor::Account(Account {
            id: user.database_id,
            login: user.login.clone(),
            human: true,
        })),
        None if email == WEB_FLOW.1 => None,
        None if email.is_empty() => Some(Contributor::Unknown("?".to_owned())),
        None => Some(Contributor::Address(email)),
    }
}

/// The addresses of `Co-authored-by:` lines.
fn co_authors(message: &str) -> impl Iterator<Item = String> + '_ {
    const LINE: &str = "co-authored-by:";
    message.lines().filter_map(|line| {
        let line = line.trim().to_lowercase();
        let rest = line.strip_prefix(LINE)?;
        let inside = rest.rsplit_once('<').map_or(rest, |(_, inside)| inside);
        let inside = inside.trim_end_matches('>').trim();
        inside.contains('@').then(|| inside.to_owned())
    })
}

/// Every entry of a list, none hidden.
fn whole<T>(page: &Page<T>) -> Result<Vec<&T>, ForgeError> {
    let hidden = || ForgeError::Answer("an entry that cannot be shown".to_owned());
    page.nodes
        .iter()
        .map(|node| node.as_ref().ok_or_else(hidden))
        .collect()
}
