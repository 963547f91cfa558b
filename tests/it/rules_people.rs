//! The rules about declaration, roles, approval and risk, through the real program.

use serde_json::Value;

use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
  ishii:   {name: Ishii, email: ishii@shop.example, keys: ["{ishii}"]}
  mori:    {name: Mori, email: mori@shop.example, from: 2026-12-05}
executors: [sato, hayashi]
approvers: [hayashi, ishii, mori]
areas:
  texts: {approvers: [ishii], paths: ["texts/**"]}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
vendors:
  parcels: {name: Parcel Post, contact: help@parcels.example, status_url: "https://status.parcels.example"}
  coins: {name: Coins}
windows: {default: always}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

fn shop() -> Stage {
    shop_with(CONFIG)
}

fn shop_with(config: &str) -> Stage {
    let mut stage = Stage::new();
    let mut config = config.to_owned();
    for person in ["sato", "hayashi", "ishii"] {
        let key = stage.key(person);
        config = config.replace(&format!("{{{person}}}"), &key);
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// Declares with these flags in place of the usual ones, and commits with `file` changed.
fn declared_as(stage: &Stage, file: &str, flags: &[&str]) -> String {
    let text = format!("{}\n", flags.join(" "));
    stage.write(file, &text);
    let mut all = vec!["declare"];
    for (flag, usual) in [
        ("--title", "Two"),
        ("--reason", "The page has to say what is true."),
        ("--reference", "#1"),
    ] {
        if !flags.contains(&flag) {
            all.extend([flag, usual]);
        }
    }
    all.extend(flags);
    let done = stage.sekisho("sato", &all).expect(0);
    stage.commit("sato", "A change");
    id_in(&done.out)
}

fn declared(stage: &Stage) -> String {
    declared_as(stage, "app.txt", &[])
}

fn id_in(path: &str) -> String {
    let name = path.trim().rsplit('/').next().unwrap();
    name.trim_end_matches(".yml").to_owned()
}

/// A declaration written by hand, committed with a change of `app.txt`.
fn written(stage: &Stage, id: &str, body: &str) {
    stage.write("app.txt", &format!("{id}\n"));
    let head = "schema: sekisho/declaration/v1\ntitle: Two\nreason: The page has to say what is true.\nreferences: [\"#1\"]\n";
    stage.write(&format!("changes/2026/{id}.yml"), &format!("{head}{body}"));
    stage.commit("sato", "A change");
}

fn gate(stage: &Stage) -> Value {
    gate_by(stage, "sato")
}

fn gate_by(stage: &Stage, person: &str) -> Value {
    stage.sekisho(person, &["gate", "--format", "json"]).json()
}

/// The longest part without values of a sentence, such as that of `DEC-06.short`.
fn sentence(key: &str) -> String {
    let text = std::fs::read_to_string("policies/wording.en.ftl").unwrap();
    let start = format!("{} = ", key.replace('.', "_"));
    let line = text.lines().find_map(|line| line.strip_prefix(&start));
    let line = line.unwrap_or_else(|| panic!("no words for {key}"));
    let parts = line.split(['{', '}']).step_by(2).map(str::trim);
    parts.max_by_key(|part| part.len()).unwrap().to_owned()
}

#[track_caller]
fn assert_finds(answer: &Value, effect: &str, key: &str) {
    let (code, _) = key.split_once('.').unwrap();
    let words = sentence(key);
    let found = answer["findings"].as_array().unwrap().iter().any(|finding| {
        finding["code"] == code
            && finding["effect"] == effect
            && finding["message"].as_str().unwrap().contains(&words)
    });
    assert!(found, "{effect} {key} ({words}) is not in {answer:#}");
}

#[track_caller]
fn assert_silent(answer: &Value, code: &str) {
    let findings = answer["findings"].as_array().unwrap();
    assert!(
        findings.iter().all(|finding| finding["code"] != code),
        "{code} in {answer:#}"
    );
}

/// What the gate looks at now.
fn case(stage: &Stage) -> Value {
    stage.sekisho("sato", &["gate", "--save-dossier", "case.json"]);
    let case = serde_json::from_str(&stage.read("case.json")).unwrap();
    std::fs::remove_file(stage.path("case.json")).unwrap();
    case
}

/// The open obligations that the next gate sees, as `KIND OWNER`.
fn open(stage: &Stage) -> Vec<String> {
    let case = case(stage);
    let all = case["standing"]["obligations"].as_array().unwrap();
    all.iter()
        .map(|owed| {
            format!(
                "{} {}",
                owed["kind"].as_str().unwrap(),
                owed["owner"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn a_commit_that_nobody_declared_is_made_anew_and_takes_its_place() {
    let stage = shop();
    let base = stage.git("sato", &["rev-parse", "HEAD"]).trim().to_owned();
    stage.write("app.txt", "two\n");
    let undeclared = stage.commit("sato", "Nobody declared this");
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "DEC-01.undeclared");
    assert_finds(&answer, "info", "DEC-01.way_out");
    let text = stage.sekisho("sato", &["gate"]).expect(1).out;
    assert!(
        text.contains(&format!("git switch -c again {}", &base[..12])),
        "{text}"
    );
    assert!(text.contains("git merge -s ours"), "{text}");

    // A declaration on top, or a revert, clears nothing: the step stays.
    declared_as(&stage, "note.txt", &[]);
    assert_finds(&gate(&stage), "deny", "DEC-01.declared_later");
    stage.git("sato", &["reset", "-q", "--hard", &undeclared]);
    stage.git("sato", &["revert", "--no-edit", "HEAD"]);
    assert_finds(&gate(&stage), "deny", "DEC-01.undeclared");
    stage.git("sato", &["reset", "-q", "--hard", &undeclared]);

    stage.git("sato", &["switch", "-q", "-c", "again", &base[..12]]);
    stage.git("sato", &["cherry-pick", "-n", &undeclared]);
    let done = stage.sekisho(
        "sato",
        &[
            "declare",
            "--title",
            "Two",
            "--reason",
            "It is wanted after all, and now declared.",
            "--reference",
            "#1",
        ],
    );
    let id = id_in(&done.expect(0).out);
    stage.commit("sato", "Two, declared");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.git(
        "sato",
        &[
            "merge",
            "-q",
            "-s",
            "ours",
            "-m",
            "Takes the place of main",
            "main",
        ],
    );
    stage.git("sato", &["switch", "-q", "main"]);
    stage.git("sato", &["merge", "-q", "--ff-only", "again"]);
    assert_eq!(stage.read("app.txt"), "two\n");
    let answer = gate(&stage);
    assert_eq!(answer["decision"], "pass", "{answer:#}");
}

#[test]
fn a_commit_that_nobody_declared_is_taken_back_by_merging_nothing() {
    let stage = shop();
    stage.write("app.txt", "two\n");
    stage.commit("sato", "Nobody declared this");
    stage.sekisho("sato", &["gate"]).expect(1);
    stage.git("sato", &["switch", "-q", "-c", "again", "HEAD~1"]);
    stage.git(
        "sato",
        &["merge", "-q", "-s", "ours", "-m", "Takes it back", "main"],
    );
    stage.git("sato", &["switch", "-q", "main"]);
    stage.git("sato", &["merge", "-q", "--ff-only", "again"]);
    assert_eq!(stage.read("app.txt"), "one\n");
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn a_commit_that_names_a_finished_change_is_told_the_way_out() {
    let stage = shop();
    let id = declared(&stage);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    stage.write("app.txt", "three\n");
    let late = stage.commit("sato", &format!("More\n\nChange: {id}"));
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "DEC-01.closed");
    assert_finds(&answer, "info", "DEC-01.way_out");

    stage.git("sato", &["switch", "-q", "-c", "again", "HEAD~1"]);
    stage.git("sato", &["cherry-pick", "-n", &late]);
    let next = declared_as(&stage, "note.txt", &[]);
    stage.sekisho("ishii", &["approve", &next]).expect(0);
    stage.git(
        "sato",
        &[
            "merge",
            "-q",
            "-s",
            "ours",
            "-m",
            "Takes the place of main",
            "main",
        ],
    );
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn a_reason_of_a_word_and_a_reference_to_nothing() {
    let stage = shop();
    declared_as(
        &stage,
        "app.txt",
        &["--reason", "Because.", "--reference", "chat"],
    );
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "DEC-06.short");
    assert_finds(&answer, "deny", "DEC-06.vague");
}

#[test]
fn a_placeholder_is_said_once() {
    let stage = shop();
    written(&stage, "CHG-20261201-AAAA", "");
    let file = "changes/2026/CHG-20261201-AAAA.yml";
    let text = stage
        .read(file)
        .replace("The page has to say what is true.", "TBD");
    stage.write(file, &text);
    stage.commit("sato", "More");
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "DEC-03.placeholder");
    assert_silent(&answer, "DEC-06");
}

#[test]
fn a_template_that_was_not_filled_in_is_told_once() {
    let stage = shop();
    written(&stage, "CHG-20261201-AAAA", "");
    let file = "changes/2026/CHG-20261201-AAAA.yml";
    let text = stage
        .read(file)
        .replace("The page has to say what is true.", "\"<why it is needed>\"");
    stage.write(file, &text);
    stage.commit("sato", "More");
    let done = stage.sekisho("sato", &["check"]).expect(1);
    assert_eq!(
        done.out.matches("holds a placeholder").count(),
        1,
        "{}",
        done.both()
    );
    assert!(!done.out.contains("still to be filled in"), "{}", done.both());
    // Without the gate's finding, the file's own fault stands.
    let done = stage.sekisho("sato", &["check", file]).expect(1);
    assert!(done.out.contains("still to be filled in"), "{}", done.both());
}

#[test]
fn an_incident_in_a_normal_change() {
    let stage = shop();
    let body = "type: normal\nemergency: {incident: \"#9\", grounds: outage, measure: restart}\n";
    written(&stage, "CHG-20261201-AAAA", body);
    assert_finds(&gate(&stage), "deny", "DEC-07.emergency_block");
}

#[test]
fn a_result_that_is_watched_for_a_minute() {
    let stage = shop();
    written(&stage, "CHG-20261201-AAAA", "verification: {observe_for: 1m}\n");
    assert_finds(&gate(&stage), "deny", "DEC-09.short");
    written(&stage, "CHG-20261201-AAAA", "verification: {observe_for: 10m}\n");
    assert_silent(&gate(&stage), "DEC-09");
}

#[test]
fn a_watch_that_nobody_wrote_is_as_long_as_the_rule_asks() {
    let stage = shop_with(&format!(
        "{CONFIG}rules: {{DEC-09: {{observe_min: {{low: 25m, medium: 45m, high: 2h}}}}}}\n"
    ));
    written(&stage, "CHG-20261201-AAAA", "");
    assert_silent(&gate(&stage), "DEC-09");
}

#[test]
fn a_payment_without_a_party_that_could_be_called() {
    let stage = shop();
    written(&stage, "CHG-20261201-AAAA", "kind: payment\n");
    assert_finds(&gate(&stage), "deny", "DEC-10.missing");
    written(
        &stage,
        "CHG-20261201-AAAA",
        "kind: payment\nimpact: {vendors: [coins]}\n",
    );
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "DEC-10.contact");
    assert_finds(&answer, "deny", "DEC-10.status_page");
    written(
        &stage,
        "CHG-20261201-AAAA",
        "kind: payment\nimpact: {vendors: [parcel]}\n",
    );
    assert_finds(&gate(&stage), "deny", "DEC-10.unknown");
    written(
        &stage,
        "CHG-20261201-AAAA",
        "kind: payment\nimpact: {vendors: [parcels]}\n",
    );
    assert_silent(&gate(&stage), "DEC-10");
}

/// Work by hand at 11:00 to 11:30, complete as far as these rules look.
const BY_HAND: &str = "kind: config\ndelivery: manual\ntargets: [server]\nroles: {executor: sato, verifier: ishii}\n\
    window: {start: 2026-12-01T11:00, end: 2026-12-01T11:30}\n";

#[test]
fn work_by_hand_that_is_declared_when_it_is_over() {
    let mut stage = shop();
    stage.at("2026-12-01T12:10:00+09:00");
    let id = "CHG-20261201-AAAA";
    written(&stage, id, BY_HAND);
    let start = ["start", id, "--format", "json"];
    assert_finds(&stage.sekisho("sato", &start).json(), "deny", "DEC-05.late");
}

#[test]
fn work_by_hand_that_the_log_knew_before_is_not_late() {
    let mut stage = shop();
    let id = "CHG-20261201-AAAA";
    written(&stage, id, BY_HAND);
    stage.sekisho("hayashi", &["approve", id]).expect(0);
    stage.at("2026-12-01T12:10:00+09:00");
    let start = ["start", id, "--format", "json"];
    assert_silent(&stage.sekisho("sato", &start).json(), "DEC-05");
}

#[test]
fn risk_declared_below_what_the_change_is() {
    let stage = shop();
    written(&stage, "CHG-20261201-AAAA", "kind: pricing\nrisk: low\n");
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "RSK-01.below");
    assert_eq!(
        case(&stage)["changes"][0]["risk"],
        "medium",
        "judged at the lowest"
    );
    written(&stage, "CHG-20261201-AAAA", "kind: pricing\n");
    assert_silent(&gate(&stage), "RSK-01");
}

#[test]
fn a_repository_adds_facts_that_raise_the_risk() {
    let config = format!("{CONFIG}rules: {{RSK-01: {{medium_if: [visible]}}}}\n");
    let stage = shop_with(&config);
    written(&stage, "CHG-20261201-AAAA", "impact: {visible: true}\n");
    let answer = gate(&stage);
    assert_eq!(case(&stage)["changes"][0]["risk"], "medium", "{answer:#}");
    assert_silent(&answer, "RSK-01");
}

#[test]
fn a_plan_that_only_leads_onwards_is_high_risk() {
    let stage = shop();
    let body = "rollback: {strategy: forward_fix, steps: [./fix], criteria: [\"5xx > 1%\"], decider: ishii, duration: 5m}\n";
    written(&stage, "CHG-20261201-AAAA", body);
    assert_eq!(case(&stage)["changes"][0]["risk"], "high");
}

#[test]
fn at_high_risk_silence_about_security_is_pointed_out() {
    let stage = shop();
    written(&stage, "CHG-20261201-AAAA", "risk: high\n");
    assert_finds(&gate(&stage), "warn", "RSK-03.silent");
    written(
        &stage,
        "CHG-20261201-AAAA",
        "risk: high\nimpact: {security: none}\n",
    );
    assert_finds(&gate(&stage), "warn", "RSK-03.silent");
    let said = "risk: high\nimpact: {security: \"none: only the order of the menu changes\"}\n";
    written(&stage, "CHG-20261201-AAAA", said);
    assert_silent(&gate(&stage), "RSK-03");
}

#[test]
fn one_approval_of_texts_for_texts_and_server() {
    let stage = shop();
    stage.write("texts/page.txt", "hello\n");
    let id = declared(&stage);
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    let answer = gate(&stage);
    assert_eq!(answer["decision"], "pass", "Ishii approves both: {answer:#}");

    let stage = shop_with(&CONFIG.replace("approvers: [hayashi, ishii, mori]", "approvers: [hayashi]"));
    stage.write("texts/page.txt", "hello\n");
    let id = declared(&stage);
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "ROL-03.elsewhere");
    assert!(answer.to_string().contains("Hayashi"), "{answer:#}");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(gate(&stage)["decision"], "pass");
}

#[test]
fn general_approval_of_an_area_that_is_closed() {
    let stage = shop_with(&CONFIG.replace("approvers: [hayashi, ishii, mori]", "approvers: [hayashi]"));
    stage.write("texts/page.txt", "hello\n");
    let id = declared(&stage);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_finds(&gate(&stage), "deny", "ROL-03.area");
}

#[test]
fn executor_who_checks_himself() {
    let stage = shop();
    written(
        &stage,
        "CHG-20261201-AAAA",
        "risk: high\nroles: {executor: sato, verifier: sato}\n",
    );
    assert_finds(&gate(&stage), "deny", "ROL-04.executor");
    // A missing verifier is asked for once.
    written(
        &stage,
        "CHG-20261201-AAAA",
        "risk: high\nroles: {executor: sato}\n",
    );
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "DEC-02.missing");
    assert_silent(&answer, "ROL-04");
}

#[test]
fn deployment_by_somebody_else_than_declared() {
    let stage = shop();
    let id = declared_as(&stage, "app.txt", &["--executor", "sato"]);
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    assert_finds(&gate_by(&stage, "hayashi"), "deny", "ROL-05.differs");
    assert_eq!(gate(&stage)["decision"], "pass");
}

#[test]
fn an_executor_whom_nobody_knows_is_said_once() {
    let stage = shop();
    written(&stage, "CHG-20261201-AAAA", "roles: {executor: satoo}\n");
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "DEC-04.nobody");
    assert_silent(&answer, "ROL-01");
}

