//! What a change brings along: the rules CON, over dossiers and through the program.

use sekisho::policy::Effect;
use serde_json::{Value, json};

use crate::rules_rollback::{codes, decided, refused, shop};
use crate::support::stage::Stage;

const CONTENT: &str = "/changes/0/facts/content";

/// Writes and commits a declaration with `extra` lines beside the files that were written.
fn declare(stage: &Stage, extra: &str) {
    let text = format!(
        "schema: sekisho/declaration/v1\ntitle: New page\nreason: The page has to say what is true.\nreferences: \"#1\"\n{extra}"
    );
    stage.write("changes/CHG-20261201-AAAA.yml", &text);
    stage.commit("sato", "New page");
}

fn gate(stage: &Stage) -> Value {
    stage.sekisho("sato", &["gate", "--format", "json"]).json()
}

#[test]
fn each_of_them_stops_by_itself() {
    let content = |name: &str| format!("{CONTENT}/{name}");
    let second =
        json!({"first": "b1", "last": "b2", "content": sekisho::change::Digest::of(b"later").to_string()});
    let first = crate::judge::document()["changes"][0]["units"][0].clone();
    let table: &[(&str, &[(&str, Value)])] = &[
        (
            "CON-01.part",
            &[
                ("/changes/0/units", json!([first, second])),
                ("/changes/0/facts/approved_by", json!(0)),
            ],
        ),
        (
            "CON-02.outside",
            &[
                (&content("paths_declared"), json!(true)),
                ("/changes/0/facts/paths_outside", json!(["src/pay.ts"])),
                ("/changes/0/facts/paths_outside_count", json!(1)),
            ],
        ),
        (
            "CON-03.undeclared",
            &[
                (&content("sensitive"), json!(["pricing"])),
                (&content("undeclared"), json!(["pricing"])),
            ],
        ),
        (
            "CON-04.missing",
            &[
                (&content("plan"), json!("missing")),
                ("/changes/0/declaration/plan", json!("data/x.csv")),
            ],
        ),
        (
            "CON-04.empty",
            &[
                (&content("plan"), json!("empty")),
                ("/changes/0/declaration/plan", json!("data/x.csv")),
            ],
        ),
    ];
    for (key, bent) in table {
        assert!(
            decided(bent).contains(&(Effect::Deny, (*key).to_owned())),
            "{key}"
        );
    }
}

#[test]
fn file_that_rides_along_with_a_declared_one() {
    let stage = shop("");
    stage.write("pages/new.html", "new\n");
    stage.write("src/pay.ts", "steal()\n");
    declare(&stage, "targets: [{paths: [\"pages/**\"]}]\n");
    let answer = gate(&stage);
    assert!(
        codes(&answer, "deny").contains(&"CON-02".to_owned()),
        "{answer:#}"
    );
    let text = answer.to_string();
    assert!(text.contains("src/pay.ts"), "{answer:#}");
    assert!(
        !text.contains("outside what this change declares: changes/"),
        "{answer:#}"
    );
    stage.git("sato", &["rm", "-q", "src/pay.ts"]);
    stage.git("sato", &["commit", "-q", "--amend", "--no-edit"]);
    assert!(!codes(&gate(&stage), "deny").contains(&"CON-02".to_owned()));
}

#[test]
fn what_the_repository_tolerates_may_ride_along() {
    let stage = shop("rules: {CON-02: {tolerate: [\"*.lock\"]}}\n");
    stage.write("pages/new.html", "new\n");
    stage.write("all.lock", "1\n");
    declare(&stage, "targets: [{paths: [\"pages/**\"]}]\n");
    assert!(!codes(&gate(&stage), "deny").contains(&"CON-02".to_owned()));
    let (key, field) = refused("CON-02", "tolerate", json!(["a[", "b"]));
    assert_eq!(
        (key.as_str(), field.as_str()),
        ("rules-glob", "rules.CON-02.tolerate[0]")
    );
}

#[test]
fn sensitive_area_hidden_behind_another_kind_of_work() {
    let stage = shop("areas: {pricing: {owners: [ishii], paths: [\"data/prices*\"]}}\n");
    stage.write("data/prices.csv", "tea,1\n");
    declare(&stage, "kind: content\n");
    let hidden = gate(&stage);
    assert!(
        codes(&hidden, "deny").contains(&"CON-03".to_owned()),
        "{hidden:#}"
    );
    for named in [
        "kind: pricing\n",
        "kind: content\ntargets: [{area: pricing}]\n",
        "",
    ] {
        stage.git("sato", &["reset", "-q", "--hard", "HEAD~1"]);
        stage.write("data/prices.csv", "tea,1\n");
        declare(&stage, named);
        let answer = gate(&stage);
        assert!(
            !codes(&answer, "deny").contains(&"CON-03".to_owned()),
            "{named}: {answer:#}"
        );
    }
}

#[test]
fn work_by_hand_whose_expected_difference_is_not_there() {
    let stage = shop("");
    declare(&stage, "kind: dns\ndelivery: manual\nplan: zones/shop.txt\n");
    let start = || stage.sekisho("sato", &["start", "CHG-20261201-AAAA"]);
    let none = start().expect(1);
    assert!(none.both().contains("CON-04"), "{}", none.both());
    assert!(none.both().contains("zones/shop.txt"), "{}", none.both());
    stage.write("zones/shop.txt", " \n");
    stage.commit("sato", "Empty");
    let empty = start().expect(1);
    assert!(empty.both().contains("is empty"), "{}", empty.both());
    stage.write("zones/shop.txt", "www A 192.0.2.7\n");
    stage.commit("sato", "The zone");
    let there = start().expect(1);
    assert!(!there.both().contains("CON-04"), "{}", there.both());
}
