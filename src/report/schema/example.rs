//! From an example in which nothing is left out to a schema: the type's own reader is asked what
//! it can do without.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The schema of `T`, of which `example` has every field and one item in every list.
pub(super) fn of<T: DeserializeOwned>(example: &Value) -> Map<String, Value> {
    let mut probe = Probe {
        example: example.clone(),
        reads: &|value| serde_json::from_value::<T>(value.clone()).map(|_| ()),
    };
    match probe.at("", example) {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

struct Probe<'r> {
    example: Value,
    reads: &'r dyn Fn(&Value) -> Result<(), serde_json::Error>,
}

impl Probe<'_> {
    /// The schema of the value at a JSON pointer.
    fn at(&mut self, pointer: &str, value: &Value) -> Value {
        let mut schema = match value {
            Value::Null => json!({}),
            Value::Bool(_) => json!({ "type": "boolean" }),
            Value::Number(number) if number.is_f64() => json!({ "type": "number" }),
            Value::Number(_) => self.number(pointer),
            Value::String(_) => self.text(pointer),
            Value::Array(items) => match items.first() {
                Some(item) => json!({ "type": "array", "items": self.at(&format!("{pointer}/0"), item) }),
                None => json!({ "type": "array" }),
            },
            Value::Object(fields) => self.map(pointer, fields),
        };
        if !pointer.is_empty() && self.accepts(pointer, Some(Value::Null)) && !pointer.ends_with("/0") {
            schema = nullable(schema);
        }
        schema
    }

    fn map(&mut self, pointer: &str, fields: &Map<String, Value>) -> Value {
        if fields.is_empty() {
            return json!({ "type": "object" });
        }
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (name, value) in fields {
            let inside = format!("{pointer}/{name}");
            properties.insert(name.clone(), self.at(&inside, value));
            if !self.accepts(&inside, None) {
                required.push(name.clone());
            }
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }

    fn number(&self, pointer: &str) -> Value {
        match self.accepts(pointer, Some((-1).into())) {
            true => json!({ "type": "integer" }),
            false => json!({ "type": "integer", "minimum": 0 }),
        }
    }

    /// A text; one of a closed list where the reader names the list when it refuses another word.
    fn text(&self, pointer: &str) -> Value {
        let refused = self.read_with(pointer, Some("no such word".into())).err();
        let said = refused.map(|error| error.to_string()).unwrap_or_default();
        let Some((_, list)) = said.split_once("unknown variant `no such word`, expected ") else {
            return json!({ "type": "string" });
        };
        let words: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
        json!({ "enum": words })
    }

    /// Whether the whole example is read when the value at `pointer` is another one, or missing.
    fn accepts(&self, pointer: &str, instead: Option<Value>) -> bool {
        self.read_with(pointer, instead).is_ok()
    }

    fn read_with(&self, pointer: &str, instead: Option<Value>) -> Result<(), serde_json::Error> {
        let mut changed = self.example.clone();
        let Some((outer, name)) = pointer.rsplit_once('/') else {
            return (self.reads)(&changed);
        };
        match (changed.pointer_mut(outer), instead) {
            (Some(Value::Object(fields)), Some(value)) => {
                fields.insert(name.to_owned(), value);
            }
            (Some(Value::Object(fields)), None) => {
                fields.remove(name);
            }
            (Some(Value::Array(items)), Some(value)) => *items = vec![value],
            _ => {}
        }
        (self.reads)(&changed)
    }
}

fn nullable(mut schema: Value) -> Value {
    match schema.get("type").and_then(Value::as_str).map(str::to_owned) {
        Some(kind) => {
            schema["type"] = json!([kind, "null"]);
            schema
        }
        None => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}
