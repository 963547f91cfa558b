//! What the log says now: authorised states, acts of people, executions and open obligations,
//! folded in log order.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::body::Fields;
use super::{Record, Statement};
use crate::change::{ChangeId, Digest, EnvironmentKey, Moment, PersonKey, ServiceKey};

/// Whether a record's signature was checked, and how that went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trust {
    /// The signature is good and its key belongs to the one who is named.
    Signed,
    /// There is a signature that could not be checked here.
    Unchecked,
    /// There is no signature.
    Unsigned,
}

/// The last authorised state of a service in an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The commit.
    pub head: String,
    /// The record that authorised it.
    pub seq: u64,
    /// When.
    pub since: Moment,
}

/// What a person did about an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// Agreed.
    Approve,
    /// Disagreed.
    Object,
    /// Took an approval or an objection back.
    Withdraw,
}

/// A person's act on one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The record.
    pub seq: u64,
    /// Whose approval or objection it is.
    pub person: PersonKey,
    /// Who recorded it.
    pub by: PersonKey,
    /// What was done.
    pub kind: ActKind,
    /// When it was sealed.
    pub at: Moment,
    /// Whether the record is signed.
    pub trust: Trust,
    /// The change, where the act names one.
    pub change: Option<ChangeId>,
    /// The approval subject's digest.
    pub of: Digest,
    /// The digests of the units, sorted.
    pub content: Vec<Digest>,
    /// The declaration's or the template's digest.
    pub declaration: Digest,
    /// The digest of the expected difference.
    pub plan: Option<Digest>,
    /// How the person said so, for an act that somebody else recorded (`phone`, …).
    pub via: Option<String>,
}

impl Act {
    /// Whether somebody else recorded it.
    pub fn attested(&self) -> bool {
        self.person != self.by
    }
}

/// A declaration that was filed into the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The record.
    pub seq: u64,
    /// The blob with its text.
    pub digest: Digest,
    /// Who filed it.
    pub by: PersonKey,
}

/// A change as a decision names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedChange {
    /// Its number.
    pub id: ChangeId,
    /// `normal`, `standard` or `emergency`.
    pub change_type: String,
    /// The rest of what the record says about it.
    pub body: Map<String, Value>,
}

/// A decision of the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The record.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Whether it let the deployment pass.
    pub allowed: bool,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// Where the service stood.
    pub base: Option<String>,
    /// The commit that was judged; absent for work by hand.
    pub head: Option<String>,
    /// The run and attempt.
    pub run: String,
    /// Who asked.
    pub actor: PersonKey,
    /// The changes.
    pub changes: Vec<DecidedChange>,
    /// The change that it puts back.
    pub rollback_of: Option<ChangeId>,
}

/// One execution of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    /// The decision's record.
    pub decision: u64,
    /// When it was started, if that was recorded.
    pub started: Option<Moment>,
    /// When it ended, if that was recorded.
    pub finished: Option<Moment>,
    /// `success`, `success_with_issues`, `rolled_back`, `failed` or `aborted`.
    pub outcome: Option<String>,
}

/// Work with a deadline that is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The record that opened it.
    pub seq: u64,
    /// The service that owes it.
    pub service: ServiceKey,
    /// The change it belongs to, where one is named.
    pub change: Option<ChangeId>,
    /// What it is.
    pub kind: String,
    /// Who owes it.
    pub owner: PersonKey,
    /// When it is due.
    pub due: Moment,
}

/// The log, folded.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The log's origin.
    pub origin: Option<String>,
    /// The digest of the signers in force.
    pub signers: Option<Digest>,
    /// The last authorised states.
    pub states: BTreeMap<(ServiceKey, EnvironmentKey), State>,
    /// Acts of people, in log order.
    pub acts: Vec<Act>,
    /// Declarations in the log; the latest of each change.
    pub filed: BTreeMap<ChangeId, Filed>,
    /// Decisions, by record.
    pub decisions: BTreeMap<u64, Decided>,
    /// Executions, by the decision's record, in order.
    pub executions: Vec<Execution>,
    /// Open work with a deadline.
    pub open: Vec<Open>,
    /// Records of known acts whose body could not be read.
    pub unreadable: BTreeSet<u64>,
}

