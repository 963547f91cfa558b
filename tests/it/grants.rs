//! Exceptions: who may make them, for what, and each way to get one that is nobody's to give.

use sekisho::change::PersonKey;
use sekisho::git::GitRepository;
use sekisho::ledger::DamageKind;
use sekisho::ports::{Guard, Signer as _};
use sekisho::sign::{SshKeygen, SshVerifier};
use sekisho::store::SqliteLedger;
use sekisho::usecases::{Actor, Ports, Saying, read_log, write};
use serde_json::{Value, json};

use crate::support::stage::Stage;
use crate::tamper::{log, tanaka};
use crate::written_log::{run, statement};

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
  ishii:   {name: Ishii, email: ishii@shop.example, keys: ["{ishii}"]}
  mori:    {name: Mori, email: mori@shop.example, keys: ["{mori}"]}
executors: [sato, hayashi]
approvers: [hayashi, ishii, mori]
areas:
  pay: {owners: [ishii], paths: ["pay/**"]}
windows: {default: always}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
freezes:
  - {id: sale, kind: hard, from: 2026-12-01T00:00, to: 2026-12-08T00:00, owner: hayashi, reason: The sale}
"#;

const WHY: &str = "The law asks for this text from today on";

/// A shop in a freeze, on Tuesday 1 December 2026 at ten.
fn shop_of(config: &str) -> Stage {
    let mut stage = Stage::new();
    let mut config = config.to_owned();
    for person in ["sato", "hayashi", "ishii", "mori"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

fn shop() -> Stage {
    shop_of(CONFIG)
}

/// Declares and commits a change to `file`; its number.
fn declared(stage: &Stage, file: &str, title: &str, flags: &[&str]) -> String {
    stage.write(file, &format!("{title}\n"));
    let reason = "The page has to say what is true.";
    let mut arguments = vec![
        "declare",
        "--title",
        title,
        "--reason",
        reason,
        "--reference",
        "#1",
    ];
    arguments.extend(flags);
    let done = stage.sekisho("sato", &arguments).expect(0);
    stage.commit("sato", title);
    let file = done.out.trim().rsplit('/').next().unwrap();
    file.trim_end_matches(".yml").to_owned()
}

/// Declared and approved, so that only the freeze stops it.
fn frozen(stage: &Stage) -> String {
    let id = declared(stage, "app.txt", "Two", &[]);
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(1);
    id
}

fn grant<'a>(code: &'a str, change: &'a str) -> [&'a str; 7] {
    ["grant", code, change, "--reason", WHY, "--until", "4h"]
}

#[test]
fn exception_by_a_key_that_was_revoked_since() {
    let mut stage = shop();
    let id = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    assert_eq!(finding(&stage, "SCH-02").0, "warn");
    let key = sekisho::config::fingerprint(&stage.key("hayashi")).unwrap();
    let why = "The laptop was left on a train";
    let revoke = ["key", "revoke", &key, "--reason", why];
    stage.sekisho("hayashi", &revoke).expect(0);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
    stage.sekisho("sato", &["gate"]).expect(1);
}

/// The effect of the finding of `code` if the gate were asked now, and who excepted it.
fn finding(stage: &Stage, code: &str) -> (String, Value) {
    let answer = stage.sekisho("sato", &["check", "--format", "json"]).json()["gate"].clone();
    let findings = answer["findings"].as_array().unwrap().clone();
    let found = findings.iter().find(|finding| finding["code"] == code);
    let found = found.unwrap_or_else(|| panic!("{answer:#}"));
    (
        found["effect"].as_str().unwrap().to_owned(),
        found["excepted"]["by"].clone(),
    )
}

fn records(stage: &Stage) -> u64 {
    let history = stage.sekisho("sato", &["history", "--format", "json"]).json();
    history["total"].as_u64().unwrap()
}

/// Refused before anything is written; what was said.
#[track_caller]
fn refused(stage: &Stage, person: &str, arguments: &[&str]) -> String {
    let before = records(stage);
    let done = stage.sekisho(person, arguments).expect(2);
    assert_eq!(records(stage), before, "{}", done.both());
    done.err
}

/// Puts a record into the log with the key of `person`, past every check of the program.
pub(crate) fn forged(stage: &Stage, person: &str, act: &'static str, body: &Value) {
    let repository = GitRepository::discover(&stage.repository()).unwrap();
    let key = stage.repository().parent().unwrap().join(format!("{person}_key"));
    let signer = SshKeygen::new("ssh-keygen", key).unwrap();
    let by = format!(
        "key:{}",
        sekisho::config::fingerprint(signer.public_key()).unwrap()
    );
    let person = PersonKey::from(person);
    run(async {
        let ledger = SqliteLedger::open(&stage.log()).await.unwrap();
        let ports = Ports {
            repository: &repository,
            ledger: &ledger,
            verifier: &SshVerifier,
            now: stage.now(),
            name: "shop",
            remembered: &[],
            against: &[],
            forge: None,
            issuer: None,
            heard: None,
            random: &|| [7; 16],
            progress: &|_| {},
        };
        let view = read_log(ports).await.unwrap();
        let id = [u8::try_from(view.head.size).unwrap(); 16];
        let random = || id;
        let ports = Ports {
            random: &random,
            ..ports
        };
        let saying = Saying {
            act,
            body: body.as_object().unwrap().clone(),
            with: Vec::new(),
        };
        let actor = Actor {
            person: &person,
            by: &by,
            signer: Some(&signer),
        };
        write(ports, actor, view.onto(), vec![saying], Guard::Any)
            .await
            .unwrap();
        ledger.close().await;
    });
    stage.sekisho("sato", &["verify"]).expect(0);
}

/// The body of the exception that `id` would need, as the log would hold it.
fn body(stage: &Stage, code: &str, id: &str, until: &str) -> Value {
    let dossier = saved(stage);
    let change = &dossier["changes"][0];
    assert_eq!(change["id"], id);
    json!({"rule": code, "change": id, "until": until, "declaration": change["digest"],
        "content": [change["units"][0]["content"]]})
}

/// What the gate looks at now.
fn saved(stage: &Stage) -> Value {
    let file = stage.repository().parent().unwrap().join("case.json");
    stage.sekisho("sato", &["gate", "--save-dossier", file.to_str().unwrap()]);
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// What the gate says to a saved case.
fn judged(stage: &Stage, dossier: &Value) -> crate::support::stage::Done {
    let file = stage.repository().parent().unwrap().join("bent.json");
    std::fs::write(&file, dossier.to_string()).unwrap();
    stage.sekisho(
        "sato",
        &["gate", "--format", "json", "--dossier", file.to_str().unwrap()],
    )
}

#[test]
fn a_freezes_owner_excepts_one_change_for_a_time() {
    let stage = shop();
    let id = frozen(&stage);
    let denied = stage.sekisho("sato", &["gate"]).expect(1);
    let hint = format!("Hayashi: sekisho grant SCH-02 {id} --until TIME --reason WHY");
    assert!(denied.out.contains(&hint), "{}", denied.both());
    let done = stage.sekisho("hayashi", &grant("sch-02", &id)).expect(0);
    assert!(!done.out.contains("does not stand yet"), "{}", done.both());
    let passed = stage.sekisho("sato", &["gate"]).expect(0);
    let shown = format!("Exception by Hayashi until Tue 1 Dec 2026 14:00 +09:00: {WHY}");
    assert!(
        passed.out.contains("SCH-02 no-freeze (warning)"),
        "{}",
        passed.both()
    );
    assert!(passed.out.contains(&shown), "{}", passed.both());
    for format in ["text", "markdown", "json"] {
        let page = stage
            .sekisho("sato", &["show", &id, "--format", format])
            .expect(0);
        assert!(
            page.out.contains(WHY) && page.out.contains("SCH-02"),
            "{}",
            page.both()
        );
    }
    let history = stage.sekisho("sato", &["history"]).expect(0);
    assert!(
        history.out.contains("exception granted, SCH-02"),
        "{}",
        history.both()
    );
    let japanese = stage
        .sekisho_with("sato", &["show", &id], &[("SEKISHO_LANG", "ja")])
        .expect(0);
    assert!(japanese.out.contains("例外"), "{}", japanese.both());
    crate::log_moves::all_come_out_the_same(&stage);
}

#[test]
fn a_saved_case_with_an_exception_is_judged_alike_for_ever() {
    let mut stage = shop();
    let id = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    let case = saved(&stage);
    let exception = &case["changes"][0]["exceptions"][0];
    assert_eq!(exception["rule"], "SCH-02");
    assert_eq!(exception["granted"][0]["person"], "hayashi");
    assert_eq!(exception["granted"][0]["reason"], WHY);
    stage
        .sekisho("hayashi", &["grant", "SCH-02", &id, "--withdraw"])
        .expect(0);
    stage.at("2026-12-01T20:00:00+09:00");
    judged(&stage, &case).expect(5);
    // The exception is what makes the difference.
    let mut without = case.clone();
    without["changes"][0]
        .as_object_mut()
        .unwrap()
        .remove("exceptions");
    judged(&stage, &without).expect(1);
}

#[test]
fn exception_taken_back() {
    let stage = shop();
    let id = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    // Nobody takes back what another granted.
    let said = refused(&stage, "ishii", &["grant", "SCH-02", &id, "--withdraw"]);
    assert!(said.contains("no exception"), "{said}");
    forged(
        &stage,
        "ishii",
        "exception.withdrawn/1",
        &json!({"rule": "SCH-02", "change": id}),
    );
    assert_eq!(finding(&stage, "SCH-02").0, "warn");
    stage
        .sekisho("hayashi", &["grant", "SCH-02", &id, "--withdraw"])
        .expect(0);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
    let page = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(page.out.contains("taken back"), "{}", page.both());
}

#[test]
fn exception_by_the_executor() {
    let own = CONFIG.replace("owner: hayashi, reason", "owner: sato, reason");
    let stage = shop_of(&own);
    let id = frozen(&stage);
    let said = refused(&stage, "sato", &grant("SCH-02", &id));
    assert!(said.contains("takes part"), "{said}");
    let body = body(&stage, "SCH-02", &id, "2026-12-01T14:00:00+09:00");
    forged(&stage, "sato", "exception.granted/1", &body);
    assert_eq!(finding(&stage, "SCH-02"), ("deny".to_owned(), Value::Null));
    // Where the owner takes part it needs two others, and each of them once.
    let first = stage.sekisho("ishii", &grant("SCH-02", &id)).expect(0);
    assert!(first.out.contains("does not stand yet"), "{}", first.both());
    stage.sekisho("ishii", &grant("SCH-02", &id)).expect(0);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
    let second = stage.sekisho("mori", &grant("SCH-02", &id)).expect(0);
    assert!(!second.out.contains("does not stand yet"), "{}", second.both());
    assert_eq!(
        finding(&stage, "SCH-02"),
        ("warn".to_owned(), json!(["ishii", "mori"]))
    );
}

#[test]
fn exception_by_its_owner_who_then_carries_it_out() {
    let stage = shop();
    let id = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    let done = stage.sekisho("hayashi", &["gate"]).expect(1);
    assert!(done.out.contains("SCH-02 no-freeze:"), "{}", done.both());
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn exception_that_has_ended() {
    let mut stage = shop();
    let id = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    stage.at("2026-12-01T13:59:59+09:00");
    assert_eq!(finding(&stage, "SCH-02").0, "warn");
    let case = saved(&stage);
    stage.at("2026-12-01T14:00:00+09:00");
    judged(&stage, &case).expect(5);
    let mut late = case.clone();
    late["at"] = "2026-12-01T14:00:00+09:00".into();
    judged(&stage, &late).expect(1);
}

#[test]
fn exception_that_has_ended_before_the_gate_was_asked() {
    let mut stage = shop();
    let id = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    stage.at("2026-12-01T14:00:00+09:00");
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
    let page = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(page.out.contains("ended"), "{}", page.both());
}

#[test]
fn exception_of_another_change() {
    let stage = shop();
    let first = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &first)).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho("sato", &["finish", &first, "--outcome", "success"])
        .expect(0);
    let other = declared(&stage, "app.txt", "Three", &[]);
    stage.sekisho("ishii", &["approve", &other]).expect(0);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
    // Its number on another's content does not help either.
    let mut body = body(&stage, "SCH-02", &other, "2026-12-01T14:00:00+09:00");
    body["content"] = json!(["sha256:0000000000000000000000000000000000000000000000000000000000000000"]);
    forged(&stage, "hayashi", "exception.granted/1", &body);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
}

#[test]
fn content_edited_after_the_exception() {
    let stage = shop();
    let id = frozen(&stage);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    stage.write("app.txt", "Something else\n");
    stage.commit("sato", &format!("More\n\nChange: {id}"));
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
}

#[test]
fn exception_from_another_rule() {
    let stage = shop();
    let id = frozen(&stage);
    let body = body(&stage, "RBK-02", &id, "2026-12-01T14:00:00+09:00");
    forged(&stage, "hayashi", "exception.granted/1", &body);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
}

#[test]
fn exception_from_every_rule() {
    let stage = shop();
    let id = frozen(&stage);
    for code in ["*", "SCH", "SCH-*", ""] {
        refused(&stage, "hayashi", &grant(code, &id));
        let body = body(&stage, code, &id, "2026-12-01T14:00:00+09:00");
        forged(&stage, "hayashi", "exception.granted/1", &body);
    }
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
}

#[test]
fn exception_from_what_the_gate_itself_keeps() {
    let stage = shop();
    let id = frozen(&stage);
    for code in ["APP-02", "APP-06", "DEC-02", "AVL-03"] {
        let said = refused(&stage, "hayashi", &grant(code, &id));
        assert!(said.contains("kept by the gate itself"), "{said}");
    }
    assert!(refused(&stage, "hayashi", &grant("DEC-01", &id)).contains("as a whole"));
    assert!(refused(&stage, "hayashi", &grant("APP-04", &id)).contains("lifts"));
    // A case in which somebody wrote one down all the same.
    let mut case = saved(&stage);
    case["changes"][0]["declaration"]
        .as_object_mut()
        .unwrap()
        .remove("reason");
    let granted = json!([{"person": "hayashi", "at": "2026-12-01T09:00:00+09:00", "signed": true, "reason": WHY, "record": 3}]);
    let exception =
        |code: &str| json!({"rule": code, "until": "2026-12-02T00:00:00+09:00", "granted": granted});
    case["changes"][0]["exceptions"] = json!([exception("SCH-02"), exception("DEC-02")]);
    let done = judged(&stage, &case).expect(1);
    let findings = done.json()["findings"].clone();
    let effect = |code: &str| {
        let found = findings
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["code"] == code);
        found.unwrap()["effect"].clone()
    };
    assert_eq!(effect("SCH-02"), "warn");
    assert_eq!(effect("DEC-02"), "deny");
}

