//! Work with a deadline: what opens it, and whose word ends which.

use super::body::Fields;
use super::memory::{Act, ActKind, Decided, Open};
use super::{Record, Standing, Trust, able_to_look_back};
use crate::change::{ChangeId, Moment, PersonKey, ServiceKey};

/// Somebody's own word for what another wrote down for them.
pub const CONFIRMATION: &str = "confirmation";
/// What follows when somebody says no afterwards.
pub const REMEDIATION: &str = "remediation";
/// What a review has found to be done.
pub const ACTION: &str = "action";

/// The work that somebody's word may end; everything else has an act of its own.
pub const DONE_BY_WORD: &[&str] = &[
    ACTION,
    "back_to_code",
    CONFIRMATION,
    "data_correction",
    REMEDIATION,
    "temporary",
    "told",
];

impl Standing {
    pub(super) fn act(&mut self, kind: ActKind, record: &Record, at: Moment, trust: Trust) -> Option<()> {
        let mut act = Act::read(kind, record, at, trust)?;
        act.revoked = self.distrusted(record, at);
        // Nobody says something before what they had seen by then.
        act.said = self
            .seen(record)
            .map_or(act.said, |seen| act.said.max(seen))
            .min(at);
        if act.is_overtaken(&self.acts) {
            // Kept and shown; nothing rests on it.
            return Some(());
        }
        if act.revoked.is_none() {
            self.open.retain(|open| !open.done_by(&act));
            self.answered(record, &act);
        }
        self.acts.push(act);
        Some(())
    }

    /// Somebody's own word on what was written down for them: a yes ends the question, a no ends it only
    /// together with the work that follows from it.
    fn answered(&mut self, record: &Record, act: &Act) {
        let asked = |open: &&Open| self.own_word(open, act);
        let answered: Vec<Open> = self.open.iter().filter(asked).cloned().collect();
        let Some(first) = answered.first() else { return };
        if act.kind == ActKind::Object {
            let decision = self.decision_behind(first).map(|decided| decided.seq);
            let fields = Fields(&record.statement.body);
            let opened = only(
                REMEDIATION,
                record.seq,
                (&first.service, first.change.as_ref()),
                &fields,
            );
            let (Some(decision), false) = (decision, opened.is_empty()) else {
                return;
            };
            self.behind.insert(record.seq, (decision, act.person.clone()));
            self.open.extend(opened);
        }
        self.open.retain(|open| !answered.contains(open));
    }

    /// Whether `act` is the word that `open` waits for: the owner's own, on exactly what was recorded.
    fn own_word(&self, open: &Open, act: &Act) -> bool {
        let own = !act.attested() && act.person == open.owner && act.kind != ActKind::Withdraw;
        open.kind == CONFIRMATION
            && own
            && match (&open.content, &open.change) {
                (Some(of), _) => act.of == *of,
                (None, Some(change)) => {
                    let known = self.emergencies.get(change);
                    act.change.as_ref() == Some(change)
                        && known.is_some_and(|known| known.declaration == act.declaration)
                }
                (None, None) => false,
            }
    }

    /// Whether `person` may say that this work is done, where no act of its own shows it. Nobody answers for
    /// themselves: neither whoever wrote an approval down, nor whoever carried out what was rejected.
    pub fn may_say_done(&self, open: &Open, person: &PersonKey) -> bool {
        let decided = self.decision_behind(open);
        let known = open
            .change
            .as_ref()
            .and_then(|change| self.emergencies.get(change));
        let involved = known.is_some_and(|known| known.involves(person));
        let carried_out = involved || decided.is_some_and(|decided| carried_out(decided, person));
        let able = decided
            .zip(open.change.as_ref())
            .is_some_and(|(decided, change)| able_to_look_back(decided, change).contains(person));
        let asked = self.behind.get(&open.seq).is_some_and(|(_, by)| by == person);
        match open.kind.as_str() {
            CONFIRMATION => {
                person != &open.owner && !carried_out && !asked && !self.recorders(open).contains(&person)
            }
            REMEDIATION => !carried_out && (asked || able),
            kind => DONE_BY_WORD.contains(&kind) && (person == &open.owner || involved || able || asked),
        }
    }

