//! The wording files: the same keys and variables in both languages, and words for every key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use regex::Regex;
use sekisho::change::Message;
use sekisho::config::Language;
use sekisho::report::Wording;

use crate::scan::{spoken, top};

/// id → variables, with the lines that are no Fluent, of one file's text.
fn entries(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let id = Regex::new(r"^(-?[A-Za-z][A-Za-z0-9_-]*) *=").unwrap();
    let variable = Regex::new(r"\$([A-Za-z][A-Za-z0-9_-]*)").unwrap();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = id.captures(line) {
            let name = name[1].to_owned();
            assert!(!found.contains_key(&name), "{name} stands twice");
            found.insert(name.clone(), BTreeSet::new());
            current = Some(name);
        } else {
            assert!(
                line.trim().is_empty() || line.starts_with([' ', '}']),
                "neither an id nor its continuation: {line}"
            );
        }
        if let Some(name) = &current {
            found
                .get_mut(name)
                .unwrap()
                .extend(variable.captures_iter(line).map(|v| v[1].to_owned()));
        }
    }
    found
}

/// A sentence that quotes another one needs that one's variables too.
fn with_quoted(
    mut ids: BTreeMap<String, BTreeSet<String>>,
    text: &str,
) -> BTreeMap<String, BTreeSet<String>> {
    let quoted = Regex::new(r"\{ *([a-z][A-Za-z0-9_-]*) *\}").unwrap();
    let mut owner = String::new();
    for line in text.lines() {
        if let Some(id) = line.split(" =").next().filter(|id| ids.contains_key(*id)) {
            owner = id.to_owned();
        }
        for name in quoted.captures_iter(line) {
            let theirs = ids
                .get(&name[1])
                .unwrap_or_else(|| panic!("{owner} quotes {}", &name[1]))
                .clone();
            ids.get_mut(&owner).unwrap().extend(theirs);
        }
    }
    ids
}

fn by_file(language: Language) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let code = Wording::code(language);
    Wording::sources(language)
        .into_iter()
        .map(|(path, text)| {
            (
                path.replace(&format!("/{code}/"), "/*/")
                    .replace(&format!(".{code}."), ".*."),
                with_quoted(entries(text), text),
            )
        })
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let (en, ja) = (by_file(Language::En), by_file(Language::Ja));
    assert!(en.contains_key("locales/*/main.ftl"));
    assert_eq!(
        en.keys().collect::<Vec<_>>(),
        ja.keys().collect::<Vec<_>>(),
        "a file is missing in one language"
    );
    for (file, english) in &en {
        let japanese = &ja[file];
        for (id, variables) in english {
            assert_eq!(
                japanese.get(id),
                Some(variables),
                "{file}: {id} differs in Japanese"
            );
        }
        for id in japanese.keys() {
            assert!(english.contains_key(id), "{file}: {id} is missing in English");
        }
    }
}

/// Files are built in; the build does not notice a new one by itself.
#[test]
fn every_file_on_disk_is_built_in() {
    for language in [Language::En, Language::Ja] {
        let code = Wording::code(language);
        let built: BTreeMap<String, &str> = Wording::sources(language).into_iter().collect();
        let mut files = vec![format!("policies/wording.{code}.ftl")];
        for entry in fs::read_dir(top().join("locales").join(code)).unwrap() {
            files.push(format!(
                "locales/{code}/{}",
                entry.unwrap().file_name().to_string_lossy()
            ));
        }
        for file in files {
            if let Ok(text) = fs::read_to_string(top().join(&file)) {
                assert_eq!(
                    built.get(&file),
                    Some(&text.as_str()),
                    "{file}: touch src/report/wording.rs and build again"
                );
            }
        }
    }
}

#[test]
fn no_key_stands_in_two_files() {
    let mut owner = BTreeMap::new();
    for (file, ids) in by_file(Language::En) {
        for id in ids.into_keys() {
            if let Some(other) = owner.insert(id.clone(), file.clone()) {
                panic!("{id} is in {other} and in {file}");
            }
        }
    }
}

