//! A check as a comment or the summary of a job.

use std::fmt::Write as _;

use crate::change::Message;
use crate::change::text::Fault;
use crate::report::decision::{self, DecisionView};
use crate::report::markdown::{code, escape};
use crate::report::{FilePlace, Wording};

use super::CheckView;

/// What the gate would say, for a page.
pub enum Outlook<'a> {
    /// Nobody asked, or nothing can be said, for this reason.
    Unsaid(Option<Message>),
    /// It would decide this.
    Judged(&'a DecisionView<'a>),
}

/// A check as GitHub-flavoured Markdown. Every text of a person is escaped.
pub fn markdown(wording: &Wording, view: &CheckView, outlook: &Outlook<'_>) -> String {
    let say = |message: &Message| escape(&wording.say(message));
    let mut out = format!("## {}\n\n", say(&Message::new("check-page")));
    for file in &view.files {
        for fault in &file.faults {
            let at = file.content.as_deref().and_then(|text| {
                let place = fault.place.as_ref()?;
                Some(FilePlace::of(&file.file, text, place))
            });
            let place = at.map_or_else(|| file.file.clone(), |at| format!("{}:{}", at.file, at.line));
            let _ = writeln!(
                out,
                "- **{}** {}: {}",
                label(wording, fault),
                code(&place),
                say(&fault.message)
            );
        }
    }
    if view.files.is_empty() {
        let clean = Message::new("check-clean").with("count", view.read);
        let _ = writeln!(out, "{}", say(&clean));
    }
    out.push('\n');
    match outlook {
        Outlook::Unsaid(None) => {}
        Outlook::Unsaid(Some(reason)) => {
            let _ = writeln!(out, "{}\n", say(reason));
        }
        Outlook::Judged(judged) => {
            let _ = writeln!(out, "{}\n", say(&Message::new("check-page-outlook")));
            out.push_str(&decision::markdown(wording, judged));
        }
    }
    let _ = writeln!(out, "<sub>{}</sub>", say(&Message::new("check-page-advice")));
    out
}

fn label(wording: &Wording, fault: &Fault) -> String {
    let word = if fault.warning { "warn" } else { "deny" };
    escape(&wording.label(&format!("effect-{word}")))
}
