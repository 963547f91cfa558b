//! The port, answered by GitHub.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Duration;

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::activity::Activity;
use super::address::Address;
use super::client::Client;
use super::linking::{Landed, Links, link};
use super::query::{self, COMMITS_AT_ONCE, List, PULLS_AT_ONCE, Query};
use super::reading::{MOST_PAGES, escaped, escaped_path, part, read, unknown, within};
use super::shapes::{Claim, Claims, Page, Pull, Push, RestUser};
use super::token::Token;
use super::told;
use crate::ledger::Head;
use crate::ports::{Account, Anchor, Evidence, Forge, ForgeError, Proposal, Review};

/// What the queries need.
pub(super) const PULLS: &str = "pull-requests: read";
pub(super) const CONTENTS: &str = "contents: read";

/// How often GitHub is asked again about commits that it has not indexed yet.
const INDEX_ATTEMPTS: u32 = 3;

/// How many of the newest commits may be too new for its index.
const FRESH: usize = 5;

/// What commits are claimed by.
#[derive(Default)]
struct Claimed {
    /// The merged pull requests of each commit that has one.
    merged: BTreeMap<String, BTreeSet<u64>>,
    /// Commits that no pull request claims, or none yet.
    unclaimed: BTreeSet<String>,
}

/// One repository on GitHub.
pub struct GitHub {
    client: OnceLock<Client>,
    pub(super) address: Address,
    pub(super) token: Token,
    pause: Duration,
}

impl GitHub {
    /// The repository at `address`; `pause` is the first pause before something is asked again.
    pub fn new(address: Address, token: Token, pause: Duration) -> Self {
        Self {
            client: OnceLock::new(),
            address,
            token,
            pause,
        }
    }

