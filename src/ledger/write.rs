//! Writes JSON values in the canonical form.

use serde_json::{Map, Value};

use super::canonical::{DOCUMENT, Limits, MAX_INTEGER, NotCanonical, RECORD};
use super::scan::is_key_byte;

/// The canonical bytes of an object, under the limits of records.
///
/// # Errors
/// [`NotCanonical`] for null, a number that is not whole or out of range, a key or character
/// that records do not have, and for what is too deep or too long.
pub fn to_canonical(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    write(value, RECORD)
}

/// The canonical bytes of a document (declaration, dossier, …): any keys, and longer.
///
/// # Errors
/// As [`to_canonical`], with the limits of documents.
pub fn canonical_document(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    write(value, DOCUMENT)
}

/// As [`canonical_document`] of `shell` with `items` as its field `field`, where it has an empty
/// list. They are written one after the other, so that never all of them are there as values.
///
/// # Errors
/// As [`canonical_document`]; also where `shell` has no such list.
pub fn canonical_with_items(
    shell: &Map<String, Value>,
    field: &str,
    items: &mut dyn Iterator<Item = Value>,
) -> Result<Vec<u8>, NotCanonical> {
    let mut pen = Pen {
        out: Vec::new(),
        limits: DOCUMENT,
    };
    if shell.get(field) != Some(&Value::Array(Vec::new())) {
        return Err(pen.wrong("an empty list is expected"));
    }
    let (before, after): (Map<_, _>, Map<_, _>) = shell
        .iter()
        .filter(|(key, _)| *key != field)
        .map(|(key, value)| (key.clone(), value.clone()))
        .partition(|(key, _)| key.as_bytes() < field.as_bytes());
    pen.object(&before, 0)?;
    pen.out.pop();
    if !before.is_empty() {
        pen.out.push(b',');
    }
    pen.string(field)?;
    pen.out.extend(b":[");
    for (nth, item) in items.enumerate() {
        if nth > 0 {
            pen.out.push(b',');
        }
        pen.value(&item, 2)?;
    }
    pen.out.push(b']');
    if !after.is_empty() {
        pen.out.push(b',');
        let rest = write(&Value::Object(after), DOCUMENT)?;
        pen.out
            .extend_from_slice(rest.get(1..rest.len() - 1).unwrap_or_default());
    }
    pen.out.push(b'}');
    pen.within()?;
    Ok(pen.out)
}

fn write(value: &Value, limits: Limits) -> Result<Vec<u8>, NotCanonical> {
    let mut pen = Pen {
        out: Vec::new(),
        limits,
    };
    if !value.is_object() {
        return Err(pen.wrong("an object is expected"));
    }
    pen.value(value, 0)?;
    Ok(pen.out)
}

struct Pen {
    out: Vec<u8>,
    limits: Limits,
}

impl Pen {
    fn wrong(&self, rule: &'static str) -> NotCanonical {
        NotCanonical {
            at: self.out.len(),
            rule,
        }
    }

    fn value(&mut self, value: &Value, depth: usize) -> Result<(), NotCanonical> {
        if depth >= self.limits.depth && (value.is_object() || value.is_array()) {
            return Err(self.wrong("too deep"));
        }
        match value {
            Value::Null => return Err(self.wrong("a value is expected")),
            Value::Bool(true) => self.out.extend(b"true"),
            Value::Bool(false) => self.out.extend(b"false"),
            Value::Number(number) => self.number(number)?,
            Value::String(text) => self.string(text)?,
            Value::Array(items) => self.array(items, depth)?,
            Value::Object(members) => self.object(members, depth)?,
        }
        self.within()
    }

    fn within(&self) -> Result<(), NotCanonical> {
        if self.out.len() > self.limits.bytes {
            return Err(NotCanonical {
                at: self.limits.bytes,
                rule: "too long",
            });
        }
        Ok(())
    }

    fn number(&mut self, number: &serde_json::Number) -> Result<(), NotCanonical> {
        let size = match (number.as_u64(), number.as_i64()) {
            (Some(size), _) => size,
            (None, Some(below_zero)) => below_zero.unsigned_abs(),
            (None, None) => return Err(self.wrong("a number is not whole")),
        };
        if size > MAX_INTEGER {
            return Err(self.wrong("a number is out of range"));
        }
        self.out.extend(number.to_string().bytes());
        Ok(())
    }

