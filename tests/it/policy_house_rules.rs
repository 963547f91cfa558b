//! House rules add; nothing that they or the settings try takes anything away.

use sekisho::change::Digest;
use sekisho::config::{Profile, RuleSetting, RuleSettings};
use sekisho::policy::{Bundle, BundleError, Effect, NotJudged, Word, judge, test_run};
use serde_json::{Value, json};

use crate::judge::dossier;

/// A house rule with a body.
fn rule(code: &str, package: &str, body: &str) -> (String, String) {
    let text = format!(
        "# METADATA\n# title: Ours\n# description: Ours\n# custom:\n#   code: {code}\n#   name: ours\n#   scope: change\n\
         #   effect: {{normal: deny, standard: deny, emergency: deny}}\n#   parameters: {{limit: 3, words: [a]}}\n\
         package {package}\n\nimport rego.v1\n\n{body}\n"
    );
    ("policies/ours.rego".to_owned(), text)
}

fn load(house: &[(String, String)]) -> Result<Bundle, BundleError> {
    Bundle::load(
        house,
        &RuleSettings::new(),
        Profile::Small,
        "0.0.0",
        Digest::of(b"config"),
    )
}

fn refused(code: &str, package: &str, body: &str) -> String {
    load(&[rule(code, package, body)])
        .expect_err(body)
        .message()
        .key
        .clone()
}

const ANSWER: &str = "verdict contains {\"rule\": \"HSE-01\", \"result\": result}\n";

fn answering(result: &str) -> String {
    format!("{ANSWER}{result}")
}

#[test]
fn a_house_rule_adds_a_finding() {
    let body = answering(
        "result := \"pass\" if { input.change.facts.executions < input.params.limit } else := \"fail\"",
    );
    let bundle = load(&[rule("HSE-01", "house.ours", &body)]).unwrap();
    assert!(
        judge(&bundle, &dossier(&[]), Vec::new())
            .unwrap()
            .findings
            .is_empty()
    );
    let decision = judge(
        &bundle,
        &dossier(&[("/changes/0/facts/executions", json!(3))]),
        Vec::new(),
    )
    .unwrap();
    assert_eq!(decision.word, Word::Deny);
    assert_eq!(decision.findings[0].message.key, "HSE-01.failed");
    assert_eq!(bundle.parameter("HSE-01", "limit"), Some(&json!(3)));
}

#[test]
fn a_house_rule_cannot_take_a_shipped_ones_place() {
    let fine = answering("result := \"pass\" if { input.change.risk == \"low\" } else := \"fail\"");
    for (code, package, body, key) in [
        (
            "HSE-01",
            "sekisho.roles.one_executor",
            fine.as_str(),
            "policy-package",
        ),
        ("HSE-01", "sekisho.ours.ours", &fine, "policy-package"),
        ("HSE-01", "ours", &fine, "policy-package"),
        ("ROL-02", "house.ours", &fine, "policy-taken"),
        ("DEC-02", "house.ours", &fine, "policy-taken"),
        ("REC-02", "house.ours", &fine, "policy-taken"),
        ("rol-02", "house.ours", &fine, "policy-metadata"),
        ("HSE-1", "house.ours", &fine, "policy-metadata"),
    ] {
        assert_eq!(refused(code, package, body), key, "{code} {package}");
    }
}