    /// The client, made when it is first needed: most commands ask nothing.
    pub(super) fn client(&self) -> Result<&Client, ForgeError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = Client::new(&self.address, self.token.clone(), self.pause)?;
        Ok(self.client.get_or_init(|| client))
    }

    async fn collect(&self, branch: &str, line: &[String]) -> Result<Evidence, ForgeError> {
        let claims = self.claims(branch, line).await?;
        let numbers: BTreeSet<u64> = claims.values().flatten().copied().collect();
        let numbers: Vec<u64> = numbers.into_iter().collect();
        let mut pulls = BTreeMap::new();
        for some in numbers.chunks(PULLS_AT_ONCE) {
            pulls.extend(self.pulls(some).await?);
        }
        let landed: Vec<Landed> = pulls.values().filter_map(told::landed).collect();
        let links = link(line, &claims, &landed);
        let pulls = self.told(&links, &pulls).await?;
        Ok(Evidence {
            commits: links.commits,
            pulls,
        })
    }

    /// The merged pull requests into `branch` that claim each commit of `line`.
    async fn claims(
        &self,
        branch: &str,
        line: &[String],
    ) -> Result<BTreeMap<String, BTreeSet<u64>>, ForgeError> {
        let mut claims = BTreeMap::new();
        let mut unclaimed = BTreeSet::new();
        for some in line.chunks(COMMITS_AT_ONCE) {
            let found = self.claims_of(branch, some).await?;
            claims.extend(found.merged);
            unclaimed.extend(found.unclaimed);
        }
        let mut pause = self.pause;
        for _ in 0..INDEX_ATTEMPTS {
            let fresh = line
                .iter()
                .rev()
                .take(FRESH)
                .filter(|commit| unclaimed.contains(*commit));
            let fresh: Vec<String> = fresh.cloned().collect();
            if fresh.is_empty() {
                break;
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
            let found = self.claims_of(branch, &fresh).await?;
            claims.extend(found.merged);
            unclaimed = found.unclaimed;
        }
        Ok(claims)
    }

    async fn claims_of(&self, branch: &str, some: &[String]) -> Result<Claimed, ForgeError> {
        let repository = self.ask(&query::commits(&self.address, some)).await?;
        let own = repository
            .get("databaseId")
            .and_then(Value::as_u64)
            .ok_or_else(unknown)?;
        let mut found = Claimed::default();
        for (nth, commit) in some.iter().enumerate() {
            // A commit that GitHub does not have was never in a pull request.
            let Some(claims) = part::<Option<Claims>>(&repository, &format!("c{nth}"))? else {
                continue;
            };
            let all = self.all_claims(commit, claims.associated_pull_requests).await?;
            if all.is_empty() {
                found.unclaimed.insert(commit.clone());
            }
            let meant = all.into_iter().filter(|claim| {
                let here = claim.base_repository.as_ref().and_then(|base| base.database_id) == Some(own);
                here && claim.merged && claim.base_ref_name == branch
            });
            let numbers: BTreeSet<u64> = meant.map(|claim| claim.number).collect();
            if !numbers.is_empty() {
                found.merged.insert(commit.clone(), numbers);
            }
        }
        Ok(found)
    }

    /// The pull requests of the first page and of those after it.
    pub(super) async fn all_claims(
        &self,
        commit: &str,
        first: Page<Claim>,
    ) -> Result<Vec<Claim>, ForgeError> {
        let (mut page, mut all) = (first, Vec::new());
        for _ in 0..MOST_PAGES {
            let next = page.next();
            all.extend(page.nodes.into_iter().flatten());
            let Some(after) = next else {
                return Ok(all);
            };
            let more = self
                .ask(&query::commit_page(&self.address, commit, &after))
                .await?;
            page = part::<Claims>(&more, "object")?.associated_pull_requests;
        }
        Err(ForgeError::Answer(format!(
            "{commit}: pull requests without an end"
        )))
    }

    /// These pull requests, every list of them whole.
    pub(super) async fn pulls(&self, numbers: &[u64]) -> Result<BTreeMap<u64, Pull>, ForgeError> {
        let repository = self.ask(&query::pulls(&self.address, numbers)).await?;
        let mut found = BTreeMap::new();
        for (nth, number) in numbers.iter().enumerate() {
            let mut pull: Pull = part(&repository, &format!("p{nth}"))?;
            if pull.number != *number {
                return Err(unknown());
            }
            self.rest(&mut pull.reviews, *number, List::Reviews).await?;
            self.rest(&mut pull.commits, *number, List::Commits).await?;
            self.rest(&mut pull.timeline_items, *number, List::Events).await?;
            found.insert(*number, pull);
        }
        Ok(found)
    }

    /// Reads the further pages of a list.
    async fn rest<T: DeserializeOwned>(
        &self,
        page: &mut Page<T>,
        number: u64,
        list: List,
    ) -> Result<(), ForgeError> {
        for _ in 0..MOST_PAGES {
            let Some(after) = page.next() else {
                return Ok(());
            };
            let more = self
                .ask(&query::pull_page(&self.address, number, list, &after))
                .await?;
            let pull = more.get("p0").ok_or_else(unknown)?;
            let further: Page<T> = part(pull, list.field())?;
            page.nodes.extend(further.nodes);
            page.page_info = further.page_info;
        }
        Err(ForgeError::Answer(format!(
            "#{number}: {} without an end",
            list.field()
        )))
    }

    /// What the pull requests of `links` say, with the pushes to their branches.
    async fn told(
        &self,
        links: &Links,
        pulls: &BTreeMap<u64, Pull>,
    ) -> Result<BTreeMap<u64, crate::ports::PullRequest>, ForgeError> {
        let mut activities: BTreeMap<(String, String), Activity> = BTreeMap::new();
        let mut told = BTreeMap::new();
        let wanted: BTreeSet<u64> = links.commits.values().copied().collect();
        for number in wanted {
            let twins = links.twins.get(&number).into_iter().flatten().copied();
            for one in std::iter::once(number).chain(twins) {
                let pull = pulls.get(&one).ok_or_else(unknown)?;
                let place = self.head_place(pull);
                if !activities.contains_key(&place) {
                    activities.insert(
                        place.clone(),
                        self.activity(&place, pull.is_cross_repository).await?,
                    );
                }
                let nothing = Activity::default();
                let said = told::pull(pull, activities.get(&place).unwrap_or(&nothing))?;
                let known: &mut crate::ports::PullRequest = told.entry(number).or_default();
                known.reviews.extend(said.reviews);
                known.contributors.extend(said.contributors);
                known.merge = known.merge.take().or(said.merge);
                known.twins.extend(Some(one).filter(|one| *one != number));
            }
        }
        Ok(told)
    }

    /// The repository and branch that a pull request came from.
    pub(super) fn head_place(&self, pull: &Pull) -> (String, String) {
        let own = format!("{}/{}", self.address.owner, self.address.name);
        let repository = match (&pull.head_repository, pull.is_cross_repository) {
            (Some(named), true) => named.name_with_owner.clone(),
            (None, true) => String::new(),
            (_, false) => own,
        };
        (repository, pull.head_ref_name.clone())
    }

    /// The pushes to a branch. Those of a fork that cannot be read are as good as none: then it is
    /// not known what reviewers saw. Of the repository itself there always are some: that GitHub does
    /// not find them says nothing about who pushed.
    pub(super) async fn activity(
        &self,
        (repository, branch): &(String, String),
        fork: bool,
    ) -> Result<Activity, ForgeError> {
        if repository.is_empty() {
            return Ok(Activity::default());
        }
        let reference = escaped(&format!("refs/heads/{branch}"));
        let mut path = format!(
            "/repos/{}/activity?ref={reference}&per_page=100",
            escaped_path(repository)
        );
        let mut pushes: Vec<Push> = Vec::new();
        for _ in 0..MOST_PAGES {
            let got = match self.client()?.get(&path, "activity", CONTENTS).await {
                Err(ForgeError::Forbidden { .. }) if fork => None,
                got => got?,
            };
            let Some(got) = got else {
                if fork && pushes.is_empty() {
                    return Ok(Activity::default());
                }
                let what = format!("activity of {branch}");
                return Err(ForgeError::Forbidden {
                    what,
                    permission: CONTENTS.to_owned(),
                });
            };
            pushes.extend(read::<Vec<Push>>(&got.body)?);
            match got.next {
                Some(next) => path = next,
                None => return Activity::new(&pushes),
            }
        }
        // Who pushed is an author: a list that was cut would leave some out.
        Err(ForgeError::Answer("activity: pushes without an end".to_owned()))
    }

    pub(super) async fn ask(&self, query: &Query) -> Result<Value, ForgeError> {
        self.ask_for(query, PULLS).await
    }

    /// The repository's part of an answer; `needs` is the permission that it takes.
    pub(super) async fn ask_for(&self, query: &Query, needs: &str) -> Result<Value, ForgeError> {
        let mut data = self.client()?.query(query, needs).await?;
        match data.get_mut("repository").map(Value::take) {
            Some(repository @ Value::Object(_)) => Ok(repository),
            _ => Err(ForgeError::Forbidden {
                what: "repository".to_owned(),
                permission: CONTENTS.to_owned(),
            }),
        }
    }
}

