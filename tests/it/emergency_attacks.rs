//! What somebody with a key tries to make of an emergency.

use sekisho::ledger::Statement;
use sekisho::ports::{Draft, Signer as _, Spool as _};
use sekisho::sign::SshKeygen;
use sekisho::store::FileSpool;
use serde_json::Value;

use crate::branch_program::with_remote;
use crate::support::git_http::GitHttp;
use crate::support::port::{certificate, codes, port, port_with};
use crate::support::stage::Stage;

/// The shop on a log that can be out of reach.
fn shared() -> (Stage, GitHttp) {
    let stage = port();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    let server = with_remote(&stage);
    for service in ["minato-ec", "minato-blog"] {
        let flags = ["baseline", "--service", service];
        stage.sekisho("sato", &flags).expect(0);
    }
    (stage, server)
}

fn reach(stage: &Stage, url: &str) {
    stage.git("sato", &["config", "remote.origin.url", url]);
}

fn cut_off(stage: &Stage) {
    reach(stage, "http://127.0.0.1:9/shop.git");
}

fn back(stage: &Stage, server: &GitHttp) {
    reach(stage, &server.url("shop.git"));
    stage.sekisho("suzuki", &["log", "sync"]).expect(0);
}

/// Puts other words into what waits, under a signature that holds.
fn forged(stage: &Stage, person: &str, words: &[(&str, &str)]) {
    let folder = stage.path(".git/sekisho/spool");
    let waiting = FileSpool::new(&folder).list().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let signer = SshKeygen::new("ssh-keygen", stage.path("..").join(format!("{person}_key"))).unwrap();
    for one in waiting {
        let Ok(draft) = one.draft else { panic!() };
        let mut text = String::from_utf8(draft.statement).unwrap();
        let by = Statement::read(text.as_bytes()).unwrap().by;
        let own = sekisho::config::fingerprint(signer.public_key()).unwrap();
        text = text.replace(&by, &format!("key:{own}"));
        for (from, to) in words {
            text = text.replace(from, to);
        }
        let signature = signer.sign("sekisho-statement-v1", text.as_bytes()).unwrap();
        let forged = Draft {
            statement: text.into_bytes(),
            signatures: vec![(signer.kind().to_owned(), signature)],
            blobs: draft.blobs,
        };
        FileSpool::new(&folder).add(&forged).unwrap();
    }
}

fn declare(stage: &Stage, more: &[&str], code: i32) -> String {
    let flags = [&certificate(&[])[..], more].concat();
    let done = stage.sekisho("suzuki", &flags).expect(code);
    done.out.lines().next().unwrap().to_owned()
}

fn called(stage: &Stage, id: &str, person: &str, result: &str, code: i32) {
    let flags = [
        "emergency",
        "call",
        id,
        "--person",
        person,
        "--channel",
        "phone",
        "--result",
        result,
        "--evidence",
        "by phone",
    ];
    stage.sekisho("suzuki", &flags).expect(code);
}

/// The reasons why it may not start now.
fn denied(stage: &Stage, by: &str, id: &str) -> Vec<String> {
    let flags = ["start", id, "--service", "minato-ec", "--format", "json"];
    let done = stage.sekisho(by, &flags);
    let decision: Value = done.json();
    codes(&decision, "deny")
}

fn approve(stage: &Stage, person: &str, id: &str) {
    let flags = ["approve", id, "--service", "minato-ec"];
    stage.sekisho(person, &flags).expect(0);
}

fn object(stage: &Stage, person: &str, id: &str) {
    let flags = ["object", id, "--service", "minato-ec", "--reason", "Not this way"];
    stage.sekisho(person, &flags).expect(0);
}

fn open(stage: &Stage) -> Vec<(String, String)> {
    let list = stage.sekisho("kudo", &["due", "--format", "json"]).json();
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let all = list["open"].as_array().unwrap().iter();
    all.map(|one| (text(one, "kind"), text(one, "owner"))).collect()
}

fn extended(stage: &Stage, by: &str, approver: &str, code: i32) {
    let flags = ["emergency", "extend", "--channel", "phone", "--evidence", "go on"];
    let flags = [&flags[..], &["--approver", approver]].concat();
    stage.sekisho(by, &flags).expect(code);
}

#[test]
fn a_time_that_is_only_said_after_the_end_revives_nothing() {
    let mut stage = port();
    let id = declare(&stage, &[], 0);
    called(&stage, &id, "kudo", "approved", 0);
    stage.at("2026-11-20T22:30:00+09:00");
    let flags = ["emergency", "done", &id, "--at", "2026-11-20T19:00"];
    let _ = stage.sekisho("suzuki", &flags);
    assert_eq!(denied(&stage, "suzuki", &id), ["EMG-08"]);
}

