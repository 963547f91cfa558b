//! The schemas say what the readers accept: they come from the readers, and are held against them.

use jsonschema::Validator;
use sekisho::change::text::{Document as Yaml, Sheet};
use sekisho::config::Language;
use sekisho::report::Wording;
use sekisho::report::schema::{Document, schema};
use serde_json::{Map, Value, json};

use crate::support::stage::Stage;

const CONFIGS: &[&str] = &[
    include_str!("data/bakery.yml"),
    include_str!("data/bus-lines.yml"),
    include_str!("data/hospital.yml"),
    include_str!("data/museum.yml"),
    include_str!("data/print-shop.yml"),
    include_str!("data/tutor.yml"),
    include_str!("faults/base.yml"),
];

const DECLARATIONS: &[&str] = &[
    include_str!("data/seat-plan.yml"),
    "schema: sekisho/declaration/v1\ntitle: 2026\nreason: 100\nreferences: '#1'\nrollback: previous\ncontact: default\n",
];

fn of(document: Document) -> Value {
    schema(document, &Wording::new(Language::En))
}

fn validator(document: Document) -> Validator {
    jsonschema::draft202012::new(&of(document)).unwrap()
}

/// A YAML file as an editor sees it.
fn read(text: &str) -> Value {
    let document = Yaml::parse(text).unwrap_or_else(|faults| panic!("{text}\n{faults:?}"));
    let sheet = Sheet::new(&document);
    let pairs = sheet.root().unwrap().named();
    let pairs = pairs
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.json()));
    Value::Object(pairs.collect::<Map<_, _>>())
}