#[test]
fn a_house_rule_stands_alone_and_reads_what_exists() {
    for (body, key) in [
        ("result := \"pass\" if { count(data.sekisho) > 0 }", "policy-data"),
        ("data.sekisho.x := 1\nresult := \"pass\"", "policy-unreadable"),
        (
            "result := \"pass\" if { helper with input as {} }\nhelper if { input.at }",
            "policy-with",
        ),
        ("result := \"pass\" if { time.now_ns() > 0 }", "policy-call"),
        (
            "result := \"pass\" if { http.send({\"url\": \"https://example.org\"}) }",
            "policy-call",
        ),
        (
            "result := \"pass\" if { count(numbers.range(1, 50000000)) > 1 }",
            "policy-call",
        ),
        (
            "result := \"pass\" if { rand.intn(\"a\", 2) == 1 }",
            "policy-call",
        ),
        (
            "result := \"pass\" if { opa.runtime().env.HOME != \"\" }",
            "policy-call",
        ),
        ("result := \"pass\" if { print(input.at) }", "policy-call"),
        (
            "result := \"pass\" if { input.change.aprovals == [] }",
            "policy-input",
        ),
        (
            "result := \"pass\" if { every a in input.change.approvals { a.persn } }",
            "policy-input",
        ),
        (
            "result := \"pass\" if { input.params.limits == 3 }",
            "policy-input",
        ),
        ("result := \"pass\" if { input.changes == [] }", "policy-input"),
        (
            "result := \"pass\" if { object.get(input, \"x\", 1) == 1 }",
            "policy-input",
        ),
        (
            "result := \"pass\" if { not input.change.roles.executor == \"sato\" }",
            "policy-negated",
        ),
        (
            "result := \"pass\" if { every a in input.change.approvals { not a.person == \"sato\" } }",
            "policy-negated",
        ),
        ("result := \"pass\" if { x := y }", "policy-compile"),
    ] {
        assert_eq!(refused("HSE-01", "house.ours", &answering(body)), key, "{body}");
    }
    for import in ["data.sekisho.roles.one_executor", "input.change"] {
        let body = format!(
            "import {import}\n{}",
            answering("result := \"pass\" if { input.at }")
        );
        assert_eq!(refused("HSE-01", "house.ours", &body), "policy-data", "{import}");
    }
    assert_eq!(
        refused("HSE-01", "house.ours", "verdict := {1}"),
        "policy-verdict"
    );
    assert_eq!(refused("HSE-01", "house.ours", "other := 1"), "policy-verdict");
    assert_eq!(refused("HSE-01", "house.ours", "result := "), "policy-unreadable");
    assert_eq!(
        refused("HSE-01", "house.ours", &"#\n".repeat(40_000)),
        "policy-too-large"
    );
}

#[test]
fn metadata_is_read_without_goodwill() {
    let (path, text) = rule(
        "HSE-01",
        "house.ours",
        &answering("result := \"pass\" if { input.at } else := \"fail\""),
    );
    let with = |from: &str, to: &str| {
        assert!(text.contains(from));
        load(&[(path.clone(), text.replace(from, to))])
            .map(|_| ())
            .map_err(|e| e.message().key.clone())
    };
    assert_eq!(with("title", "title"), Ok(()));
    for (from, to) in [
        ("normal: deny", "normal: off"),
        ("normal: deny", "normal: stop"),
        (
            "{normal: deny, standard: deny, emergency: deny}",
            "{normal: \"-\", standard: \"-\", emergency: \"-\"}",
        ),
        (", emergency: deny", ""),
        ("scope: change", "scope: chang"),
        ("scope: change", "scope: change\n#   invariant: true"),
        ("scope: change", "scope: change\n#   contols: []"),
        ("scope: change", "scope: change\n#   scope: deployment"),
        ("scope: change", "scope: change\n#   added: [limit]"),
        ("scope: change", "scope: change\n#   profile: {sole: {limit: 1}}"),
    ] {
        assert_eq!(with(from, to), Err("policy-metadata".to_owned()), "{to}");
    }
    assert_eq!(with("# METADATA\n", ""), Err("policy-no-metadata".to_owned()));
}

#[test]
fn two_house_rules_need_two_codes() {
    let body = answering("result := \"pass\" if { input.at } else := \"fail\"");
    let (_, text) = rule("HSE-01", "house.ours", &body);
    let twice = [
        ("policies/a.rego".to_owned(), text.clone()),
        ("policies/b.rego".to_owned(), text),
    ];
    assert_eq!(load(&twice).unwrap_err().message().key, "policy-taken");
}

