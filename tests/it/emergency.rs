//! The way around the queue, and every way around that way.

use serde_json::Value;

use crate::support::port::{certificate, codes, port, port_with};
use crate::support::stage::Stage;

fn declared(stage: &Stage) -> String {
    let done = stage.sekisho("suzuki", &certificate(&[])).expect(0);
    done.out.lines().next().unwrap().to_owned()
}

fn said(stage: &Stage, by: &str, person: &str, result: &str, code: i32) {
    let flags = [
        "emergency",
        "call",
        "--person",
        person,
        "--channel",
        "phone",
        "--result",
        result,
        "--evidence",
        "by phone",
    ];
    stage.sekisho(by, &flags).expect(code);
}

fn start(stage: &Stage, id: &str, code: i32) -> Value {
    let flags = ["start", id, "--service", "minato-ec", "--format", "json"];
    stage.sekisho("suzuki", &flags).expect(code).json()
}

#[test]
fn only_those_who_are_named_declare() {
    let mut stage = port();
    stage.at("2026-12-04T10:45:00+09:00");
    let mut flags = certificate(&["--incident", "--grounds"]);
    flags.extend(["--grounds", "campaign already announced"]);
    let done = stage.sekisho("mori", &flags).expect(1);
    for code in ["EMG-01", "EMG-02", "EMG-03"] {
        assert!(done.out.contains(code), "{code} {}", done.both());
    }
    stage.sekisho("suzuki", &["emergency", "status"]).expect(2);
}

#[test]
fn the_name_of_the_service_is_typed_or_nothing_is_declared() {
    let stage = port();
    let mut flags = certificate(&["--yes-service"]);
    stage.sekisho("suzuki", &flags).expect(2);
    flags.extend(["--yes-service", "minato"]);
    let wrong = stage.sekisho("suzuki", &flags).expect(2);
    assert!(wrong.err.contains("minato-ec"), "{}", wrong.both());
    stage.sekisho("suzuki", &["emergency", "status"]).expect(2);
    let log = stage
        .sekisho("suzuki", &["history", "--format", "json"])
        .expect(0);
    assert_eq!(
        log.out.matches("emergency.prompt_abandoned").count(),
        2,
        "{}",
        log.out
    );
    let mut wide = certificate(&["--yes-service"]);
    wide.extend(["--yes-service", "ｍｉｎａｔｏ－ｅｃ"]);
    stage.sekisho("suzuki", &wide).expect(0);
}

#[test]
fn a_yes_comes_from_the_route_and_never_from_the_work() {
    let stage = port();
    let id = declared(&stage);
    said(&stage, "suzuki", "suzuki", "approved", 2);
    said(&stage, "suzuki", "mori", "approved", 2);
    said(&stage, "suzuki", "kudo", "refused", 0);
    let stopped = start(&stage, &id, 1);
    assert!(
        codes(&stopped, "deny").contains(&"EMG-07".to_owned()),
        "{stopped:#}"
    );
    said(&stage, "suzuki", "tanaka", "approved", 0);
    start(&stage, &id, 0);
}

#[test]
fn an_own_key_says_yes_without_anything_to_confirm() {
    let stage = port();
    let id = declared(&stage);
    stage
        .sekisho("kudo", &["approve", &id, "--service", "minato-ec"])
        .expect(0);
    start(&stage, &id, 0);
    let list = stage.sekisho("kudo", &["due", "--format", "json"]).json();
    let kinds: Vec<&str> = list["open"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["kind"].as_str().unwrap())
        .collect();
    assert!(
        !kinds.contains(&"confirmation") && !kinds.contains(&"ack"),
        "{kinds:?}"
    );
}

