//! Dossiers and the decisions that follow from them.

use fluent_bundle::FluentArgs;
use sekisho::change::Digest;
use sekisho::config::{Profile, RuleSetting, RuleSettings};
use sekisho::dossier::{Dossier, EmergencyFacts, Obligation};
use sekisho::policy::{Bundle, Decision, Effect, Finding, NotJudged, Word, judge};
use serde_json::{Value, json};

use crate::policy_catalogue::{bundle as words, wording};
use crate::support::facts::with_people;
use crate::support::work_facts::with_work;

/// The shipped rules with these settings.
pub(crate) fn rules(settings: &RuleSettings) -> Bundle {
    Bundle::load(&[], settings, Profile::Small, "0.0.0", Digest::of(b"config")).unwrap()
}

/// A deployment of one normal change that passes, as JSON to be bent.
pub(crate) fn document() -> Value {
    let unit = Digest::of(b"unit").to_string();
    json!({
        "schema": "sekisho/dossier/v1", "at": "2026-12-04T09:52:00+09:00",
        "request": {"kind": "deploy", "service": "minato-ec", "environment": "production", "base": "9b1d", "head": "0f66",
            "actor": "sato", "run": "17000000001/1"},
        "profile": "small", "policy": Digest::of(b"policy").to_string(),
        "log": {"size": 1041, "head": "38fa", "verified": true},
        "coverage": {"steps": 1, "covered": 1, "ignored": 0, "elsewhere": 0, "empty": 0, "uncovered": [], "uncovered_count": 0},
        "standing": {"authorised": {"head": "9b1d", "seq": 1022}, "open_emergencies": [], "freezes": [], "obligations": []},
        "changes": [{
            "id": "CHG-20261204-7K3Q", "origin": "file", "type": "normal", "digest": Digest::of(b"declaration").to_string(),
            "risk": "low", "place": "changes/2026/CHG-20261204-7K3Q.yml",
            "declaration": declaration(),
            "derived_fields": ["delivery"], "units": [{"first": "a1", "last": "a1", "content": unit, "pull": 412}],
            "roles": {"requester": "mori", "executor": "sato", "approvers": ["tanaka"]}, "authors": ["sato"],
            "approvals": [{"person": "tanaka", "at": "2026-12-04T09:49:00+09:00", "channel": "review", "proof": "patch_equal",
                "units": [unit], "field": "roles.approvers[0]"}],
            "objections": [],
            "facts": with_people(facts())
        }]
    })
}

/// What is declared about that change.
fn declaration() -> Value {
    json!({"title": "Winter sale", "reason": "prices of the campaign", "references": ["#388"], "kind": "code", "delivery": "pipeline",
        "rollback": {"strategy": "redeploy", "duration": 480, "steps": ["gh workflow run rollback.yml"], "decider": "tanaka",
            "decider_alternate": "kudo", "criteria": ["5xx > 1% for 5m"], "decide_by": "2026-12-04T10:20:00+09:00"}})
}

/// What was computed for that change.
fn facts() -> Value {
    with_work(
        json!({"risk_floor": "low", "risk_floor_because": [], "areas": [], "owners_missing": [], "paths_outside": [],
        "paths_outside_count": 0, "gate_paths": [], "quorum": 1, "approved_by": 1, "eligible": ["kudo"],
        "approvals_of_other_content": [], "approvals_not_counted": [], "in_window": true, "seconds_to_window_end": 0,
        "rollback_seconds": 480, "estimate_seconds": 600, "blank_fields": [], "vague_steps": [], "vague_criteria": [],
        "decider_known": true, "executor_allowed": true, "unknown_authors": [], "unknown_people": [], "freezes": [],
        "executions": 0, "content": content(), "rollback": way_back()}),
    )
}

/// What was computed about what that change brings along.
pub(crate) fn content() -> Value {
    json!({"by_hand": false, "gate_only": false, "paths_declared": false, "sensitive": [], "undeclared": [], "plan": "unsaid",
        "migrations": [], "migrations_count": 0})
}

/// What was computed about that change's way back.
pub(crate) fn way_back() -> Value {
    json!({"strategy": "redeploy", "plan": "redeploy-previous", "steps": Digest::of(b"plan").to_string(),
        "chosen": true, "duration": "wall", "windowed": false, "room_seconds": 0, "tested": "never", "tested_seconds": 0,
        "reversibility": "reversible", "decided_too_late": false, "restore_tested": "never", "restore_tested_seconds": 0,
        "target": "state", "data": "no"})
}

