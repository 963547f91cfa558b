//! Every fault of a configuration at its place, in words that both languages have.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use sekisho::change::Message;
use sekisho::change::text::{Document, Fault, declaration};
use sekisho::config::{Config, Language, Profile, read, unsatisfiable};
use sekisho::report::check::{self, CheckView, CheckedFile};
use sekisho::report::{Look, Wording, fault};

const EN: &str = include_str!("../../locales/en/yaml.ftl");
const JA: &str = include_str!("../../locales/ja/yaml.ftl");

fn faults(text: &str) -> Vec<Fault> {
    read(text, "shop", &|_| None).expect_err("the file was accepted")
}

/// Every fault as the check command prints it, the Japanese sentence below the English one.
fn shown(text: &str, faults: &[Fault]) -> String {
    let (english, japanese) = (Wording::new(Language::En), Wording::new(Language::Ja));
    let show = |found: &Fault| {
        let say = |wording| fault::text(wording, "FILE", text, found, Look::default());
        let (mut english, japanese) = (say(&english), say(&japanese));
        let first = japanese.lines().next().unwrap_or_default();
        let at = english.find('\n').unwrap() + 1;
        english.insert_str(at, &format!("{first}\n"));
        // What is to be written is the same behind another word.
        let lines = |text: &str, skip| -> Vec<String> {
            let plain = text.replace("\n  正しくは: ", "\n  write: ");
            plain.lines().skip(skip).map(str::to_owned).collect()
        };
        assert_eq!(lines(&english, 2), lines(&japanese, 1));
        english
    };
    faults.iter().map(show).collect::<Vec<_>>().join("")
}

#[test]
fn every_fault_of_a_file_is_shown_at_once() {
    let text = r##"version: 2
profil: small
people:
  sato: {name: 受付係, github: front-desk, org: offce}
  oncall: {name: 夜勤係, github: FRONT-DESK, contacts: {phone: "090-0000-0000"}}
  "館 長": {name: 館長, email: chief, keys: [rsa AAAA]}
groups: {oncall: [sato], team: {github: ops}}
executors: [sat, nobody-we-know]
approvers: {low: sato, hgih: sato}
organisations: {office: 事務所}
services:
  a: {depends_on: [b, c], rollback: previus}
  b: {window: nights}
rollback_plans:
  previous: {steps: [./x], decider: oncall, duration: 8}
areas: {pricing: {owners: [tanaka], paths: ["/abs/**"], risk: big}}
calendar: {timezone: Asia/Tokio, holidays: [jpp, 2026-13-01, "file:none.txt"], due_time: 18, business_hours: {days: [mon], from: "18:00", to: "09:00"}}
freezes: [{id: x, kind: hard, from: 2026-12-28T00:00, to: 2026-12-01T00:00, owner: sato, areas: [prices]}]
channels: {client: {slack: "https://hooks.example/secret"}, two: {email: [a@b.example], github: issue}}
contact_rules: {default: {start: [clint, "phone:sat"], befor: {}}}
emergency: {ttl: 2d, wait_per_level: 1bd, listed_measures: [reboot]}
trust: {signatures: maybe, workflows: [deploy.yml]}
rules: {rol02: warn, ROL-02: never}
templates: {web: {risk: high}}
language: "${LANG}"
windows: {night: {days: [mon]}}
paths: {changes: ../x}
approval: {quorum: {low: -1}}
"##;
    let faults = faults(text);
    insta::assert_snapshot!(shown(text, &faults));
}

#[test]
fn a_missing_time_zone_is_said_and_taken_as_utc() {
    let text = include_str!("data/tutor.yml").replace("calendar: {timezone: Pacific/Auckland}\n", "");
    let (config, warnings) = read(&text, "shop", &|_| None).unwrap();
    assert_eq!(config.calendar.zone_name, "UTC");
    insta::assert_snapshot!(shown(&text, &warnings));
}

/// The faults of `text` with `from` replaced, each as its field and its key.
fn after(text: &str, from: &str, to: &str) -> Vec<String> {
    assert!(text.contains(from), "{from}");
    faults(&text.replace(from, to))
        .iter()
        .map(|f| format!("{} {}", f.field, f.message.key))
        .collect()
}

