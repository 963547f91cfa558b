//! Going back, folded: who decided it, when it was carried out, and the words before a change starts.

use std::collections::BTreeMap;

use super::body::Fields;
use super::owing::opened;
use super::standing::{carries, is_within};
use super::{MOVES_BACK_SECONDS, Open, Record, Standing, State};
use crate::change::{ChangeId, Digest, EnvironmentKey, Moment, PersonKey, ServiceKey};

/// The acts that are folded here.
const ACTS: &[&str] = &[
    "checkpoint.go/1",
    "checkpoint.no_go/1",
    "rollback.decided/1",
    "rollback.finished/1",
    "rollback.started/1",
];

/// Going back from what one decision let pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoingBack {
    /// Who decided it, and when, in log order; whether it was theirs to decide follows from the plan.
    pub decided: Vec<(PersonKey, Moment)>,
    /// When it was begun.
    pub started: Option<Moment>,
    /// When it was done.
    pub done: Option<Moment>,
    /// The last try that failed.
    pub failed: Option<Moment>,
}

/// A go or a no-go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The record.
    pub seq: u64,
    /// When it was sealed.
    pub at: Moment,
    /// Whose word it is.
    pub person: PersonKey,
    /// The change.
    pub change: ChangeId,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// The declaration that it was said about.
    pub declaration: Digest,
    /// The execution that it was said in; `None` before one.
    pub decision: Option<u64>,
    /// Whether it goes on.
    pub go: bool,
}

/// Everything about going back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Returns {
    /// Ways back, by the decision whose deployment is put back.
    pub of: BTreeMap<u64, GoingBack>,
    /// Each go and no-go, in log order.
    pub words: Vec<Word>,
}

impl Returns {
    /// Whether `change` was called off before it was carried out.
    pub(super) fn called_off(
        &self,
        change: &ChangeId,
        within: Option<(&ServiceKey, &EnvironmentKey)>,
    ) -> bool {
        let here = |word: &&Word| {
            within.is_none_or(|(service, environment)| {
                &word.service == service && &word.environment == environment
            })
        };
        let mut words = self.words.iter().filter(here);
        words.any(|word| !word.go && &word.change == change)
    }

    /// The word that took the work of `decision` past the point of no return.
    pub fn past_return(&self, decision: u64) -> Option<&Word> {
        let mut words = self.words.iter();
        words.find(|word| word.go && word.decision == Some(decision))
    }
}

/// Whether an act is folded here.
pub(super) fn is_one(act: &str) -> bool {
    ACTS.contains(&act)
}

/// What going back leaves to do; a record of one opens nothing else.
const OPENED: &[&str] = &["data_correction", "review"];

impl Standing {
    /// Takes in what is said and done about going back; `None` for a body that cannot be read.
    pub(super) fn went_back(&mut self, record: &Record, at: Moment) -> Option<()> {
        let fields = Fields(&record.statement.body);
        match record.statement.act.as_str() {
            "checkpoint.go/1" => self.checkpoint(record, at, true),
            "checkpoint.no_go/1" => self.checkpoint(record, at, false),
            "rollback.decided/1" => {
                let decider = fields.person("decider")?;
                self.going_back(&fields)?.decided.push((decider, at));
                Some(())
            }
            "rollback.started/1" => {
                self.going_back(&fields)?.started.get_or_insert(at);
                Some(())
            }
            _ => self.gone_back(record.seq, at, &fields),
        }
    }

    /// The way back that a body names: of a decision that let that change pass.
    fn going_back(&mut self, fields: &Fields<'_>) -> Option<&mut GoingBack> {
        let (decision, change) = (fields.number("decision")?, fields.change("change")?);
        let known = self.decisions.get(&decision)?;
        carries(known, &change).then(|| self.returns.of.entry(decision).or_default())
    }

    /// The end of going back. Only what was decided ends so, and only once.
    fn gone_back(&mut self, seq: u64, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let decision = fields.number("decision")?;
        let success = match fields.text("outcome")? {
            "success" => true,
            "failed" => false,
            _ => return None,
        };
        let known = self.going_back(fields)?;
        if known.decided.is_empty() || known.done.is_some() {
            return Some(());
        }
        if !success {
            known.failed = Some(at);
            return Some(());
        }
        known.done = Some(at);
        let decided = self.decisions.get(&decision)?;
        let (allowed_at, service) = (decided.at, decided.service.clone());
        let before = decided.before.clone().or_else(|| decided.base.clone());
        let before = decided.head.as_ref().and(before);
        let execution = self.execution(decision)?;
        let since = execution.finished.unwrap_or(allowed_at);
        execution.finished = Some(at);
        execution.outcome = Some("rolled_back".to_owned());
        self.open
            .retain(|open| open.seq != decision || open.kind != "outcome");
        self.note_rollback(decision, at);
        self.moves_back(decision, before, (since, at));
        self.opens_behind(seq, decision, &service, fields);
        Some(())
    }