/// The document with values at JSON pointers replaced; `null` removes a field.
pub(crate) fn dossier(changes: &[(&str, Value)]) -> Dossier {
    let mut document = document();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = document
            .pointer_mut(parent)
            .unwrap_or_else(|| panic!("{pointer}"));
        match parent {
            Value::Object(fields) if value.is_null() => {
                assert!(fields.remove(name).is_some(), "{pointer}")
            }
            Value::Object(fields) => drop(fields.insert(name.to_owned(), value.clone())),
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            _ => panic!("{pointer}"),
        }
    }
    serde_json::from_value(document).unwrap()
}

fn decide(changes: &[(&str, Value)]) -> Decision {
    judge(&rules(&RuleSettings::new()), &dossier(changes), Vec::new()).unwrap()
}

fn contradiction(changes: &[(&str, Value)]) -> String {
    match judge(&rules(&RuleSettings::new()), &dossier(changes), Vec::new()) {
        Err(NotJudged::Contradiction { message, .. }) => message.key,
        other => panic!("{other:?}"),
    }
}

fn keys(decision: &Decision) -> Vec<(Effect, &str)> {
    decision
        .findings
        .iter()
        .map(|f| (f.effect, f.message.key.as_str()))
        .collect()
}

fn setting(code: &str, effect: &str, reason: Option<&str>) -> RuleSettings {
    let setting = RuleSetting {
        effect: Some(effect.to_owned()),
        reason: reason.map(str::to_owned),
        ..RuleSetting::default()
    };
    RuleSettings::from([(code.to_owned(), setting)])
}

/// Every finding can be said in both languages with the values that it brings.
pub(crate) fn sayable(findings: &[Finding]) {
    for language in ["en", "ja"] {
        let bundle = words(language);
        for finding in findings {
            let id = finding.message.key.replace('.', "_");
            let mut arguments = FluentArgs::new();
            for (name, value) in &finding.message.with {
                arguments.set(name.as_str(), value.as_str());
            }
            let pattern = bundle
                .get_message(&id)
                .and_then(|m| m.value())
                .unwrap_or_else(|| panic!("{id}"));
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
            assert!(errors.is_empty() && !text.is_empty(), "{id}: {errors:?}");
        }
    }
}

const FACTS: &str = "/changes/0/facts";

fn fact(name: &str) -> String {
    format!("{FACTS}/{name}")
}

#[test]
fn a_sound_change_passes() {
    let decision = decide(&[]);
    assert_eq!((decision.word, keys(&decision)), (Word::Pass, Vec::new()));
}

#[test]
fn the_same_dossier_gives_the_same_decision() {
    let bent = [
        ("/changes/0/roles/executor", json!("tanaka")),
        (&*fact("blank_fields"), json!(["title", "reason"])),
    ];
    assert_eq!(decide(&bent), decide(&bent));
}

#[test]
fn each_rule_stops_by_itself() {
    let table: &[(&str, &[(&str, Value)])] = &[
        (
            "DEC-01.undeclared",
            &[
                (
                    "/coverage/uncovered",
                    json!([{"commit": "c3", "reason": "undeclared", "path": "src/cart.ts"}]),
                ),
                ("/coverage/uncovered_count", json!(1)),
            ],
        ),
        (
            "DEC-02.missing",
            &[("/changes/0/declaration/reason", Value::Null)],
        ),
        (
            "DEC-03.placeholder",
            &[(&fact("blank_fields"), json!(["reason"]))],
        ),
        (
            "DEC-04.nobody",
            &[(&fact("unknown_people"), json!(["roles.verifier=nobody"]))],
        ),
        (
            "DEC-08.differs",
            &[("/changes/0/place", json!("changes/CHG-20261204-AAAA.yml"))],
        ),
        ("ROL-01.not_allowed", &[(&fact("executor_allowed"), json!(false))]),
        ("ROL-02.author", &[("/changes/0/authors", json!(["tanaka"]))]),
        (
            "ROL-02.unknown_author",
            &[(&fact("unknown_authors"), json!(["x@example.org"]))],
        ),
        ("APP-01.missing", &[(&fact("quorum"), json!(2))]),
        ("RBK-02.vague", &[(&fact("vague_steps"), json!(["revert it"]))]),
        ("RBK-03.unknown", &[(&fact("decider_known"), json!(false))]),
        ("RBK-04.vague", &[(&fact("vague_criteria"), json!(["looks bad"]))]),
        (
            "SCH-02.hard",
            &[(
                &fact("freezes"),
                json!([{"id": "f", "kind": "hard", "until": "2026-12-05T00:00:00+09:00", "owner": "kudo", "areas": []}]),
            )],
        ),
        (
            "RSK-04.risk",
            &[
                (&fact("gate_paths"), json!(["sekisho.yml"])),
                (&fact("quorum"), json!(1)),
                (&fact("eligible"), json!([])),
            ],
        ),
    ];
    for (key, bent) in table {
        let decision = decide(bent);
        assert_eq!(decision.word, Word::Deny, "{key}");
        assert!(
            keys(&decision).contains(&(Effect::Deny, key)),
            "{key}: {:?}",
            keys(&decision)
        );
        sayable(&decision.findings);
    }
}

