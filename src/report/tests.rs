//! The results of the rules' own tests.

use serde_json::{Value, json};

use super::{Look, Page, Wording, harmless};
use crate::change::Message;
use crate::policy::TestFault;

/// A rule with what its tests showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestedRule {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The rule's file.
    pub file: String,
    /// How many tests and cases were run.
    pub tests: usize,
    /// How many fields were taken out of passing cases, one at a time.
    pub removals: usize,
    /// What is wrong: a test that failed, never seen failing, passes without an input, …
    pub faults: Vec<TestFault>,
    /// Lines that a test reached, in percent.
    pub coverage: Option<u8>,
    /// Lines that none reached.
    pub not_covered: Vec<u32>,
}

/// The results of all rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TestsView {
    /// The rules, in the order of their codes.
    pub rules: Vec<TestedRule>,
    /// The least coverage that is asked for, in percent.
    pub least: Option<u8>,
}

impl TestedRule {
    /// The tests and cases with something wrong.
    pub fn failed(&self) -> usize {
        let mut names: Vec<&str> = self.faults.iter().map(|fault| fault.test.as_str()).collect();
        names.retain(|name| !name.is_empty());
        names.sort_unstable();
        names.dedup();
        names.len().min(self.tests)
    }

    /// Whether fewer lines were reached than asked for.
    pub fn is_below(&self, least: Option<u8>) -> bool {
        least.is_some_and(|least| self.coverage.unwrap_or(0) < least)
    }

    /// Whether there is at least one test and nothing is wrong.
    pub fn sound(&self) -> bool {
        self.tests > 0 && self.faults.is_empty()
    }
}

impl TestsView {
    /// Whether every rule is sound and reached far enough, and there is at least one.
    pub fn sound(&self) -> bool {
        let holds = |rule: &TestedRule| rule.sound() && !rule.is_below(self.least);
        !self.rules.is_empty() && self.rules.iter().all(holds)
    }
}

/// The results for a terminal or a pipe: what is wrong stands below its rule.
pub fn text(wording: &Wording, view: &TestsView, look: Look) -> String {
    let mut page = Page::new(look);
    for rule in &view.rules {
        let word = if rule.sound() && !rule.is_below(view.least) {
            page.good(&wording.label("tests-ok"))
        } else {
            page.bad(&wording.label("tests-failed"))
        };
        page.line(format!("{word}  {}", headline(wording, rule)));
        for line in faults(wording, view, rule) {
            page.indented(4, line);
        }
    }
    page.gap();
    page.line(wording.say(&summary(view)));
    page.finish()
}

fn headline(wording: &Wording, rule: &TestedRule) -> String {
    let mut line = format!(
        "{}  {}  {}/{}",
        harmless(&rule.code),
        harmless(&rule.file),
        rule.tests - rule.failed(),
        rule.tests
    );
    if let Some(percent) = rule.coverage {
        let covered = Message::new("tests-coverage").with("percent", percent);
        line.push_str(&format!("  {}", wording.say(&covered)));
    }
    if !rule.not_covered.is_empty() {
        let lines = Message::new("tests-not-covered").with("lines", ranges(&rule.not_covered));
        line.push_str(&format!("  {}", wording.say(&lines)));
    }
    line
}

/// What is wrong with a rule, each with the test's name and where to look.
fn faults(wording: &Wording, view: &TestsView, rule: &TestedRule) -> Vec<String> {
    let mut lines = Vec::new();
    for fault in &rule.faults {
        let said = wording.say(&fault.message);
        lines.push(match fault.test.as_str() {
            "" => said,
            test => format!("{}: {said}", harmless(test)),
        });
    }
    if rule.tests == 0 && rule.faults.is_empty() {
        lines.push(wording.label("tests-none"));
    }
    if let Some(least) = view.least.filter(|_| rule.is_below(view.least)) {
        lines.push(wording.say(&Message::new("tests-below").with("least", least)));
    }
    if !lines.is_empty() {
        let file = rule.file.replace(".rego", "_test.rego");
        lines.push(wording.say(&Message::new("tests-look").with("file", file)));
    }
    lines
}

fn summary(view: &TestsView) -> Message {
    let failed: usize = view.rules.iter().map(TestedRule::failed).sum();
    let all: usize = view.rules.iter().map(|rule| rule.tests).sum();
    Message::new("tests-summary")
        .with("rules", view.rules.len())
        .with("passed", all - failed)
        .with("failed", failed)
}

/// `3, 7-9`.
fn ranges(lines: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &line in lines {
        match runs.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(line) => *end = line,
            _ => runs.push((line, line)),
        }
    }
    let each = runs.iter().map(|(from, to)| match from == to {
        true => from.to_string(),
        false => format!("{from}-{to}"),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The results for programs: `sekisho/policy-tests/v1`; only `message` is in a language.
pub fn json(wording: &Wording, view: &TestsView) -> Value {
    let rules: Vec<Value> = view
        .rules
        .iter()
        .map(|rule| {
            let fault = |fault: &TestFault| json!({ "test": fault.test, "code": fault.message.key, "message": wording.say(&fault.message) });
            let faults: Vec<Value> = rule.faults.iter().map(fault).collect();
            json!({
                "code": rule.code, "name": rule.name, "file": rule.file,
                "sound": rule.sound() && !rule.is_below(view.least),
                "tests": rule.tests, "failed": rule.failed(), "removals": rule.removals, "faults": faults,
                "coverage": rule.coverage, "not_covered": rule.not_covered,
            })
        })
        .collect();
    json!({ "schema": "sekisho/policy-tests/v1", "sound": view.sound(), "min_coverage": view.least, "rules": rules })
}

#[cfg(test)]
mod ranges_of_lines {
    use super::ranges;

    #[test]
    fn neighbours_are_one_range() {
        assert_eq!(ranges(&[3, 7, 8, 9, 11]), "3, 7-9, 11");
        assert_eq!(ranges(&[]), "");
        assert_eq!(ranges(&[u32::MAX]), "4294967295");
    }
}
