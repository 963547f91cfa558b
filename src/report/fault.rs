//! Something wrong in a file, shown where it stands.

use super::{FilePlace, Look, Page, Wording, harmless};
use crate::change::Message;
use crate::change::text::Fault;

/// One fault of `file` with this `content`.
pub fn text(wording: &Wording, file: &str, content: &str, fault: &Fault, look: Look) -> String {
    let mut page = Page::new(look);
    onto(&mut page, wording, file, Some(content), fault);
    page.finish()
}

/// The same on a page; without the content only the place is named.
pub fn onto(page: &mut Page, wording: &Wording, file: &str, content: Option<&str>, fault: &Fault) {
    let word = if fault.warning {
        page.warning(&wording.label("fault-warning"))
    } else {
        page.bad(&wording.label("fault-error"))
    };
    page.line(format!("{word}: {}", wording.say(&fault.message)));
    match (&fault.place, content) {
        (Some(place), Some(content)) => FilePlace::of(file, content, place).show(page, 2),
        (Some(place), None) => {
            page.indented(2, format!("{}:{}:{}", harmless(file), place.line, place.column))
        }
        (None, _) => page.indented(2, harmless(file)),
    }
    if let Some(suggestion) = unsaid(wording, fault) {
        let message = Message::new("fault-write").with("suggestion", suggestion);
        page.indented(2, wording.say(&message));
    }
    if let Some(satisfy) = satisfy(wording, fault) {
        page.indented(2, satisfy);
    }
}

/// What is to be written, where the sentence does not say it already.
fn unsaid<'f>(wording: &Wording, fault: &'f Fault) -> Option<&'f String> {
    let (name, suggestion) = fault.message.with.get_key_value("suggestion")?;
    let same = |(other, value): (&String, &String)| other != name && value == suggestion;
    let mut without = fault.message.clone();
    without.with.remove(name);
    // A sentence that needs the suggestion says it.
    let said = wording.maybe(&without).is_none() || fault.message.with.iter().any(same);
    let words = suggestion.chars().any(char::is_alphanumeric);
    (!said && words).then_some(suggestion)
}

/// What would be right: `<key>.satisfy`, for what a rule would find `<code>.satisfy`.
pub(crate) fn satisfy(wording: &Wording, fault: &Fault) -> Option<String> {
    let mut message = fault.message.clone();
    message.key.push_str(".satisfy");
    wording.maybe(&message).or_else(|| {
        let (code, _) = fault.message.key.split_once('.')?;
        message.key = format!("{code}.satisfy");
        wording.maybe(&message)
    })
}
