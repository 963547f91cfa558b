//! The `# METADATA` comment of a rule file, read by the rules of every file that a person writes.

use serde_json::Value;

use crate::change::text::{Document, Node, Shape};

/// The block above `package`; `None` when there is none or more than one.
pub(crate) fn block(source: &str) -> Option<String> {
    let mut lines = source.lines();
    lines.find(|line| line.trim_end() == "# METADATA")?;
    let text: Vec<&str> = lines
        .by_ref()
        .map_while(|line| line.strip_prefix('#'))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let again = source
        .lines()
        .filter(|line| line.trim_end() == "# METADATA")
        .count()
        > 1;
    (!again).then(|| text.join("\n"))
}

/// Reads one document of plain maps, lists, texts, whole numbers and booleans.
///
/// # Errors
/// What is not allowed, in words for developers.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    match Document::parse(text) {
        Ok(document) => Ok(value(document.root())),
        Err(faults) => {
            let words: Vec<String> = faults
                .iter()
                .map(|fault| format!("{} {}", fault.field, fault.message))
                .collect();
            Err(words.join("; "))
        }
    }
}

fn value(node: &Node) -> Value {
    match &node.shape {
        Shape::Empty => Value::Null,
        Shape::Scalar(scalar) => match (scalar.truth(), scalar.whole()) {
            (Some(truth), _) => Value::Bool(truth),
            (None, Some(number)) => Value::from(number),
            (None, None) => Value::from(scalar.text.clone()),
        },
        Shape::List(items) => items.iter().map(value).collect(),
        Shape::Map(entries) => {
            let fields = entries
                .iter()
                .map(|entry| (entry.key.clone(), value(&entry.value)));
            Value::Object(fields.collect())
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_yaml_and_refuses_the_rest() {
        let source = "# METADATA\n# title: A\n# custom: {n: 3, on: true, no: no, q: \"3\"}\n# list:\n# - a\n# - -\npackage a\n";
        let source = source.replace("# - -\n", "# - \"-\"\n");
        let value = read(&block(&source).unwrap()).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"title": "A", "custom": {"n": 3, "on": true, "no": "no", "q": "3"}, "list": ["a", "-"]})
        );
        for wrong in [
            "a: 1\na: 2",
            "a: &x 1\nb: *x",
            "a: !!int 1",
            "? [1]\n: 2",
            "a: [",
            "",
            "--- 1\n--- 2",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read(&"[".repeat(100)).is_err());
        assert!(block("package a").is_none());
        assert!(block("# METADATA\n# a: 1\npackage a\n# METADATA\n# b: 2\n").is_none());
    }
}
