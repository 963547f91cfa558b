//! `sekisho/decision/v1` and the other documents for programs.

use insta::assert_json_snapshot;
use sekisho::config::Language;
use sekisho::report::decision::{Json, json};
use sekisho::report::{Wording, history, show};
use serde_json::Value;

use crate::report_fixture::{denied, passed, view};
use crate::report_text::{page, rows};

#[test]
fn a_denial_for_programs() {
    let (dossier, decision) = denied();
    assert_json_snapshot!(json(&Wording::new(Language::En), &view(&dossier, &decision)));
}

#[test]
fn a_pass_for_programs() {
    let (dossier, decision) = passed();
    assert_json_snapshot!(json(&Wording::new(Language::Ja), &view(&dossier, &decision)));
}

/// Only the sentences are in a language.
#[test]
fn languages_differ_in_sentences_only() {
    let (dossier, decision) = denied();
    let [en, ja] = [Language::En, Language::Ja].map(|language| {
        let mut value =
            serde_json::to_value(json(&Wording::new(language), &view(&dossier, &decision))).unwrap();
        let findings = value["findings"].as_array_mut().unwrap();
        let sentences: Vec<Value> = findings
            .iter_mut()
            .flat_map(|f| [f["message"].take(), f["satisfy"].take()])
            .collect();
        (value, sentences)
    });
    assert_eq!(en.0, ja.0);
    assert_ne!(en.1, ja.1);
}

#[test]
fn what_is_written_can_be_read() {
    for (dossier, decision) in [denied(), passed()] {
        let document = json(&Wording::new(Language::Ja), &view(&dossier, &decision));
        let text = serde_json::to_string(&document).unwrap();
        assert!(text.starts_with(r#"{"schema":"sekisho/decision/v1","decision":""#));
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), document);
    }
}

#[test]
fn rows_and_pages_carry_codes_not_sentences() {
    let value = history::json(&rows());
    assert_eq!(value["schema"], "sekisho/history/v1");
    assert_eq!(value["rows"][0]["act"], "deploy.finished/1");
    assert_eq!(value["rows"][0]["type"], "emergency");
    assert_eq!(value["rows"][1]["title"]["redacted"], 1050);
    assert_eq!(value["rows"][2]["title"], "not_fetched");
    let value = show::json(&page());
    assert_eq!(value["change"]["approvals"][1]["channel"], "attested");
    assert_eq!(value["change"]["rollback"]["seconds"], 480);
    assert_eq!(value["change"]["executor"], "sato");
}
