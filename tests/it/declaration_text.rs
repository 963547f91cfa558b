//! Declarations: text to value and back, and every fault at its place.

use jiff::tz::TimeZone;
use proptest::prelude::*;
use sekisho::change::text::Document;
use sekisho::change::text::declaration::{read, to_value, write};
use sekisho::change::{
    Announcement, Backup, ChangeType, Contact, Declaration, Emergency, Followup, ForwardFix, Impact, Kind,
    PersonKey, Rollback, RollbackChoice, Strategy as Way, Target, TestRun, Tested,
};

use crate::yaml_places::marked;

const JA: &str = include_str!("data/seat-plan.yml");

fn tokyo() -> TimeZone {
    TimeZone::get("Asia/Tokyo").unwrap()
}

fn good(text: &str) -> Declaration {
    let document = Document::parse(text).unwrap_or_else(|f| panic!("{text}\n{f:?}"));
    read(&document, &tokyo(), None)
        .unwrap_or_else(|f| panic!("{text}\n{f:?}"))
        .0
}

fn bad(text: &str, stem: Option<&str>) -> String {
    let document = Document::parse(text).unwrap();
    let faults = read(&document, &tokyo(), stem).expect_err("the text was accepted");
    let show = |f: &sekisho::change::text::Fault| {
        let marked = marked(text, f.place.as_ref().unwrap());
        format!("{} [{}]\n{marked}", f.message, f.field)
    };
    faults.iter().map(show).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_declaration_keeps_everything_that_was_written() {
    let read = good(JA);
    assert_eq!(read.roles.approvers, [PersonKey::from("kudo")]);
    assert_eq!(read.references.len(), 1);
    assert_eq!(read.targets[0].resource.as_deref(), Some("hall-admin:seats"));
    assert_eq!(
        read.window.start.unwrap().to_string(),
        "2026-10-05T22:30:00+09:00"
    );
    assert_eq!(read.details.get("scale"), Some(&serde_json::json!("1.50")));
    let Some(RollbackChoice::Stated(plan)) = &read.rollback else {
        panic!("no plan")
    };
    assert_eq!(plan.tested.as_ref().unwrap().at, "2026-09-20");
    assert_eq!(good(&write(&read)), read);
    insta::assert_snapshot!(write(&read));
}

#[test]
fn the_smallest_declaration_and_the_emergency_of_the_command_line() {
    let small = "references: \"#7\"\ntitle: 休館日の追記\nreason: 冬の休館\nschema: sekisho/declaration/v1\n";
    assert_eq!(
        write(&good(small)),
        "schema: sekisho/declaration/v1\ntitle: 休館日の追記\nreason: 冬の休館\nreferences:\n  - \"#7\"\n"
    );
    let emergency = "schema: sekisho/declaration/v1\ntype: emergency\ntitle: 券売機の再起動\nemergency: {measure: restart, grounds: money, detected_at: 2026-10-03T11:05:00+09:00, incident: \"#90\"}\nrollback: {decider: curator, strategy: disable, steps: [\"窓口だけで売る: ./tickets off\"]}\ntargets: {resource: machine-3, service: tickets, environment: production, area: payment}\n";
    let read = good(emergency);
    assert_eq!(read.emergency.as_ref().unwrap().grounds.as_deref(), Some("money"));
    assert_eq!(good(&write(&read)), read);
    let named = "schema: sekisho/declaration/v1\ntemplate: pages\nrollback: last-week\nparams: {page: a.html}\ncontact: desk\n";
    assert_eq!(
        good(named).rollback,
        Some(RollbackChoice::Named("last-week".to_owned()))
    );
}

#[test]
fn every_fault_is_found_at_once_with_what_would_be_right() {
    let text = "schema: sekisho/declaration/v1\ntittle: 表題\nkind: databse\nrisk: extreme\nreason: [a, b]\nroles:\n  executer: ota\n  approvers: [太田 係]\nwindow: {start: 2026-10-05 22:30, end: 9時, estimate: 30}\nimpact: {visible: yes, downtime: 10 minutes}\nrollback:\n  strategy: redeply\n  tested: soon\ndepends_on: [CHG-1]\nplan: ../x.csv\nzzz: 1\n";
    insta::assert_snapshot!(bad(text, None));
}

#[test]
fn the_id_is_the_file_name() {
    let text = "schema: sekisho/declaration/v1\nid: CHG-20261001-3F6H\n";
    let document = Document::parse(text).unwrap();
    let id = "CHG-20261001-3F6H".parse().unwrap();
    assert_eq!(
        read(&document, &tokyo(), Some("CHG-20261001-3F6H")).unwrap().0.id,
        Some(id)
    );
    let only = Document::parse("schema: sekisho/declaration/v1\n").unwrap();
    assert!(
        read(&only, &tokyo(), Some("CHG-20261001-3F6H"))
            .unwrap()
            .0
            .id
            .is_some()
    );
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}",
        bad(text, Some("CHG-20261001-AAAA")),
        bad("title: x\n", Some("seats")),
        bad("schema: sekisho/declaration/v9\ntitle: x\n", None)
    ));
}

