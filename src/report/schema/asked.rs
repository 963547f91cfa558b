//! From what a reader asks for to a schema of the files that it accepts.

use serde_json::{Map, Value, json};

use crate::change::text::{Ask, Asked};
use crate::report::Wording;

/// Whatever YAML can hold but nothing at all, which no file may hold.
const ANYTHING: [&str; 5] = ["string", "number", "boolean", "array", "object"];

/// The schema of a value at `path`, with descriptions where the wording has them.
pub(super) fn of(asked: &Asked, path: &[&str], wording: &Wording) -> Map<String, Value> {
    let mut ways = Vec::new();
    if asked.asks.contains(&Ask::Map) || asked.asks.contains(&Ask::Named) {
        ways.push(map(asked, path, wording));
    }
    if let Some(single) = single(asked) {
        ways.push(single);
    }
    if let (true, Some(item)) = (asked.asks.contains(&Ask::List), &asked.item) {
        let item = Value::Object(of(item, path, wording));
        ways.push(json!({ "type": "array", "items": item }));
        ways.push(item);
    }
    if ways.is_empty() {
        ways.push(json!({ "type": ANYTHING }));
    }
    ways.dedup();
    let mut schema = match ways.as_slice() {
        [Value::Object(only)] => only.clone(),
        _ => Map::from_iter([("anyOf".to_owned(), Value::Array(ways))]),
    };
    match description(path, wording) {
        Some(text) => schema.insert("description".to_owned(), text.into()),
        None => schema.remove("description"),
    };
    schema
}

/// A map: every key that the reader knows, and no other.
fn map(asked: &Asked, path: &[&str], wording: &Wording) -> Value {
    let inner = |key| [path, &[key]].concat();
    let properties: Map<String, Value> = asked
        .keys
        .iter()
        .map(|(key, inside)| (key.clone(), of(inside, &inner(key.as_str()), wording).into()))
        .collect();
    let required: Vec<&String> = asked
        .keys
        .iter()
        .filter(|(_, inside)| inside.asks.contains(&Ask::Required))
        .map(|(key, _)| key)
        .collect();
    let others = match &asked.named {
        Some(inside) => Value::Object(of(inside, &inner("any"), wording)),
        None => asked.asks.contains(&Ask::Named).into(),
    };
    let mut schema = json!({ "type": "object", "additionalProperties": others });
    if !properties.is_empty() {
        schema["properties"] = properties.into();
    }
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// A single value: all that is asked of it narrows it, words that it may be besides widen it.
fn single(asked: &Asked) -> Option<Value> {
    let mut words: Vec<Value> = Vec::new();
    let mut schema = None;
    let mut limits = Map::new();
    for ask in &asked.asks {
        match ask {
            // A number in the file is as good as the same text.
            Ask::Literal(word) => words.extend(
                [
                    word.parse::<u64>().ok().map(Value::from),
                    Some(word.as_str().into()),
                ]
                .into_iter()
                .flatten(),
            ),
            Ask::Word(all) => words.extend(all.iter().map(|word| Value::from(*word))),
            Ask::Scalar("word") => {}
            Ask::Scalar(sort) => schema = Some(sorted(sort, schema.take())),
            Ask::Range(least, most) => {
                limits.insert("minimum".to_owned(), (*least).into());
                limits.insert("maximum".to_owned(), (*most).into());
            }
            Ask::Length(most) => {
                limits.insert("maxLength".to_owned(), (*most).into());
            }
            _ => {}
        }
    }
    if let Some(schema) = schema.as_mut().and_then(Value::as_object_mut) {
        schema.extend(limits);
    }
    match (schema, words.is_empty()) {
        (schema, true) => schema,
        (None, false) => Some(json!({ "enum": words })),
        (Some(schema), false) => Some(json!({ "anyOf": [{ "enum": words }, schema] })),
    }
}

/// The schema of one sort of value; a text that is also asked for as something narrower is that.
fn sorted(sort: &str, before: Option<Value>) -> Value {
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match sort {
        "bool" => json!({ "type": "boolean" }),
        "whole" => json!({ "type": "integer", "minimum": 0 }),
        "duration" => pattern("^[0-9]+(s|m|h|d|w|bd)$"),
        "moment" => pattern(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|z|[+-]\d{2}(:?\d{2})?)?$"),
        "day" => pattern(r"^\d{4}-\d{2}-\d{2}$"),
        "time" => pattern(r"^([01]\d|2[0-3]):[0-5]\d$"),
        "secret" => pattern(r"^(\$\{[A-Za-z_][A-Za-z0-9_]*\}|file:.*\S.*)$"),
        "name" => {
            json!({ "type": ["string", "number"], "pattern": r"^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$", "maxLength": 64 })
        }
        // Numbers and truth values count as they were written.
        _ => before.unwrap_or_else(|| json!({ "type": ["string", "number", "boolean"], "minLength": 1 })),
    }
}

/// The words for a path: for the whole of it, else for its last keys, else for the last one.
fn description(path: &[&str], wording: &Wording) -> Option<String> {
    let keys: Vec<&str> = path.iter().copied().filter(|key| *key != "any").collect();
    if path.last() == Some(&"any") {
        return None;
    }
    (0..keys.len())
        .map(|from| format!("schema-{}", keys.get(from..).unwrap_or_default().join("-")))
        .find(|id| wording.knows(id))
        .map(|id| wording.label(&id))
}
