//! What a record is about, for those who look for it among others: a copy that can always be made
//! again from the log.

use std::borrow::Cow;

use crate::change::Digest;

use super::line::{Line, NotARecord};
use super::members::{bare, items, members};

/// What a record is about, where and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// The record's number.
    pub seq: u64,
    /// People, changes, areas and types with what they are, each once.
    pub about: Vec<(About, Cow<'a, str>)>,
    /// The service.
    pub service: Option<Cow<'a, str>>,
    /// The environment.
    pub environment: Option<Cow<'a, str>>,
    /// When it was sealed, in seconds since 1970.
    pub sealed: i64,
    /// How it ended.
    pub outcome: Option<Cow<'a, str>>,
    /// The documents with words of people, by name.
    pub texts: Vec<(&'a str, Digest)>,
    /// The document that it takes out.
    pub redacts: Option<Digest>,
}

/// What a word of an event stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// An area that its changes touch.
    Area,
    /// A change's number.
    Change,
    /// Somebody with a part in it: who acted, executor, approvers, who decides to go back.
    Person,
    /// The type of one of its changes.
    Type,
}

/// The documents that hold words of people.
const WORDED: [&str; 3] = ["declaration", "dossier", "note"];

impl<'a> Event<'a> {
    /// Reads a record's line.
    ///
    /// # Errors
    /// [`NotARecord`] as for [`super::Record::read`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, NotARecord> {
        let line = Line::read(bytes)?;
        let said = line.said;
        let mut event = Self {
            seq: line.seq,
            about: Vec::new(),
            service: None,
            environment: None,
            sealed: line.at,
            outcome: None,
            texts: said
                .attachments()
                .filter(|(_, name)| WORDED.contains(name))
                .map(|(digest, name)| (name, digest))
                .collect(),
            redacts: said.redacts(),
        };
        for (key, value) in members(said.body) {
            match key {
                "service" => event.service = text(value),
                "environment" => event.environment = text(value),
                "outcome" => event.outcome = text(value),
                "change" | "rollback_of" => event.is_about(About::Change, text(value)),
                "changes" => items(value).for_each(|change| event.take_change(change)),
                _ => event.take_in(key, value),
            }
        }
        event.about.sort_unstable();
        event.about.dedup();
        Ok(event)
    }

    fn is_about(&mut self, what: About, word: Option<Cow<'a, str>>) {
        self.about.extend(word.map(|word| (what, word)));
    }

    fn take_change(&mut self, change: &'a str) {
        for (key, value) in members(change) {
            match key {
                "id" => self.is_about(About::Change, text(value)),
                _ => self.take_in(key, value),
            }
        }
    }

    /// People, areas and type, as the record's body or one of its changes has them.
    fn take_in(&mut self, key: &str, value: &'a str) {
        match key {
            "person" | "executor" | "approver" | "decider" => self.is_about(About::Person, person(value)),
            "approvers" => items(value).for_each(|item| self.is_about(About::Person, person(item))),
            "areas" => items(value).for_each(|item| self.is_about(About::Area, text(item))),
            "type" => self.is_about(About::Type, text(value)),
            _ => {}
        }
    }
}

/// The text that a canonical value is.
fn text(value: &str) -> Option<Cow<'_, str>> {
    match bare(value) {
        Some(text) => Some(Cow::Borrowed(text)),
        None if value.starts_with('"') => serde_json::from_str(value).ok().map(Cow::Owned),
        None => None,
    }
}

fn person(value: &str) -> Option<Cow<'_, str>> {
    match text(value)? {
        Cow::Borrowed(text) => text.strip_prefix("person:").map(Cow::Borrowed),
        Cow::Owned(text) => text.strip_prefix("person:").map(|key| Cow::Owned(key.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Head, Record, Statement};

    #[test]
    fn every_change_of_a_decision_is_found() {
        let body = serde_json::json!({
            "person": "person:sato", "decider": "person:sato \"x\"", "outcome": 1, "service": "shop", "environment": "production", "head": "ab",
            "changes": [
                {"id": "CHG-20261201-AAAA", "type": "normal", "approvers": ["person:mori"], "areas": ["pay"]},
                {"id": "CHG-20261201-BBBB", "type": "emergency", "decider": "person:ishii", "areas": ["waf"]},
            ],
        });
        let record = Record {
            prev: [0; 32],
            seq: 7,
            signatures: Vec::new(),
            statement: Statement {
                act: "deploy.allowed/1".to_owned(),
                body: body.as_object().unwrap().clone(),
                by: "person:sato".to_owned(),
                id: "AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
                log: "local/shop/sekisho".to_owned(),
                seen: Head::EMPTY,
                time: "2026-12-01T01:00:00Z".to_owned(),
                with: Vec::new(),
            },
            time: "2026-12-01T01:00:02Z".to_owned(),
        };
        let bytes = record.encode().unwrap();
        let event = Event::read(&bytes).unwrap();
        let all = |what: About| {
            let some = event.about.iter().filter(|(kind, _)| *kind == what);
            some.map(|(_, word)| word.as_ref()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(all(About::Person), "ishii mori sato sato \"x\"");
        assert_eq!(all(About::Change), "CHG-20261201-AAAA CHG-20261201-BBBB");
        assert_eq!(all(About::Area), "pay waf");
        assert_eq!(all(About::Type), "emergency normal");
        assert_eq!(event.service.as_deref(), Some("shop"));
        assert_eq!(event.outcome, None, "what is no text is no word");
        assert_eq!(event.sealed, 1_796_086_802);
    }
}
