//! `sekisho/decision/v1`: a decision for programs.

use serde::{Deserialize, Serialize};

use super::DecisionView;
use super::phrases::{Phrases, decider};
use crate::change::{ChangeId, ChangeType, Digest, EnvironmentKey, Moment, PersonKey, ServiceKey};
use crate::dossier::Obligation;
use crate::policy::{Effect, Excepted, RuleId, Word};
use crate::report::Wording;

/// The schema, as it stands in the document's first field.
pub const SCHEMA: &str = "sekisho/decision/v1";

/// A decision as JSON; only `message` and `satisfy` are in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Json {
    schema: String,
    decision: Word,
    environment: EnvironmentKey,
    service: ServiceKey,
    base: Option<String>,
    head: Option<String>,
    at: Moment,
    expires_at: Option<Moment>,
    changes: Vec<JsonChange>,
    findings: Vec<JsonFinding>,
    obligations: JsonObligations,
    policy: Digest,
    dossier: Digest,
    entry: Option<JsonEntry>,
    checkpoint: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonChange {
    id: ChangeId,
    #[serde(rename = "type")]
    change_type: ChangeType,
    digest: Digest,
    executor: Option<PersonKey>,
    approvers: Vec<PersonKey>,
    rollback_decider: Option<PersonKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonFinding {
    code: RuleId,
    name: String,
    effect: Effect,
    change: Option<ChangeId>,
    field: Option<String>,
    place: Option<JsonPlace>,
    message: String,
    satisfy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lowered_because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    excepted: Option<Excepted>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonPlace {
    file: String,
    line: u32,
    column: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonObligations {
    opened: Vec<JsonObligation>,
    standing: Vec<JsonObligation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonObligation {
    kind: String,
    change: Option<ChangeId>,
    due: Moment,
    owner: PersonKey,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonEntry {
    seq: u64,
    hash: String,
}

/// The decision for programs. A name that is absent in the dossier is `null`, never left out.
pub fn json(wording: &Wording, view: &DecisionView<'_>) -> Json {
    let request = &view.dossier.request;
    Json {
        schema: SCHEMA.to_owned(),
        decision: view.decision.word,
        environment: request.environment.clone(),
        service: request.service.clone(),
        base: request.base.clone(),
        head: request.head.clone(),
        at: view.dossier.at,
        expires_at: view.expires_at,
        changes: changes(view),
        findings: findings(&Phrases { wording, view }),
        obligations: JsonObligations {
            opened: view.decision.opened.iter().map(obligation).collect(),
            standing: view.dossier.standing.obligations.iter().map(obligation).collect(),
        },
        policy: view.dossier.policy,
        dossier: view.dossier_digest,
        entry: view.record.clone().map(|(seq, hash)| JsonEntry { seq, hash }),
        checkpoint: view.checkpoint.clone(),
    }
}

fn changes(view: &DecisionView<'_>) -> Vec<JsonChange> {
    let each = |change: &crate::dossier::Change| JsonChange {
        id: change.id.clone(),
        change_type: change.change_type,
        digest: change.digest,
        executor: change.roles.executor.clone(),
        approvers: change.roles.approvers.clone(),
        rollback_decider: decider(change).map(PersonKey::from),
    };
    view.dossier.changes.iter().map(each).collect()
}

fn findings(phrases: &Phrases<'_>) -> Vec<JsonFinding> {
    let places = phrases
        .view
        .places
        .iter()
        .map(Option::as_ref)
        .chain(std::iter::repeat(None));
    phrases
        .view
        .decision
        .findings
        .iter()
        .zip(places)
        .map(|(finding, place)| JsonFinding {
            code: finding.code.clone(),
            name: finding.name.clone(),
            effect: finding.effect,
            change: finding.change.clone(),
            field: finding.field.clone(),
            place: place.map(|place| JsonPlace {
                file: place.file.clone(),
                line: place.line,
                column: place.column,
            }),
            message: phrases.say(&finding.message),
            satisfy: phrases.satisfy(finding),
            lowered_because: finding.lowered_because.clone(),
            excepted: finding.excepted.clone(),
        })
        .collect()
}

fn obligation(obligation: &Obligation) -> JsonObligation {
    JsonObligation {
        kind: obligation.kind.clone(),
        change: obligation.change.clone(),
        due: obligation.due,
        owner: obligation.owner.clone(),
    }
}
