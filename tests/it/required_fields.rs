//! What a declaration has to say, written down once more and independently.

use sekisho::change::{ChangeType, Risk};
use sekisho::policy::missing_fields;
use serde_json::{Value, json};

fn missing(change_type: ChangeType, risk: Risk, declaration: Value) -> Vec<String> {
    let missing = missing_fields(change_type, risk, declaration.as_object().unwrap());
    missing.into_iter().map(|(field, _)| field).collect()
}

#[test]
fn each_risk_adds_its_fields() {
    let normal = |risk| missing(ChangeType::Normal, risk, json!({}));
    assert_eq!(normal(Risk::Low), ["reason", "references", "rollback", "title"]);
    assert_eq!(
        normal(Risk::Medium),
        [
            "impact.functions",
            "procedure",
            "reason",
            "references",
            "rollback",
            "title",
            "window.end",
            "window.start"
        ]
    );
    assert_eq!(
        normal(Risk::High),
        [
            "impact.functions",
            "impact.security",
            "procedure",
            "reason",
            "references",
            "roles.verifier",
            "rollback",
            "title",
            "window.end",
            "window.start"
        ]
    );
}

#[test]
fn each_kind_of_work_by_hand_adds_its_details() {
    let table: &[(&str, &[&str])] = &[
        ("code", &[]),
        ("certificate", &["names", "not_after_new", "not_after_old"]),
        ("dns", &["new", "old", "record", "ttl_now", "type", "zone"]),
        ("cdn", &["distribution", "new", "old", "setting"]),
        ("waf", &["acl", "exclusions", "mode", "rule", "scope"]),
        (
            "pricing",
            &["ends_at", "items", "new_file", "old_file", "starts_at", "tax"],
        ),
        (
            "external_api",
            &["cutoff_at", "from_version", "to_version", "vendor"],
        ),
        (
            "patch",
            &[
                "advisory",
                "component",
                "from",
                "restart_needed",
                "severity",
                "to",
            ],
        ),
        (
            "database",
            &["backward_compatible", "locks_expected", "migrations", "rows"],
        ),
        (
            "access",
            &["from", "permission", "subject", "ticket", "to", "until"],
        ),
        (
            "job",
            &[
                "idempotent",
                "job",
                "rerun_procedure",
                "schedule_new",
                "schedule_old",
            ],
        ),
        ("monitoring", &["alert", "new", "old", "recipients"]),
    ];
    for (kind, wanted) in table {
        for delivery in ["manual", "mixed", "pipeline"] {
            let asked = missing(
                ChangeType::Normal,
                Risk::Low,
                json!({"kind": kind, "delivery": delivery}),
            );
            let details = asked.iter().filter_map(|field| field.strip_prefix("details."));
            let wanted: &[&str] = if delivery == "pipeline" { &[] } else { wanted };
            assert_eq!(details.collect::<Vec<_>>(), wanted, "{kind} {delivery}");
        }
    }
}

#[test]
fn a_standard_change_names_its_template_and_its_way_back() {
    let standard = |declaration| missing(ChangeType::Standard, Risk::Low, declaration);
    assert_eq!(standard(json!({})), ["rollback", "template"]);
    assert_eq!(
        standard(json!({"template": "web", "rollback": {"strategy": "redeploy"}})),
        [""; 0]
    );
    assert_eq!(standard(json!({"standard": {"template": "web"}})), ["rollback"]);
}

#[test]
fn what_says_nothing_is_missing() {
    let title = |title: Value| missing(ChangeType::Normal, Risk::Low, json!({"title": title}));
    for nothing in [json!(null), json!(" \n"), json!([]), json!({})] {
        assert!(title(nothing.clone()).contains(&"title".to_owned()), "{nothing}");
    }
    for something in [json!("a"), json!(["a"]), json!({"a": 1}), json!(0), json!(false)] {
        assert!(
            !title(something.clone()).contains(&"title".to_owned()),
            "{something}"
        );
    }
}
