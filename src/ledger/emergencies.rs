//! Emergencies and what they leave to do, folded.

use super::body::Fields;
use super::emergency::{APPROVED, Emergency, Executed, NO_ANSWER, REFUSED, Retro};
use super::memory::{Decided, Open};
use super::owing::{CONFIRMATION, REMEDIATION, only};
use super::{Attempt, Extension, Record, Standing, Trust};
use crate::change::{ChangeId, Moment, PersonKey};

/// The acts that are folded here.
const ACTS: &[&str] = &[
    "change.revised/1",
    "emergency.closed/1",
    "emergency.contact_attempted/1",
    "emergency.declared/1",
    "emergency.executed/1",
    "emergency.extended/1",
    "emergency.retro_approved/1",
    "emergency.retro_rejected/1",
    "notify.acknowledged/1",
    "notify.sent/1",
];

/// What a retrospective decision ends.
const RETRO: &str = "retro_approval";

impl Standing {
    /// Takes in what concerns emergencies; `None` for an act with a body that cannot be read.
    pub(super) fn emergency(&mut self, record: &Record, at: Moment, trust: Trust) -> Option<()> {
        let fields = Fields(&record.statement.body);
        match record.statement.act.as_str() {
            "emergency.declared/1" => self.emergency_declared(record, at, trust),
            "emergency.contact_attempted/1" => self.attempted(record, at),
            "emergency.executed/1" => self.executed(record, at),
            "emergency.extended/1" => self.extended(record, at),
            "emergency.closed/1" => {
                let by = fields.person("person")?;
                self.running(&fields)?.endings.push((by, at));
                Some(())
            }
            "emergency.retro_approved/1" => self.retro(record, at, true),
            "emergency.retro_rejected/1" => self.retro(record, at, false),
            "notify.sent/1" => self.told(&fields),
            "notify.acknowledged/1" => self.acknowledged(record, at),
            "change.revised/1" => self.completed(&fields),
            _ => Some(()),
        }
    }