#[async_trait]
impl Forge for GitHub {
    async fn evidence(&self, branch: &str, commits: &[String]) -> Result<Evidence, ForgeError> {
        let branch = self.address.branch.as_deref().unwrap_or(branch);
        within(self.collect(branch, commits)).await
    }

    async fn reviews(&self, pulls: &[u64]) -> Result<BTreeMap<u64, Vec<Review>>, ForgeError> {
        within(self.said_now(pulls)).await
    }

    async fn proposal(&self, number: u64) -> Result<Proposal, ForgeError> {
        within(self.proposed(number)).await
    }

    async fn proposal_of(&self, commit: &str) -> Result<Option<u64>, ForgeError> {
        within(self.proposing(commit)).await
    }

    async fn has(&self, commit: &str) -> Result<Option<bool>, ForgeError> {
        within(self.holds(commit)).await
    }

    async fn anchors(&self, branch: &str, commits: &[String]) -> Result<Vec<Anchor>, ForgeError> {
        let branch = self.address.branch.as_deref().unwrap_or(branch);
        within(self.all_anchors(branch, commits)).await
    }

    async fn anchor(&self, commit: &str, head: Head) -> Result<(), ForgeError> {
        within(self.note(commit, head)).await
    }

    async fn comment(&self, number: u64, marker: &str, text: &str) -> Result<(), ForgeError> {
        within(self.keep_comment(number, marker, text)).await
    }

    async fn team(&self, name: &str) -> Result<Vec<Account>, ForgeError> {
        within(self.members(name)).await
    }

    async fn account(&self, login: &str) -> Result<Option<Account>, ForgeError> {
        let path = format!("/users/{}", escaped(login));
        let got = within(self.client()?.get(&path, "accounts", "metadata: read")).await?;
        got.map(|got| Ok(read::<RestUser>(&got.body)?.account()))
            .transpose()
    }

    async fn numbers(&self) -> Result<(u64, u64), ForgeError> {
        let path = self.place();
        let got = within(self.client()?.get(&path, "the repository", "metadata: read")).await?;
        let body = got.ok_or_else(unknown)?.body;
        let number = |value: Option<&Value>| value.and_then(Value::as_u64).ok_or_else(unknown);
        let owner = body.get("owner").and_then(|owner| owner.get("id"));
        Ok((number(body.get("id"))?, number(owner)?))
    }

    fn server(&self) -> &str {
        let server = self.address.server.as_str();
        server.split_once("://").map_or(server, |(_, host)| host)
    }

    fn head_of(&self, pull: u64) -> String {
        format!("refs/pull/{pull}/head")
    }
}
