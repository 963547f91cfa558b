//! A review: its questions, the answers, and what is to be done.

use serde_json::{Value, json};

use super::markdown::escape;
use super::{Wording, time};
use crate::change::{ChangeId, Message, Moment};

/// A form, filled in or not.
pub struct ReviewPage {
    /// The change.
    pub change: ChangeId,
    /// Each question's key with its answer; empty where there is none.
    pub answers: Vec<(String, String)>,
    /// What is to be done: what, whose key, by when.
    pub actions: Vec<[String; 3]>,
    /// Who closed it and when, and the record; `None` for an empty form.
    pub closed: Option<(String, Moment, u64)>,
}

/// The page as Markdown; an empty form can be filled in and read again.
pub fn markdown(wording: &Wording, page: &ReviewPage) -> String {
    let about = |key: &str| wording.say(&Message::new(key).with("change", &page.change));
    let mut text = format!("# {}\n\n", about("review-title"));
    match &page.closed {
        Some((person, at, seq)) => {
            let closed = Message::new("review-closed-by")
                .with("person", person)
                .with("at", time::moment(wording, *at))
                .with("seq", *seq);
            text.push_str(&format!("{}\n\n", escape(&wording.say(&closed))));
        }
        None => text.push_str(&format!("<!-- {} -->\n\n", about("review-how"))),
    }
    for (key, answer) in &page.answers {
        text.push_str(&heading(wording, key));
        let lines = answer.lines().map(escape).collect::<Vec<String>>();
        text.push_str(&lines.join("\n"));
        text.push_str(if answer.is_empty() { "\n" } else { "\n\n" });
    }
    text.push_str(&heading(wording, "actions"));
    if page.closed.is_none() {
        text.push_str(&format!("<!-- {} -->\n", wording.label("review-action-form")));
    } else if page.actions.is_empty() {
        text.push_str(&format!("{}\n", wording.label("review-no-action")));
    }
    for action in &page.actions {
        let [what, owner, due] = action.each_ref().map(|part| escape(part));
        text.push_str(&format!("- {what} | {owner} | {due}\n"));
    }
    text
}

fn heading(wording: &Wording, key: &str) -> String {
    format!("## {} ({key})\n\n", question(wording, key))
}

fn question(wording: &Wording, key: &str) -> String {
    wording.label(&format!("review-ask-{key}"))
}

/// The page as it is printed for people.
pub fn text(wording: &Wording, page: &ReviewPage) -> String {
    let title = Message::new("review-title").with("change", &page.change);
    let mut text = format!("{}\n", wording.say(&title));
    for (key, answer) in &page.answers {
        text.push_str(&format!("\n{}\n", question(wording, key)));
        for line in answer.lines() {
            text.push_str(&format!("  {}\n", super::harmless(line)));
        }
    }
    text.push_str(&format!("\n{}\n", question(wording, "actions")));
    for action in &page.actions {
        let [what, owner, due] = action.each_ref().map(|part| super::harmless(part));
        text.push_str(&format!("  {what} | {owner} | {due}\n"));
    }
    text
}

/// The page for programs.
pub fn json(page: &ReviewPage) -> Value {
    let answers: serde_json::Map<String, Value> = page
        .answers
        .iter()
        .map(|(key, answer)| (key.clone(), answer.clone().into()))
        .collect();
    let actions = page.actions.iter();
    let actions = actions.map(|[what, owner, due]| json!({"what": what, "owner": owner, "due": due}));
    json!({
        "schema": "sekisho/review/v1",
        "change": page.change.as_str(),
        "answers": answers,
        "actions": actions.collect::<Vec<Value>>(),
        "closed": page.closed.as_ref().map(|(person, at, seq)| {
            json!({"person": person, "at": at.to_string(), "record": seq})
        }),
    })
}