    fn array(&mut self, items: &[Value], depth: usize) -> Result<(), NotCanonical> {
        self.out.push(b'[');
        for (nth, item) in items.iter().enumerate() {
            if nth > 0 {
                self.out.push(b',');
            }
            self.value(item, depth + 1)?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn object(&mut self, members: &Map<String, Value>, depth: usize) -> Result<(), NotCanonical> {
        // The map's own order depends on a feature of serde_json that any crate can switch on.
        if members.keys().is_sorted() {
            self.members(members.iter(), depth)
        } else {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_unstable_by_key(|(key, _)| key.as_bytes());
            self.members(sorted.into_iter(), depth)
        }
    }

    fn members<'a>(
        &mut self,
        sorted: impl Iterator<Item = (&'a String, &'a Value)>,
        depth: usize,
    ) -> Result<(), NotCanonical> {
        self.out.push(b'{');
        for (nth, (key, value)) in sorted.enumerate() {
            if nth > 0 {
                self.out.push(b',');
            }
            if !self.limits.any_key && (key.is_empty() || !key.bytes().all(is_key_byte)) {
                return Err(self.wrong("a key has other characters than a-z, 0-9 and _"));
            }
            self.string(key)?;
            self.out.push(b':');
            self.value(value, depth + 1)?;
        }
        self.out.push(b'}');
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<(), NotCanonical> {
        self.out.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(plain) = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f | 0x7f))
        {
            let (before, from) = rest.split_at(plain);
            self.out.extend_from_slice(before);
            let Some((byte, after)) = from.split_first() else {
                break;
            };
            rest = after;
            match *byte {
                b'"' => self.out.extend(b"\\\""),
                b'\\' => self.out.extend(b"\\\\"),
                8 => self.out.extend(b"\\b"),
                b'\t' => self.out.extend(b"\\t"),
                b'\n' => self.out.extend(b"\\n"),
                12 => self.out.extend(b"\\f"),
                b'\r' => self.out.extend(b"\\r"),
                byte @ 0..=0x1f => self.out.extend(format!("\\u{byte:04x}").bytes()),
                0x7f => return Err(self.wrong("a control character stands bare")),
                byte => self.out.push(byte),
            }
        }
        self.out.extend_from_slice(rest);
        self.out.push(b'"');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn refuses_what_the_grammar_does_not_have() {
        for wrong in [
            json!([]),
            json!({"a": null}),
            json!({"a": 1.5}),
            json!({"a": 9_007_199_254_740_992_u64}),
            json!({"a": -9_007_199_254_740_992_i64}),
            json!({"a": "\u{7f}"}),
            json!({"A": 1}),
            json!({"": 1}),
            json!({"a": "x".repeat(20_000)}),
        ] {
            assert!(to_canonical(&wrong).is_err(), "{wrong}");
        }
        let document = json!({"sato-k": "x".repeat(20_000), "A": {"": 1}});
        assert!(to_canonical(&document).is_err());
        let bytes = canonical_document(&document).unwrap();
        assert!(bytes.starts_with(br#"{"A":{"":1},"sato-k":"xx"#));
    }

    #[test]
    fn items_one_by_one_are_written_as_the_whole_is() {
        let items = [json!({"b": "\u{1}\"", "a": [{"x": 1}]}), json!("text"), json!([])];
        for fields in [
            json!({"changes": []}),
            json!({"changes": [], "a": 1}),
            json!({"changes": [], "z": {"y": []}}),
            json!({"changes": [], "a": 1, "b": "\n", "changes2": [1], "chang": {}}),
        ] {
            let shell = fields.as_object().unwrap();
            for number in 0..=items.len() {
                let mut whole = fields.clone();
                whole["changes"] = items[..number].to_vec().into();
                let told = canonical_with_items(shell, "changes", &mut items[..number].iter().cloned());
                assert_eq!(told.unwrap(), canonical_document(&whole).unwrap());
            }
        }
        let shell = json!({"changes": [], "other": [1], "deep": 1});
        let shell = shell.as_object().unwrap();
        let told = |field: &str, item: Value| canonical_with_items(shell, field, &mut std::iter::once(item));
        assert!(told("other", json!(1)).is_err());
        assert!(told("none", json!(1)).is_err());
        assert!(told("changes", json!(null)).is_err());
        assert!(told("changes", json!({"a": 0.5})).is_err());
        for depth in [60, 61, 62, 63, 64, 65] {
            let item = (0..depth).fold(json!(1), |inside, _| json!([inside]));
            let mut whole = Value::Object(shell.clone());
            whole["changes"] = json!([item]);
            assert_eq!(
                told("changes", item).is_ok(),
                canonical_document(&whole).is_ok(),
                "{depth}"
            );
        }
        let long = "x".repeat(DOCUMENT.bytes / 2);
        let mut items = [json!(long), json!(long)].into_iter();
        assert!(canonical_with_items(shell, "changes", &mut items).is_err());
    }
}