#[test]
fn approver_entered_before_their_first_day() {
    let mut stage = shop();
    let id = declared(&stage);
    let flags = [
        "approve",
        &id,
        "--for",
        "mori",
        "--channel",
        "phone",
        "--evidence",
        "Said yes at ten",
    ];
    stage.sekisho("sato", &flags).expect(0);
    stage.at("2026-12-07T10:00:00+09:00");
    assert_finds(&gate(&stage), "deny", "ROL-08.approver");
}

#[test]
fn approval_that_outlived_its_reason() {
    let mut stage = shop();
    let id = declared(&stage);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.at("2027-01-05T10:00:00+09:00");
    let answer = gate(&stage);
    assert_finds(&answer, "deny", "APP-03.too_old");
    assert_silent(&answer, "APP-01");
    // A younger approval that is enough by itself leaves the old one alone.
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    assert_eq!(gate(&stage)["decision"], "pass");
}

#[test]
fn the_same_person_looks_again_and_the_approval_is_fresh() {
    let mut stage = shop();
    let id = declared(&stage);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.at("2027-01-05T10:00:00+09:00");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(gate(&stage)["decision"], "pass");
}

#[test]
fn a_change_that_waits_for_a_week_says_for_whom() {
    let mut stage = shop();
    declared(&stage);
    assert_silent(&gate(&stage), "APP-05");
    stage.at("2026-12-08T10:00:00+09:00");
    let answer = gate(&stage);
    assert_finds(&answer, "info", "APP-05.waiting");
    assert_finds(&answer, "deny", "APP-01.missing");
}

