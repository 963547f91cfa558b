//! Notes about the log: commit statuses of one name. Whoever may push can add one, and nobody can
//! change or delete one.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::forge::GitHub;
use super::query::{self, COMMITS_AT_ONCE};
use super::reading::{MOST_PAGES, escaped, read, unknown};
use super::shapes::RestUser;
use crate::change::Digest;
use crate::ledger::Head;
use crate::ports::{Account, Anchor, ForgeError};

/// The name of the statuses.
const CONTEXT: &str = "sekisho/ledger";

/// What it takes to read and make them.
const STATUSES: &str = "statuses: write";

/// A status.
#[derive(Debug, Deserialize)]
struct Status {
    id: u64,
    context: String,
    description: Option<String>,
    creator: Option<RestUser>,
    #[serde(default)]
    created_at: String,
}

impl Status {
    /// The note in it; `None` where it is no note, or not one of ours.
    fn anchor(&self, commit: &str) -> Option<Anchor> {
        if self.context != CONTEXT {
            return None;
        }
        let (size, leaf) = self.description.as_deref()?.split_once(' ')?;
        let leaf: Digest = format!("sha256:{leaf}").parse().ok()?;
        let by = self.creator.as_ref().map(RestUser::account);
        Some(Anchor {
            id: self.id,
            commit: commit.to_owned(),
            head: Head {
                size: size.parse().ok().filter(|size| *size > 0)?,
                leaf: *leaf.as_bytes(),
            },
            by: by.unwrap_or_else(|| Account {
                id: None,
                login: "ghost".to_owned(),
                human: true,
            }),
            at: self.created_at.clone(),
        })
    }
}

impl GitHub {
    /// Every note on these commits and on the newest of `branch`.
    pub(super) async fn all_anchors(
        &self,
        branch: &str,
        commits: &[String],
    ) -> Result<Vec<Anchor>, ForgeError> {
        let reference = format!("refs/heads/{branch}");
        let mut marked = BTreeSet::new();
        let mut rest = commits;
        loop {
            let (some, more) = rest.split_at(rest.len().min(COMMITS_AT_ONCE));
            marked.extend(self.marked(&reference, some).await?);
            rest = more;
            if rest.is_empty() {
                break;
            }
        }
        let mut anchors = Vec::new();
        for commit in marked {
            anchors.extend(self.anchors_on(&commit).await?);
        }
        Ok(anchors)
    }

    /// Those of the commits that carry a note.
    async fn marked(&self, reference: &str, commits: &[String]) -> Result<BTreeSet<String>, ForgeError> {
        let query = query::marked(&self.address, reference, commits);
        let repository = self.ask_for(&query, STATUSES).await?;
        let newest = repository.pointer("/ref/target/history/nodes");
        let newest = newest.and_then(Value::as_array).into_iter().flatten();
        let named = (0..commits.len()).filter_map(|nth| repository.get(format!("c{nth}")));
        let has = |commit: &&Value| commit.pointer("/status/context/id").is_some();
        newest
            .chain(named)
            .filter(has)
            .map(|commit| commit.get("oid").and_then(Value::as_str).map(str::to_owned))
            .map(|oid| oid.ok_or_else(unknown))
            .collect()
    }

    async fn anchors_on(&self, commit: &str) -> Result<Vec<Anchor>, ForgeError> {
        let mut path = format!(
            "{}/commits/{}/statuses?per_page=100",
            self.place(),
            escaped(commit)
        );
        let mut anchors = Vec::new();
        for _ in 0..MOST_PAGES {
            let got = self.client()?.get(&path, "statuses", STATUSES).await?;
            let got = got.ok_or_else(not_permitted)?;
            let statuses = read::<Vec<Status>>(&got.body)?;
            anchors.extend(statuses.iter().filter_map(|status| status.anchor(commit)));
            match got.next {
                Some(next) => path = next,
                None => return Ok(anchors),
            }
        }
        Err(ForgeError::Answer(format!("{commit}: statuses without an end")))
    }

    /// Makes a note on a commit.
    pub(super) async fn note(&self, commit: &str, head: Head) -> Result<(), ForgeError> {
        let path = format!("{}/statuses/{}", self.place(), escaped(commit));
        let text = format!("{} {}", head.size, Digest::from_bytes(head.leaf).hex());
        let body = json!({"state": "success", "context": CONTEXT, "description": text});
        self.client()?.post(&path, &body, "statuses", STATUSES).await
    }

    /// The path of the repository in the REST API.
    pub(super) fn place(&self) -> String {
        format!(
            "/repos/{}/{}",
            escaped(&self.address.owner),
            escaped(&self.address.name)
        )
    }
}

/// "There is no such thing" is also what a token hears that may not know.
fn not_permitted() -> ForgeError {
    ForgeError::Forbidden {
        what: "statuses".to_owned(),
        permission: STATUSES.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_wrote_is_a_note() {
        let leaf = "ab".repeat(32);
        let of = |context: &str, description: &str| {
            let text = json!({"id": 1, "context": context, "description": description, "creator": null});
            let status: Status = serde_json::from_value(text).unwrap();
            status.anchor("c0ffee")
        };
        let found = of(CONTEXT, &format!("7 {leaf}")).unwrap();
        assert_eq!((found.head.size, found.head.leaf), (7, [0xab; 32]));
        assert!(found.by.human, "nobody is no machine that is trusted");
        for (context, description) in [
            ("ci", format!("7 {leaf}")),
            (CONTEXT, format!("0 {leaf}")),
            (CONTEXT, format!("-7 {leaf}")),
            (CONTEXT, "7 abc".to_owned()),
            (CONTEXT, leaf.clone()),
        ] {
            assert_eq!(of(context, &description), None, "{context} {description}");
        }
    }
}
