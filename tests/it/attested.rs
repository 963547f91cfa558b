//! Approvals that another wrote down: shown as that, asked back, and never answered by whoever wrote them.

use serde_json::{Value, json};

use crate::support::port::{codes, port, port_with};
use crate::support::stage::Stage;

const PLACE: [&str; 2] = ["--service", "minato-ec"];

fn with<'a>(flags: &[&'a str]) -> Vec<&'a str> {
    flags.iter().copied().chain(PLACE).collect()
}

/// A normal change of a file; its number.
fn change(stage: &Stage, text: &str, reference: &str) -> String {
    stage.write("app.txt", text);
    let reason = "The page has to say what is true.";
    let flags = [
        "declare",
        "--title",
        text.trim(),
        "--reason",
        reason,
        "--reference",
        reference,
    ];
    let done = stage.sekisho("mori", &with(&flags)).expect(0);
    stage.commit("mori", text.trim());
    let file = done.out.trim().rsplit('/').next().unwrap().to_owned();
    file.trim_end_matches(".yml").to_owned()
}

/// Hayashi's approval, as `by` wrote it down.
fn written_down(stage: &Stage, by: &str, id: &str) {
    let flags = [
        "approve",
        id,
        "--for",
        "hayashi",
        "--channel",
        "phone",
        "--evidence",
        "10:02, go ahead",
    ];
    stage.sekisho(by, &with(&flags)).expect(0);
}

fn gate(stage: &Stage, code: i32) -> Value {
    stage
        .sekisho("sato", &with(&["gate", "--format", "json"]))
        .expect(code)
        .json()
}

/// What is open, by its kind: `(kind, owner, id)`.
fn open(stage: &Stage) -> Vec<(String, String, String)> {
    let list = stage
        .sekisho("sato", &["due", "--format", "json"])
        .expect(0)
        .json();
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let owner = |one: &Value| {
        one["owner"]["key"]
            .as_str()
            .or(one["owner"].as_str())
            .unwrap()
            .to_owned()
    };
    let all = list["open"].as_array().unwrap().iter();
    all.map(|one| (text(one, "kind"), owner(one), text(one, "id")))
        .collect()
}

fn named(stage: &Stage, kind: &str) -> Option<String> {
    open(stage)
        .into_iter()
        .find(|(of, ..)| of == kind)
        .map(|(.., id)| id)
}

/// A change that passed on an approval that Mori wrote down.
fn passed() -> (Stage, String) {
    let stage = port();
    let id = change(&stage, "two\n", "#1");
    written_down(&stage, "mori", &id);
    let decision = gate(&stage, 0);
    assert_eq!(decision["decision"], "pass_with_obligations", "{decision:#}");
    (stage, id)
}

#[test]
fn a_recorded_approval_counts_is_shown_as_that_and_is_asked_back() {
    let (stage, id) = passed();
    let page = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(page.out.contains("recorded on behalf · "), "{}", page.both());
    let history = stage.sekisho("sato", &["history", "--change", &id]).expect(0);
    assert!(history.out.contains("recorded on behalf"), "{}", history.both());
    let again = stage.sekisho("sato", &with(&["gate"])).expect(0);
    let list = stage.sekisho("sato", &["due"]).expect(0);
    let said = format!("Hayashi: confirmation of a recorded approval of {id}");
    assert!(
        list.out.contains(&said) && again.out.contains(&said),
        "{}",
        again.both()
    );
    assert!(
        list.out.contains(&format!("sekisho approve {id}")),
        "{}",
        list.both()
    );
    // As it is printed, without the service.
    let told = stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert!(told.out.contains("confirms"), "{}", told.both());
    assert_eq!(named(&stage, "confirmation"), None);
}

#[test]
fn where_the_profile_does_not_allow_it_a_recorded_approval_lets_nothing_pass() {
    let stage = port_with(|config| config + "approval: {attested: {allowed_for: [emergency_live]}}\n");
    let id = change(&stage, "two\n", "#1");
    written_down(&stage, "mori", &id);
    assert!(codes(&gate(&stage, 1), "deny").contains(&"APP-01".to_owned()));
}

