//! A declaration on its way: what is typed so far, with placeholders where something is still to come.

use serde_json::{Map, Value as Json};

use super::item::Item;
use super::{SCHEMA, to_value, write};
use crate::change::Declaration;
use crate::change::text::{Document, Fault, Shape, json};

/// Keys and values of a declaration, not yet typed: `<…>` may stand for anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft(Map<String, Json>);

/// The keys of all levels in the order of the documentation.
const ORDER: &[&str] = &[
    "schema",
    "id",
    "type",
    "title",
    "kind",
    "delivery",
    "targets",
    "service",
    "environment",
    "area",
    "resource",
    "paths",
    "reason",
    "description",
    "references",
    "roles",
    "requester",
    "executor",
    "approvers",
    "verifier",
    "risk",
    "impact",
    "functions",
    "users",
    "downtime",
    "data",
    "visible",
    "money",
    "security",
    "vendors",
    "reversible_until",
    "procedure",
    "plan",
    "tests",
    "what",
    "result",
    "evidence",
    "window",
    "start",
    "end",
    "estimate",
    "depends_on",
    "rollback",
    "strategy",
    "steps",
    "to",
    "decider",
    "decider_alternate",
    "criteria",
    "decide_by",
    "duration",
    "tested",
    "data_correction",
    "point_of_no_return",
    "forward_fix",
    "backup",
    "verification",
    "checks",
    "done_when",
    "observe_for",
    "dashboards",
    "contact",
    "template",
    "params",
    "emergency",
    "temporary",
    "followups",
    "details",
    "salt",
];

impl Draft {
    /// What a file says.
    ///
    /// # Errors
    /// Its faults, when it cannot be read as YAML.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let document = Document::parse(text)?;
        match (&document.root().shape, json::json(document.root(), false)) {
            (Shape::Map(_), Json::Object(map)) => Ok(Self(map)),
            _ => Ok(Self::default()),
        }
    }

    /// What a declaration says.
    pub fn of(declaration: &Declaration) -> Self {
        Self(to_value(declaration))
    }

    /// What `other` says comes in place of what was there; maps are joined.
    pub fn overlay(&mut self, other: Self) {
        join(&mut self.0, other.0);
    }

    /// The value of a field such as `rollback.steps`.
    pub fn get(&self, field: &str) -> Option<&Json> {
        let mut steps = field.split('.');
        let first = self.0.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    }

    /// Sets a field; whatever stands in the way of its map is replaced.
    pub fn set(&mut self, field: &str, value: Json) {
        let mut here = &mut self.0;
        let mut steps: Vec<&str> = field.split('.').collect();
        let Some(last) = steps.pop() else { return };
        for step in steps {
            let next = here.entry(step).or_insert_with(|| Json::Object(Map::new()));
            if !next.is_object() {
                *next = Json::Object(Map::new());
            }
            let Json::Object(map) = next else { return };
            here = map;
        }
        here.insert(last.to_owned(), value);
    }

    /// Fields that hold a placeholder, in the order of the documentation, each with its words. A list of texts
    /// counts as one field; in a list of maps each has its own, `followups[0].what`.
    pub fn placeholders(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        gather(&mut found, "", &self.0);
        found
    }

    /// Every placeholder with its own field, `targets[1]` in a list, in the order of the documentation.
    pub fn placeholder_places(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (field, words) in self.placeholders() {
            match self.get(&field) {
                Some(Json::Array(items)) => {
                    found.extend(items.iter().enumerate().filter_map(|(index, item)| {
                        let words = placeholder(item)?.to_owned();
                        Some((format!("{field}[{index}]"), words))
                    }))
                }
                _ => found.push((field, words)),
            }
        }
        found
    }

    /// The same without its placeholders.
    #[must_use]
    pub fn settled(&self) -> Self {
        let mut map = self.0.clone();
        strip(&mut map);
        Self(map)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut map = self.0.clone();
        map.insert("schema".to_owned(), SCHEMA.into());
        let mut out = String::new();
        if let Some(Item::Map(pairs)) = Item::json(&Json::Object(map)) {
            write::map(&mut out, &ordered(pairs), 0);
        }
        out
    }
}

