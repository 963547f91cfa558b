//! The way back: the rules RBK, over dossiers and through the program.

use sekisho::change::Digest;
use sekisho::config::{Profile, RuleSetting, RuleSettings};
use sekisho::policy::{Bundle, BundleError, Effect, judge};
use serde_json::{Value, json};

use crate::judge::dossier;
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
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

/// A repository with a log and an authorised state, its configuration with `extra` lines.
pub(crate) fn shop(extra: &str) -> Stage {
    let mut stage = Stage::new();
    let mut config = format!("{CONFIG}{extra}");
    for person in ["sato", "hayashi", "ishii"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// The codes of an answer's findings with this effect.
pub(crate) fn codes(answer: &Value, effect: &str) -> Vec<String> {
    answer["findings"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer:#}"))
        .iter()
        .filter(|finding| finding["effect"] == effect)
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect()
}

/// The rules of a profile with one parameter set.
fn rules(profile: Profile, code: &str, parameter: Option<(&str, Value)>) -> Result<Bundle, BundleError> {
    let setting = RuleSetting {
        parameters: parameter
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        ..RuleSetting::default()
    };
    let settings = RuleSettings::from([(code.to_owned(), setting)]);
    Bundle::load(&[], &settings, profile, "0.0.0", Digest::of(b"config"))
}

/// What is found in a bent dossier.
pub(crate) fn decided(bent: &[(&str, Value)]) -> Vec<(Effect, String)> {
    let rules = rules(Profile::Small, "RBK-05", None).unwrap();
    let decision = judge(&rules, &dossier(bent), Vec::new()).unwrap();
    crate::judge::sayable(&decision.findings);
    decision
        .findings
        .iter()
        .map(|found| (found.effect, found.message.key.clone()))
        .collect()
}

/// The message and the field of a setting that is refused.
pub(crate) fn refused(code: &str, name: &str, value: Value) -> (String, String) {
    match rules(Profile::Small, code, Some((name, value))) {
        Err(BundleError::Setting { field, message }) => (message.key, field),
        other => panic!("{other:?}"),
    }
}

/// Writes a declaration with `extra` lines; everything is committed on top of the first commit.
fn declare(stage: &Stage, extra: &str) {
    let text = format!(
        "schema: sekisho/declaration/v1\ntitle: Two\nreason: The page has to say what is true.\nreferences: \"#1\"\n{extra}"
    );
    stage.write("changes/CHG-20261201-AAAA.yml", &text);
    stage.write("app.txt", "two\n");
    stage.git("sato", &["add", "-A"]);
    stage.git("sato", &["commit", "-q", "-m", "Two"]);
}

/// The message of the finding of `code`; `None` without one.
fn said(answer: &Value, code: &str) -> Option<(String, String)> {
    let findings = answer["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["code"] == code)?;
    let text = |name: &str| found[name].as_str().unwrap().to_owned();
    Some((text("effect"), text("message")))
}

fn gate(stage: &Stage) -> Value {
    stage.sekisho("sato", &["gate", "--format", "json"]).json()
}

const RISK: &str = "/changes/0/risk";
const ROLLBACK: &str = "/changes/0/declaration/rollback";

fn fact(name: &str) -> String {
    format!("/changes/0/facts/rollback/{name}")
}

#[test]
fn each_of_them_stops_by_itself() {
    let high = || (RISK, json!("high"));
    let migration = || ("/changes/0/facts/content/migrations", json!(["db/migrate/7.rb"]));
    let migrations = || ("/changes/0/facts/content/migrations_count", json!(1));
    let table: &[(&str, &[(&str, Value)])] = &[
        (
            "RBK-01.not_chosen",
            &[
                (&fact("chosen"), json!(false)),
                ("/changes/0/facts/content/by_hand", json!(true)),
            ],
        ),
        (
            "RBK-05.limit",
            &[("/changes/0/facts/rollback_seconds", json!(901))],
        ),
        (
            "RBK-05.business_days",
            &[(&fact("duration"), json!("business_days"))],
        ),
        (
            "RBK-05.window",
            &[
                (&fact("windowed"), json!(true)),
                (&fact("room_seconds"), json!(1079)),
            ],
        ),
        ("RBK-06.never", &[high()]),
        (
            "RBK-06.old",
            &[
                high(),
                (&fact("tested"), json!("before")),
                (&fact("tested_seconds"), json!(91 * 86_400)),
            ],
        ),
        (
            "RBK-07.point_of_no_return",
            &[high(), (&fact("reversibility"), json!("irreversible"))],
        ),
        ("RBK-07.risk", &[(&fact("reversibility"), json!("irreversible"))]),
        ("RBK-08.with_change", &[(&fact("target"), json!("with_change"))]),
        ("RBK-10.missing", &[(&fact("data"), json!("stated"))]),
        (
            "RBK-11.migration",
            &[migration(), migrations(), (&fact("strategy"), json!("revert"))],
        ),
        ("RBK-11.migration", &[migration(), migrations()]),
    ];
    for (key, bent) in table {
        let found = decided(bent);
        assert!(
            found.contains(&(Effect::Deny, (*key).to_owned())),
            "{key}: {found:?}"
        );
    }
}

#[test]
fn what_dec_02_asks_for_is_said_once() {
    let without = decided(&[
        (ROLLBACK, json!({"decider": "tanaka"})),
        (&fact("strategy"), json!("")),
        (&fact("duration"), json!("unsaid")),
    ]);
    let codes: Vec<&str> = without.iter().map(|(_, key)| key.as_str()).collect();
    assert!(codes.contains(&"DEC-02.missing"), "{codes:?}");
    assert!(
        !codes
            .iter()
            .any(|key| key.starts_with("RBK-01") || key.starts_with("RBK-05")),
        "{codes:?}"
    );
}

#[test]
fn an_untried_way_back_weighs_as_profile_and_risk_say() {
    let effect = |profile: Profile, risk: &str| {
        let rules = rules(profile, "RBK-06", None).unwrap();
        let mut case = dossier(&[(RISK, json!(risk))]);
        case.profile = profile;
        let decision = judge(&rules, &case, Vec::new()).unwrap();
        let found = decision.findings.iter().find(|f| f.code.as_str() == "RBK-06");
        found.map(|found| found.effect)
    };
    assert_eq!(effect(Profile::Solo, "high"), Some(Effect::Info));
    assert_eq!(effect(Profile::Small, "medium"), None);
    assert_eq!(effect(Profile::Small, "high"), Some(Effect::Deny));
    assert_eq!(effect(Profile::Audited, "low"), None);
    assert_eq!(effect(Profile::Audited, "medium"), Some(Effect::Warn));
    assert_eq!(effect(Profile::Audited, "high"), Some(Effect::Deny));
}

#[test]
fn lengths_of_time_are_written_with_their_unit() {
    let long = |value: Value| rules(Profile::Small, "RBK-05", Some(("max", json!({"low": value}))));
    let taken = dossier(&[("/changes/0/facts/rollback_seconds", json!(1200))]);
    let word = |bundle: &Bundle| judge(bundle, &taken, Vec::new()).unwrap().word;
    assert_eq!(
        word(&rules(Profile::Small, "RBK-05", None).unwrap()),
        sekisho::policy::Word::Deny
    );
    assert_eq!(word(&long(json!("20m")).unwrap()), sekisho::policy::Word::Pass);
    for wrong in [json!(20), json!("20"), json!("2bd"), json!("long"), json!(true)] {
        let (key, field) = refused("RBK-05", "max", json!({"low": wrong}));
        assert_eq!(field, "rules.RBK-05.max.low", "{wrong}");
        assert!(
            ["rules-duration", "rules-type"].contains(&key.as_str()),
            "{wrong}: {key}"
        );
    }
}

/// A rule of the repository's own with a parameter that is a length of time.
const HOUSE_RULE: &str = r#"# METADATA
# title: A deployment takes no longer than a meeting
# description: Compares the estimate with a length of time.
# custom:
#   code: HSE-07
#   name: short-work
#   scope: change
#   effect: {normal: deny, standard: deny, emergency: warn}
#   parameters: {longest: LONGEST}
#   durations: [longest]
#   always_applies: true
#   invariant: false
package house.short_work

import rego.v1

verdict contains {"rule": "HSE-07", "result": result, "details": set()}

result := "pass" if {
	input.change.facts.estimate_seconds <= input.params.longest
} else := "fail"
"#;

#[test]
fn a_rule_is_given_its_lengths_of_time_in_seconds() {
    let load = |longest: &str| {
        let rule = HOUSE_RULE.replace("LONGEST", longest);
        let house = [("policies/house/short-work.rego".to_owned(), rule)];
        let settings = RuleSettings::new();
        Bundle::load(&house, &settings, Profile::Small, "0.0.0", Digest::of(b"config"))
    };
    let word = |longest: &str| {
        let decision = judge(&load(longest).unwrap(), &dossier(&[]), Vec::new()).unwrap();
        decision.word
    };
    assert_eq!(word("10m"), sekisho::policy::Word::Pass);
    assert_eq!(word("599s"), sekisho::policy::Word::Deny);
    for wrong in ["600", "soon", "2bd", "[10m]"] {
        assert!(matches!(load(wrong), Err(BundleError::File { .. })), "{wrong}");
    }
}

/// What the gate says about a change that goes back to `to`.
fn target(stage: &Stage, strategy: &str, to: &str) -> Option<(String, String)> {
    stage.git("sato", &["reset", "-q", "--hard", "before"]);
    let plan = format!(
        "rollback: {{strategy: {strategy}, to: \"{to}\", steps: [./deploy it], criteria: [\"5xx > 1%\"], decider: hayashi, duration: 5m}}\n"
    );
    declare(stage, &plan);
    stage.git("sato", &["tag", "-f", "with-it"]);
    said(&gate(stage), "RBK-08")
}

#[test]
fn rollback_to_the_change_itself() {
    let stage = shop("");
    stage.git("sato", &["tag", "before"]);
    let before = stage.git("sato", &["rev-parse", "HEAD"]);
    let (effect, message) = target(&stage, "redeploy", "with-it").unwrap();
    assert_eq!(effect, "deny");
    assert!(message.contains("holds this very change"), "{message}");
    assert_eq!(target(&stage, "redeploy", "before"), None);
    assert_eq!(target(&stage, "redeploy", before.trim()), None);
    let (_, file) = target(&stage, "restore", "app.txt").unwrap();
    assert!(file.contains("altered by this very change"), "{file}");
}

#[test]
fn rollback_to_what_is_not_there_or_moves() {
    let stage = shop("");
    stage.git("sato", &["tag", "before"]);
    for (strategy, to, words) in [
        ("redeploy", "v1.4.2", "no tag, branch or commit"),
        ("redeploy", "HEAD~1", "another commit as soon as"),
        ("restore", "data/before.csv", "no file data/before.csv"),
        ("restore", "../../etc/passwd", "no file"),
    ] {
        let (effect, message) = target(&stage, strategy, to).unwrap_or_else(|| panic!("{to}"));
        assert_eq!(effect, "deny", "{to}");
        assert!(message.contains(words), "{to}: {message}");
    }
    let (effect, message) = target(&stage, "restore", "snap-42").unwrap();
    assert_eq!(effect, "info");
    assert!(message.contains("cannot be seen from here"), "{message}");
}

#[test]
fn plan_that_was_tried_by_rolling_back_along_it() {
    let extra = "areas: {pay: {paths: [\"pay/**\"], risk: high}}\n";
    let stage = shop(extra);
    stage.git("sato", &["tag", "before"]);
    let pay = |stage: &Stage, id: &str| {
        let text = "schema: sekisho/declaration/v1\ntitle: Pay\nreason: The button has to work.\nreferences: \"#1\"\n";
        stage.write(&format!("changes/{id}.yml"), text);
        stage.write("pay/button.ts", id);
        stage.commit("sato", "Pay");
        gate(stage)
    };
    let untried = pay(&stage, "CHG-20261201-BBBB");
    assert_eq!(said(&untried, "RBK-06").unwrap().0, "deny", "{untried:#}");
    stage.git("sato", &["reset", "-q", "--hard", "before"]);
    declare(&stage, "");
    stage
        .sekisho("hayashi", &["approve", "CHG-20261201-AAAA"])
        .expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho(
            "sato",
            &["finish", "CHG-20261201-AAAA", "--outcome", "rolled_back"],
        )
        .expect(0);
    stage.git("sato", &["reset", "-q", "--hard", "before"]);
    let tried = pay(&stage, "CHG-20261201-CCCC");
    assert_eq!(said(&tried, "RBK-06"), None, "{tried:#}");
}

#[test]
fn plan_that_was_edited_after_it_was_tried() {
    let config = |steps: &str| {
        let text = CONFIG.replace("./deploy previous", steps);
        let text = ["sato", "hayashi", "ishii"].iter().fold(text, |text, person| {
            text.replace(&format!("\"{{{person}}}\""), "")
        });
        sekisho::config::read(&text, "shop", &|_| None).unwrap().0
    };
    let named = |steps: &str| {
        sekisho::dossier::named_plan(&Default::default(), &config(steps), &"shop".into()).unwrap()
    };
    assert_eq!(named("./deploy previous").0, "previous");
    assert_eq!(named("./deploy previous"), named("./deploy previous"));
    assert_ne!(named("./deploy previous").1, named("./deploy other").1);
}

#[test]
fn a_change_that_cannot_be_undone_is_shown_with_all_that_helps() {
    let stage = shop("");
    declare(
        &stage,
        "risk: high\nimpact: {data: irreversible, security: none}\nrollback:\n  strategy: forward_fix\n  steps: [call everybody]\n  decider: hayashi\n  decider_alternate: ishii\n  criteria: [\"one wrong letter\"]\n  duration: 5m\n  point_of_no_return: the letters are posted\n  forward_fix: {plan: call everybody who got one, owner: ishii}\n  backup: {ref: snap-42, restore_tested: 2026-11-20}\n  data_correction: letters are sent again\n",
    );
    let answer = gate(&stage);
    assert_eq!(said(&answer, "RBK-07"), None, "{answer:#}");
    assert_eq!(said(&answer, "RBK-10"), None, "{answer:#}");
    let page = stage
        .sekisho("sato", &["show", "CHG-20261201-AAAA"])
        .expect(0)
        .out;
    for words in [
        "the letters are posted",
        "call everybody who got one (Ishii)",
        "snap-42, last restored on 2026-11-20",
        "letters are sent again",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let text = stage.read("changes/CHG-20261201-AAAA.yml");
    stage.git("sato", &["reset", "-q", "--hard", "HEAD~1"]);
    stage.write(
        "changes/CHG-20261201-AAAA.yml",
        &text
            .replace("2026-11-20", "2026-10-01")
            .replace("owner: ishii", "owner: nobody"),
    );
    stage.write("app.txt", "two\n");
    stage.commit("sato", "Two");
    let answer = gate(&stage);
    assert!(
        said(&answer, "RBK-07").unwrap().1.contains("61 days ago"),
        "{answer:#}"
    );
    assert!(
        said(&answer, "DEC-04").unwrap().1.contains("nobody"),
        "{answer:#}"
    );
}

#[test]
fn migration_that_a_redeployment_leaves_behind() {
    let stage = shop("");
    stage.write("db/migrate/0007_prices.sql", "alter table price add tax int;\n");
    declare(&stage, "");
    let (effect, message) = said(&gate(&stage), "RBK-11").unwrap();
    assert_eq!(effect, "deny");
    assert!(message.contains("db/migrate/0007_prices.sql"), "{message}");
    declare(&stage, "details: {backward_compatible: true}\n");
    assert_eq!(said(&gate(&stage), "RBK-11"), None);
}

#[test]
fn data_correction_that_an_area_says_for_all_its_changes() {
    let prices = |said: &str| {
        let extra = format!("areas: {{pricing: {{paths: [\"data/**\"], data: write{said}}}}}\n");
        let stage = shop(&extra);
        stage.write("data/prices.csv", "tea,1\n");
        declare(&stage, "");
        said_by(&gate(&stage))
    };
    assert_eq!(prices("").unwrap(), "deny");
    assert_eq!(prices(", data_correction: orders are called and paid back"), None);
}

/// The effect of RBK-10.
fn said_by(answer: &Value) -> Option<String> {
    said(answer, "RBK-10").map(|(effect, _)| effect)
}

#[test]
fn decision_that_leaves_no_time_to_go_back() {
    let stage = shop("");
    let plan = |decide_by: &str| {
        format!(
            "window: {{start: 2026-12-01T10:00, end: 2026-12-01T18:00, estimate: 10m}}\nreversible_until: 2026-12-01T12:00\nrollback: {{strategy: redeploy, steps: [./deploy it], criteria: [\"5xx > 1%\"], decider: hayashi, duration: 5m, point_of_no_return: the letters are posted, forward_fix: {{plan: call everybody, owner: ishii}}{decide_by}}}\n"
        )
    };
    declare(&stage, &plan(""));
    assert_eq!(
        said(&gate(&stage), "RBK-07"),
        None,
        "the derived time leaves room"
    );
    declare(&stage, &plan(", decide_by: 2026-12-01T11:58"));
    let (effect, message) = said(&gate(&stage), "RBK-07").unwrap();
    assert_eq!(effect, "deny");
    assert!(message.contains("at the last moment"), "{message}");
}
