//! Where a judgement could lean to one side or the other.

use sekisho::change::Digest;
use sekisho::config::{Profile, RuleSetting, RuleSettings};
use sekisho::policy::{Bundle, Decision, Effect, NotJudged, judge};
use serde_json::{Value, json};

use crate::judge::{document, dossier, rules};

fn keys(decision: &Decision) -> Vec<(Effect, &str)> {
    let findings = decision.findings.iter();
    findings.map(|f| (f.effect, f.message.key.as_str())).collect()
}

fn setting(code: &str, effect: &str) -> RuleSettings {
    let setting = RuleSetting {
        effect: Some(effect.to_owned()),
        reason: Some("trial".to_owned()),
        ..RuleSetting::default()
    };
    RuleSettings::from([(code.to_owned(), setting)])
}

fn with(code: &str, effect: &str, bent: &[(&str, Value)]) -> Decision {
    judge(&rules(&setting(code, effect)), &dossier(bent), Vec::new()).unwrap()
}

/// The shipped rules and one of a repository.
fn ours(effect: &str, body: &str, settings: &RuleSettings) -> Bundle {
    let rule = format!(
        "# METADATA\n# title: Ours\n# description: Ours\n# custom:\n#   code: HSE-01\n#   name: ours\n#   scope: change\n\
         #   effect: {{normal: {effect}, standard: {effect}, emergency: {effect}}}\n\
         package house.ours\n\nimport rego.v1\n\n{body}"
    );
    let house = [("policies/ours.rego".to_owned(), rule)];
    Bundle::load(&house, settings, Profile::Small, "0.0.0", Digest::of(b"config")).unwrap()
}

fn without(bent: &[(&str, Value)]) -> Decision {
    judge(&rules(&RuleSettings::new()), &dossier(bent), Vec::new()).unwrap()
}