    /// Who wrote down what `open` asks its owner to confirm.
    fn recorders(&self, open: &Open) -> Vec<&PersonKey> {
        let of =
            |act: &&Act| open.content == Some(act.of) || (act.change.is_some() && act.change == open.change);
        let acts = self.acts.iter().filter(|act| act.person == open.owner).filter(of);
        let known = open
            .change
            .as_ref()
            .and_then(|change| self.emergencies.get(change));
        let calls = known.into_iter().flat_map(|known| &known.attempts);
        let calls = calls.filter(|attempt| attempt.called == open.owner);
        acts.map(|act| &act.by)
            .chain(calls.map(|call| &call.by))
            .collect()
    }

    /// Somebody's word that work is done.
    pub(super) fn done(&mut self, fields: &Fields<'_>) -> Option<()> {
        let (seq, nth) = (fields.number("opened")?, fields.number("nth")?);
        let person = fields.person("person")?;
        let named = |open: &&Open| open.seq == seq && open.nth == nth;
        let may = self
            .open
            .iter()
            .find(named)
            .is_some_and(|open| self.may_say_done(open, &person));
        self.open
            .retain(|open| !may || open.seq != seq || open.nth != nth);
        Some(())
    }

    /// What somebody is still asked to confirm of `change`, with the act that was written down for them.
    pub fn to_confirm<'a>(
        &'a self,
        person: &'a PersonKey,
        change: &'a ChangeId,
    ) -> impl Iterator<Item = (&'a Open, &'a Act)> {
        let asked = move |open: &&Open| {
            open.kind == CONFIRMATION && &open.owner == person && open.change.as_ref() == Some(change)
        };
        self.open.iter().filter(asked).filter_map(move |open| {
            let of = open.content?;
            let recorded = |act: &&Act| &act.person == person && act.attested() && act.of == of;
            Some((open, self.acts.iter().rfind(recorded)?))
        })
    }

    /// The decision that a piece of open work comes from, also where another record opened it.
    pub fn decision_behind(&self, open: &Open) -> Option<&Decided> {
        let seq = self
            .behind
            .get(&open.seq)
            .map_or(open.seq, |(decision, _)| *decision);
        self.decisions.get(&seq)
    }
}

/// Whether this person asked for the execution, or is named as the one who carries a part of it out.
pub(super) fn carried_out(decided: &Decided, person: &PersonKey) -> bool {
    let executors = decided
        .changes
        .iter()
        .filter_map(|change| Fields(&change.body).person("executor"));
    &decided.actor == person || executors.into_iter().any(|executor| &executor == person)
}

/// The work of one kind that a record opens for `change`.
pub(super) fn only(
    kind: &str,
    seq: u64,
    (service, change): (&ServiceKey, Option<&ChangeId>),
    fields: &Fields<'_>,
) -> Vec<Open> {
    let mut all = opened(seq, service, fields);
    all.retain(|open| open.kind == kind && open.change.as_ref() == change);
    all
}

/// The work with a deadline that a record opens; what cannot be read is left out, its record stays.
pub(super) fn opened(seq: u64, service: &ServiceKey, fields: &Fields<'_>) -> Vec<Open> {
    let list = fields.list("opened").unwrap_or_default();
    list.iter()
        .zip(1..)
        .filter_map(|(item, nth)| {
            let fields = Fields(item.as_object()?);
            Some(Open {
                seq,
                nth,
                service: service.clone(),
                change: fields.change("change"),
                kind: fields.text("kind")?.to_owned(),
                owner: fields.person("owner")?,
                due: fields.text("due")?.parse().ok()?,
                content: fields.digest("content"),
            })
        })
        .collect()
}