#[test]
fn profiles_ask_for_what_they_stand_on() {
    let solo = include_str!("data/tutor.yml");
    assert_eq!(
        after(solo, "outside_reviewers: colleague, ", ""),
        ["approval.outside_reviewers yaml-missing-key"]
    );
    let audited = include_str!("data/hospital.yml");
    assert_eq!(
        after(audited, "declarers: [ward_it, records]", "declarers: [ward_it]"),
        ["emergency.declarers yaml-at-least-two"]
    );
    assert_eq!(
        after(audited, "anchor: witness, ", ""),
        ["trust.anchor yaml-audited-needs"]
    );
    assert_eq!(
        after(audited, "github_id: 7002, ", ""),
        ["people.records yaml-audited-needs"]
    );
}

#[test]
fn under_audit_whoever_has_a_role_has_a_key() {
    let audited = include_str!("data/hospital.yml");
    let key = ", keys: ssh-ed25519 AAAAPrivacyExampleOnly";
    assert_eq!(
        after(audited, key, ""),
        ["people.privacy.keys yaml-audited-needs"]
    );
    // The reception has no role and no key; every sort of role asks for one.
    for (from, to) in [
        (
            "executors: [records, ward_it]",
            "executors: [records, ward_it, reception]",
        ),
        ("low: [privacy, records]", "low: [privacy, records, reception]"),
        (
            "route: [privacy, records]",
            "route: [privacy, records, reception]",
        ),
        (
            "declarers: [ward_it, records]",
            "declarers: [ward_it, records, reception]",
        ),
        (
            "language: en",
            "language: en\nareas: {data: {owners: [records, reception]}}",
        ),
        (
            "language: en",
            "language: en\nareas: {data: {approvers: [records, reception]}}",
        ),
        (
            "language: en",
            "language: en\nservices: {all: {executors: [records, reception]}}",
        ),
        (
            "language: en",
            "language: en\nservices: {all: {approvers: [records, reception]}}",
        ),
        (
            "language: en",
            "language: en\nfreezes: {id: x, kind: hard, owner: reception, from: 2026-01-01T00:00, to: 2026-01-02T00:00}",
        ),
    ] {
        assert_eq!(
            after(audited, from, to),
            ["people.reception.keys yaml-audited-needs"],
            "{to}"
        );
    }
    // Other profiles live without keys.
    let keyless = include_str!("data/museum.yml");
    assert!(read(keyless, "shop", &|_| None).is_ok());
}

#[test]
fn a_person_is_on_duty_in_a_window_of_this_file() {
    let museum = include_str!("data/museum.yml");
    assert_eq!(
        after(museum, "duty: closed_days", "duty: closed_day"),
        ["people.guard.duty yaml-unknown-name"]
    );
    for known in ["always", "default", "business_hours"] {
        let text = museum.replace("duty: closed_days", &format!("duty: {known}"));
        assert!(read(&text, "shop", &|_| None).is_ok(), "{known}");
    }
}

#[test]
fn a_template_is_checked_like_a_declaration() {
    let shop = include_str!("data/print-shop.yml");
    let text = shop.replace(
        "    title: 案内ページの更新\n",
        concat!(
            "    title: [案内]\n",
            "    rollback: swap-bakc\n",
            "    service: shopp\n",
            "    window: {begin: 2026-10-05T22:30}\n",
            "    tests: {what: 表示, resutl: pass}\n",
            "    targets: {service: shop, environment: producton, area: codes}\n",
            "    roels: {}\n",
        ),
    );
    let text = text
        .replace(
            "roles: {verifier: suzuki}",
            "roles: {verifier: suzki, approvers: nobody_here}",
        )
        .replace(
            "    contact: default\n",
            "    contact: {rule: defalt, announcement: {owner: kudou, sent: now}}\n",
        )
        .replace("visible: true}", "visible: maybe, vendors: printer}")
        .replace("kind: content", "kind: contents");
    insta::assert_snapshot!(shown(&text, &faults(&text)));
}

