//! Answers queries, once GitHub's schema has accepted them.

use std::sync::LazyLock;

use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use serde_json::{Map, Value, json};

use std::path::Path;

use super::state::{Habit, Pull, State};
use super::{changes, smart_git};

/// The part of GitHub's schema that is asked.
static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let text = include_str!("../data/github.graphql");
    Schema::parse_and_validate(text, "github.graphql").expect("the schema")
});

/// The repository's number.
pub(super) const REPOSITORY: u64 = 4_242;

/// The answer to a request; `None`: it gets lost.
pub(super) fn answer(state: &mut State, bare: &Path, request: &Value) -> Option<Value> {
    let text = request["query"].as_str().unwrap_or_default();
    if text.trim_start_matches(['#', ' ']).contains("mutation ") {
        return changes::answer(state, bare, request);
    }
    Some(asked(state, bare, request))
}

/// Whether GitHub's schema knows the question.
pub(super) fn checked(text: &str) -> Result<(), Value> {
    ExecutableDocument::parse_and_validate(&SCHEMA, text, "query.graphql")
        .map(drop)
        .map_err(|error| failed("undefinedField", &error.to_string()))
}

fn asked(state: &mut State, bare: &Path, request: &Value) -> Value {
    let text = request["query"].as_str().unwrap_or_default();
    if let Err(failed) = checked(text) {
        return failed;
    }
    state.points += cost(text);
    if state.has(Habit::RateLimit) {
        return failed("RATE_LIMIT", "API rate limit exceeded");
    }
    let variables = &request["variables"];
    if variables["owner"] != "acme" || variables["name"] != "shop" {
        return failed("NOT_FOUND", "Could not resolve to a Repository");
    }
    let name = text
        .trim_start_matches("query ")
        .split('(')
        .next()
        .unwrap_or_default();
    let name = name.rsplit(' ').next().unwrap_or_default();
    state.happen(name);
    if name == "Marked" && state.has(Habit::NoStatuses) {
        return failed("FORBIDDEN", "Resource not accessible by integration");
    }
    let (repository, kind) = match name {
        "Marked" => (marked(state, bare, variables), "c0"),
        "Comments" => (comments(state, variables), "p0"),
        "Commits" => (commits(state, variables), "c0"),
        "CommitPage" => (
            json!({"object": claims(state, &variables["commit"], after(variables), 1)}),
            "object",
        ),
        "Pulls" => (pulls(state, variables), "p0"),
        "PullPage" => (pull_page(state, variables, text), "p0"),
        _ => return failed("unknown", name),
    };
    let mut data = json!({"data": {"repository": repository}});
    if state.has(Habit::Forbidden) && name == "Pulls" {
        data["data"]["repository"]["p0"] = Value::Null;
        data["errors"] = json!([{"type": "FORBIDDEN", "path": ["repository", kind, "reviews"], "message": "Resource not accessible by integration"}]);
    }
    if state.has(Habit::Partial) && name == "Pulls" {
        data["errors"] = json!([{"type": "RESOURCE_LIMITS_EXCEEDED", "message": "partial"}]);
    }
    data
}

/// What GitHub counts for a query: its connections by a hundred, one at least.
fn cost(text: &str) -> u64 {
    let aliases =
        text.matches(": object(oid: $c").count() + 4 * text.matches(": pullRequest(number: $p").count();
    (aliases as u64).div_ceil(100).max(1)
}

/// Which commits have a status of our name: those that are named, and the newest of a branch.
fn marked(state: &State, bare: &Path, variables: &Value) -> Value {
    let one = |oid: &str| {
        let all = state.statuses.get(oid);
        let own = |status: &&Value| status["context"] == "sekisho/ledger";
        let found = all.and_then(|all| all.iter().find(own));
        json!({"oid": oid, "status": all.map(|_| json!({"context": found.map(|one| json!({"id": one["id"].to_string()}))}))})
    };
    let branch = variables["branch"].as_str().unwrap();
    let newest = smart_git::run(bare, &["rev-list", "-100", branch]);
    let newest = newest.map(|printed| printed.lines().map(one).collect::<Vec<_>>());
    let mut repository = Map::new();
    repository.insert(
        "ref".to_owned(),
        newest.map_or(
            Value::Null,
            |nodes| json!({"target": {"history": {"nodes": nodes}}}),
        ),
    );
    for (name, commit) in numbered(variables, 'c') {
        repository.insert(name, one(commit.as_str().unwrap()));
    }
    repository.into()
}

fn comments(state: &State, variables: &Value) -> Value {
    let number = variables["number"].as_u64().unwrap();
    let all = state.comments.get(&number).into_iter().flatten();
    let all: Vec<Value> = all
        .map(|comment| json!({"id": comment.id, "body": comment.body, "viewerDidAuthor": comment.own}))
        .collect();
    json!({"pullRequest": {"id": format!("PR{number}"), "comments": page(&all, after(variables), state.page())}})
}

pub(super) fn failed(kind: &str, message: &str) -> Value {
    json!({"data": null, "errors": [{"type": kind, "message": message}]})
}

fn after(variables: &Value) -> usize {
    variables["after"]
        .as_str()
        .map_or(0, |text| text.parse().unwrap())
}

/// The values of `c0`, `c1`, … or `p0`, `p1`, ….
fn numbered(variables: &Value, letter: char) -> impl Iterator<Item = (String, &Value)> {
    (0..).map_while(move |nth| {
        let name = format!("{letter}{nth}");
        variables.get(&name).map(|value| (name, value))
    })
}

