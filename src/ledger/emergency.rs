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
    /// When it happened: not before the emergency was declared.
    pub at: Moment,
    /// When the log heard of it.
    pub sealed: Moment,
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
    /// When it was given: not before the emergency was declared.
    pub at: Moment,
    /// When the log heard of it.
    pub sealed: Moment,
}

/// What was carried out without the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Executed {
    /// When, as whoever said it says; as it was said, where the log was there.
    pub done: Moment,
    /// When they said so.
    pub said: Moment,
    /// When the log heard of it.
    pub sealed: Moment,
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
    /// Who said that it is over, and when; whose word that is, the configuration says.
    pub endings: Vec<(PersonKey, Moment)>,
    /// Others who have a part in the work, as far as its declaration was read.
    pub parties: Vec<PersonKey>,
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
            endings: Vec::new(),
            parties: Vec::new(),
        }
    }

    /// Reads an `emergency.declared/1`; `None` when a part of it is missing.
    pub(super) fn read(record: &Record, (at, sealed): (Moment, Moment), trust: Trust) -> Option<Self> {
        let fields = Fields(&record.statement.body);
        let done_at = match fields.text("done_at") {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        };
        let declared = Self::new(
            (record.seq, at),
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
        person == &self.declarer || person == &self.executor || self.parties.contains(person)
    }

    /// When it was ended by somebody who has a part in it, or who `may` end it.
    pub fn ended_by(&self, may: impl Fn(&PersonKey) -> bool) -> Option<Moment> {
        let mut theirs = self.endings.iter();
        let first = theirs.find(|(person, _)| self.involves(person) || may(person));
        first.map(|(_, at)| *at)
    }
}
