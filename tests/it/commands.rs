//! The commands as people and attackers use them; each attack is named.
#![allow(clippy::disallowed_methods, reason = "two gates at once are two processes")]

use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
  ishii:   {name: Ishii, email: ishii@shop.example, keys: ["{ishii}"]}
executors: [sato]
approvers: [hayashi, ishii]
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

/// The files of the shop; nothing is committed.
pub(crate) fn prepared() -> Stage {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned();
    for person in ["sato", "hayashi", "ishii"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage
}

/// A repository with a log, one authorised state, and nothing to deploy.
pub(crate) fn shop() -> Stage {
    let stage = prepared();
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// Declares and commits a change with `title`; its number.
pub(crate) fn declared(stage: &Stage, title: &str) -> String {
    stage.write("app.txt", &format!("{title}\n"));
    let reason = "The page has to say what is true.";
    let done = stage
        .sekisho(
            "sato",
            &[
                "declare",
                "--title",
                title,
                "--reason",
                reason,
                "--reference",
                "#1",
            ],
        )
        .expect(0);
    stage.commit("sato", "A change");
    done.out
        .trim()
        .rsplit('/')
        .next()
        .unwrap()
        .trim_end_matches(".yml")
        .to_owned()
}

pub(crate) fn gate(stage: &Stage, flags: &[&str]) -> serde_json::Value {
    stage
        .sekisho("sato", &[&["gate", "--format", "json"], flags].concat())
        .json()
}

#[test]
fn before_the_baseline_nothing_passes() {
    let mut stage = Stage::new();
    let key = stage.key("sato");
    stage.write(
        "sekisho.yml",
        &CONFIG
            .replace("{sato}", &key)
            .replace("\"{hayashi}\"", "")
            .replace("\"{ishii}\"", ""),
    );
    stage.commit("sato", "The shop");
    let done = stage.sekisho("sato", &["gate"]).expect(3);
    assert!(done.err.contains("not a pass"), "{}", done.both());
    assert!(done.err.contains("sekisho baseline"), "{}", done.both());
    assert!(!stage.log().exists(), "a gate opens no log");
}

#[test]
fn deleted_log() {
    let stage = shop();
    std::fs::remove_file(stage.log()).unwrap();
    stage.sekisho("sato", &["gate"]).expect(4);
    stage.sekisho("sato", &["verify"]).expect(4);
    stage.sekisho("sato", &["baseline"]).expect(4);
}

#[test]
fn older_log_put_back() {
    let stage = shop();
    let old = std::fs::read(stage.log()).unwrap();
    declared(&stage, "Two");
    stage.sekisho("sato", &["gate"]).expect(1);
    std::fs::write(stage.log(), old).unwrap();
    let done = stage.sekisho("sato", &["gate"]).expect(4);
    assert!(done.err.contains("ends at 2 records"), "{}", done.both());
}

#[test]
fn log_that_is_no_database() {
    let stage = shop();
    std::fs::write(
        stage.log(),
        "this is not a database at all, whatever its name says",
    )
    .unwrap();
    for command in ["gate", "verify", "history"] {
        let done = stage.sekisho("sato", &[command]);
        assert!([3, 4].contains(&done.code), "{command}: {}", done.both());
    }
}

#[test]
fn title_with_terminal_and_workflow_commands() {
    let stage = shop();
    let id = declared(&stage, "Sale \u{1b}[31m red \u{202e}txt ::error::x");
    for command in [
        vec!["gate"],
        vec!["gate", "--format", "markdown"],
        vec!["history"],
        vec!["show", &id],
    ] {
        let done = stage.sekisho("sato", &command);
        assert!(!done.out.contains('\u{1b}'), "{}", done.both());
        assert!(!done.out.contains('\u{202e}'), "{}", done.both());
        assert!(
            !done.out.lines().any(|line| line.starts_with("::")),
            "{}",
            done.both()
        );
    }
}

#[test]
fn two_gates_at_once_write_two_records_and_lose_none() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    std::thread::scope(|scope| {
        let gates: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| stage.sekisho("sato", &["gate"]).code))
            .collect();
        for gate in gates {
            assert_eq!(gate.join().unwrap(), 0);
        }
    });
    let verified = stage
        .sekisho("sato", &["verify", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(verified["size"], 7, "{verified:#}");
}

#[test]
fn the_same_run_gets_the_same_answer() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let first = gate(&stage, &["--run", "17/1"]);
    let again = gate(&stage, &["--run", "17/1"]);
    assert_eq!(first["decision"], "pass");
    assert_eq!(first["entry"], again["entry"]);
    assert_ne!(first["entry"], gate(&stage, &["--run", "17/2"])["entry"]);
}

