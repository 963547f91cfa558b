//! One document in which every field is filled in: what rules may refer to.

use serde_json::Map;

use crate::change::{ChangeId, ChangeType, Digest, Moment, PersonKey, Risk};
use crate::config::Profile;
use crate::dossier::{
    AgreementFacts, Approval, Authorised, Change, Channel, Collision, ContentFacts, Coverage, DataWritten,
    Dossier, DurationSaid, EmergencyFacts, Exception, Facts, FreezeInForce, GrantedBy, Level, LiveApproval,
    LogState, NotCounted, NotMember, Objection, Obligation, Origin, OutsideBounds, Owed, PlanFile,
    ProcedureFacts, Proof, Request, RequestKind, Reversibility, Roles, RollbackFacts, RollbackTarget, SCHEMA,
    ScheduleFacts, StaleApproval, Standing, StatementFacts, TemplateFacts, TemplateUse, Tried, Uncovered,
    UncoveredReason, Unit, VendorNamed,
};

/// A moment of the sample.
fn moment() -> Moment {
    Moment::new(jiff::Timestamp::UNIX_EPOCH, &jiff::tz::TimeZone::UTC)
}

/// A dossier with all there is, one element in every list; without `..`, so that no new field is forgotten.
pub fn full_dossier() -> Dossier {
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
                later: Some(String::new()),
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
            owed: vec![Owed {
                change: String::new(),
                kind: String::new(),
                owner: person.clone(),
                due: moment(),
                state: String::new(),
            }],
        },
        changes: vec![change(person)],
        // A rule that is judged on templates sees each of them as its change.
        templates: Vec::new(),
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
            recorded: vec![digest],
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
        ended: String::new(),
        procedure: ProcedureFacts {
            named: String::new(),
            form: "path".to_owned(),
            found: true,
            revision: String::new(),
        },
        schedule: schedule(),
        template: template(),
        content: ContentFacts {
            by_hand: false,
            gate_only: false,
            paths_declared: true,
            sensitive: vec!["a".into()],
            undeclared: vec!["a".into()],
            plan: PlanFile::There,
            migrations: text(),
            migrations_count: 1,
        },
        rollback: rollback(),
        emergency: emergency(),
    }
}

/// The sample's emergency.
fn emergency() -> EmergencyFacts {
    let person = || PersonKey::from("p");
    EmergencyFacts {
        declared: true,
        declared_at: String::new(),
        declarer: String::new(),
        declarers: vec![person()],
        unanswered: vec![String::new()],
        incident: String::new(),
        route: vec![Level {
            person: person(),
            tried: true,
            early: true,
        }],
        untried: 1,
        live: vec![LiveApproval {
            person: person(),
            at: moment(),
            attested: true,
        }],
        refused: vec![person()],
        measure: String::new(),
        listed: true,
        without_live: true,
        expires: String::new(),
        seconds_left: 1,
        ended: false,
        executions: 1,
        executions_most: 1,
        files: 1,
        files_most: 1,
        lines: 1,
        lines_most: 1,
        irreversible: true,
        open_service: 1,
        open_service_most: 1,
        open_total: 1,
        open_total_most: 1,
        lately: 1,
        share_percent: 1,
        signs: vec![String::new()],
        retro: vec![person()],
        told: true,
        acknowledged: true,
        completed: true,
        offline_seconds: 1,
        offline_most: 1,
        signed: true,
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

/// The calendar's facts of the sample.
fn schedule() -> ScheduleFacts {
    ScheduleFacts {
        window: String::new(),
        open: true,
        ends: true,
        opens: String::new(),
        closes: String::new(),
        latest_start: String::new(),
        seconds_to_latest_start: 0,
        known_since: moment(),
        lead: String::new(),
        lead_start: moment(),
        lead_missing: 0,
        notice: String::new(),
        notice_start: moment(),
        notice_missing: 0,
        collisions: vec![Collision {
            change: id(),
            on: String::new(),
            name: String::new(),
            start: moment(),
            end: moment(),
        }],
        collisions_count: 1,
    }
}

/// The template's facts of the sample.
fn template() -> TemplateFacts {
    let text = || vec![String::new()];
    TemplateFacts {
        name: String::new(),
        known: true,
        digest: String::new(),
        risk: Risk::Low,
        plan: String::new(),
        valid_until: String::new(),
        seconds_valid: 0,
        outside: vec![OutsideBounds {
            param: String::new(),
            because: String::new(),
            wanted: String::new(),
        }],
        paths_outside: text(),
        paths_outside_count: 1,
        overrides: text(),
        gate_globs: text(),
        normal_successes: 0,
        uses: vec![TemplateUse {
            change: String::new(),
            outcome: String::new(),
        }],
    }
}

/// The facts of the sample's way back.
fn rollback() -> RollbackFacts {
    RollbackFacts {
        strategy: String::new(),
        plan: String::new(),
        steps: Digest::from_bytes([0; 32]),
        chosen: true,
        duration: DurationSaid::Wall,
        windowed: true,
        room_seconds: 0,
        tested: Tried::Before,
        tested_seconds: 0,
        reversibility: Reversibility::Reversible,
        decided_too_late: false,
        restore_tested: Tried::Before,
        restore_tested_seconds: 0,
        target: RollbackTarget::State,
        data: DataWritten::No,
    }
}
