//! Work with a deadline: what is shown, what closes it, and who may say that it need not be done.

use serde_json::json;

use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
  ishii:   {name: Ishii, email: ishii@shop.example, keys: ["{ishii}"]}
executors: [sato]
approvers: [hayashi, ishii]
windows: {default: always}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

const WHY: &str = "The outcome was told on the phone";

/// A shop with one deployment whose outcome is owed, and the change's number.
fn owing() -> (Stage, String) {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned();
    for person in ["sato", "hayashi", "ishii"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage.write("app.txt", "two\n");
    let reason = "The page has to say what is true.";
    let flags = [
        "declare",
        "--title",
        "Two",
        "--reason",
        reason,
        "--reference",
        "#1",
    ];
    let done = stage.sekisho("sato", &flags).expect(0);
    stage.commit("sato", "Two");
    let file = done.out.trim().rsplit('/').next().unwrap().to_owned();
    let id = file.trim_end_matches(".yml").to_owned();
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    (stage, id)
}

/// The name of the only open piece of work.
fn only(stage: &Stage) -> String {
    let list = stage.sekisho("sato", &["due", "--format", "json"]).json();
    assert_eq!(list["open"].as_array().unwrap().len(), 1, "{list:#}");
    list["open"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_due_is_said_with_the_command_that_closes_it() {
    let (mut stage, id) = owing();
    let open = stage.sekisho("sato", &["due"]).expect(0);
    let name = only(&stage);
    assert_eq!(
        open.out,
        format!(
            "shop → production\n  2 Dec 18:00, Sato: outcome to record of {id} · #{name}\n    \
             sekisho finish {id} --outcome OUTCOME\n"
        )
    );
    stage.sekisho("sato", &["due", "--overdue"]).expect(0);
    stage.at("2026-12-02T18:00:01+09:00");
    let late = stage.sekisho("sato", &["due", "--overdue"]).expect(1);
    assert!(
        late.out.contains("OVERDUE since 2 Dec 18:00, Sato"),
        "{}",
        late.both()
    );
    stage.sekisho("sato", &["due"]).expect(0);
    // The gate, the change's page and this list say it in the same words.
    let gate = stage.sekisho("sato", &["gate"]).expect(0);
    let sentence = format!("OVERDUE since 2 Dec 18:00, Sato: outcome to record of {id}");
    assert!(
        gate.out.contains(&sentence) && late.out.contains(&sentence),
        "{}",
        gate.both()
    );
    let page = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(
        page.out
            .contains("OVERDUE since 2 Dec 18:00, Sato: outcome to record"),
        "{}",
        page.both()
    );
    let markdown = stage
        .sekisho_with(
            "sato",
            &["due", "--format", "markdown"],
            &[("SEKISHO_LANG", "ja")],
        )
        .expect(0);
    assert_eq!(
        markdown.out,
        format!(
            "## shop → production\n\n- 期限超過\\(12/2 18:00まで\\)/Sato: {id}の結果の記録 · &#35;{name}<br>\
             `sekisho finish {id} --outcome 結果`\n"
        )
    );
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    let done = stage.sekisho("sato", &["due", "--overdue"]).expect(0);
    assert_eq!(done.out, "Nothing is open.\n");
}

#[test]
fn what_is_due_is_told_apart_by_service_and_person() {
    let (stage, _) = owing();
    for (flags, count) in [
        (["--person", "sato"], 1),
        (["--person", "hayashi"], 0),
        (["--service", "shop"], 1),
        (["--service", "other"], 0),
    ] {
        let list = stage.sekisho("sato", &[&["due", "--format", "json"], &flags[..]].concat());
        let list = list.expect(0).json();
        assert_eq!(list["schema"], "sekisho/due/v1");
        assert_eq!(list["open"].as_array().unwrap().len(), count, "{flags:?}");
    }
}

#[test]
fn waiving_takes_two_others_and_is_shown_for_ever() {
    let (mut stage, id) = owing();
    let name = only(&stage);
    let first = stage
        .sekisho("hayashi", &["due", "--waive", &name, "--reason", WHY])
        .expect(0);
    assert!(first.out.contains("Missing: 1 of Ishii"), "{}", first.both());
    stage
        .sekisho("hayashi", &["due", "--waive", &name, "--reason", WHY])
        .expect(0);
    let open = stage.sekisho("sato", &["due"]).expect(0);
    assert!(open.out.contains("waived so far by Hayashi"), "{}", open.both());
    let second = stage
        .sekisho("ishii", &["due", "--waive", &format!("#{name}"), "--reason", WHY])
        .expect(0);
    assert!(!second.out.contains("Missing"), "{}", second.both());
    stage.at("2026-12-05T10:00:00+09:00");
    let list = stage.sekisho("sato", &["due", "--overdue"]).expect(0);
    assert_eq!(list.out, "Nothing is open.\n");
    let gate = stage
        .sekisho("sato", &["gate", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(gate["obligations"]["standing"], json!([]));
    let shown = stage.sekisho("sato", &["due"]).expect(0);
    let waived = format!("Hayashi, Ishii waived what Sato owed shop: outcome to record of {id} · {WHY}");
    assert!(shown.out.contains(&waived), "{}", shown.both());
    let history = stage.sekisho("sato", &["history"]).expect(0);
    assert!(history.out.contains("obligation waived"), "{}", history.both());
    let page = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(page.out.contains("obligation waived"), "{}", page.both());
    stage.sekisho("sato", &["verify"]).expect(0);
    // It stays in the list although the outcome is told in the end.
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    let shown = stage.sekisho("sato", &["due"]).expect(0);
    assert!(shown.out.contains(&waived), "{}", shown.both());
    stage
        .sekisho("ishii", &["due", "--waive", &name, "--reason", WHY])
        .expect(2);
}

#[test]
fn waiver_by_the_one_who_owes_it() {
    let (stage, _) = owing();
    let name = only(&stage);
    let done = stage
        .sekisho("sato", &["due", "--waive", &name, "--reason", WHY])
        .expect(2);
    assert!(done.err.contains("others have to waive it"), "{}", done.both());
    assert_eq!(only(&stage), name);
}

#[test]
fn waiver_of_nothing_or_without_a_reason() {
    let (stage, _) = owing();
    let name = only(&stage);
    for (id, reason) in [("99-1", WHY), ("0", WHY), ("", WHY), (name.as_str(), "no")] {
        stage
            .sekisho("hayashi", &["due", "--waive", id, "--reason", reason])
            .expect(2);
    }
    stage.sekisho("hayashi", &["due", "--waive", &name]).expect(2);
    stage.sekisho("hayashi", &["due", "--reason", WHY]).expect(2);
}

#[test]
fn waivers_written_past_the_program_by_those_who_may_not() {
    let (stage, _) = owing();
    let name = only(&stage);
    let (seq, _) = name.split_once('-').unwrap();
    let body = json!({"opened": seq.parse::<u64>().unwrap(), "nth": 1, "kind": "outcome"});
    for person in ["sato", "hayashi", "hayashi"] {
        crate::grants::forged(&stage, person, "obligation.waived/1", &body);
    }
    assert_eq!(only(&stage), name);
}
