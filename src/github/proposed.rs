//! What is asked about a pull request before it is merged, and about a deployment right before its
//! pass is told.

use std::collections::BTreeMap;

use serde_json::Value;

use super::activity::Activity;
use super::forge::{CONTENTS, GitHub};
use super::query::{self, PULLS_AT_ONCE};
use super::reading::{escaped, part, unknown};
use super::shapes::Claims;
use super::told;
use crate::ports::{ForgeError, Proposal, Review};

impl GitHub {
    /// An open pull request with its reviews and the pushes to its branch.
    pub(super) async fn proposed(&self, number: u64) -> Result<Proposal, ForgeError> {
        let pulls = self.pulls(&[number]).await?;
        let pull = pulls.get(&number).ok_or_else(unknown)?;
        let place = self.head_place(pull);
        let activity = self.activity(&place, pull.is_cross_repository).await?;
        Ok(Proposal {
            pull: told::pull(pull, &activity)?,
            base: pull.base_ref_name.clone(),
            commits: pull
                .commits
                .nodes
                .iter()
                .flatten()
                .map(|node| node.commit.oid.clone())
                .collect(),
        })
    }

    /// The open pull request of this repository that `commit` is the head of; of several, the oldest.
    pub(super) async fn proposing(&self, commit: &str) -> Result<Option<u64>, ForgeError> {
        let repository = self
            .ask(&query::commits(&self.address, &[commit.to_owned()]))
            .await?;
        let own = repository.get("databaseId").and_then(Value::as_u64);
        let Some(claims) = part::<Option<Claims>>(&repository, "c0")? else {
            return Ok(None);
        };
        let all = self.all_claims(commit, claims.associated_pull_requests).await?;
        let meant = all.into_iter().filter(|claim| {
            let here = claim.base_repository.as_ref().and_then(|base| base.database_id) == own;
            here && own.is_some() && claim.state == "OPEN" && claim.head_ref_oid == commit
        });
        Ok(meant.map(|claim| claim.number).min())
    }

    /// What reviewers of these pull requests say now.
    pub(super) async fn said_now(&self, numbers: &[u64]) -> Result<BTreeMap<u64, Vec<Review>>, ForgeError> {
        let mut said = BTreeMap::new();
        for some in numbers.chunks(PULLS_AT_ONCE) {
            for (number, pull) in self.pulls(some).await? {
                said.insert(number, told::reviews(&pull, &Activity::default())?);
            }
        }
        Ok(said)
    }

    /// Whether the branch of this run has `commit`.
    pub(super) async fn holds(&self, commit: &str) -> Result<Option<bool>, ForgeError> {
        let Some(branch) = &self.address.branch else {
            return Ok(None);
        };
        let path = format!(
            "{}/compare/{}...{}?per_page=1",
            self.place(),
            escaped(branch),
            escaped(commit)
        );
        // A branch or commit that is gone holds nothing.
        let Some(got) = self.client()?.get(&path, "compare", CONTENTS).await? else {
            return Ok(Some(false));
        };
        match got.body.get("status").and_then(Value::as_str) {
            Some("identical" | "behind") => Ok(Some(true)),
            Some("ahead" | "diverged") => Ok(Some(false)),
            _ => Err(unknown()),
        }
    }
}