#[test]
fn exception_from_a_rule_about_people_by_one_person() {
    let stage = shop();
    let id = declared(&stage, "pay/card.txt", "Two", &[]);
    stage.sekisho("mori", &["approve", &id]).expect(0);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    assert_eq!(finding(&stage, "RSK-02").0, "deny");
    let done = stage.sekisho("hayashi", &grant("RSK-02", &id)).expect(0);
    assert!(done.out.contains("does not stand yet"), "{}", done.both());
    stage.sekisho("hayashi", &grant("RSK-02", &id)).expect(0);
    assert_eq!(finding(&stage, "RSK-02").0, "deny");
    stage.sekisho("mori", &grant("RSK-02", &id)).expect(0);
    let (effect, by) = finding(&stage, "RSK-02");
    assert_eq!((effect.as_str(), by), ("warn", json!(["hayashi", "mori"])));
}

#[test]
fn an_areas_owner_excepts_alone_from_rules_about_how_and_when() {
    let stage = shop();
    let id = declared(
        &stage,
        "pay/card.txt",
        "Two",
        &[
            "--rollback-strategy",
            "redeploy",
            "--rollback-step",
            "./deploy previous",
            "--rollback-criterion",
            "when somebody complains",
            "--rollback-decider",
            "hayashi",
            "--rollback-duration",
            "5m",
        ],
    );
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    assert_eq!(finding(&stage, "RBK-04").0, "deny");
    let said = refused(&stage, "mori", &grant("RBK-04", &id));
    assert!(said.contains("Who may: ishii"), "{said}");
    stage.sekisho("ishii", &grant("RBK-04", &id)).expect(0);
    assert_eq!(finding(&stage, "RBK-04"), ("warn".to_owned(), json!(["ishii"])));
}

