//! Runs the rules' tests, and tries to make every passing case pass without what it rests on.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::catalog::{self, Catalog};
use super::contract::Checked;
use super::program::{Program, RunFault};
use super::rule::{Cell, RuleFile};
use super::syntax::{ITEM, Names, Path, written};
use super::verdict::{self, Answer};
use super::{BundleError, RuleReport, TestFault, TestReport, shape};
use crate::change::Message;
use crate::config::Profile;

/// One case: a dossier as the rule sees it, and the answer that it should have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) name: String,
    #[serde(default)]
    pub(super) ja: Option<String>,
    pub(super) want: Answer,
    input: Value,
}

/// Runs the tests of the shipped rules and of `house` (path and text of rules and tests).
///
/// # Errors
/// [`BundleError`] when a rule or a test file cannot be loaded at all.
pub fn test_run(house: &[(String, String)]) -> Result<TestReport, BundleError> {
    let (_, mut runnable) = Catalog::read(house)?;
    runnable.sort_by(|a, b| a.rule.code.cmp(&b.rule.code));
    let shipped = catalog::shipped_files();
    let mut files: BTreeMap<&str, &str> = shipped
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    files.extend(house.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut rules = Vec::new();
    for checked in &runnable {
        if let Some(file) = checked.rule.file() {
            let path = file.path.replace(".rego", "_test.rego");
            let tests = files.get(path.as_str()).map(|text| (path.as_str(), *text));
            rules.push(run_rule(checked, file, tests)?);
        }
    }
    Ok(TestReport { rules })
}

/// The tests of one rule.
fn run_rule(
    checked: &Checked,
    file: &RuleFile,
    tests: Option<(&str, &str)>,
) -> Result<RuleReport, BundleError> {
    let mut report = RuleReport {
        code: checked.rule.code.clone(),
        name: checked.rule.name.clone(),
        path: file.path.clone(),
        house: file.house,
        tests: 0,
        removals: 0,
        covered: Vec::new(),
        not_covered: Vec::new(),
        faults: Vec::new(),
    };
    let Some((path, source)) = tests else {
        report.fault("", Message::new("test-no-file"));
        return Ok(report);
    };
    let (_, own) = Program::parse(&file.path, &file.source)?;
    let (_, names) = Program::parse(path, source)?;
    let package = format!("{}_test", file.package);
    if names.package != package {
        return Err(BundleError::file(
            path,
            Message::new("policy-package").with("package", &names.package),
        ));
    }
    let mut bench = Bench {
        checked,
        names: own,
        file,
        program: checked.program.clone().with(path, source)?,
        seen: BTreeSet::new(),
        report,
    };
    bench.program.watch_lines();
    let tests: Vec<&String> = names
        .rules
        .keys()
        .filter(|name| name.starts_with("test_"))
        .collect();
    for test in tests {
        bench.test(&package, test);
    }
    bench.cases(&package, names.rules.contains_key("cases"));
    bench.answers();
    (bench.report.covered, bench.report.not_covered) = bench.program.lines(&file.path);
    Ok(bench.report)
}

impl RuleReport {
    fn fault(&mut self, test: &str, message: Message) {
        self.faults.push(TestFault {
            test: test.to_owned(),
            message,
        });
    }
}

/// One rule with its tests, ready to run.
struct Bench<'a> {
    checked: &'a Checked,
    names: Names,
    file: &'a RuleFile,
    program: Program,
    seen: BTreeSet<Answer>,
    report: RuleReport,
}

