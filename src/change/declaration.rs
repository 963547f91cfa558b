//! What a person declares about a change; typed values only, nothing derived.

use super::kind::words;
use super::{
    AreaKey, ChangeId, DataImpact, EnvironmentKey, Kind, Moment, Period, PersonKey, Risk, RollbackChoice,
    ServiceKey, TemplateKey,
};

words! {
    /// The three types of change.
    ChangeType {
        /// Judged one by one.
        Normal = "normal",
        /// Made from a template that was approved before.
        Standard = "standard",
        /// On the exception path.
        Emergency = "emergency",
    }
}

words! {
    /// How a change reaches production.
    Delivery {
        /// By a deploy of this repository.
        Pipeline = "pipeline",
        /// By hand.
        Manual = "manual",
        /// Both.
        Mixed = "mixed",
    }
}

/// What a change touches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// The service; the change's own where missing.
    pub service: Option<ServiceKey>,
    /// The environment; `production` where missing.
    pub environment: Option<EnvironmentKey>,
    /// The area; that of the kind where missing.
    pub area: Option<AreaKey>,
    /// The thing itself, in words.
    pub resource: Option<String>,
    /// The globs that the change keeps to.
    pub paths: Vec<String>,
}

/// Who does what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    /// Who asks for the change.
    pub requester: Option<PersonKey>,
    /// Who carries it out.
    pub executor: Option<PersonKey>,
    /// Who is asked to approve.
    pub approvers: Vec<PersonKey>,
    /// Who checks the result.
    pub verifier: Option<PersonKey>,
}

/// What a change does to users, data and money.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// The functions that change.
    pub functions: Vec<String>,
    /// Which users notice.
    pub users: Option<String>,
    /// How long the service is down.
    pub downtime: Option<Period>,
    /// What happens to data.
    pub data: Option<DataImpact>,
    /// Whether users see it.
    pub visible: Option<bool>,
    /// Whether money depends on it.
    pub money: Option<bool>,
    /// What it means for security, `none` included.
    pub security: Option<String>,
    /// The external parties involved.
    pub vendors: Vec<String>,
}

/// A test that was run before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TestRun {
    /// What was tried.
    pub what: String,
    /// How it went.
    pub result: Option<String>,
    /// Where that can be seen.
    pub evidence: Option<String>,
}

/// When a change is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// Not before.
    pub start: Option<Moment>,
    /// Not after.
    pub end: Option<Moment>,
    /// How long the work takes.
    pub estimate: Option<Period>,
}

/// How the result is checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// What is looked at.
    pub checks: Vec<String>,
    /// What has to be seen.
    pub done_when: Option<String>,
    /// How long it is watched.
    pub observe_for: Option<Period>,
    /// Where it is watched.
    pub dashboards: Vec<String>,
}

/// What users are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Announcement {
    /// Who sends it.
    pub owner: Option<PersonKey>,
    /// The text.
    pub template: Option<String>,
    /// When it went out.
    pub sent_at: Option<Moment>,
}

/// Who is told, by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The key under `contact_rules:`.
    pub rule: Option<String>,
    /// What users are told.
    pub announcement: Option<Announcement>,
}

/// What makes a change an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Emergency {
    /// The incident, as an issue, an address or a CVE.
    pub incident: Option<String>,
    /// Why it cannot wait.
    pub grounds: Option<String>,
    /// What is done about it.
    pub measure: Option<String>,
    /// When it was noticed.
    pub detected_at: Option<Moment>,
}

/// The end of something that is not meant to stay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Temporary {
    /// The latest time of removal.
    pub remove_by: Option<Moment>,
    /// The change that removes it.
    pub removal: Option<ChangeId>,
}

/// Work that follows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Followup {
    /// What is to do.
    pub what: String,
    /// Who does it.
    pub owner: Option<PersonKey>,
    /// The day it is due, `YYYY-MM-DD`.
    pub due: Option<String>,
}

/// A change declaration: exactly what was written, nothing derived.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declaration {
    /// The number; in a file it is the file's name.
    pub id: Option<ChangeId>,
    /// The type; normal where missing.
    pub change_type: Option<ChangeType>,
    /// One line about it.
    pub title: Option<String>,
    /// The sort of work.
    pub kind: Option<Kind>,
    /// How it reaches production.
    pub delivery: Option<Delivery>,
    /// What it touches.
    pub targets: Vec<Target>,
    /// Why it is made.
    pub reason: Option<String>,
    /// What is made, at length.
    pub description: Option<String>,
    /// Issues, addresses, CVEs.
    pub references: Vec<String>,
    /// Who does what.
    pub roles: Roles,
    /// The risk, only to raise it.
    pub risk: Option<Risk>,
    /// What it does to users, data and money.
    pub impact: Impact,
    /// The end of the way back, where there is one.
    pub reversible_until: Option<Moment>,
    /// The steps of the work: a path or an address.
    pub procedure: Option<String>,
    /// The file with the expected difference.
    pub plan: Option<String>,
    /// What was tried before.
    pub tests: Vec<TestRun>,
    /// When it is carried out.
    pub window: Window,
    /// The changes that come first.
    pub depends_on: Vec<ChangeId>,
    /// The way back.
    pub rollback: Option<RollbackChoice>,
    /// How the result is checked.
    pub verification: Verification,
    /// Who is told.
    pub contact: Contact,
    /// The template of a standard change.
    pub template: Option<TemplateKey>,
    /// The template's parameters.
    pub params: serde_json::Map<String, serde_json::Value>,
    /// What makes it an emergency.
    pub emergency: Option<Emergency>,
    /// The end of something that is not meant to stay.
    pub temporary: Temporary,
    /// Work that follows.
    pub followups: Vec<Followup>,
    /// What this kind of work needs besides.
    pub details: serde_json::Map<String, serde_json::Value>,
    /// 128 random bits, in declarations that are filed into the log.
    pub salt: Option<String>,
}