#[test]
fn a_rule_without_a_proper_answer_stops_the_gate() {
    let judged = |body: &str| {
        let bundle = load(&[rule("HSE-01", "house.ours", body)]).unwrap();
        judge(&bundle, &dossier(&[]), Vec::new()).expect_err(body)
    };
    let undefined = judged(&answering(
        "result := \"pass\" if { input.change.risk == \"high\" }",
    ));
    assert!(matches!(undefined, NotJudged::NoVerdict { .. }), "{undefined:?}");
    for body in [
        answering("result := \"ok\" if { input.at }"),
        answering("result := true if { input.at }"),
        "verdict contains {\"rule\": \"HSE-02\", \"result\": \"pass\"}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\"}".to_owned(),
        "verdict contains \"pass\"".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"pass\", \"extra\": 1}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"pass\"}\nverdict contains {\"rule\": \"HSE-01\", \"result\": \"fail\"}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"pass\"}\nverdict contains {\"rule\": \"ROL-02\", \"result\": \"pass\"}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"pass\", \"details\": {{\"message\": \"x\"}}}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"fail\", \"details\": {{\"message\": \"x\", \"effect\": \"off\"}}}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"fail\", \"details\": {{\"message\": \"a b\"}}}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"fail\", \"details\": {{\"message\": \"x\", \"with\": {\"a\": [1]}}}}".to_owned(),
        "verdict contains {\"rule\": \"HSE-01\", \"result\": \"fail\", \"details\": {{\"mesage\": \"x\"}}}".to_owned(),
    ] {
        let fault = judged(&body);
        assert!(matches!(fault, NotJudged::Malformed { .. }), "{body}: {fault:?}");
    }
    let failed = judged(&answering(
        "result := \"pass\" if { to_number(input.change.place) == 1 } else := \"fail\"",
    ));
    assert!(matches!(failed, NotJudged::Failed { .. }), "{failed:?}");
}

#[test]
fn a_rule_that_never_ends_is_stopped() {
    let body = answering(
        "digits := [\"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]\nresult := \"pass\" if {\n\tis_string(input.at)\n\
         \tcount([1 | some a in digits; some b in digits; some c in digits; some d in digits; some e in digits; some f in digits; some g in digits; a == \"x\"]) == 0\n\
         } else := \"fail\"",
    );
    let bundle = load(&[rule("HSE-01", "house.ours", &body)]).unwrap();
    let fault = judge(&bundle, &dossier(&[]), Vec::new()).unwrap_err();
    assert!(matches!(fault, NotJudged::TimedOut { .. }), "{fault:?}");
}

#[test]
fn a_broken_rule_does_not_hold_up_a_rollback() {
    let bundle = load(&[rule(
        "HSE-01",
        "house.ours",
        &answering("result := \"pass\" if { input.change.risk == \"high\" }"),
    )])
    .unwrap();
    let back = dossier(&[
        ("/request/kind", json!("rollback")),
        ("/request/rollback_of", json!("CHG-20261204-7K3Q")),
    ]);
    let decision = judge(&bundle, &back, Vec::new()).unwrap();
    assert_eq!(decision.word, Word::Pass);
    assert_eq!(
        (
            decision.findings[0].message.key.as_str(),
            decision.findings[0].effect
        ),
        ("AVL-03.rollback", Effect::Info)
    );
}

/// Loads the shipped rules with one setting; the field that is refused and why.
fn set(
    code: &str,
    effect: Option<&str>,
    reason: Option<&str>,
    parameters: Value,
) -> Result<Bundle, (String, String)> {
    let setting = RuleSetting {
        effect: effect.map(str::to_owned),
        reason: reason.map(str::to_owned),
        parameters: serde_json::from_value(parameters).unwrap(),
    };
    let settings = RuleSettings::from([(code.to_owned(), setting)]);
    Bundle::load(&[], &settings, Profile::Small, "0.0.0", Digest::of(b"config")).map_err(
        |error| match error {
            BundleError::Setting { field, message } => (field, message.key),
            other => panic!("{other:?}"),
        },
    )
}