#[test]
fn titles_are_one_line_of_eighty_characters() {
    let title = |t: &str| format!("schema: sekisho/declaration/v1\ntitle: \"{t}\"\n");
    assert!(good(&title(&"価".repeat(80))).title.is_some());
    assert!(bad(&title(&"価".repeat(81)), None).starts_with("yaml-too-long"));
    assert!(bad(&title("a\\nb"), None).starts_with("yaml-one-line"));
    assert!(bad(&title(" "), None).starts_with("yaml-empty"));
}

#[test]
fn a_way_back_that_ends_before_the_work_begins_is_a_fault_at_its_place() {
    let text = "schema: sekisho/declaration/v1\nwindow: {start: 2026-12-04T10:00}\nreversible_until: 2026-12-04T10:00\n";
    let fault = bad(text, None);
    assert!(fault.starts_with("yaml-ends-before-start"), "{fault}");
    assert!(fault.contains("[reversible_until]"), "{fault}");
    good(&text.replace(
        "reversible_until: 2026-12-04T10:00",
        "reversible_until: 2026-12-04T10:01",
    ));
}

#[test]
fn the_parts_of_a_way_back_that_has_an_end_are_read_with_their_places() {
    let text = "schema: sekisho/declaration/v1\nrollback:\n  forward_fix: {plan: call them, ovner: kudo}\n  backup: {ref: snap-42, restore_tested: yesterday}\n  tested: {at: 2026-13-01, evidence: run 7}\n";
    let faults = bad(text, None);
    for field in [
        "[rollback.forward_fix.ovner]",
        "[rollback.backup.restore_tested]",
        "[rollback.tested.at]",
    ] {
        assert!(faults.contains(field), "{field}: {faults}");
    }
}

#[test]
fn a_time_that_the_clocks_show_twice_is_a_warning() {
    let document =
        Document::parse("schema: sekisho/declaration/v1\nreversible_until: 2026-10-25T02:30\n").unwrap();
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let (_, warnings) = read(&document, &berlin, None).unwrap();
    assert_eq!(warnings[0].message.key, "yaml-moment-ambiguous");
    assert!(read(&document, &tokyo(), None).unwrap().1.is_empty());
}

/// Texts that are hard on a YAML writer.
fn hostile() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "null",
        "~",
        "yes",
        "no",
        "true",
        "12",
        "1e3",
        "0x1f",
        "09:00",
        "2026-12-04",
        "- a",
        "-",
        "? a",
        "a: b",
        "a:",
        "a #b",
        "#388",
        "'",
        "\"",
        "\\",
        "[a]",
        "{a: b}",
        "a, b",
        "|",
        ">",
        "!x",
        "&x",
        "*x",
        "%x",
        "@x",
        "`x`",
        "---",
        "...",
        "<<",
        "=",
        "日本語: 値",
        "🦀",
        "a\u{2028}b",
        "a\u{85}b",
        "\u{7}",
        "\u{7f}",
        "\u{feff}a",
        "a\nb",
        "a\nb\n",
        "a\n\nb",
        " a",
        "a ",
        "a\n b",
        "\na\nb",
        "a\tb",
        "\ta\nb",
        "a\r\nb",
        "a\r",
        "a\n#b\n- c",
        "a \nb",
        "\u{10ffff}",
        "\u{200b}x",
        "x\u{fffe}",
        "a\n\u{a0}b",
        "\u{3000}",
        "a\u{3000}",
        "１２",
        "..",
        ".5",
        "+1",
        "y",
    ])
    .prop_map(str::to_owned);
    let free = r#"(?s)[ -~\t\n\r漢あ🦀é\u{2028}\u{85}\u{feff}\u{1}'":#\-\[\]{},|>]{1,40}"#;
    prop_oneof![words, free, any::<String>()].prop_filter("blank", |t| !t.trim().is_empty() && t.len() < 500)
}

