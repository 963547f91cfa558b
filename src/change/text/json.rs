//! A value as JSON.

use super::{Node, Scalar, Shape};

pub(super) fn json(node: &Node, fractions: bool) -> serde_json::Value {
    match &node.shape {
        Shape::Empty => serde_json::Value::Null,
        Shape::List(items) => items.iter().map(|item| json(item, fractions)).collect(),
        Shape::Map(entries) => {
            let map = entries
                .iter()
                .map(|entry| (entry.key.clone(), json(&entry.value, fractions)));
            serde_json::Value::Object(map.collect())
        }
        Shape::Scalar(scalar) => scalar_json(scalar, fractions),
    }
}

fn scalar_json(scalar: &Scalar, fractions: bool) -> serde_json::Value {
    if let Some(truth) = scalar.truth() {
        return truth.into();
    }
    if let Some(number) = scalar.whole() {
        return number.into();
    }
    match scalar.fraction().filter(|_| fractions) {
        Some(number) => number.into(),
        None => scalar.text.clone().into(),
    }
}