#[track_caller]
fn assert_valid(validator: &Validator, value: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_schema_is_a_schema_of_draft_2020_12() {
    for document in Document::ALL {
        let schema = of(*document);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        jsonschema::meta::validate(&schema).unwrap();
    }
}

#[test]
fn what_the_readers_accept_is_valid() {
    let config = validator(Document::Config);
    for text in CONFIGS {
        assert_valid(&config, &read(text));
    }
    let declaration = validator(Document::Declaration);
    for text in DECLARATIONS {
        assert_valid(&declaration, &read(text));
    }
}

/// Every map of a value, by its JSON pointer.
fn maps(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(pointer.clone());
            for (key, inside) in fields {
                maps(inside, format!("{pointer}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, inside) in items.iter().enumerate() {
                maps(inside, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Whether the reader refuses a key that nobody knows in the map at `pointer`.
fn refuses(document: Document, value: &Value) -> bool {
    let text = value.to_string();
    let unknown = |faults: &[sekisho::change::text::Fault]| {
        let keys = faults.iter().map(|fault| fault.message.key.as_str());
        keys.into_iter().any(|key| key.starts_with("yaml-unknown-key"))
    };
    match document {
        Document::Config => sekisho::config::read(&text, "shop", &|_| Some(String::new()))
            .is_err_and(|faults| unknown(&faults)),
        _ => {
            let yaml = Yaml::parse(&text).unwrap();
            let zone = jiff::tz::TimeZone::UTC;
            sekisho::change::text::declaration::read(&yaml, &zone, None).is_err_and(|faults| unknown(&faults))
        }
    }
}

#[test]
fn a_key_that_the_reader_refuses_is_refused_by_the_schema_and_no_other() {
    let mut refused = 0;
    for (document, texts) in [(Document::Config, CONFIGS), (Document::Declaration, DECLARATIONS)] {
        let validator = validator(document);
        for text in texts {
            let whole = read(text);
            let mut pointers = Vec::new();
            maps(&whole, String::new(), &mut pointers);
            for pointer in pointers {
                let mut changed = whole.clone();
                let map = changed.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
                map.insert("zzz_nobody".to_owned(), json!("x"));
                if refuses(document, &changed) {
                    refused += 1;
                    assert!(!validator.is_valid(&changed), "{pointer}");
                }
            }
        }
    }
    assert!(refused > 100, "only {refused}");
}

/// The schemas of the values at a field, through every alternative.
fn at<'s>(schema: &'s Value, field: &[&str]) -> Vec<&'s Value> {
    let mut here = vec![schema];
    let ways = |schema: &'s Value| -> Vec<&'s Value> {
        match schema["anyOf"].as_array() {
            Some(ways) => ways.iter().collect(),
            None => vec![schema],
        }
    };
    for key in field {
        let next = here.into_iter().flat_map(ways).filter_map(|way| match *key {
            "[]" => way.get("items"),
            "*" => way
                .get("additionalProperties")
                .filter(|inside| inside.is_object()),
            key => way.get("properties")?.get(key),
        });
        here = next.collect();
    }
    here.into_iter().flat_map(ways).collect()
}

/// The words of a closed list at a field, sorted.
fn words(document: Document, field: &[&str]) -> Vec<String> {
    let schema = of(document);
    let lists = at(&schema, field)
        .into_iter()
        .filter_map(|way| way["enum"].as_array());
    let mut words: Vec<String> = lists
        .flatten()
        .map(|word| word.as_str().unwrap_or("1").to_owned())
        .collect();
    words.sort();
    words.dedup();
    words
}

#[test]
fn words_of_closed_lists_are_those_of_the_readers() {
    use sekisho::change::{ChangeType, DataImpact, Delivery, Kind, Risk, Strategy};
    fn sorted<W: Copy>(all: &[W], spelling: impl Fn(W) -> &'static str) -> Vec<String> {
        let mut words: Vec<String> = all.iter().map(|word| spelling(*word).to_owned()).collect();
        words.sort();
        words
    }
    let declaration = |field: &[&str]| words(Document::Declaration, field);
    assert_eq!(declaration(&["kind"]), sorted(Kind::ALL, Kind::as_str));
    assert_eq!(declaration(&["risk"]), sorted(Risk::ALL, Risk::as_str));
    assert_eq!(
        declaration(&["type"]),
        sorted(ChangeType::ALL, ChangeType::as_str)
    );
    assert_eq!(
        declaration(&["delivery"]),
        sorted(Delivery::ALL, Delivery::as_str)
    );
    assert_eq!(
        declaration(&["rollback", "strategy"]),
        sorted(Strategy::ALL, Strategy::as_str)
    );
    assert_eq!(
        declaration(&["impact", "data"]),
        sorted(DataImpact::ALL, DataImpact::as_str)
    );
    assert_eq!(declaration(&["schema"]), ["sekisho/declaration/v1"]);
    let config = |field: &[&str]| words(Document::Config, field);
    assert_eq!(config(&["profile"]), ["audited", "small", "solo"]);
    assert_eq!(config(&["freezes", "[]", "kind"]), ["hard", "soft"]);
    assert_eq!(config(&["windows", "*", "days", "[]"]).len(), 7);
    assert_eq!(config(&["windows", "*"]), ["always", "business_hours"]);
    assert_eq!(config(&["due", "undeclared", "block"]), ["never"]);
    assert_eq!(config(&["rules", "*", "effect"]), ["deny", "info", "off", "warn"]);
    assert_eq!(config(&["rules", "*"]), ["deny", "info", "off", "warn"]);
    assert_eq!(config(&["version"]), ["1"]);
}

#[test]
fn sorts_and_what_has_to_be_there_are_those_of_the_readers() {
    let config = of(Document::Config);
    let required = |field: &[&str]| {
        at(&config, field)
            .into_iter()
            .find_map(|way| way.get("required").cloned())
    };
    assert_eq!(
        required(&[]),
        Some(json!(["approvers", "executors", "people", "version"]))
    );
    assert_eq!(required(&["people", "*"]), Some(json!(["name"])));
    assert_eq!(required(&["rollback_plans", "*"]), Some(json!(["strategy"])));
    assert_eq!(
        required(&["freezes", "[]"]),
        Some(json!(["from", "id", "kind", "owner", "to"]))
    );
    let validator = validator(Document::Declaration);
    let with = |extra: &str| read(&format!("schema: sekisho/declaration/v1\n{extra}\n"));
    for good in [
        "window: {estimate: 20m}",
        "window: {start: 2026-12-04T09:50}",
        "impact: {visible: true}",
        "title: 12",
    ] {
        assert_valid(&validator, &with(good));
    }
    for bad in [
        "window: {estimate: 20}",
        "window: {start: 2026-12-04 09:50}",
        "window: tonight",
        "impact: {visible: yes}",
        "title: [x]",
        "rollback: {tested: 5 Oct}",
        "roles: {executor: Joon Park}",
        "details: x",
    ] {
        assert!(!validator.is_valid(&with(bad)), "{bad}");
    }
}

#[test]
fn documents_that_programs_write_are_valid() {
    let dossier = of(Document::Dossier);
    assert_eq!(
        dossier["properties"]["request"]["properties"]["kind"],
        json!({"enum": ["deploy", "start", "rollback"]})
    );
    let needs = dossier["properties"]["request"]["required"].as_array().unwrap();
    assert!(needs.contains(&json!("actor")) && !needs.contains(&json!("rollback_of")));
    let stage = shop();
    let gate = stage.sekisho(
        "sato",
        &["gate", "--format", "json", "--save-dossier", "case.json"],
    );
    assert_valid(&validator(Document::Decision), &gate.json());
    let saved: Value = serde_json::from_str(&stage.read("case.json")).unwrap();
    assert_valid(&validator(Document::Dossier), &saved);
    let check = stage.sekisho("sato", &["check", "--format", "json"]).json();
    assert_valid(&validator(Document::Check), &check);
    assert_eq!(check["ahead"], "judged");
    assert!(!validator(Document::Check).is_valid(&json!({"schema": "sekisho/check/v1"})));
}

/// A repository with one authorised state and something that nobody declared.
fn shop() -> Stage {
    let mut stage = Stage::new();
    let key = |stage: &mut Stage, person: &str| stage.key(person);
    let config = format!(
        concat!(
            "version: 1\nlanguage: en\npeople:\n",
            "  sato: {{name: Sato, email: sato@shop.example, keys: [\"{}\"]}}\n",
            "  hayashi: {{name: Hayashi, keys: [\"{}\"]}}\n",
            "executors: [sato]\napprovers: [hayashi]\ncalendar: {{timezone: Asia/Tokyo, holidays: [2026-11-23]}}\n",
            "rollback_plans:\n  previous: {{strategy: redeploy, steps: [./deploy previous], criteria: [\"5xx > 1% for 5m\"], decider: hayashi, duration: 5m}}\n",
        ),
        key(&mut stage, "sato"),
        key(&mut stage, "hayashi"),
    );
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage.write("app.txt", "two\n");
    stage.commit("sato", "Nobody declared this");
    stage
}

#[test]
fn every_key_is_described_in_both_languages() {
    for language in [Language::En, Language::Ja] {
        let wording = Wording::new(language);
        for document in [Document::Config, Document::Declaration] {
            let mut silent = Vec::new();
            undescribed(&schema(document, &wording), "", &mut silent);
            assert!(
                silent.is_empty(),
                "{language:?} {document:?}:\n{}",
                silent.join("\n")
            );
        }
    }
}

#[test]
fn every_field_of_what_has_a_name_can_be_asked_for() {
    let text = include_str!("faults/base.yml");
    let (config, _) = sekisho::config::read(text, "shop", &|_| None).unwrap();
    let known = sekisho::config::keys(&config);
    let schema = of(Document::Config);
    for (group, name) in [
        ("services", config.services.keys().next().map(ToString::to_string)),
        ("areas", config.areas.keys().next().map(ToString::to_string)),
        (
            "templates",
            config.templates.first().map(|(key, _)| key.to_string()),
        ),
        ("rollback_plans", config.rollback_plans.keys().next().cloned()),
    ] {
        let fields = &schema["properties"][group]["additionalProperties"]["properties"];
        let name = name.unwrap();
        for field in fields.as_object().unwrap().keys() {
            let key = format!("{group}.{name}.{field}");
            assert!(known.contains(&key), "{key}");
        }
    }
}

fn undescribed(schema: &Value, path: &str, silent: &mut Vec<String>) {
    if !schema.is_object() {
        return;
    }
    for (key, inside) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        if inside.get("description").is_none() {
            silent.push(path.clone());
        }
        undescribed(inside, &path, silent);
    }
    for way in schema["anyOf"].as_array().into_iter().flatten() {
        undescribed(way, path, silent);
    }
    for inner in ["additionalProperties", "items"] {
        undescribed(&schema[inner], path, silent);
    }
}

#[test]
fn the_command_prints_them_and_writes_them_below_the_git_folder() {
    let stage = shop();
    let before = stage.git("sato", &["status", "--porcelain"]);
    for document in Document::ALL {
        let printed = stage.sekisho("sato", &["schema", document.as_str()]).expect(0);
        assert_eq!(printed.json(), of(*document));
    }
    let done = stage.sekisho("sato", &["schema", "--write"]).expect(0);
    assert!(
        done.err.contains("$schema=./.git/sekisho/config.schema.json"),
        "{}",
        done.both()
    );
    assert!(
        done.err
            .contains("$schema=../.git/sekisho/declaration.schema.json"),
        "{}",
        done.both()
    );
    let written = stage.read(".git/sekisho/declaration.schema.json");
    assert_eq!(
        serde_json::from_str::<Value>(&written).unwrap(),
        of(Document::Declaration)
    );
    assert_eq!(stage.git("sato", &["status", "--porcelain"]), before);
    stage.sekisho("sato", &["schema"]).expect(2);
    stage.sekisho("sato", &["schema", "nothing"]).expect(2);
}
