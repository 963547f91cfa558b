//! The configuration as the other rooms read it: complete, with every default in place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Area, Authority, EmergencySettings, Group, Person, Profile, Service, Template, WindowHours};
use crate::change::schedule::Calendar;
use crate::change::{
    AreaKey, EnvironmentKey, Moment, Period, PersonKey, Risk, Rollback, ServiceKey, TemplateKey, Verification,
};

/// A language that people are spoken to in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
}

/// Where changes go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// The branch that is deployed there; `None`: the default branch.
    pub branch: Option<String>,
    /// Whether the gate stands before it.
    pub gated: bool,
}

/// How strict a freeze is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FreezeKind {
    /// Nothing passes.
    Hard,
    /// Low risk passes.
    Soft,
}

/// A time without changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// Its name.
    pub id: String,
    /// How strict it is.
    pub kind: FreezeKind,
    /// Its first second.
    pub from: Moment,
    /// Its last second.
    pub to: Moment,
    /// Who may except from it.
    pub owner: PersonKey,
    /// Only these areas; empty: all.
    pub areas: BTreeSet<AreaKey>,
    /// Only these services; empty: all.
    pub services: BTreeSet<ServiceKey>,
    /// Why.
    pub reason: Option<String>,
}

impl Freeze {
    /// Whether it is one of a service.
    pub fn concerns(&self, service: &ServiceKey) -> bool {
        self.services.is_empty() || self.services.contains(service)
    }

    /// Whether it is one of any of these areas.
    pub fn touches(&self, areas: &[AreaKey]) -> bool {
        self.areas.is_empty() || areas.iter().any(|area| self.areas.contains(area))
    }
}

/// Whether acts without a signature count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signatures {
    /// Unsigned acts count and are shown as unsigned.
    Optional,
    /// A signature or a GitHub account.
    Github,
    /// A signature.
    Required,
}

impl Signatures {
    /// The spelling in files and records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Github => "github",
            Self::Required => "required",
        }
    }
}

/// What is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// Whether acts without a signature count.
    pub signatures: Signatures,
    /// The workflows that may write, `PATH@REF`.
    pub workflows: Vec<String>,
    /// Who issues the tokens of CI; `None`: GitHub.
    pub issuer: Option<String>,
    /// The number of the repository whose workflows may write.
    pub repository_id: Option<u64>,
    /// The number of its owner.
    pub owner_id: Option<u64>,
    /// Whether tokens may be written to a log that everybody can read.
    pub publish_tokens: bool,
    /// The environments that a job that writes may be in; empty: any.
    pub environments: Vec<String>,
    /// The channel or witness that checkpoints are sent to.
    pub anchor: Option<String>,
}

/// How many agree, and how approvals that others record count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalSettings {
    /// Approvals needed by risk.
    pub quorum: BTreeMap<Risk, u32>,
    /// Approvals needed for the gate's own files.
    pub gate_quorum: u32,
    /// Who reviews for a person who works alone.
    pub outside_reviewers: Vec<PersonKey>,
    /// The risks at which a recorded approval counts.
    pub attested_risks: BTreeSet<Risk>,
    /// Whether a recorded approval counts as live approval of an emergency.
    pub attested_emergency: bool,
    /// Whether a recorded approval needs a file as evidence.
    pub attested_file: bool,
    /// When a recorded approval has to be confirmed.
    pub confirm_due: Period,
    /// How long a person who works alone waits; `None`: no waiting.
    pub cooling_off: Option<Period>,
    /// When the outside reviewer has to have looked; `None`: no outside review.
    pub outside_review_due: Option<Period>,
    /// How old an approval may be, by risk.
    pub max_age: BTreeMap<Risk, Period>,
}

/// When things are due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSettings {
    /// The outcome of a deployment.
    pub outcome: Period,
    /// The full record of an emergency.
    pub record: Period,
    /// The answer of those who were told.
    pub ack: Period,
    /// The retrospective approval.
    pub retro_approval: Period,
    /// The retrospective approval at the very latest.
    pub retro_approval_max: Period,
    /// The review.
    pub review: Period,
    /// How long an overdue review only warns.
    pub review_grace: Period,
    /// What a retrospective refusal asks for.
    pub remediation: Period,
    /// Bringing work by hand back into code.
    pub back_to_code: Period,
    /// Removing a temporary measure.
    pub temporary: Period,
    /// Telling people that it is over.
    pub finish_notice: Period,
    /// Bringing records that were made offline into the log.
    pub sync: Period,
    /// Correcting data after going back.
    pub data_correction: Period,
    /// Declaring what passed beside the gate; `None`: only shown.
    pub undeclared: Option<Period>,
    /// When that blocks; `None`: never.
    pub undeclared_block: Option<Period>,
}

/// Where things are in the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathSettings {
    /// The folder of declarations, with a slash at the end.
    pub changes: String,
    /// The folder of house rules, with a slash at the end.
    pub policies: String,
    /// The file of responsibility boundaries.
    pub boundary: String,
    /// Globs of what is never deployed.
    pub ignore: Vec<String>,
    /// Globs of the gate's own files, the fixed ones included.
    pub gate: Vec<String>,
}

