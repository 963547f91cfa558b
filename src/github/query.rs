//! The questions that are asked in GraphQL.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::address::Address;

const COMMITS: &str = include_str!("queries/commits.graphql");
const COMMIT_PAGE: &str = include_str!("queries/commit-page.graphql");
const PULLS: &str = include_str!("queries/pulls.graphql");
const MARKED: &str = include_str!("queries/marked.graphql");
const COMMENTS: &str = include_str!("queries/comments.graphql");
const ADD_COMMENT: &str = include_str!("queries/add-comment.graphql");
const UPDATE_COMMENT: &str = include_str!("queries/update-comment.graphql");
const APPEND: &str = include_str!("queries/append.graphql");

/// How many commits are asked about at once.
pub(super) const COMMITS_AT_ONCE: usize = 100;

/// How many pull requests are asked about at once.
pub(super) const PULLS_AT_ONCE: usize = 20;

/// A question with what stands for its variables.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    /// The text.
    pub(super) text: String,
    /// The variables.
    pub(super) variables: Map<String, Value>,
}

/// One of the three lists of a pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Reviews,
    Commits,
    Events,
}

impl List {
    /// The field that holds it.
    pub(super) const fn field(self) -> &'static str {
        match self {
            Self::Reviews => "reviews",
            Self::Commits => "commits",
            Self::Events => "timelineItems",
        }
    }
}

/// Which pull requests claim `commits`, answered under `c0`, `c1`, ….
pub(super) fn commits(address: &Address, commits: &[String]) -> Query {
    let mut query = Query::of(address);
    let mut fields = String::from("databaseId");
    let mut heading = String::new();
    for (nth, commit) in commits.iter().enumerate() {
        let _ = write!(heading, ", $c{nth}: GitObjectID!");
        let _ = write!(fields, " c{nth}: object(oid: $c{nth}) {{ ...Claims }}");
        query.set(&format!("c{nth}"), commit.as_str());
    }
    query.text = operation("Commits", &heading, &fields, COMMITS);
    query
}

/// One more page of the pull requests that claim `commit`.
pub(super) fn commit_page(address: &Address, commit: &str, after: &str) -> Query {
    let mut query = Query::of(address);
    query.set("commit", commit);
    query.set("after", after);
    COMMIT_PAGE.clone_into(&mut query.text);
    query
}

/// What is known of pull requests, answered under `p0`, `p1`, ….
pub(super) fn pulls(address: &Address, numbers: &[u64]) -> Query {
    let mut query = Query::of(address);
    let mut fields = String::from("databaseId");
    let mut heading = String::new();
    for (nth, number) in numbers.iter().enumerate() {
        let _ = write!(heading, ", $p{nth}: Int!");
        let _ = write!(fields, " p{nth}: pullRequest(number: $p{nth}) {{ ...Pull }}");
        query.set(&format!("p{nth}"), *number);
    }
    query.text = operation("Pulls", &heading, &fields, PULLS);
    query
}

/// One more page of a list of a pull request: the same question with a place to go on from.
pub(super) fn pull_page(address: &Address, number: u64, list: List, after: &str) -> Query {
    let mut query = Query::of(address);
    query.set("number", number);
    query.set("after", after);
    let pull = fragment("Pull");
    let start = pull.find(&format!("{}(", list.field())).unwrap_or_default();
    let call = pull.get(start..).unwrap_or_default();
    let end = call.find('}').map_or(call.len(), |end| end + 1);
    let call = call
        .get(..end)
        .unwrap_or_default()
        .replacen("first:", "after: $after first:", 1);
    let used: &[&str] = match list {
        List::Reviews => &["Reviews", "Who"],
        List::Commits => &["Commits", "Person"],
        List::Events => &["Events", "Who"],
    };
    let fragments: Vec<&str> = used.iter().map(|name| fragment(name)).collect();
    let fields = format!("p0: pullRequest(number: $number) {{ {call} }}");
    query.text = operation(
        "PullPage",
        ", $number: Int!, $after: String",
        &fields,
        &fragments.join("\n"),
    );
    query
}

/// Which of `commits`, and of the newest of the reference `branch`, carry a note about the log.
pub(super) fn marked(address: &Address, branch: &str, commits: &[String]) -> Query {
    let mut query = Query::of(address);
    query.set("branch", branch);
    let mut fields = String::from(
        "ref(qualifiedName: $branch) { target { ... on Commit { history(first: 100) { nodes { ...Marked } } } } }",
    );
    let mut heading = String::from(", $branch: String!");
    for (nth, commit) in commits.iter().enumerate() {
        let _ = write!(heading, ", $c{nth}: GitObjectID!");
        let _ = write!(fields, " c{nth}: object(oid: $c{nth}) {{ ...Marked }}");
        query.set(&format!("c{nth}"), commit.as_str());
    }
    query.text = operation("Marked", &heading, &fields, MARKED);
    query
}

/// A page of the comments of a pull request.
pub(super) fn comments(address: &Address, number: u64, after: Option<&str>) -> Query {
    let mut query = Query::of(address);
    query.set("number", number);
    query.set("after", after.map_or(Value::Null, Value::from));
    COMMENTS.clone_into(&mut query.text);
    query
}

/// A new comment on what has the id `subject`.
pub(super) fn add_comment(subject: &str, body: &str) -> Query {
    let mut query = Query::change(ADD_COMMENT);
    query.set("subject", subject);
    query.set("body", body);
    query
}

/// Another text for the comment `id`.
pub(super) fn update_comment(id: &str, body: &str) -> Query {
    let mut query = Query::change(UPDATE_COMMENT);
    query.set("id", id);
    query.set("body", body);
    query
}

