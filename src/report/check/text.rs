//! What a check found, as a page.

use super::CheckView;
use crate::change::Message;
use crate::report::{Look, Page, Wording, fault, harmless};

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
