//! What is wrong in the files, and what the gate will ask for.

use serde_json::{Value, json};

use super::{Look, Page, Wording, fault, harmless};
use crate::change::text::Fault;
use crate::change::{ChangeId, Message};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFile {
    /// Its path.
    pub file: String,
    /// Its text; `None` when it could not be read as text.
    pub content: Option<String>,
    /// What is wrong in it.
    pub faults: Vec<Fault>,
}

/// What the gate will ask for before it lets something pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// For which change; `None`: for the deployment.
    pub change: Option<ChangeId>,
    /// What is missing, from whom.
    pub message: Message,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckView {
    /// The files that were read.
    pub files: Vec<CheckedFile>,
    /// What the gate will ask for.
    pub asks: Vec<Ask>,
}

impl CheckView {
    /// How many faults stop, and how many only warn.
    pub fn counts(&self) -> (usize, usize) {
        let all = self.files.iter().flat_map(|file| &file.faults);
        let warnings = all.clone().filter(|fault| fault.warning).count();
        (all.count() - warnings, warnings)
    }
}

/// The result for a terminal or a pipe.
pub fn text(wording: &Wording, view: &CheckView, look: Look) -> String {
    let mut page = Page::new(look);
    for file in &view.files {
        for found in &file.faults {
            fault::onto(&mut page, wording, &file.file, file.content.as_deref(), found);
            page.gap();
        }
    }
    let (errors, warnings) = view.counts();
    let summary = Message::new("check-summary")
        .with("files", view.files.len())
        .with("errors", errors)
        .with("warnings", warnings);
    let summary = wording.say(&summary);
    page.line(if errors == 0 {
        page.good(&summary)
    } else {
        page.bad(&summary)
    });
    if !view.asks.is_empty() {
        page.gap();
        page.line(page.strong(&wording.label("check-asks")));
        for ask in &view.asks {
            let change = ask
                .change
                .as_ref()
                .map_or_else(|| wording.label("check-deployment"), ToString::to_string);
            page.indented(2, format!("{}: {}", harmless(&change), wording.say(&ask.message)));
        }
    }
    page.finish()
}

/// The result for programs: `sekisho/check/v1`; only `message` is in a language.
pub fn json(wording: &Wording, view: &CheckView) -> Value {
    let faults: Vec<Value> = view
        .files
        .iter()
        .flat_map(|file| file.faults.iter().map(move |fault| (file, fault)))
        .map(|(file, fault)| {
            json!({
                "file": file.file,
                "line": fault.place.as_ref().map(|place| place.line),
                "column": fault.place.as_ref().map(|place| place.column),
                "field": fault.field,
                "code": fault.message.key,
                "warning": fault.warning,
                "message": wording.say(&fault.message),
            })
        })
        .collect();
    let asks: Vec<Value> = view
        .asks
        .iter()
        .map(|ask| json!({ "change": ask.change, "code": ask.message.key, "message": wording.say(&ask.message) }))
        .collect();
    let (errors, warnings) = view.counts();
    json!({
        "schema": "sekisho/check/v1", "files": view.files.len(), "errors": errors,
        "warnings": warnings, "faults": faults, "asks": asks,
    })
}