#[test]
fn exception_by_an_areas_owner_that_would_carry_the_gates_own_files_along() {
    let stage = shop();
    let config = stage.read("sekisho.yml");
    stage.write("sekisho.yml", &config.replace("duration: 5m", "duration: 6m"));
    let id = declared(
        &stage,
        "pay/card.txt",
        "Two",
        &[
            "--rollback-strategy",
            "redeploy",
            "--rollback-step",
            "./deploy previous",
            "--rollback-criterion",
            "when somebody complains",
            "--rollback-decider",
            "hayashi",
            "--rollback-duration",
            "5m",
        ],
    );
    let done = stage.sekisho("ishii", &grant("RBK-04", &id)).expect(0);
    assert!(done.out.contains("does not stand yet"), "{}", done.both());
    assert_eq!(finding(&stage, "RBK-04").0, "deny");
}

#[test]
fn exception_by_the_owner_of_one_of_two_freezes() {
    let two = format!(
        "{CONFIG}  - {{id: audit, kind: soft, from: 2026-12-01T00:00, to: 2026-12-05T00:00, owner: mori}}\n"
    );
    let stage = shop_of(&two);
    let id = declared(&stage, "app.txt", "Two", &["--risk", "low"]);
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    let done = stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    assert!(done.out.contains("1 of Mori"), "{}", done.both());
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
    stage.sekisho("mori", &grant("SCH-02", &id)).expect(0);
    assert_eq!(finding(&stage, "SCH-02").0, "warn");
}