/// Every sentence is said with all its variables; a broken entry would be missing in the bundle.
#[test]
fn every_sentence_can_be_said() {
    let mut wrong = BTreeSet::new();
    for language in [Language::En, Language::Ja] {
        let wording = Wording::new(language);
        for (file, ids) in by_file(language) {
            for (id, variables) in ids {
                for value in ["1", "2", "words"] {
                    let message = variables
                        .iter()
                        .fold(Message::new(&id), |message, name| message.with(name, value));
                    let said = wording.maybe(&message).unwrap_or_default();
                    if said.is_empty() || said.contains(['\u{2068}', '\u{2069}']) {
                        wrong.insert(format!(
                            "{file} ({language:?}): {id} is no sentence of Fluent: {said:?}"
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Library code names keys; here every one of them has words. Keys of rules and of YAML wait
/// for their files.
#[test]
fn every_key_in_the_code_has_words() {
    let named = Regex::new(r#"(?:Message::new|\.label|\blabel)\(\s*"([^"]+)"\s*,?\s*\)"#).unwrap();
    let rule = Regex::new(r"^[A-Z]{3}-[0-9]{2}\.").unwrap();
    let english = Wording::new(Language::En);
    let japanese = Wording::new(Language::Ja);
    let present = |file: &str| by_file(Language::En).contains_key(file);
    let (rules, yaml) = (present("policies/wording.*.ftl"), present("locales/*/yaml.ftl"));
    let mut missing = BTreeSet::new();
    let mut seen = 0;
    for (path, code) in spoken() {
        for key in named.captures_iter(&code).map(|found| found[1].to_owned()) {
            seen += 1;
            let waits = (rule.is_match(&key) && !rules) || (key.starts_with("yaml-") && !yaml);
            if !waits && [&english, &japanese].iter().any(|words| !words.knows(&key)) {
                missing.insert(format!("{path}: {key}"));
            }
        }
    }
    assert!(seen > 50, "the scan saw only {seen} keys");
    assert!(
        missing.is_empty(),
        "add words to the .ftl files of both languages: {missing:#?}"
    );
}

/// Keys also stand in tables of the report room.
#[test]
fn every_literal_of_the_report_room_that_reads_like_a_key_has_words() {
    // The name of a group of words.
    const NO_KEYS: &[&str] = &["approval-kind"];
    let literal = Regex::new(r#""([a-z]+(?:-[a-z0-9_]+)+)""#).unwrap();
    let wording = Wording::new(Language::Ja);
    let mut missing = BTreeSet::new();
    for (path, code) in spoken()
        .into_iter()
        .filter(|(path, _)| path.starts_with("src/report/"))
    {
        for found in literal.captures_iter(&code) {
            if !wording.knows(&found[1]) && !NO_KEYS.contains(&&found[1]) {
                missing.insert(format!("{path}: {}", &found[1]));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Keys also stand in closed lists of other rooms, under names that only sentences have.
#[test]
fn every_sentence_of_a_closed_list_has_words() {
    // Names of rules that read like keys.
    const RULES: &[&str] = &["error-is-never-a-pass"];
    let literal = Regex::new(r#""((?:damage|note|signature|error|yaml)-[a-z0-9_-]+)""#).unwrap();
    let wording = Wording::new(Language::En);
    let mut missing = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for (path, code) in spoken() {
        for found in literal.captures_iter(&code) {
            seen.insert(found[1].to_owned());
            if !wording.knows(&found[1]) && !RULES.contains(&&found[1]) {
                missing.insert(format!("{path}: {}", &found[1]));
            }
        }
    }
    assert!(seen.len() > 50, "the scan saw only {} keys", seen.len());
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The words of every closed list of the code.
#[test]
fn every_word_of_a_closed_list_has_a_label() {
    use sekisho::change::{ChangeType, Kind, Risk, Strategy};
    let wording = Wording::new(Language::Ja);
    let lists: [(&str, Vec<&str>); 5] = [
        ("type", ChangeType::ALL.iter().map(|w| w.as_str()).collect()),
        ("kind", Kind::ALL.iter().map(|w| w.as_str()).collect()),
        ("risk", Risk::ALL.iter().map(|w| w.as_str()).collect()),
        ("level", Risk::ALL.iter().map(|w| w.as_str()).collect()),
        ("strategy", Strategy::ALL.iter().map(|w| w.as_str()).collect()),
    ];
    for (group, words) in lists {
        for word in words {
            assert!(wording.knows(&format!("{group}-{word}")), "{group}-{word}");
        }
    }
    for act in [
        "log.created",
        "state.baselined",
        "trust.signers",
        "change.declared",
        "change.approved",
        "change.objected",
        "change.withdrawn",
        "deploy.allowed",
        "deploy.denied",
        "deploy.started",
        "deploy.finished",
        "gate.unavailable",
    ] {
        assert_ne!(wording.act(&format!("{act}/1")), format!("{act}/1"));
    }
}

#[test]
fn what_is_missing_is_shown_and_never_panics() {
    let wording = Wording::new(Language::En);
    let unknown = Message::new("no-such-key").with("who", "a\u{1b}[31mb\n");
    assert_eq!(wording.say(&unknown), r#"no-such-key who="a\u{1b}[31mb\n""#);
    assert_eq!(wording.maybe(&unknown), None);
    // A variable that nobody gave: the key and what there is, not a sentence with a hole.
    assert_eq!(wording.say(&Message::new("time-left")), "time-left");
    assert_eq!(wording.label("a.b c{}\u{202e}"), "a.b c{}\\u{202e}");
    assert_eq!(wording.act("x.y/7"), "x.y/7");
    assert_eq!(wording.label(""), "");
}

#[test]
fn values_cannot_break_out_of_a_sentence() {
    let wording = Wording::new(Language::En);
    let hostile = "{ $x }\u{1b}]0;t\u{7}\n::error::x\u{2066}";
    let said = wording.say(
        &Message::new("error-read-file")
            .with("file", hostile)
            .with("detail", "d"),
    );
    assert_eq!(
        said,
        "{ $x }\\u{1b}]0;t\\u{7}\\n::error::x\\u{2066} cannot be read: d"
    );
}

#[test]
fn numbers_choose_the_form() {
    let wording = Wording::new(Language::En);
    let clean = |n: &str| wording.say(&Message::new("check-clean").with("count", n));
    assert_eq!(clean("1"), "Nothing wrong in 1 file.");
    assert_eq!(clean("12345"), "Nothing wrong in 12345 files.");
    // Not the number one, whatever it looks like: the text stays as it is.
    assert_eq!(clean("01"), "Nothing wrong in 01 files.");
}

#[test]
fn every_example_of_a_shipped_rule_has_a_japanese_name() {
    let example = Regex::new(r#"cases contains \{\s*"name": "([^"]*)"(, "ja": "[^"]+")?"#).unwrap();
    let mut count = 0;
    for group in fs::read_dir(top().join("policies")).unwrap() {
        let group = group.unwrap().path();
        if !group.is_dir() {
            continue;
        }
        for file in fs::read_dir(&group).unwrap() {
            let file = file.unwrap().path();
            let text = fs::read_to_string(&file).unwrap();
            for found in example.captures_iter(&text) {
                assert!(found.get(2).is_some(), "{}: {}", file.display(), &found[1]);
                count += 1;
            }
        }
    }
    assert!(count > 400, "{count} examples");
}