/// Whether a text only says what is to be written in its place.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    text.len() > 2 && text.starts_with('<') && text.ends_with('>')
}

fn placeholder(value: &Json) -> Option<&str> {
    match value {
        Json::String(text) => Some(text.as_str()).filter(|text| is_placeholder(text)),
        Json::Array(items) => items.iter().find_map(placeholder),
        Json::Object(map) => map.values().find_map(placeholder),
        _ => None,
    }
}

fn gather(found: &mut Vec<(String, String)>, above: &str, map: &Map<String, Json>) {
    let mut keys: Vec<&String> = map.keys().collect();
    keys.sort_by_key(|key| rank(key));
    for key in keys {
        let field = if above.is_empty() {
            key.clone()
        } else {
            format!("{above}.{key}")
        };
        match map.get(key) {
            Some(Json::Object(inside)) => gather(found, &field, inside),
            Some(Json::Array(items)) if items.iter().any(Json::is_object) => {
                for (index, item) in items.iter().enumerate() {
                    if let Json::Object(inside) = item {
                        gather(found, &format!("{field}[{index}]"), inside);
                    }
                }
            }
            Some(value) => found.extend(placeholder(value).map(|words| (field, words.to_owned()))),
            None => {}
        }
    }
}

fn strip(map: &mut Map<String, Json>) {
    for value in map.values_mut() {
        match value {
            Json::Object(inside) => strip(inside),
            Json::Array(items) => items.retain(|item| placeholder(item).is_none()),
            _ => {}
        }
    }
    let empty = |value: &Json| match value {
        Json::Object(inside) => inside.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::String(text) => is_placeholder(text),
        _ => false,
    };
    map.retain(|_, value| !empty(value));
}

fn join(map: &mut Map<String, Json>, other: Map<String, Json>) {
    for (key, value) in other {
        match (map.get_mut(&key), value) {
            (Some(Json::Object(mine)), Json::Object(theirs)) => join(mine, theirs),
            (_, value) => {
                map.insert(key, value);
            }
        }
    }
}

fn rank(key: &str) -> usize {
    ORDER
        .iter()
        .position(|known| *known == key)
        .unwrap_or(ORDER.len())
}

fn ordered(mut pairs: Vec<(String, Item)>) -> Vec<(String, Item)> {
    pairs.sort_by_key(|(key, _)| rank(key));
    let pairs = pairs.into_iter().map(|(key, item)| (key, inside(item)));
    pairs.collect()
}

fn inside(item: Item) -> Item {
    match item {
        Item::Map(pairs) => Item::Map(ordered(pairs)),
        Item::List(items) => Item::List(items.into_iter().map(inside).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        Draft::read(text).unwrap_or_default()
    }

    #[test]
    fn placeholders_are_found_and_can_be_left_out() {
        let draft =
            draft("window: {start: <when>, end: 2026-12-01}\ntitle: <what>\ntests: [<which>, done]\n");
        let fields: Vec<String> = draft.placeholders().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["title", "tests", "window.start"]);
        assert_eq!(draft.settled().get("title"), None);
        assert_eq!(draft.settled().get("tests"), Some(&serde_json::json!(["done"])));
        assert!(draft.settled().placeholders().is_empty());
    }

    #[test]
    fn the_text_is_in_the_order_of_the_documentation() {
        let mut draft = draft("rollback: {duration: 8m, steps: [a]}\ntitle: x\n");
        draft.set("rollback.strategy", "redeploy".into());
        draft.overlay(Draft::of(&Declaration {
            title: Some("y: z".to_owned()),
            ..Declaration::default()
        }));
        assert_eq!(
            draft.text(),
            "schema: sekisho/declaration/v1\ntitle: \"y: z\"\nrollback:\n  strategy: redeploy\n  steps:\n    - a\n  duration: 8m\n"
        );
    }
}
