//! One denial and one pass, as plain data, for the tests of the report room.

use std::collections::BTreeMap;

use crate::support::work_facts::with_work;
use sekisho::change::text::{Fault, Place};
use sekisho::change::{ChangeId, Digest, Message, Moment, PersonKey};
use sekisho::dossier::{Dossier, Obligation};
use sekisho::policy::{Decision, Effect, Finding, RuleId, Word};
use sekisho::report::FilePlace;
use sekisho::report::decision::DecisionView;
use serde_json::{Value, json};

use crate::judge::{content, way_back};
use crate::support::facts::with_people;

pub(crate) const FILE: &str = "changes/2026/CHG-20261204-7K3Q.yml";
pub(crate) const CONTENT: &str =
    "title: 冬の感謝祭 価格一括変更\nkind: pricing\nplan: data/価格-20261204.csv # 新\n";

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

pub(crate) fn names() -> BTreeMap<PersonKey, String> {
    [
        ("tanaka", "田中 彩"),
        ("sato", "佐藤 優"),
        ("kudo", "工藤 健"),
        ("hayashi", "林 樹"),
    ]
    .into_iter()
    .map(|(key, name)| (PersonKey::from(key), name.to_owned()))
    .collect()
}

pub(crate) fn facts() -> Value {
    with_work(json!({
        "risk_floor": "medium", "risk_floor_because": ["kind:pricing"], "areas": ["pricing"], "owners_missing": [],
        "paths_outside": [], "paths_outside_count": 0, "gate_paths": [], "quorum": 1, "approved_by": 0,
        "eligible": ["tanaka"], "approvals_of_other_content": ["tanaka"], "approvals_not_counted": [],
        "in_window": true, "seconds_to_window_end": 4500, "rollback_seconds": 480, "estimate_seconds": 600,
        "blank_fields": [], "vague_steps": [], "vague_criteria": [], "decider_known": true, "executor_allowed": true,
        "unknown_authors": [], "unknown_people": [], "freezes": [], "executions": 0,
        "content": content(), "rollback": way_back(),
    }))
}

fn dossier(approvals: Value) -> Dossier {
    let digest = Digest::of(b"fixture").to_string();
    serde_json::from_value(json!({
        "schema": "sekisho/dossier/v1", "at": "2026-12-04T09:45:00+09:00",
        "request": {"kind": "deploy", "service": "minato-ec", "environment": "production", "base": "9b1d", "head": "0f66", "actor": "sato", "run": "1/1"},
        "profile": "small", "policy": digest, "log": {"size": 1041, "head": "38fa", "verified": true},
        "coverage": {"steps": 2, "covered": 2, "ignored": 0, "elsewhere": 0, "empty": 0, "uncovered": [], "uncovered_count": 0},
        "standing": {"authorised": {"head": "9b1d", "seq": 1022}, "open_emergencies": [], "freezes": [],
            "obligations": [{"change": "CHG-20261121-2D5N", "kind": "retro_approval", "owner": "kudo", "due": "2026-12-03T18:00:00+09:00", "overdue": true}]},
        "changes": [{
            "id": "CHG-20261204-7K3Q", "origin": "file", "type": "normal", "digest": digest, "risk": "medium", "place": FILE,
            "declaration": {"title": "冬の感謝祭 価格一括変更", "rollback": {"strategy": "restore", "decider": "tanaka", "criteria": ["5xx > 1% for 5m"]}},
            "derived_fields": [], "units": [], "roles": {"requester": "mori", "executor": "sato", "approvers": ["tanaka"]},
            "authors": ["sato"], "approvals": approvals, "objections": [], "facts": with_people(facts()),
        }],
    }))
    .unwrap()
}

/// What is denied: no approval, and a finding about the deployment.
pub(crate) fn denied() -> (Dossier, Decision) {
    let change: ChangeId = "CHG-20261204-7K3Q".parse().unwrap();
    let finding = |code: &str, effect, change: Option<&ChangeId>, field: Option<&str>, message| Finding {
        code: RuleId::new(code),
        name: "example-rule".to_owned(),
        effect,
        change: change.cloned(),
        field: field.map(ToOwned::to_owned),
        message,
        lowered_because: None,
        excepted: None,
    };
    let person = Message::new("APP-01.other_content").with("person", "tanaka");
    let mut warned = finding(
        "TST-02",
        Effect::Warn,
        Some(&change),
        Some("rollback.steps[1]"),
        Message::new("TST-02.absent").with("n", 3),
    );
    warned.lowered_because = Some("pilot until January".to_owned());
    let decision = Decision {
        word: Word::Deny,
        findings: vec![
            finding("APP-01", Effect::Deny, Some(&change), Some("plan"), person),
            finding(
                "DEC-01",
                Effect::Deny,
                None,
                None,
                Message::new("DEC-01.undeclared")
                    .with("commit", "a1b2")
                    .with("path", "src/price.rs"),
            ),
            warned,
        ],
        opened: Vec::new(),
    };
    (dossier(json!([])), decision)
}

/// What passes: one review, one approval that was recorded on behalf, one new obligation.
pub(crate) fn passed() -> (Dossier, Decision) {
    let approvals = json!([
        {"person": "tanaka", "at": "2026-12-04T09:41:00+09:00", "channel": "review", "proof": "patch_equal", "units": [], "field": "roles.approvers[0]"},
        {"person": "kudo", "at": "2026-12-04T09:43:00+09:00", "channel": "attested", "proof": "attested", "by": "sato", "units": [], "field": "roles.approvers"},
    ]);
    let opened = Obligation {
        change: None,
        kind: "outcome".to_owned(),
        owner: PersonKey::from("sato"),
        due: moment("2026-12-05T18:00:00+09:00"),
        overdue: false,
        opened_by: None,
        content: None,
    };
    let decision = Decision {
        word: Word::Pass,
        findings: Vec::new(),
        opened: vec![opened],
    };
    (dossier(approvals), decision)
}

pub(crate) fn place() -> FilePlace {
    FilePlace::of(FILE, CONTENT, &fault().place.unwrap())
}

/// A fault at the value of `plan`.
pub(crate) fn fault() -> Fault {
    let start = CONTENT.find("data/").unwrap();
    let bytes = start..CONTENT.find(" #").unwrap();
    Fault {
        place: Some(Place {
            line: 3,
            column: 7,
            bytes,
        }),
        field: "plan".to_owned(),
        message: Message::new("yaml-wall-time").with("found", "2bd\u{1b}[2J"),
        warning: false,
    }
}

pub(crate) fn view<'a>(dossier: &'a Dossier, decision: &'a Decision) -> DecisionView<'a> {
    let passes = decision.word != Word::Deny;
    DecisionView {
        decision,
        dossier,
        places: if passes { Vec::new() } else { vec![Some(place())] },
        names: names(),
        record: Some((1057, format!("sha256:{}", "38".repeat(32)))),
        checkpoint: passes.then(|| "8c1f".to_owned()),
        expires_at: passes.then(|| moment("2026-12-04T10:45:00+09:00")),
        dossier_digest: Digest::of(b"dossier"),
        next: if passes {
            Vec::new()
        } else {
            vec![
                Message::new("next-approve")
                    .with("person", "tanaka")
                    .with("place", "")
                    .with("change", "CHG-20261204-7K3Q"),
                Message::new("next-approve-for")
                    .with("change", "CHG-20261204-7K3Q")
                    .with("key", "tanaka")
                    .with("place", ""),
            ]
        },
    }
}
