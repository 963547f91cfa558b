//! A record as a list of facts that can be searched by; what it says to people stays in the log.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::change::Digest;

use super::body::Fields;
use super::line::{Line, NotARecord};

/// What a record is about, by whom, when and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The record's number.
    pub seq: u64,
    /// `noun.verb`, without the major.
    pub act: String,
    /// How the author is named: `key:SHA256:…`, `person:…`, `github-user:…`.
    pub by: String,
    /// Everyone with a part in it: who acted, executor, approvers, who decides to go back.
    pub people: BTreeSet<String>,
    /// The changes.
    pub changes: BTreeSet<String>,
    /// The service.
    pub service: Option<String>,
    /// The environment.
    pub environment: Option<String>,
    /// The areas that its changes touch.
    pub areas: BTreeSet<String>,
    /// The types of its changes.
    pub types: BTreeSet<String>,
    /// The commit.
    pub head: Option<String>,
    /// When the author says it was, in seconds since 1970.
    pub claimed: i64,
    /// When it was sealed, in seconds since 1970.
    pub sealed: i64,
    /// The statement's id.
    pub id: String,
    /// How it ended.
    pub outcome: Option<String>,
    /// The documents with words of people, by name.
    pub texts: Vec<(String, Digest)>,
    /// The document that it takes out.
    pub redacts: Option<Digest>,
}

/// The documents that hold words of people.
const WORDED: [&str; 3] = ["declaration", "dossier", "note"];

impl Event {
    /// Reads a record's line.
    ///
    /// # Errors
    /// [`NotARecord`] as for [`super::Record::read`].
    pub fn read(bytes: &[u8]) -> Result<Self, NotARecord> {
        let line = Line::read(bytes)?;
        let said = line.said;
        let body: Map<String, Value> =
            serde_json::from_str(said.body).map_err(|_| NotARecord::Field("body"))?;
        let fields = Fields(&body);
        let mut event = Self {
            seq: line.seq,
            act: said.act.split('/').next().unwrap_or_default().to_owned(),
            by: said.by.to_owned(),
            people: BTreeSet::new(),
            changes: BTreeSet::new(),
            service: fields.text("service").map(str::to_owned),
            environment: fields.text("environment").map(str::to_owned),
            areas: BTreeSet::new(),
            types: BTreeSet::new(),
            head: fields.text("head").map(str::to_owned),
            claimed: said.at,
            sealed: line.at,
            id: said.id.to_owned(),
            outcome: fields.text("outcome").map(str::to_owned),
            texts: said
                .attachments()
                .filter(|(_, name)| WORDED.contains(name))
                .map(|(digest, name)| (name.to_owned(), digest))
                .collect(),
            redacts: said.redacts(),
        };
        event.take_in(&body);
        event.changes.extend(fields.text("change").map(str::to_owned));
        event
            .changes
            .extend(fields.text("rollback_of").map(str::to_owned));
        for change in fields.list("changes").unwrap_or_default() {
            let Some(change) = change.as_object() else {
                continue;
            };
            event.take_in(change);
            event.changes.extend(Fields(change).text("id").map(str::to_owned));
        }
        Ok(event)
    }

    /// People, areas and type, as the record's body or one of its changes has them.
    fn take_in(&mut self, body: &Map<String, Value>) {
        let fields = Fields(body);
        for key in ["person", "executor", "approver", "decider"] {
            self.people.extend(fields.text(key).and_then(person));
        }
        let each = |key| {
            fields
                .list(key)
                .unwrap_or_default()
                .iter()
                .filter_map(Value::as_str)
        };
        self.people.extend(each("approvers").filter_map(person));
        self.areas.extend(each("areas").map(str::to_owned));
        self.types.extend(fields.text("type").map(str::to_owned));
    }
}

fn person(principal: &str) -> Option<String> {
    principal.strip_prefix("person:").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Head, Record, Statement};

    #[test]
    fn every_change_of_a_decision_is_found() {
        let body = serde_json::json!({
            "person": "person:sato", "service": "shop", "environment": "production", "head": "ab",
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
        let event = Event::read(&record.encode().unwrap()).unwrap();
        let all = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(all(&event.people), "ishii mori sato");
        assert_eq!(all(&event.changes), "CHG-20261201-AAAA CHG-20261201-BBBB");
        assert_eq!(
            (all(&event.areas), all(&event.types)),
            ("pay waf".to_owned(), "emergency normal".to_owned())
        );
        assert_eq!(
            (event.act.as_str(), event.sealed - event.claimed),
            ("deploy.allowed", 2)
        );
    }
}
