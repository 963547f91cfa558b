//! What an exception does to a finding, and when it does nothing.

use sekisho::config::RuleSettings;
use sekisho::policy::{Effect, Finding, Word, judge};
use serde_json::{Value, json};

use crate::judge::{document, dossier, rules};

const UNTIL: &str = "2026-12-05T00:00:00+09:00";

fn granted(person: &str) -> Value {
    json!({"person": person, "at": "2026-12-01T09:00:00+09:00", "signed": true, "reason": "the vendor writes TBD", "record": 3})
}

fn exception(rule: &str, until: &str, granted: Value) -> Value {
    json!({"rule": rule, "until": until, "granted": granted})
}

/// What becomes of the denial of a placeholder in the only change.
fn judged(exceptions: Value, bent: &[(&str, Value)]) -> Finding {
    let mut changes = vec![
        ("/changes/0/facts/blank_fields", json!(["reason"])),
        ("/changes/0/exceptions", exceptions),
    ];
    changes.extend(bent.iter().cloned());
    let decision = judge(&rules(&RuleSettings::new()), &dossier(&changes), Vec::new()).unwrap();
    let mut found = decision
        .findings
        .into_iter()
        .filter(|f| f.code.as_str() == "DEC-03");
    found.next().unwrap()
}

fn stays(exceptions: Value, bent: &[(&str, Value)]) {
    let finding = judged(exceptions.clone(), bent);
    assert_eq!(
        (finding.effect, finding.excepted),
        (Effect::Deny, None),
        "{exceptions} {bent:?}"
    );
}

#[test]
fn an_exception_makes_a_denial_a_warning_that_says_who_and_why() {
    let mut kudo = granted("kudo");
    kudo["signed"] = json!(false);
    kudo["reason"] = json!(" until the text is there\n");
    let mut ishii = granted("ishii");
    ishii["reason"] = json!(" ");
    let finding = judged(
        json!([exception(
            "DEC-03",
            UNTIL,
            json!([granted("hayashi"), kudo, ishii, granted("toma")])
        )]),
        &[],
    );
    assert_eq!(finding.effect, Effect::Warn);
    assert_eq!(
        serde_json::to_value(finding.excepted.unwrap()).unwrap(),
        json!({"by": ["hayashi", "kudo", "ishii", "toma"], "unsigned": ["kudo"], "until": UNTIL,
            "reason": "the vendor writes TBD / until the text is there"})
    );
}

#[test]
fn a_change_with_an_exception_passes() {
    let bent = dossier(&[
        ("/changes/0/facts/blank_fields", json!(["reason"])),
        (
            "/changes/0/exceptions",
            json!([exception("DEC-03", UNTIL, json!([granted("hayashi")]))]),
        ),
    ]);
    let decision = judge(&rules(&RuleSettings::new()), &bent, Vec::new()).unwrap();
    assert_eq!((decision.word, decision.findings.len()), (Word::Pass, 1));
}

#[test]
fn an_exception_from_another_rule_out_of_time_or_of_nobody_is_none() {
    let hayashi = json!([granted("hayashi")]);
    stays(json!([]), &[]);
    stays(json!([exception("DEC-06", UNTIL, hayashi.clone())]), &[]);
    stays(json!([exception("DEC-03", UNTIL, json!([]))]), &[]);
    // The first second in which it no longer stands is that of the judgement.
    for until in ["2026-12-04T09:52:00+09:00", "2026-12-04T09:51:59+09:00"] {
        stays(json!([exception("DEC-03", until, hayashi.clone())]), &[]);
    }
    let last = json!([exception("DEC-03", "2026-12-04T09:52:01+09:00", hayashi)]);
    assert_eq!(judged(last, &[]).effect, Effect::Warn);
}

