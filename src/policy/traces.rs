//! Tells changes apart as rules do: by the part that they read.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::reads::Reads;

/// A field of a change, or a field in it.
type Cell = (String, Option<String>);

/// What rules read of changes. What many rules read is written down and compared once.
pub(super) struct Traces {
    cells: Vec<Cell>,
    /// The values that each cell had, numbered.
    known: Vec<HashMap<Vec<u8>, u32>>,
    /// The cells that each rule reads; `None` for one that reads everything.
    of_rules: Vec<Option<Vec<usize>>>,
}

impl Traces {
    /// For these rules.
    pub(super) fn of<'a>(rules: impl Iterator<Item = &'a Reads>) -> Self {
        let mut places: BTreeMap<Cell, usize> = BTreeMap::new();
        let mut place = |cell: Cell| {
            let next = places.len();
            *places.entry(cell).or_insert(next)
        };
        let of_rules = rules
            .map(|reads| Some(reads.cells()?.into_iter().map(&mut place).collect()))
            .collect();
        let mut cells: Vec<(usize, Cell)> = places.into_iter().map(|(cell, place)| (place, cell)).collect();
        cells.sort_unstable_by_key(|(place, _)| *place);
        Self {
            known: vec![HashMap::new(); cells.len()],
            cells: cells.into_iter().map(|(_, cell)| cell).collect(),
            of_rules,
        }
    }

    /// The number of every cell's value in a change; `None` when one cannot be written.
    pub(super) fn numbers(&mut self, change: &Map<String, Value>) -> Option<Vec<u32>> {
        let mut text = Vec::with_capacity(512);
        let pairs = self.cells.iter().zip(&mut self.known);
        pairs
            .map(|(cell, known)| {
                text.clear();
                write(cell, change, &mut text)?;
                if let Some(number) = known.get(text.as_slice()) {
                    return Some(*number);
                }
                let number = u32::try_from(known.len()).ok()?;
                known.insert(text.clone(), number);
                Some(number)
            })
            .collect()
    }

    /// What tells the change with these numbers from others for one rule.
    pub(super) fn of_rule(&self, place: usize, numbers: &[u32]) -> Option<Vec<u32>> {
        let cells = self.of_rules.get(place)?.as_ref()?;
        cells.iter().map(|cell| numbers.get(*cell).copied()).collect()
    }
}

/// Writes what a change has in a cell, so that no two values are written alike.
fn write((name, inside): &Cell, change: &Map<String, Value>, text: &mut Vec<u8>) -> Option<()> {
    let (mark, value) = match (change.get(name), inside) {
        (Some(Value::Object(fields)), Some(inside)) => (b'i', fields.get(inside)),
        (value, Some(_)) => (b'o', value),
        (value, None) => (b'w', value),
    };
    text.push(mark);
    match value {
        Some(value) => serde_json::to_writer(text, value).ok(),
        None => Some(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::policy::catalog;

    fn shipped() -> Vec<Reads> {
        let files = catalog::shipped_files();
        let listed = files
            .iter()
            .filter_map(|(path, source)| Reads::listed(path, source));
        listed.map(|(_, reads)| reads).collect()
    }

    fn change() -> impl Strategy<Value = Value> {
        let value = prop_oneof![
            Just(None),
            Just(Some(json!(null))),
            Just(Some(json!(""))),
            Just(Some(json!([]))),
            Just(Some(json!({}))),
            Just(Some(json!({"schedule": 1, "quorum": "-"}))),
            Just(Some(json!({"schedule": null, "template": {}}))),
            Just(Some(json!(["no map", {"schedule": 1}]))),
        ];
        let names = [
            "facts",
            "risk",
            "type",
            "units",
            "declaration",
            "roles",
            "approvals",
        ];
        prop::collection::vec(value, names.len()).prop_map(move |values| {
            let fields = names.iter().zip(values);
            fields
                .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
                .collect::<Map<String, Value>>()
                .into()
        })
    }

    proptest! {
        /// Two changes have one trace exactly where all that the rule reads is the same.
        #[test]
        fn a_trace_tells_apart_what_the_rule_can(one in change(), other in change()) {
            let rules = shipped();
            let mut traces = Traces::of(rules.iter());
            let (one, other) = (one.as_object().cloned().unwrap_or_default(), other.as_object().cloned().unwrap_or_default());
            let numbers = (traces.numbers(&one), traces.numbers(&other));
            let (Some(ones), Some(others)) = numbers else { panic!("plain values can be written") };
            for (place, reads) in rules.iter().enumerate() {
                let trace = traces.of_rule(place, &ones);
                prop_assert_eq!(trace.is_some(), reads.trace(&one).is_some());
                if trace.is_some() {
                    let same = trace == traces.of_rule(place, &others);
                    prop_assert_eq!(same, reads.of_change(&one) == reads.of_change(&other), "{:?}", reads);
                    prop_assert!(!same || reads.trace(&one) == reads.trace(&other), "{:?}", reads);
                }
            }
        }
    }
}
