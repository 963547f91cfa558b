//! Carries out changes that are asked for in GraphQL.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::graphql::{checked, failed};
use super::smart_git::{fed, run};
use super::state::{Comment, Habit, State};

/// Carries a change out; `None`: the answer gets lost.
pub(super) fn answer(state: &mut State, bare: &Path, request: &Value) -> Option<Value> {
    let text = request["query"].as_str().unwrap();
    if let Err(failed) = checked(text) {
        return Some(failed);
    }
    let variables = &request["variables"];
    let name = text.split("mutation ").nth(1).unwrap_or_default();
    let name = name.split('(').next().unwrap_or_default().to_owned();
    state.happen(&name);
    match name.as_str() {
        "AddComment" | "UpdateComment" if state.has(Habit::NoComments) => Some(forbidden()),
        "AddComment" => Some(add_comment(state, variables)),
        "UpdateComment" => Some(update_comment(state, variables)),
        "Append" if state.has(Habit::OldServer) => Some(failed("undefinedField", "Field does not exist")),
        "Append" if state.has(Habit::NoAppend) => Some(forbidden()),
        "Append" => append(state, bare, variables),
        _ => Some(failed("unknown", text)),
    }
}

fn forbidden() -> Value {
    failed("FORBIDDEN", "Resource not accessible by integration")
}

fn long(body: &str) -> bool {
    body.chars().count() > 65_536
}

fn add_comment(state: &mut State, variables: &Value) -> Value {
    let body = variables["body"].as_str().unwrap().to_owned();
    if long(&body) {
        return failed("UNPROCESSABLE", "Body is too long");
    }
    let number: u64 = variables["subject"].as_str().unwrap()[2..].parse().unwrap();
    let all = state.comments.entry(number).or_default();
    let id = format!("C{number}-{}", all.len());
    all.push(Comment { id, body, own: true });
    json!({"data": {"addComment": {"clientMutationId": null}}})
}

fn update_comment(state: &mut State, variables: &Value) -> Value {
    let body = variables["body"].as_str().unwrap().to_owned();
    let mut all = state.comments.values_mut().flatten();
    match all.find(|comment| comment.id == variables["id"]) {
        Some(comment) if comment.own && !long(&body) => comment.body = body,
        _ => return forbidden(),
    }
    json!({"data": {"updateIssueComment": {"clientMutationId": null}}})
}

fn without(entries: &mut Vec<String>, path: &str) {
    entries.retain(|entry| entry.rsplit('\t').next() != Some(path));
}

/// Makes a commit where the branch is where it is expected.
fn append(state: &mut State, bare: &Path, variables: &Value) -> Option<Value> {
    assert_eq!(variables["repository"], "acme/shop");
    let reference = format!("refs/heads/{}", variables["branch"].as_str().unwrap());
    if state.still(Habit::Overtaken) {
        let tip = run(bare, &["rev-parse", &reference]).unwrap();
        let tree = run(bare, &["rev-parse", &format!("{tip}^{{tree}}")]).unwrap();
        let other = run(bare, &["commit-tree", "-p", &tip, "-m", "Junk", &tree]).unwrap();
        run(bare, &["update-ref", &reference, &other]).unwrap();
    }
    let expected = variables["expected"].as_str().unwrap();
    let tip = run(bare, &["rev-parse", "--verify", "-q", &reference]);
    if tip.as_deref() != Some(expected) {
        return Some(failed("STALE_DATA", "Expected branch to point to something else"));
    }
    let listed = run(bare, &["ls-tree", expected]).unwrap();
    let mut entries: Vec<String> = listed.lines().map(str::to_owned).collect();
    for file in variables["deletions"].as_array().unwrap() {
        without(&mut entries, file["path"].as_str().unwrap());
    }
    for file in variables["additions"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let mut bytes = STANDARD.decode(file["contents"].as_str().unwrap()).unwrap();
        if state.has(Habit::OtherBytes) {
            bytes = String::from_utf8(bytes)
                .unwrap()
                .replace('\n', "\r\n")
                .into_bytes();
        }
        let blob = fed(bare, &["hash-object", "-w", "--stdin"], &bytes).unwrap();
        without(&mut entries, path);
        entries.push(format!("100644 blob {blob}\t{path}"));
    }
    let tree = fed(bare, &["mktree"], (entries.join("\n") + "\n").as_bytes()).unwrap();
    let headline = variables["headline"].as_str().unwrap();
    let made = run(bare, &["commit-tree", "-p", expected, "-m", headline, &tree]).unwrap();
    run(bare, &["update-ref", &reference, &made, expected]).unwrap();
    state.made += 1;
    if state.still(Habit::LostAnswer) {
        return None;
    }
    Some(json!({"data": {"createCommitOnBranch": {"commit": {"oid": made}}}}))
}
