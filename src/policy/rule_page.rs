//! One rule as it is in force somewhere, with examples from its tests.

use serde::Serialize;

use super::bundle::Bundle;
use super::catalog;
use super::explanation::InForceParameter;
use super::program::Program;
use super::rule::Rule;
use super::test_run::cases_of;
use super::{Effect, RuleId, Said};

/// A case of a rule's tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// What it is called, in the words of the test.
    pub name: String,
    /// The same in Japanese, where the test says it.
    #[serde(skip)]
    pub name_ja: Option<String>,
    /// What the rule says about it.
    pub said: Said,
}

/// A rule and what a repository made of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulePage {
    /// The rule as it is shipped, or as the repository wrote it.
    pub rule: Rule,
    /// Whether it is switched off.
    pub off: bool,
    /// The effect that is set instead of the rule's own.
    pub set: Option<Effect>,
    /// Why it is lower than shipped.
    pub lowered_because: Option<String>,
    /// The parameters in force.
    pub parameters: Vec<InForceParameter>,
}

impl RulePage {
    /// Every rule of a bundle, in the order of their codes.
    pub fn all(bundle: &Bundle) -> Vec<Self> {
        bundle
            .catalog()
            .all()
            .map(|rule| Self::new(bundle, rule))
            .collect()
    }

    /// The rule with this code.
    pub fn of(bundle: &Bundle, code: &RuleId) -> Option<Self> {
        Some(Self::new(bundle, bundle.catalog().get(code)?))
    }

    fn new(bundle: &Bundle, rule: &Rule) -> Self {
        let active = bundle.active_of(&rule.code);
        let chosen = active.and_then(|active| active.chosen.as_ref());
        Self {
            rule: rule.clone(),
            off: active.is_some_and(|active| active.is_off()),
            set: chosen.and_then(|chosen| chosen.effect),
            lowered_because: chosen.and_then(|chosen| chosen.reason.clone()),
            parameters: active.map(|active| active.parameters()).unwrap_or_default(),
        }
    }
}

impl Example {
    /// The cases of a rule's tests, by name; `house` has the files of the repository (path and
    /// text). None for a rule without a file or without tests that can be read.
    pub fn of(rule: &Rule, house: &[(String, String)]) -> Vec<Self> {
        let mut found = cases(rule, house).unwrap_or_default();
        found.sort_by(|a, b| (a.said, &a.name).cmp(&(b.said, &b.name)));
        found
    }
}

fn cases(rule: &Rule, house: &[(String, String)]) -> Option<Vec<Example>> {
    let file = rule.file()?;
    let path = file.path.replace(".rego", "_test.rego");
    let shipped = catalog::shipped_files();
    let tests = match file.house {
        true => house.iter().find(|(known, _)| *known == path)?.1.as_str(),
        false => shipped.get(&path)?,
    };
    let program = Program::read(&file.path, &file.source).ok()?;
    let mut program = program.with(&path, tests).ok()?;
    let cases = cases_of(&mut program, &format!("{}_test", file.package)).ok()?;
    let example = |case: super::test_run::Case| Example {
        name: case.name,
        name_ja: case.ja,
        said: case.want.into(),
    };
    Some(cases.into_iter().map(example).collect())
}
