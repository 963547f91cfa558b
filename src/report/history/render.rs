//! The history as text, Markdown and JSON.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::{HistoryView, Row};
use crate::change::Message;
use crate::report::markdown::{escape, row};
use crate::report::{Look, Page, Wording, harmless, table, time};

const COLUMNS: &[&str] = &[
    "history-seq",
    "history-at",
    "history-act",
    "history-change",
    "history-where",
    "history-by",
    "role-approver",
    "rollback",
    "history-title",
];

/// The history as a table for a terminal or a pipe.
pub fn text(wording: &Wording, view: &HistoryView, look: Look) -> String {
    let mut page = Page::new(look);
    if view.rows.is_empty() {
        page.line(wording.label("history-empty"));
        return page.finish();
    }
    let rows: Vec<Vec<String>> = view.rows.iter().map(|row| cells(wording, view, row)).collect();
    let wide = table(&headings(wording), &rows, Look { width: None, ..look });
    let fits = look
        .width
        .is_none_or(|width| wide.lines().all(|line| line.width() <= usize::from(width)));
    if fits {
        page.block(&wide);
    } else {
        stacked(&mut page, wording, &rows);
    }
    page.gap();
    page.line(wording.say(&count(view)));
    page.finish()
}

/// For screens that the table does not fit on: each record with its cells below each other.
fn stacked(page: &mut Page, wording: &Wording, rows: &[Vec<String>]) {
    // Number and time are the heading of a record; the rest is labelled.
    const HEADING: usize = 2;
    for cells in rows {
        page.gap();
        let (heading, rest) = cells.split_at(HEADING.min(cells.len()));
        page.line(page.strong(&format!("#{}", harmless(&heading.join("  ")))));
        let pairs: Vec<(String, String)> = COLUMNS
            .iter()
            .skip(HEADING)
            .zip(rest)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(key, cell)| (wording.label(key), harmless(cell)))
            .collect();
        page.pairs(2, &pairs);
    }
}

/// The history as a table in Markdown.
pub fn markdown(wording: &Wording, view: &HistoryView) -> String {
    if view.rows.is_empty() {
        return format!("{}\n", escape(&wording.label("history-empty")));
    }
    let escaped = |cells: Vec<String>| row(&cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>());
    let mut out = escaped(headings(wording));
    out.push_str(&format!("|{}\n", "---|".repeat(COLUMNS.len())));
    for line in &view.rows {
        out.push_str(&escaped(cells(wording, view, line)));
    }
    out.push_str(&format!("\n{}\n", escape(&wording.say(&count(view)))));
    out
}

/// The history for programs: `sekisho/history/v1`, free of language.
pub fn json(view: &HistoryView) -> Value {
    let mut page = json!({ "schema": "sekisho/history/v1", "total": view.total, "rows": view.rows });
    if let (Some(page), Some(before)) = (page.as_object_mut(), view.older) {
        page.insert("older_before".to_owned(), before.into());
    }
    page
}

fn headings(wording: &Wording) -> Vec<String> {
    COLUMNS.iter().map(|key| wording.label(key)).collect()
}

fn count(view: &HistoryView) -> Message {
    Message::new("history-count")
        .with("shown", view.rows.len())
        .with("total", view.total)
}

fn cells(wording: &Wording, view: &HistoryView, row: &Row) -> Vec<String> {
    let people = &view.people;
    let executor = row
        .executor
        .as_ref()
        .map_or_else(|| people.name(&row.by), |key| people.name(key.as_str()));
    let approvers = if row.approvers.is_empty() {
        String::new()
    } else {
        people.names(wording, &row.approvers)
    };
    vec![
        row.seq.to_string(),
        time::table(row.at),
        act(wording, row),
        row.change.clone().unwrap_or_default(),
        place(row),
        executor,
        approvers,
        way_back(wording, view, row),
        row.title
            .as_ref()
            .map(|title| title.say(wording))
            .unwrap_or_default(),
    ]
}

/// What happened, with how it ended, what was found, and whether it is known who acted.
fn act(wording: &Wording, row: &Row) -> String {
    let mut words = vec![wording.act(&row.act)];
    words.extend(
        row.outcome
            .as_ref()
            .map(|outcome| wording.word("outcome", outcome)),
    );
    if row.deviation {
        words.push(wording.label("show-deviation"));
    }
    if row.change_type.as_deref() == Some("emergency") {
        words.push(wording.label("type-emergency"));
    }
    words.extend(row.codes.iter().cloned());
    if let Some(said) = row.said {
        words.push(wording.say(&Message::new("history-said").with("said", time::table(said))));
    }
    if let Some(channel @ ("attested" | "unsigned")) = row.channel.as_deref() {
        words.push(wording.word("channel", channel));
    }
    words.join(&wording.label("list-separator"))
}

fn place(row: &Row) -> String {
    match (&row.service, &row.environment) {
        (Some(service), Some(environment)) => format!("{service} → {environment}"),
        (one, other) => one.iter().chain(other).cloned().collect(),
    }
}

fn way_back(wording: &Wording, view: &HistoryView, row: &Row) -> String {
    let Some(rollback) = &row.rollback else {
        return String::new();
    };
    let mut words = vec![wording.word("strategy", &rollback.strategy)];
    words.extend(rollback.seconds.map(|seconds| time::duration(wording, seconds)));
    words.extend(row.decider.as_ref().map(|key| view.people.name(key.as_str())));
    words.join(&wording.label("list-separator"))
}