/// An approval that was given for other content: a remark beside the denial.
fn of_other_content() -> [(&'static str, Value); 3] {
    [
        ("/changes/0/approvals", json!([])),
        ("/changes/0/facts/approved_by", json!(0)),
        ("/changes/0/facts/approvals_of_other_content", json!(["tanaka"])),
    ]
}

#[test]
fn a_rollback_says_that_it_lifted_something_only_if_it_did() {
    let back = [
        ("/request/kind", json!("rollback")),
        ("/request/rollback_of", json!("CHG-20261204-7K3Q")),
    ];
    assert_eq!(keys(&without(&back)), []);
    let [kind, of] = back;
    let remark = ("/changes/0/facts/rollback/target", json!("elsewhere"));
    assert_eq!(
        keys(&without(&[kind, of, remark])),
        [(Effect::Info, "RBK-08.elsewhere")]
    );
}

#[test]
fn a_setting_of_the_rules_own_effect_changes_no_degree() {
    assert_eq!(
        keys(&with("APP-01", "deny", &of_other_content())),
        [
            (Effect::Deny, "APP-01.missing"),
            (Effect::Info, "APP-01.other_content")
        ]
    );
    let graver = "verdict contains {\"rule\": \"HSE-01\", \"result\": result, \"details\": {{\"message\": \"x\", \"effect\": \"deny\"}}}\n\n\
        result := \"fail\" if { input.change.risk == \"low\" }\n";
    let decision = judge(
        &ours("warn", graver, &setting("HSE-01", "warn")),
        &dossier(&[]),
        Vec::new(),
    );
    assert_eq!(keys(&decision.unwrap()), [(Effect::Deny, "HSE-01.x")]);
}

#[test]
fn what_a_setting_does_not_lower_has_no_reason() {
    let decision = with("APP-01", "info", &of_other_content());
    let reasons: Vec<_> = decision
        .findings
        .iter()
        .map(|f| (f.message.key.as_str(), f.effect, f.lowered_because.as_deref()))
        .collect();
    assert_eq!(
        reasons,
        [
            ("APP-01.other_content", Effect::Info, None),
            ("APP-01.missing", Effect::Info, Some("trial"))
        ]
    );
}

#[test]
fn the_first_change_without_a_verdict_is_named() {
    let silent = "verdict contains {\"rule\": \"HSE-01\", \"result\": result}\n\n\
        result := \"pass\" if { input.change.risk == \"high\" }\n";
    let bundle = ours("deny", silent, &RuleSettings::new());
    let mut two = [document()["changes"][0].clone(), document()["changes"][0].clone()];
    two[0]["id"] = json!("CHG-20261204-3M8Q");
    let fault = judge(&bundle, &dossier(&[("/changes", json!(two))]), Vec::new()).unwrap_err();
    let NotJudged::NoVerdict { change, .. } = &fault else {
        panic!("{fault:?}")
    };
    assert_eq!(change.as_ref().unwrap().as_str(), "CHG-20261204-3M8Q");
}

/// The only template of a dossier, with values at JSON pointers replaced.
fn template(bent: &[(&str, Value)]) -> Value {
    let mut template = document()["changes"][0].clone();
    template["type"] = json!("standard");
    template["facts"]["template"]["known"] = json!(true);
    template["facts"]["template"]["name"] = json!("web-deploy");
    template["facts"]["template"]["risk"] = json!("low");
    template["declaration"]["template"] = json!("web-deploy");
    template["declaration"]["impact"] = json!({"data": "none"});
    for (pointer, value) in bent {
        *template.pointer_mut(pointer).unwrap() = value.clone();
    }
    json!([template])
}

#[test]
fn a_template_is_judged_by_the_rules_for_templates_alone() {
    let sound = without(&[("/templates", template(&[]))]);
    let said = keys(&sound);
    assert_eq!(said, []);
    let nobody = ("/facts/unknown_people", json!(["roles.verifier=nobody"]));
    assert_eq!(
        keys(&without(&[("/templates", template(&[nobody]))])),
        [(Effect::Deny, "DEC-04.nobody")]
    );
    let owners = ("/facts/owners_missing", json!(["pricing"]));
    let late = ("/facts/blank_fields", json!(["reason"]));
    let decision = without(&[("/templates", template(&[owners.clone(), late]))]);
    assert_eq!(keys(&decision), [(Effect::Deny, "RSK-02.missing")]);
    let bent = [("/templates", template(&[owners]))];
    assert_eq!(keys(&with("RSK-02", "off", &bent)), said);
}

/// Why a dossier is not judged, if it is not.
fn contradiction(bent: &[(&str, Value)]) -> Option<String> {
    match judge(&rules(&RuleSettings::new()), &dossier(bent), Vec::new()) {
        Err(NotJudged::Contradiction { message, .. }) => Some(message.key),
        Err(other) => panic!("{other:?}"),
        Ok(_) => None,
    }
}

#[test]
fn a_deployment_without_changes_covers_nothing_and_a_start_has_one() {
    let none = ("/changes", json!([]));
    let nothing = ("/coverage/covered", json!(0));
    assert_eq!(contradiction(&[none.clone(), nothing.clone()]), None);
    let start = ("/request/kind", json!("start"));
    assert_eq!(
        contradiction(&[none, nothing, start]).as_deref(),
        Some("dossier-no-changes")
    );
}

#[test]
fn only_work_by_hand_from_a_template_asks_nobody() {
    let nobody = |kind: &str, units: Value| {
        contradiction(&[
            ("/changes/0/type", json!(kind)),
            ("/changes/0/units", units),
            ("/changes/0/approvals", json!([])),
            ("/changes/0/facts/approved_by", json!(0)),
            ("/changes/0/facts/quorum", json!(0)),
        ])
    };
    let units = document()["changes"][0]["units"].clone();
    assert_eq!(nobody("standard", json!([])), None);
    for (kind, units) in [
        ("standard", units.clone()),
        ("normal", json!([])),
        ("normal", units),
    ] {
        assert_eq!(
            nobody(kind, units).as_deref(),
            Some("dossier-no-quorum"),
            "{kind}"
        );
    }
}

#[test]
fn an_approval_of_this_very_second_counts() {
    let now = json!("2026-12-04T09:52:00+09:00");
    assert_eq!(contradiction(&[("/changes/0/approvals/0/at", now)]), None);
}

#[test]
fn a_declaration_may_repeat_its_number_and_type_but_not_change_them() {
    let number = |id: &str| ("/changes/0/declaration/id", json!(id));
    let kind = |kind: &str| ("/changes/0/declaration/type", json!(kind));
    assert_eq!(keys(&without(&[number("CHG-20261204-7K3Q"), kind("normal")])), []);
    for other in [number("CHG-20261204-3M8Q"), kind("standard")] {
        assert_eq!(
            keys(&without(std::slice::from_ref(&other))),
            [(Effect::Deny, "DEC-08.differs")],
            "{other:?}"
        );
    }
}
