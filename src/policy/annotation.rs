//! The `# METADATA` comment of a rule file, read as a small strict YAML.

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// How deep a block may nest.
const MOST_LEVELS: usize = 12;

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

/// A collection that is still open.
enum Open {
    List(Vec<Value>),
    Map(Map<String, Value>, Option<String>),
}

/// Reads one document of plain maps, lists, texts, whole numbers and booleans.
///
/// # Errors
/// What is not allowed, in words for developers.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| error.to_string())?;
        let done = match event {
            Event::MappingStart(_, 0, None) if open.len() < MOST_LEVELS => {
                open.push(Open::Map(Map::new(), None));
                continue;
            }
            Event::SequenceStart(_, 0, None) if open.len() < MOST_LEVELS => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::Scalar(text, style, 0, None) => scalar(&text, style),
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(Open::List(items)) => Value::Array(items),
                Some(Open::Map(fields, None)) => Value::Object(fields),
                _ => return Err("a key without a value".to_owned()),
            },
            Event::DocumentStart(..) if root.is_some() => return Err("two documents".to_owned()),
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd => continue,
            #[allow(unreachable_patterns, reason = "comments are events with a feature only")]
            _ => {
                return Err(format!(
                    "anchors, aliases, tags and deep nesting are not read ({span:?})"
                ));
            }
        };
        place(&mut open, &mut root, done)?;
    }
    root.ok_or_else(|| "empty".to_owned())
}

/// Puts a finished value where it belongs.
fn place(open: &mut [Open], root: &mut Option<Value>, value: Value) -> Result<(), String> {
    match open.last_mut() {
        None => *root = Some(value),
        Some(Open::List(items)) => items.push(value),
        Some(Open::Map(fields, key)) => match key.take() {
            None => match value {
                Value::String(name) if fields.contains_key(&name) => {
                    return Err(format!("{name} twice"));
                }
                Value::String(name) => *key = Some(name),
                other => return Err(format!("{other} as a key")),
            },
            Some(name) => {
                fields.insert(name, value);
            }
        },
    }
    Ok(())
}

/// YAML 1.2: `true` and `false`, whole numbers, else text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    match (style, text) {
        (ScalarStyle::Plain, "true") => Value::Bool(true),
        (ScalarStyle::Plain, "false") => Value::Bool(false),
        (ScalarStyle::Plain, text) => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Value::from(number),
            _ => Value::from(text),
        },
        _ => Value::from(text),
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