#[test]
fn a_pass_is_not_repeated_once_somebody_objects() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let first = stage.sekisho("sato", &["gate", "--run", "17/1"]).expect(0);
    drop(first);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "aborted"])
        .expect(0);
    stage
        .sekisho("ishii", &["object", &id, "--reason", "Not today"])
        .expect(0);
    stage.sekisho("sato", &["gate", "--run", "17/1"]).expect(1);
}

#[test]
fn a_saved_case_is_judged_again_and_nothing_is_written() {
    let stage = shop();
    declared(&stage, "Two");
    let first = gate(&stage, &["--save-dossier", "case.json"]);
    let size = || stage.sekisho("sato", &["verify", "--format", "json"]).json()["size"].clone();
    let before = size();
    let again = gate(&stage, &["--dossier", "case.json"]);
    assert_eq!(first["findings"], again["findings"]);
    assert_eq!(first["dossier"], again["dossier"]);
    assert_eq!(again["entry"], serde_json::Value::Null);
    assert_eq!(before, size());
    stage.write("case.json", "{\"schema\": 1}");
    stage
        .sekisho("sato", &["gate", "--dossier", "case.json"])
        .expect(2);
}

#[test]
fn change_that_weakens_the_rule_it_is_judged_by() {
    let stage = shop();
    let config = stage.read("sekisho.yml");
    stage.write(
        "sekisho.yml",
        &format!("{config}approval: {{quorum: {{low: 0, medium: 0, high: 0}}}}\n"),
    );
    let id = declared(&stage, "Fewer approvals");
    let answer = gate(&stage, &[]);
    assert_eq!(answer["decision"], "deny");
    let codes: Vec<&str> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"APP-01"), "{answer:#}");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(
        gate(&stage, &[])["decision"],
        "deny",
        "the gate's own files need two"
    );
}

/// A rule of the repository's own: only the robot deploys.
pub(crate) const HOUSE_RULE: &str = r#"# METADATA
# title: Only the robot deploys
# description: Nobody deploys by hand.
# custom:
#   code: HSE-01
#   name: only-the-robot
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: warn}
#   controls: []
#   always_applies: true
#   invariant: false
package house.only_the_robot

import rego.v1

verdict contains {"rule": "HSE-01", "result": result, "details": details}

result := "pass" if {
	input.request.actor == "robot"
} else := "fail"

details contains {"message": "person"} if {
	input.request.actor != "robot"
}
"#;

#[test]
fn house_rule_adds_once_it_is_authorised_and_not_before() {
    let stage = shop();
    stage.write("policies/house/only-the-robot.rego", HOUSE_RULE);
    let id = declared(&stage, "A rule of our own");
    let answer = gate(&stage, &[]);
    assert!(
        !answer["findings"].to_string().contains("HSE-01"),
        "judged by what is in force: {answer:#}"
    );

    // From a baseline that holds the rule, it is in force.
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.sekisho("sato", &["baseline"]).expect(0);
    let next = declared(&stage, "Two");
    assert_ne!(id, next);
    stage.sekisho("hayashi", &["approve", &next]).expect(0);
    let answer = gate(&stage, &[]);
    assert_eq!(answer["decision"], "deny", "{answer:#}");
    assert!(answer["findings"].to_string().contains("HSE-01"), "{answer:#}");
}

#[test]
fn house_rule_that_cannot_be_used_does_not_pass_and_does_not_lock_the_gate() {
    let stage = shop();
    stage.write(
        "policies/house/only-the-robot.rego",
        &HOUSE_RULE.replace("package house.", "package sekisho."),
    );
    let done = stage.sekisho("sato", &["policy", "test"]).expect(2);
    assert!(
        done.err.contains("policies/house/only-the-robot.rego"),
        "{}",
        done.both()
    );
    stage.commit("sato", "A rule that cannot be used");
    stage.sekisho("sato", &["gate"]).expect(1);
}

