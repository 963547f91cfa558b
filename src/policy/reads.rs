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
    /// `None`: all of them. Of each, the fields in it; `None`: the whole.
    of_change: Option<BTreeMap<String, Option<BTreeSet<String>>>>,
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
            of_change: Some(BTreeMap::new()),
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
                Some(field) => self.note_of_change(field, path.get(2)),
                None => self.of_change = None,
            }
        }
    }

    fn note_of_change(&mut self, field: &str, inside: Option<&String>) {
        let Some(fields) = &mut self.of_change else { return };
        let known = fields
            .entry(field.to_owned())
            .or_insert_with(|| Some(BTreeSet::new()));
        // A place in a list is no name: then the whole list is read.
        let name = inside.filter(|step| *step != ITEM && step.parse::<usize>().is_err());
        match (name, known.as_mut()) {
            (Some(name), Some(names)) => drop(names.insert(name.clone())),
            (Some(_), None) => {}
            (None, _) => *known = None,
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
                .filter_map(|(name, inside)| Some((name.clone(), part(change.get(name)?, inside.as_ref()))))
                .collect(),
        }
    }

    /// Writes what the rule reads of a change, so that two changes write the same exactly where
    /// the rule cannot tell them apart; `None` when it reads everything, their numbers too.
    pub(crate) fn trace(&self, change: &Map<String, Value>) -> Option<Vec<u8>> {
        let fields = self.of_change.as_ref()?;
        let mut trace = Vec::with_capacity(512);
        let mut note = |value: Option<&Value>| {
            match value {
                Some(value) => serde_json::to_writer(&mut trace, value).ok()?,
                None => trace.push(b'-'),
            }
            trace.push(0);
            Some(())
        };
        for (name, inside) in fields {
            match (change.get(name), inside) {
                (Some(Value::Object(value)), Some(names)) => {
                    names.iter().try_for_each(|name| note(value.get(name)))?;
                }
                // What is no map is told from a map with one field.
                (value, Some(_)) => note(Some(&serde_json::json!(["no map", value])))?,
                (value, None) => note(value)?,
            }
        }
        Some(trace)
    }
}

/// The fields `inside` of a map; of anything else the whole.
fn part(value: &Value, inside: Option<&BTreeSet<String>>) -> Value {
    match (value, inside) {
        (Value::Object(value), Some(names)) => {
            let fields = names.iter().filter_map(|name| value.get_key_value(name));
            let fields = fields.map(|(name, value)| (name.clone(), value.clone()));
            fields.collect::<Map<String, Value>>().into()
        }
        (value, _) => value.clone(),
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
        assert_eq!(some.trace(change).unwrap(), b"1\0-\0");
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
    fn a_part_of_a_part_is_kept_where_nobody_reads_the_whole() {
        let change = json!({"facts": {"quorum": 1, "areas": [1]}, "units": [{"content": 1}]});
        let change = change.as_object().unwrap();
        let some = reads(&["change.facts.quorum", "change.units.0.content"]);
        let part = json!({"facts": {"quorum": 1}, "units": [{"content": 1}]});
        assert_eq!(Value::Object(some.of_change(change)), part);
        let whole = reads(&["change.facts.quorum", "change.facts"]);
        assert_eq!(whole.of_change(change)["facts"], change["facts"]);
        let items = reads(&["change.facts.[]", "change.facts.quorum"]);
        assert_eq!(items.of_change(change)["facts"], change["facts"]);
        let odd = json!({"facts": 7});
        let odd = odd.as_object().unwrap();
        assert_eq!(Value::Object(some.of_change(odd)), json!({"facts": 7}));
        assert_ne!(some.trace(odd), some.trace(change));
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
