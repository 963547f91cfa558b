//! What the log says now: authorised states, acts of people, executions and open obligations,
//! folded in log order.

use std::collections::{BTreeMap, BTreeSet};

use super::body::Fields;
use super::memory::{Act, ActKind, Decided, DecidedChange, Execution, Filed, Open, State, Trust};
use super::{
    DeclaredFreeze, Emergency, Grant, Record, Returns, Reviewed, Revocations, Waiver, emergencies, owing,
};
use crate::change::{ChangeId, Digest, EnvironmentKey, Moment, PersonKey, ServiceKey};

/// The log, folded.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The log's origin.
    pub origin: Option<String>,
    /// The digest of the signers in force.
    pub signers: Option<Digest>,
    /// Whether records without a checked signature count, as the last record about the signers
    /// says.
    pub unsigned_counts: bool,
    /// The last authorised states.
    pub states: BTreeMap<(ServiceKey, EnvironmentKey), State>,
    /// Acts of people, in log order.
    pub acts: Vec<Act>,
    /// Exceptions that were granted and not taken back, in log order; some have ended.
    pub grants: Vec<Grant>,
    /// Declarations in the log; the latest of each change.
    pub filed: BTreeMap<ChangeId, Filed>,
    /// Decisions, by record.
    pub decisions: BTreeMap<u64, Decided>,
    /// Executions, by the decision's record, in order.
    pub executions: Vec<Execution>,
    /// Open work with a deadline.
    pub open: Vec<Open>,
    /// When each named rollback plan, with the digest of its steps, was last carried out.
    pub rollbacks: BTreeMap<(ServiceKey, String, Digest), Moment>,
    /// Waivers of open work, in log order, whether or not they were the giver's to give.
    pub waivers: Vec<Waiver>,
    /// Emergencies, ended or not.
    pub emergencies: BTreeMap<ChangeId, Emergency>,
    /// Ways back that were decided or gone, and each go and no-go.
    pub returns: Returns,
    /// Freezes that people declared, by record, lifted ones too.
    pub freezes: BTreeMap<u64, DeclaredFreeze>,
    /// Reviews that were closed, by their change, in log order.
    pub reviews: BTreeMap<ChangeId, Vec<Reviewed>>,
    /// The decision behind work that another record opened, and who asked for it, by that record.
    pub(super) behind: BTreeMap<u64, (u64, PersonKey)>,
    /// When each record was sealed.
    pub(super) times: BTreeMap<u64, Moment>,
    /// Records of known acts whose body could not be read.
    pub unreadable: BTreeSet<u64>,
    /// Keys that are known to be revoked later on: what they allow and is not used yet does not count.
    revocations: Revocations,
}

/// The setting under which records without a signature count.
const OPTIONAL: &str = "optional";

/// The outcome of what was put back.
const ROLLED_BACK: &str = "rolled_back";

impl Standing {
    /// An empty log's, for a log in which these keys are revoked in the end.
    pub fn knowing(revocations: Revocations) -> Self {
        Self {
            revocations,
            ..Self::default()
        }
    }

    /// Takes in the next record. A record of an act that is not known here changes nothing; one
    /// of a known act with a body that cannot be read is remembered in `unreadable`.
    pub fn apply(&mut self, record: &Record, trust: Trust) {
        let Ok(at) = record.time.parse::<Moment>() else {
            self.unreadable.insert(record.seq);
            return;
        };
        self.times.insert(record.seq, at);
        let fields = Fields(&record.statement.body);
        let opens_without =
            record.statement.act == "log.created/1" && fields.text("signatures") == Some(OPTIONAL);
        if trust != Trust::Signed && !self.unsigned_counts && !opens_without {
            // Kept, shown as unsigned, and nothing rests on it.
            return;
        }
        let known = match record.statement.act.as_str() {
            "log.created/1" => self.created(&fields),
            "trust.signers/1" => self.signers(&fields),
            "state.baselined/1" => self.baselined(record.seq, at, &fields),
            "change.declared/1" => self.declared(record.seq, at, &fields),
            "change.approved/1" => self.act(ActKind::Approve, record, at, trust),
            "change.objected/1" => self.act(ActKind::Object, record, at, trust),
            "change.withdrawn/1" => self.act(ActKind::Withdraw, record, at, trust),
            "exception.granted/1" => self.granted(record, at, trust),
            "exception.withdrawn/1" => self.grant_withdrawn(&fields),
            "obligation.waived/1" => self.waived(record, at, trust),
            "action.done/1" | "obligation.done/1" => self.done(&fields),
            "review.closed/1" => self.reviewed(record),
            "deploy.allowed/1" => self.decided(true, record.seq, at, &fields),
            "deploy.denied/1" => self.decided(false, record.seq, at, &fields),
            "deploy.started/1" => self.started(at, &fields),
            "deploy.finished/1" => self.finished(record.seq, at, &fields),
            "freeze.declared/1" => self.freeze_declared(record, at),
            "freeze.lifted/1" => self.freeze_lifted(record, at),
            act if super::rollbacks::is_one(act) => self.went_back(record, at),
            act if emergencies::is_one(act) => self.emergency(record, at, trust),
            _ => Some(()),
        };
        if known.is_none() {
            self.unreadable.insert(record.seq);
        }
    }

