//! The price list of a campaign: declared badly, declared well, imported, put back, and tried again.

use serde_json::Value;

use crate::support::port::codes;
use crate::support::stage::{Done, Stage};

const CONFIG: &str = r##"version: 1
profile: small
language: en
organisations: {client: Minato, agency: Shiomi, maintainer: Port}
people:
  sato:    {name: Sato, org: agency, email: sato@shop.example, keys: ["{sato}"]}
  mori:    {name: Mori, org: agency, email: mori@shop.example, keys: ["{mori}"]}
  hayashi: {name: Hayashi, org: agency, email: hayashi@shop.example, keys: ["{hayashi}"]}
  tanaka:  {name: Tanaka, org: client, email: tanaka@shop.example, keys: ["{tanaka}"]}
  kudo:    {name: Kudo, org: client, email: kudo@shop.example, keys: ["{kudo}"], contacts: {phone: "${KUDO_PHONE}"}}
services:
  minato-ec: {}
executors: [sato, hayashi]
approvers: []
areas:
  code:    {approvers: [hayashi]}
  pricing: {owners: [tanaka]}
rollback_plans:
  redeploy-previous: {strategy: redeploy, steps: [gh workflow run rollback.yml], duration: 8m, decider: hayashi, criteria: ["5xx > 1% for 5m"], tested: 2026-11-05}
windows: {default: always}
calendar:
  timezone: Asia/Tokyo
  holidays: [2026-11-23, 2027-01-01, 2027-01-11]
freezes:
  - {id: campaign-2026-12, kind: soft, areas: [pricing], from: 2026-12-04T10:00, to: 2026-12-10T23:59, owner: tanaka}
emergency:
  declarers: [sato]
  route: [kudo, tanaka, hayashi]
"##;

/// The accepted version.
const DECLARED: &str = r#"schema: sekisho/declaration/v1
title: Winter sale price import
kind: pricing
delivery: manual
targets: [{service: minato-ec, environment: production, area: pricing, resource: "admin:products/csv-import"}]
reason: The prices of the campaign hold from 4 December, 10:00, for 126 articles.
references: ["https://github.com/minato/ec/issues/388"]
roles: {requester: mori, executor: sato, verifier: hayashi, approvers: [tanaka]}
risk: medium
impact: {users: all, functions: [product page, cart], downtime: 0m, visible: true, data: write, money: true, security: none}
procedure: docs/price-import.md
plan: data/prices.csv
tests: [{what: The import was run on staging, result: pass, evidence: "https://github.com/minato/ec/actions/runs/9001"}]
window: {start: 2026-12-04T09:50, end: 2026-12-04T13:30, estimate: 10m}
rollback:
  strategy: restore
  steps: ["cp data/prices-before.csv data/prices-live.csv", "touch cache-is-empty"]
  to: data/prices-before.csv
  decider: tanaka
  decider_alternate: kudo
  criteria: ["1 of 20 articles shows a wrong price", "error rate of the cart > 1% for 5m"]
  decide_by: 2026-12-04T10:20
  duration: 8m
  tested: {at: 2026-11-26, evidence: run 8990}
  data_correction: Whoever ordered at a wrong price is written to and paid back.
verification: {checks: ["20 articles by sample", "one order for a test"], done_when: all the same and the error rate as usual, observe_for: 30m}
details: {items: 126, tax: included, old_file: data/prices-before.csv, new_file: data/prices.csv, starts_at: 2026-12-04T10:00, ends_at: 2026-12-11T00:00}
"#;

const CHANGE: &str = "CHG-20261204-7K3Q";
const AGAIN: &str = "CHG-20261204-9M2A";

