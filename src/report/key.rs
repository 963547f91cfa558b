//! Which value of a key is in force, and who says so.

use serde_json::{Value, json};

use super::markdown::{code, escape};
use super::why::plain;
use super::{Look, Page, Wording, harmless};
use crate::change::Message;
use crate::config::{KeyAnswer, KeyStep};

/// The answers for a terminal or a pipe.
pub fn text(wording: &Wording, answers: &[KeyAnswer], look: Look) -> String {
    let mut page = Page::new(look);
    for answer in answers {
        page.gap();
        page.line(page.strong(&heading(wording, answer)));
        page.pairs(2, &lines(wording, answer));
    }
    page.finish()
}

/// The answers as Markdown.
pub fn markdown(wording: &Wording, answers: &[KeyAnswer]) -> String {
    let mut out = String::new();
    for answer in answers {
        out.push_str(&format!("### {}\n\n", escape(&heading(wording, answer))));
        for (who, what) in lines(wording, answer) {
            out.push_str(&format!("- {} {}\n", escape(&who), code(&what)));
        }
        out.push('\n');
    }
    out
}

/// The answers for programs: `sekisho/key/v1`, free of language.
pub fn json(key: &str, answers: &[KeyAnswer]) -> Value {
    json!({ "schema": "sekisho/key/v1", "key": key, "answers": answers })
}

fn heading(wording: &Wording, answer: &KeyAnswer) -> String {
    let value = match &answer.value {
        Some(value) => plain(value),
        None => wording.label("key-unset"),
    };
    let key = harmless(&answer.key);
    match &answer.change {
        Some(change) => format!("{} {key} = {value}", harmless(change)),
        None => format!("{key} = {value}"),
    }
}

/// Who says what, the strongest first; who is silent below the winner is left out.
fn lines(wording: &Wording, answer: &KeyAnswer) -> Vec<(String, String)> {
    let winner = answer.steps.iter().position(|step| step.value.is_some());
    let line = |(index, step): (usize, &KeyStep)| {
        let said = match &step.value {
            Some(value) if Some(index) == winner => {
                wording.say(&Message::new("key-wins").with("value", plain(value)))
            }
            Some(value) => wording.say(&Message::new("key-loses").with("value", plain(value))),
            None if winner.is_none_or(|winner| index < winner) => wording.label("key-silent"),
            None => return None,
        };
        let word = serde_json::to_value(step.source).unwrap_or_default();
        let source = wording.word("source", word.as_str().unwrap_or_default());
        Some((source, format!("{said}{}", place(answer, step))))
    };
    answer.steps.iter().enumerate().filter_map(line).collect()
}

/// The line where it is written, and the key where that is another one than was asked for.
fn place(answer: &KeyAnswer, step: &KeyStep) -> String {
    let mut places = Vec::new();
    if let (Some(file), Some(line)) = (&step.file, step.line) {
        places.push(format!("{}:{line}", harmless(file)));
    }
    if step.key != answer.key {
        places.push(harmless(&step.key));
    }
    match places.is_empty() {
        true => String::new(),
        false => format!("  {}", places.join(" ")),
    }
}
