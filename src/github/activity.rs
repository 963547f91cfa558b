//! Pushes to a branch, in GitHub's own record: what a reviewer had before their eyes, and who
//! brought it there.

use std::collections::BTreeSet;

use super::shapes::Push;
use crate::change::Moment;
use crate::ports::{Account, ForgeError};

/// How far the clocks of pushes and of reviews are trusted to agree, in seconds.
const DOUBT_SECONDS: i64 = 2;

/// One push.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Moved {
    before: String,
    after: String,
    at: Moment,
    by: Option<Account>,
}

/// The pushes to one branch, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Activity {
    moves: Vec<Moved>,
}

impl Activity {
    /// The record from what GitHub lists, the newest first.
    ///
    /// # Errors
    /// [`ForgeError::Answer`] when a time cannot be read.
    pub(super) fn new(pushes: &[Push]) -> Result<Self, ForgeError> {
        let mut moves = Vec::new();
        for push in pushes.iter().rev() {
            moves.push(Moved {
                before: push.before.clone(),
                after: push.after.clone(),
                at: moment(&push.timestamp)?,
                by: push.actor.as_ref().map(super::shapes::RestUser::account),
            });
        }
        moves.sort_by_key(|one| one.at);
        Ok(Self { moves })
    }

    /// Every head that somebody may have looked at who spoke at `at`: the one that the branch
    /// had, those around it when a push was made in the same moment, and the one that the review
    /// names. GitHub moves that name to later commits, so it is never asked alone. Empty when the
    /// record does not reach back that far.
    pub(super) fn seen(&self, at: Moment, named: Option<&str>) -> Vec<String> {
        let Some(last) = self.moves.iter().rfind(|one| one.at <= at) else {
            return Vec::new();
        };
        let close = |one: &&Moved| one.at.seconds_since(at).abs() <= DOUBT_SECONDS;
        let around = self
            .moves
            .iter()
            .filter(close)
            .flat_map(|one| [&one.before, &one.after]);
        let mut heads: BTreeSet<&str> = around.map(String::as_str).filter(|head| !is_none(head)).collect();
        if is_none(&last.after) {
            return Vec::new();
        }
        heads.insert(&last.after);
        heads.extend(named);
        heads.into_iter().map(str::to_owned).collect()
    }

    /// Who pushed one of `heads`; `None` for an account that is gone.
    pub(super) fn pushers(&self, heads: &BTreeSet<&str>) -> Vec<Option<Account>> {
        let pushed = self.moves.iter().filter(|one| heads.contains(one.after.as_str()));
        pushed.map(|one| one.by.clone()).collect()
    }
}

/// Whether this stands for "no commit".
fn is_none(head: &str) -> bool {
    head.bytes().all(|byte| byte == b'0')
}

/// A time as GitHub writes it.
///
/// # Errors
/// [`ForgeError::Answer`] when it is none.
pub(super) fn moment(text: &str) -> Result<Moment, ForgeError> {
    text.parse()
        .map_err(|_| ForgeError::Answer("a time that cannot be read".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(before: &str, after: &str, at: &str) -> Push {
        Push {
            before: before.to_owned(),
            after: after.to_owned(),
            timestamp: format!("2026-12-01T{at}Z"),
            actor: None,
        }
    }

    fn seen(at: &str, named: Option<&str>) -> Vec<String> {
        let pushes = [
            push("b", "c", "12:00:00"),
            push("a", "b", "11:00:00"),
            push("000", "a", "10:00:00"),
        ];
        let activity = Activity::new(&pushes).unwrap();
        activity.seen(format!("2026-12-01T{at}Z").parse().unwrap(), named)
    }

    #[test]
    fn reviewer_saw_the_head_of_that_time() {
        assert_eq!(seen("10:30:00", None), ["a"]);
        assert_eq!(seen("11:30:00", Some("b")), ["b"]);
        assert_eq!(seen("13:00:00", None), ["c"]);
    }

    #[test]
    fn name_that_was_moved_later_does_not_hide_what_was_seen() {
        assert_eq!(seen("11:30:00", Some("c")), ["b", "c"]);
    }

    #[test]
    fn push_in_the_same_moment_leaves_both_heads_possible() {
        assert_eq!(seen("11:00:01", Some("b")), ["a", "b"]);
        assert_eq!(seen("10:59:59", Some("a")), ["a", "b"]);
    }

    #[test]
    fn record_that_begins_later_tells_nothing() {
        assert!(seen("09:00:00", Some("a")).is_empty());
        assert!(
            Activity::default()
                .seen("2026-12-01T12:00:00Z".parse().unwrap(), Some("a"))
                .is_empty()
        );
    }
}