    /// The first declaration of a number stands; a second one changes nothing.
    fn emergency_declared(&mut self, record: &Record, at: Moment, trust: Trust) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let change = fields.change("change")?;
        let emergency = Emergency::read(record, (self.happened(record, at)?, at), trust)?;
        if self.emergencies.contains_key(&change) || self.filed.contains_key(&change) {
            return Some(());
        }
        self.declared(record.seq, at, &fields)?;
        self.emergencies.insert(change, emergency);
        Some(())
    }

    /// When something happened: as the body says, never after it was sealed, and never before what its
    /// signer had seen by then.
    fn happened(&self, record: &Record, sealed: Moment) -> Option<Moment> {
        let Some(said) = Fields(&record.statement.body).text("occurred") else {
            return Some(sealed);
        };
        let said = said.parse::<Moment>().ok()?;
        Some(self.seen(record).map_or(said, |seen| said.max(seen)).min(sealed))
    }

    /// When the last record that the signer of this one had seen was sealed, where that is known.
    pub(super) fn seen(&self, record: &Record) -> Option<Moment> {
        let last = record.statement.seen.size.checked_sub(1)?;
        self.times.get(&last).copied()
    }

    /// The emergency that a body names. What comes to one that nobody declared is kept and means
    /// nothing.
    fn running(&mut self, fields: &Fields<'_>) -> Option<&mut Emergency> {
        self.emergencies.get_mut(&fields.change("change")?)
    }

    fn attempted(&mut self, record: &Record, sealed: Moment) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let result = fields.text("result")?;
        if ![APPROVED, REFUSED, NO_ANSWER].contains(&result) {
            return None;
        }
        // A key that is lost says no for somebody, and nothing else.
        if result != REFUSED && self.distrusted(record, sealed).is_some() {
            return Some(());
        }
        let mut attempt = Attempt {
            seq: record.seq,
            called: fields.person("called")?,
            by: fields.person("person")?,
            channel: fields.text("via")?.to_owned(),
            result: result.to_owned(),
            at: self.happened(record, sealed)?,
            sealed,
            declaration: fields.digest("declaration")?,
        };
        let emergency = self.running(&fields)?;
        // Others do not tell later what is said to have been before.
        if !emergency.involves(&attempt.by) && attempt.by != attempt.called {
            attempt.at = sealed;
        }
        attempt.at = attempt.at.max(emergency.at);
        emergency.attempts.push(attempt);
        emergency.attempts.sort_by_key(|attempt| attempt.at);
        Some(())
    }

    /// More time: on somebody's own word, or on one that was written down for them and that they are asked
    /// to confirm.
    fn extended(&mut self, record: &Record, sealed: Moment) -> Option<()> {
        let fields = &Fields(&record.statement.body);
        let change = fields.change("change")?;
        let mut extension = Extension {
            until: fields.text("until")?.parse().ok()?,
            approver: fields.person("approver")?,
            by: fields.person("person")?,
            at: self.happened(record, sealed)?,
            sealed,
        };
        let trusted = self.distrusted(record, sealed).is_none();
        let emergency = self.running(fields)?;
        let own = extension.by == extension.approver;
        let mut asked = super::owing::opened(record.seq, &emergency.service, fields);
        asked.retain(|open| {
            open.kind == CONFIRMATION
                && open.owner == extension.approver
                && open.change.as_ref() == Some(&change)
        });
        let theirs = own || (emergency.involves(&extension.by) && !asked.is_empty());
        // Nobody who has a part in the work gives it more time.
        if trusted && theirs && !emergency.involves(&extension.approver) {
            extension.at = extension.at.max(emergency.at);
            emergency.extensions.push(extension);
            emergency.extensions.sort_by_key(|extension| extension.at);
            self.open.extend(asked.into_iter().filter(|_| !own));
        }
        Some(())
    }

    /// What was carried out while the log could not be reached: after it was declared, and told once,
    /// by somebody who has a part in it. What is told to a log that is there counts from then on.
    fn executed(&mut self, record: &Record, sealed: Moment) -> Option<()> {
        let fields = &Fields(&record.statement.body);
        let said = self.happened(record, sealed)?;
        let done = match fields.text("done_at") {
            Some(text) => text.parse::<Moment>().ok()?.min(said),
            None => said,
        };
        let seen = self.seen(record).unwrap_or(done);
        let done = if said < sealed { done.max(seen) } else { said };
        let by = fields.person("person")?;
        let trusted = self.distrusted(record, sealed).is_none();
        let emergency = self.running(fields)?;
        let counts = trusted && emergency.involves(&by) && done >= emergency.at;
        if emergency.executed.is_none() && counts {
            emergency.executed = Some(Executed { done, said, sealed });
        }
        Some(())
    }

    /// Whoever declared it or carries it out tells the others.
    fn told(&mut self, fields: &Fields<'_>) -> Option<()> {
        let change = fields.change("change")?;
        let by = fields.person("person")?;
        let emergency = self.running(fields)?;
        if !emergency.involves(&by) {
            return Some(());
        }
        emergency.told = true;
        self.close(&change, &["told"]);
        Some(())
    }

    fn acknowledged(&mut self, record: &Record, sealed: Moment) -> Option<()> {
        let fields = &Fields(&record.statement.body);
        let change = fields.change("change")?;
        let by = fields.person("person")?;
        let person = fields.person("acknowledged_by").unwrap_or_else(|| by.clone());
        let trusted = self.distrusted(record, sealed).is_none();
        let emergency = self.running(fields)?;
        if !trusted || emergency.involves(&person) {
            return Some(());
        }
        emergency.acknowledged.push(person);
        self.close(&change, &["ack"]);
        Some(())
    }

    /// The full record, by whoever declared it or carried it out, and after that: what is written down
    /// before is a plan. What was carried out stays the declaration of the first hour.
    fn completed(&mut self, fields: &Fields<'_>) -> Option<()> {
        let change = fields.change("change")?;
        let (digest, by) = (fields.digest("declaration")?, fields.person("person")?);
        let carried_out = self.was_carried_out(&change);
        let Some(emergency) = self.emergencies.get_mut(&change) else {
            return Some(());
        };
        if !carried_out || !emergency.involves(&by) {
            return Some(());
        }
        emergency.completed = Some(digest);
        self.close(&change, &["record"]);
        Some(())
    }

    /// Whether the emergency passed the gate, or was carried out where there was no way to it.
    pub fn was_carried_out(&self, change: &ChangeId) -> bool {
        let alone = self
            .emergencies
            .get(change)
            .is_some_and(|known| known.executed.is_some());
        alone || self.last_allowed(change, None).is_some()
    }

    /// A retrospective decision counts from those whom the gate has found able to take it, and on what the
    /// gate let pass. A no counts with the remediation that follows from it, and what another wrote down for
    /// somebody with the question to them.
    fn retro(&mut self, record: &Record, at: Moment, approved: bool) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let change = fields.change("change")?;
        let by = fields.person("person")?;
        let person = fields.person("approver").unwrap_or_else(|| by.clone());
        let own = by == person;
        let decision = fields.number("decision")?;
        let (of, declaration) = (fields.digest("of")?, fields.digest("declaration")?);
        let decided = self.decisions.get(&decision).filter(|decided| decided.allowed)?;
        let able = able_to_look_back(decided, &change);
        let executed = decided.changes.iter().find(|known| known.id == change);
        if executed.and_then(|known| Fields(&known.body).digest("d")) != Some(declaration) {
            return None;
        }
        if self.distrusted(record, at).is_some() {
            return Some(());
        }
        let emergency = self.emergencies.get_mut(&change)?;
        if emergency.involves(&by) || emergency.involves(&person) || !able.contains(&person) {
            return Some(());
        }
        let place = (&emergency.service, Some(&change));
        let mut opens = Vec::new();
        for (kind, needed) in [(REMEDIATION, !approved), (CONFIRMATION, !own)] {
            let mut opened = only(kind, record.seq, place, &fields);
            opened.retain(|open| kind != CONFIRMATION || open.owner == person);
            if needed && opened.is_empty() {
                return None;
            }
            opens.extend(opened.into_iter().filter(|_| needed));
        }
        emergency.retro.push(Retro {
            seq: record.seq,
            person: person.clone(),
            approved,
            at,
            decision,
        });
        let first = emergency.declaration == declaration;
        // Who has decided has read it, and with their own key has answered for what was written down.
        let answered = |open: &Open| {
            let about = open.content.map_or(first, |content| content == of);
            open.kind == CONFIRMATION && open.owner == person && own && about
        };
        self.open.retain(|open| {
            open.change.as_ref() != Some(&change)
                || (open.kind != RETRO && open.kind != "ack" && !answered(open))
        });
        self.behind.insert(record.seq, (decision, by));
        self.open.extend(opens);
        Some(())
    }

    pub(super) fn close(&mut self, change: &ChangeId, kinds: &[&str]) {
        self.open
            .retain(|open| open.change.as_ref() != Some(change) || !kinds.contains(&open.kind.as_str()));
    }
}

/// Whether an act is folded here.
pub(super) fn is_one(act: &str) -> bool {
    ACTS.contains(&act)
}

/// Who may decide afterwards about `change`, as the decision that let it pass has written down.
pub fn able_to_look_back(decided: &Decided, change: &ChangeId) -> Vec<PersonKey> {
    let body = decided.changes.iter().find(|known| &known.id == change);
    let listed = body.and_then(|known| Fields(&known.body).list("retro"));
    let names = listed.unwrap_or_default().iter().filter_map(|name| name.as_str());
    names
        .filter_map(|name| name.strip_prefix("person:").map(PersonKey::from))
        .collect()
}
