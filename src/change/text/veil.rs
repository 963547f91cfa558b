//! Which bytes of a file nobody may see: secrets that somebody wrote into it all the same.

use std::ops::Range;

use super::spelling::is_reference;
use super::{Document, Node, Shape};
use crate::change::Message;

/// What stands for a secret, whatever its length.
pub(super) const COVER: &str = "•••";

/// Keys whose values are secrets wherever they stand.
const SECRET_KEYS: &[&str] = &[
    "contacts", "phone", "tel", "mobile", "slack", "teams", "webhook", "token", "password", "secret",
];

/// Sections in which everything counts as secret that is not known to be harmless.
const SECRET_SECTIONS: &[&str] = &["channels", "chatwork", "smtp"];

/// The bytes of one line that must not be shown. `None`: the file cannot be read and the line may
/// hold a secret anywhere.
pub(super) fn hidden(text: &str, line: &Range<usize>) -> Option<Vec<Range<usize>>> {
    match Document::parse(text) {
        Ok(document) if document.text() == text => {
            let mut hidden = Vec::new();
            walk(document.root(), &mut Vec::new(), &mut hidden);
            hidden.retain(|bytes| bytes.start < line.end && line.start < bytes.end);
            Some(hidden)
        }
        _ => (!suspicious(text, line)).then(Vec::new),
    }
}

/// The message without values that give themselves away.
pub(super) fn covered(mut message: Message) -> Message {
    for value in message.with.values_mut().filter(|value| telling(value)) {
        COVER.clone_into(value);
    }
    message
}

fn walk<'n>(node: &'n Node, path: &mut Vec<&'n str>, hidden: &mut Vec<Range<usize>>) {
    match &node.shape {
        Shape::Empty => {}
        Shape::Scalar(scalar) => {
            if telling(&scalar.text)
                || secret(path) && !is_reference(&scalar.text)
                || !scalar.quoted && wide_secret(&scalar.text)
            {
                hidden.push(node.bytes.clone());
            }
        }
        Shape::List(items) => {
            for item in items {
                walk(item, path, hidden);
            }
        }
        Shape::Map(entries) => {
            for entry in entries {
                let odd = !entry.key.starts_with(char::is_alphabetic) || entry.key.contains(':');
                if telling(&entry.key) || odd && secret(path) {
                    hidden.push(entry.key_bytes.clone());
                }
                path.push(&entry.key);
                walk(&entry.value, path, hidden);
                path.pop();
            }
        }
    }
}

/// Whether a full-width colon hides a key whose value is a secret.
fn wide_secret(text: &str) -> bool {
    text.split_once('：')
        .is_some_and(|(key, value)| secret(&[key.trim()]) || telling(value))
}

/// Whether values at these keys are secrets. The second key is mostly a name that somebody chose:
/// it counts only where the value stands right at it.
fn secret(path: &[&str]) -> bool {
    let named = |key: &&str| SECRET_KEYS.contains(&key.to_lowercase().as_str());
    let keyed = match path {
        [section, name] => named(section) || named(name),
        [section, _, rest @ ..] => named(section) || rest.iter().any(named),
        other => other.iter().any(named),
    };
    let closed = match path {
        ["channels", _, "email" | "github", ..] | ["channels", _, "chatwork", "room"] => false,
        ["smtp", "host" | "from" | "user", ..] => false,
        ["channels", _, ..] | ["smtp", _, ..] => true,
        _ => false,
    };
    keyed || closed
}

/// Whether a text gives itself away: a telephone number, a private key, or the address of a web hook.
fn telling(text: &str) -> bool {
    let text = text.strip_prefix("phone:").unwrap_or(text).trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let phone = (9..=15).contains(&digits)
        && text.starts_with(['0', '+', '('])
        && text.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    let key = text.contains("PRIVATE KEY");
    phone || key || text.contains("://") && text.to_lowercase().contains("hook")
}

/// Whether a line of a file that cannot be read may hold a secret: it or a line above it that it
/// belongs to, by indentation, speaks of one.
fn suspicious(text: &str, line: &Range<usize>) -> bool {
    let speaks = |line: &str| {
        let line = line.to_lowercase();
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.any(|word| SECRET_KEYS.contains(&word) || SECRET_SECTIONS.contains(&word))
            || line.contains("hook")
            || line
                .split(['"', '\'', ',', ':', '{', '}', '[', ']'])
                .any(|part| telling(part.trim()))
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let shown = text.get(line.clone()).unwrap_or_default();
    if speaks(shown) {
        return true;
    }
    let mut depth = indent(shown);
    for above in text.get(..line.start).unwrap_or_default().lines().rev() {
        if above.trim().is_empty() || above.trim_start().starts_with('#') || indent(above) >= depth {
            continue;
        }
        if speaks(above) {
            return true;
        }
        depth = indent(above);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{secret, telling};

    #[test]
    fn names_that_somebody_chose_are_no_secret_keys() {
        for open in [
            &["services", "webhook", "paths"][..],
            &["people", "token", "name"],
            &["channels", "desk", "email"],
            &["channels", "desk", "chatwork", "room"],
            &["smtp", "host"],
        ] {
            assert!(!secret(open), "{open:?}");
        }
        for closed in [
            &["people", "sato", "contacts", "anything"][..],
            &["channels", "desk"],
            &["channels", "desk", "slak"],
            &["channels", "desk", "chatwork", "tokn"],
            &["smtp", "pasword"],
            &["details", "password"],
        ] {
            assert!(secret(closed), "{closed:?}");
        }
    }

    #[test]
    fn numbers_of_telephones_and_addresses_of_hooks_give_themselves_away() {
        for text in [
            "090-0000-0000",
            "+81 3 0000 0000",
            "0312345678",
            "https://hooks.example/T0/B0",
        ] {
            assert!(telling(text), "{text}");
        }
        for text in ["2026-12-29", "400012", "09:00", "https://status.example/", "0"] {
            assert!(!telling(text), "{text}");
        }
    }
}
