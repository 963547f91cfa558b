//! Complete files that read without faults, and what they come to.

use sekisho::change::{EnvironmentKey, Period, Risk, ServiceKey};
use sekisho::config::{
    Config, Group, Language, Profile, SHIPPED_BLANK_NAME_JA, Signatures, StarterChoices, StarterPerson,
    WindowHours, read, starter, unsatisfiable,
};

fn file(path: &str) -> Option<String> {
    (path == "holidays.txt").then(|| "2026-12-25 Christmas\n".to_owned())
}

fn good(text: &str) -> Config {
    let (config, warnings) = read(text, "shop", &file).unwrap_or_else(|f| panic!("{f:#?}"));
    assert_eq!(warnings, [], "{text}");
    assert_eq!(unsatisfiable(&config), []);
    config
}

#[test]
fn ten_lines_are_enough() {
    let config = good(include_str!("data/ten-lines.yml"));
    assert_eq!(
        (config.profile, config.language),
        (Profile::Small, Some(Language::Ja))
    );
    assert_eq!(config.calendar.zone_name, "Asia/Tokyo");
    assert_eq!(config.calendar.known_years, Some(2024..=2027));
    assert!(config.services.contains_key(&ServiceKey::from("shop")));
    assert!(config.environments[&EnvironmentKey::from("production")].gated);
    assert_eq!(config.people["tanaka"].emails, ["tanaka@client.example"]);
    assert_eq!(config.approvers.at(Risk::High).len(), 3);
    assert_eq!(config.emergency_route, config.approvers.everyone());
    assert_eq!(config.trust.signatures, Signatures::Github);
    assert_eq!(config.windows["default"], WindowHours::BusinessHours);
    assert!(config.paths.gate.contains(&"policies/**".to_owned()));
    assert_eq!(config.approval.max_age[&Risk::High], Period::Wall(7 * 86_400));
}

#[test]
fn the_fixture_of_the_stories() {
    let config = good(include_str!("data/fixture.yml"));
    assert_eq!(config.calendar.holidays.len(), 3);
    assert_eq!(config.calendar.known_years, None);
    assert_eq!(config.freezes.len(), 2);
    assert!(config.areas["pricing"].sensitive());
    assert!(config.approvers.everyone().is_empty());
}

#[test]
fn one_person_an_agency_a_monorepo_and_an_audit() {
    let solo = good(include_str!("data/solo.yml"));
    assert_eq!(
        (solo.approval.quorum[&Risk::High], solo.trust.signatures),
        (0, Signatures::Optional)
    );
    assert_eq!(solo.emergency_route, solo.approval.outside_reviewers);

    let agency = good(include_str!("data/agency.yml"));
    assert_eq!(agency.approvers.at(Risk::High), []);
    assert!(agency.calendar.holidays.contains(&"2026-12-29".parse().unwrap()));
    assert!(agency.calendar.holidays.contains(&"2026-11-23".parse().unwrap()));
    assert_eq!(
        agency.people["tanaka"].contacts[0],
        ("phone".to_owned(), "${TANAKA_PHONE}".to_owned())
    );
    assert_eq!(agency.areas["certificate"].label["en"], "証明書");

    let mono = good(include_str!("data/monorepo.yml"));
    assert_eq!(mono.groups["ops"], Group::Team("example/ops".to_owned()));
    assert_eq!(
        mono.executors.iter().map(|p| p.as_str()).collect::<Vec<_>>(),
        ["ana", "bo", "ops"]
    );
    assert_eq!(mono.paths.changes, "ops/changes/");
    assert_eq!(
        mono.rules["ROL-06"].parameters["max_share"],
        serde_json::json!(0.25)
    );
    assert_eq!(mono.rules["SCH-07"].effect.as_deref(), Some("off"));
    assert_eq!(mono.calendar.holidays.len(), 1);
    assert!(!mono.environments[&EnvironmentKey::from("staging")].gated);

    let audited = good(include_str!("data/audited.yml"));
    assert_eq!(audited.trust.signatures, Signatures::Required);
    assert_eq!(
        audited.people["lena"].keys[0].key,
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample1"
    );
    assert_eq!(audited.emergency.ttl, Period::Wall(7200));
}

#[test]
fn a_templates_digest_is_of_its_content_and_not_of_its_layout() {
    let text = include_str!("data/monorepo.yml");
    let digest = |text: &str| good(text).templates[0].1.digest;
    let line = "web-deploy: {service: web, paths: [\"apps/web/**\"], risk: medium, valid_for: 180d}";
    assert!(text.contains(line));
    let same = "web-deploy: {valid_for: 180d, rollback: redeploy, risk: medium, paths: \"apps/web/**\", service: web}";
    assert_eq!(digest(text), digest(&text.replace(line, same)));
    assert_ne!(
        digest(text),
        digest(&text.replace("risk: medium, valid_for", "risk: low, valid_for"))
    );
}

#[test]
fn the_starter_is_short_and_reads_back() {
    let sato = StarterPerson {
        key: "sato".to_owned(),
        name: "佐藤: 優 # {x}".to_owned(),
        email: Some("sato@agency.example".to_owned()),
        ..StarterPerson::default()
    };
    let mut choices = StarterChoices {
        language: Language::Ja,
        people: vec![sato.clone()],
        executors: vec!["sato".to_owned()],
        approvers: vec!["sato".to_owned()],
        signatures_optional: true,
        ..StarterChoices::default()
    };
    let alone = starter(&choices);
    let (config, warnings) = read(&alone, "shop", &file).unwrap_or_else(|f| panic!("{alone}\n{f:#?}"));
    assert_eq!(
        warnings
            .iter()
            .map(|w| w.message.key.as_str())
            .collect::<Vec<_>>(),
        ["yaml-blank-person"]
    );
    assert_eq!(config.people["approver"].name, SHIPPED_BLANK_NAME_JA);
    assert_eq!(config.people["sato"].name, sato.name);
    assert_eq!(config.trust.signatures, Signatures::Optional);

    choices.language = Language::En;
    choices.people.push(StarterPerson {
        key: "hayashi".to_owned(),
        name: "Hayashi".to_owned(),
        ..StarterPerson::default()
    });
    choices.approvers.push("hayashi".to_owned());
    let two = starter(&choices);
    assert_eq!(read(&two, "shop", &file).unwrap().1, []);
    insta::assert_snapshot!(format!("{alone}---\n{two}"));
}