#[test]
fn rules_are_effects_reasons_and_plain_parameters() {
    let buses = include_str!("data/bus-lines.yml");
    let rule = |written: &str| {
        let text = buses.replace("  SCH-07: off\n", &format!("  {written}\n"));
        let files = |path: &str| (path == "depot/closed.txt").then(String::new);
        match read(&text, "shop", &files) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(|f| f.message.key.clone()).collect::<Vec<_>>(),
        }
    };
    for good in [
        "SCH-07: info",
        "HSE-101: {limit: 3}",
        "SCH-07: {effect: off, reason: no calendar}",
        "SCH-04: {lead: {low: 0, medium: 0, high: 2bd}, downtime_notice: 3bd}",
        "CON-02: {tolerate: []}",
        "ROL-02: {strict_authors: false}",
    ] {
        assert_eq!(rule(good), [""; 0], "{good}");
    }
    for (bad, key) in [
        ("SCH-07: true", "yaml-word-alone"),
        ("SCH-07: [off]", "yaml-wrong-type"),
        ("SCH-07: {}", "yaml-empty"),
        ("SCH-07: {effect: of, reason: x}", "yaml-word"),
        ("SCH-07: {effect: off, reason: ' '}", "yaml-empty"),
        ("SCH-07: {effect: off, reason: [x]}", "yaml-wrong-type"),
        ("SCH-07: {Limit: 3}", "yaml-rule-parameter-name"),
        ("SCH-07: {limit: [[1]]}", "yaml-rule-parameter"),
        ("SCH-07: {limit: [{a: 1}]}", "yaml-rule-parameter"),
        ("SCH-07: {limit: {low: {a: 1}}}", "yaml-rule-parameter"),
        ("SCH-07: {limit: {}}", "yaml-rule-parameter"),
        ("SCH7: off", "yaml-rule-code"),
        ("sch-07: off", "yaml-rule-code"),
    ] {
        assert_eq!(rule(bad), [key], "{bad}");
    }
}