#[test]
fn exception_without_end_or_without_reason() {
    let stage = shop();
    let id = frozen(&stage);
    let with = |until: &str, reason: &str| {
        refused(
            &stage,
            "hayashi",
            &["grant", "SCH-02", &id, "--reason", reason, "--until", until],
        )
    };
    assert!(with("2099-01-01T00:00", WHY).contains("30 days"));
    assert!(with("2026-12-01T10:00", WHY).contains("passed"));
    assert!(with("for ever", WHY).contains("neither"));
    assert!(with("4h", "urgent").contains("reason"));
    assert!(with("4h", "              ").contains("reason"));
    stage.sekisho("hayashi", &["grant", "SCH-02", &id]).expect(2);
    let body = body(&stage, "SCH-02", &id, "2099-01-01T00:00:00+09:00");
    forged(&stage, "hayashi", "exception.granted/1", &body);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
}

#[test]
fn exception_from_a_freeze_by_somebody_who_does_not_own_it() {
    let stage = shop();
    let id = frozen(&stage);
    let said = refused(&stage, "ishii", &grant("SCH-02", &id));
    assert!(said.contains("Who may: hayashi"), "{said}");
    let body = body(&stage, "SCH-02", &id, "2026-12-01T14:00:00+09:00");
    forged(&stage, "ishii", "exception.granted/1", &body);
    forged(&stage, "mori", "exception.granted/1", &body);
    assert_eq!(finding(&stage, "SCH-02").0, "deny");
}