    fn created(&mut self, fields: &Fields<'_>) -> Option<()> {
        self.origin = Some(fields.text("origin")?.to_owned());
        self.signers(fields)
    }

    fn signers(&mut self, fields: &Fields<'_>) -> Option<()> {
        self.signers = Some(fields.digest("signers")?);
        self.unsigned_counts = fields.text("signatures") == Some(OPTIONAL);
        Some(())
    }

    fn baselined(&mut self, seq: u64, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let key = (fields.text("service")?.into(), fields.text("environment")?.into());
        let head = fields.text("head")?.to_owned();
        self.states.entry(key).or_insert(State {
            head,
            seq,
            since: at,
            passed: seq,
        });
        Some(())
    }

    pub(super) fn declared(&mut self, seq: u64, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let change = fields.change("change")?;
        let filed = Filed {
            seq,
            at,
            digest: fields.digest("declaration")?,
            by: fields.person("person")?,
            first: self.filed.get(&change).map_or(at, |known| known.first),
        };
        self.filed.insert(change, filed);
        Some(())
    }

    /// The record that revoked the key which signed this one, where that takes it along.
    pub(super) fn distrusted(&self, record: &Record, at: Moment) -> Option<u64> {
        self.revocations
            .distrusts(&record.statement.by, at.timestamp().as_second())
    }

    fn granted(&mut self, record: &Record, at: Moment, trust: Trust) -> Option<()> {
        let grant = Grant::read(record, at, trust)?;
        if self.distrusted(record, at).is_none() {
            self.grants.push(grant);
        }
        Some(())
    }

    /// Whoever granted takes back what they granted, and nobody else's.
    fn grant_withdrawn(&mut self, fields: &Fields<'_>) -> Option<()> {
        let person = fields.person("person")?;
        let (rule, change) = (fields.text("rule")?, fields.change("change")?);
        self.grants
            .retain(|grant| grant.person != person || grant.rule != rule || grant.change != change);
        Some(())
    }

