//! What people owe as text, Markdown and JSON.

use serde_json::{Value, json};

use super::{DueLine, DueView, WaivedLine};
use crate::change::{Message, PersonKey};
use crate::report::calendar::freeze;
use crate::report::markdown::{code, escape};
use crate::report::obligation::obligation;
use crate::report::{Look, Page, Wording, harmless, time};

/// How many waived pieces people see; programs see all.
const MOST_WAIVED: usize = 10;

/// What people owe, for a terminal or a pipe.
pub fn text(wording: &Wording, view: &DueView, look: Look) -> String {
    let mut page = Page::new(look);
    if view.open.is_empty() {
        page.line(wording.label("due-nothing"));
    }
    for lines in view.open.chunk_by(|a, b| place(a) == place(b)) {
        page.gap();
        if let Some(first) = lines.first() {
            page.line(page.strong(&place(first)));
        }
        for line in lines {
            let said = said(wording, view, line);
            page.indented(
                2,
                match line.duty.overdue {
                    true => page.warning(&said),
                    false => said,
                },
            );
            page.indented(4, close(wording, line));
        }
    }
    let frozen = frozen(wording, view);
    if !frozen.is_empty() {
        page.gap();
        page.line(page.strong(&wording.label("due-freezes")));
        page.pairs(2, &frozen);
    }
    let waived = waived(wording, view);
    if !waived.is_empty() {
        page.gap();
        page.line(page.strong(&wording.label("due-waived")));
        for line in waived {
            page.indented(2, line);
        }
    }
    page.finish()
}

/// What people owe, as Markdown.
pub fn markdown(wording: &Wording, view: &DueView) -> String {
    let mut out = String::new();
    if view.open.is_empty() {
        out.push_str(&format!("{}\n", escape(&wording.label("due-nothing"))));
    }
    for lines in view.open.chunk_by(|a, b| place(a) == place(b)) {
        if let Some(first) = lines.first() {
            out.push_str(&format!("\n## {}\n\n", escape(&place(first))));
        }
        for line in lines {
            let said = escape(&said(wording, view, line));
            out.push_str(&format!("- {said}<br>{}\n", code(&close(wording, line))));
        }
    }
    let frozen = frozen(wording, view);
    if !frozen.is_empty() {
        out.push_str(&format!("\n## {}\n\n", escape(&wording.label("due-freezes"))));
        for (label, text) in frozen {
            out.push_str(&format!("- **{}** {}\n", escape(&label), escape(&text)));
        }
    }
    let waived = waived(wording, view);
    if !waived.is_empty() {
        out.push_str(&format!("\n## {}\n\n", escape(&wording.label("due-waived"))));
        for line in waived {
            out.push_str(&format!("- {}\n", escape(&line)));
        }
    }
    out.trim_start_matches('\n').to_owned()
}

/// What people owe, for programs: `sekisho/due/v1`; only `close` is a text, a command.
pub fn json(wording: &Wording, view: &DueView) -> Value {
    let open: Vec<Value> = view
        .open
        .iter()
        .map(|line| {
            let mut value = json!(line);
            if let Some(fields) = value.as_object_mut() {
                fields.insert("close".to_owned(), close(wording, line).into());
            }
            value
        })
        .collect();
    json!({ "schema": "sekisho/due/v1", "at": view.at, "open": open, "waived": view.waived,
        "freezes": view.freezes })
}

/// The freezes in force, as the calendar says them.
fn frozen(wording: &Wording, view: &DueView) -> Vec<(String, String)> {
    let lines = view.freezes.iter();
    lines.map(|line| freeze(wording, &view.people, line)).collect()
}

/// The service and where it runs.
fn place(line: &DueLine) -> String {
    let service = harmless(line.service.as_str());
    match &line.environment {
        Some(environment) => format!("{service} → {}", harmless(environment.as_str())),
        None => service,
    }
}

fn said(wording: &Wording, view: &DueView, line: &DueLine) -> String {
    let owner = view.people.name(line.duty.owner.as_str());
    let mut words = vec![
        obligation(wording, &line.duty, &owner, line.duty.change.as_ref()),
        format!("#{}", line.id),
    ];
    if !line.waived_by.is_empty() {
        let people = Message::new("due-waived-so-far").with("people", names(wording, view, &line.waived_by));
        words.push(wording.say(&people));
    }
    words.join(" · ")
}

fn names(wording: &Wording, view: &DueView, people: &[PersonKey]) -> String {
    view.people.names(wording, people)
}

/// The command that closes a piece of work.
fn close(wording: &Wording, line: &DueLine) -> String {
    wording.maybe(&line.close).unwrap_or_else(|| match &line.about {
        Some(change) => wording.say(&Message::new("due-close").with("change", change)),
        None => wording.say(&Message::new("due-close-nothing").with("id", &line.id)),
    })
}

/// The latest waived pieces, and how many there are besides.
fn waived(wording: &Wording, view: &DueView) -> Vec<String> {
    let hidden = view.waived.len().saturating_sub(MOST_WAIVED);
    let shown = view.waived.iter().skip(hidden);
    let mut lines: Vec<String> = shown.map(|line| waived_line(wording, view, line)).collect();
    if hidden > 0 {
        lines.push(wording.say(&Message::new("due-waived-more").with("count", hidden)));
    }
    lines
}

fn waived_line(wording: &Wording, view: &DueView, line: &WaivedLine) -> String {
    let key = match line.change {
        Some(_) => "due-waived-line-change",
        None => "due-waived-line",
    };
    let mut message = Message::new(key)
        .with("at", time::short(wording, line.at))
        .with("people", names(wording, view, &line.by))
        .with("owner", view.people.name(line.owner.as_str()))
        .with("what", wording.word("obligation", &line.kind))
        .with("service", &line.service);
    if let Some(change) = &line.change {
        message = message.with("change", change);
    }
    let mut words = vec![wording.say(&message)];
    words.extend(line.reasons.iter().map(|reason| harmless(reason)));
    if !line.unsigned.is_empty() {
        let people = names(wording, view, &line.unsigned);
        words.push(wording.say(&Message::new("exception-unsigned").with("people", people)));
    }
    words.push(format!("#{}", line.id));
    words.join(" · ")
}