impl Bench<'_> {
    /// A `test_…` rule: anything but true has failed, being undefined included.
    fn test(&mut self, package: &str, test: &str) {
        self.report.tests += 1;
        let value = self.program.run_here(
            &format!("data.{package}.{test}"),
            &Value::Object(Default::default()),
        );
        match value {
            Ok(Value::Bool(true)) => {}
            Ok(_) | Err(RunFault::Undefined) => self.report.fault(test, Message::new("test-failed")),
            Err(RunFault::TimedOut) => self.report.fault(test, Message::new("test-timed-out")),
            Err(RunFault::Failed(why)) => self
                .report
                .fault(test, Message::new("test-error").with("why", why)),
        }
    }

    /// All cases of the file.
    fn cases(&mut self, package: &str, defined: bool) {
        if !defined {
            return self.report.fault("cases", Message::new("test-no-cases"));
        }
        match cases_of(&mut self.program, package) {
            Ok(cases) => cases.into_iter().for_each(|case| self.case(case)),
            Err(why) => self
                .report
                .fault("cases", Message::new("test-error").with("why", why)),
        }
    }

    /// One case, and what is left of it when a field is taken out.
    fn case(&mut self, mut case: Case) {
        self.report.tests += 1;
        let params = self.checked.rule.parameters.of(Profile::default());
        if let Value::Object(input) = &mut case.input {
            input
                .entry("params")
                .or_insert_with(|| Value::Object(params.clone()));
        }
        let shape = shape::of(self.checked.rule.scope, &params);
        if let Some(path) = leaves(&case.input)
            .into_iter()
            .find(|path| !shape::known(&shape, path))
        {
            let message = Message::new("test-unknown-field").with("path", written(&path));
            self.report.fault(&case.name, message);
        }
        match self.answer(&case.input) {
            Ok(answer) if answer == case.want => {
                self.seen.insert(answer);
            }
            Ok(answer) => {
                let message = Message::new("test-answer")
                    .with("found", format!("{answer:?}").to_lowercase())
                    .with("wanted", format!("{:?}", case.want).to_lowercase());
                self.report.fault(&case.name, message);
            }
            Err(why) => self
                .report
                .fault(&case.name, Message::new("test-error").with("why", why)),
        }
        if case.want == Answer::Pass {
            self.without(&case);
        }
    }

    /// Takes out every field that the rule names, one at a time: none may be missing and the
    /// rule still pass.
    fn without(&mut self, case: &Case) {
        let named = self.names.inputs.keys();
        let prefixes: BTreeSet<Path> = named
            .flat_map(|path| (1..=path.len()).map(|n| path.iter().take(n).cloned().collect()))
            .collect();
        for path in prefixes {
            let mut input = case.input.clone();
            if !remove(&mut input, &path) {
                continue;
            }
            self.report.removals += 1;
            if self.answer(&input) == Ok(Answer::Pass) {
                let message = Message::new("test-passes-without").with("path", written(&path));
                self.report.fault(&case.name, message);
            }
        }
    }

    /// Every rule is seen holding, failing and, unless it always applies, not applying.
    fn answers(&mut self) {
        let rule = &self.checked.rule;
        let always = rule.always_applies || rule.effect.all().contains(&Cell::Never);
        for (answer, word) in [(Answer::Pass, "pass"), (Answer::Fail, "fail"), (Answer::Na, "na")] {
            let excused = answer == Answer::Na && always;
            if !self.seen.contains(&answer) && !excused {
                self.report
                    .fault("", Message::new("test-never-seen").with("answer", word));
            }
        }
    }

    /// The rule's answer.
    fn answer(&mut self, input: &Value) -> Result<Answer, String> {
        let query = format!("data.{}.verdict", self.file.package);
        let value = self
            .program
            .run_here(&query, input)
            .map_err(|fault| format!("{fault:?}"))?;
        let verdict = verdict::read(value, &self.checked.rule.code).map_err(|fault| format!("{fault:?}"))?;
        Ok(verdict.answer)
    }
}

/// The cases of a test file that is loaded.
pub(super) fn cases_of(program: &mut Program, package: &str) -> Result<Vec<Case>, String> {
    let nothing = Value::Object(Default::default());
    let value = program.run_here(&format!("data.{package}.cases"), &nothing);
    let value = value.map_err(|fault| format!("{fault:?}"))?;
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// Takes a field out, of every element where the path goes through a list; whether there was one.
fn remove(value: &mut Value, path: &[String]) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return false;
    };
    match (value, rest.is_empty()) {
        (Value::Object(fields), true) => fields.remove(step).is_some(),
        (Value::Object(fields), false) if step == ITEM => fields
            .values_mut()
            .fold(false, |any, next| remove(next, rest) | any),
        (Value::Object(fields), false) => fields.get_mut(step).is_some_and(|next| remove(next, rest)),
        (Value::Array(items), false) if step == ITEM => {
            items.iter_mut().fold(false, |any, next| remove(next, rest) | any)
        }
        _ => false,
    }
}

/// The paths to everything in a document that holds nothing further.
fn leaves(value: &Value) -> Vec<Path> {
    let below = |step: &str, next: &Value| {
        let mut paths = leaves(next);
        paths.iter_mut().for_each(|path| path.insert(0, step.to_owned()));
        paths
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().flat_map(|(step, next)| below(step, next)).collect()
        }
        Value::Array(items) if !items.is_empty() => items.iter().flat_map(|next| below(ITEM, next)).collect(),
        _ => vec![Path::new()],
    }
}
