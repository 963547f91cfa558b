//! Rules with one thing wrong: their own tests have to notice. `scripts/mutants` lists what survives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use regorus::Value;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::support::rego::{RuleFiles, shipped};

/// A rule with one change.
struct Mutant {
    line: usize,
    was: String,
    is: String,
    text: String,
}

/// What is exchanged for what.
const EXCHANGES: &[(&str, &str)] = &[
    (" == ", " != "),
    (" != ", " == "),
    (" >= ", " > "),
    (" <= ", " < "),
    (" > ", " >= "),
    (" < ", " <= "),
    (" > ", " < "),
    (" < ", " > "),
    (" + ", " - "),
    (" - ", " + "),
    ("== true", "== false"),
    ("== false", "== true"),
    ("\"pass\"", "\"fail\""),
    ("\"fail\"", "\"pass\""),
    ("\"na\"", "\"pass\""),
    ("\"deny\"", "\"info\""),
    ("\"warn\"", "\"deny\""),
    ("\"oblige\"", "\"warn\""),
    ("\"info\"", "\"deny\""),
    ("trim_space(", "("),
    ("lower(", "("),
    ("startswith(", "endswith("),
    ("not ", ""),
    ("every ", "some "),
];

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:== |> |< |>= |<= )(\d+)").unwrap());

static TEXT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""[^"\\]*""#).unwrap());

/// What a reason says of its place or its degree.
static FIELD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""(?:field|effect)": [^,{}]+, |, "(?:field|effect)": [^,{}]+"#).unwrap());

/// Every way in which one line of code is made wrong.
fn wrong(code: &str, before: &str) -> BTreeSet<String> {
    let put = |from: usize, to: usize, new: &str| format!("{}{new}{}", &code[..from], &code[to..]);
    let mut all = BTreeSet::new();
    for (from, to) in EXCHANGES {
        let places = code.match_indices(from);
        all.extend(places.map(|(place, _)| put(place, place + from.len(), to)));
    }
    for found in NUMBER.captures_iter(code).filter_map(|found| found.get(1)) {
        let more = found.as_str().parse::<i64>().unwrap() + 1;
        all.insert(put(found.start(), found.end(), &more.to_string()));
    }
    for found in TEXT.find_iter(code) {
        all.insert(put(found.start() + 1, found.start() + 1, "another_"));
    }
    let fields = FIELD.find_iter(code);
    all.extend(fields.map(|found| put(found.start(), found.end(), "")));
    if let Some((head, _)) = code.split_once(" if ").filter(|_| !code.ends_with('{')) {
        all.insert(format!("{head} if true"));
        all.insert(format!("{head} if false"));
    }
    let inner = code.starts_with('\t') && !code.ends_with(['{', '(', '[', ',']);
    let opens =
        code.trim_start().starts_with(['}', ']', ')', '"']) || code.contains(":=") || code.contains("some ");
    if inner && !opens {
        all.insert("\ttrue".to_owned());
    }
    if before.ends_with("if {") {
        all.insert(format!("\tfalse\n{code}"));
    }
    all
}

fn mutants(rule: &str) -> Vec<Mutant> {
    let lines: Vec<&str> = rule.lines().collect();
    let start = lines.iter().position(|line| *line == "import rego.v1").unwrap();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        let code = line.split(" # ").next().unwrap();
        if code.starts_with('#') || code.is_empty() {
            continue;
        }
        for is in wrong(code, lines[at - 1]) {
            let mut text: Vec<&str> = lines.clone();
            text[at] = &is;
            let text = text.join("\n") + "\n";
            all.push(Mutant {
                line: at + 1,
                was: code.to_owned(),
                is,
                text,
            });
        }
    }
    all
}

/// The test or case that notices, if any does; `None` for what is no rule any more.
fn noticed(files: &RuleFiles, cases: &[(String, String, Value)], mutant: &str) -> Option<Option<String>> {
    let mut engine = files.engine(mutant).ok()?;
    engine.set_input(Value::new_object());
    let tests = files.test.lines().filter_map(|line| line.strip_prefix("test_"));
    let tests: Vec<String> = tests
        .map(|line| format!("test_{}", line.split([' ', '(']).next().unwrap()))
        .collect();
    // The first evaluation finds what does not compile.
    engine.eval_rule(files.verdict()).ok()?;
    for test in &tests {
        let value = engine.eval_rule(format!("data.{}_test.{test}", files.package));
        if value.ok() != Some(Value::from(true)) {
            return Some(Some(test.clone()));
        }
    }
    for (name, want, input) in cases {
        if answer(&mut engine, files, input).as_ref() != Some(want) {
            return Some(Some(name.clone()));
        }
    }
    Some(passes_without(&mut engine, files, cases).map(|without| format!("passes with {without}")))
}

/// A verdict, as strict as the program is when it reads one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    rule: String,
    result: String,
    details: Vec<Reason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read, to be sure that nothing else is there")]
