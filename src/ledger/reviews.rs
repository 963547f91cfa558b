//! Reviews that were held, folded.

use super::body::Fields;
use super::owing::{ACTION, carried_out, opened};
use super::{Record, Standing};
use crate::change::{Digest, Moment, PersonKey};

/// A review that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The record.
    pub seq: u64,
    /// Who closed it.
    pub person: PersonKey,
    /// When.
    pub at: Moment,
    /// The document with the answers.
    pub answers: Digest,
}

/// What a review ends.
const REVIEW: &str = "review";

impl Standing {
    /// A review counts of what was carried out and with its answers. That of an emergency is closed by
    /// somebody who had no part in it; what it finds to be done is opened with it.
    pub(super) fn reviewed(&mut self, record: &Record) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let change = fields.change("change")?;
        let person = fields.person("person")?;
        let decision = fields.number("decision")?;
        let at = record.time.parse().ok()?;
        let with = record.statement.with.iter();
        let answers = with.clone().find(|attached| attached.name == REVIEW)?.digest;
        let decided = self.decisions.get(&decision)?;
        let ran = decided.allowed && decided.changes.iter().any(|known| known.id == change);
        let known = self.emergencies.get(&change);
        let own = known.is_some_and(|known| known.involves(&person) || carried_out(decided, &person));
        if !ran || own {
            return Some(());
        }
        let mut actions = opened(record.seq, &decided.service, &fields);
        actions.retain(|open| open.kind == ACTION && open.change.as_ref() == Some(&change));
        self.close(&change, &[REVIEW]);
        self.behind.insert(record.seq, (decision, person.clone()));
        self.open.extend(actions);
        let seq = record.seq;
        let all = self.reviews.entry(change).or_default();
        all.push(Reviewed {
            seq,
            person,
            at,
            answers,
        });
        Some(())
    }
}