#[test]
fn a_length_of_time_stays_one() {
    let stage = shop();
    let config = format!(
        "{}rules: {{APP-05: {{limit: soon}}}}\n",
        stage.read("sekisho.yml")
    );
    stage.write("sekisho.yml", &config);
    let done = stage.sekisho("sato", &["check"]).expect(1);
    assert!(done.out.contains("sekisho.yml:"), "{}", done.both());
    assert!(
        done.out.contains("3bd") || done.out.contains("2bd"),
        "{}",
        done.both()
    );
}

const SOLO: &str = r#"version: 1
profile: solo
language: en
people:
  sato: {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  toma: {name: Toma, email: toma@studio.example}
executors: [sato]
approvers: [toma]
approval: {outside_reviewers: [toma]}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: sato, duration: 5m}
templates:
  pages: {paths: ["pages/**"]}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

const REVIEWED: [&str; 6] = [
    "--for",
    "toma",
    "--channel",
    "chat",
    "--evidence",
    "Read it on Monday, fine",
];

#[test]
fn one_person_alone_waits_and_owes_a_look_from_outside() {
    let mut stage = shop_with(SOLO);
    let id = declared(&stage);
    let answer = gate(&stage);
    assert_eq!(answer["decision"], "deny");
    assert_finds(&answer, "deny", "ROL-06.cooling_off");

    stage.at("2026-12-01T10:30:00+09:00");
    let answer = gate(&stage);
    assert_eq!(answer["decision"], "pass_with_obligations", "{answer:#}");
    assert!(
        open(&stage).contains(&"outside_review toma".to_owned()),
        "{answer:#}"
    );

    // Sato's own approval is nobody's look from outside; Toma's is.
    stage.at("2026-12-03T10:00:00+09:00");
    stage.sekisho("sato", &["approve", &id]).expect(0);
    assert!(open(&stage).contains(&"outside_review toma".to_owned()));
    stage
        .sekisho("sato", &[&["approve", id.as_str()], &REVIEWED[..]].concat())
        .expect(0);
    assert!(!open(&stage).iter().any(|owed| owed.starts_with("outside_review")));
}

