//! What would be decided is never a decision: attacks on the gate by way of its own simulations.

use serde_json::{Value, json};

use crate::commands::{declared, gate, prepared, shop};
use crate::support::stage::Stage;

/// A shop with a change that passes, and its case in `case.json`.
fn passing() -> (Stage, String) {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let answer = gate(&stage, &["--save-dossier", "case.json"]);
    assert_eq!(answer["decision"], "pass");
    (stage, id)
}

fn size(stage: &Stage) -> Value {
    stage
        .sekisho("sato", &["verify", "--format", "json"])
        .expect(0)
        .json()["size"]
        .clone()
}

#[test]
fn saved_case_in_place_of_the_deploy_gate() {
    let (stage, _) = passing();
    let before = size(&stage);
    for format in ["text", "json", "markdown"] {
        for language in ["en", "ja"] {
            let words = [
                "gate",
                "--dossier",
                "case.json",
                "--format",
                format,
                "--lang",
                language,
            ];
            let done = stage.sekisho("sato", &words).expect(5);
            for claim in ["PASSED", "holds until", "通過(", "まで有効", "sekisho finish"] {
                assert!(!done.out.contains(claim), "{claim}: {}", done.both());
            }
            assert!(done.err.contains("sekisho gate"), "{}", done.both());
        }
    }
    let page = stage
        .sekisho("sato", &["gate", "--dossier", "case.json", "--format", "json"])
        .expect(5)
        .json();
    assert_eq!(page["schema"], "sekisho/what-if/v1");
    assert_eq!(
        (&page["would_say"], &page["recorded"]),
        (&json!("pass"), &json!(false))
    );
    for field in ["decision", "entry", "checkpoint", "expires_at"] {
        assert_eq!(page.get(field), None, "{field}");
    }
    assert_eq!(size(&stage), before, "a simulation writes nothing");
}

#[test]
fn saved_case_bent_by_hand() {
    let stage = shop();
    declared(&stage, "Two");
    stage
        .sekisho("sato", &["gate", "--save-dossier", "case.json"])
        .expect(1);
    stage
        .sekisho("sato", &["gate", "--dossier", "case.json"])
        .expect(1);
    let mut case: Value = serde_json::from_str(&stage.read("case.json")).unwrap();
    case["changes"][0]["facts"]["approved_by"] = json!(9);
    stage.write("case.json", &case.to_string());
    let before = size(&stage);
    let done = stage.sekisho("sato", &["gate", "--dossier", "case.json"]);
    assert_ne!(done.code, 0, "{}", done.both());
    assert_eq!(size(&stage), before);
    stage.sekisho("sato", &["gate"]).expect(1);
    // Any state can be named as the authorised one; what is not here cannot be judged.
    case["standing"]["authorised"]["head"] = json!("0".repeat(40));
    stage.write("case.json", &case.to_string());
    let done = stage.sekisho("sato", &["gate", "--dossier", "case.json"]);
    assert!([2, 3].contains(&done.code), "{}", done.both());
}

#[test]
fn saved_case_needs_no_log_and_makes_none() {
    let (stage, _) = passing();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage
        .sekisho("sato", &["gate", "--dossier", "case.json"])
        .expect(5);
    assert!(!stage.log().exists(), "a simulation opens no log");
    stage
        .sekisho("nobody", &["gate", "--dossier", "case.json"])
        .expect(5);
}

