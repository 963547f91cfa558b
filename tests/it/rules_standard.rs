//! Standard changes: templates, parameters, work by hand, and how a template loses its place.

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
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, decider_alternate: ishii, duration: 5m}
  old-cert: {strategy: restore, steps: [./lb cert use old], criteria: ["1 failed handshake"], decider: hayashi, decider_alternate: ishii, duration: 3m, to: certs/old.pem}
services:
  shop: {rollback: previous}
templates:
  web: {paths: ["src/**"], valid_for: 30d}
  cert:
    delivery: manual
    risk: medium
    kind: certificate
    procedure: docs/cert.md
    rollback: old-cert
    tests: [The same steps on the staging host]
    verification: {checks: [openssl s_client shows the new date], done_when: the new date is shown}
    params:
      host: {type: text, pattern: "*.shop.example"}
      days: {type: number, min: 30, max: 398}
windows: {default: always}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

const HAND: &str = "schema: sekisho/declaration/v1\ntemplate: cert\nparams: {host: www.shop.example, days: 90}\nroles: {executor: sato}\n";

const ID: &str = "CHG-20261201-7K3Q";

fn shop() -> Stage {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned();
    for person in ["sato", "hayashi", "ishii"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("src/app.js", "one\n");
    stage.write("docs/cert.md", "Copy it, reload, look.\n");
    stage.write("certs/old.pem", "old\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// Writes and commits a declaration.
fn declared(stage: &Stage, text: &str) {
    stage.write(&format!("changes/2026/{ID}.yml"), text);
    stage.commit("sato", "A declaration");
}

/// The codes that stop, of a decision in JSON.
fn codes(json: &serde_json::Value) -> Vec<String> {
    let findings = json["findings"].as_array().unwrap_or_else(|| panic!("{json:#}"));
    let stops = findings.iter().filter(|finding| finding["effect"] == "deny");
    let mut codes: Vec<String> = stops.map(|f| f["code"].as_str().unwrap().to_owned()).collect();
    codes.dedup();
    codes
}

fn start(stage: &Stage) -> (i32, Vec<String>) {
    let done = stage.sekisho("sato", &["start", ID, "--format", "json"]);
    (done.code, codes(&done.json()))
}

fn gate(stage: &Stage) -> (i32, Vec<String>) {
    let done = stage.sekisho("sato", &["gate", "--format", "json"]);
    (done.code, codes(&done.json()))
}

/// A change of `src`, approved as what the template makes of it.
fn derived(stage: &Stage, text: &str) {
    stage.write("src/app.js", text);
    stage.commit("sato", text);
    stage.sekisho("hayashi", &["approve", "HEAD~1..HEAD"]).expect(0);
}

fn only_derived_change(stage: &Stage) -> String {
    let done = stage.sekisho("sato", &["gate", "--format", "json"]).expect(0);
    done.json()["changes"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn work_by_hand_from_a_template_needs_no_approval_of_its_own() {
    let stage = shop();
    declared(&stage, HAND);
    let checked = stage.sekisho("sato", &["check"]);
    assert!(!checked.out.contains("STD-"), "{}", checked.both());
    assert_eq!(start(&stage), (0, vec![]));
    stage
        .sekisho("sato", &["finish", ID, "--outcome", "success"])
        .expect(0);
    let shown = stage.sekisho("sato", &["show", ID]).expect(0);
    assert!(shown.out.contains("certificate"), "{}", shown.both());
}

#[test]
fn parameters_outside_their_bounds() {
    for (params, word) in [
        ("{host: www.elsewhere.example, days: 90}", "pattern"),
        ("{host: www.shop.example, days: 399}", "max"),
        ("{host: www.shop.example, days: 1}", "min"),
        ("{host: www.shop.example, days: many}", "type"),
        ("{host: www.shop.example}", "missing"),
        (
            "{host: www.shop.example, days: 90, force: true}",
            "no parameter force",
        ),
    ] {
        let stage = shop();
        declared(
            &stage,
            &HAND.replace("{host: www.shop.example, days: 90}", params),
        );
        let done = stage.sekisho("sato", &["start", ID]).expect(1);
        assert!(
            done.out.contains("STD-02") && done.out.contains(word),
            "{params}\n{}",
            done.both()
        );
    }
}

#[test]
fn work_by_hand_that_says_something_else_than_its_template() {
    for more in [
        "kind: database\n",
        "plan: sekisho.yml\n",
        "procedure: sekisho.yml\n",
        "rollback: previous\n",
        "impact: {data: irreversible}\n",
        "targets: [the database]\n",
    ] {
        let stage = shop();
        declared(&stage, &format!("{HAND}{more}"));
        let (code, codes) = start(&stage);
        assert_eq!(code, 1, "{more}");
        assert!(codes.contains(&"STD-02".to_owned()), "{more} {codes:?}");
    }
}

#[test]
fn template_that_is_only_in_the_commit_or_nowhere() {
    let stage = shop();
    declared(&stage, &HAND.replace("template: cert", "template: dns"));
    let (code, found) = start(&stage);
    assert_eq!(code, 1);
    assert!(
        found.contains(&"STD-01".to_owned()) && found.contains(&"APP-01".to_owned()),
        "{found:?}"
    );
    let text = stage.read("sekisho.yml").replace("  cert:\n", "  dns:\n");
    stage.write("sekisho.yml", &text);
    stage.commit("sato", "A template of my own");
    let (code, found) = start(&stage);
    assert!(code == 1 && found.contains(&"STD-01".to_owned()), "{found:?}");
}

#[test]
fn a_failed_use_suspends_a_template_until_a_normal_change_succeeds() {
    let mut stage = shop();
    derived(&stage, "two\n");
    let id = only_derived_change(&stage);
    stage.at("2026-12-01T10:10:00+09:00");
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "failed"])
        .expect(0);
    assert_eq!(gate(&stage), (1, vec!["STD-03".to_owned()]));
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(done.out.contains(&id), "{}", done.both());

    stage.at("2026-12-01T10:20:00+09:00");
    let normal = "schema: sekisho/declaration/v1\ntype: normal\ntemplate: web\ntitle: Two lines\nreason: The second line was not there.\nreferences: [\"#3\"]\n";
    stage.write(&format!("changes/2026/{ID}.yml"), normal);
    stage.git("sato", &["add", "-A"]);
    stage.git("sato", &["commit", "-q", "--amend", "--no-edit"]);
    stage.sekisho("hayashi", &["approve", ID]).expect(0);
    assert_eq!(gate(&stage), (0, vec![]));
    derived(&stage, "three\n");
    assert_eq!(
        gate(&stage),
        (1, vec!["STD-03".to_owned()]),
        "passed is not yet succeeded"
    );
    stage.at("2026-12-01T10:30:00+09:00");
    stage
        .sekisho("sato", &["finish", ID, "--outcome", "success"])
        .expect(0);
    assert_eq!(gate(&stage), (0, vec![]));
}

#[test]
fn a_template_runs_out() {
    let mut stage = shop();
    stage.at("2026-12-31T10:00:00+09:00");
    derived(&stage, "two\n");
    assert_eq!(gate(&stage), (0, vec![]));
    stage.at("2026-12-31T10:00:01+09:00");
    derived(&stage, "three\n");
    assert_eq!(gate(&stage), (1, vec!["STD-01".to_owned()]));
}

#[test]
fn template_with_a_vague_way_back_brought_in_by_a_commit() {
    let stage = shop();
    let config = stage.read("sekisho.yml");
    let vague = config
        .replace("templates:\n", "templates:\n  quick: {paths: [\"web/**\"], rollback: shrug}\n")
        .replace("services:\n", "  shrug: {strategy: revert, steps: [roll back], criteria: [\"5xx > 1%\"], decider: hayashi, duration: 5m}\nservices:\n");
    stage.write("sekisho.yml", &vague);
    stage.commit("sato", "A quick template");
    let line = 1 + vague.lines().position(|line| line.contains("  shrug:")).unwrap();

    let checked = stage.sekisho("sato", &["check"]);
    assert_eq!(checked.code, 1, "{}", checked.both());
    assert!(
        checked.out.contains(&format!("sekisho.yml:{line}:")),
        "{}",
        checked.both()
    );

    let json = stage
        .sekisho("sato", &["gate", "--format", "json"])
        .expect(1)
        .json();
    let findings = json["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["code"] == "RBK-02");
    let found = found.unwrap_or_else(|| panic!("{json:#}"));
    assert_eq!(found["effect"], "deny");
    assert_eq!(found["place"]["file"], "sekisho.yml");
    assert_eq!(found["place"]["line"], line);
    // The templates that are authorised already are not judged again.
    assert!(findings.iter().all(|f| {
        f["field"]
            .as_str()
            .is_none_or(|f| !f.starts_with("templates.cert"))
    }));
}

#[test]
fn rollback_plan_emptied_under_a_template_that_keeps_its_name() {
    let stage = shop();
    let config = stage
        .read("sekisho.yml")
        .replace("./deploy previous", "roll back");
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "Shorter steps");
    let (code, found) = gate(&stage);
    assert!(code == 1 && found.contains(&"RBK-02".to_owned()), "{found:?}");
}

#[test]
fn baseline_of_a_template_that_could_never_be_agreed_to() {
    let mut stage = Stage::new();
    let mut config = CONFIG.replace("kind: certificate", "kind: payment");
    for person in ["sato", "hayashi", "ishii"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "The shop");
    let done = stage.sekisho("sato", &["baseline"]).expect(2);
    assert!(
        done.err.contains("payment is never a standard change"),
        "{}",
        done.both()
    );
    let done = stage.sekisho("sato", &["gate"]).expect(3);
    assert!(
        done.err.contains("sekisho baseline"),
        "a refused baseline opens no log: {}",
        done.both()
    );
}

#[test]
fn an_end_with_issues_says_what_was_different() {
    let stage = shop();
    derived(&stage, "two\n");
    let id = only_derived_change(&stage);
    let issues = ["finish", &id, "--outcome", "success_with_issues"];
    let done = stage.sekisho("sato", &issues).expect(2);
    assert!(done.err.contains("--deviation"), "{}", done.both());
    stage
        .sekisho("sato", &[&issues[..], &["--deviation", "  "]].concat())
        .expect(2);
    let told = "The cache was emptied twice";
    stage
        .sekisho("sato", &[&issues[..], &["--deviation", told]].concat())
        .expect(0);
    let shown = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(shown.out.contains(told), "{}", shown.both());
    let history = stage.sekisho("sato", &["history"]).expect(0);
    assert!(
        history.out.contains("deviation from the procedure"),
        "{}",
        history.both()
    );
    assert!(
        !history.out.contains(told),
        "the history is readable without texts"
    );
}

#[test]
fn procedure_that_is_not_in_the_commit() {
    let stage = shop();
    stage.git("sato", &["rm", "-q", "docs/cert.md"]);
    declared(&stage, HAND);
    assert_eq!(start(&stage), (1, vec!["PRC-01".to_owned(), "STD-02".to_owned()]));
}

#[test]
fn what_was_broken_off_is_a_new_change() {
    let stage = shop();
    declared(&stage, HAND);
    assert_eq!(start(&stage), (0, vec![]));
    stage
        .sekisho("sato", &["finish", ID, "--outcome", "aborted"])
        .expect(0);
    assert_eq!(start(&stage), (1, vec!["REC-03".to_owned()]));
}
