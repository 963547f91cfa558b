//! `sekisho/dossier/v1`: no file contents and no path lists, only hits with a count.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    ContentFacts, Coverage, EmergencyFacts, Exception, ProcedureFacts, Request, RollbackFacts, ScheduleFacts,
    TemplateFacts,
};
use crate::change::{AreaKey, ChangeId, ChangeType, Digest, Moment, PersonKey, Risk};
use crate::config::Profile;

use super::{AgreementFacts, Approval, Objection, StatementFacts};

/// The dossier's schema, as it stands in its first field.
pub const SCHEMA: &str = "sekisho/dossier/v1";

/// How many hits are listed; the count beside them is complete.
pub const MOST_HITS: usize = 50;

/// The log as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogState {
    /// The number of records.
    pub size: u64,
    /// The leaf of the last one, 64 hex digits.
    pub head: String,
    /// Whether the log verified.
    pub verified: bool,
}

/// The last authorised state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorised {
    /// The commit.
    pub head: String,
    /// The record that authorised it.
    pub seq: u64,
}

/// A freeze that is in force at the dossier's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreezeInForce {
    /// Its name.
    pub id: String,
    /// `hard` or `soft`.
    pub kind: String,
    /// Its last second.
    pub until: Moment,
    /// Who may except from it.
    pub owner: PersonKey,
    /// Only these areas; empty: all.
    pub areas: Vec<AreaKey>,
}

/// Work that has a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// The change it belongs to; absent when a deployment owes it as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeId>,
    /// `outcome`, `review`, …
    pub kind: String,
    /// Who owes it.
    pub owner: PersonKey,
    /// When it is due.
    pub due: Moment,
    /// Whether that time has passed.
    pub overdue: bool,
    /// The record that opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_by: Option<u64>,
    /// What it is about, where no declaration could be named later: the content of a derived change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Digest>,
}

/// Work that an emergency left, and whether the next change has to wait for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// The emergency; empty when none is named.
    pub change: String,
    /// `retro_approval`, `record`, `confirmation`, `remediation` or `review`.
    pub kind: String,
    /// Who owes it.
    pub owner: PersonKey,
    /// When it is due.
    pub due: Moment,
    /// `open`, `grace` (overdue, and not held against anybody yet), `overdue` or `rejected` (somebody said no
    /// to the change that it belongs to, and it is not put right).
    pub state: String,
}

/// What runs where, and what is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The last authorised state.
    pub authorised: Authorised,
    /// Emergencies that are not closed.
    pub open_emergencies: Vec<ChangeId>,
    /// Freezes in force.
    pub freezes: Vec<FreezeInForce>,
    /// Open work with a deadline.
    pub obligations: Vec<Obligation>,
    /// What emergencies left of it that later changes may have to wait for.
    #[serde(default)]
    pub owed: Vec<Owed>,
}

/// Where a declaration comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A file of the repository.
    File,
    /// The log.
    Log,
    /// A template.
    Derived,
}

/// A stretch of neighbouring steps of one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its first commit.
    pub first: String,
    /// Its last commit.
    pub last: String,
    /// The digest of what it changes.
    pub content: Digest,
    /// Its pull request, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull: Option<u64>,
}

/// Who does what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roles {
    /// Who asks for the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<PersonKey>,
    /// Who carries it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executor: Option<PersonKey>,
    /// Who is asked to approve, or approved.
    pub approvers: Vec<PersonKey>,
    /// Who checks the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verifier: Option<PersonKey>,
}