#[test]
fn a_missing_approval_says_who_and_why() {
    let decision = decide(&[
        ("/changes/0/approvals", json!([])),
        (&fact("approved_by"), json!(0)),
        (&fact("approvals_of_other_content"), json!(["tanaka"])),
        (
            &fact("approvals_not_counted"),
            json!([{"person": "mori", "because": "no_authority"}]),
        ),
    ]);
    assert_eq!(
        keys(&decision),
        [
            (Effect::Deny, "APP-01.missing"),
            (Effect::Info, "APP-01.not_counted"),
            (Effect::Info, "APP-01.other_content"),
        ]
    );
    assert_eq!(decision.findings[0].message.with["people"], "kudo");
    sayable(&decision.findings);
}

#[test]
fn findings_are_ordered_gravest_first() {
    let decision = decide(&[
        ("/changes/0/risk", json!("medium")),
        ("/changes/0/declaration/rollback/decider", json!("sato")),
        (&fact("blank_fields"), json!(["title", "reason"])),
    ]);
    let effects: Vec<Effect> = decision.findings.iter().map(|f| f.effect).collect();
    assert!(effects.windows(2).all(|pair| pair[0] >= pair[1]), "{effects:?}");
    assert!(keys(&decision).contains(&(Effect::Warn, "RBK-03.executor")));
    let fields: Vec<_> = decision
        .findings
        .iter()
        .filter(|f| f.code.as_str() == "DEC-03")
        .map(|f| f.field.clone().unwrap())
        .collect();
    assert_eq!(fields, ["reason", "title"]);
}

#[test]
fn work_by_hand_has_to_say_more() {
    let decision = decide(&[
        ("/changes/0/declaration/delivery", json!("manual")),
        ("/changes/0/declaration/kind", json!("certificate")),
        ("/changes/0/risk", json!("medium")),
    ]);
    let fields: Vec<_> = decision
        .findings
        .iter()
        .filter(|f| f.code.as_str() == "DEC-02")
        .filter_map(|f| f.field.as_deref())
        .collect();
    for field in [
        "targets",
        "procedure",
        "plan",
        "window.start",
        "window.end",
        "verification.checks",
        "tests",
        "details.not_after_new",
        "roles.verifier",
        "roles.executor",
    ] {
        assert_eq!(
            fields.iter().filter(|f| **f == field).count(),
            1,
            "{field} in {fields:?}"
        );
    }
    assert!(!fields.contains(&"kind"));
}

#[test]
fn a_template_is_not_judged_again() {
    let decision = decide(&[
        ("/changes/0/type", json!("standard")),
        (
            "/changes/0/declaration",
            json!({"template": "web-deploy", "kind": "code", "impact": {"data": "none"}, "rollback": {"strategy": "redeploy"}}),
        ),
        (&fact("template/name"), json!("web-deploy")),
        (&fact("template/known"), json!(true)),
        (&fact("template/seconds_valid"), json!(86_400)),
    ]);
    assert_eq!((decision.word, keys(&decision)), (Word::Pass, Vec::new()));
}