#[test]
fn a_look_from_outside_before_leaves_nothing_owed() {
    let stage = shop_with(SOLO);
    let id = declared(&stage);
    stage
        .sekisho("sato", &[&["approve", id.as_str()], &REVIEWED[..]].concat())
        .expect(0);
    let answer = gate(&stage);
    // What was written down for the reviewer is theirs to confirm.
    assert_eq!(answer["decision"], "pass_with_obligations", "{answer:#}");
    assert!(!open(&stage).iter().any(|owed| owed.starts_with("outside_review")));
}

#[test]
fn a_change_from_a_template_owes_the_look_from_outside_too() {
    let mut stage = shop_with(SOLO);
    stage.write("pages/index.html", "hello\n");
    stage.commit("sato", "A page");
    stage.at("2026-12-01T10:45:00+09:00");
    assert_eq!(gate(&stage)["decision"], "pass_with_obligations");
    assert!(open(&stage).contains(&"outside_review toma".to_owned()));
    stage
        .sekisho("sato", &[&["approve", "HEAD~1..HEAD"], &REVIEWED[..]].concat())
        .expect(0);
    assert!(!open(&stage).iter().any(|owed| owed.starts_with("outside_review")));
}

/// Work by hand of one person alone, complete.
const BY_HAND_ALONE: &str = "kind: config\ndelivery: manual\ntargets: [server]\nprocedure: docs/server.md\nplan: plan.txt\n\
    tests: [tried on the spare machine]\nroles: {executor: sato, verifier: toma}\n\
    window: {start: 2026-12-01T10:00, end: 2026-12-01T12:00, estimate: 5m}\n\
    verification: {checks: [curl the page], done_when: it answers 200}\nrollback: previous\n";