#[test]
fn saved_case_says_what_was_said() {
    let stage = shop();
    let id = declared(&stage, "Two");
    let text = stage.read(&format!("changes/2026/{id}.yml"));
    stage.write(&format!("changes/2026/{id}.yml"), &format!("{text}rollback: {{strategy: restore, steps: [restore it], criteria: [bad], decider: sato, duration: 5m}}\n"));
    stage.commit("sato", "A vague way back");
    let first = gate(&stage, &["--save-dossier", "case.json"]);
    let again = gate(&stage, &["--dossier", "case.json"]);
    assert!(
        first["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| !finding["place"].is_null()),
        "{first:#}"
    );
    for field in ["findings", "dossier", "policy", "at", "changes"] {
        assert_eq!(first[field], again[field], "{field}");
    }
    assert_eq!(again["would_say"], "deny");
}

#[test]
fn saved_case_with_other_flags() {
    let (stage, _) = passing();
    for flag in [
        "--head",
        "--service",
        "--environment",
        "--base",
        "--run",
        "--save-dossier",
    ] {
        stage
            .sekisho("sato", &["gate", "--dossier", "case.json", flag, "x"])
            .expect(2);
    }
    stage.write("case.json", "[".repeat(100_000).as_str());
    stage
        .sekisho("sato", &["gate", "--dossier", "case.json"])
        .expect(2);
    stage.sekisho("sato", &["gate", "--dossier", "."]).expect(2);
    // A device or a pipe may never end; it is refused before it is opened.
    let done = stage
        .sekisho("sato", &["gate", "--dossier", "/dev/null"])
        .expect(2);
    assert!(done.err.contains("not a regular file"), "{}", done.both());
}

#[test]
fn saved_case_for_code_scanning_is_one_page() {
    let (stage, _) = passing();
    let words = ["gate", "--dossier", "case.json", "--format", "sarif"];
    let done = stage.sekisho("sato", &words).expect(5);
    assert!(done.err.contains("WHAT IF"), "{}", done.both());
    assert_eq!(done.json()["version"], "2.1.0");
}

#[test]
fn deploy_time_chosen_by_the_caller() {
    let (stage, id) = passing();
    for words in [
        &["gate", "--at", "2026-12-02T10:00"][..],
        &["approve", &id, "--at", "2026-12-02T10:00"],
        &["start", &id, "--at", "2026-12-02T10:00"],
    ] {
        let done = stage.sekisho("sato", words).expect(2);
        assert!(done.err.contains("no option --at"), "{}", done.both());
    }
}

/// A shop with a freeze at the end of the year, and an approved change.
fn frozen_later() -> Stage {
    let stage = prepared();
    let config = stage.read("sekisho.yml");
    let freeze = "freezes:\n  - {id: year-end, kind: hard, from: 2026-12-28T00:00, to: 2027-01-03T23:59, owner: hayashi}\n";
    stage.write("sekisho.yml", &format!("{config}{freeze}"));
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage
}

#[test]
fn what_the_gate_would_say_in_a_freeze() {
    let stage = frozen_later();
    let before = size(&stage);
    let now = stage.sekisho("sato", &["check"]).expect(0);
    assert!(
        now.out.contains("WOULD PASS") && !now.out.contains("PASSED"),
        "{}",
        now.both()
    );
    let then = stage
        .sekisho("sato", &["check", "--at", "2026-12-30T10:00"])
        .expect(1);
    assert!(
        then.out.contains("SCH-02") && then.out.contains("Wed 30 Dec 2026 10:00 +09:00"),
        "{}",
        then.both()
    );
    let page = stage
        .sekisho("sato", &["check", "--at", "2026-12-30T10:00", "--format", "json"])
        .expect(1)
        .json();
    assert_eq!(
        (&page["gate"]["at"], &page["gate"]["entry"]),
        (&json!("2026-12-30T10:00:00+09:00"), &Value::Null)
    );
    // The offset may be written; the last second of the freeze still counts.
    stage
        .sekisho("sato", &["check", "--at", "2027-01-03T14:59:00Z"])
        .expect(1);
    stage
        .sekisho("sato", &["check", "--at", "2026-12-25T10:00"])
        .expect(0);
    let rule = stage
        .sekisho(
            "sato",
            &["check", "--at", "2026-12-30T10:00", "--explain", "SCH-02"],
        )
        .expect(1);
    assert!(rule.out.contains("year-end"), "{}", rule.both());
    assert_eq!(size(&stage), before);
}

#[test]
fn time_that_no_calendar_covers_is_no_pass() {
    let stage = prepared();
    let config = stage
        .read("sekisho.yml")
        .replace("holidays: [2026-11-23]", "holidays: jp");
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "The shop");
    let early = stage
        .sekisho("sato", &["check", "--at", "2026-12-30T10:00"])
        .expect(3);
    assert!(early.err.contains("not a pass"), "{}", early.both());
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let late = stage
        .sekisho("sato", &["check", "--at", "2093-12-30T10:00"])
        .expect(3);
    assert!(
        late.err.contains("not a pass") && late.err.contains("2093"),
        "{}",
        late.both()
    );
}

#[test]
fn time_before_what_the_log_knows() {
    let stage = frozen_later();
    let done = stage
        .sekisho("sato", &["check", "--at", "2026-11-30T10:00"])
        .expect(2);
    assert!(done.err.contains("sekisho show --why"), "{}", done.both());
    for wrong in ["tomorrow", "2026-12-30", "2026-13-30T10:00", "\u{1b}[31m", ""] {
        let done = stage.sekisho("sato", &["check", "--at", wrong]).expect(2);
        assert!(
            done.err.contains("is not a time") && !done.err.contains('\u{1b}'),
            "{}",
            done.both()
        );
    }
}
