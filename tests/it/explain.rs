//! Why a decision is what it is, and where the value of a key comes from.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use sekisho::change::{Digest, Message};
use sekisho::config::{Language, Profile, RuleSettings};
use sekisho::policy::{Bundle, Catalog, Effect, Example, RulePage, Said, explain, judge};
use sekisho::report::rules::{self as rule_page, RuleView};
use sekisho::report::why::{self, WhyView};
use sekisho::report::{Look, Wording};
use serde_json::{Value, json};

use crate::commands::{declared, shop};
use crate::judge::{dossier, rules};
use crate::report_fixture;
use crate::support::stage::Stage;

/// A shop whose authorised configuration ends with these lines.
fn shop_with(lines: &str) -> Stage {
    let stage = crate::commands::prepared();
    let config = stage.read("sekisho.yml");
    stage.write("sekisho.yml", &format!("{config}{lines}"));
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// The answer of one rule in the JSON of a page.
fn of_rule<'v>(page: &'v Value, code: &str) -> &'v Value {
    let rules = page["rules"].as_array().unwrap();
    rules
        .iter()
        .find(|rule| rule["code"] == code)
        .unwrap_or_else(|| panic!("{code}"))
}

#[test]
fn every_rule_says_why_and_what_stopped_comes_first() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("sato", &["gate"]).expect(1);
    let page = stage
        .sekisho("sato", &["show", "--why", &id, "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(
        (&page["basis"], &page["record"]["word"]),
        (&json!("same"), &json!("deny"))
    );
    let first = &page["rules"][0];
    assert_eq!(
        (&first["code"], &first["effect"]),
        (&json!("APP-01"), &json!("deny"))
    );
    let read = |path: &str| {
        let reads = first["reads"].as_array().unwrap();
        reads.iter().find(|read| read["path"] == path).unwrap()["values"].clone()
    };
    assert_eq!(read("change.facts.approved_by"), json!([0]));
    assert_eq!(read("change.facts.quorum"), json!([1]));
    assert_eq!(first["parameters"][0]["from"], "shipped");
    let told: BTreeSet<&str> = page["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["code"].as_str().unwrap())
        .collect();
    let catalog = Catalog::shipped().unwrap();
    let known: BTreeSet<&str> = catalog.all().map(|rule| rule.code.as_str()).collect();
    assert_eq!(told, known, "a rule is silent");

    let text = stage.sekisho("sato", &["show", &id, "--why"]).expect(0);
    let [stops, holds] = ["What stops", "What holds"].map(|heading| text.out.find(heading).unwrap());
    assert!(
        stops < text.out.find("APP-01").unwrap() && stops < holds,
        "{}",
        text.out
    );
    let markdown = stage
        .sekisho("sato", &["show", "--why", &id, "--format", "markdown"])
        .expect(0);
    assert!(
        markdown.out.contains("### What stops\n\n- **APP-01 quorum**"),
        "{}",
        markdown.out
    );
    let japanese = stage
        .sekisho("sato", &["show", "--why", &id, "--lang", "ja"])
        .expect(0);
    assert!(japanese.out.contains("差し止めの理由"), "{}", japanese.out);
}

#[test]
fn a_later_decision_does_not_change_what_a_record_says() {
    let stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("sato", &["gate"]).expect(1);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let json = |what: &str| {
        stage
            .sekisho("sato", &["show", "--why", what, "--format", "json"])
            .expect(0)
            .json()
    };
    assert_eq!(of_rule(&json("2"), "APP-01")["said"], "fail");
    assert_eq!(of_rule(&json(&id), "APP-01")["said"], "pass");
    assert_eq!(json(&id)["record"]["seq"], 4);
    assert_eq!(json(&id)["basis"], "same");
}

#[test]
fn what_is_set_is_shown_with_its_line_and_its_reason() {
    let stage = shop_with(
        "rules:\n  ROL-02: {effect: warn, reason: two people only}\n  RBK-02: {effect: \"off\", reason: not today}\n  RBK-03: {same_as_executor: {high: warn}}\n",
    );
    let id = declared(&stage, "Two");
    stage.sekisho("sato", &["gate"]).expect(1);
    let page = stage
        .sekisho("sato", &["show", "--why", &id, "--format", "json"])
        .expect(0)
        .json();
    let lowered = of_rule(&page, "ROL-02");
    assert_eq!(
        (&lowered["set"], &lowered["lowered_because"]),
        (&json!("warn"), &json!("two people only"))
    );
    let off = of_rule(&page, "RBK-02");
    assert_eq!(
        (&off["said"], &off["lowered_because"]),
        (&json!("off"), &json!("not today"))
    );
    let parameter = &of_rule(&page, "RBK-03")["parameters"][0];
    let line = stage
        .read("sekisho.yml")
        .lines()
        .position(|line| line.contains("RBK-03"))
        .unwrap()
        + 1;
    assert_eq!(
        (&parameter["from"], &parameter["line"]),
        (&json!("config"), &json!(line))
    );
    let text = stage.sekisho("sato", &["show", "--why", &id]).expect(0).out;
    assert!(
        text.contains("Switched off in sekisho.yml\n  RBK-02 concrete-steps"),
        "{text}"
    );
    assert!(text.contains("because: not today"), "{text}");
}

#[test]
fn what_was_never_decided_has_no_reasons() {
    let stage = shop();
    let id = declared(&stage, "Two");
    for (what, words) in [
        (id.as_str(), "sekisho check"),
        ("0", "no decision of the gate"),
        ("77", "#77"),
        ("APP-01", "sekisho check --explain"),
    ] {
        let done = stage.sekisho("sato", &["show", "--why", what]).expect(2);
        assert!(done.err.contains(words), "{what}: {}", done.both());
    }
}

/// Dossiers of every shade: the explanation is the judgement, and no finding is lost.
#[test]
fn the_explanation_is_the_judgement() {
    let off: RuleSettings = [(
        "RBK-02".to_owned(),
        sekisho::config::RuleSetting {
            effect: Some("off".to_owned()),
            reason: Some("test".to_owned()),
            ..Default::default()
        },
    )]
    .into();
    let cases: &[&[(&str, Value)]] = &[
        &[],
        &[
            ("/changes/0/approvals", json!([])),
            ("/changes/0/facts/approved_by", json!(0)),
        ],
        &[("/changes/0/type", json!("standard"))],
        &[("/changes/0/type", json!("emergency"))],
        &[("/changes", json!([])), ("/coverage/covered", json!(0))],
        &[
            ("/changes/0/facts/decider_known", json!(false)),
            ("/changes/0/facts/executor_allowed", json!(false)),
        ],
        &[
            ("/request/kind", json!("rollback")),
            ("/request/rollback_of", json!("CHG-20261204-7K3Q")),
            ("/changes/0/approvals", json!([])),
            ("/changes/0/facts/approved_by", json!(0)),
        ],
        &[
            (
                "/coverage/uncovered",
                json!([{"commit": "a1", "reason": "undeclared", "path": "a"}]),
            ),
            ("/coverage/uncovered_count", json!(1)),
            ("/coverage/steps", json!(2)),
        ],
    ];
    for settings in [RuleSettings::new(), off] {
        let bundle = rules(&settings);
        for case in cases {
            let dossier = dossier(case);
            let told = explain(&bundle, &dossier, Vec::new()).unwrap();
            assert_eq!(
                told.decision,
                judge(&bundle, &dossier, Vec::new()).unwrap(),
                "{case:?}"
            );
            let mut found: Vec<_> = told.answers.iter().flat_map(|one| one.findings.clone()).collect();
            let mut all = told.decision.findings.clone();
            let key = |finding: &sekisho::policy::Finding| format!("{finding:?}");
            found.sort_by_key(key);
            all.sort_by_key(key);
            assert_eq!(found, all, "{case:?}: a finding belongs to one answer");
            for one in &told.answers {
                assert_eq!(
                    one.said == Said::Fail,
                    !one.findings.is_empty(),
                    "{case:?} {one:?}"
                );
            }
            let stops = told.answers.iter().map(|one| one.effect == Some(Effect::Deny));
            assert!(
                stops.is_sorted_by(|a, b| a >= b),
                "{case:?}: what stops comes first"
            );
        }
    }
}

#[test]
fn other_rules_than_those_of_the_record_are_said_first() {
    let bundle = Bundle::load(
        &[],
        &RuleSettings::new(),
        Profile::Small,
        "0.0.0",
        Digest::of(b""),
    )
    .unwrap();
    let dossier = dossier(&[
        ("/changes/0/approvals", json!([])),
        ("/changes/0/facts/approved_by", json!(0)),
    ]);
    let mut explanation = explain(&bundle, &dossier, Vec::new()).unwrap();
    // A few rules of each sort; the page of all of them is as long as the catalogue.
    let few = ["APP-01", "DEC-02", "RBK-03", "SCH-02"];
    explanation.answers.retain(|one| few.contains(&one.code.as_str()));
    let decision = explanation.decision.clone();
    let recorded = decision
        .findings
        .iter()
        .filter(|f| f.effect == Effect::Deny)
        .cloned()
        .collect();
    let view = WhyView {
        decision: report_fixture::view(&dossier, &decision),
        explanation: &explanation,
        recorded_word: Some("deny".to_owned()),
        recorded,
        notes: vec![
            Message::new("why-other-rules")
                .with("seq", 7)
                .with("theirs", "0.0.9")
                .with("ours", "0.1.0"),
        ],
        basis: "other_rules",
        lines: std::collections::BTreeMap::new(),
        one_rule: false,
    };
    for (name, language) in [("en", Language::En), ("ja", Language::Ja)] {
        assert_snapshot!(
            format!("reasons_{name}"),
            why::text(&Wording::new(language), &view, Look::default())
        );
    }
}

#[test]
fn one_rule_about_the_range_that_is_not_deployed_yet() {
    let stage = shop();
    let id = declared(&stage, "Two");
    let size = || stage.sekisho("sato", &["verify", "--format", "json"]).json()["size"].clone();
    let before = size();
    for code in ["APP-01", "app-01"] {
        let done = stage.sekisho("sato", &["check", "--explain", code]).expect(1);
        assert!(
            done.out.contains(&id) && done.out.contains("change.facts.quorum"),
            "{}",
            done.both()
        );
        assert!(!done.out.contains("RBK-02"), "{}", done.both());
        assert!(
            done.out.contains("Nothing was decided or recorded"),
            "{}",
            done.both()
        );
    }
    let held = stage
        .sekisho("sato", &["check", "--explain", "RBK-03", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(held["record"], Value::Null);
    assert_eq!(held.get("decision"), None, "asking why is no decision");
    assert_eq!(held["rules"][0]["said"], "pass");
    assert_eq!(before, size());
}

/// key, value in force, who wins, whether a line is named.
type Case = (&'static str, Value, &'static str, bool);

#[test]
fn a_key_says_its_value_and_who_wins() {
    let stage = shop_with(
        "approval: {quorum: {high: 2}}\nrules:\n  RBK-03: {same_as_executor: {high: warn}}\nservices: {shop: {executors: [sato]}}\n\
         areas: {pricing: {owners: [hayashi, ishii]}}\nwindows: {default: always}\n",
    );
    let id = declared(&stage, "Two");
    let cases: [Case; 14] = [
        ("approval.quorum.high", json!(2), "top_level", true),
        ("approval.quorum.low", json!(1), "profile", false),
        ("due.review", json!("5bd"), "shipped", false),
        ("windows.default", json!("always"), "top_level", true),
        ("calendar.timezone", json!("Asia/Tokyo"), "top_level", true),
        ("trust.signatures", json!("github"), "profile", false),
        ("emergency.declarers", json!(["sato"]), "top_level", true),
        ("services.shop.executors", json!(["sato"]), "service", true),
        (
            "services.shop.approvers",
            json!(["hayashi", "ishii"]),
            "top_level",
            true,
        ),
        ("services.shop.rollback", json!("previous"), "derived", false),
        (
            "areas.pricing.approvers",
            json!(["hayashi", "ishii"]),
            "area",
            true,
        ),
        ("areas.certificate.risk", json!("medium"), "derived", false),
        (
            "rules.RBK-03.same_as_executor.high",
            json!("warn"),
            "top_level",
            true,
        ),
        (
            "rules.RBK-03.same_as_executor.low",
            json!("allow"),
            "shipped",
            false,
        ),
    ];
    for (key, value, source, is_written) in cases {
        let page = stage
            .sekisho("sato", &["check", "--explain", key, "--format", "json"])
            .expect(0)
            .json();
        let answer = &page["answers"][0];
        assert_eq!(answer["value"], value, "{page:#}");
        let steps = answer["steps"].as_array().unwrap();
        let winner = steps.iter().find(|step| !step["value"].is_null()).unwrap();
        assert_eq!(
            (winner["source"].as_str(), winner["line"].is_number()),
            (Some(source), is_written),
            "{page:#}"
        );
    }
    // A field of the declaration: typed there, or filled in from the plan.
    let page = stage
        .sekisho("sato", &["check", "--explain", "title", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(
        (&page["answers"][0]["change"], &page["answers"][0]["value"]),
        (&json!(id), &json!("Two"))
    );
    assert_eq!(page["answers"][0]["steps"][0]["source"], "declaration");
    let text = stage
        .sekisho("sato", &["check", "--explain", "rollback.decider"])
        .expect(0)
        .out;
    assert!(
        text.contains("rollback plan") && text.contains("sekisho.yml:"),
        "{text}"
    );
}

#[test]
fn a_key_or_code_that_there_is_not_names_the_nearest() {
    let stage = shop();
    for (what, near) in [
        ("approval.quorrum", "approval.quorum"),
        ("rules.RBK-3", "rules.RBK-03"),
        ("aprovers", "approvers"),
        ("emergency.tll", "emergency.ttl"),
        ("services.shop.windw", "services.shop.window"),
    ] {
        let done = stage.sekisho("sato", &["check", "--explain", what]).expect(2);
        assert!(
            done.err.contains(&format!("Did you mean {near}?")),
            "{what}: {}",
            done.both()
        );
    }
    let done = stage
        .sekisho("sato", &["check", "--explain", "\u{1b}[31m"])
        .expect(2);
    assert!(!done.err.contains('\u{1b}'), "{}", done.both());
    let done = stage.sekisho("sato", &["show", "APP-1"]).expect(2);
    assert!(done.err.contains("Did you mean APP-01?"), "{}", done.both());
}

#[test]
fn every_rule_has_a_page_in_both_languages() {
    let bundle = rules(&RuleSettings::new());
    for rule in RulePage::all(&bundle) {
        let view = RuleView {
            page: &rule,
            examples: Example::of(&rule.rule, &[]),
            profile: Some(Profile::Small),
            lines: std::collections::BTreeMap::new(),
        };
        let code = rule.rule.code.as_str();
        let has_file = rule.rule.file().is_some();
        assert_eq!(has_file, !view.examples.is_empty(), "{code}: cases of its tests");
        for (language, why) in [(Language::En, "Why: "), (Language::Ja, "理由: ")] {
            let wording = Wording::new(language);
            let page = rule_page::text(&wording, &view, Look::default());
            assert!(page.contains(why), "{code}: {page}");
            for control in &rule.rule.controls {
                assert!(page.contains(control), "{code}: {page}");
            }
            for parameter in rule.rule.parameters.defaults.keys() {
                assert!(page.contains(parameter), "{code}: {page}");
            }
            let markdown = rule_page::markdown(&wording, &view);
            assert!(markdown.starts_with(&format!("## {code} ")), "{markdown}");
        }
        assert_eq!(rule_page::json(&Wording::new(Language::En), &view)["code"], code);
    }
}

#[test]
fn a_rule_shows_what_a_repository_made_of_it() {
    let stage = shop_with("rules:\n  ROL-02: {effect: warn, reason: two people only}\n");
    let list = stage
        .sekisho("sato", &["policy", "list", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(
        list["rules"].as_array().unwrap().len(),
        Catalog::shipped().unwrap().all().count()
    );
    for what in ["ROL-02", "rol-02", "approver-is-independent"] {
        let page = stage.sekisho("sato", &["show", what]).expect(0).out;
        assert!(
            page.contains("warning. Lowered by sekisho.yml, because: two people only (sekisho.yml:"),
            "{page}"
        );
    }
    let table = stage.sekisho("sato", &["policy", "list"]).expect(0).out;
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("ROL-02") && line.contains("warning")),
        "{table}"
    );
}

#[test]
fn a_rule_has_a_page_outside_a_repository() {
    let stage = Stage::new();
    let page = stage.sekisho("sato", &["show", "RBK-03"]).expect(0).out;
    assert!(
        page.contains("same_as_executor") && !page.contains("as shipped"),
        "{page}"
    );
    assert_snapshot!(page);
}

/// A rule of the house with a line that its tests do not reach.
const BLUE: &str = r#"# METADATA
# title: Changes have a reason
# description: Looks at the reason.
# custom:
#   code: HSE-01
#   name: reason-is-there
#   scope: change
#   effect: {normal: deny, standard: deny, emergency: deny}
#   always_applies: true
package house.blue

import rego.v1

verdict contains {"rule": "HSE-01", "result": result}

result := "pass" if {
	is_string(input.change.declaration.reason)
	input.change.declaration.reason != ""
} else := "pass" if {
	input.change.risk == "high"
	input.change.declaration.title == "blue"
	is_string(input.change.declaration.title)
} else := "fail"
"#;

const BLUE_TEST: &str = r#"package house.blue_test

import rego.v1

cases contains {"name": "a reason", "want": "pass", "input": {"change": {"declaration": {"reason": "so"}}}}

cases contains {"name": "no reason", "want": "fail", "input": {"change": {"declaration": {"reason": ""}}}}
"#;

#[test]
fn tests_of_rules_below_the_wanted_coverage() {
    let stage = shop_with("");
    stage.sekisho("sato", &["policy", "test"]).expect(0);
    stage.write("policies/blue.rego", BLUE);
    stage.write("policies/blue_test.rego", BLUE_TEST);
    let json =
        |flags: &[&str]| stage.sekisho("sato", &[&["policy", "test", "--format", "json"], flags].concat());
    let report = json(&[]).expect(0).json();
    let house = report["rules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|rule| rule["code"] == "HSE-01")
        .unwrap()
        .clone();
    assert!(!house["not_covered"].as_array().unwrap().is_empty(), "{house:#}");
    let report = json(&["--min-coverage", "100"]).expect(1).json();
    assert_eq!(report["sound"], false);
    let text = stage
        .sekisho("sato", &["policy", "test", "--min-coverage", "100"])
        .expect(1)
        .out;
    assert!(
        text.contains("not reached: ") && text.contains("next: edit policies/blue_test.rego"),
        "{text}"
    );
}
