//! Every fault of a configuration at its place, in words that both languages have.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use sekisho::change::Message;
use sekisho::change::text::{Fault, mark};
use sekisho::config::{read, unsatisfiable};

const EN: &str = include_str!("../../locales/en/yaml.ftl");
const JA: &str = include_str!("../../locales/ja/yaml.ftl");

fn sentence(language: &str, source: &str, message: &Message) -> String {
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
    bundle.set_use_isolating(false);
    bundle
        .add_resource(FluentResource::try_new(source.to_owned()).unwrap())
        .unwrap();
    let mut args = FluentArgs::new();
    for (name, value) in &message.with {
        args.set(name.as_str(), value.as_str());
    }
    let pattern = bundle
        .get_message(&message.key)
        .unwrap_or_else(|| panic!("no {}", message.key))
        .value()
        .unwrap();
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, Some(&args), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{message}: {errors:?}");
    text
}

fn faults(text: &str) -> Vec<Fault> {
    read(text, "shop", &|_| None).expect_err("the file was accepted")
}

fn shown(text: &str, faults: &[Fault]) -> String {
    let show = |fault: &Fault| {
        let marked = mark(text, fault.place.as_ref().unwrap());
        let carets = format!(
            "{}{}",
            " ".repeat(marked.caret_offset_columns),
            "^".repeat(marked.caret_width_columns)
        );
        format!(
            "{}\n{}\n{:>4} | {}\n     | {carets}",
            sentence("en", EN, &fault.message),
            sentence("ja", JA, &fault.message),
            marked.line_number,
            marked.line
        )
    };
    faults.iter().map(show).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_fault_of_a_file_is_shown_at_once() {
    let text = r##"version: 2
profil: small
people:
  sato: {name: 佐藤 優, github: sato-y, org: agncy}
  oncall: {name: 林 樹, github: SATO-Y, contacts: {phone: "090-0000-0000"}}
  "田 中": {name: 田中 彩, email: tanaka, keys: [rsa AAAA]}
groups: {oncall: [sato], team: {github: ops}}
executors: [sat, nobody-we-know]
approvers: {low: sato, hgih: sato}
organisations: {agency: 汐見デザイン}
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
    assert!(!faults.iter().any(|f| {
        f.message
            .with
            .values()
            .any(|v| v.contains("hooks.example") || v.contains("090"))
    }));
}

#[test]
fn a_missing_time_zone_is_said_and_taken_as_utc() {
    let text = include_str!("data/solo.yml").replace("calendar: {timezone: Europe/Lisbon}\n", "");
    let (config, warnings) = read(&text, "shop", &|_| None).unwrap();
    assert_eq!(config.calendar.zone_name, "UTC");
    insta::assert_snapshot!(shown(&text, &warnings));
}

#[test]
fn profiles_ask_for_what_they_stand_on() {
    let keys = |text: &str| {
        faults(text)
            .iter()
            .map(|f| format!("{} {}", f.field, f.message.key))
            .collect::<Vec<_>>()
    };
    let solo = include_str!("data/solo.yml").replace("approval: {outside_reviewers: peer}\n", "");
    assert_eq!(keys(&solo), ["approval.outside_reviewers yaml-missing-key"]);
    let audited = include_str!("data/audited.yml");
    assert_eq!(
        keys(&audited.replace("declarers: [lena, omar]", "declarers: [lena]")),
        ["emergency.declarers yaml-at-least-two"]
    );
    assert_eq!(
        keys(&audited.replace(", anchor: changes", "")),
        ["trust.anchor yaml-audited-needs"]
    );
    assert_eq!(
        keys(&audited.replace("github_id: 400012, ", "")),
        ["people.omar yaml-audited-needs"]
    );
}

#[test]
fn nothing_is_refused_that_could_pass_and_nothing_accepted_that_could_not() {
    let reasons = |from: &str, to: &str| {
        let text = include_str!("data/ten-lines.yml").replace(from, to);
        let (config, _) = read(&text, "shop", &|_| None).unwrap_or_else(|f| panic!("{f:?}"));
        unsatisfiable(&config)
            .iter()
            .map(|m| m.key.clone())
            .collect::<Vec<_>>()
    };
    assert!(reasons("", "").is_empty());
    assert_eq!(
        reasons("approvers: [hayashi, sato, tanaka]", "approvers: []"),
        ["yaml-nobody-approves"]
    );
    assert!(
        reasons(
            "approvers: [hayashi, sato, tanaka]",
            "approvers: []\nareas: {code: {approvers: tanaka}}"
        )
        .is_empty()
    );
    let alone = "executors: [sato]\napprovers: [sato]";
    assert_eq!(
        reasons(
            "executors: [sato, hayashi]\napprovers: [hayashi, sato, tanaka]",
            alone
        ),
        ["yaml-approves-alone"]
    );
    assert_eq!(
        reasons(", criteria: 502 for 2m, decider: tanaka, duration: 6m", ""),
        ["yaml-plan-incomplete"]
    );
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

proptest::proptest! {
    #[test]
    fn no_damage_to_a_file_panics(cut in 0usize..1800, put in r#"[ -~\n漢\{\}\[\]:,#"]{0,6}"#) {
        let text = include_str!("data/agency.yml");
        let cut = (0..=cut.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap();
        let damaged = format!("{}{put}{}", &text[..cut], &text[cut..]);
        if let Err(faults) = read(&damaged, "shop", &|_| None) {
            proptest::prop_assert!(!faults.is_empty());
            for fault in faults {
                sentence("en", EN, &fault.message);
                sentence("ja", JA, &fault.message);
            }
        }
    }
}
