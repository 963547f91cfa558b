//! Windows, collisions and notice, through the real program.

use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
  ishii:   {name: Ishii, email: ishii@shop.example, keys: ["{ishii}"]}
executors: [sato]
approvers: [hayashi, ishii]
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, decider_alternate: ishii, duration: 5m, tested: 2026-11-20}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

/// A repository with a log and one authorised state, on Tuesday at ten.
fn shop(more: &str) -> Stage {
    let mut stage = Stage::new();
    let mut config = format!("{CONFIG}{more}");
    for person in ["sato", "hayashi", "ishii"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.write("docs/work.md", "Do it, look at it.\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// Declares with more flags, and commits with the work; the number.
fn declared(stage: &Stage, flags: &[&str]) -> String {
    stage.write("app.txt", &format!("{flags:?}\n"));
    let base = [
        "declare",
        "--title",
        "Work",
        "--reason",
        "The page has to say what is true.",
        "--reference",
        "#1",
    ];
    let done = stage.sekisho("sato", &[&base[..], flags].concat()).expect(0);
    stage.commit("sato", "Work");
    let path = done.out.trim();
    path.rsplit('/')
        .next()
        .unwrap()
        .trim_end_matches(".yml")
        .to_owned()
}

/// The codes of the gate's findings that stop, with its exit code.
fn denials(stage: &Stage) -> (i32, Vec<String>) {
    let done = stage.sekisho("sato", &["gate", "--format", "json"]);
    let json = done.json();
    let findings = json["findings"].as_array().unwrap_or_else(|| panic!("{json:#}"));
    let stops = findings.iter().filter(|finding| finding["effect"] == "deny");
    let codes = stops.map(|finding| finding["code"].as_str().unwrap_or_default().to_owned());
    (done.code, codes.collect())
}

#[test]
fn outside_business_hours_only_a_declared_window_lets_a_change_out() {
    let mut stage = shop("");
    stage.at("2026-12-01T19:00:00+09:00");
    let id = declared(&stage, &[]);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(denials(&stage), (1, vec!["SCH-01".to_owned()]));
    stage.at("2026-12-02T09:30:00+09:00");
    assert_eq!(denials(&stage), (0, vec![]));
    stage.at("2026-12-02T20:50:00+09:00");
    let id = declared(
        &stage,
        &["--start", "2026-12-02T20:00", "--end", "2026-12-02T21:00"],
    );
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(denials(&stage), (0, vec![]));
}

#[test]
fn last_minutes_of_a_window_leave_no_time_to_go_back() {
    let window = ["--start", "2026-12-01T10:00", "--end", "2026-12-01T11:00"];
    let mut stage = shop("");
    let id = declared(&stage, &window);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.at("2026-12-01T10:55:01+09:00");
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(done.out.contains("the latest start was"), "{}", done.both());
    stage.at("2026-12-01T11:00:01+09:00");
    assert_eq!(denials(&stage), (1, vec!["SCH-01".to_owned()]));

    let mut stage = shop("");
    let id = declared(&stage, &window);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.at("2026-12-01T10:55:00+09:00");
    assert_eq!(denials(&stage), (0, vec![]));
}

#[test]
fn a_night_window_belongs_to_the_day_on_which_it_opens() {
    let mut stage = shop("windows: {default: {days: [tue], from: \"22:00\", to: \"05:00\"}}\n");
    let id = declared(&stage, &[]);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    for (at, code) in [
        ("2026-12-01T21:59:59+09:00", 1),
        ("2026-12-02T04:55:01+09:00", 1),
        ("2026-12-02T05:00:00+09:00", 1),
        ("2026-12-03T02:00:00+09:00", 1),
        ("2026-12-09T02:00:00+09:00", 0),
    ] {
        stage.at(at);
        assert_eq!(denials(&stage).0, code, "{at}");
    }
}

/// What a change of high risk needs besides.
const HIGH: &[&str] = &[
    "--risk",
    "high",
    "--verifier",
    "ishii",
    "--procedure",
    "docs/work.md",
    "--test",
    "tried on staging",
    "--start",
    "2026-12-01T09:00",
    "--end",
    "2026-12-04T23:00",
];

#[test]
fn back_dated_commit_that_would_buy_notice() {
    let mut stage = shop("");
    stage.at("2026-11-20T10:00:00+09:00");
    let id = declared(&stage, HIGH);
    stage.at("2026-12-01T10:00:00+09:00");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(denials(&stage), (1, vec!["SCH-04".to_owned()]));
    stage.at("2026-12-02T17:59:59+09:00");
    assert_eq!(denials(&stage), (1, vec!["SCH-04".to_owned()]));
    stage.at("2026-12-02T18:00:00+09:00");
    assert_eq!(denials(&stage), (0, vec![]));
}

#[test]
fn declaration_edited_after_its_notice_was_given() {
    let mut stage = shop("");
    let id = declared(&stage, HIGH);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.at("2026-12-02T18:30:00+09:00");
    let file = format!("changes/2026/{id}.yml");
    let text = stage.read(&file).replace("what is true", "something else");
    stage.write(&file, &text);
    stage.git("sato", &["commit", "-q", "-a", "--amend", "--no-edit"]);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(denials(&stage), (1, vec!["SCH-04".to_owned()]));
}

#[test]
fn two_windows_on_the_same_thing_collide_until_one_is_over() {
    let mut stage = shop("");
    let window = ["--start", "2026-12-01T10:00", "--end", "2026-12-01T12:00"];
    let filed = [
        "declare",
        "--file",
        "--delivery",
        "pipeline",
        "--title",
        "Other work",
        "--reason",
        "Somebody else works here too.",
        "--reference",
        "#2",
    ];
    let other = stage.sekisho(
        "sato",
        &[
            &filed[..],
            &["--start", "2026-12-01T12:20", "--end", "2026-12-01T13:00"],
        ]
        .concat(),
    );
    let other = other.expect(0).out.trim().to_owned();
    let id = declared(&stage, &window);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(
        done.out.contains("SCH-03") && done.out.contains(&other),
        "{}",
        done.both()
    );
    // Both are made at different hours: half an hour lies between them.
    let done = stage.sekisho("sato", &["check"]);
    assert_eq!(done.code, 1, "{}", done.both());
    stage.at("2026-12-01T10:05:00+09:00");
    let file = format!("changes/2026/{id}.yml");
    let text = stage.read(&file).replace("12:00:00", "11:50:00");
    assert!(text.contains("11:50:00"), "{text}");
    stage.write(&file, &text);
    stage.git("sato", &["commit", "-q", "-a", "--amend", "--no-edit"]);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(denials(&stage), (0, vec![]));
}

#[test]
fn a_length_of_time_takes_no_other_word() {
    let stage = shop("");
    let text = stage.read("sekisho.yml");
    stage.write(
        "sekisho.yml",
        &format!("{text}rules: {{SCH-03: {{buffer: soon}}}}\n"),
    );
    let done = stage.sekisho("sato", &["check"]);
    assert_eq!(done.code, 1, "{}", done.both());
    assert!(done.out.contains("30m, 4h, 7d, 2bd"), "{}", done.both());
    // Two windows lie seconds apart; a day of business would be read as for ever.
    stage.write(
        "sekisho.yml",
        &format!("{text}rules: {{SCH-03: {{buffer: 2bd}}}}\n"),
    );
    let done = stage.sekisho("sato", &["check"]).expect(1);
    let line = text.lines().count() + 1;
    assert!(
        done.out.contains("2bd") && done.out.contains(&format!("sekisho.yml:{line}")),
        "{}",
        done.both()
    );
}
