//! Freezes that people declare: they hold at once, end, and are lifted by nobody but their owner.

use serde_json::json;

use crate::grants::forged;
use crate::support::port::{codes, normal, port};
use crate::support::stage::{Done, Stage};

const WHY: &str = "The database is being repaired until tonight";

fn freeze(stage: &Stage, person: &str, flags: &[&str]) -> Done {
    let mut all = vec!["freeze", "--reason", WHY];
    all.extend(flags);
    stage.sekisho(person, &all)
}

fn gate(stage: &Stage, code: i32) -> Done {
    let flags = ["gate", "--service", "minato-ec", "--format", "json"];
    stage.sekisho("sato", &flags).expect(code)
}

#[test]
fn a_freeze_holds_at_once_and_its_owner_excepts_from_it_and_lifts_it() {
    let stage = port();
    let id = normal(&stage, "minato-ec", "app.txt", "two\n");
    let done = freeze(&stage, "kudo", &["--until", "6h"]).expect(0);
    insta::assert_snapshot!("freeze_declared_en", done.out);
    let name = done.out.split_whitespace().next().unwrap().to_owned();
    let denied = gate(&stage, 1).json();
    assert_eq!(codes(&denied, "deny"), ["SCH-02"], "{denied:#}");
    for page in [
        &["freeze"][..],
        &["freeze", "--calendar"],
        &["due"],
        &["due", "--format", "markdown"],
    ] {
        let page = stage.sekisho("sato", page).expect(0);
        assert!(
            page.out.contains(&name) && page.out.contains(WHY),
            "{}",
            page.both()
        );
    }
    let japanese = stage
        .sekisho_with("sato", &["freeze"], &[("SEKISHO_LANG", "ja")])
        .expect(0);
    assert!(japanese.out.contains("全面凍結"), "{}", japanese.both());
    let grant = [
        "grant",
        "SCH-02",
        &id,
        "--service",
        "minato-ec",
        "--until",
        "1h",
        "--reason",
        WHY,
    ];
    stage.sekisho("kudo", &grant).expect(0);
    gate(&stage, 0);
    stage.sekisho("sato", &["verify", "--replay"]).expect(0);

    let lift = ["freeze", "--lift", &name, "--reason", "The database is repaired"];
    stage.sekisho("kudo", &lift).expect(0);
    let page = stage.sekisho("sato", &["freeze"]).expect(0);
    assert!(!page.out.contains(&name), "{}", page.both());
    stage.sekisho("kudo", &lift).expect(2);
}

#[test]
fn a_freeze_ends_by_itself_and_holds_only_what_it_names() {
    let mut stage = port();
    normal(&stage, "minato-ec", "app.txt", "two\n");
    freeze(&stage, "kudo", &["--until", "6h", "--service", "minato-blog"]).expect(0);
    freeze(&stage, "kudo", &["--until", "6h", "--area", "dns"]).expect(0);
    gate(&stage, 0);
    normal(&stage, "minato-ec", "app.txt", "three\n");
    freeze(&stage, "kudo", &["--until", "2h"]).expect(0);
    gate(&stage, 1);
    stage.at("2026-11-20T20:00:01+09:00");
    gate(&stage, 0);
}

#[test]
fn what_had_passed_is_not_started_into_a_freeze() {
    let stage = port();
    let id = normal(&stage, "minato-ec", "app.txt", "two\n");
    gate(&stage, 0);
    freeze(&stage, "kudo", &["--until", "6h"]).expect(0);
    let late = stage
        .sekisho("sato", &["start", &id, "--service", "minato-ec"])
        .expect(2);
    assert!(late.err.contains("was declared since"), "{}", late.both());
}

#[test]
fn freeze_lifted_by_a_stranger() {
    let mut stage = port();
    stage.at("2026-12-01T09:30:00+09:00");
    normal(&stage, "minato-ec", "app.txt", "two\n");
    let done = freeze(&stage, "kudo", &["--until", "6h"]).expect(0);
    let name = done.out.split_whitespace().next().unwrap();
    for person in ["sato", "tanaka"] {
        let lift = [
            "freeze",
            "--lift",
            name,
            "--reason",
            "It is in the way of my work",
        ];
        let refused = stage.sekisho(person, &lift).expect(2);
        assert!(refused.err.contains("kudo"), "{}", refused.both());
    }
    // Past the program, with a good key.
    let seq: u64 = name.trim_start_matches("freeze-").parse().unwrap();
    stage.at("2026-12-01T10:05:00+09:00");
    forged(&stage, "tanaka", "freeze.lifted/1", &json!({"freeze": seq}));
    gate(&stage, 1);
    // One of the configuration ends through the gate.
    let lift = [
        "freeze",
        "--lift",
        "nenmatsu-2026",
        "--reason",
        "We want to go on working",
    ];
    let refused = stage.sekisho("kudo", &lift).expect(2);
    assert!(refused.err.contains("sekisho.yml"), "{}", refused.both());
}

#[test]
fn freeze_by_somebody_who_decides_nothing() {
    let mut stage = port();
    normal(&stage, "minato-ec", "app.txt", "two\n");
    for (person, flags) in [
        ("mori", &["--until", "6h"][..]),
        ("kudo", &["--until", "6h", "--owner", "mori"]),
        ("kudo", &["--until", "6h", "--owner", "nobody"]),
    ] {
        let refused = freeze(&stage, person, flags).expect(2);
        assert!(refused.err.contains("kudo"), "{}", refused.both());
    }
    let body = json!({"kind": "hard", "from": "2026-11-20T00:00:00Z", "to": "2026-12-20T00:00:00Z",
        "owner": "person:mori", "areas": [], "services": []});
    stage.at("2026-12-01T10:05:00+09:00");
    forged(&stage, "mori", "freeze.declared/1", &body);
    gate(&stage, 0);
}

#[test]
fn freeze_that_never_ends() {
    let stage = port();
    normal(&stage, "minato-ec", "app.txt", "two\n");
    for (flags, said) in [
        (&["--until", "15d"][..], "Is that meant?"),
        (&["--until", "91d", "--long"], "at most 90 days"),
        (&["--until", "2026-11-20T17:00"], "begins"),
        (
            &["--from", "2026-11-25T10:00", "--until", "2026-11-24T10:00"],
            "before it begins",
        ),
        (
            &["--from", "2026-11-19T10:00", "--until", "2026-11-19T12:00"],
            "is over",
        ),
        (&["--until", "tomorrow"], "neither a time nor"),
        (&["--until", "6h", "--area", "moon"], "no area moon"),
        (&["--until", "6h", "--service", "moon"], "moon"),
    ] {
        let refused = freeze(&stage, "kudo", flags).expect(2);
        assert!(refused.err.contains(said), "{said}\n{}", refused.both());
    }
    gate(&stage, 0);
    freeze(&stage, "kudo", &["--until", "15d", "--long"]).expect(0);
}

#[test]
fn unusually_long_freeze_is_questioned_at_a_terminal() {
    let stage = port();
    let flags = ["freeze", "--until", "20d", "--reason", WHY];
    let mut terminal = stage.at_terminal("kudo", &flags);
    terminal.answers("20 days", "20");
    terminal.ends(0);
}
