//! Everything that is known about one change, as plain data.

use serde::Serialize;

use crate::change::{ChangeId, Moment, PersonKey};
use crate::dossier::Obligation;
use crate::report::{People, Title};

/// An approval, an objection, or the withdrawal of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApprovalLine {
    /// Whose it is.
    pub person: PersonKey,
    /// `approve`, `object` or `withdraw`.
    pub kind: String,
    /// `signed`, `review`, `attested` or `unsigned`.
    pub channel: String,
    /// When it was recorded.
    pub at: Moment,
    /// Who recorded it, where that is somebody else.
    pub by: Option<String>,
    /// Its record; `None` for a review at the code host.
    pub seq: Option<u64>,
    /// Whether it is of the content as it is now.
    pub stands: bool,
    /// The note that shows it, or why that is not here; `None` where nothing was noted.
    pub evidence: Option<Title>,
}

/// An exception to one rule that somebody granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExceptionLine {
    /// The rule's code.
    pub rule: String,
    /// Who granted it.
    pub person: String,
    /// When it was recorded.
    pub at: Moment,
    /// When it ends.
    pub until: Moment,
    /// `signed`, `unsigned` or `unchecked`.
    pub channel: String,
    /// Why; `None` where the text is not there.
    pub reason: Option<String>,
    /// `granted`, `withdrawn` or `expired`.
    pub state: String,
    /// Its record.
    pub seq: u64,
}

/// The way back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RollbackLine {
    /// The way, as declarations spell it.
    pub strategy: Option<String>,
    /// The steps.
    pub steps: Vec<String>,
    /// What is returned to.
    pub to: Option<String>,
    /// Who decides.
    pub decider: Option<PersonKey>,
    /// Who decides when the decider is away.
    pub alternate: Option<PersonKey>,
    /// What has to be seen.
    pub criteria: Vec<String>,
    /// The latest time for the decision.
    pub decide_by: Option<Moment>,
    /// How long it takes, in seconds.
    pub seconds: Option<u64>,
    /// The last proof that it works: the day, and where that can be seen.
    pub tested: Option<String>,
    /// What happens to data that was written meanwhile.
    pub data_correction: Option<String>,
    /// Until when there is a way back.
    pub until: Option<Moment>,
    /// The step after which there is no way back.
    pub point_of_no_return: Option<String>,
    /// The repair where there is no way back.
    pub forward_fix: Option<String>,
    /// Who carries the repair out.
    pub forward_fix_owner: Option<PersonKey>,
    /// The copy to fall back on.
    pub backup: Option<String>,
    /// The day on which that copy was last restored.
    pub restore_tested: Option<String>,
}

/// A decision of the gate about this change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionLine {
    /// Its record.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// `pass`, `pass_with_obligations` or `deny`.
    pub word: String,
    /// The codes of the rules that found something.
    pub codes: Vec<String>,
    /// The commit, where there is one.
    pub head: Option<String>,
}

/// One time that it was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExecutionLine {
    /// The record of the start; `None` when only the end was recorded.
    pub started: Option<u64>,
    /// When it started.
    pub started_at: Option<Moment>,
    /// The record of the end.
    pub finished: Option<u64>,
    /// When it ended.
    pub finished_at: Option<Moment>,
    /// Who did it.
    pub by: String,
    /// How it ended; `None` while it runs or when nobody said.
    pub outcome: Option<String>,
    /// What was done differently from the procedure.
    pub deviation: Option<Title>,
}

/// A record about this change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordLine {
    /// Its number.
    pub seq: u64,
    /// When it was sealed.
    pub at: Moment,
    /// The act.
    pub act: String,
    /// Who acted.
    pub by: String,
    /// How that is known.
    pub channel: Option<String>,
}

/// One change: what, who, the way back, and what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShowView {
    /// Its number.
    pub id: ChangeId,
    /// Its title.
    pub title: Title,
    /// Why it is made.
    pub reason: Option<Title>,
    /// Its type.
    #[serde(rename = "type")]
    pub change_type: String,
    /// The sort of work.
    pub kind: Option<String>,
    /// Its risk.
    pub risk: Option<String>,
    /// The service.
    pub service: Option<String>,
    /// The environment.
    pub environment: Option<String>,
    /// The areas that it touches.
    pub areas: Vec<String>,
    /// `draft`, `declared`, `approved`, `in_progress`, `executed`, `closed`, …
    pub phase: Option<String>,
    /// The file, template or record that declares it.
    pub place: Option<String>,
    /// Who asked for it.
    pub requester: Option<PersonKey>,
    /// Who carries it out.
    pub executor: Option<PersonKey>,
    /// Who is asked to approve.
    pub approvers: Vec<PersonKey>,
    /// Who checks the result.
    pub verifier: Option<PersonKey>,
    /// What people said to it.
    pub approvals: Vec<ApprovalLine>,
    /// Exceptions to rules.
    pub exceptions: Vec<ExceptionLine>,
    /// The way back.
    pub rollback: Option<RollbackLine>,
    /// What the gate said.
    pub decisions: Vec<DecisionLine>,
    /// When it was carried out.
    pub executions: Vec<ExecutionLine>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Work with a deadline that is still open.
    pub obligations: Vec<Obligation>,
    /// All records about it.
    pub records: Vec<RecordLine>,
    /// The names of people.
    #[serde(skip)]
    pub people: People,
}