impl Standing {
    /// Takes in the next record. A record of an act that is not known here changes nothing; one
    /// of a known act with a body that cannot be read is remembered in `unreadable`.
    pub fn apply(&mut self, record: &Record, trust: Trust) {
        let Ok(at) = record.time.parse::<Moment>() else {
            self.unreadable.insert(record.seq);
            return;
        };
        let fields = Fields(&record.statement.body);
        let known = match record.statement.act.as_str() {
            "log.created/1" => self.created(&fields),
            "trust.signers/1" => self.signers(&fields),
            "state.baselined/1" => self.baselined(record.seq, at, &fields),
            "change.declared/1" => self.declared(record.seq, &fields),
            "change.approved/1" => self.act(ActKind::Approve, record, at, trust),
            "change.objected/1" => self.act(ActKind::Object, record, at, trust),
            "change.withdrawn/1" => self.act(ActKind::Withdraw, record, at, trust),
            "deploy.allowed/1" => self.decided(true, record.seq, at, &fields),
            "deploy.denied/1" => self.decided(false, record.seq, at, &fields),
            "deploy.started/1" => self.started(at, &fields),
            "deploy.finished/1" => self.finished(at, &fields),
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
        Some(())
    }

    fn baselined(&mut self, seq: u64, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let key = (fields.text("service")?.into(), fields.text("environment")?.into());
        let head = fields.text("head")?.to_owned();
        self.states.entry(key).or_insert(State { head, seq, since: at });
        Some(())
    }

    fn declared(&mut self, seq: u64, fields: &Fields<'_>) -> Option<()> {
        let filed = Filed {
            seq,
            digest: fields.digest("declaration")?,
            by: fields.person("person")?,
        };
        self.filed.insert(fields.change("change")?, filed);
        Some(())
    }

    fn act(&mut self, kind: ActKind, record: &Record, at: Moment, trust: Trust) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let by = fields.person("person")?;
        let act = Act {
            seq: record.seq,
            person: fields.person("approver").unwrap_or_else(|| by.clone()),
            by,
            kind,
            at,
            trust,
            change: fields.change("change"),
            of: fields.digest("of")?,
            content: fields.digests("content")?,
            declaration: fields.digest("declaration")?,
            plan: fields.digest("plan"),
            via: fields.text("via").map(str::to_owned),
        };
        self.acts.push(act);
        Some(())
    }

    fn decided(&mut self, allowed: bool, seq: u64, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let verdict = Decided {
            seq,
            at,
            allowed,
            service: fields.text("service")?.into(),
            environment: fields.text("environment")?.into(),
            base: fields.text("base").map(str::to_owned),
            head: fields.text("head").map(str::to_owned),
            run: fields.text("run")?.to_owned(),
            actor: fields.person("executor")?,
            changes: decided_changes(fields)?,
            rollback_of: fields.change("rollback_of"),
        };
        if allowed {
            if let Some(head) = &verdict.head {
                let key = (verdict.service.clone(), verdict.environment.clone());
                let head = head.clone();
                self.states.insert(key, State { head, seq, since: at });
            }
            self.executions.push(Execution {
                decision: seq,
                started: None,
                finished: None,
                outcome: None,
            });
            self.open.extend(opened(seq, &verdict.service, fields));
        }
        self.decisions.insert(seq, verdict);
        Some(())
    }

    fn started(&mut self, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let decision = fields.number("decision")?;
        self.execution(decision)?.started = Some(at);
        Some(())
    }