    /// Puts the state that a decision authorised back to `head`. What a later decision has replaced,
    /// or what is told too late, moves nothing any more.
    pub(super) fn moves_back(&mut self, decision: u64, head: Option<String>, (since, at): (Moment, Moment)) {
        let Some(verdict) = self.decisions.get(&decision) else {
            return;
        };
        let key = (verdict.service.clone(), verdict.environment.clone());
        let is_current = self.states.get(&key).is_some_and(|state| state.seq == decision)
            && at.seconds_since(since) <= MOVES_BACK_SECONDS;
        if let (Some(head), true) = (head, is_current) {
            let (seq, since) = (decision, at);
            let passed = seq;
            self.states.insert(
                key,
                State {
                    head,
                    seq,
                    since,
                    passed,
                },
            );
        }
    }

    /// Takes in the work that a record opens on account of an earlier decision.
    pub(super) fn opens_behind(
        &mut self,
        seq: u64,
        decision: u64,
        service: &ServiceKey,
        fields: &Fields<'_>,
    ) {
        let mut list: Vec<Open> = opened(seq, service, fields);
        list.retain(|open| OPENED.contains(&open.kind.as_str()));
        if !list.is_empty() {
            let asked = fields.person("person");
            let actor = || self.decisions.get(&decision).map(|decided| decided.actor.clone());
            if let Some(by) = asked.or_else(actor) {
                self.behind.insert(seq, (decision, by));
                self.open.extend(list);
            }
        }
    }

    /// A go, or a no-go: what was let pass and not started is broken off then.
    fn checkpoint(&mut self, record: &Record, at: Moment, go: bool) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let word = Word {
            seq: record.seq,
            at,
            person: fields.person("decider")?,
            change: fields.change("change")?,
            service: fields.text("service")?.into(),
            environment: fields.text("environment")?.into(),
            declaration: fields.digest("declaration")?,
            decision: fields.number("decision"),
            go,
        };
        // A go lets something be done: not with a key that is known to be in other hands.
        if go && self.distrusted(record, at).is_some() {
            return Some(());
        }
        if let (false, Some(decision)) = (go, word.decision) {
            let decided = self.decisions.get(&decision)?;
            if !carries(decided, &word.change) {
                return None;
            }
            let before = decided.before.clone().or_else(|| decided.base.clone());
            let (before, since) = (decided.head.as_ref().and(before), decided.at);
            let execution = self.execution(decision)?;
            if execution.started.is_some() || execution.finished.is_some() {
                return Some(());
            }
            execution.finished = Some(at);
            execution.outcome = Some("aborted".to_owned());
            self.open
                .retain(|open| open.seq != decision || open.kind != "outcome");
            self.moves_back(decision, before, (since, at));
        }
        self.returns.words.push(word);
        Some(())
    }

    /// Remembers that the deployment of a decision was rolled back, along the plans of its changes.
    pub(super) fn note_rollback(&mut self, decision: u64, at: Moment) {
        let Some(decided) = self.decisions.get(&decision) else {
            return;
        };
        for change in &decided.changes {
            let fields = Fields(&change.body);
            if let (Some(plan), Some(steps)) = (fields.text("rollback_plan"), fields.digest("rollback_steps"))
            {
                self.rollbacks
                    .insert((decided.service.clone(), plan.to_owned(), steps), at);
            }
        }
    }

    /// The end of the last deployment of `service` that was rolled back along the named plan
    /// `plan`, as long as its steps were the ones that `steps` is of; `None` when there is none.
    pub fn last_rollback(&self, service: &ServiceKey, plan: &str, steps: Digest) -> Option<Moment> {
        let key = (service.clone(), plan.to_owned(), steps);
        self.rollbacks.get(&key).copied()
    }

    /// Whether `change` was put back here, by a decision of the gate or along its plan.
    pub fn put_back(&self, change: &ChangeId, within: Option<(&ServiceKey, &EnvironmentKey)>) -> bool {
        let mut decided = self.decisions.values();
        decided.any(|d| d.allowed && d.rollback_of.as_ref() == Some(change) && is_within(d, within))
    }
}