struct Reason {
    field: Option<String>,
    message: String,
    #[serde(default)]
    with: BTreeMap<String, Json>,
    effect: Option<String>,
}

/// The only result of the verdicts; `None` for what the program would not judge with.
fn answer(engine: &mut regorus::Engine, files: &RuleFiles, input: &Value) -> Option<String> {
    engine.set_input(input.clone());
    let verdicts = engine.eval_rule(files.verdict()).ok()?.to_json_str().ok()?;
    let verdicts: Vec<Said> = serde_json::from_str(&verdicts).ok()?;
    let [said] = &verdicts[..] else { return None };
    let plain = |value: &Json| value.is_string() || value.is_number() || value.is_boolean();
    let sound = files.rule.contains(&format!("\"rule\": \"{}\"", said.rule))
        && (said.result == "fail" || said.details.is_empty())
        && said.details.iter().all(|reason| reason.with.values().all(plain));
    sound.then(|| said.result.clone())
}

/// An input that lacks a field which the rule names, or has null there, and passes all the same.
fn passes_without(
    engine: &mut regorus::Engine,
    files: &RuleFiles,
    cases: &[(String, String, Value)],
) -> Option<Json> {
    let optional = OPTIONAL.iter().filter(|(rule, _)| is_of(&files.path, rule));
    let optional: Vec<&str> = optional.map(|(_, field)| *field).collect();
    let code = TEXT.replace_all(&files.rule, "");
    let named = |parent: &str, field: &str| {
        let reference = format!("{parent}.{field}");
        let named = |(at, _): (usize, &str)| !code[at + reference.len()..].starts_with(is_of_a_name);
        !optional.contains(&field) && code.match_indices(&reference).any(named)
    };
    let mut parts = Vec::new();
    for (_, _, input) in cases.iter().filter(|(_, want, _)| want == "pass") {
        let json: Json = serde_json::from_str(&input.to_json_str().unwrap()).unwrap();
        bent(&json, "input", &named, &mut |part| parts.push(part));
    }
    parts.into_iter().find(|part| {
        let input = Value::from_json_str(&part.to_string()).unwrap();
        answer(engine, files, &input).as_deref() == Some("pass")
    })
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Calls `found` with every document that lacks one of the fields that `named` knows (what it is
/// in and its name), or has null there.
fn bent(json: &Json, parent: &str, named: &dyn Fn(&str, &str) -> bool, found: &mut dyn FnMut(Json)) {
    match json {
        Json::Object(fields) => {
            for (key, inner) in fields {
                if named(parent, key) {
                    let mut less = fields.clone();
                    less.remove(key);
                    found(Json::Object(less.clone()));
                    less.insert(key.clone(), Json::Null);
                    found(Json::Object(less));
                }
                bent(inner, key, named, &mut |part| {
                    let mut other = fields.clone();
                    other.insert(key.clone(), part);
                    found(Json::Object(other));
                });
            }
        }
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                // What is in a list has no name: a rule gives it one.
                bent(item, "", named, &mut |part| {
                    let mut other = items.clone();
                    other[at] = part;
                    found(Json::Array(other));
                });
            }
        }
        _ => {}
    }
}

/// The mutants of `files` that nothing notices, as `path:line: was → is`, and how many there were.
fn survivors(files: &RuleFiles) -> (Vec<String>, usize) {
    let cases = files.cases();
    assert_eq!(noticed(files, &cases, &files.rule), Some(None), "{}", files.path);
    let mut alive = Vec::new();
    let mut count = 0;
    for mutant in mutants(&files.rule) {
        let Some(noticed) = noticed(files, &cases, &mutant.text) else {
            continue;
        };
        count += 1;
        if noticed.is_none() && !says_the_same(&files.path, &mutant) {
            alive.push(format!(
                "{}:{}: {} → {}",
                files.path,
                mutant.line,
                mutant.was.trim(),
                mutant.is.trim()
            ));
        }
    }
    (alive, count)
}