/// What was computed for the rules; every key is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The lowest risk that the change can have.
    pub risk_floor: Risk,
    /// What set it: `kind:pricing`, `area:database`, `gate`.
    pub risk_floor_because: Vec<String>,
    /// The areas that it touches.
    pub areas: Vec<AreaKey>,
    /// The sensitive areas of which no owner approved.
    pub owners_missing: Vec<AreaKey>,
    /// Paths outside the declared ones.
    pub paths_outside: Vec<String>,
    /// How many there are.
    pub paths_outside_count: u64,
    /// The gate's own files that it touches.
    pub gate_paths: Vec<String>,
    /// Approvals needed.
    pub quorum: u64,
    /// The smallest number of people who approved any one unit.
    pub approved_by: u64,
    /// Who could still approve.
    pub eligible: Vec<PersonKey>,
    /// People whose approval is of another version of this change.
    pub approvals_of_other_content: Vec<PersonKey>,
    /// Approvals of this content that do not count, with the reason.
    pub approvals_not_counted: Vec<NotCounted>,
    /// Whether the dossier's time lies in the declared window.
    pub in_window: bool,
    /// Seconds until the window ends; negative afterwards; 0 without a window.
    pub seconds_to_window_end: i64,
    /// Seconds that going back takes; 0 when it is not said.
    pub rollback_seconds: u64,
    /// Seconds that the work takes.
    pub estimate_seconds: u64,
    /// The fields that hold a placeholder.
    pub blank_fields: Vec<String>,
    /// Rollback steps that nobody else could follow.
    pub vague_steps: Vec<String>,
    /// Rollback criteria that cannot be measured.
    pub vague_criteria: Vec<String>,
    /// Whether the rollback decider is a known, active person.
    pub decider_known: bool,
    /// Whether the declared executor is a known, active person who may carry out.
    pub executor_allowed: bool,
    /// Authors of the commits that are no known person, as their address says.
    pub unknown_authors: Vec<String>,
    /// Roles that name no known, active person, as `FIELD=NAME`.
    pub unknown_people: Vec<String>,
    /// The freezes in force that concern this change.
    pub freezes: Vec<FreezeInForce>,
    /// How often it was carried out before.
    pub executions: u64,
    /// What the declaration says, weighed.
    #[serde(flatten)]
    pub statement: StatementFacts,
    /// Who agreed, who is there, and since when.
    #[serde(flatten)]
    pub agreement: AgreementFacts,
    /// How it came to an end before: `success`, `rolled_back`, …; empty: it may still be carried out.
    pub ended: String,
    /// Where the steps of the work are written down.
    pub procedure: ProcedureFacts,
    /// When it may be carried out.
    pub schedule: ScheduleFacts,
    /// The template that it is made from.
    pub template: TemplateFacts,
    /// About what it brings along.
    pub content: ContentFacts,
    /// About its way back.
    pub rollback: RollbackFacts,
    /// What makes it an emergency, and how far it may go.
    #[serde(default)]
    pub emergency: EmergencyFacts,
}

/// An approval that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCounted {
    /// Whose it is.
    pub person: PersonKey,
    /// `unknown`, `inactive`, `channel`, `no_authority`, `after_start`, `revoked`, `bot`, `no_write`, `unseen`.
    pub because: String,
}

/// One change of the deployment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its number.
    pub id: ChangeId,
    /// Where its declaration comes from.
    pub origin: Origin,
    /// Its type.
    #[serde(rename = "type")]
    pub change_type: ChangeType,
    /// The declaration's digest; of a derived change, its template's.
    pub digest: Digest,
    /// The risk in force.
    pub risk: Risk,
    /// The file, or `sekisho.yml#templates.KEY`, or `log#SEQ`.
    pub place: String,
    /// The declaration as completed.
    pub declaration: Map<String, Value>,
    /// The fields of it that nobody typed; `*`: all.
    pub derived_fields: Vec<String>,
    /// Its stretches of steps.
    pub units: Vec<Unit>,
    /// The digest of the expected difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Digest>,
    /// Who does what.
    pub roles: Roles,
    /// Authors of its commits, as keys of people.
    pub authors: Vec<PersonKey>,
    /// Approvals that count for at least one unit.
    pub approvals: Vec<Approval>,
    /// Objections that stand.
    pub objections: Vec<Objection>,
    /// What was computed for the rules.
    pub facts: Facts,
    /// The exceptions that stand; left out where there is none, so that older dossiers read alike.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
}

/// Everything that one judgement looks at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// [`SCHEMA`].
    pub schema: String,
    /// The one time of the judgement.
    pub at: Moment,
    /// What is asked.
    pub request: Request,
    /// Which defaults are in force.
    pub profile: Profile,
    /// The digest of rules, parameters and configuration.
    pub policy: Digest,
    /// The log as it was read.
    pub log: LogState,
    /// Which steps are accounted for.
    pub coverage: Coverage,
    /// What runs where, and what is still open.
    pub standing: Standing,
    /// The changes of the deployment.
    pub changes: Vec<Change>,
    /// The changes that the templates would make which the commit to deploy brings in or changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Change>,
}

impl Dossier {
    /// All of it but the changes.
    pub(crate) fn without_changes(&self) -> Self {
        Self {
            schema: self.schema.clone(),
            at: self.at,
            request: self.request.clone(),
            profile: self.profile,
            policy: self.policy,
            log: self.log.clone(),
            coverage: self.coverage.clone(),
            standing: self.standing.clone(),
            changes: Vec::new(),
            templates: self.templates.clone(),
        }
    }
}
