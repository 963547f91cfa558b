//! A value on its way out, with its keys in the order of the documentation.

use serde_json::Value as Json;

/// A text, number, truth value, list or map to be written.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Text(String),
    Plain(Json),
    List(Vec<Item>),
    Map(Vec<(String, Item)>),
}

impl Item {
    /// The map of those pairs that hold something.
    pub(super) fn map(pairs: Vec<(&str, Option<Item>)>) -> Option<Item> {
        let full: Vec<_> = pairs
            .into_iter()
            .filter_map(|(key, item)| item.map(|item| (key.to_owned(), item)))
            .collect();
        (!full.is_empty()).then_some(Item::Map(full))
    }

    /// The list of those items; `None` where there are none.
    pub(super) fn list<T>(items: &[T], of: impl Fn(&T) -> Item) -> Option<Item> {
        (!items.is_empty()).then(|| Item::List(items.iter().map(of).collect()))
    }

    /// Anything that shows itself as text.
    pub(super) fn text(value: &impl ToString) -> Item {
        Item::Text(value.to_string())
    }

    /// JSON with its keys sorted; an empty value (null) is left out.
    pub(super) fn json(value: &Json) -> Option<Item> {
        match value {
            Json::Null => None,
            Json::String(text) => Some(Item::Text(text.clone())),
            Json::Bool(_) | Json::Number(_) => Some(Item::Plain(value.clone())),
            Json::Array(items) => Some(Item::List(items.iter().filter_map(Item::json).collect())),
            Json::Object(map) => {
                let mut pairs: Vec<_> = map
                    .iter()
                    .filter_map(|(k, v)| Some((k.clone(), Item::json(v)?)))
                    .collect();
                pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
                Some(Item::Map(pairs))
            }
        }
    }

    /// The same as JSON.
    pub(super) fn into_json(self) -> Json {
        match self {
            Item::Text(text) => Json::String(text),
            Item::Plain(value) => value,
            Item::List(items) => items.into_iter().map(Item::into_json).collect(),
            Item::Map(pairs) => Json::Object(pairs.into_iter().map(|(k, v)| (k, v.into_json())).collect()),
        }
    }
}
