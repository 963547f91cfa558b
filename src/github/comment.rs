//! The comment on a pull request that is kept up to date.

use serde::Deserialize;

use super::forge::GitHub;
use super::query;
use super::reading::{MOST_PAGES, part, unknown};
use super::shapes::Page;
use crate::ports::ForgeError;

/// What it takes to write one.
const COMMENTS: &str = "pull-requests: write";

#[derive(Debug, Deserialize)]
struct Pull {
    id: String,
    comments: Page<Comment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    id: String,
    body: String,
    /// Whether the account that asks wrote it.
    viewer_did_author: bool,
}

impl GitHub {
    /// Writes `text` over the comment of this account that begins with `marker`, or as a new one.
    /// A comment of somebody else is never touched, whatever it begins with.
    pub(super) async fn keep_comment(&self, number: u64, marker: &str, text: &str) -> Result<(), ForgeError> {
        let (pull, own) = self.own_comment(number, marker).await?;
        let change = match own {
            Some(comment) if comment.body == text => return Ok(()),
            Some(comment) => query::update_comment(&comment.id, text),
            None => query::add_comment(&pull, text),
        };
        self.client()?.mutate(&change, COMMENTS).await.map(drop)
    }

    /// The pull request's id, and the comment that was made before.
    async fn own_comment(&self, number: u64, marker: &str) -> Result<(String, Option<Comment>), ForgeError> {
        let mut after: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let page = query::comments(&self.address, number, after.as_deref());
            let repository = self.ask(&page).await?;
            let pull: Pull = part(&repository, "pullRequest")?;
            after = pull.comments.next();
            let mut comments = pull.comments.nodes.into_iter().flatten();
            let own = comments.find(|comment| comment.viewer_did_author && comment.body.starts_with(marker));
            if own.is_some() || after.is_none() {
                return Ok((pull.id, own));
            }
        }
        Err(unknown())
    }
}