#[test]
fn the_first_try_of_one_person_alone_begins_the_wait() {
    let mut stage = shop_with(SOLO);
    stage.write("plan.txt", "workers 4\n");
    stage.write("docs/server.md", "Set it, reload, look.\n");
    let id = "CHG-20261201-AAAA";
    written(&stage, id, BY_HAND_ALONE);
    let start = ["start", id, "--format", "json"];
    stage.at("2026-12-01T10:40:00+09:00");
    let answer = stage.sekisho("sato", &start).json();
    assert_finds(&answer, "deny", "ROL-06.cooling_off");
    let denials = answer["findings"].as_array().unwrap().iter();
    assert_eq!(denials.filter(|f| f["effect"] == "deny").count(), 1, "{answer:#}");
    stage.at("2026-12-01T11:10:00+09:00");
    let answer = stage.sekisho("sato", &start).json();
    assert_eq!(answer["decision"], "pass_with_obligations", "{answer:#}");
}

#[test]
fn the_share_of_what_nobody_approved_is_watched() {
    let mut stage = shop_with(&format!("{SOLO}rules: {{ROL-06: {{max_share: 50}}}}\n"));
    let id = declared(&stage);
    stage.at("2026-12-01T10:30:00+09:00");
    assert_silent(&gate(&stage), "ROL-06");
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    declared_as(&stage, "note.txt", &[]);
    stage.at("2026-12-01T11:30:00+09:00");
    let answer = gate(&stage);
    assert_finds(&answer, "warn", "ROL-06.share");
    assert_eq!(answer["decision"], "pass_with_obligations");
}

#[test]
fn profiles_say_how_strict_these_rules_are() {
    use sekisho::change::Digest;
    use sekisho::config::{Profile, RuleSettings};
    use sekisho::policy::Bundle;

    let parameter = |profile, code, name| {
        let bundle = Bundle::load(&[], &RuleSettings::new(), profile, "0", Digest::of(b"")).unwrap();
        bundle.parameter(code, name).cloned().unwrap()
    };
    assert_eq!(parameter(Profile::Small, "RSK-03", "if_silent"), "warn");
    assert_eq!(parameter(Profile::Audited, "RSK-03", "if_silent"), "deny");
    assert_eq!(parameter(Profile::Solo, "ROL-04", "same_as_executor"), "warn");
    assert_eq!(parameter(Profile::Audited, "ROL-04", "same_as_executor"), "deny");
    assert_eq!(parameter(Profile::Solo, "ROL-06", "max_share"), 100);
    assert_eq!(parameter(Profile::Small, "ROL-06", "max_share"), 25);
}