/// What `rules:` says about one rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleSetting {
    /// `deny`, `warn`, `info` or `off`.
    pub effect: Option<String>,
    /// Why it was lowered.
    pub reason: Option<String>,
    /// The rule's own parameters.
    pub parameters: BTreeMap<String, Value>,
}

/// What `rules:` says, by code.
pub type RuleSettings = BTreeMap<String, RuleSetting>;

/// `sekisho.yml`, complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Which defaults are in force.
    pub profile: Profile,
    /// The language of all text, where the file says it.
    pub language: Option<Language>,
    /// Names of organisations.
    pub organisations: BTreeMap<String, String>,
    /// The people.
    pub people: BTreeMap<PersonKey, Person>,
    /// The groups.
    pub groups: BTreeMap<String, Group>,
    /// Who may carry out.
    pub executors: Vec<PersonKey>,
    /// Who may approve outside the areas.
    pub approvers: Authority,
    /// The areas.
    pub areas: BTreeMap<AreaKey, Area>,
    /// The services; at least one.
    pub services: BTreeMap<ServiceKey, Service>,
    /// The environments; at least one.
    pub environments: BTreeMap<EnvironmentKey, Environment>,
    /// The templates, in the order of the file.
    pub templates: Vec<(TemplateKey, Template)>,
    /// The named rollback plans.
    pub rollback_plans: BTreeMap<String, Rollback>,
    /// How results are checked.
    pub verification: Option<Verification>,
    /// Business hours, holidays, time zone.
    pub calendar: Calendar,
    /// The freezes.
    pub freezes: Vec<Freeze>,
    /// How many agree.
    pub approval: ApprovalSettings,
    /// Who may be asked for the decision when the decider is away, in order.
    pub emergency_route: Vec<PersonKey>,
    /// The exception path.
    pub emergency: EmergencySettings,
    /// The windows, `default` among them.
    pub windows: BTreeMap<String, WindowHours>,
    /// `channels`, `smtp`, `contact_rules` and `vendors` as they were written, checked; secrets are
    /// references.
    pub notices: BTreeMap<String, Value>,
    /// When things are due.
    pub due: DueSettings,
    /// What is believed.
    pub trust: Trust,
    /// Where things are.
    pub paths: PathSettings,
    /// The rules' settings.
    pub rules: RuleSettings,
}

impl Config {
    /// The rollback plan of a change that names none: the service's, or the only one.
    pub fn default_rollback(&self, service: &ServiceKey) -> Option<(&str, &Rollback)> {
        let name = match self.services.get(service).and_then(|s| s.rollback.as_deref()) {
            Some(name) => name,
            None if self.rollback_plans.len() == 1 => self.rollback_plans.keys().next()?,
            None => return None,
        };
        let (name, plan) = self.rollback_plans.get_key_value(name)?;
        Some((name, plan))
    }

    /// Who may approve a change of `service` at `risk` that touches `area`; an area that names
    /// anyone is closed to everybody else.
    pub fn may_approve(&self, service: &ServiceKey, area: Option<&AreaKey>, risk: Risk) -> Vec<PersonKey> {
        if let Some(area) = area.and_then(|key| self.areas.get(key)) {
            let mut named: Vec<PersonKey> = area.owners.clone();
            if let Some(authority) = &area.approvers {
                named.extend(authority.at(risk).iter().cloned());
            }
            if !named.is_empty() {
                named.dedup();
                return named;
            }
        }
        self.services
            .get(service)
            .and_then(|s| s.approvers.as_ref())
            .unwrap_or(&self.approvers)
            .at(risk)
            .to_vec()
    }

    /// Who may carry out changes of `service`.
    pub fn may_execute(&self, service: &ServiceKey) -> &[PersonKey] {
        self.services
            .get(service)
            .and_then(|s| s.executors.as_deref())
            .unwrap_or(&self.executors)
    }

    /// The person that a commit's address belongs to: one of `email`, or GitHub's private
    /// address (`ID+login@users.noreply.github.com`) by its number where one is known.
    pub fn person_of_email(&self, email: &str) -> Option<&PersonKey> {
        let email = email.to_lowercase();
        let private = email.strip_suffix("@users.noreply.github.com");
        let (id, login) = match private.and_then(|local| local.split_once('+')) {
            Some((id, login)) => (Some(id), Some(login)),
            None => (None, private),
        };
        let is_account = |person: &Person| match (person.github_id, id) {
            (Some(known), Some(id)) => known.to_string() == id,
            (Some(_), None) => false,
            (None, _) => match (person.github.as_deref(), login) {
                (Some(known), Some(login)) => known.eq_ignore_ascii_case(login),
                _ => false,
            },
        };
        self.people
            .iter()
            .find(|(_, person)| person.emails.contains(&email) || is_account(person))
            .map(|(key, _)| key)
    }
}