#[test]
fn whoever_is_called_too_early_was_not_called_in_turn() {
    let mut stage = port();
    let id = declared(&stage);
    for person in ["kudo", "tanaka", "hayashi"] {
        said(&stage, "suzuki", person, "no_answer", 0);
    }
    stage.at("2026-11-20T18:01:00+09:00");
    let stopped = start(&stage, &id, 1);
    assert_eq!(codes(&stopped, "deny"), ["EMG-06"], "{stopped:#}");
    let status = stage.sekisho("suzuki", &["emergency", "status", &id]).expect(0);
    assert!(!status.both().contains("sekisho start"), "{}", status.both());
    // Called once more, in turn, it counts.
    stage.at("2026-11-20T18:06:00+09:00");
    said(&stage, "suzuki", "tanaka", "no_answer", 0);
    stage.at("2026-11-20T18:12:00+09:00");
    said(&stage, "suzuki", "hayashi", "no_answer", 0);
    start(&stage, &id, 0);
}

#[test]
fn a_second_emergency_of_a_service_waits_for_a_yes() {
    let stage = port();
    let first = declared(&stage);
    let second = declared(&stage);
    let call = |person| {
        let flags = [
            "emergency",
            "call",
            &second,
            "--person",
            person,
            "--channel",
            "phone",
            "--result",
            "approved",
            "--evidence",
            "by phone",
        ];
        stage.sekisho("suzuki", &flags).expect(0);
    };
    let stopped = start(&stage, &second, 1);
    assert!(
        codes(&stopped, "deny").contains(&"EMG-19".to_owned()),
        "{stopped:#}"
    );
    call("kudo");
    start(&stage, &second, 0);
    stage
        .sekisho("suzuki", &["emergency", "end", &first, "--reason", "not needed"])
        .expect(0);
    let over = start(&stage, &first, 1);
    assert!(codes(&over, "deny").contains(&"EMG-08".to_owned()), "{over:#}");
}

#[test]
fn one_extension_with_somebodys_word_and_no_more() {
    let mut stage = port();
    let id = declared(&stage);
    said(&stage, "suzuki", "kudo", "approved", 0);
    stage.at("2026-11-20T21:30:00+09:00");
    let more = |approver: &'static str| {
        [
            "emergency",
            "extend",
            "--approver",
            approver,
            "--channel",
            "phone",
            "--evidence",
            "go on",
        ]
    };
    stage.sekisho("suzuki", &more("suzuki")).expect(2);
    stage.sekisho("suzuki", &more("tanaka")).expect(0);
    stage.sekisho("suzuki", &more("tanaka")).expect(2);
    stage.at("2026-11-20T22:30:00+09:00");
    start(&stage, &id, 0);
    stage.at("2026-11-21T01:31:00+09:00");
    assert_eq!(codes(&start(&stage, &id, 1), "deny"), ["EMG-08"]);
    stage.sekisho("suzuki", &more("tanaka")).expect(2);
}

/// Work of today is not put into yesterday's emergency.
#[test]
fn a_claimed_time_does_not_bring_an_expired_emergency_back() {
    let mut stage = port();
    let id = declared(&stage);
    said(&stage, "suzuki", "kudo", "approved", 0);
    stage.at("2026-11-21T09:00:00+09:00");
    let claim = ["emergency", "done", &id, "--at", "2026-11-20T18:30"];
    let refused = stage.sekisho("suzuki", &claim).expect(2);
    assert!(refused.err.contains("--done-at"), "{}", refused.both());
    // Said without a time it is recorded, and judged as of the moment at which it was said.
    stage.sekisho("suzuki", &claim[..3]).expect(0);
    let late = start(&stage, &id, 1);
    assert!(codes(&late, "deny").contains(&"EMG-08".to_owned()), "{late:#}");
}

#[test]
fn five_executions_and_no_more() {
    let stage = port();
    let id = declared(&stage);
    said(&stage, "suzuki", "kudo", "approved", 0);
    for _ in 0..5 {
        start(&stage, &id, 0);
        stage
            .sekisho("suzuki", &["finish", &id, "--outcome", "success"])
            .expect(0);
    }
    assert_eq!(codes(&start(&stage, &id, 1), "deny"), ["EMG-09"]);
    let list = stage.sekisho("kudo", &["due", "--format", "json"]).json();
    let retro = list["open"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|o| o["kind"] == "retro_approval");
    assert_eq!(retro.count(), 1);
}

