//! Complete files that read without faults, and what they come to.

use sekisho::change::{EnvironmentKey, Period, Risk, ServiceKey};
use sekisho::config::{
    Config, Group, Language, Profile, SHIPPED_BLANK_NAME_JA, Signatures, StarterChoices, StarterPerson,
    WindowHours, read, starter, unsatisfiable,
};

fn file(path: &str) -> Option<String> {
    (path == "depot/closed.txt").then(|| "2026-07-01 depot fair\n2026-12-24\n".to_owned())
}

fn good(text: &str) -> Config {
    let (config, warnings) = read(text, "shop", &file).unwrap_or_else(|f| panic!("{f:#?}"));
    assert_eq!(warnings, [], "{text}");
    assert_eq!(unsatisfiable(&config), []);
    config
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

#[test]
fn a_dozen_lines_are_enough() {
    let config = good(include_str!("data/bakery.yml"));
    assert_eq!(
        (config.profile, config.language),
        (Profile::Small, Some(Language::Ja))
    );
    assert_eq!(config.calendar.zone_name, "Asia/Tokyo");
    assert_eq!(config.calendar.known_years, Some(2019..=2027));
    assert!(config.services.contains_key(&ServiceKey::from("shop")));
    assert!(config.environments[&EnvironmentKey::from("production")].gated);
    assert_eq!(config.people["kudo"].emails, ["kudo@bakery.example"]);
    assert_eq!(config.approvers.at(Risk::High).len(), 3);
    assert_eq!(config.emergency_route, config.approvers.everyone());
    assert_eq!(config.trust.signatures, Signatures::Github);
    assert_eq!(config.windows["default"], WindowHours::BusinessHours);
    assert!(config.paths.gate.contains(&"policies/**".to_owned()));
    assert_eq!(config.approval.max_age[&Risk::High], Period::Wall(7 * 86_400));
}

#[test]
fn a_museum_where_only_the_owners_of_areas_approve() {
    let config = good(include_str!("data/museum.yml"));
    assert_eq!(config.calendar.holidays.len(), 4);
    assert_eq!(config.calendar.known_years, None);
    assert_eq!(config.freezes.len(), 2);
    assert!(config.freezes[0].services.contains("tickets"));
    assert!(config.areas["payment"].sensitive());
    assert!(config.approvers.everyone().is_empty());
    assert_eq!(config.people["guard"].duty.as_deref(), Some("closed_days"));
    assert_eq!(config.emergency.listed_measures, ["restart", "disable_feature"]);
}

#[test]
fn tables_of_holidays_together_know_only_the_years_that_each_of_them_knows() {
    let text = include_str!("data/bakery.yml");
    let text = format!("{text}calendar: {{holidays: [jp, \"file:own.txt\"]}}\n");
    let own = |_: &str| Some("years 2026-2040\n2027-05-20 anniversary\n".to_owned());
    let (config, _) = read(&text, "shop", &own).unwrap();
    assert_eq!(config.calendar.known_years, Some(2026..=2027));
    assert!(config.calendar.holidays.contains(&day("2027-05-20")));
    assert!(config.calendar.is_business_day(day("2030-05-20")).is_err());
}

#[test]
fn a_teacher_who_works_alone() {
    let config = good(include_str!("data/tutor.yml"));
    assert_eq!(
        (config.approval.quorum[&Risk::High], config.trust.signatures),
        (0, Signatures::Optional)
    );
    assert_eq!(config.emergency_route, config.approval.outside_reviewers);
    assert_eq!(config.approval.cooling_off, Some(Period::Wall(45 * 60)));
    assert_eq!(config.approval.outside_review_due, Some(Period::BusinessDays(3)));
}

#[test]
fn a_print_shop_with_two_organisations() {
    let config = good(include_str!("data/print-shop.yml"));
    assert_eq!(config.approvers.at(Risk::High), []);
    assert!(config.calendar.holidays.contains(&day("2026-08-13")));
    assert!(config.calendar.holidays.contains(&day("2026-08-11")));
    let kudo = &config.people["kudo"];
    assert_eq!(kudo.contacts[0], ("phone".to_owned(), "${KUDO_PHONE}".to_owned()));
    assert_eq!(kudo.emails.len(), 2);
    assert_eq!(config.people["ota"].until.as_deref(), Some("2027-09-30"));
    assert_eq!(config.areas["dns"].label["en"], "名前解決");
    assert_eq!(config.areas["prices"].label["en"], "Quotes");
    assert_eq!(config.areas["code"].executors.as_ref().unwrap().len(), 1);
    assert_eq!(config.templates[0].1.written["params"]["copies"]["max"], 40);
    assert_eq!(
        config.notices["contact_rules"]["default"]["before"]["lead"],
        "90m"
    );
    let plan = config.default_rollback(&ServiceKey::from("shop")).unwrap().1;
    assert_eq!(
        plan.tested.as_ref().unwrap().evidence.as_deref(),
        Some("訓練の記録 4号")
    );
}

#[test]
fn a_bus_company_in_one_repository() {
    let config = good(include_str!("data/bus-lines.yml"));
    assert_eq!(
        config.groups["platform"],
        Group::Team("example-buses/platform".to_owned())
    );
    assert_eq!(
        config.executors.iter().map(|p| p.as_str()).collect::<Vec<_>>(),
        ["depot", "night_driver", "platform"]
    );
    assert_eq!(config.paths.changes, "depot/changes/");
    assert_eq!(config.paths.policies, "depot/rules/");
    assert_eq!(
        config.rules["ROL-06"].parameters["max_share"],
        serde_json::json!(0.4)
    );
    assert_eq!(config.rules["RBK-05"].parameters["max"]["high"], "90m");
    assert_eq!(config.rules["SCH-07"].effect.as_deref(), Some("off"));
    assert_eq!(config.calendar.holidays.len(), 2);
    assert!(!config.environments[&EnvironmentKey::from("rehearsal")].gated);
    assert_eq!(
        (config.due.review, config.due.undeclared_block),
        (Period::BusinessDays(8), None)
    );
    let tools = &config.services["depot-tools"];
    assert_eq!(tools.window.as_deref(), Some("after_service"));
    assert_eq!(config.may_execute(&ServiceKey::from("timetable")).len(), 3);
}

#[test]
fn a_hospital_under_audit() {
    let config = good(include_str!("data/hospital.yml"));
    assert_eq!(config.trust.signatures, Signatures::Required);
    let key = &config.people["records"].keys[0];
    assert_eq!(
        (key.key.as_str(), key.until.as_deref()),
        ("ssh-ed25519 AAAARecordsExampleOnly", Some("2027-12-31"))
    );
    assert_eq!(
        config.people["ward_it"].keys[0].key,
        "ssh-ed25519 AAAAWardExampleOnly"
    );
    assert_eq!(config.emergency.ttl, Period::Wall(5400));
    assert_eq!((config.emergency.files, config.emergency.extensions), (4, 2));
    assert!(config.approval.attested_emergency && config.approval.attested_file);
    assert_eq!(config.approval.max_age[&Risk::Medium], Period::Wall(14 * 86_400));
    assert_eq!(config.notices["smtp"]["password"], "file:~/.smtp#changes");
}

#[test]
fn a_templates_digest_is_of_its_content_and_not_of_its_layout() {
    let text = include_str!("data/bus-lines.yml");
    let digest = |text: &str| good(text).templates[0].1.digest;
    let line = "{valid_for: 120d, service: timetable, risk: medium, paths: [\"timetable/**\"]}";
    assert!(text.contains(line));
    let same =
        "{paths: \"timetable/**\", rollback: republish, risk: medium, service: timetable, valid_for: 120d}";
    assert_eq!(digest(text), digest(&text.replace(line, same)));
    assert_ne!(
        digest(text),
        digest(&text.replace(
            "service: timetable, risk: medium",
            "service: timetable, risk: low"
        ))
    );
}

#[test]
fn the_starter_is_short_and_reads_back() {
    let sato = StarterPerson {
        key: "sato".to_owned(),
        name: "係: 受付 # {x}".to_owned(),
        emails: vec!["sato@agency.example".to_owned()],
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

    // A route alone names nobody who may declare, and does not say that nobody may.
    choices.route.push("hayashi".to_owned());
    let called = starter(&choices);
    assert!(called.contains("emergency: {route: [hayashi]}"), "{called}");
    let (config, _) = read(&called, "shop", &file).unwrap();
    assert!(!config.emergency.declarers.is_empty());
}
