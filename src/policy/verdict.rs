//! What a rule answered, read without any goodwill.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Effect, RuleId};

/// The three answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    /// The rule holds.
    Pass,
    /// It does not.
    Fail,
    /// There is nothing to judge.
    Na,
}

/// One reason of a failure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Detail {
    /// The field of the declaration.
    #[serde(default)]
    pub(crate) field: Option<String>,
    /// The message, without the code.
    pub(crate) message: String,
    /// The values of the message.
    #[serde(default)]
    with: BTreeMap<String, Value>,
    /// The effect, where the rule has degrees.
    #[serde(default)]
    pub(crate) effect: Option<Effect>,
}

impl Detail {
    /// The reason of a failure that gives none.
    fn bare() -> Self {
        Self {
            field: None,
            message: "failed".to_owned(),
            with: BTreeMap::new(),
            effect: None,
        }
    }

    /// The values as texts.
    pub(crate) fn values(&self) -> BTreeMap<String, String> {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.with
            .iter()
            .map(|(name, value)| (name.clone(), text(value)))
            .collect()
    }

    /// What is wrong with it.
    fn fault(&self) -> Option<&'static str> {
        let key = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_lowercase())
                && text
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if !key(&self.message) {
            return Some("message");
        }
        if !self.with.keys().all(|name| key(name)) {
            return Some("with");
        }
        let plain = |value: &Value| matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_));
        (!self.with.values().all(plain)).then_some("with")
    }
}

/// A verdict that keeps the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) answer: Answer,
    /// Never empty for a failure, always empty otherwise.
    pub(crate) details: Vec<Detail>,
}

/// Why an answer is no verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VerdictFault {
    /// The set is empty.
    Missing,
    /// It breaks the contract.
    Malformed(String),
}

/// A verdict as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: String,
    result: Answer,
    #[serde(default)]
    details: Vec<Detail>,
}

/// Reads the one verdict of `code` from the value of `verdict`.
pub(crate) fn read(value: Value, code: &RuleId) -> Result<Verdict, VerdictFault> {
    let malformed = |why: &str| Err(VerdictFault::Malformed(why.to_owned()));
    let Value::Array(mut set) = value else {
        return malformed("not a set");
    };
    let Some(only) = set.pop() else {
        return Err(VerdictFault::Missing);
    };
    if !set.is_empty() {
        return malformed("more than one");
    }
    let written: Written = match serde_json::from_value(only) {
        Ok(written) => written,
        Err(error) => return malformed(&error.to_string()),
    };
    if written.rule != code.as_str() {
        return malformed(&format!("it is of the rule {:?}", written.rule));
    }
    if let Some(fault) = written.details.iter().find_map(Detail::fault) {
        return malformed(fault);
    }
    let details = match (written.result, written.details.is_empty()) {
        (Answer::Fail, true) => vec![Detail::bare()],
        (Answer::Fail, false) => written.details,
        (_, true) => Vec::new(),
        (_, false) => return malformed("details without a failure"),
    };
    Ok(Verdict {
        answer: written.result,
        details,
    })
}