/// Mutants that say the same as the rule: file, line as it was, line as it is, and why.
const SAME: &[(&str, &str, &str, &str)] = &[
    (
        "rehearsed-outside-production",
        "object.get(input.change.declaration, \"delivery\", \"pipeline\") in {\"manual\", \"mixed\"}",
        "object.get(input.change.declaration, \"delivery\", \"another_pipeline\") in {\"manual\", \"mixed\"}",
        "neither is by hand",
    ),
    (
        "retry-is-a-new-change",
        "input.change.facts.executions > 0",
        "input.change.facts.executions >= 0",
        "what was never executed is not judged",
    ),
    (
        "revert-is-not-enough",
        "input.change.facts.content.migrations_count > 0",
        "input.change.facts.content.migrations_count >= 0",
        "without migrations the rule does not apply",
    ),
    (
        "rollback-decider",
        "object.get(rollback, \"decider_alternate\", \"\") in {\"\", object.get(rollback, \"decider\", \"\")}",
        "object.get(rollback, \"decider_alternate\", \"\") in {\"\", object.get(rollback, \"decider\", \"another_\")}",
        "an alternate who is nobody is in the set already",
    ),
    (
        "rollback-tested",
        "\"small\": {\"low\": \"nothing\", \"medium\": \"nothing\", \"high\": \"deny\"},",
        "\"small\": {\"low\": \"nothing\", \"medium\": \"nothing\", \"another_high\": \"deny\"},",
        "what is not in the table is denied",
    ),
    (
        "rollback-tested",
        "\"audited\": {\"low\": \"nothing\", \"medium\": \"warn\", \"high\": \"deny\"},",
        "\"audited\": {\"low\": \"nothing\", \"medium\": \"warn\", \"another_high\": \"deny\"},",
        "what is not in the table is denied",
    ),
    (
        "quorum",
        "input.change.facts.quorum > 0",
        "input.change.facts.quorum >= 0",
        "nobody can be fewer than nobody",
    ),
    (
        "quorum",
        "input.change.facts.quorum > 0",
        "true",
        "nobody can be fewer than nobody",
    ),
    (
        "quorum",
        "needs_are_known",
        "true",
        "the line after it asks that there are no needs",
    ),
    (
        "gate-files-are-high-risk",
        "count(input.change.facts.gate_paths) > 0",
        "count(input.change.facts.gate_paths) >= 0",
        "without gate files the rule does not apply",
    ),
    (
        "gate-files-are-high-risk",
        "path",
        "true",
        "the numbers name the path",
    ),
    (
        "approver-is-independent",
        "input.params.strict_authors == true",
        "true",
        "where it is neither true nor false, nobody is barred and nobody independent",
    ),
];

fn says_the_same(path: &str, mutant: &Mutant) -> bool {
    SAME.iter()
        .any(|(file, was, is, _)| is_of(path, file) && mutant.was.trim() == *was && mutant.is.trim() == *is)
}

fn is_of(path: &str, file: &str) -> bool {
    path.ends_with(&format!("/{file}.rego"))
}

/// Fields that a rule names for its words alone: it may pass without them.
const OPTIONAL: &[(&str, &str)] = &[
    ("rehearsed-outside-production", "result"),
    ("template-track-record", "change"),
];

/// What is shipped, in parts that run beside each other.
const PARTS: [&[&str]; 6] = [
    &["approval", "content", "record", "risk"],
    &["declaration", "procedure"],
    &["roles", "schedule"],
    &["rollback"],
    &["standard"],
    &["availability", "emergency"],
];

fn is_in(path: &str, groups: &[&str]) -> bool {
    let group = path.split('/').nth(1).unwrap();
    groups.contains(&group)
}

/// Fails with what is alive in the rules of these groups.
fn all_noticed(groups: &[&str]) {
    let (mut alive, mut count) = (Vec::new(), 0);
    for files in shipped().iter().filter(|files| is_in(&files.path, groups)) {
        let (more, of) = survivors(files);
        alive.extend(more);
        count += of;
    }
    assert!(count > 100, "{count} mutants");
    let list = alive.join("\n");
    assert!(alive.is_empty(), "{} of {count} survive:\n{list}", alive.len());
}

#[test]
fn no_rule_is_left_out() {
    for files in shipped() {
        let parts = PARTS.iter().filter(|groups| is_in(&files.path, groups));
        assert_eq!(parts.count(), 1, "{}", files.path);
    }
}

#[test]
fn mutants_of_rules_about_approval_content_record_and_risk_are_noticed() {
    all_noticed(PARTS[0]);
}

#[test]
fn mutants_of_rules_about_declaration_and_procedure_are_noticed() {
    all_noticed(PARTS[1]);
}

#[test]
fn mutants_of_rules_about_roles_and_schedule_are_noticed() {
    all_noticed(PARTS[2]);
}

#[test]
fn mutants_of_rules_about_rollback_are_noticed() {
    all_noticed(PARTS[3]);
}

#[test]
fn mutants_of_rules_about_standard_changes_are_noticed() {
    all_noticed(PARTS[4]);
}

#[test]
fn mutants_of_rules_about_emergencies_are_noticed() {
    all_noticed(PARTS[5]);
}

/// A mutant that says the same is still made, and still survives: else its line is not needed.
#[test]
fn what_is_listed_as_the_same_is_still_there() {
    let all = shipped();
    for (file, was, is, why) in SAME {
        let files = all.iter().find(|files| is_of(&files.path, file)).unwrap();
        let made = mutants(&files.rule).into_iter();
        let made: Vec<Mutant> = made
            .filter(|m| m.was.trim() == *was && m.is.trim() == *is)
            .collect();
        let survives = |mutant: &Mutant| noticed(files, &files.cases(), &mutant.text) == Some(None);
        assert!(
            made.iter().any(survives) && !why.is_empty(),
            "{file}: {was} → {is}"
        );
    }
}