/// The reasons against the bakery's file with `from` replaced by `to`.
fn against(from: &str, to: &str) -> Vec<String> {
    let text = include_str!("data/bakery.yml");
    assert!(text.contains(from), "{from}");
    let text = text.replace(from, to);
    let (config, _) = read(&text, "shop", &|_| None).unwrap_or_else(|f| panic!("{text}\n{f:?}"));
    let reasons: Vec<Message> = unsatisfiable(&config).into_iter().map(|f| f.message).collect();
    let japanese = Wording::new(Language::Ja);
    let english = Wording::new(Language::En);
    for reason in &reasons {
        assert!(
            japanese.maybe(reason).is_some() && english.maybe(reason).is_some(),
            "{reason}"
        );
    }
    reasons.iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_is_refused_that_could_pass_and_nothing_accepted_that_could_not() {
    let approvers = "approvers: [kudo, ota, ishii]";
    let people = "approvers: [kudo, ota, ishii]\nexecutors: [ishii, ota]";
    assert_eq!(against(approvers, approvers), [""; 0]);
    assert_eq!(against(approvers, "approvers: []"), ["yaml-nobody-approves"]);
    assert_eq!(
        against(approvers, "approvers: []\nareas: {code: {approvers: kudo}}"),
        [""; 0]
    );
    assert_eq!(
        against(people, "approvers: ota\nexecutors: ota"),
        [r#"yaml-approves-alone person="ota""#]
    );
    assert_eq!(
        against(people, "approvers: ota\nexecutors: [ota, ishii]"),
        [""; 0]
    );
    assert_eq!(
        against(people, "approvers: kudo\nexecutors: []"),
        ["yaml-nobody-executes"]
    );
    assert_eq!(
        against("decider: kudo, duration: 12m, ", ""),
        [r#"yaml-plan-incomplete missing="decider, duration" plan="yesterday""#]
    );
}

#[test]
fn an_area_or_a_service_where_one_person_would_approve_their_own_work_is_said() {
    let line = "language: ja";
    let with = |part: &str| against(line, &format!("language: ja\n{part}"));
    let alone = |sort: &str, name: &str, person: &str| {
        vec![format!(
            "yaml-approves-alone-in name={name:?} person={person:?} sort={sort:?}"
        )]
    };
    assert_eq!(
        with("areas: {dns: {owners: ota, executors: ota}}"),
        alone("area", "dns", "ota")
    );
    assert_eq!(
        with("areas: {dns: {owners: ota, executors: [ota, ishii]}}"),
        [""; 0]
    );
    assert_eq!(with("areas: {dns: {owners: ota}}"), [""; 0]);
    // Another approver does not replace the owner.
    assert_eq!(
        with("areas: {dns: {owners: ota, approvers: kudo, executors: ota}}"),
        alone("area", "dns", "ota")
    );
    assert_eq!(
        with("services: {shop: {approvers: ishii, executors: ishii}}"),
        alone("service", "shop", "ishii")
    );
    assert_eq!(with("services: {shop: {approvers: ishii}}"), [""; 0]);
    // A team may have any number of members.
    assert_eq!(
        with("groups: {shift: {github: pan/shift}}\nareas: {dns: {approvers: shift, executors: shift}}"),
        [""; 0]
    );
}

#[test]
fn a_quorum_that_nobody_can_reach_is_said() {
    let line = "language: ja";
    let with = |part: &str| against(line, &format!("language: ja\n{part}"));
    assert_eq!(with("approval: {quorum: 2}"), [""; 0]);
    assert_eq!(
        with("approval: {quorum: {high: 3}}"),
        [r#"yaml-too-few able="2" needed="3" risk="high""#]
    );
    assert_eq!(
        with("approval: {quorum: 2}\nareas: {dns: {approvers: [kudo, ota], executors: ota}}"),
        [r#"yaml-too-few-in able="1" name="dns" needed="2" risk="high" sort="area""#]
    );
    assert_eq!(
        with("approval: {quorum: {high: 2}}\nservices: {shop: {approvers: {low: kudo, high: kudo}}}"),
        [r#"yaml-too-few-in able="1" name="shop" needed="2" risk="high" sort="service""#]
    );
    // At low risk nobody needs two, and nobody is named for high risk on purpose.
    assert_eq!(
        with("approval: {quorum: {high: 2}}\nservices: {shop: {approvers: {low: kudo}}}"),
        [""; 0]
    );
}

#[test]
fn who_works_alone_needs_somebody_else_to_look() {
    let text = include_str!("data/tutor.yml");
    let own = text.replace("outside_reviewers: colleague", "outside_reviewers: teacher");
    let (mut config, _) = read(&own, "shop", &|_| None).unwrap();
    let keys = |config: &Config| {
        let reasons = unsatisfiable(config);
        reasons.iter().map(|f| f.message.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&config), ["yaml-nobody-outside"]);
    config.approval.outside_reviewers.clear();
    assert_eq!(keys(&config), ["yaml-nobody-outside"]);
    config.profile = Profile::Small;
    assert_eq!(keys(&config), [""; 0]);
}

/// Everything that a check prints about a file: text in both languages, colour, and JSON.
fn everything_said(text: &str, faults: Vec<Fault>) -> String {
    let file = CheckedFile {
        file: "sekisho.yml".to_owned(),
        content: Some(text.to_owned()),
        faults,
    };
    let view = CheckView {
        files: vec![file],
        ..CheckView::default()
    };
    let look = Look {
        colour: true,
        width: Some(80),
    };
    [Language::En, Language::Ja]
        .map(|language| {
            let wording = Wording::new(language);
            let plain = check::text(&wording, &view, Look::default());
            format!(
                "{plain}\n{}\n{}",
                check::text(&wording, &view, look),
                serde_json::to_string(&check::json(&wording, &view)).unwrap()
            )
        })
        .join("\n")
}

#[test]
fn no_secret_that_stands_in_the_file_is_ever_printed() {
    let base = include_str!("data/museum.yml");
    let phone = "090-1234-5678";
    let hook = "https://hooks.example/T00/B00/verysecret";
    let password = "verysecret";
    // Every one puts a secret and a fault on the same line, or breaks the file around the secret.
    let damages = [
        ("\"${CASHIER_PHONE}\"", format!("\"{phone}\"")),
        ("\"${CASHIER_PHONE}\"", format!("{phone}, hgithub: x")),
        (
            "contacts: {phone: \"${CASHIER_PHONE}\"}",
            format!("contacts: \"{phone}\""),
        ),
        (
            "contacts: {phone: \"${CASHIER_PHONE}\"}",
            format!("contacts: [{phone}]"),
        ),
        (
            "contacts: {phone: \"${CASHIER_PHONE}\"}",
            format!("contact: {{phon: {phone}}}"),
        ),
        (
            "contacts: {phone: \"${CASHIER_PHONE}\"}",
            format!("contacts: {{phone: {{{phone}: 1}}}}"),
        ),
        (
            "contacts: {phone: \"${CASHIER_PHONE}\"}",
            format!("contacts: {{phone: '{phone}', phone: x}}"),
        ),
        (
            "contacts: {phone: \"${CASHIER_PHONE}\"}",
            format!("contacts: {{line: '{password}', org: [}}"),
        ),
        ("\"${DESK_HOOK}\"", hook.to_owned()),
        ("\"${DESK_HOOK}\"", format!("{hook}: x")),
        ("\"${DESK_HOOK}\"", format!("\"{hook}")),
        ("\"${DESK_HOOK}\"", format!("\n      {hook}\n      {hook}: x")),
        ("{slack: \"${DESK_HOOK}\"}", hook.to_owned()),
        ("{slack: \"${DESK_HOOK}\"}", format!("{{slak: \"{hook}\"}}")),
        (
            "{slack: \"${DESK_HOOK}\"}",
            format!("\n    slack: |\n      {hook}\n    teams: !x {hook}"),
        ),
        (
            "{slack: \"${DESK_HOOK}\"}",
            format!("{{chatwork: {{room: \"1\", tokn: {password}}}}}"),
        ),
        (
            "channels:",
            format!("smtp: {{host: h.example, from: a@b.example, pasword: {password}}}\nchannels:"),
        ),
        (
            "channels:",
            format!("smtp: {{host: h.example, from: a@b.example, password: {password}}}\nchannels:"),
        ),
        (
            "channels:",
            format!("chanels: {{x: {{slak: \"{hook}\"}}}}\nchannels:"),
        ),
        ("\"phone:cashier\"", format!("\"phone:{phone}\"")),
        ("start: desk", format!("start: \"{hook}\"")),
        ("github: m-cashier", "github: \"+81 90 1234 5678\"".to_owned()),
        ("github: m-cashier", format!("email: \"{phone}\"")),
        ("github: m-cashier", "github: \"no account\"".to_owned()),
    ];
    for (i, (from, to)) in damages.iter().enumerate() {
        assert!(base.contains(from), "{from}");
        let mut text = base.replace(from, to);
        if i == damages.len() - 1 {
            text = text.replace("${CASHIER_PHONE}", phone);
        }
        let faults = faults(&text);
        let said = everything_said(&text, faults);
        for secret in [phone, "1234", hook, password, "T00"] {
            assert!(!said.contains(secret), "{to}:\n{said}");
        }
        assert!(said.contains("sekisho.yml:"), "{said}");
    }
}

#[test]
fn what_stays_of_a_line_with_a_secret() {
    let text = include_str!("data/museum.yml").replace(
        "github: m-cashier, contacts: {phone: \"${CASHIER_PHONE}\"}",
        "github: m cashier, contacts: {phone: \"090-1234-5678\", mail: \"${MAIL}\"}",
    );
    let broken = text.replace("DESK_HOOK}\"", "DESK_HOOK}");
    insta::assert_snapshot!(format!(
        "{}---\n{}",
        shown(&text, &faults(&text)),
        shown(&broken, &faults(&broken))
    ));
}

/// A declaration's faults as they are printed.
fn declared(text: &str) -> String {
    let zone = TimeZone::get("Asia/Tokyo").unwrap();
    let faults = match Document::parse(text) {
        Err(faults) => faults,
        Ok(document) => declaration::read(&document, &zone, None).expect_err("the text was accepted"),
    };
    shown(text, &faults)
}

#[test]
fn the_first_mistakes_that_people_make_in_a_declaration() {
    let start = "schema: sekisho/declaration/v1\n";
    let mistakes = [
        (
            "a missing value, in English",
            "title:\nreason: The new opening hours\n",
        ),
        ("a missing value", "title: 開館時間の変更\nreason:\n"),
        ("null", "title: Opening hours\nwindow: {start: null}\n"),
        (
            "a name instead of a key",
            "roles: {executor: Ward Manager, approvers: [\"@ota\"]}\n",
        ),
        (
            "a name instead of a key, in Japanese",
            "roles:\n  executor: 太田 係長\n",
        ),
        (
            "a duration without unit",
            "window: {estimate: 15}\nimpact: {downtime: 5 min}\n",
        ),
        ("a duration in Japanese", "impact:\n  downtime: 15分\n"),
        (
            "a time without T",
            "window:\n  start: 2026-10-05 22:30\n  end: 22:30\n",
        ),
        ("a time in Japanese", "window:\n  start: 2026/10/05 22時半\n"),
        (
            "a list instead of a text",
            "reason:\n  - more seats\n  - fewer stairs\n",
        ),
        ("a map instead of a text", "title: {ja: 座席, en: Seats}\n"),
        ("a text instead of a map", "window: tonight\nroles: 太田\n"),
        ("tabs", "roles:\n\texecutor: ota\n"),
        ("a key twice", "title: Seats\nreason: x\ntitle: Seats again\n"),
        ("a misspelt key", "tilte: 座席\nrolback: {strateg: restore}\n"),
        ("a misspelt word", "kind: certifcate\nrisk: hihg\n"),
        ("a colon in a text", "title: Seats: second floor\n"),
        ("a colon in a Japanese text", "title: 座席: 2階\n"),
        ("a hash without quotes", "references: [#52]\n"),
        ("a hash without quotes and brackets", "references: #52\n"),
        ("text behind a quote", "reason: \"増席\"のため\n"),
        ("an open bracket", "references: [\"#52\", \"#53\"\nreason: 増席\n"),
        ("an open quote", "title: \"座席の変更\nreason: 増席\n"),
        ("an at sign", "title: @ota please\n"),
        ("wide spaces", "roles:\n　　executor: ota\n"),
        ("no space after the colon", "title:座席の変更\n"),
        ("a wide colon", "title： 座席の変更\n"),
        (
            "uneven indentation",
            "roles:\n  executor: ota\n   verifier: kudo\n",
        ),
        ("yes", "impact: {visible: yes, money: はい}\n"),
        ("a path outside", "plan: ../seats.csv\n"),
        ("a date as people write it", "rollback: {tested: 5 Oct 2026}\n"),
        (
            "ends before it starts",
            "window: {start: 2026-10-05T22:30, end: 2026-10-05T21:30}\n",
        ),
    ];
    let all = mistakes.map(|(what, text)| format!("# {what}\n{}", declared(&format!("{start}{text}"))));
    let none = declared("title: Opening hours\n");
    insta::assert_snapshot!(format!("{}# no schema\n{none}", all.join("")));
}

/// The names of the sentences in a wording file.
fn keys(source: &str) -> BTreeSet<String> {
    let starts = source.lines().filter(|line| line.starts_with("yaml-"));
    starts
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

#[test]
fn both_languages_have_exactly_the_sentences_that_the_code_says() {
    let mut said = BTreeSet::from(["yaml-sort".to_owned()]);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut folders = vec![std::path::PathBuf::from(root)];
    let pattern = regex::Regex::new(r#""(yaml-[a-z0-9-]+)""#).unwrap();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                said.extend(pattern.captures_iter(&text).map(|c| c[1].to_owned()));
            }
        }
    }
    assert_eq!(keys(EN), said);
    assert_eq!(keys(JA), said);
}

fn prop_assert_said(text: &str, found: &Fault) {
    for language in [Language::En, Language::Ja] {
        let wording = Wording::new(language);
        assert!(wording.maybe(&found.message).is_some(), "{}", found.message);
        assert!(fault::text(&wording, "f", text, found, Look::default()).contains("f:"));
    }
}

proptest::proptest! {
    #[test]
    fn no_damage_to_a_file_panics(cut in 0usize..1800, put in r#"[ -~\n漢\{\}\[\]:,#"]{0,6}"#) {
        let text = include_str!("data/print-shop.yml");
        let cut = (0..=cut.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap();
        let damaged = format!("{}{put}{}", &text[..cut], &text[cut..]);
        if let Err(faults) = read(&damaged, "shop", &|_| None) {
            proptest::prop_assert!(!faults.is_empty());
            for found in faults {
                prop_assert_said(&damaged, &found);
            }
        }
    }
}

#[test]
fn an_issuer_is_written_as_its_tokens_have_it() {
    let with = |issuer: &str| {
        let text = include_str!("data/tutor.yml").to_owned();
        format!("{text}trust: {{issuer: \"{issuer}\", repository_id: 7}}\n")
    };
    for wrong in ["http://ci.example", "https://ci.example/", "ci.example"] {
        let found = faults(&with(wrong));
        assert!(
            found.iter().any(|fault| fault.message.key == "yaml-issuer"),
            "{wrong}: {found:?}"
        );
    }
    let own = read(&with("https://ci.example/_services/token"), "shop", &|_| None);
    assert_eq!(own.unwrap().0.trust.repository_id, Some(7));
}