fn shop() -> Stage {
    let mut stage = Stage::new();
    stage.at("2026-11-27T12:00:00+09:00");
    let mut config = CONFIG.to_owned();
    for person in ["sato", "mori", "hayashi", "tanaka", "kudo"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("docs/price-import.md", "1. Import the file in the admin.\n");
    stage.write("data/prices-before.csv", "1,100\n");
    stage.write("data/prices-live.csv", "1,100\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// Files a declaration and the price list that goes with it.
fn filed(stage: &Stage, id: &str, text: &str, prices: &str) {
    stage.write(&format!("changes/{id}.yml"), text);
    stage.write("data/prices.csv", prices);
    stage.commit("mori", "Prices");
}

fn start(stage: &Stage, id: &str, code: i32) -> Done {
    stage
        .sekisho("sato", &["start", id, "--format", "json"])
        .expect(code)
}

fn due(stage: &Stage) -> Vec<String> {
    let list = stage
        .sekisho("sato", &["due", "--format", "json"])
        .expect(0)
        .json();
    let open = list["open"].as_array().unwrap().iter();
    let said = |one: &Value| {
        format!(
            "{} {}",
            one["kind"].as_str().unwrap(),
            one["due"].as_str().unwrap()
        )
    };
    let mut all: Vec<String> = open.map(said).collect();
    all.sort();
    all
}

#[track_caller]
fn has(answer: &Value, wanted: &[&str]) {
    let denied = codes(answer, "deny");
    let missing: Vec<&&str> = wanted
        .iter()
        .filter(|code| !denied.contains(&(**code).to_owned()))
        .collect();
    assert!(missing.is_empty(), "{missing:?} of {denied:?}\n{answer:#}");
}

#[test]
fn a_price_list_is_imported_and_put_back_along_the_approved_plan() {
    let mut stage = shop();
    // Whoever asks approves, nobody else could go back, and nobody thought of the orders.
    stage.at("2026-11-27T15:00:00+09:00");
    let steps = "steps: [\"cp data/prices-before.csv data/prices-live.csv\", \"touch cache-is-empty\"]";
    let criteria =
        "criteria: [\"1 of 20 articles shows a wrong price\", \"error rate of the cart > 1% for 5m\"]\n";
    let careless = DECLARED
        .replace("approvers: [tanaka]", "approvers: [mori]")
        .replace(steps, "steps: [\"undo the change\"]")
        .replace(criteria, "criteria: []\n")
        .replace(
            "  data_correction: Whoever ordered at a wrong price is written to and paid back.\n",
            "",
        );
    filed(&stage, CHANGE, &careless, "1,90\n");
    has(&start(&stage, CHANGE, 1).json(), &["RBK-02", "RBK-04", "RBK-10"]);

    stage.at("2026-12-01T10:00:00+09:00");
    filed(&stage, CHANGE, DECLARED, "1,90\n");
    stage.sekisho("tanaka", &["approve", CHANGE]).expect(0);
    stage.at("2026-12-03T18:00:00+09:00");
    has(&start(&stage, CHANGE, 1).json(), &["SCH-01"]);

    // The file was corrected, so nobody has approved it.
    stage.at("2026-12-04T09:45:00+09:00");
    filed(&stage, CHANGE, DECLARED, "1,80\n");
    has(&start(&stage, CHANGE, 1).json(), &["APP-01", "RSK-02"]);
    stage.at("2026-12-04T09:49:00+09:00");
    stage.sekisho("tanaka", &["approve", CHANGE]).expect(0);
    stage.at("2026-12-04T09:52:00+09:00");
    start(&stage, CHANGE, 0);
    stage.write("data/prices-live.csv", "1,80\n");
    stage
        .sekisho("sato", &["finish", CHANGE, "--outcome", "success"])
        .expect(0);

    // One price is wrong. What is to do is said before anybody decides.
    stage.at("2026-12-04T10:12:00+09:00");
    let page = stage.sekisho("tanaka", &["rollback", CHANGE, "--show"]).expect(0);
    insta::assert_snapshot!("rollback_show_en", page.out);
    let japanese = stage.sekisho_with(
        "tanaka",
        &["rollback", CHANGE, "--show"],
        &[("SEKISHO_LANG", "ja")],
    );
    insta::assert_snapshot!("rollback_show_ja", japanese.expect(0).out);
    stage
        .sekisho("tanaka", &["rollback", CHANGE, "--criterion", "1"])
        .expect(0);

    // The soft freeze began at ten; going back does not ask.
    stage.at("2026-12-04T10:13:00+09:00");
    let first = [
        "rollback",
        CHANGE,
        "--",
        "cp",
        "data/prices-before.csv",
        "data/prices-live.csv",
    ];
    let first = stage.sekisho("sato", &first).expect(0);
    assert!(first.err.contains("Step 1 of 2 is done"), "{}", first.both());
    assert_eq!(stage.read("data/prices-live.csv"), "1,100\n");
    stage.at("2026-12-04T10:20:00+09:00");
    let last = ["rollback", CHANGE, "--", "touch", "cache-is-empty"];
    stage.sekisho("sato", &last).expect(0);
    assert_eq!(
        due(&stage),
        [
            "data_correction 2026-12-07T18:00:00+09:00",
            "review 2026-12-11T18:00:00+09:00"
        ]
    );
    let shown = stage.sekisho("sato", &["show", CHANGE]).expect(0);
    assert!(shown.out.contains("rolled back"), "{}", shown.both());
    let history = stage.sekisho("sato", &["history"]).expect(0);
    for words in ["rollback decided", "rollback started", "rollback finished"] {
        assert!(history.out.contains(words), "{words}\n{}", history.both());
    }
    let over = stage.sekisho("sato", &["rollback", CHANGE]).expect(1);
    assert!(over.out.contains("PUT BACK"), "{}", over.both());

    stage.at("2026-12-04T10:40:00+09:00");
    has(&start(&stage, CHANGE, 1).json(), &["REC-03"]);

    // A campaign is no emergency.
    stage.at("2026-12-04T10:45:00+09:00");
    let emergency = [
        "emergency",
        "--target",
        "admin:products/csv-import",
        "--what",
        "Import the prices",
        "--executor",
        "sato",
        "--step",
        "cp data/prices-before.csv data/prices-live.csv",
        "--strategy",
        "restore",
        "--decider",
        "tanaka",
        "--approver",
        "tanaka",
        "--grounds",
        "money",
        "--reason",
        "The campaign was announced already.",
        "--measure",
        "data",
        "--detected-at",
        "2026-12-04T10:00",
        "--yes-service",
        "minato-ec",
    ];
    let refused = stage.sekisho("mori", &emergency).expect(1);
    for code in ["EMG-01", "EMG-02"] {
        assert!(refused.out.contains(code), "{code}\n{}", refused.both());
    }

    // The same with the right prices is a new change, and the freeze holds for it.
    stage.at("2026-12-04T12:30:00+09:00");
    let again = DECLARED.replace("decide_by: 2026-12-04T10:20", "decide_by: 2026-12-04T13:20");
    filed(&stage, AGAIN, &again, "1,70\n");
    stage.sekisho("tanaka", &["approve", AGAIN]).expect(0);
    has(&start(&stage, AGAIN, 1).json(), &["SCH-02"]);
    stage.at("2026-12-04T12:40:00+09:00");
    let why = "The wrong prices were taken back, these are checked";
    let grant = ["grant", "SCH-02", AGAIN, "--reason", why, "--until", "1h"];
    stage.sekisho("tanaka", &grant).expect(0);
    stage.at("2026-12-04T13:00:00+09:00");
    start(&stage, AGAIN, 0);

    // What is owed is closed by those whom it concerns.
    let answers = [
        "happened",
        "gate",
        "way_back",
        "earlier",
        "temporary",
        "elsewhere",
        "told",
        "rules",
    ];
    let form: String = answers
        .iter()
        .map(|key| format!("{key}: The file had another tax rate than the shop.\n"))
        .collect();
    stage.write("review.yml", &form);
    stage
        .sekisho("hayashi", &["review", CHANGE, "--from", "review.yml"])
        .expect(0);
    let list = stage
        .sekisho("tanaka", &["due", "--format", "json"])
        .expect(0)
        .json();
    let open = list["open"].as_array().unwrap();
    let data = open.iter().find(|one| one["kind"] == "data_correction").unwrap();
    let id = data["id"].as_str().unwrap();
    let paid = ["due", "--done", id, "--evidence", "Two orders were paid back."];
    stage.sekisho("tanaka", &paid).expect(0);
    assert_eq!(due(&stage), ["outcome 2026-12-07T18:00:00+09:00"]);
    stage.sekisho("sato", &["verify", "--replay"]).expect(0);
}

/// The accepted version without the freeze, approved; with more said about the plan.
fn approved(more: &str) -> Stage {
    let mut stage = shop();
    stage.at("2026-12-01T10:00:00+09:00");
    let declared = DECLARED
        .replace("2026-12-04T", "2026-12-03T")
        .replace("  duration: 8m\n", &format!("  duration: 8m\n{more}"));
    filed(&stage, CHANGE, &declared, "1,90\n");
    stage.sekisho("tanaka", &["approve", CHANGE]).expect(0);
    stage.at("2026-12-03T10:00:00+09:00");
    stage
}

#[test]
fn silence_at_the_time_for_the_decision_is_a_no() {
    let mut stage = approved("");
    stage.at("2026-12-03T10:30:00+09:00");
    let late = start(&stage, CHANGE, 2);
    assert!(late.err.contains("silence is a no"), "{}", late.both());
    let own = stage.sekisho("sato", &["start", CHANGE, "--go"]).expect(2);
    assert!(own.err.contains("tanaka"), "{}", own.both());
    stage.sekisho("tanaka", &["start", CHANGE, "--go"]).expect(0);
    start(&stage, CHANGE, 0);
}

#[test]
fn past_the_point_of_no_return_there_is_only_the_forward_fix() {
    let stage = approved(
        "  point_of_no_return: The old prices are deleted\n  \
         forward_fix: {plan: Type the prices in by hand, owner: kudo}\n",
    );
    start(&stage, CHANGE, 0);
    let open = stage.sekisho("sato", &["rollback", CHANGE, "--show"]).expect(0);
    assert!(open.out.contains("open until"), "{}", open.both());
    let by = [
        "--decided-by",
        "tanaka",
        "--channel",
        "phone",
        "--evidence",
        "10:01, go on",
    ];
    let go = [&["start", CHANGE, "--go"], &by[..]].concat();
    let go = stage.sekisho("sato", &go).expect(0);
    assert!(go.out.contains("point of no return"), "{}", go.both());
    let none = stage.sekisho("tanaka", &["rollback", CHANGE]).expect(1);
    assert!(none.out.contains("NO WAY BACK"), "{}", none.both());
    assert!(
        none.out.contains("Type the prices in by hand (Kudo)"),
        "{}",
        none.both()
    );
}