#[test]
fn settings_are_checked_against_the_rule() {
    let none = || json!({});
    for (code, effect, parameters, field, key) in [
        ("XYZ-01", Some("warn"), none(), "rules.XYZ-01", "rules-unknown"),
        ("DEC-02", Some("warn"), none(), "rules.DEC-02", "rules-engine"),
        ("RBK-09", Some("off"), none(), "rules.RBK-09", "rules-engine"),
        ("REC-02", Some("off"), none(), "rules.REC-02", "rules-engine"),
        (
            "ROL-02",
            Some("warn"),
            none(),
            "rules.ROL-02.effect",
            "rules-reason",
        ),
        (
            "ROL-02",
            Some("off"),
            none(),
            "rules.ROL-02.effect",
            "rules-reason",
        ),
        (
            "ROL-02",
            Some("oblige"),
            none(),
            "rules.ROL-02.effect",
            "rules-effect",
        ),
        (
            "ROL-02",
            Some("Deny"),
            none(),
            "rules.ROL-02.effect",
            "rules-effect",
        ),
        (
            "ROL-02",
            None,
            json!({"strict_author": false}),
            "rules.ROL-02.strict_author",
            "rules-unknown-parameter",
        ),
        (
            "ROL-02",
            None,
            json!({"strict_authors": "no"}),
            "rules.ROL-02.strict_authors",
            "rules-type",
        ),
        (
            "RBK-02",
            None,
            json!({"vague": ["a", 3]}),
            "rules.RBK-02.vague[1]",
            "rules-type",
        ),
        (
            "RBK-03",
            None,
            json!({"same_as_executor": {"high": "alow"}}),
            "rules.RBK-03.same_as_executor.high",
            "rules-type",
        ),
        (
            "RBK-03",
            None,
            json!({"same_as_executor": {"hig": "deny"}}),
            "rules.RBK-03.same_as_executor.hig",
            "rules-unknown-field",
        ),
        (
            "RSK-04",
            None,
            json!({"quorum": -1}),
            "rules.RSK-04.quorum",
            "rules-type",
        ),
        (
            "RSK-04",
            None,
            json!({"quorum": "2"}),
            "rules.RSK-04.quorum",
            "rules-type",
        ),
    ] {
        let (found, message) = set(code, effect, None, parameters).expect_err(field);
        assert_eq!((found.as_str(), message.as_str()), (field, key));
    }
    assert_eq!(
        set("ROL-02", Some("warn"), Some("  "), none()).unwrap_err().1,
        "rules-reason"
    );
    assert!(set("ROL-02", Some("warn"), Some("trial"), none()).is_ok());
    assert!(set("ROL-02", Some("deny"), None, none()).is_ok());
}

#[test]
fn added_lists_keep_the_shipped_words() {
    let bundle = set("DEC-03", None, None, json!({"blank_words": "後日"})).unwrap();
    let words = bundle
        .parameter("DEC-03", "blank_words")
        .and_then(Value::as_array)
        .unwrap();
    assert!(words.contains(&json!("TBD")) && words.contains(&json!("後日")));
    let bundle = set(
        "RBK-03",
        None,
        None,
        json!({"same_as_executor": {"medium": "deny"}}),
    )
    .unwrap();
    assert_eq!(
        bundle.parameter("RBK-03", "same_as_executor"),
        Some(&json!({"low": "allow", "medium": "deny", "high": "deny"}))
    );
    assert_eq!(bundle.parameter("RBK-03", "other"), None);
}

#[test]
fn a_profile_brings_its_own_defaults() {
    let solo = Bundle::load(
        &[],
        &RuleSettings::new(),
        Profile::Solo,
        "0.0.0",
        Digest::of(b"config"),
    )
    .unwrap();
    assert_eq!(
        solo.parameter("RBK-03", "same_as_executor"),
        Some(&json!({"low": "allow", "medium": "allow", "high": "warn"}))
    );
    assert_eq!(solo.parameter("RSK-04", "quorum"), Some(&json!(1)));
}