fn declarations() -> impl Strategy<Value = Declaration> {
    let texts = || prop::collection::vec(hostile(), 0..3);
    let maybe = || prop::option::of(hostile());
    let details = prop::collection::btree_map(
        hostile(),
        prop_oneof![
            hostile().prop_map(serde_json::Value::from),
            (-1000i64..1000).prop_map(serde_json::Value::from),
            any::<bool>().prop_map(serde_json::Value::from),
            Just(serde_json::json!([])),
            Just(serde_json::json!({})),
            Just(serde_json::json!([[1, ["x"]], {"a": {"b": []}}])),
            hostile().prop_map(|t| serde_json::json!([t, {"null": t, "- x": [t]}])),
        ],
        0..3,
    );
    (
        texts(),
        maybe(),
        maybe(),
        texts(),
        texts(),
        details,
        maybe(),
        any::<Option<bool>>(),
        maybe(),
    )
        .prop_map(
            |(references, reason, description, steps, functions, details, salt, visible, resource)| {
                Declaration {
                    change_type: Some(ChangeType::Normal),
                    title: Some("t".to_owned()),
                    kind: Some(Kind::Dns),
                    targets: vec![
                        Target {
                            resource,
                            paths: vec!["db/**".to_owned()],
                            ..Target::default()
                        },
                        Target {
                            resource: Some(references.first().cloned().unwrap_or("r".to_owned())),
                            ..Target::default()
                        },
                    ],
                    reason: reason.clone(),
                    description: description.clone(),
                    impact: Impact {
                        functions,
                        visible,
                        ..Impact::default()
                    },
                    tests: references
                        .iter()
                        .map(|what| TestRun {
                            what: what.clone(),
                            result: description.clone(),
                            evidence: None,
                        })
                        .collect(),
                    followups: references
                        .iter()
                        .map(|what| Followup {
                            what: what.clone(),
                            ..Followup::default()
                        })
                        .collect(),
                    rollback: Some(RollbackChoice::Stated(Box::new(Rollback {
                        strategy: Some(Way::None),
                        decider: Some("kudo".into()),
                        decide_by: Some("2026-12-04T10:20:00+09:00".parse().unwrap()),
                        duration: Some("90s".parse().unwrap()),
                        to: reason.clone(),
                        tested: description.as_ref().map(|_| Tested {
                            at: "2026-09-20".to_owned(),
                            evidence: salt.clone(),
                        }),
                        data_correction: description.clone(),
                        point_of_no_return: reason.clone(),
                        forward_fix: Some(ForwardFix {
                            plan: salt.clone(),
                            owner: visible.map(|_| "kudo".into()),
                        }),
                        backup: visible.map(|tried| Backup {
                            reference: reason.clone(),
                            restore_tested: tried.then(|| "2026-09-19".to_owned()),
                        }),
                        steps,
                        ..Rollback::default()
                    }))),
                    reversible_until: visible.map(|_| "2026-12-05T10:20:00+09:00".parse().unwrap()),
                    contact: Contact {
                        rule: None,
                        announcement: Some(Announcement::default()),
                    },
                    emergency: Some(Emergency::default()),
                    references,
                    salt,
                    details: details.into_iter().collect(),
                    ..Declaration::default()
                }
            },
        )
}

proptest! {
    #[test]
    fn writing_and_reading_lose_nothing(declaration in declarations()) {
        let text = write(&declaration);
        prop_assert_eq!(good(&text), declaration.clone(), "{}", text);
        prop_assert_eq!(write(&good(&text)), text);
        let json = serde_json::to_string(&to_value(&declaration)).unwrap();
        prop_assert_eq!(good(&json), declaration, "{}", json);
    }
}