#[test]
fn end_that_would_authorise_what_nobody_judged() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage.write("app.txt", "three\n");
    stage.commit("sato", "Nobody declared this");
    let finish = ["finish", &id, "--outcome", "rolled_back", "--back-to", "HEAD"];
    stage.sekisho("sato", &finish).expect(2);
    stage.sekisho("sato", &["gate"]).expect(1);
    let finish = ["finish", &id, "--outcome", "rolled_back", "--back-to", "HEAD~2"];
    stage.sekisho("sato", &finish).expect(0);
}

#[test]
fn somebody_else_s_key_acts_for_nobody() {
    let mut stage = shop();
    stage.key("mallory");
    let id = declared(&stage, "Two");
    let done = stage.sekisho("mallory", &["approve", &id]).expect(2);
    assert!(done.err.contains("people"), "{}", done.both());
}

#[test]
fn approval_named_for_another_commit_of_the_same_author_address() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    // An unknown author rides along in the same change.
    stage.write("app.txt", "Two\nand more\n");
    stage.commit("stranger", &format!("More\n\nChange: {id}"));
    let answer = gate(&stage, &[]);
    assert_eq!(answer["decision"], "deny");
    assert!(
        answer["findings"].to_string().contains("stranger@shop.example"),
        "{answer:#}"
    );
}

#[test]
fn a_wrong_declaration_is_marked_where_it_is_wrong() {
    let stage = shop();
    let id = declared(&stage, "Two");
    let year = &id[4..8];
    let file = format!("changes/{year}/{id}.yml");
    let text = stage.read(&file).replace("title:", "titel:");
    stage.write(&file, &text);
    stage.commit("sato", "Broken");
    let done = stage.sekisho("sato", &["check"]).expect(1);
    assert!(done.out.contains(&format!("{file}:")), "{}", done.both());
    assert!(done.out.contains("titel"), "{}", done.both());
    assert!(done.out.contains("title"), "{}", done.both());
    let answer = gate(&stage, &[]);
    assert!(answer["findings"].to_string().contains("DEC-01"), "{answer:#}");
    let done = stage.sekisho("hayashi", &["approve", &id]).expect(2);
    assert!(done.err.contains("titel"), "{}", done.both());
}

#[test]
fn japanese_speaks_japanese() {
    let stage = shop();
    declared(&stage, "二行目");
    let done = stage.sekisho("sato", &["--lang", "ja", "gate"]).expect(1);
    assert!(done.out.contains("差し止め"), "{}", done.both());
    assert!(done.out.contains("次の操作"), "{}", done.both());
    let help = stage
        .sekisho("sato", &["--lang", "ja", "gate", "--help"])
        .expect(0);
    assert!(help.out.contains("反映するコミット"), "{}", help.both());
}

#[test]
fn outside_a_repository_it_says_so() {
    let stage = Stage::new();
    let folder = stage.repository().parent().unwrap().join("home");
    let done = stage
        .sekisho("sato", &["-C", folder.to_str().unwrap(), "gate"])
        .expect(2);
    assert!(done.err.contains("git init"), "{}", done.both());
}

#[test]
fn init_writes_about_ten_lines_and_leaves_what_is_there() {
    let mut stage = Stage::new();
    stage.key("sato");
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.git("sato", &["config", "user.name", "Sato"]);
    stage.git("sato", &["config", "user.email", "sato@shop.example"]);
    let done = stage.sekisho("sato", &["init", "--yes"]).expect(0);
    assert!(done.err.contains("sekisho baseline"), "{}", done.both());
    let text = stage.read("sekisho.yml");
    assert!((8..=18).contains(&text.lines().count()), "{text}");
    stage.write("sekisho.yml", &format!("{text}# mine\n"));
    stage.sekisho("sato", &["init", "--yes"]).expect(0);
    assert!(stage.read("sekisho.yml").ends_with("# mine\n"));
    stage.commit("sato", "Configure");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage.sekisho("sato", &["baseline"]).expect(2);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn the_demo_walks_to_its_end_in_both_languages() {
    let stage = Stage::new();
    for language in ["en", "ja"] {
        stage.sekisho("sato", &["--lang", language, "demo"]).expect(0);
    }
}

#[test]
fn rules_are_tested_by_their_own_tests() {
    let stage = shop();
    let report = stage
        .sekisho("sato", &["policy", "test", "--format", "json"])
        .expect(0)
        .json();
    assert!(report.to_string().contains("RBK-02"), "{report:#}");
}
