//! Catalogue, files, wording and documentation tell of the same rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::{FluentBundle, FluentResource};
use sekisho::dossier::UncoveredReason;
use sekisho::policy::{Catalog, Keeper, Rule, Scope};

/// Messages of the engine's own rules.
const ENGINE: &[&str] = &[
    "DEC-02_missing",
    "DEC-04_nobody",
    "DEC-08_differs",
    "AVL-03_rollback",
    "RBK-09_lifted",
    "RBK-09_lifted_satisfy",
];

/// Every entry of a wording file with the variables in it.
pub(crate) fn wording(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(format!("policies/wording.{language}.ftl")).unwrap();
    let entry = regex::Regex::new(r"^([a-zA-Z][a-zA-Z0-9_-]*) = ").unwrap();
    let variable = regex::Regex::new(r"\$([a-z_]+)").unwrap();
    let mut entries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(found) = entry.captures(line) {
            let id = found[1].to_owned();
            assert!(
                entries.insert(id.clone(), BTreeSet::new()).is_none(),
                "{id} twice in {language}"
            );
            last = Some(id);
        }
        if let Some(id) = &last {
            entries
                .get_mut(id)
                .unwrap()
                .extend(variable.captures_iter(line).map(|v| v[1].to_owned()));
        }
    }
    entries
}

/// The wording of a language, ready to format.
pub(crate) fn bundle(language: &str) -> FluentBundle<FluentResource> {
    let text = fs::read_to_string(format!("policies/wording.{language}.ftl")).unwrap();
    let resource = FluentResource::try_new(text).expect("Fluent");
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap();
    bundle
}

/// The messages that a rule's file can give.
fn messages(rule: &Rule) -> BTreeSet<String> {
    let Keeper::File(file) = &rule.keeper else {
        return BTreeSet::new();
    };
    let written = regex::Regex::new(r#""message": "([a-z_]+)""#).unwrap();
    let mut found: BTreeSet<String> = written
        .captures_iter(&file.source)
        .map(|m| m[1].to_owned())
        .collect();
    if file.source.contains(r#""message": step.reason"#) {
        use UncoveredReason::*;
        for reason in [
            Undeclared,
            DeclaredLater,
            Ambiguous,
            Missing,
            DeclaredTwice,
            Unreadable,
            Closed,
            Elsewhere,
            OlderThanAuthorised,
            Diverged,
            ObjectedSince,
        ] {
            found.insert(serde_json::to_value(reason).unwrap().as_str().unwrap().to_owned());
        }
    }
    found.insert("failed".to_owned());
    found
}

#[test]
fn both_languages_say_the_same_things() {
    let (english, japanese) = (wording("en"), wording("ja"));
    let ids = |w: &BTreeMap<String, BTreeSet<String>>| w.keys().cloned().collect::<Vec<_>>();
    assert_eq!(ids(&english), ids(&japanese));
    for (id, variables) in &english {
        assert_eq!(variables, &japanese[id], "{id}");
    }
    for language in ["en", "ja"] {
        let bundle = bundle(language);
        for id in english.keys() {
            assert!(
                bundle.get_message(id).and_then(|m| m.value()).is_some(),
                "{id} in {language}"
            );
        }
    }
}

#[test]
fn every_rule_has_its_words_and_no_words_lack_a_rule() {
    let catalog = Catalog::shipped().unwrap();
    let mut expected: BTreeSet<String> = ENGINE.iter().map(|id| (*id).to_owned()).collect();
    for rule in catalog.all() {
        expected.extend(["", "_why", "_satisfy"].map(|part| format!("{}{part}", rule.code)));
        for message in messages(rule) {
            let id = format!("{}_{message}", rule.code);
            // What satisfies one message alone may have words of its own.
            let own = format!("{id}_satisfy");
            expected.extend(wording("en").contains_key(&own).then_some(own));
            expected.insert(id);
        }
    }
    let about_rules = |id: &&String| id.starts_with(|c: char| c.is_ascii_uppercase());
    let written: BTreeSet<String> = wording("en").keys().filter(about_rules).cloned().collect();
    assert_eq!(expected, written);
}

#[test]
fn every_other_key_is_used_and_every_used_key_is_there() {
    let key = regex::Regex::new(r#""((?:policy|rules|test|not-judged|dossier)-[a-z-]+)""#).unwrap();
    let mut used = BTreeSet::new();
    let mut folders = vec![Path::new("src/policy").to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(path).unwrap();
                used.extend(key.captures_iter(&text).map(|found| found[1].to_owned()));
            }
        }
    }
    let about_rules = |id: &&String| id.starts_with(|c: char| c.is_ascii_lowercase());
    let written: BTreeSet<String> = wording("en").keys().filter(about_rules).cloned().collect();
    assert_eq!(used, written);
}