#[test]
fn a_hard_freeze_asks_two_people_except_for_a_certificate() {
    let mut stage = port();
    stage.at("2026-12-29T02:00:00+09:00");
    let mut flags = certificate(&["--measure"]);
    flags.extend(["--measure", "restart"]);
    let id = stage
        .sekisho("suzuki", &flags)
        .expect(0)
        .out
        .lines()
        .next()
        .unwrap()
        .to_owned();
    said(&stage, "suzuki", "kudo", "approved", 0);
    assert_eq!(codes(&start(&stage, &id, 1), "deny"), ["EMG-25"]);
    said(&stage, "suzuki", "tanaka", "approved", 0);
    start(&stage, &id, 0);
}

#[test]
fn what_was_done_first_is_declared_late_and_marked() {
    let mut stage = port();
    stage.at("2026-11-22T08:00:00+09:00");
    let mut flags = certificate(&[]);
    flags.extend(["--done-at", "2026-11-21T23:33"]);
    let id = stage
        .sekisho("suzuki", &flags)
        .expect(0)
        .out
        .lines()
        .next()
        .unwrap()
        .to_owned();
    said(&stage, "suzuki", "kudo", "approved", 0);
    let passed = start(&stage, &id, 0);
    assert!(
        codes(&passed, "oblige").contains(&"DEC-05".to_owned()),
        "{passed:#}"
    );
    assert!(
        codes(&passed, "info").contains(&"EMG-21".to_owned()),
        "{passed:#}"
    );
    stage.at("2026-11-23T08:00:00+09:00");
    let later = stage.sekisho("suzuki", &flags).expect(1);
    assert!(later.out.contains("DEC-05"), "{}", later.both());
}

#[test]
fn a_rejection_opens_a_remediation_that_stops_the_next_change() {
    let mut stage = port();
    let id = declared(&stage);
    said(&stage, "suzuki", "tanaka", "approved", 0);
    start(&stage, &id, 0);
    let object = [
        "object",
        &id,
        "--service",
        "minato-ec",
        "--reason",
        "The old one was still good",
    ];
    stage.sekisho("kudo", &object).expect(0);
    let list = stage.sekisho("kudo", &["due", "--format", "json"]).json();
    let open = list["open"].as_array().unwrap();
    let remediation = open
        .iter()
        .find(|o| o["kind"] == "remediation")
        .expect("a remediation");
    assert!(!open.iter().any(|o| o["kind"] == "retro_approval"), "{list:#}");
    stage.at("2026-11-25T09:00:00+09:00");
    let flags = ["due", "--overdue", "--format", "json"];
    let late = stage.sekisho("kudo", &flags).expect(1).json();
    assert!(
        late["open"]
            .as_array()
            .unwrap()
            .iter()
            .any(|o| o["kind"] == "remediation"),
        "{late:#}"
    );
    let name = remediation["id"].as_str().unwrap();
    let put_back = ["due", "--done", name, "--evidence", "put back"];
    // Not by whoever carried out what was rejected.
    stage.sekisho("suzuki", &put_back).expect(2);
    stage.sekisho("kudo", &put_back).expect(0);
    let left = stage.sekisho("kudo", &["due", "--format", "json"]).json();
    assert!(
        !left["open"]
            .as_array()
            .unwrap()
            .iter()
            .any(|o| o["kind"] == "remediation"),
        "{left:#}"
    );
    let retro = open.iter().find(|o| o["kind"] == "review").unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    stage
        .sekisho("suzuki", &["due", "--done", &retro, "--evidence", "said so"])
        .expect(2);
}

#[test]
fn where_a_yes_is_always_needed_a_listed_measure_waits_too() {
    let mut stage = port_with(|config| {
        config.replace(
            "route: [kudo, tanaka, hayashi]",
            "route: [kudo, tanaka, hayashi]\n  without_live_approval: false",
        )
    });
    let id = declared(&stage);
    for (minute, person) in [("00", "kudo"), ("05", "tanaka"), ("10", "hayashi")] {
        stage.at(&format!("2026-11-20T18:{minute}:00+09:00"));
        said(&stage, "suzuki", person, "no_answer", 0);
    }
    stage.at("2026-11-20T18:15:00+09:00");
    assert_eq!(codes(&start(&stage, &id, 1), "deny"), ["EMG-07"]);
}