fn commits(state: &mut State, variables: &Value) -> Value {
    let lag = state.habits.iter().find_map(|habit| match habit {
        Habit::IndexLag(times) => Some(*times),
        _ => None,
    });
    let late = lag.is_some_and(|times| times > 0);
    if let Some(times) = lag {
        state.habits.remove(&Habit::IndexLag(times));
        state.habits.insert(Habit::IndexLag(times.saturating_sub(1)));
    }
    let mut repository = Map::from_iter([("databaseId".to_owned(), REPOSITORY.into())]);
    for (name, commit) in numbered(variables, 'c') {
        let found = match late {
            true => json!({"oid": commit, "associatedPullRequests": page(&[], 0, 10)}),
            false => claims(state, commit, 0, state.page().min(10)),
        };
        repository.insert(name, found);
    }
    repository.into()
}

/// The pull requests that claim a commit.
fn claims(state: &State, commit: &Value, after: usize, size: usize) -> Value {
    let oid = commit.as_str().unwrap_or_default();
    let has = |pull: &&Pull| {
        let own = pull.commits.iter().any(|commit| commit.oid == oid);
        own || pull.landed.iter().any(|landed| landed == oid) || pull.claims.contains(oid)
    };
    let mut nodes: Vec<Value> = state.pulls.values().filter(has).map(claim).collect();
    if state.has(Habit::Decoy) {
        let decoy = json!({"number": 9_999, "merged": false, "state": "OPEN", "headRefOid": "0", "baseRefName": "main", "baseRepository": {"databaseId": REPOSITORY}});
        let fork = json!({"number": 1, "merged": true, "state": "MERGED", "headRefOid": oid, "baseRefName": "main", "baseRepository": {"databaseId": 1}});
        nodes.splice(0..0, [decoy, fork]);
    }
    json!({"oid": oid, "associatedPullRequests": page(&nodes, after, size)})
}

fn claim(pull: &Pull) -> Value {
    json!({
        "number": pull.number,
        "merged": !pull.landed.is_empty(),
        "state": if pull.landed.is_empty() { "OPEN" } else { "MERGED" },
        "headRefOid": pull.head,
        "baseRefName": pull.base,
        "baseRepository": {"databaseId": REPOSITORY},
    })
}

fn pulls(state: &State, variables: &Value) -> Value {
    let mut repository = Map::from_iter([("databaseId".to_owned(), REPOSITORY.into())]);
    for (name, number) in numbered(variables, 'p') {
        let pull = number.as_u64().and_then(|number| state.pulls.get(&number));
        repository.insert(name, pull.map_or(Value::Null, |pull| whole(state, pull)));
    }
    repository.into()
}

fn pull_page(state: &State, variables: &Value, text: &str) -> Value {
    let number = variables["number"].as_u64().unwrap_or_default();
    let pull = whole_from(state, &state.pulls[&number], after(variables));
    let list = ["reviews", "commits", "timelineItems"]
        .into_iter()
        .find(|list| text.contains(&format!("{list}(")));
    let list = list.unwrap_or_default();
    json!({"p0": {list: pull[list]}})
}

fn whole(state: &State, pull: &Pull) -> Value {
    whole_from(state, pull, 0)
}

fn whole_from(state: &State, pull: &Pull, after: usize) -> Value {
    let merge = pull.landed.last();
    let merge_commit = merge.filter(|_| !state.has(Habit::NoMergeCommit));
    let mut events = pull.events.clone();
    if let Some(merge) = merge {
        events.push(json!({"__typename": "MergedEvent", "commit": {"oid": merge}}));
    }
    let size = state.page();
    json!({
        "number": pull.number,
        "isCrossRepository": pull.fork,
        "baseRefName": pull.base,
        "headRefName": pull.branch,
        "headRefOid": pull.head,
        "headRepository": if pull.fork { Value::Null } else { json!({"nameWithOwner": "acme/shop"}) },
        "author": state.users.get(&pull.author).map(super::state::User::actor),
        "mergeCommit": merge_commit.map(|oid| json!({"oid": oid, "parents": {"totalCount": pull.parents}, "signature": {"isValid": true, "wasSignedByGitHub": pull.by_github}})),
        "reviews": page(&reviews(state, pull), after, size),
        "commits": page(&own_commits(state, pull), after, size),
        "timelineItems": page(&events, after, size),
    })
}

fn reviews(state: &State, pull: &Pull) -> Vec<Value> {
    let one = |review: &super::Review| {
        let user = state.users.get(&review.by).filter(|_| !state.has(Habit::Ghosts));
        json!({
            "id": review.id,
            "state": review.state,
            "submittedAt": review.at,
            "authorCanPushToRepository": user.is_some_and(|user| user.can_push),
            "author": user.map(super::state::User::actor),
            "commit": {"oid": review.commit},
        })
    };
    pull.reviews.iter().map(one).collect()
}

fn own_commits(state: &State, pull: &Pull) -> Vec<Value> {
    let person = |address: &str| {
        let user = state
            .user_of(address)
            .map(|user| json!({"databaseId": user.id, "login": user.login}));
        json!({"email": address, "user": user})
    };
    let one = |commit: &super::state::Commit| {
        json!({"commit": {
            "oid": commit.oid,
            "message": commit.message,
            "author": person(&commit.author),
            "committer": person(&commit.committer),
        }})
    };
    pull.commits.iter().map(one).collect()
}

/// One page of a list.
fn page(all: &[Value], after: usize, size: usize) -> Value {
    let end = (after + size).min(all.len());
    json!({
        "totalCount": all.len(),
        "pageInfo": {"hasNextPage": end < all.len(), "endCursor": end.to_string()},
        "nodes": all.get(after..end).unwrap_or_default(),
    })
}
