//! Whether the change log is whole.

use serde_json::{Value, json};

use super::{Look, Page, Wording, harmless};
use crate::change::Message;

/// What was checked and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyView {
    /// The log's origin.
    pub origin: String,
    /// How many records were checked.
    pub size: u64,
    /// The leaf of the last record, 64 hex digits.
    pub head: String,
    /// The root of the tree, 64 hex digits.
    pub root: String,
    /// Records with a signature that was checked.
    pub signed: u64,
    /// Records without a signature.
    pub unsigned: u64,
    /// What is worth knowing and no damage, keys `note-…`.
    pub notes: Vec<Message>,
    /// What is wrong, keys `damage-…`.
    pub damages: Vec<Message>,
}

/// The result for a terminal or a pipe.
pub fn text(wording: &Wording, view: &VerifyView, look: Look) -> String {
    let mut page = Page::new(look);
    let word = if view.damages.is_empty() {
        page.good(&wording.label("verify-sound"))
    } else {
        let count = Message::new("verify-damaged").with("n", view.damages.len());
        page.bad(&wording.say(&count))
    };
    page.line(word);
    let pairs: Vec<(String, String)> = [
        ("verify-origin", harmless(&view.origin)),
        ("verify-size", view.size.to_string()),
        ("verify-head", harmless(&view.head)),
        ("verify-root", harmless(&view.root)),
        ("verify-signed", view.signed.to_string()),
        ("verify-unsigned", view.unsigned.to_string()),
    ]
    .into_iter()
    .map(|(key, text)| (wording.label(key), text))
    .collect();
    page.pairs(2, &pairs);
    for (heading, messages) in [("verify-damages", &view.damages), ("verify-notes", &view.notes)] {
        if messages.is_empty() {
            continue;
        }
        page.gap();
        page.line(page.strong(&wording.label(heading)));
        for message in messages {
            page.indented(2, wording.say(message));
        }
    }
    page.finish()
}

/// The result for programs: `sekisho/verification/v1`; only `message` is in a language.
pub fn json(wording: &Wording, view: &VerifyView) -> Value {
    let each = |messages: &[Message]| -> Vec<Value> {
        messages
            .iter()
            .map(|m| json!({ "code": m.key, "with": m.with, "message": wording.say(m) }))
            .collect()
    };
    json!({
        "schema": "sekisho/verification/v1",
        "sound": view.damages.is_empty(),
        "origin": view.origin,
        "size": view.size,
        "head": view.head,
        "root": view.root,
        "signed": view.signed,
        "unsigned": view.unsigned,
        "notes": each(&view.notes),
        "damages": each(&view.damages),
    })
}
