//! What comes next is said so that it can be typed as it is printed, in the order that works.

use crate::commands::{declared, shop};
use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
executors: [sato, hayashi]
approvers: [hayashi]
windows: {default: always}
services:
  web: {paths: ["web/**"]}
  api: {paths: ["api/**"]}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

/// Two services with a state each, and a change of one of them.
fn two_services(more: &str) -> (Stage, String) {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned() + more;
    for person in ["sato", "hayashi"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("web/page.txt", "one\n");
    stage.commit("sato", "The shop");
    for service in ["web", "api"] {
        stage
            .sekisho("sato", &["baseline", "--service", service])
            .expect(0);
    }
    stage.write("web/page.txt", "two\n");
    let reason = "The page has to say what is true.";
    let words = ["--title", "Two", "--reason", reason, "--reference", "#1"];
    let mut arguments = vec!["declare", "--service", "web", "--executor", "sato"];
    arguments.extend(words);
    let done = stage.sekisho("sato", &arguments).expect(0);
    stage.commit("sato", "Two");
    let file = done.out.trim().rsplit('/').next().unwrap();
    let id = file.trim_end_matches(".yml").to_owned();
    (stage, id)
}

fn gate_of_web(stage: &Stage, code: i32) -> String {
    let done = stage.sekisho("sato", &["gate", "--service", "web"]);
    done.expect(code).out
}

#[test]
fn with_several_services_the_command_that_is_printed_works_as_it_is() {
    let (stage, id) = two_services("");
    let said = gate_of_web(&stage, 1);
    let command = format!("sekisho approve {id} --service web");
    assert!(said.contains(&command), "{said}");
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    stage.sekisho("hayashi", &words).expect(0);
    gate_of_web(&stage, 0);
}

#[test]
fn an_answer_that_needs_a_file_is_proposed_with_a_file() {
    let (stage, id) = two_services("approval: {attested: {evidence: file}}\n");
    let said = gate_of_web(&stage, 1);
    let command = format!("{id} --for hayashi --channel mail --evidence FILE --service web");
    assert!(said.contains(&command), "{said}");
    assert!(!said.contains("\"NOTE\""), "{said}");
}

#[test]
fn an_answer_recorded_for_one_of_two_executors_is_not_doubted() {
    let mut stage = Stage::new();
    let mut config = CONFIG.replace(
        "services:\n  web: {paths: [\"web/**\"]}\n  api: {paths: [\"api/**\"]}\n",
        "",
    );
    for person in ["sato", "hayashi"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "Two");
    let note = "Called at ten, agreed.";
    let said = stage.sekisho(
        "sato",
        &[
            "approve",
            &id,
            "--for",
            "hayashi",
            "--channel",
            "phone",
            "--evidence",
            note,
        ],
    );
    let said = said.expect(0).both();
    assert!(!said.contains("will not accept"), "{said}");
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn an_approval_is_valid_on_the_page_before_the_gate_was_asked() {
    let stage = shop();
    stage.git("sato", &["checkout", "-q", "-b", "work"]);
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let page = stage.sekisho("sato", &["show", &id]).expect(0).out;
    assert!(!page.contains("no longer valid"), "{page}");
    let json = stage
        .sekisho("sato", &["show", &id, "--format", "json"])
        .expect(0);
    assert_eq!(json.json()["change"]["phase"], "approved", "{}", json.out);
    // A part that comes on top is not approved yet; what is written anew is approved no longer.
    stage.write("app.txt", "three\n");
    stage.commit("sato", &format!("Three\n\nChange: {id}"));
    let json = stage
        .sekisho("sato", &["show", &id, "--format", "json"])
        .expect(0);
    assert_eq!(json.json()["change"]["phase"], "declared", "{}", json.out);
    stage.git("sato", &["reset", "-q", "--soft", "HEAD~2"]);
    stage.commit("sato", "Three");
    let page = stage.sekisho("sato", &["show", &id]).expect(0).out;
    assert!(page.contains("no longer valid"), "{page}");
}

#[test]
fn what_is_edited_comes_before_what_is_approved() {
    let stage = shop();
    let id = declared(&stage, "Two");
    let file = format!("changes/2026/{id}.yml");
    let text = stage
        .read(&file)
        .replace("The page has to say what is true.", "TODO");
    stage.write(&file, &text);
    stage.commit("sato", &format!("Words\n\nChange: {id}"));
    let said = stage.sekisho("sato", &["gate"]).expect(1).out;
    let edit = said.find(&format!("edit {file}"));
    let after = said.find(&format!("after that, the approval of {id}"));
    assert!(edit.is_some() && edit < after, "{said}");
    assert!(!said.contains(&format!("sekisho approve {id}")), "{said}");
}

#[test]
fn what_was_rolled_back_is_declared_anew() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "rolled_back"])
        .expect(0);
    let denied = stage.sekisho("sato", &["gate"]).expect(1).out;
    assert!(denied.contains("REC-03"), "{denied}");
    assert!(denied.contains("sekisho declare"), "{denied}");
    assert!(!denied.contains("edit changes/"), "{denied}");
}

#[test]
fn an_address_that_is_nobodys_is_named_where_no_key_is_asked_for() {
    let stage = Stage::new();
    let config = CONFIG
        .replace(", keys: [\"{sato}\"]", "")
        .replace(", keys: [\"{hayashi}\"]", "");
    stage.write("sekisho.yml", &(config + "trust: {signatures: optional}\n"));
    stage.commit("sato", "The shop");
    stage.git("sato", &["config", "user.email", "new@shop.example"]);
    let said = stage.sekisho("sato", &["baseline", "--service", "web"]).expect(2);
    assert!(said.both().contains("email: new@shop.example"), "{}", said.both());
}

#[test]
fn a_change_has_a_page_before_anything_is_recorded_of_it() {
    let (stage, id) = two_services("");
    let page = stage.sekisho("hayashi", &["show", &id]).expect(0).out;
    assert!(page.contains("Two") && page.contains("previous"), "{page}");
    assert!(!page.contains("not fetched"), "{page}");

    let refused = stage.sekisho("hayashi", &["show", "CHG-20260101-AAAA"]).expect(2);
    assert!(refused.err.contains("sekisho history"), "{}", refused.err);
}

#[test]
fn who_approves_without_a_name_is_told_which_change_waits() {
    let (stage, id) = two_services("");
    let refused = stage
        .sekisho("hayashi", &["approve", "--service", "web"])
        .expect(2);
    let next = format!("sekisho show {id}, then sekisho approve {id}");
    assert!(refused.err.contains(&next), "{}", refused.err);
}