    fn finished(&mut self, at: Moment, fields: &Fields<'_>) -> Option<()> {
        let decision = fields.number("decision")?;
        let outcome = fields.text("outcome")?.to_owned();
        let execution = self.execution(decision)?;
        execution.finished = Some(at);
        execution.outcome = Some(outcome.clone());
        self.open
            .retain(|open| open.seq != decision || open.kind != "outcome");
        let verdict = self.decisions.get(&decision)?;
        let back_to = match outcome.as_str() {
            "failed" | "aborted" => verdict.base.clone(),
            "rolled_back" => fields
                .text("back_to")
                .map(str::to_owned)
                .or_else(|| verdict.base.clone()),
            _ => None,
        };
        if let (Some(head), Some(_)) = (back_to, &verdict.head) {
            let key = (verdict.service.clone(), verdict.environment.clone());
            self.states.insert(
                key,
                State {
                    head,
                    seq: decision,
                    since: at,
                },
            );
        }
        Some(())
    }

    fn execution(&mut self, decision: u64) -> Option<&mut Execution> {
        self.executions.iter_mut().rev().find(|e| e.decision == decision)
    }

    /// The decision that let `change` pass last.
    pub fn last_allowed(&self, change: &ChangeId) -> Option<&Decided> {
        self.decisions
            .values()
            .rev()
            .find(|v| v.allowed && v.rollback_of.is_none() && v.changes.iter().any(|c| &c.id == change))
    }

    /// The executions of `change`, in order.
    pub fn executions_of(&self, change: &ChangeId) -> impl Iterator<Item = &Execution> {
        self.executions.iter().filter(move |execution| {
            self.decisions
                .get(&execution.decision)
                .is_some_and(|v| v.rollback_of.is_none() && v.changes.iter().any(|c| &c.id == change))
        })
    }

    /// Whether `change` has come to an end: a failed attempt may be repeated, the rest may not.
    pub fn closed(&self, change: &ChangeId) -> bool {
        let ended = self
            .executions_of(change)
            .any(|e| e.outcome.as_deref().is_some_and(|outcome| outcome != "failed"));
        let put_back = self
            .decisions
            .values()
            .any(|v| v.allowed && v.rollback_of.as_ref() == Some(change));
        ended || put_back
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

/// The changes of a decision's body.
fn decided_changes(fields: &Fields<'_>) -> Option<Vec<DecidedChange>> {
    fields
        .list("changes")?
        .iter()
        .map(|item| {
            let body = item.as_object()?;
            let fields = Fields(body);
            Some(DecidedChange {
                id: fields.change("id")?,
                change_type: fields.text("type")?.to_owned(),
                body: body.clone(),
            })
        })
        .collect()
}

/// The work with a deadline that a decision opened; what cannot be read is left out, its record
/// stays.
fn opened(seq: u64, service: &ServiceKey, fields: &Fields<'_>) -> Vec<Open> {
    let list = fields.list("opened").unwrap_or_default();
    list.iter()
        .filter_map(|item| {
            let fields = Fields(item.as_object()?);
            Some(Open {
                seq,
                service: service.clone(),
                change: fields.change("change"),
                kind: fields.text("kind")?.to_owned(),
                owner: fields.person("owner")?,
                due: fields.text("due")?.parse().ok()?,
            })
        })
        .collect()
}

/// Whether `statement` makes a judgement of (`service`, `environment`) out of date that was
/// made before it.
pub fn concerns(
    statement: &Statement,
    service: &ServiceKey,
    environment: &EnvironmentKey,
    changes: &BTreeSet<ChangeId>,
) -> bool {
    let fields = Fields(&statement.body);
    let (noun, _) = statement.act.split_once('.').unwrap_or((&statement.act, ""));
    match noun {
        "deploy" | "state" => {
            fields.text("service") == Some(service.as_str())
                && fields.text("environment") == Some(environment.as_str())
        }
        "change" => fields.change("change").is_none_or(|id| changes.contains(&id)),
        "gate" => false,
        // Trust, freezes, exceptions, policy: rare, and each may matter.
        _ => true,
    }
}
