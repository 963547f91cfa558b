//! What the fold over the log remembers.

use serde_json::{Map, Value};

use super::Record;
use super::body::Fields;
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
    /// There is no record: a forge says which account it was.
    Account,
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
    /// The last pass for it; a later one than `seq` where it was deployed again with nothing new.
    pub passed: u64,
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
    /// When it was sealed: from then on it counts.
    pub at: Moment,
    /// When it was said. Long before, where it was filed late.
    pub said: Moment,
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
    /// The record that revoked the key which signed it, where that takes this act along.
    pub revoked: Option<u64>,
}

/// How long after a decision its end may move the authorised state back, in seconds.
pub const MOVES_BACK_SECONDS: i64 = 7 * 86_400;

/// How long after it was said an approval may be filed, in seconds.
const APPROVAL_LATE_SECONDS: i64 = 7 * 86_400;

impl Act {
    /// Reads the body of an act; `None` when a part of it is missing.
    pub fn read(kind: ActKind, record: &Record, at: Moment, trust: Trust) -> Option<Self> {
        let fields = Fields(&record.statement.body);
        let by = fields.person("person")?;
        let said = match fields.text("occurred") {
            Some(occurred) => occurred.parse::<Moment>().ok()?.min(at),
            None => at,
        };
        Some(Self {
            seq: record.seq,
            person: fields.person("approver").unwrap_or_else(|| by.clone()),
            by,
            kind,
            at,
            said,
            trust,
            change: fields.change("change"),
            of: fields.digest("of")?,
            content: fields.digests("content")?,
            declaration: fields.digest("declaration")?,
            plan: fields.digest("plan"),
            via: fields.text("via").map(str::to_owned),
            revoked: None,
        })
    }

    /// Whether it came so late that nothing rests on it: the same person had said something else
    /// meanwhile, or it is an approval of long ago. What another wrote down for them meanwhile does not
    /// outdo their own word, unless it is a no.
    pub fn is_overtaken(&self, acts: &[Self]) -> bool {
        let too_late =
            self.kind == ActKind::Approve && self.at.seconds_since(self.said) > APPROVAL_LATE_SECONDS;
        let same = |other: &&Self| {
            other.person == self.person
                && (self.attested() || !other.attested() || other.kind == ActKind::Object)
                && (other.of == self.of || (self.change.is_some() && other.change == self.change))
        };
        too_late || acts.iter().filter(same).any(|other| other.said > self.said)
    }

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
    /// When.
    pub at: Moment,
    /// The blob with its text.
    pub digest: Digest,
    /// Who filed it.
    pub by: PersonKey,
    /// When the change was first filed.
    pub first: Moment,
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

impl DecidedChange {
    /// The changes of a decision's body.
    pub(super) fn all_of(fields: &Fields<'_>) -> Option<Vec<Self>> {
        fields
            .list("changes")?
            .iter()
            .map(|item| {
                let body = item.as_object()?;
                let fields = Fields(body);
                Some(Self {
                    id: fields.change("id")?,
                    change_type: fields.text("type")?.to_owned(),
                    body: body.clone(),
                })
            })
            .collect()
    }
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
    /// The authorised commit that this decision took the place of.
    pub before: Option<String>,
    /// The commit that was judged; absent for work by hand.
    pub head: Option<String>,
    /// The run and attempt.
    pub run: String,
    /// Who asked.
    pub actor: PersonKey,
    /// When the exceptions end that it rests on, where there are any.
    pub until: Option<Moment>,
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
    /// Its place among what that record opened, from 1.
    pub nth: u64,
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
    /// What it is about, where no declaration could be named later.
    pub content: Option<Digest>,
}

impl Open {
    /// Whether `act` does this work: the outside reviewer agrees to what passed without approval.
    pub fn done_by(&self, act: &Act) -> bool {
        let about = match &self.content {
            Some(content) => act.content.contains(content),
            None => act.change.is_some() && act.change == self.change,
        };
        self.kind == "outside_review" && act.kind == ActKind::Approve && act.person == self.owner && about
    }
}
