//! One emergency, as the log tells it.

use super::body::Fields;
use super::{Record, Trust};
use crate::change::{Digest, EnvironmentKey, Moment, PersonKey, ServiceKey};

/// How somebody who was called answered: `approved`, `refused` or `no_answer`.
pub const APPROVED: &str = "approved";
/// They said no.
pub const REFUSED: &str = "refused";
/// Nobody answered.
pub const NO_ANSWER: &str = "no_answer";

/// One try to reach somebody, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The record.
    pub seq: u64,
    /// Who was called.
    pub called: PersonKey,
    /// Who recorded it.
    pub by: PersonKey,
    /// How: `phone`, `mail`, `chat`, `meeting`, `letter`.
    pub channel: String,
    /// [`APPROVED`], [`REFUSED`] or [`NO_ANSWER`].
    pub result: String,
    /// When it happened.
    pub at: Moment,
    /// The declaration that was talked about.
    pub declaration: Digest,
}

/// More time, with somebody's word for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Until when.
    pub until: Moment,
    /// Whose word it rests on.
    pub approver: PersonKey,
    /// Who recorded it.
    pub by: PersonKey,
    /// When it was given.
    pub at: Moment,
}

/// What somebody decided about it afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retro {
    /// The record.
    pub seq: u64,
    /// Who.
    pub person: PersonKey,
    /// Whether they agree.
    pub approved: bool,
    /// When.
    pub at: Moment,
    /// The decision that let it pass.
    pub decision: u64,
}

/// What was carried out without the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Executed {
    /// When, as whoever said it says.
    pub done: Moment,
    /// When they said so.
    pub said: Moment,
    /// When the log heard of it.
    pub sealed: Moment,
}

/// One emergency, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    /// The record that declared it.
    pub seq: u64,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// Who declared it.
    pub declarer: PersonKey,
    /// Who carries it out.
    pub executor: PersonKey,
    /// When it was declared. Before `sealed` where it was filed late.
    pub at: Moment,
    /// When the log heard of it.
    pub sealed: Moment,
    /// When the work was done, where that was before it was declared.
    pub done_at: Option<Moment>,
    /// That it was carried out without the log.
    pub executed: Option<Executed>,
    /// What is done, as a word of the declaration.
    pub measure: String,
    /// The declaration.
    pub declaration: Digest,
    /// Whether the record is signed.
    pub trust: Trust,
    /// Who was called, in order of time.
    pub attempts: Vec<Attempt>,
    /// How often it was given more time.
    pub extensions: Vec<Extension>,
    /// Whether everyone was told in writing.
    pub told: bool,
    /// Who answered that they have read it.
    pub acknowledged: Vec<PersonKey>,
    /// What was decided afterwards, in order.
    pub retro: Vec<Retro>,
    /// The full record, once it is there.
    pub completed: Option<Digest>,
    /// When it was ended.
    pub ended: Option<Moment>,
}

impl Emergency {
    /// One that was only just declared: by which record and when, where, by whom and carried out by
    /// whom, what is done and in which words.
    pub fn new(
        (seq, at): (u64, Moment),
        (service, environment): (ServiceKey, EnvironmentKey),
        (declarer, executor): (PersonKey, PersonKey),
        (measure, declaration): (String, Digest),
        trust: Trust,
    ) -> Self {
        Self {
            seq,
            service,
            environment,
            declarer,
            executor,
            at,
            sealed: at,
            done_at: None,
            executed: None,
            measure,
            declaration,
            trust,
            attempts: Vec::new(),
            extensions: Vec::new(),
            told: false,
            acknowledged: Vec::new(),
            retro: Vec::new(),
            completed: None,
            ended: None,
        }
    }

    /// Reads an `emergency.declared/1`; `None` when a part of it is missing.
    pub(super) fn read(record: &Record, sealed: Moment, trust: Trust) -> Option<Self> {
        let fields = Fields(&record.statement.body);
        let done_at = match fields.text("done_at") {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        };
        let declared = Self::new(
            (record.seq, happened(&fields, sealed)?),
            (fields.text("service")?.into(), fields.text("environment")?.into()),
            (fields.person("person")?, fields.person("executor")?),
            (fields.text("measure")?.to_owned(), fields.digest("declaration")?),
            trust,
        );
        Some(Self {
            sealed,
            done_at,
            ..declared
        })
    }

    /// Whether somebody has a part in the work, so that their word on it is their own cause.
    pub fn involves(&self, person: &PersonKey) -> bool {
        person == &self.declarer || person == &self.executor
    }

    /// The people who said yes before or while it is carried out, each once, with how they were
    /// reached; whoever said no later is not among them.
    pub fn agreed(&self) -> Vec<&Attempt> {
        let mut last: Vec<&Attempt> = Vec::new();
        for attempt in &self.attempts {
            let speaks = attempt.result != NO_ANSWER;
            if speaks && attempt.declaration == self.declaration && !self.involves(&attempt.called) {
                last.retain(|known| known.called != attempt.called);
                last.push(attempt);
            }
        }
        last.retain(|attempt| attempt.result == APPROVED);
        last
    }

    /// The people whose last word is no.
    pub fn refusals(&self) -> Vec<&PersonKey> {
        let mut people: Vec<&PersonKey> = Vec::new();
        for attempt in &self.attempts {
            match attempt.result.as_str() {
                REFUSED if !people.contains(&&attempt.called) => people.push(&attempt.called),
                APPROVED => people.retain(|person| **person != attempt.called),
                _ => {}
            }
        }
        people
    }
}

/// When something happened: as the body says, never after it was sealed.
pub(super) fn happened(fields: &Fields<'_>, sealed: Moment) -> Option<Moment> {
    match fields.text("occurred") {
        Some(text) => Some(text.parse::<Moment>().ok()?.min(sealed)),
        None => Some(sealed),
    }
}