#[test]
fn exception_where_no_freeze_is() {
    let stage = shop_of(&CONFIG.replace("2026-12-08T00:00", "2026-12-01T01:00"));
    let id = declared(&stage, "app.txt", "Two", &[]);
    let said = refused(&stage, "hayashi", &grant("SCH-02", &id));
    assert!(said.contains("No freeze concerns"), "{said}");
}

#[test]
fn start_after_the_exception_has_ended_although_the_pass_was_given() {
    let mut stage = shop();
    let id = frozen(&stage);
    stage
        .sekisho(
            "hayashi",
            &["grant", "SCH-02", &id, "--reason", WHY, "--until", "10m"],
        )
        .expect(0);
    let run = ["gate", "--run", "7/1", "--format", "json"];
    let passed = stage.sekisho("sato", &run).expect(0).json();
    assert_eq!(passed["expires_at"], "2026-12-01T10:10:00+09:00");
    stage.at("2026-12-01T10:09:59+09:00");
    let again = stage.sekisho("sato", &run).expect(0).json();
    assert_eq!(again["expires_at"], "2026-12-01T10:10:00+09:00");
    stage.at("2026-12-01T10:10:00+09:00");
    stage.sekisho("sato", &["start", &id]).expect(2);
}

#[test]
fn an_exception_made_on_a_branch_holds_after_a_squash() {
    let stage = shop();
    stage.git("sato", &["checkout", "-q", "-b", "text"]);
    stage.write("app.txt", "half\n");
    stage.commit("sato", "Half");
    let id = declared(&stage, "app.txt", "Two", &[]);
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    stage.git("sato", &["checkout", "-q", "main"]);
    stage.git("sato", &["merge", "-q", "--squash", "text"]);
    stage.commit("sato", "Two");
    assert_eq!(finding(&stage, "SCH-02").0, "warn");
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn an_exception_of_a_change_that_nobody_typed() {
    let template = format!("{CONFIG}templates:\n  text: {{paths: [\"app.txt\"]}}\n");
    let stage = shop_of(&template);
    stage.write("app.txt", "two\n");
    stage.commit("sato", "Two");
    stage.sekisho("ishii", &["approve"]).expect(0);
    let denied = stage
        .sekisho("sato", &["gate", "--format", "json"])
        .expect(1)
        .json();
    let id = denied["changes"][0]["id"].as_str().unwrap().to_owned();
    stage.sekisho("hayashi", &grant("SCH-02", &id)).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn an_exception_without_a_signature_is_shown_as_unsigned() {
    let mut unsigned = format!("{CONFIG}trust: {{signatures: optional}}\n");
    for person in ["sato", "hayashi", "ishii", "mori"] {
        unsigned = unsigned.replace(&format!(", keys: [\"{{{person}}}\"]"), "");
    }
    let stage = Stage::new();
    let acts = |person: &str, arguments: &[&str]| {
        stage.git(
            person,
            &["config", "user.email", &format!("{person}@shop.example")],
        );
        stage.sekisho(person, arguments)
    };
    stage.write("sekisho.yml", &unsigned);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    acts("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "app.txt", "Two", &[]);
    acts("ishii", &["approve", &id]).expect(0);
    acts("hayashi", &grant("SCH-02", &id)).expect(0);
    let passed = acts("sato", &["gate"]).expect(0);
    assert!(passed.out.contains("UNSIGNED: Hayashi"), "{}", passed.both());
    let page = acts("sato", &["show", &id]).expect(0);
    assert!(page.out.contains("unsigned · #"), "{}", page.both());
}

#[test]
fn exception_replayed_from_another_log() {
    let mut log = log();
    let body = json!({"rule": "SCH-02", "change": "CHG-20261120-7K3Q", "until": "2026-12-01T14:00:00+09:00"});
    let mut foreign = statement("exception.granted/1", 7, log.head(), body, 300);
    foreign.log = "git.example/acme/other".to_owned();
    log.push(&tanaka().draft(foreign, Vec::new()), 300);
    let found = log.verify().damages;
    assert!(
        found
            .iter()
            .any(|damage| damage.seq == Some(5) && damage.kind == DamageKind::ForeignOrigin),
        "{found:?}"
    );
}
