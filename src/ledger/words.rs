//! The words of people in a document, and how words are compared.

use serde_json::Value;

/// What people wrote in a document of this name (`declaration`, `dossier`, `note`), one text a
/// line; empty when there is nothing to read.
pub fn words(name: &str, document: &[u8]) -> String {
    let Ok(document) = serde_json::from_slice::<Value>(document) else {
        return String::new();
    };
    let mut found = Vec::new();
    match name {
        "dossier" => {
            let changes = document.get("changes").and_then(Value::as_array);
            for change in changes.into_iter().flatten() {
                declaration(change.get("declaration").unwrap_or(&Value::Null), &mut found);
            }
        }
        "declaration" => declaration(&document, &mut found),
        "note" => {
            for (key, value) in document.as_object().into_iter().flatten() {
                // The salt is there against guessing, not for reading.
                if key != "salt" {
                    found.extend(value.as_str());
                }
            }
        }
        _ => {}
    }
    found.join("\n")
}

fn declaration<'a>(declaration: &'a Value, found: &mut Vec<&'a str>) {
    for key in ["title", "reason", "description"] {
        found.extend(declaration.get(key).and_then(Value::as_str));
    }
}

/// The text as it is compared: lower case, full-width letters and signs as the usual ones, every
/// control character a space.
pub fn folded(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c if c.is_control() => ' ',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_and_nothing_else() {
        let note = br#"{"reason":"Too slow","salt":"abcdef"}"#;
        assert_eq!(words("note", note), "Too slow");
        let dossier =
            r#"{"changes":[{"declaration":{"title":"価格","reason":"Tax","id":"x"}},{}],"title":"no"}"#;
        assert_eq!(words("dossier", dossier.as_bytes()), "価格\nTax");
        assert_eq!(words("declaration", br#"{"title":"T","steps":["rm"]}"#), "T");
        for nothing in [
            ("policy", &b"{}"[..]),
            ("note", b"\xff"),
            ("dossier", b"[]"),
            ("note", b"3"),
        ] {
            assert_eq!(words(nothing.0, nothing.1), "");
        }
    }

    #[test]
    fn full_width_and_case_do_not_matter() {
        assert_eq!(folded("ＴＬＳ１.3\tÄ 税"), "tls1.3 ä 税");
    }
}
