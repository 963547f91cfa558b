//! The shipped rules and their test cases, run beside the program's own way of running them.

use std::path::{Path, PathBuf};

use regorus::{Engine, Value};
use sekisho::config::Profile;
use sekisho::policy::Catalog;

/// A rule's file and its test's.
pub(crate) struct RuleFiles {
    /// Such as `policies/approval/quorum.rego`.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// Its test.
    pub test: String,
    /// Such as `sekisho.approval.quorum`.
    pub package: String,
    /// Its parameters as they are shipped.
    params: Value,
}

impl RuleFiles {
    /// An engine with `rule` in the place of the rule, and the test.
    pub(crate) fn engine(&self, rule: &str) -> Result<Engine, String> {
        let mut engine = Engine::new();
        engine.set_strict_builtin_errors(true);
        for (path, text) in [(self.path.as_str(), rule), ("test.rego", &self.test)] {
            engine
                .add_policy(path.to_owned(), text.to_owned())
                .map_err(|error| error.to_string())?;
        }
        Ok(engine)
    }

    /// The entry point of the verdict.
    pub(crate) fn verdict(&self) -> String {
        format!("data.{}.verdict", self.package)
    }

    /// The cases: name, wanted answer, input with every parameter of the rule.
    pub(crate) fn cases(&self) -> Vec<(String, String, Value)> {
        let mut engine = self.engine(&self.rule).unwrap();
        engine.set_input(Value::new_object());
        let cases = engine
            .eval_rule(format!("data.{}_test.cases", self.package))
            .unwrap();
        let text = |value: &Value| value.as_string().unwrap().to_string();
        let cases = cases.as_set().unwrap().iter().map(|case| {
            let mut input = case["input"].clone();
            if input["params"] == Value::Undefined {
                let fields = input.as_object_mut().unwrap();
                fields.insert(Value::from("params"), self.params.clone());
            }
            (text(&case["name"]), text(&case["want"]), input)
        });
        cases.collect()
    }
}

/// Every shipped rule that has a test.
pub(crate) fn shipped() -> Vec<RuleFiles> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalog = Catalog::shipped().unwrap();
    let params = |path: &str| {
        let rule = catalog
            .all()
            .find(|rule| rule.file().is_some_and(|file| file.path == path));
        let params = rule.unwrap().parameters.of(Profile::default());
        Value::from_json_str(&serde_json::Value::Object(params).to_string()).unwrap()
    };
    let mut all = Vec::new();
    for group in folders(&top.join("policies")) {
        for test in folders(&group) {
            let name = test.to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix("_test.rego") else {
                continue;
            };
            let path = format!("{stem}.rego");
            let rule = std::fs::read_to_string(&path).unwrap();
            let package = rule
                .lines()
                .find_map(|line| line.strip_prefix("package "))
                .unwrap();
            let path = path.strip_prefix(top.to_str().unwrap()).unwrap()[1..].to_owned();
            all.push(RuleFiles {
                params: params(&path),
                path,
                package: package.to_owned(),
                test: std::fs::read_to_string(&test).unwrap(),
                rule,
            });
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(all.len() > 10, "{} rules", all.len());
    all
}

fn folders(at: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(at)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect()
}
