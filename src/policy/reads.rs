//! Which part of its input a rule reads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::catalog;
use super::syntax::{ITEM, Names, Path};
use crate::change::Digest;

/// The fields that a rule's file names: of the input, and of the change in it. A rule cannot
/// reach others: the contract refuses `input` as a whole, imports and `with`, so that every way
/// into the input is written down as a reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reads {
    /// `None`: all of them.
    fields: Option<BTreeSet<String>>,
    /// `None`: all of them.
    of_change: Option<BTreeSet<String>>,
}

/// What one shipped file reads, with the digest of the text of which that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    source: Digest,
    package: String,
    reads: Reads,
}

impl Reads {
    /// The package of a shipped file and what it reads, where `policies/reads.json` knows exactly this
    /// text. Taking a syntax tree apart costs more than running the rule.
    pub(crate) fn listed(path: &str, source: &str) -> Option<(String, Self)> {
        static LIST: LazyLock<BTreeMap<String, Listed>> =
            LazyLock::new(|| serde_json::from_str(catalog::reads_list()).unwrap_or_default());
        let known = LIST.get(path)?;
        (known.source == Digest::of(source.as_bytes())).then(|| (known.package.clone(), known.reads.clone()))
    }

    /// What a file reads, by its names.
    pub(crate) fn of(names: &Names) -> Self {
        let mut reads = Self {
            fields: Some(BTreeSet::new()),
            of_change: Some(BTreeSet::new()),
        };
        names.inputs.keys().for_each(|path| reads.note(path));
        reads
    }

    fn note(&mut self, path: &Path) {
        let known = |step: &&String| *step != ITEM;
        match path.first().filter(known) {
            Some(field) => drop(self.fields.as_mut().map(|fields| fields.insert(field.clone()))),
            None => self.fields = None,
        }
        if path.first().is_none_or(|step| step == "change" || step == ITEM) {
            match path.get(1).filter(known) {
                Some(field) => drop(self.of_change.as_mut().map(|fields| fields.insert(field.clone()))),
                None => self.of_change = None,
            }
        }
    }

    /// Whether the rule reads this field of the input.
    pub(crate) fn field(&self, name: &str) -> bool {
        self.fields.as_ref().is_none_or(|fields| fields.contains(name))
    }

    /// What the rule reads of a change.
    pub(crate) fn of_change(&self, change: &Map<String, Value>) -> Map<String, Value> {
        match &self.of_change {
            None => change.clone(),
            Some(fields) => fields
                .iter()
                .filter_map(|name| change.get_key_value(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        }
    }

    /// Writes what the rule reads of a change, so that two changes write the same exactly where
    /// the rule cannot tell them apart; `None` when it reads everything, their numbers too.
    pub(crate) fn trace(&self, change: &Map<String, Value>) -> Option<Vec<u8>> {
        let fields = self.of_change.as_ref()?;
        let mut trace = Vec::with_capacity(512);
        for name in fields {
            match change.get(name) {
                Some(value) => serde_json::to_writer(&mut trace, value).ok()?,
                None => trace.push(b'-'),
            }
            trace.push(0);
        }
        Some(trace)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::policy::contract;
    use crate::policy::program::Program;

    fn reads(paths: &[&str]) -> Reads {
        let path = |text: &&str| (text.split('.').map(str::to_owned).collect(), 1);
        Reads::of(&Names {
            inputs: paths.iter().map(path).collect(),
            ..Names::default()
        })
    }

    #[test]
    fn keeps_what_is_named_and_no_more() {
        let change = json!({"id": "A", "facts": {"quorum": 1}, "risk": "low"});
        let change = change.as_object().unwrap();
        let some = reads(&["change.facts.quorum", "request.kind", "change.gone"]);
        assert!(some.field("request") && !some.field("coverage"));
        assert_eq!(
            Value::Object(some.of_change(change)),
            json!({"facts": {"quorum": 1}})
        );
        assert_eq!(some.trace(change).unwrap(), b"{\"quorum\":1}\0-\0");
    }

    /// To write the list anew: `SEKISHO_WRITE_READS=1 cargo test --lib list_of_what`.
    #[test]
    fn the_list_of_what_rules_read_is_up_to_date() {
        let files = catalog::shipped_files();
        let rules = files.iter().filter(|(path, _)| catalog::is_rule(path));
        let list: BTreeMap<&String, Listed> = rules
            .map(|(path, source)| {
                contract::check(path, source, false).unwrap();
                let (_, names) = Program::parse(path, source).unwrap();
                let listed = Listed {
                    source: Digest::of(source.as_bytes()),
                    reads: Reads::of(&names),
                    package: names.package,
                };
                (path, listed)
            })
            .collect();
        let text = serde_json::to_string_pretty(&list).unwrap() + "\n";
        #[allow(clippy::disallowed_methods)]
        if std::env::var_os("SEKISHO_WRITE_READS").is_some() {
            std::fs::write("policies/reads.json", &text).unwrap();
        } else {
            assert_eq!(
                catalog::reads_list(),
                text,
                "SEKISHO_WRITE_READS=1 cargo test --lib list_of_what"
            );
        }
    }

    #[test]
    fn another_text_is_not_taken_for_the_listed_one() {
        let (path, source) = catalog::shipped_files()
            .into_iter()
            .find(|(path, _)| catalog::is_rule(path))
            .unwrap();
        assert!(Reads::listed(&path, source).is_some());
        assert!(Reads::listed(&path, &format!("{source} ")).is_none());
        assert!(Reads::listed("policies/else.rego", source).is_none());
    }

    #[test]
    fn what_is_passed_on_whole_is_kept_whole() {
        let change = json!({"id": "A", "risk": "low"});
        let change = change.as_object().unwrap();
        for paths in [
            &["change"][..],
            &["change.[]"],
            &["[]"],
            &["change.risk", "change"],
        ] {
            let all = reads(paths);
            assert_eq!(&all.of_change(change), change, "{paths:?}");
            assert_eq!(all.trace(change), None, "{paths:?}");
        }
        assert!(reads(&["[]"]).field("coverage"));
        assert!(!reads(&["change"]).field("coverage"));
    }
}