#[test]
fn the_digest_is_of_everything_that_was_loaded() {
    let fine = answering("result := \"pass\" if { input.at } else := \"fail\"");
    let load = |house: &[(String, String)], profile, version: &str, config: &[u8]| {
        Bundle::load(house, &RuleSettings::new(), profile, version, Digest::of(config))
            .unwrap()
            .digest()
    };
    let ours = rule("HSE-01", "house.ours", &fine);
    let spaced = (ours.0.clone(), format!("{}\n", ours.1));
    let digests = [
        load(&[], Profile::Small, "1", b"a"),
        load(&[], Profile::Small, "2", b"a"),
        load(&[], Profile::Small, "1", b"b"),
        load(&[], Profile::Solo, "1", b"a"),
        load(&[ours], Profile::Small, "1", b"a"),
        load(&[spaced], Profile::Small, "1", b"a"),
    ];
    for (i, digest) in digests.iter().enumerate() {
        assert!(!digests[..i].contains(digest), "{i}");
    }
    assert_eq!(digests[0], load(&[], Profile::Small, "1", b"a"));
}

/// The keys of everything that the tests of a house rule show.
fn tested(body: &str, tests: &str) -> Vec<String> {
    let (path, text) = rule("HSE-01", "house.ours", body);
    let tests = format!("package house.ours_test\nimport rego.v1\nimport data.house.ours as rule\n{tests}\n");
    let report = test_run(&[(path, text), ("policies/ours_test.rego".to_owned(), tests)]).unwrap();
    let ours = report.rules.iter().find(|rule| rule.house).unwrap();
    assert_eq!(report.passed(), ours.faults.is_empty());
    ours.faults
        .iter()
        .map(|fault| fault.message.key.clone())
        .collect()
}

#[test]
fn the_tests_of_a_house_rule_are_run_and_attacked() {
    let case = |name: &str, want: &str, risk: &str| {
        format!(
            "cases contains {{\"name\": \"{name}\", \"want\": \"{want}\", \"input\": {{\"change\": {{\"risk\": \"{risk}\", \"type\": \"normal\"}}}}}}\n"
        )
    };
    let sound = answering(
        "result := \"na\" if { input.change.risk == \"medium\" } else := \"pass\" if { input.change.risk == \"low\" } else := \"fail\"",
    );
    let all = case("a", "pass", "low") + &case("b", "fail", "high") + &case("c", "na", "medium");
    assert_eq!(tested(&sound, &all), [""; 0]);
    assert_eq!(
        tested(&sound, &case("a", "pass", "low")),
        ["test-never-seen", "test-never-seen"]
    );
    assert_eq!(
        tested(&sound, &(all.clone() + &case("d", "pass", "high"))),
        ["test-answer"]
    );
    assert_eq!(
        tested(&sound, &(all.clone() + "test_no if 1 == 2")),
        ["test-failed"]
    );
    assert_eq!(
        tested(&sound, &(all.clone() + "test_no := false")),
        ["test-failed"]
    );
    assert_eq!(tested(&sound, "test_yes if 1 == 1")[0], "test-no-cases");
    let strange = all.replace("\"type\"", "\"tpye\"");
    assert_eq!(tested(&sound, &strange), ["test-unknown-field"; 3]);

    // Passes because nothing was found wrong: just what a misspelt field would give.
    let negative = answering(
        "bad if { input.change.risk == \"high\" }\nresult := \"na\" if { input.change.risk == \"medium\" } else := \"fail\" if { bad } else := \"pass\"",
    );
    let found = tested(&negative, &all);
    assert!(found.contains(&"test-passes-without".to_owned()), "{found:?}");
}

#[test]
fn a_house_rule_without_tests_is_a_fault() {
    let report = test_run(&[rule(
        "HSE-01",
        "house.ours",
        &answering("result := \"pass\" if { input.at } else := \"fail\""),
    )])
    .unwrap();
    assert!(!report.passed());
}