/// A commit on a branch whose newest still is `expected`.
pub(super) fn append(address: &Address, commit: Append<'_>) -> Query {
    let mut query = Query::change(APPEND);
    query.set("repository", format!("{}/{}", address.owner, address.name));
    query.set("branch", commit.branch);
    query.set("expected", commit.expected);
    query.set("headline", commit.headline);
    query.set("additions", commit.additions);
    query.set("deletions", commit.deletions);
    query
}

/// A commit that is made by the forge itself.
pub(super) struct Append<'a> {
    /// The branch.
    pub(super) branch: &'a str,
    /// Its newest commit.
    pub(super) expected: &'a str,
    /// The first line of the message.
    pub(super) headline: &'a str,
    /// Files with their text in base64.
    pub(super) additions: Vec<Value>,
    /// Files that go.
    pub(super) deletions: Vec<Value>,
}

fn operation(name: &str, heading: &str, fields: &str, fragments: &str) -> String {
    format!(
        "query {name}($owner: String!, $name: String!{heading}) {{\n  repository(owner: $owner, name: $name) {{ {fields} }}\n}}\n{fragments}"
    )
}

/// The fragment of this name of [`PULLS`].
fn fragment(name: &str) -> &'static str {
    let begin = format!("fragment {name} on ");
    let start = PULLS.find(&begin).unwrap_or(PULLS.len());
    let rest = PULLS.get(start..).unwrap_or_default();
    let end = rest.find("\n}").map_or(rest.len(), |end| end + 2);
    rest.get(..end).unwrap_or_default()
}

impl Query {
    fn of(address: &Address) -> Self {
        let mut query = Self {
            text: String::new(),
            variables: Map::new(),
        };
        query.set("owner", address.owner.as_str());
        query.set("name", address.name.as_str());
        query
    }

    fn change(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            variables: Map::new(),
        }
    }

    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.variables.insert(name.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use apollo_compiler::executable::{Selection, SelectionSet};
    use apollo_compiler::validation::Valid;
    use apollo_compiler::{ExecutableDocument, Schema};

    use super::*;

    const SCHEMA: &str = include_str!("../../tests/it/data/github.graphql");

    /// What GitHub grants in one query.
    const MOST_NODES: u64 = 500_000;

    fn address() -> Address {
        let around = crate::github::Surroundings::default();
        Address::of("https://github.com/acme/shop", &around).unwrap()
    }

    fn valid(query: &Query) -> Valid<ExecutableDocument> {
        let schema = Schema::parse_and_validate(SCHEMA, "github.graphql").unwrap();
        ExecutableDocument::parse_and_validate(&schema, &query.text, "query.graphql")
            .unwrap_or_else(|error| panic!("{error}\n{}", query.text))
    }

    /// Requests and nodes as GitHub counts them: each list once for every entry around it.
    fn counted(document: &ExecutableDocument, set: &SelectionSet, around: u64) -> (u64, u64) {
        let (mut requests, mut nodes) = (0, 0);
        for selection in &set.selections {
            let (inner, entries) = match selection {
                Selection::Field(field) => {
                    let first = field.argument_by_name("first").ok();
                    let first = first.and_then(|value| value.to_i32()).map(|first| first as u64);
                    if let Some(first) = first {
                        requests += around;
                        nodes += around * first;
                    }
                    (&field.selection_set, around * first.unwrap_or(1))
                }
                Selection::InlineFragment(inline) => (&inline.selection_set, around),
                Selection::FragmentSpread(spread) => {
                    (&spread.fragment_def(document).unwrap().selection_set, around)
                }
            };
            let further = counted(document, inner, entries);
            requests += further.0;
            nodes += further.1;
        }
        (requests, nodes)
    }

    fn points(query: &Query) -> u64 {
        let document = valid(query);
        let operation = document.operations.get(None).unwrap();
        let (requests, nodes) = counted(&document, &operation.selection_set, 1);
        assert!(nodes < MOST_NODES, "{nodes} nodes");
        requests.div_ceil(100).max(1)
    }

    #[test]
    fn hundred_commits_and_twenty_pull_requests_are_at_most_three_points() {
        let line: Vec<String> = (0..COMMITS_AT_ONCE).map(|nth| format!("{nth:040x}")).collect();
        let numbers: Vec<u64> = (1..=PULLS_AT_ONCE as u64).collect();
        let (commits, pulls) = (
            points(&commits(&address(), &line)),
            points(&pulls(&address(), &numbers)),
        );
        assert!(commits + pulls <= 3, "{commits} + {pulls}");
    }

    #[test]
    fn notes_about_the_log_are_one_point_and_changes_are_valid() {
        let line: Vec<String> = (0..COMMITS_AT_ONCE).map(|nth| format!("{nth:040x}")).collect();
        assert_eq!(points(&marked(&address(), "refs/heads/main", &line)), 1);
        assert_eq!(points(&comments(&address(), 7, None)), 1);
        valid(&add_comment("x", "y"));
        valid(&update_comment("x", "y"));
        let commit = Append {
            branch: "sekisho-log",
            expected: "",
            headline: "",
            additions: Vec::new(),
            deletions: Vec::new(),
        };
        valid(&append(&address(), commit));
    }

    #[test]
    fn further_pages_are_valid_and_cheap() {
        assert_eq!(points(&commit_page(&address(), &"0".repeat(40), "x")), 1);
        for list in [List::Reviews, List::Commits, List::Events] {
            assert_eq!(points(&pull_page(&address(), 1, list, "x")), 1, "{list:?}");
        }
    }
}
