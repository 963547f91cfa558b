//! Ways around the gate that were tried, each a test with the attack as its name.

use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
  ishii:   {name: Ishii, email: ishii@shop.example, keys: ["{ishii}"]}
executors: [sato]
approvers: [hayashi, ishii]
areas:
  pay: {owners: [ishii], paths: ["pay/**"]}
environments: {production: {}, staging: {}}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

pub(crate) fn shop() -> Stage {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned();
    for person in ["sato", "hayashi", "ishii"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// Declares and commits a change to `file`; its number.
pub(crate) fn declared(stage: &Stage, file: &str, title: &str) -> String {
    stage.write(file, &format!("{title}\n"));
    let reason = "The page has to say what is true.";
    let flags = [
        "declare",
        "--title",
        title,
        "--reason",
        reason,
        "--reference",
        "#1",
    ];
    let done = stage.sekisho("sato", &flags).expect(0);
    stage.commit("sato", title);
    done.out
        .trim()
        .rsplit('/')
        .next()
        .unwrap()
        .trim_end_matches(".yml")
        .to_owned()
}

/// Declares, approves, deploys and finishes a change; its number.
pub(crate) fn deployed(stage: &Stage, title: &str) -> String {
    let id = declared(stage, "app.txt", title);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    id
}

#[test]
fn identity_stolen_through_a_baseline_of_an_unjudged_commit() {
    let mut stage = shop();
    let second = stage.key("mallory");
    let hayashi = stage.key("hayashi");
    stage.git("sato", &["checkout", "-q", "-b", "evil"]);
    let config = stage.read("sekisho.yml").replace(&hayashi, &second);
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "Another key for Hayashi");
    let done = stage
        .sekisho("sato", &["baseline", "--environment", "staging"])
        .expect(2);
    assert!(done.err.contains("gate"), "{}", done.both());
    stage.sekisho("hayashi", &["verify"]).expect(0);
}

#[test]
fn rollback_of_an_old_change_that_would_skip_what_came_after_it() {
    let stage = shop();
    let first = deployed(&stage, "Two");
    deployed(&stage, "Security fix");
    let done = stage.sekisho("sato", &["gate", "--rollback-of", &first, "--head", "HEAD~2"]);
    done.expect(1);
}

#[test]
fn end_of_a_superseded_deployment_that_would_bring_its_rules_back() {
    let stage = shop();
    let first = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &first]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    deployed(&stage, "Three");
    stage
        .sekisho("sato", &["finish", &first, "--outcome", "failed"])
        .expect(0);
    let answer = stage
        .sekisho("sato", &["gate", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(
        answer["base"], answer["head"],
        "the state has not moved: {answer:#}"
    );
}

#[test]
fn owner_who_agreed_to_another_part_of_the_change() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    stage.write("note.txt", "between\n");
    let other = declared(&stage, "note.txt", "Between");
    stage.sekisho("hayashi", &["approve", &other]).expect(0);
    stage.write("pay/rates.txt", "12\n");
    stage.commit("sato", &format!("Rates\n\nChange: {id}"));
    let answer = stage
        .sekisho("sato", &["gate", "--format", "json"])
        .expect(1)
        .json();
    assert!(answer["findings"].to_string().contains("RSK-02"), "{answer:#}");
}

#[test]
fn run_of_an_earlier_pass_used_for_a_rollback() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let first = stage
        .sekisho("sato", &["gate", "--run", "1/1", "--format", "json"])
        .expect(0)
        .json();
    let next = declared(&stage, "app.txt", "Three");
    stage.sekisho("hayashi", &["approve", &next]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let flags = [
        "gate",
        "--rollback-of",
        &next,
        "--head",
        "HEAD~1",
        "--run",
        "1/1",
        "--format",
        "json",
    ];
    let back = stage.sekisho("sato", &flags).expect(0).json();
    assert_ne!(first["entry"], back["entry"], "no record, no pass");
}

#[test]
fn end_in_staging_that_would_close_the_change_in_production() {
    let stage = shop();
    stage
        .sekisho("sato", &["baseline", "--environment", "staging"])
        .expect(0);
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate", "-e", "staging"]).expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn key_that_the_log_does_not_know_yet_damages_nothing() {
    let mut stage = shop();
    let config = stage.read("sekisho.yml");
    let second = stage.key("successor");
    let with_days = config.replace(
        "  ishii: ",
        &format!("  ota: {{name: Ota, keys: [{{key: \"{second}\", from: 2026-12-01}}]}}\n  ishii: "),
    );
    stage.write(
        "sekisho.yml",
        &with_days.replace("approvers: [hayashi,", "approvers: [ota, hayashi,"),
    );
    stage.commit("sato", "A key with days");
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    // Five in the morning in Tokyo is still the day before in UTC.
    stage.at("2026-12-01T05:00:00+09:00");
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("successor", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["verify"]).expect(0);
}

#[test]
fn objection_of_somebody_who_has_left_and_cannot_lift_it() {
    let mut stage = shop();
    let config = stage
        .read("sekisho.yml")
        .replace("{name: Ishii,", "{name: Ishii, until: 2026-12-02,");
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "Ishii leaves");
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage
        .sekisho("ishii", &["object", &id, "--reason", "No"])
        .expect(0);
    stage.sekisho("sato", &["gate"]).expect(1);
    stage.at("2026-12-03T10:00:00+09:00");
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn script_below_the_folder_of_declarations() {
    let stage = shop();
    stage.write("changes/deploy.sh", "rm -rf /\n");
    stage.commit("sato", "Only a declaration, honestly");
    stage.sekisho("sato", &["gate"]).expect(1);
}