#[test]
fn a_recorded_approval_does_not_push_aside_the_persons_own() {
    let stage = port();
    let id = change(&stage, "two\n", "#1");
    stage.sekisho("hayashi", &with(&["approve", &id])).expect(0);
    written_down(&stage, "mori", &id);
    gate(&stage, 0);
    assert_eq!(named(&stage, "confirmation"), None);
    let page = stage.sekisho("sato", &with(&["gate"])).expect(0);
    assert!(!page.out.contains("recorded on behalf"), "{}", page.both());
    // Nor what they took back.
    let id = change(&stage, "three\n", "#1");
    stage.sekisho("hayashi", &with(&["approve", &id])).expect(0);
    stage
        .sekisho("hayashi", &with(&["approve", &id, "--withdraw"]))
        .expect(0);
    written_down(&stage, "mori", &id);
    assert!(codes(&gate(&stage, 1), "deny").contains(&"APP-01".to_owned()));
}

#[test]
fn an_unconfirmed_approval_stops_the_next_change_once_it_is_overdue() {
    let (mut stage, _) = passed();
    stage.at("2026-11-24T10:00:00+09:00");
    let next = change(&stage, "three\n", "#1");
    stage.sekisho("hayashi", &with(&["approve", &next])).expect(0);
    assert!(codes(&gate(&stage, 0), "warn").contains(&"EMG-18".to_owned()));
    stage.at("2026-11-25T10:00:00+09:00");
    let late = change(&stage, "four\n", "#1");
    stage.sekisho("hayashi", &with(&["approve", &late])).expect(0);
    assert_eq!(codes(&gate(&stage, 1), "deny"), ["EMG-18"]);
}

#[test]
fn recorder_confirms_his_own_recording() {
    let (stage, id) = passed();
    let name = named(&stage, "confirmation").unwrap();
    let reply = ["due", "--done", &name, "--evidence", "he said yes again"];
    for person in ["mori", "sato", "hayashi"] {
        stage.sekisho(person, &reply).expect(2);
    }
    // Writing it down once more is no confirmation either.
    written_down(&stage, "mori", &id);
    written_down(&stage, "tanaka", &id);
    let (seq, nth) = name.split_once('-').unwrap();
    let (seq, nth): (u64, u64) = (seq.parse().unwrap(), nth.parse().unwrap());
    let body = json!({"opened": seq, "nth": nth, "kind": "confirmation"});
    for person in ["mori", "sato", "tanaka"] {
        crate::grants::forged(&stage, person, "obligation.done/1", &body);
    }
    assert_eq!(named(&stage, "confirmation"), Some(name.clone()));
    // A reply that somebody else files is one.
    stage.sekisho("kudo", &reply).expect(0);
    assert_eq!(named(&stage, "confirmation"), None);
}

#[test]
fn confirmation_of_other_content() {
    let (stage, id) = passed();
    let name = named(&stage, "confirmation");
    let digest = |byte: u8| format!("sha256:{}", format!("{byte:02x}").repeat(32));
    let other = json!({"change": id, "of": digest(1), "content": [digest(2)], "declaration": digest(3)});
    crate::grants::forged(&stage, "hayashi", "change.approved/1", &other);
    assert_eq!(named(&stage, "confirmation"), name);
}

#[test]
fn whoever_was_never_asked_says_so_and_what_passed_is_put_right() {
    let (stage, id) = passed();
    let finish = ["finish", &id, "--outcome", "success"];
    stage.sekisho("sato", &finish).expect(0);
    stage
        .sekisho("hayashi", &with(&["object", &id, "--reason", "Nobody called me"]))
        .expect(0);
    assert_eq!(named(&stage, "confirmation"), None);
    let name = named(&stage, "remediation").unwrap();
    // At once, not only when it is overdue; the change that puts it right passes.
    let other = change(&stage, "three\n", "#1");
    stage.sekisho("hayashi", &with(&["approve", &other])).expect(0);
    assert_eq!(codes(&gate(&stage, 1), "deny"), ["EMG-18"]);
    stage.git("mori", &["reset", "-q", "--hard", "HEAD~1"]);
    let fix = change(&stage, "one\n", &id);
    stage.sekisho("hayashi", &with(&["approve", &fix])).expect(0);
    assert!(codes(&gate(&stage, 0), "warn").contains(&"EMG-18".to_owned()));
    // Whoever carried it out does not say that it is put right.
    let done = ["due", "--done", &name, "--evidence", "put back"];
    for person in ["sato", "mori"] {
        stage.sekisho(person, &done).expect(2);
    }
    stage.sekisho("hayashi", &done).expect(0);
    assert_eq!(named(&stage, "remediation"), None);
}