#[test]
fn an_emergency_owes_what_a_normal_change_is_stopped_for() {
    let decision = decide(&[
        ("/changes/0/type", json!("emergency")),
        (
            "/changes/0/declaration",
            json!({"title": "certificate", "reason": "expired", "kind": "certificate", "targets": ["www"],
            "roles": {"executor": "sato", "approvers": ["tanaka"]},
            "emergency": {"incident": "#412", "grounds": "outage", "measure": "renew_certificate"},
            "rollback": {"strategy": "failover", "steps": ["./lb.sh maintenance on"], "decider": "tanaka", "criteria": []}}),
        ),
        (&fact("quorum"), json!(2)),
        (
            &fact("freezes"),
            json!([{"id": "f", "kind": "hard", "until": "2026-12-05T00:00:00+09:00", "owner": "kudo", "areas": []}]),
        ),
        (&fact("emergency"), json!(EmergencyFacts::default())),
        (&fact("emergency/declared"), json!(true)),
        (&fact("emergency/declared_at"), json!("2026-12-04T09:40:00+09:00")),
        (&fact("emergency/declarer"), json!("sato")),
        (&fact("emergency/declarers"), json!(["sato"])),
        (
            &fact("emergency/route"),
            json!([{"person": "tanaka", "tried": true, "early": false}]),
        ),
        (
            &fact("emergency/live"),
            json!([{"person": "tanaka", "at": "2026-12-04T09:45:00+09:00", "attested": true}]),
        ),
        (&fact("emergency/incident"), json!("issue")),
        (&fact("emergency/measure"), json!("renew_certificate")),
        (&fact("emergency/expires"), json!("2026-12-04T13:00:00+09:00")),
        (&fact("emergency/seconds_left"), json!(3_600)),
        (&fact("emergency/executions_most"), json!(5)),
        (&fact("emergency/open_service_most"), json!(1)),
        (&fact("emergency/open_total_most"), json!(3)),
        (&fact("emergency/retro"), json!(["tanaka"])),
    ]);
    assert_eq!(decision.word, Word::PassWithObligations, "{:?}", keys(&decision));
    assert_eq!(
        keys(&decision),
        [
            (Effect::Oblige, "APP-01.missing"),
            (Effect::Oblige, "RBK-04.missing")
        ]
    );
}

#[test]
fn nothing_holds_up_a_declared_rollback() {
    let decision = decide(&[
        ("/request/kind", json!("rollback")),
        ("/request/rollback_of", json!("CHG-20261204-7K3Q")),
        ("/changes/0/approvals", json!([])),
        ("/changes/0/declaration", json!({})),
        (
            &fact("freezes"),
            json!([{"id": "f", "kind": "hard", "until": "2026-12-05T00:00:00+09:00", "owner": "kudo", "areas": []}]),
        ),
        (
            "/coverage/uncovered",
            json!([{"commit": "c3", "reason": "older_than_authorised"}]),
        ),
        ("/coverage/uncovered_count", json!(1)),
        ("/log/verified", json!(false)),
    ]);
    assert_eq!(decision.word, Word::Pass);
    assert!(decision.findings.iter().all(|f| f.effect == Effect::Info));
    let lifted = decision
        .findings
        .iter()
        .find(|f| f.message.key == "RBK-09.lifted")
        .unwrap();
    assert_eq!(
        lifted.message.with["count"],
        (decision.findings.len() - 1).to_string()
    );
    sayable(&decision.findings);
}

#[test]
fn a_rollback_names_what_it_puts_back() {
    assert_eq!(
        contradiction(&[("/request/kind", json!("rollback"))]),
        "dossier-rollback-of-nothing"
    );
}

#[test]
fn a_dossier_that_contradicts_itself_is_not_judged() {
    let other = Digest::of(b"other").to_string();
    let twice = json!([document()["changes"][0], document()["changes"][0]]);
    let table: &[(&str, &[(&str, Value)])] = &[
        ("dossier-schema", &[("/schema", json!("sekisho/dossier/v2"))]),
        ("dossier-log-unverified", &[("/log/verified", json!(false))]),
        ("dossier-no-changes", &[("/changes", json!([]))]),
        ("dossier-change-twice", &[("/changes", twice)]),
        (
            "dossier-coverage",
            &[(
                "/coverage/uncovered",
                json!([{"commit": "c", "reason": "closed"}]),
            )],
        ),
        ("dossier-no-quorum", &[(&fact("quorum"), json!(0))]),
        (
            "dossier-approval-elsewhere",
            &[("/changes/0/approvals/0/units", json!([other]))],
        ),
        (
            "dossier-approval-elsewhere",
            &[("/changes/0/approvals/0/units", json!([]))],
        ),
        (
            "dossier-approval-later",
            &[("/changes/0/approvals/0/at", json!("2026-12-04T09:52:01+09:00"))],
        ),
        (
            "dossier-approvals-miscounted",
            &[(&fact("approved_by"), json!(2))],
        ),
        (
            "dossier-approvals-miscounted",
            &[("/changes/0/approvals", json!([]))],
        ),
    ];
    let known = wording("en");
    for (key, bent) in table {
        assert_eq!(contradiction(bent), *key);
        assert!(known.contains_key(*key));
    }
}