    /// Of work that is not open (any more) nothing is left to waive.
    fn waived(&mut self, record: &Record, at: Moment, trust: Trust) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let person = fields.person("person")?;
        if self.distrusted(record, at).is_some() {
            return Some(());
        }
        let (seq, nth) = (fields.number("opened")?, fields.number("nth")?);
        let open = self.open.iter().find(|open| open.seq == seq && open.nth == nth);
        let decided = open.and_then(|open| self.decision_behind(open));
        if let (Some(open), Some(decided)) = (open, decided)
            && let Some(state) = self
                .states
                .get(&(open.service.clone(), decided.environment.clone()))
        {
            self.waivers.push(Waiver {
                seq: record.seq,
                person,
                at,
                trust,
                of: open.clone(),
                head: state.head.clone(),
            });
        }
        Some(())
    }

    fn decided(&mut self, allowed: bool, seq: u64, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let service: ServiceKey = fields.text("service")?.into();
        let environment: EnvironmentKey = fields.text("environment")?.into();
        let state = self.states.get(&(service.clone(), environment.clone()));
        let verdict = Decided {
            before: state.map(|state| state.head.clone()),
            seq,
            at,
            allowed,
            service,
            environment,
            base: fields.text("base").map(str::to_owned),
            head: fields.text("head").map(str::to_owned),
            run: fields.text("run")?.to_owned(),
            actor: fields.person("executor")?,
            until: match fields.text("until") {
                Some(until) => Some(until.parse().ok()?),
                None => None,
            },
            changes: DecidedChange::all_of(fields)?,
            rollback_of: fields.change("rollback_of"),
        };
        if allowed {
            if let Some(head) = &verdict.head {
                let key = (verdict.service.clone(), verdict.environment.clone());
                match self.states.get_mut(&key) {
                    // What brings nothing new takes nobody's place: the change can still be objected to
                    // and taken back.
                    Some(state) if state.head == *head && verdict.changes.is_empty() => state.passed = seq,
                    _ => {
                        let head = head.clone();
                        let state = State {
                            head,
                            seq,
                            since: at,
                            passed: seq,
                        };
                        self.states.insert(key, state);
                    }
                }
            }
            self.executions.push(Execution {
                decision: seq,
                started: None,
                finished: None,
                outcome: None,
            });
            self.open.extend(owing::opened(seq, &verdict.service, fields));
        }
        self.decisions.insert(seq, verdict);
        Some(())
    }

    fn started(&mut self, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let decision = fields.number("decision")?;
        self.execution(decision)?.started = Some(at);
        Some(())
    }

    fn finished(&mut self, seq: u64, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let decision = fields.number("decision")?;
        let outcome = fields.text("outcome")?.to_owned();
        let execution = self.execution(decision)?;
        execution.finished = Some(at);
        execution.outcome = Some(outcome.clone());
        self.open
            .retain(|open| open.seq != decision || open.kind != "outcome");
        if outcome == "rolled_back" {
            self.note_rollback(decision, at);
        }
        let verdict = self.decisions.get(&decision)?;
        let before = verdict.before.clone().or_else(|| verdict.base.clone());
        let back_to = match outcome.as_str() {
            "failed" | "aborted" => before,
            "rolled_back" => fields.text("back_to").map(str::to_owned).or(before),
            _ => None,
        };
        let (since, service) = (verdict.at, verdict.service.clone());
        self.moves_back(decision, back_to, (since, at));
        self.opens_behind(seq, decision, &service, fields);
        Some(())
    }

    pub(super) fn execution(&mut self, decision: u64) -> Option<&mut Execution> {
        self.executions.iter_mut().rev().find(|e| e.decision == decision)
    }

    /// The decision that let `change` pass last, `within` a service and environment or anywhere.
    pub fn last_allowed(
        &self,
        change: &ChangeId,
        within: Option<(&ServiceKey, &EnvironmentKey)>,
    ) -> Option<&Decided> {
        self.decisions
            .values()
            .rev()
            .find(|d| carries(d, change) && is_within(d, within))
    }

    /// The decision whose end is the next to be told: the latest that is not finished, else the
    /// latest.
    pub fn to_finish(&self, change: &ChangeId) -> Option<&Decided> {
        let unfinished = self.executions.iter().rev().filter(|e| e.finished.is_none());
        unfinished
            .filter_map(|e| self.decisions.get(&e.decision))
            .find(|d| carries(d, change))
            .or_else(|| self.last_allowed(change, None))
    }

    /// The executions of `change`, in order.
    pub fn executions_of<'a>(
        &'a self,
        change: &'a ChangeId,
        within: Option<(&'a ServiceKey, &'a EnvironmentKey)>,
    ) -> impl Iterator<Item = &'a Execution> {
        self.executions.iter().filter(move |execution| {
            self.decisions
                .get(&execution.decision)
                .is_some_and(|d| carries(d, change) && is_within(d, within))
        })
    }

    /// How `change` has come to an end in an environment; `None` while it may be carried out.
    pub fn ended(
        &self,
        change: &ChangeId,
        service: &ServiceKey,
        environment: &EnvironmentKey,
    ) -> Option<&str> {
        let within = Some((service, environment));
        let put_back = self.put_back(change, within);
        let outcome = self.executions.iter().rev().find_map(|e| {
            let outcome = e.outcome.as_deref().filter(|outcome| *outcome != "failed")?;
            let decided = self.decisions.get(&e.decision)?;
            (carries(decided, change) && is_within(decided, within)).then_some(outcome)
        });
        // What was put back has ended that way, whatever was recorded before.
        let called_off = || self.returns.called_off(change, within).then_some("aborted");
        if put_back {
            Some(ROLLED_BACK)
        } else {
            outcome.or_else(called_off)
        }
    }

    /// The decision that was recorded for this run, service, environment and head.
    pub fn decision_of_run(
        &self,
        run: &str,
        service: &ServiceKey,
        environment: &EnvironmentKey,
        head: &str,
    ) -> Option<&Decided> {
        self.decisions.values().rev().find(|v| {
            v.run == run
                && &v.service == service
                && &v.environment == environment
                && v.head.as_deref() == Some(head)
        })
    }
}

/// Whether a decision let `change` pass, and did not put it back.
pub(super) fn carries(decided: &Decided, change: &ChangeId) -> bool {
    decided.allowed && decided.rollback_of.is_none() && decided.changes.iter().any(|c| &c.id == change)
}

pub(super) fn is_within(decided: &Decided, within: Option<(&ServiceKey, &EnvironmentKey)>) -> bool {
    within.is_none_or(|(service, environment)| {
        &decided.service == service && &decided.environment == environment
    })
}
