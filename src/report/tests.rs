//! The results of the rules' own tests.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Look, Page, Wording, harmless};
use crate::change::Message;

/// One test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestResult {
    /// Its name, `test_…`.
    pub name: String,
    /// Whether it passed; a test without a result did not.
    pub passed: bool,
}

/// A rule with its tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestedRule {
    /// The code.
    pub code: String,
    /// The rule's file.
    pub file: String,
    /// Its tests.
    pub tests: Vec<TestResult>,
    /// What is wrong besides: never seen failing, passes without an input, …
    pub faults: Vec<Message>,
    /// Lines that a test reached, in percent.
    pub coverage: Option<u8>,
}

/// The results of all rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TestsView {
    /// The rules, in the order of their codes.
    pub rules: Vec<TestedRule>,
}

impl TestedRule {
    /// Whether all tests passed, there is at least one, and nothing else is wrong.
    pub fn sound(&self) -> bool {
        !self.tests.is_empty() && self.faults.is_empty() && self.tests.iter().all(|test| test.passed)
    }
}

impl TestsView {
    /// Whether every rule is sound and there is at least one.
    pub fn sound(&self) -> bool {
        !self.rules.is_empty() && self.rules.iter().all(TestedRule::sound)
    }

    fn count(&self, passed: bool) -> usize {
        self.rules
            .iter()
            .flat_map(|rule| &rule.tests)
            .filter(|test| test.passed == passed)
            .count()
    }
}

/// The results for a terminal or a pipe.
pub fn text(wording: &Wording, view: &TestsView, look: Look) -> String {
    let mut page = Page::new(look);
    for rule in &view.rules {
        let passed = rule.tests.iter().filter(|test| test.passed).count();
        let word = if rule.sound() {
            page.good(&wording.label("tests-ok"))
        } else {
            page.bad(&wording.label("tests-failed"))
        };
        let mut line = format!(
            "{word}  {}  {}  {passed}/{}",
            harmless(&rule.code),
            harmless(&rule.file),
            rule.tests.len()
        );
        if let Some(percent) = rule.coverage {
            line.push_str(&format!(
                "  {}",
                wording.say(&Message::new("tests-coverage").with("percent", percent))
            ));
        }
        page.line(line);
        for test in rule.tests.iter().filter(|test| !test.passed) {
            page.indented(4, harmless(&test.name));
        }
        for fault in &rule.faults {
            page.indented(4, wording.say(fault));
        }
        if rule.tests.is_empty() {
            page.indented(4, wording.label("tests-none"));
        }
    }
    page.gap();
    let summary = Message::new("tests-summary")
        .with("rules", view.rules.len())
        .with("passed", view.count(true))
        .with("failed", view.count(false));
    page.line(wording.say(&summary));
    page.finish()
}

/// The results for programs: `sekisho/policy-tests/v1`; only `message` is in a language.
pub fn json(wording: &Wording, view: &TestsView) -> Value {
    let rules: Vec<Value> = view
        .rules
        .iter()
        .map(|rule| {
            let faults: Vec<Value> = rule
                .faults
                .iter()
                .map(|fault| json!({ "code": fault.key, "message": wording.say(fault) }))
                .collect();
            json!({
                "code": rule.code, "file": rule.file, "sound": rule.sound(), "tests": rule.tests,
                "faults": faults, "coverage": rule.coverage,
            })
        })
        .collect();
    json!({ "schema": "sekisho/policy-tests/v1", "sound": view.sound(), "rules": rules })
}
