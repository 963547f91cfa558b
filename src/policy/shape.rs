//! The shape of a rule's input: one document in which every field is filled in.

use serde_json::{Map, Value, json};

use super::rule::Scope;
use super::syntax::{ITEM, Path};
use crate::change::{ChangeId, ChangeType, Digest, Moment, PersonKey, Risk};
use crate::config::Profile;
use crate::dossier::{
    AgreementFacts, Approval, Authorised, Change, Channel, Coverage, Dossier, Exception, Facts,
    FreezeInForce, GrantedBy, LogState, NotCounted, NotMember, Objection, Obligation, Origin, Proof, Request,
    RequestKind, Roles, SCHEMA, StaleApproval, Standing, StatementFacts, Uncovered, UncoveredReason, Unit,
    VendorNamed,
};

/// The input of one rule for one change, or for the deployment when `change` is none.
pub(crate) fn input(dossier: &Dossier, change: Option<&Change>, params: &Map<String, Value>) -> Value {
    let mut input = common(dossier);
    input.insert("params".to_owned(), params.clone().into());
    match change {
        Some(change) => input.insert("change".to_owned(), json!(change)),
        None => input.insert("changes".to_owned(), json!(dossier.changes)),
    };
    input.into()
}

/// What every input for this dossier has, whichever rule and change it is for.
pub(crate) fn common(dossier: &Dossier) -> Map<String, Value> {
    let fields = [
        ("at", json!(dossier.at)),
        ("request", json!(dossier.request)),
        ("profile", json!(dossier.profile)),
        ("standing", json!(dossier.standing)),
        ("coverage", json!(dossier.coverage)),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Whether `path` leads somewhere in the input of a rule with these parameters. Below an empty
/// map (a declaration, whose fields differ by type of change) everything leads somewhere.
pub(crate) fn known(shape: &Value, path: &Path) -> bool {
    let mut here = shape;
    for step in path {
        here = match here {
            Value::Object(fields) if fields.is_empty() => return true,
            Value::Object(_) if step == ITEM => return true,
            Value::Object(fields) => match fields.get(step) {
                Some(next) => next,
                None => return false,
            },
            Value::Array(items) if step == ITEM || step.parse::<usize>().is_ok() => match items.first() {
                Some(next) => next,
                None => return true,
            },
            _ => return false,
        };
    }
    !path.is_empty()
}

/// The full input of a rule with these parameters.
pub(crate) fn of(scope: Scope, params: &Map<String, Value>) -> Value {
    let dossier = full();
    let change = match scope {
        Scope::Change => dossier.changes.first(),
        Scope::Deployment => None,
    };
    input(&dossier, change, params)
}

/// A moment of the sample.
fn moment() -> Moment {
    Moment::new(jiff::Timestamp::UNIX_EPOCH, &jiff::tz::TimeZone::UTC)
}

/// A dossier with every optional field and one element in every list. Written without `..`, so
/// that a field which is added to the dossier is added here or nothing compiles.
pub(super) fn full() -> Dossier {
    let person = PersonKey::from("p");
    Dossier {
        schema: SCHEMA.to_owned(),
        at: moment(),
        request: Request {
            kind: RequestKind::Deploy,
            service: "s".into(),
            environment: "e".into(),
            base: Some(String::new()),
            head: Some(String::new()),
            actor: person.clone(),
            run: String::new(),
            rollback_of: Some(id()),
        },
        profile: Profile::Small,
        policy: Digest::from_bytes([0; 32]),
        log: LogState {
            size: 0,
            head: String::new(),
            verified: true,
        },
        coverage: Coverage {
            steps: 1,
            covered: 0,
            ignored: 0,
            elsewhere: 0,
            empty: 0,
            uncovered: vec![Uncovered {
                commit: String::new(),
                reason: UncoveredReason::Undeclared,
                change: Some(id()),
                path: Some(String::new()),
            }],
            uncovered_count: 1,
        },
        standing: Standing {
            authorised: Authorised {
                head: String::new(),
                seq: 0,
            },
            open_emergencies: vec![id()],
            freezes: vec![freeze()],
            obligations: vec![Obligation {
                change: Some(id()),
                kind: String::new(),
                owner: person.clone(),
                due: moment(),
                overdue: false,
                opened_by: Some(0),
                content: Some(Digest::from_bytes([0; 32])),
            }],
        },
        changes: vec![change(person)],
    }
}

/// The sample's number.
fn id() -> ChangeId {
    ChangeId::typed("19700101", [0; 4])
}

/// A freeze of the sample.
fn freeze() -> FreezeInForce {
    FreezeInForce {
        id: String::new(),
        kind: String::new(),
        until: moment(),
        owner: PersonKey::from("p"),
        areas: vec!["a".into()],
    }
}

/// A change of the sample.
fn change(person: PersonKey) -> Change {
    let digest = Digest::from_bytes([0; 32]);
    Change {
        id: id(),
        origin: Origin::File,
        change_type: ChangeType::Normal,
        digest,
        risk: Risk::Low,
        place: String::new(),
        declaration: Map::new(),
        derived_fields: vec![String::new()],
        units: vec![Unit {
            first: String::new(),
            last: String::new(),
            content: digest,
            pull: Some(0),
        }],
        plan: Some(digest),
        roles: Roles {
            requester: Some(person.clone()),
            executor: Some(person.clone()),
            approvers: vec![person.clone()],
            verifier: Some(person.clone()),
        },
        authors: vec![person.clone()],
        approvals: vec![Approval {
            person: person.clone(),
            at: moment(),
            channel: Channel::Review,
            proof: Proof::PatchEqual,
            by: Some(person.clone()),
            units: vec![digest],
            field: String::new(),
        }],
        objections: vec![Objection {
            person: person.clone(),
            at: moment(),
            channel: Channel::Review,
        }],
        facts: facts(person.clone()),
        exceptions: vec![Exception {
            rule: String::new(),
            until: moment(),
            granted: vec![GrantedBy {
                person,
                at: moment(),
                signed: true,
                reason: String::new(),
                record: 0,
            }],
        }],
    }
}

/// The facts of the sample.
fn facts(person: PersonKey) -> Facts {
    let text = || vec![String::new()];
    Facts {
        risk_floor: Risk::Low,
        risk_floor_because: text(),
        areas: vec!["a".into()],
        owners_missing: vec!["a".into()],
        paths_outside: text(),
        paths_outside_count: 1,
        gate_paths: text(),
        quorum: 1,
        approved_by: 1,
        eligible: vec![person.clone()],
        approvals_of_other_content: vec![person.clone()],
        approvals_not_counted: vec![NotCounted {
            person: person.clone(),
            because: String::new(),
        }],
        in_window: true,
        seconds_to_window_end: 0,
        rollback_seconds: 0,
        estimate_seconds: 0,
        blank_fields: text(),
        vague_steps: text(),
        vague_criteria: text(),
        decider_known: true,
        executor_allowed: true,
        unknown_authors: text(),
        unknown_people: text(),
        freezes: vec![freeze()],
        executions: 0,
        statement: statement(),
        agreement: agreement(person),
    }
}

/// What the sample says.
fn statement() -> StatementFacts {
    let text = || vec![String::new()];
    StatementFacts {
        reason_chars: 1,
        reason_script: String::new(),
        vague_references: text(),
        type_conflicts: text(),
        checks: 1,
        observe_seconds: 1,
        observe_least_seconds: 1,
        vendors: vec![VendorNamed {
            key: String::new(),
            field: String::new(),
            known: true,
            contact: true,
            status_page: true,
        }],
        risk_typed: String::new(),
        unknown_risk_facts: text(),
        security_said: String::new(),
    }
}

/// Who agreed in the sample.
fn agreement(person: PersonKey) -> AgreementFacts {
    AgreementFacts {
        authority_missing: vec!["a".into()],
        authority_missing_elsewhere: false,
        authority_elsewhere: vec![person.clone()],
        not_members: vec![NotMember {
            person: person.clone(),
            role: String::new(),
            day: String::new(),
            field: String::new(),
        }],
        stale_approvals: vec![StaleApproval {
            person: person.clone(),
            days: 1,
            most: String::new(),
            field: String::new(),
        }],
        pending_days: 1,
        pending_late: false,
        declared_late_seconds: 1,
        declared_within_limit: true,
        alone: false,
        waited_seconds: 1,
        cooling_off_seconds: 1,
        outside_reviewers: vec![person],
        unapproved_percent: 1,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_field_from_a_misspelt_one() {
        let params = json!({"limit": 3}).as_object().cloned().unwrap();
        let shape = of(Scope::Change, &params);
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Path>();
        for right in [
            "at",
            "change.approvals.[].person",
            "change.facts.freezes.[].areas.[]",
            "change.declaration.rollback.anything",
            "standing.obligations.[].change",
            "request.rollback_of",
            "params.limit",
        ] {
            assert!(known(&shape, &path(right)), "{right}");
        }
        for wrong in [
            "change.aprovals",
            "change.approvals.person",
            "changes",
            "params.limits",
            "at.year",
            "data",
            "log",
        ] {
            assert!(!known(&shape, &path(wrong)), "{wrong}");
        }
        assert!(known(&of(Scope::Deployment, &params), &path("changes.[].id")));
        assert!(!known(&shape, &Path::new()));
    }
}