#[test]
fn every_rule_has_a_section_and_its_parameters_stand_in_it() {
    let page = fs::read_to_string("docs/rules.md").unwrap();
    let mut sections: BTreeMap<&str, &str> = BTreeMap::new();
    for section in page.split("\n## ").skip(1) {
        let (title, text) = section.split_once('\n').unwrap();
        assert!(sections.insert(title, text).is_none(), "{title} twice");
    }
    let catalog = Catalog::shipped().unwrap();
    let titles: BTreeSet<String> = catalog
        .all()
        .map(|rule| format!("{} {}", rule.code, rule.name))
        .collect();
    assert_eq!(titles, sections.keys().map(|title| (*title).to_owned()).collect());
    for rule in catalog.all() {
        let text = sections[format!("{} {}", rule.code, rule.name).as_str()];
        for parameter in rule.parameters.defaults.keys() {
            assert!(
                text.contains(&format!("`{parameter}`")),
                "{} {parameter}",
                rule.code
            );
        }
        for control in &rule.controls {
            assert!(text.contains(control.as_str()), "{} {control}", rule.code);
        }
        let words = rule.effect.all().map(|cell| serde_json::to_value(cell).unwrap());
        let words = words.map(|word| match word {
            serde_json::Value::String(word) if word == "never" => "-".to_owned(),
            serde_json::Value::String(word) => word,
            run => run["run"].as_str().unwrap().to_owned(),
        });
        assert!(
            text.contains(&format!("*Effect:* {}", words.join(", "))),
            "{} {words:?}",
            rule.code
        );
    }
}

#[test]
fn a_files_place_is_its_name_and_nothing_is_forgotten() {
    let catalog = Catalog::shipped().unwrap();
    let (mut files, mut kept) = (Vec::new(), Vec::new());
    for rule in catalog.all() {
        assert!((1..=3).contains(&rule.wave), "{}", rule.code);
        assert!(
            !rule.title.is_empty() && !rule.description.is_empty() && !rule.controls.is_empty(),
            "{}",
            rule.code
        );
        match &rule.keeper {
            Keeper::File(file) => {
                assert_eq!(file.path, format!("policies/{}/{}.rego", rule.group, rule.name));
                assert!(
                    Path::new(&file.path.replace(".rego", "_test.rego")).exists(),
                    "{}",
                    file.path
                );
                files.push(rule.code.as_str());
            }
            Keeper::Engine | Keeper::Obligation => kept.push(rule.code.as_str()),
        }
        if rule.scope == Scope::Deployment {
            assert!(
                [
                    "DEC-01", "AVL-01", "AVL-03", "EMG-18", "REC-01", "REC-02", "REC-04"
                ]
                .contains(&rule.code.as_str()),
                "{}",
                rule.code
            );
        }
    }
    assert_eq!(
        files,
        [
            "APP-01", "APP-03", "APP-04", "APP-05", "AVL-02", "CON-01", "CON-02", "CON-03", "CON-04",
            "DEC-01", "DEC-03", "DEC-05", "DEC-06", "DEC-07", "DEC-09", "DEC-10", "EMG-01", "EMG-02",
            "EMG-03", "EMG-04", "EMG-05", "EMG-06", "EMG-07", "EMG-08", "EMG-09", "EMG-10", "EMG-11",
            "EMG-15", "EMG-18", "EMG-19", "EMG-20", "EMG-21", "EMG-25", "PRC-01", "PRC-03", "RBK-01",
            "RBK-02", "RBK-03", "RBK-04", "RBK-05", "RBK-06", "RBK-07", "RBK-08", "RBK-10", "RBK-11",
            "REC-03", "REC-04", "ROL-01", "ROL-02", "ROL-03", "ROL-04", "ROL-05", "ROL-06", "ROL-08",
            "RSK-01", "RSK-02", "RSK-03", "RSK-04", "SCH-01", "SCH-02", "SCH-03", "SCH-04", "STD-01",
            "STD-02", "STD-03", "STD-04"
        ]
    );
    assert_eq!(
        kept,
        [
            "APP-02", "APP-06", "AVL-01", "AVL-03", "DEC-02", "DEC-04", "DEC-08", "EMG-12", "EMG-13",
            "EMG-14", "EMG-16", "EMG-17", "EMG-22", "EMG-23", "EMG-24", "EMG-26", "PRC-05", "RBK-09",
            "REC-01", "REC-02", "ROL-07"
        ]
    );
}
