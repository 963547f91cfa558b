//! One record of the log on one page, for people; programs read the record itself.

use serde_json::{Map, Value};

use super::markdown::escape;
use super::why::plain;
use super::{Look, Page, People, Title, Wording, harmless, time};
use crate::change::{Message, Moment};

/// A document that the record names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordDocument {
    /// What it is.
    pub name: String,
    /// Its digest.
    pub digest: String,
    /// How many bytes there are; or why there are none.
    pub kept: Result<usize, Title>,
    /// What a person wrote in it, by name.
    pub texts: Vec<(String, String)>,
}

/// A record: what was said, by whom, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordView {
    /// Its number.
    pub seq: u64,
    /// How many records the log has.
    pub size: u64,
    /// When it was sealed.
    pub at: Moment,
    /// `noun.verb/1`.
    pub act: String,
    /// Whoever is said to have acted, by key.
    pub person: Option<String>,
    /// How they acted: `key:…`, `github-user:…`.
    pub by: String,
    /// `signed`, `attested`, `unsigned` or `unchecked`.
    pub channel: String,
    /// What it says.
    pub body: Map<String, Value>,
    /// What belongs to it.
    pub documents: Vec<RecordDocument>,
    /// The leaf before, 64 hex digits.
    pub before: String,
    /// Its own leaf, 64 hex digits.
    pub leaf: String,
    /// The names of people.
    pub people: People,
}

/// The record for a terminal or a pipe.
pub fn text(wording: &Wording, view: &RecordView, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(page.strong(&heading(wording, view)));
    for (heading, lines) in sections(wording, view) {
        page.gap();
        page.line(page.strong(&wording.label(heading)));
        page.pairs(2, &lines);
    }
    page.gap();
    page.line(wording.label("record-raw"));
    page.finish()
}

/// The record as Markdown.
pub fn markdown(wording: &Wording, view: &RecordView) -> String {
    let mut out = format!("## {}\n", escape(&heading(wording, view)));
    for (heading, lines) in sections(wording, view) {
        out.push_str(&format!("\n### {}\n\n", escape(&wording.label(heading))));
        for (label, text) in &lines {
            out.push_str(&format!("- **{}** {}\n", escape(label), escape(text)));
        }
    }
    out
}

fn heading(wording: &Wording, view: &RecordView) -> String {
    let message = Message::new("record-heading")
        .with("seq", view.seq)
        .with("act", wording.act(&view.act))
        .with("at", time::moment(wording, view.at));
    wording.say(&message)
}

/// Label and text of each line.
type Lines = Vec<(String, String)>;

fn sections(wording: &Wording, view: &RecordView) -> Vec<(&'static str, Lines)> {
    let all = [
        ("show-who", who(wording, view)),
        ("show-what", what(view)),
        ("record-documents", documents(wording, view)),
        ("record-chain", chain(wording, view)),
    ];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn who(wording: &Wording, view: &RecordView) -> Lines {
    let mut lines = Vec::new();
    if let Some(person) = &view.person {
        lines.push((wording.label("record-person"), view.people.name(person)));
    }
    lines.push((wording.label("record-by"), harmless(&view.by)));
    lines.push((
        wording.label("record-proof"),
        wording.word("channel", &view.channel),
    ));
    lines
}

/// What the record says, by the names that it has there; people by their names.
fn what(view: &RecordView) -> Lines {
    let said = |value: &Value| match value.as_str().filter(|text| text.starts_with("person:")) {
        Some(person) => view.people.name(person),
        None => plain(value),
    };
    let body = view.body.iter();
    body.map(|(name, value)| (harmless(name), said(value))).collect()
}

fn documents(wording: &Wording, view: &RecordView) -> Lines {
    let mut lines = Vec::new();
    for document in &view.documents {
        let state = match &document.kept {
            Ok(size) => wording.say(&Message::new("record-bytes").with("count", size)),
            Err(gone) => gone.say(wording),
        };
        let digest = harmless(&document.digest);
        lines.push((harmless(&document.name), format!("{digest} · {state}")));
        let texts = document.texts.iter();
        lines.extend(texts.map(|(name, text)| (format!("  {}", harmless(name)), harmless(text))));
    }
    lines
}

fn chain(wording: &Wording, view: &RecordView) -> Lines {
    let place = Message::new("record-place")
        .with("seq", view.seq)
        .with("size", view.size);
    vec![
        (wording.label("record-number"), wording.say(&place)),
        (wording.label("record-before"), view.before.clone()),
        (wording.label("record-leaf"), view.leaf.clone()),
    ]
}
