//! SARIF 2.1.0: what code scanning needs, and what a title must never become there.

use sekisho::change::Message;
use sekisho::change::text::{Fault, Place};
use sekisho::config::Language;
use sekisho::report::Wording;
use sekisho::report::check::{CheckView, CheckedFile};
use sekisho::report::sarif::Sarif;
use serde_json::Value;

use crate::support::stage::Stage;

/// What the format's schema requires, and what our results promise besides.
fn assert_sarif(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let run = &log["runs"][0];
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    assert_eq!(run["tool"]["driver"]["name"], "sekisho");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert!(run["invocations"][0]["executionSuccessful"].is_boolean());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(
            !rule["shortDescription"]["text"].as_str().unwrap().is_empty(),
            "{rule}"
        );
    }
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(
            result["partialFingerprints"]["sekisho/v1"]
                .as_str()
                .unwrap()
                .len(),
            64
        );
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains([' ', '\\', '"']), "{uri}");
        assert!(!uri.starts_with('/'), "{uri}");
        if let Some(region) = place.get("region") {
            let number = |key: &str| region[key].as_u64().unwrap();
            assert!(number("startLine") >= 1 && number("startColumn") >= 1);
            assert!(number("endColumn") >= number("startColumn"), "{region}");
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let change = &fix["artifactChanges"][0];
            assert!(change["artifactLocation"]["uri"].is_string());
            assert!(change["replacements"][0]["deletedRegion"]["startLine"].is_u64());
        }
    }
}

fn checked(file: &str, text: &str, fault: Fault) -> Value {
    let view = CheckView {
        read: 1,
        files: vec![CheckedFile {
            file: file.to_owned(),
            content: Some(text.to_owned()),
            faults: vec![fault],
        }],
        ..CheckView::default()
    };
    let log = Sarif::default()
        .with_check(&Wording::new(Language::En), &view)
        .finish();
    assert_sarif(&log);
    log["runs"][0]["results"][0].clone()
}

fn fault(message: Message, bytes: std::ops::Range<usize>) -> Fault {
    Fault {
        place: Some(Place {
            line: 1,
            column: 7,
            bytes,
        }),
        field: "kind".to_owned(),
        message,
        warning: false,
    }
}

#[test]
fn places_count_characters_and_paths_are_escaped() {
    let text = "種類: 価格と\n";
    let message = Message::new("yaml-word-alone")
        .with("found", "x")
        .with("allowed", "y");
    let at = text.find('価').unwrap();
    let result = checked(
        "changes/冬 1#%.yml",
        text,
        fault(message, at..at + "価格と".len()),
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "changes/%E5%86%AC%201%23%25.yml"
    );
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!(place["region"]["endColumn"], 10);
}

#[test]
fn a_text_with_brackets_becomes_no_link_and_no_placeholder() {
    let found = "[click](https://evil.example) {0} \u{1b}[31m";
    let message = Message::new("yaml-duration").with("found", found);
    let result = checked("sekisho.yml", "kind: x\n", fault(message, 6..7));
    let said = result["message"]["text"].as_str().unwrap();
    assert!(said.contains(r"\[click\](https://evil.example) {{0}"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}

#[test]
fn a_suggestion_is_a_fix() {
    let message = Message::new("yaml-word")
        .with("found", "certifcate")
        .with("suggestion", "certificate")
        .with("allowed", "certificate");
    let result = checked("changes/a.yml", "kind: certifcate\n", fault(message, 6..16));
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "certificate");
    assert_eq!(change["deletedRegion"]["endColumn"], 17);
}

const CONFIG: &str = concat!(
    "version: 1\nlanguage: en\npeople:\n",
    "  sato: {name: Sato, email: sato@shop.example, keys: [\"KEY\"]}\n  hayashi: {name: Hayashi}\n",
    "executors: [sato]\napprovers: [hayashi]\ncalendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}\n",
    "rollback_plans:\n  previous: {strategy: redeploy, steps: [./deploy previous], criteria: [\"5xx > 1% for 5m\"], decider: hayashi, duration: 5m}\n",
);

fn shop() -> Stage {
    let mut stage = Stage::new();
    let config = CONFIG.replace("KEY", &stage.key("sato"));
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

#[test]
fn a_check_holds_faults_and_findings_of_the_gate() {
    let stage = shop();
    stage.write("app.txt", "two\n");
    stage.commit("sato", "Nobody declared this");
    stage.write(
        "changes/CHG-20261204-7K3Q.yml",
        "schema: sekisho/declaration/v1\nkind: certifcate\n",
    );
    let done = stage.sekisho("sato", &["check", "--format", "sarif"]).expect(1);
    assert_sarif(&done.json());
    let run = &done.json()["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let codes: Vec<&str> = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["ruleId"].as_str().unwrap())
        .collect();
    assert!(
        codes.contains(&"yaml-word") && codes.contains(&"DEC-01"),
        "{codes:?}"
    );
    let gate = stage
        .sekisho("sato", &["gate", "--format", "sarif"])
        .expect(1)
        .json();
    assert_sarif(&gate);
    assert_eq!(gate["runs"][0]["results"][0]["level"], "error");
}

#[test]
fn a_run_that_came_to_no_end_does_not_read_as_clean() {
    let stage = shop();
    stage.write("sekisho.yml", "version: 1\nexecutors: [sato\n");
    stage.commit("sato", "Broken");
    let done = stage.sekisho("sato", &["check", "--format", "sarif"]).expect(1);
    assert_sarif(&done.json());
    std::fs::remove_file(stage.log()).unwrap();
    let done = stage.sekisho("sato", &["gate", "--format", "sarif"]).expect(4);
    assert_sarif(&done.json());
    let invocation = &done.json()["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].is_string());
}
