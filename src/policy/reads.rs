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
    /// Whether it only looks at how many changes a deployment has.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    counts_changes: bool,
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
            counts_changes: false,
        };
        names.inputs.keys().for_each(|path| reads.note(path));
        let asked = |fields: &BTreeSet<String>| fields.contains("changes");
        let mut changes = names
            .inputs
            .keys()
            .filter(|path| path.first().is_some_and(|step| step == "changes"));
        reads.counts_changes = reads.fields.as_ref().is_some_and(asked)
            && changes.all(|path| path.len() == 1 && !names.whole.contains(path));
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

    /// The fields that the rule reads of a change, and those in them; `None` when it reads everything,
    /// the change's number too.
    pub(crate) fn cells(&self) -> Option<Vec<(String, Option<String>)>> {
        let fields = self.of_change.as_ref()?;
        let mut cells = Vec::new();
        for (name, inside) in fields {
            match inside {
                Some(names) => cells.extend(names.iter().map(|inside| (name.clone(), Some(inside.clone())))),
                None => cells.push((name.clone(), None)),
            }
        }
        Some(cells)
    }

    /// Whether the rule reads what the changes of a deployment are.
    pub(crate) fn reads_changes(&self) -> bool {
        self.field("changes") && !self.counts_changes
    }

    /// What the rule is given as the changes of a deployment; `None` when it does not ask.
    pub(crate) fn of_changes(&self, changes: &[Value]) -> Option<Vec<Value>> {
        if !self.field("changes") {
            return None;
        }
        Some(match self.counts_changes {
            true => vec![Value::Object(Map::new()); changes.len()],
            false => changes.to_vec(),
        })
    }

    /// Writes what the rule reads of a change, so that two changes write the same exactly where
    /// the rule cannot tell them apart; `None` when it reads everything, their numbers too.
    #[cfg(test)]
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
            whole: paths.iter().map(|text| path(text).0).collect(),
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
    fn changes_are_given_whole_unless_they_are_only_counted() {
        let counts = |body: &str| {
            let source = format!("package p\n\nimport rego.v1\n\n{body}");
            let (_, names) = Program::parse("p.rego", &source).unwrap();
            Reads::of(&names).counts_changes
        };
        for counted in [
            "verdict contains 1 if count(input.changes) > 1",
            "verdict contains 1 if { is_array(input.changes); input.params.x == count(input[\"changes\"]) }",
        ] {
            assert!(counts(counted), "{counted}");
        }
        for whole in [
            "verdict contains 1 if input.params.x == 1",
            "verdict contains 1 if { count(input.changes) > 1; input.changes[0] }",
            "verdict contains 1 if count(input.changes[_]) > 1",
            "verdict contains 1 if count(input.changes[0].units) > 1",
            "verdict contains 1 if { some change in input.changes; count(input.changes) > 1; change.id }",
            "verdict contains 1 if { all := input.changes; count(all) > 1 }",
            "verdict contains 1 if { all := input; count(all.changes) > 1; all[\"changes\"][0] }",
            "verdict contains 1 if count([x | x := input.changes[_]]) > 1",
            "verdict contains 1 if count(array.concat(input.changes, [])) > 1",
            "verdict contains 1 if count(input[_]) > 1",
            "verdict contains 1 if { count(input.changes) > 1; input[input.params.x] }",
            "f(x) := x[0]\n\nverdict contains 1 if { count(input.changes) > 1; f(input.changes) }",
            "count(x) := x[0]\n\nverdict contains 1 if count(input.changes) > 1",
            "is_array(x) := x[0]\n\nverdict contains 1 if is_array(input.changes)",
            "verdict contains 1 if { every change in input.changes { change.id }; count(input.changes) > 1 }",
        ] {
            assert!(!counts(whole), "{whole}");
        }
        let mut reads = reads(&["changes"]);
        let changes = [json!({"id": "A"}), json!({"id": "B"})];
        assert_eq!(reads.of_changes(&changes).unwrap(), changes);
        reads.counts_changes = true;
        assert_eq!(reads.of_changes(&changes).unwrap(), [json!({}), json!({})]);
        assert_eq!(super::tests::reads(&["request"]).of_changes(&changes), None);
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