#[test]
fn the_same_person_twice_is_one_approval() {
    let one = document()["changes"][0]["approvals"][0].clone();
    let twice = json!([one, one]);
    assert_eq!(
        contradiction(&[
            ("/changes/0/approvals", twice.clone()),
            (&fact("approved_by"), json!(2))
        ]),
        "dossier-approvals-miscounted"
    );
    let decision = decide(&[("/changes/0/approvals", twice), (&fact("quorum"), json!(2))]);
    assert_eq!(decision.word, Word::Deny);
}

#[test]
fn one_unapproved_part_leaves_the_change_unapproved() {
    let (first, second) = (Digest::of(b"unit").to_string(), Digest::of(b"second").to_string());
    let units = json!([{"first": "a1", "last": "a1", "content": first}, {"first": "a2", "last": "a2", "content": second}]);
    assert_eq!(
        contradiction(&[("/changes/0/units", units.clone())]),
        "dossier-approvals-miscounted"
    );
    let decision = decide(&[("/changes/0/units", units), (&fact("approved_by"), json!(0))]);
    assert_eq!(decision.word, Word::Deny);
}

#[test]
fn nobody_is_asked_only_where_the_profile_says_so() {
    let alone = [
        ("/profile", json!("solo")),
        ("/changes/0/approvals", json!([])),
        (&*fact("quorum"), json!(0)),
        (&*fact("approved_by"), json!(0)),
    ];
    assert_eq!(decide(&alone).word, Word::Pass);
    assert_eq!(contradiction(&alone[1..]), "dossier-no-quorum");
}

#[test]
fn a_setting_lowers_with_a_reason_that_is_shown() {
    let bundle = rules(&setting("DEC-03", "warn", Some("trial until January")));
    let bent = dossier(&[(&fact("blank_fields"), json!(["reason"]))]);
    let decision = judge(&bundle, &bent, Vec::new()).unwrap();
    assert_eq!(
        (decision.word, keys(&decision)),
        (Word::Pass, vec![(Effect::Warn, "DEC-03.placeholder")])
    );
    assert_eq!(
        decision.findings[0].lowered_because.as_deref(),
        Some("trial until January")
    );

    let off = rules(&setting("DEC-03", "off", Some("no texts here")));
    assert_eq!(keys(&judge(&off, &bent, Vec::new()).unwrap()), []);
}

#[test]
fn a_ceiling_keeps_the_degrees_of_a_rule() {
    let bundle = rules(&setting("APP-01", "warn", Some("trial")));
    let bent = dossier(&[
        ("/changes/0/approvals", json!([])),
        (&fact("approved_by"), json!(0)),
        (&fact("approvals_of_other_content"), json!(["tanaka"])),
    ]);
    let decision = judge(&bundle, &bent, Vec::new()).unwrap();
    assert_eq!(
        keys(&decision),
        [
            (Effect::Warn, "APP-01.missing"),
            (Effect::Info, "APP-01.other_content")
        ]
    );
}

#[test]
fn a_setting_can_raise_and_needs_no_reason() {
    let bundle = rules(&setting("RBK-04", "deny", None));
    let bent = dossier(&[
        ("/changes/0/type", json!("emergency")),
        (&fact("vague_criteria"), json!(["looks bad"])),
    ]);
    let decision = judge(&bundle, &bent, Vec::new()).unwrap();
    assert!(keys(&decision).contains(&(Effect::Deny, "RBK-04.vague")));
}

#[test]
fn the_outcome_is_listed_and_other_work_changes_the_word() {
    let opens = |kind: &str| {
        vec![
            serde_json::from_value::<Obligation>(
                json!({"kind": kind, "owner": "sato", "due": "2026-12-07T18:00:00+09:00", "overdue": false}),
            )
            .unwrap(),
        ]
    };
    let bundle = rules(&RuleSettings::new());
    let outcome = judge(&bundle, &dossier(&[]), opens("outcome")).unwrap();
    assert_eq!((outcome.word, outcome.opened.len()), (Word::Pass, 1));
    let review = judge(&bundle, &dossier(&[]), opens("review")).unwrap();
    assert_eq!(review.word, Word::PassWithObligations);
}
