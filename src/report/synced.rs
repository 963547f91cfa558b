//! Acts that waited, and what became of them.

use serde_json::{Value, json};

use super::{Look, Page, People, Wording, harmless, time};
use crate::change::{Message, Moment};

/// One act that waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedView {
    /// Its number among those that waited.
    pub number: u64,
    /// The act, such as `change.approved`; `None` when it cannot be read.
    pub act: Option<String>,
    /// The change.
    pub change: Option<String>,
    /// Who acted, by key.
    pub person: Option<String>,
    /// When it was said.
    pub said: Option<Moment>,
    /// The record and when it was sealed, where the log has it.
    pub record: Option<(u64, Moment)>,
    /// Why it was put aside, where it was.
    pub held: Option<Message>,
}

/// A line for each act, and how many were put aside where.
pub fn text(wording: &Wording, view: &[SyncedView], people: &People, folder: &str, look: Look) -> String {
    let mut page = Page::new(look);
    if view.is_empty() {
        page.line(wording.label("sync-nothing"));
        return page.finish();
    }
    for one in view {
        page.line(wording.say(&line(wording, one, people)));
        if let Some(why) = &one.held {
            page.indented(2, wording.say(why));
        }
    }
    let held = view.iter().filter(|one| one.held.is_some()).count();
    if held > 0 {
        page.line(
            wording.say(
                &Message::new("sync-held-in")
                    .with("count", held)
                    .with("folder", harmless(folder)),
            ),
        );
    }
    page.finish()
}

fn line(wording: &Wording, one: &SyncedView, people: &People) -> Message {
    let key = match (&one.act, one.record, &one.held) {
        (None, _, Some(_)) => "sync-line-unread",
        (None, _, None) => "sync-line-gone",
        (Some(_), Some(_), _) => "sync-line-recorded",
        (Some(_), None, _) => "sync-line-held",
    };
    let moment = |at: Option<Moment>| at.map_or_else(|| "?".to_owned(), |at| time::short(wording, at));
    let act = one.act.as_deref().map(|act| wording.act(act)).unwrap_or_default();
    let what = [act, one.change.clone().unwrap_or_default()];
    Message::new(key)
        .with("number", one.number)
        .with("what", what.join(" ").trim())
        .with("person", people.name(one.person.as_deref().unwrap_or("?")))
        .with("said", moment(one.said))
        .with("at", moment(one.record.map(|(_, at)| at)))
        .with("seq", one.record.map_or(0, |(seq, _)| seq))
}

/// For programs: `sekisho/synced/v1`.
pub fn json(view: &[SyncedView]) -> Value {
    let rows: Vec<Value> = view
        .iter()
        .map(|one| {
            let state = match (one.record, &one.held) {
                (Some(_), _) => "recorded",
                (None, Some(_)) => "held",
                (None, None) => "gone",
            };
            json!({
                "number": one.number,
                "state": state,
                "act": one.act,
                "change": one.change,
                "person": one.person,
                "said": one.said,
                "seq": one.record.map(|(seq, _)| seq),
                "at": one.record.map(|(_, at)| at),
                "why": one.held.as_ref().map(|why| why.key.clone()),
            })
        })
        .collect();
    json!({ "schema": "sekisho/synced/v1", "acts": rows })
}
