//! The answers, as far as they are looked at. What is not there is an error where it is needed.

use serde::Deserialize;

use crate::ports::Account;

/// A list with a place to go on from.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page<T> {
    /// How many there are in all, where that was asked.
    #[serde(default)]
    pub(super) total_count: u64,
    /// Whether there is more.
    pub(super) page_info: PageInfo,
    /// Those of this page; GitHub may leave out what it cannot show.
    pub(super) nodes: Vec<Option<T>>,
}

impl<T> Page<T> {
    /// Where to go on, if there is more.
    pub(super) fn next(&self) -> Option<String> {
        let next = self.page_info.end_cursor.clone();
        next.filter(|_| self.page_info.has_next_page)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfo {
    pub(super) has_next_page: bool,
    pub(super) end_cursor: Option<String>,
}

/// A commit with the pull requests that claim it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Claims {
    pub(super) associated_pull_requests: Page<Claim>,
}

/// A pull request that claims a commit.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Claim {
    pub(super) number: u64,
    pub(super) merged: bool,
    #[serde(default)]
    pub(super) state: String,
    #[serde(default)]
    pub(super) head_ref_oid: String,
    pub(super) base_ref_name: String,
    pub(super) base_repository: Option<Numbered>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Numbered {
    pub(super) database_id: Option<u64>,
}

/// A pull request.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pull {
    pub(super) number: u64,
    pub(super) is_cross_repository: bool,
    #[serde(default)]
    pub(super) base_ref_name: String,
    pub(super) head_ref_name: String,
    pub(super) head_ref_oid: String,
    pub(super) head_repository: Option<Named>,
    pub(super) author: Option<Who>,
    pub(super) merge_commit: Option<Merged>,
    pub(super) reviews: Page<Review>,
    pub(super) commits: Page<PullCommit>,
    pub(super) timeline_items: Page<Event>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    pub(super) name_with_owner: String,
}

/// The commit that a pull request was merged with.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Merged {
    pub(super) oid: String,
    pub(super) parents: Option<Counted>,
    pub(super) signature: Option<Signature>,
}

/// What GitHub says about a commit's signature.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Signature {
    pub(super) is_valid: bool,
    #[serde(rename = "wasSignedByGitHub")]
    pub(super) by_forge: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counted {
    pub(super) total_count: u64,
}

/// Somebody who did something.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Who {
    #[serde(rename = "__typename")]
    pub(super) kind: String,
    pub(super) login: String,
    pub(super) database_id: Option<u64>,
}

impl Who {
    /// The account as the port names it.
    pub(super) fn account(&self) -> Account {
        Account {
            id: self.database_id,
            login: self.login.clone(),
            human: self.kind == "User" && !self.login.ends_with("[bot]"),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Review {
    pub(super) id: String,
    pub(super) state: String,
    pub(super) submitted_at: Option<String>,
    pub(super) author_can_push_to_repository: bool,
    pub(super) author: Option<Who>,
    pub(super) commit: Option<ObjectId>,
}

/// An object by its id.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ObjectId {
    pub(super) oid: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PullCommit {
    pub(super) commit: Commit,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Commit {
    pub(super) oid: String,
    pub(super) message: String,
    pub(super) author: Option<GitActor>,
    pub(super) committer: Option<GitActor>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct GitActor {
    pub(super) email: Option<String>,
    pub(super) user: Option<User>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct User {
    pub(super) database_id: Option<u64>,
    pub(super) login: String,
}

/// Something that happened to a pull request.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    #[serde(rename = "__typename")]
    pub(super) kind: String,
    pub(super) created_at: Option<String>,
    pub(super) actor: Option<Who>,
    pub(super) previous_review_state: Option<String>,
    pub(super) review: Option<Identified>,
    pub(super) commit: Option<ObjectId>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Identified {
    pub(super) id: String,
}

/// A push, as the REST API lists it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Push {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) timestamp: String,
    pub(super) actor: Option<RestUser>,
}

/// An account, as the REST API shows it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RestUser {
    pub(super) id: u64,
    pub(super) login: String,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
}

impl RestUser {
    /// The account as the port names it.
    pub(super) fn account(&self) -> Account {
        let human = self.kind.as_deref().is_none_or(|kind| kind == "User");
        Account {
            id: Some(self.id),
            login: self.login.clone(),
            human: human && !self.login.ends_with("[bot]"),
        }
    }
}
