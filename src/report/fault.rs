//! Something wrong in a file, shown where it stands.

use super::{FilePlace, Look, Page, Wording, harmless};
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
    if let Some(satisfy) = wording.maybe(&hint(fault)) {
        page.indented(2, satisfy);
    }
}

/// The key of the sentence that says what would be right, where there is one.
fn hint(fault: &Fault) -> crate::change::Message {
    let mut message = fault.message.clone();
    message.key.push_str(".satisfy");
    message
}