#[test]
fn code_of_a_pipeline_is_judged_now_whatever_was_done_by_hand() {
    let (mut stage, server) = shared();
    let id = declare(&stage, &[], 0);
    called(&stage, &id, "kudo", "approved", 0);
    cut_off(&stage);
    stage.at("2026-11-20T19:00:00+09:00");
    stage.sekisho("suzuki", &["emergency", "done", &id]).expect(3);
    stage.at("2026-11-20T23:00:00+09:00");
    back(&stage, &server);
    stage.write("app.txt", "two\n");
    stage.commit("suzuki", &format!("Quickly\n\nChange: {id}"));
    let flags = ["gate", "--service", "minato-ec", "--format", "json"];
    let judged = stage.sekisho("suzuki", &flags).expect(1).json();
    let found = codes(&judged, "deny");
    assert!(found.contains(&"EMG-08".to_owned()), "{judged:#}");
}

#[test]
fn the_executor_says_that_somebody_else_is() {
    let (mut stage, server) = shared();
    cut_off(&stage);
    let id = declare(&stage, &["--executor", "hayashi"], 3);
    forged(
        &stage,
        "suzuki",
        &[(r#""executor":"person:hayashi""#, r#""executor":"person:sato""#)],
    );
    stage.at("2026-11-20T18:01:00+09:00");
    back(&stage, &server);
    approve(&stage, "hayashi", &id);
    let found = denied(&stage, "hayashi", &id);
    assert!(found.contains(&"EMG-08".to_owned()), "{found:?}");
}

#[test]
fn the_record_names_a_listed_measure_and_the_declaration_another() {
    let (mut stage, server) = shared();
    cut_off(&stage);
    let mut flags = certificate(&["--measure", "--approver"]);
    flags.extend(["--measure", "config", "--approver", "hayashi"]);
    let done = stage.sekisho("suzuki", &flags).expect(3);
    let id = done.out.lines().next().unwrap().to_owned();
    forged(
        &stage,
        "suzuki",
        &[(r#""measure":"config""#, r#""measure":"restart""#)],
    );
    stage.at("2026-11-20T18:01:00+09:00");
    back(&stage, &server);
    let found = denied(&stage, "suzuki", &id);
    assert!(found.contains(&"EMG-08".to_owned()), "{found:?}");
}

#[test]
fn a_yes_with_a_key_that_was_revoked() {
    let mut stage = port();
    let id = declare(&stage, &[], 0);
    approve(&stage, "kudo", &id);
    let key = sekisho::config::fingerprint(&stage.key("kudo")).unwrap();
    let flags = [
        "key",
        "revoke",
        &key,
        "--reason",
        "lost on the train",
        "--service",
        "minato-ec",
    ];
    stage.sekisho("kudo", &flags).expect(0);
    assert_eq!(denied(&stage, "suzuki", &id), ["EMG-05"]);
}

#[test]
fn calls_and_more_time_that_were_written_down_with_a_key_that_was_revoked() {
    let mut stage = port();
    let id = declare(&stage, &["--executor", "sato"], 0);
    called(&stage, &id, "kudo", "approved", 0);
    let key = sekisho::config::fingerprint(&stage.key("suzuki")).unwrap();
    let flags = [
        "key",
        "revoke",
        &key,
        "--reason",
        "lost on the train",
        "--service",
        "minato-ec",
    ];
    stage.sekisho("suzuki", &flags).expect(0);
    let found = denied(&stage, "sato", &id);
    assert!(found.contains(&"EMG-05".to_owned()), "{found:?}");
}

#[test]
fn calls_that_are_dated_before_the_emergency() {
    let (mut stage, server) = shared();
    let id = declare(&stage, &[], 0);
    stage.at("2026-11-20T18:02:00+09:00");
    cut_off(&stage);
    // Each is given a time of its own, long before anybody was called.
    for (person, time) in [("kudo", "08:00"), ("tanaka", "08:10"), ("hayashi", "08:20")] {
        called(&stage, &id, person, "no_answer", 3);
        let said = format!(r#""occurred":"2026-11-20T{time}:00Z""#);
        let now = r#""occurred":"2026-11-20T09:02:00Z""#;
        forged(&stage, "suzuki", &[(now, &said)]);
    }
    stage.at("2026-11-20T18:10:00+09:00");
    back(&stage, &server);
    assert_eq!(denied(&stage, "suzuki", &id), ["EMG-06"]);
}

#[test]
fn calls_that_are_told_days_later() {
    let (mut stage, server) = shared();
    let id = declare(&stage, &[], 0);
    cut_off(&stage);
    called(&stage, &id, "kudo", "approved", 3);
    stage.at("2026-11-20T19:00:00+09:00");
    back(&stage, &server);
    let flags = ["start", &id, "--service", "minato-ec", "--format", "json"];
    let passed = stage.sekisho("suzuki", &flags).expect(0).json();
    assert!(
        codes(&passed, "oblige").contains(&"AVL-02".to_owned()),
        "{passed:#}"
    );
}

#[test]
fn a_yes_after_the_deed_is_none_before_it() {
    let (mut stage, server) = shared();
    let id = declare(&stage, &[], 0);
    cut_off(&stage);
    stage.at("2026-11-20T18:30:00+09:00");
    stage.sekisho("suzuki", &["emergency", "done", &id]).expect(3);
    stage.at("2026-11-20T19:30:00+09:00");
    back(&stage, &server);
    approve(&stage, "kudo", &id);
    let found = denied(&stage, "suzuki", &id);
    assert!(found.contains(&"EMG-05".to_owned()), "{found:?}");
}

#[test]
fn the_last_word_of_a_person_counts_however_it_was_given() {
    let stage = port();
    let id = declare(&stage, &[], 0);
    // A yes by phone, and a no with the key.
    called(&stage, &id, "kudo", "approved", 0);
    object(&stage, "kudo", &id);
    let found = denied(&stage, "suzuki", &id);
    assert!(found.contains(&"EMG-07".to_owned()), "{found:?}");
    // Nobody writes down a yes over that.
    called(&stage, &id, "kudo", "approved", 0);
    let found = denied(&stage, "suzuki", &id);
    assert!(found.contains(&"EMG-07".to_owned()), "{found:?}");
    approve(&stage, "kudo", &id);
    called(&stage, &id, "kudo", "refused", 0);
    let found = denied(&stage, "suzuki", &id);
    assert!(found.contains(&"EMG-07".to_owned()), "{found:?}");
    // A no by phone, and a yes with the key.
    approve(&stage, "kudo", &id);
    assert_eq!(denied(&stage, "suzuki", &id), [""; 0]);
}

#[test]
fn a_yes_that_was_written_down_is_taken_back_by_its_owner() {
    let stage = port();
    let id = declare(&stage, &[], 0);
    called(&stage, &id, "kudo", "approved", 0);
    let flags = ["object", &id, "--service", "minato-ec", "--withdraw"];
    stage.sekisho("tanaka", &flags).expect(2);
    stage.sekisho("kudo", &flags).expect(0);
    assert_eq!(denied(&stage, "suzuki", &id), ["EMG-05"]);
}

#[test]
fn more_time_on_a_word_that_nobody_confirms() {
    let mut stage = port();
    let id = declare(&stage, &[], 0);
    called(&stage, &id, "kudo", "approved", 0);
    extended(&stage, "mori", "tanaka", 2);
    stage.at("2026-11-20T21:30:00+09:00");
    extended(&stage, "suzuki", "tanaka", 0);
    let asked = ("confirmation".to_owned(), "tanaka".to_owned());
    let found = open(&stage);
    assert!(
        found
            .iter()
            .any(|one| one.0 == asked.0 && one.1.contains("tanaka")),
        "{found:?}"
    );
    stage.at("2026-11-20T22:30:00+09:00");
    assert_eq!(denied(&stage, "suzuki", &id), [""; 0]);
}

#[test]
fn more_time_on_a_written_word_where_only_keys_count() {
    let stage = port_with(|config| {
        config.replace(
            "windows: {default: always}",
            "windows: {default: always}\napproval: {attested: {allowed_for: []}}",
        )
    });
    declare(&stage, &[], 0);
    extended(&stage, "suzuki", "tanaka", 2);
    extended(&stage, "tanaka", "tanaka", 0);
    assert!(!open(&stage).iter().any(|one| one.0 == "confirmation"));
}

#[test]
fn what_has_expired_is_not_extended() {
    let mut stage = port();
    let id = declare(&stage, &[], 0);
    called(&stage, &id, "kudo", "approved", 0);
    stage.at("2026-11-20T22:30:00+09:00");
    extended(&stage, "suzuki", "tanaka", 2);
    assert_eq!(denied(&stage, "suzuki", &id), ["EMG-08"]);
}

#[test]
fn somebody_else_ends_what_is_running() {
    let (mut stage, server) = shared();
    let id = declare(&stage, &[], 0);
    called(&stage, &id, "kudo", "approved", 0);
    stage
        .sekisho("mori", &["emergency", "end", &id, "--reason", "enough"])
        .expect(2);
    stage.sekisho("mori", &["emergency", "done", &id]).expect(2);
    // With a statement of their own making they come no further.
    cut_off(&stage);
    stage
        .sekisho("suzuki", &["emergency", "end", &id, "--reason", "enough"])
        .expect(3);
    forged(&stage, "mori", &[("person:suzuki", "person:mori")]);
    stage.at("2026-11-20T18:05:00+09:00");
    back(&stage, &server);
    assert_eq!(denied(&stage, "suzuki", &id), [""; 0]);
}

#[test]
fn emergencies_of_somebody_who_may_declare_none_fill_no_limit() {
    let (mut stage, server) = shared();
    cut_off(&stage);
    declare(&stage, &[], 3);
    forged(&stage, "mori", &[("person:suzuki", "person:mori")]);
    stage.at("2026-11-20T18:05:00+09:00");
    back(&stage, &server);
    let id = declare(&stage, &[], 0);
    assert_eq!(denied(&stage, "suzuki", &id), ["EMG-05"]);
}