#[test]
fn an_exception_that_will_be_granted_later_is_none() {
    let at = |at: &str| {
        let mut granted = granted("hayashi");
        granted["at"] = json!(at);
        json!([exception("DEC-03", UNTIL, json!([granted]))])
    };
    stays(at("2026-12-04T09:52:01+09:00"), &[]);
    let now = judged(at("2026-12-04T09:52:00+09:00"), &[]);
    assert_eq!(now.effect, Effect::Warn);
}

#[test]
fn who_takes_part_in_a_change_excepts_it_from_nothing() {
    let with_another = |person: &str| {
        json!([exception(
            "DEC-03",
            UNTIL,
            json!([granted("hayashi"), granted(person)])
        )])
    };
    let alone = |person: &str| json!([exception("DEC-03", UNTIL, json!([granted(person)]))]);
    let executor = ("/changes/0/roles/executor", json!("toma"));
    let requester = ("/changes/0/roles/requester", json!("toma"));
    let author = ("/changes/0/authors", json!(["toma"]));
    let actor = ("/request/actor", json!("toma"));
    for part in [executor, requester, author, actor] {
        stays(alone("toma"), std::slice::from_ref(&part));
        stays(with_another("toma"), &[part]);
    }
    // An approver may: approving is no part in the work.
    assert_eq!(judged(alone("tanaka"), &[]).effect, Effect::Warn);
}

#[test]
fn an_exception_of_one_change_is_not_for_another() {
    let mut two = [document()["changes"][0].clone(), document()["changes"][0].clone()];
    two[0]["id"] = json!("CHG-20261204-3M8Q");
    two[0]["exceptions"] = json!([exception("DEC-03", UNTIL, json!([granted("hayashi")]))]);
    for change in &mut two {
        change["facts"]["blank_fields"] = json!(["reason"]);
    }
    let decision = judge(
        &rules(&RuleSettings::new()),
        &dossier(&[("/changes", json!(two))]),
        Vec::new(),
    )
    .unwrap();
    let found = decision.findings.iter().filter(|f| f.code.as_str() == "DEC-03");
    let mut found: Vec<_> = found
        .map(|f| (f.change.as_ref().unwrap().to_string(), f.effect))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            ("CHG-20261204-3M8Q".to_owned(), Effect::Warn),
            ("CHG-20261204-7K3Q".to_owned(), Effect::Deny)
        ]
    );
}

#[test]
fn an_exception_touches_neither_the_deployment_nor_what_the_gate_keeps() {
    let bent = dossier(&[
        (
            "/coverage/uncovered",
            json!([{"commit": "c3", "reason": "undeclared", "path": "src/cart.ts"}]),
        ),
        ("/coverage/uncovered_count", json!(1)),
        ("/changes/0/declaration/reason", Value::Null),
        (
            "/changes/0/exceptions",
            json!(["DEC-01", "DEC-02"].map(|rule| exception(rule, UNTIL, json!([granted("hayashi")])))),
        ),
    ]);
    let decision = judge(&rules(&RuleSettings::new()), &bent, Vec::new()).unwrap();
    for key in ["DEC-01.undeclared", "DEC-02.missing"] {
        let found = decision.findings.iter().find(|f| f.message.key == key).unwrap();
        assert_eq!(
            (found.effect, found.excepted.is_none()),
            (Effect::Deny, true),
            "{key}"
        );
    }
}

#[test]
fn what_is_no_denial_needs_no_exception() {
    // No copy that can be seen: a remark.
    let bent = dossier(&[
        ("/changes/0/facts/rollback/target", json!("elsewhere")),
        (
            "/changes/0/exceptions",
            json!([exception("RBK-08", UNTIL, json!([granted("hayashi")]))]),
        ),
    ]);
    let decision = judge(&rules(&RuleSettings::new()), &bent, Vec::new()).unwrap();
    assert_eq!(decision.findings.len(), 1);
    assert_eq!(
        (decision.findings[0].effect, &decision.findings[0].excepted),
        (Effect::Info, &None)
    );
}
