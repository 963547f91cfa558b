//! Rules with one thing wrong: their own tests have to notice. `scripts/mutants` lists what survives.

use regex::Regex;
use regorus::Value;

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
    ("== true", "== false"),
    ("== false", "== true"),
    ("\"pass\"", "\"fail\""),
    ("\"fail\"", "\"pass\""),
    ("\"na\"", "\"pass\""),
    ("\"deny\"", "\"info\""),
    ("\"info\"", "\"deny\""),
    ("not ", ""),
    ("every ", "some "),
];

fn mutants(rule: &str) -> Vec<Mutant> {
    let number = Regex::new(r"(== |> |< |>= |<= )(\d+)").unwrap();
    let word = Regex::new(r#"(== |!= |in \{|, )"([a-z_]+)""#).unwrap();
    let lines: Vec<&str> = rule.lines().collect();
    let start = lines.iter().position(|line| *line == "import rego.v1").unwrap();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        let code = line.split(" # ").next().unwrap();
        if code.starts_with('#') || code.is_empty() {
            continue;
        }
        let mut put = |is: String| {
            let mut text: Vec<&str> = lines.clone();
            text[at] = &is;
            let text = text.join("\n") + "\n";
            all.push(Mutant {
                line: at + 1,
                was: code.to_owned(),
                is,
                text,
            });
        };
        for (from, to) in EXCHANGES {
            for (place, _) in code.match_indices(from) {
                put(format!("{}{to}{}", &code[..place], &code[place + from.len()..]));
            }
        }
        for found in number.captures_iter(code) {
            let n: i64 = found[2].parse().unwrap();
            put(code.replacen(&found[0], &format!("{}{}", &found[1], n + 1), 1));
        }
        for found in word.captures_iter(code) {
            put(code.replacen(&found[0], &format!("{}\"another_{}\"", &found[1], &found[2]), 1));
        }
        let inner = code.starts_with('\t') && !code.ends_with(['{', '(', '[', ',']);
        let opens = code.trim_start().starts_with(['}', ']', ')', '"'])
            || code.contains(":=")
            || code.contains("some ");
        if inner && !opens {
            put("\ttrue".to_owned());
        }
    }
    all
}

/// Whether the rule's tests notice; `None` for what is no rule any more.
fn noticed(files: &RuleFiles, cases: &[(String, String, Value)], mutant: &str) -> Option<bool> {
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
            return Some(true);
        }
    }
    for (_, want, input) in cases {
        if answer(&mut engine, files, input).as_deref() != Some(want) {
            return Some(true);
        }
    }
    let passing = cases.iter().filter(|(_, want, _)| want == "pass");
    Some(
        passing
            .into_iter()
            .any(|(_, _, input)| passes_without(&mut engine, files, input)),
    )
}

/// The only result of the verdicts.
fn answer(engine: &mut regorus::Engine, files: &RuleFiles, input: &Value) -> Option<String> {
    engine.set_input(input.clone());
    let verdicts = engine.eval_rule(files.verdict()).ok()?;
    let verdicts = verdicts.as_set().ok()?;
    let one = verdicts.iter().next().filter(|_| verdicts.len() == 1)?;
    Some(one["result"].as_string().ok()?.to_string())
}

/// Whether a field that the rule names can be taken away and the rule passes all the same.
fn passes_without(engine: &mut regorus::Engine, files: &RuleFiles, input: &Value) -> bool {
    let named = Regex::new(r"input((?:\.[a-z_]+)+)").unwrap();
    let mut paths: Vec<Vec<&str>> = named
        .captures_iter(&files.rule)
        .map(|found| found.get(1).unwrap().as_str()[1..].split('.').collect())
        .collect();
    paths.sort();
    paths.dedup();
    paths.iter().any(|path| {
        let mut json: serde_json::Value = serde_json::from_str(&input.to_json_str().unwrap()).unwrap();
        let (last, way) = path.split_last().unwrap();
        let parent = way.iter().try_fold(&mut json, |here, step| here.get_mut(*step));
        let removed = parent
            .and_then(|p| p.as_object_mut())
            .and_then(|p| p.remove(*last));
        let input = Value::from_json_str(&json.to_string()).unwrap();
        removed.is_some() && answer(engine, files, &input).as_deref() == Some("pass")
    })
}

/// The mutants of `files` that nothing notices, as `path:line: was → is`, and how many there were.
fn survivors(files: &RuleFiles) -> (Vec<String>, usize) {
    let cases = files.cases();
    assert_eq!(noticed(files, &cases, &files.rule), Some(false), "{}", files.path);
    let mut alive = Vec::new();
    let mut count = 0;
    for mutant in mutants(&files.rule) {
        let Some(noticed) = noticed(files, &cases, &mutant.text) else {
            continue;
        };
        count += 1;
        if !noticed && !says_the_same(&files.path, &mutant) {
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

/// The rules whose tests have to notice every mutant; `scripts/mutants` looks at all.
const HELD: &[&str] = &[
    "policies/approval/quorum.rego",
    "policies/declaration/every-commit-declared.rego",
    "policies/declaration/no-placeholders.rego",
    "policies/risk/gate-files-are-high-risk.rego",
    "policies/roles/approver-is-independent.rego",
    "policies/roles/one-executor.rego",
    "policies/rollback/concrete-steps.rego",
    "policies/rollback/rollback-criterion.rego",
    "policies/rollback/rollback-decider.rego",
    "policies/schedule/no-freeze.rego",
];

/// Mutants that say the same as the rule: file, line as it was, line as it is, and why.
const SAME: &[(&str, &str, &str, &str)] = &[
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
    SAME.iter().any(|(file, was, is, _)| {
        path.ends_with(&format!("/{file}.rego")) && mutant.was.trim() == *was && mutant.is.trim() == *is
    })
}

/// Fails with what is alive in the rules that `wanted` picks.
fn all_noticed(wanted: impl Fn(&str) -> bool) {
    let (mut alive, mut count) = (Vec::new(), 0);
    for files in shipped().iter().filter(|files| wanted(&files.path)) {
        let (more, of) = survivors(files);
        alive.extend(more);
        count += of;
    }
    assert!(count > 10, "{count} mutants");
    let list = alive.join("\n");
    assert!(alive.is_empty(), "{} of {count} survive:\n{list}", alive.len());
}

#[test]
fn mutants_of_rules_about_roles_approvals_and_risk_are_noticed() {
    let groups = ["policies/approval/", "policies/risk/", "policies/roles/"];
    all_noticed(|path| HELD.contains(&path) && groups.iter().any(|group| path.starts_with(group)));
}

#[test]
fn mutants_of_rules_about_declaration_rollback_and_schedule_are_noticed() {
    let groups = [
        "policies/declaration/",
        "policies/rollback/",
        "policies/schedule/",
    ];
    all_noticed(|path| HELD.contains(&path) && groups.iter().any(|group| path.starts_with(group)));
}

/// Every rule, for `scripts/mutants`.
#[test]
#[ignore = "a list for people, not a wall: scripts/mutants"]
fn mutants_of_every_rule() {
    all_noticed(|_| true);
}
