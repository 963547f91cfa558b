//! Wrong files, one mistake in each: one message that leads to the fix, in both languages.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sekisho::change::ChangeId;
use sekisho::change::text::Fault;
use sekisho::config::Language;
use sekisho::report::{Look, Wording, fault};
use sekisho::usecases::{Checked, FileFaults, Lookup, WorkFile, check};

const BASE: &str = include_str!("faults/base.yml");

/// The files that are there, for what a declaration refers to.
const THERE: &[&str] = &[
    "docs/runbooks/timetable.md",
    "docs/runbooks/tickets.md",
    "timetable/winter-2026.csv",
];

/// One wrong file.
struct Case {
    name: String,
    /// Where it lies in the repository.
    path: String,
    bytes: Vec<u8>,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/faults"))
}

/// Every file of the folder, and those that are too large to be kept.
fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("base.yml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let place = match name.get(..2).unwrap() {
                _ if name.ends_with(".config.yml") => "sekisho.yml",
                "48" => "changes/chg-20261204-7k3q.yaml",
                "49" => "changes/winter-timetable.yml",
                _ => "changes/CHG-20261204-7K3Q.yml",
            };
            Case {
                name: name
                    .trim_end_matches(".yml")
                    .trim_end_matches(".config")
                    .to_owned(),
                path: place.to_owned(),
                bytes: std::fs::read(path).unwrap(),
            }
        })
        .collect();
    cases.push(Case {
        name: "46-too-large".to_owned(),
        path: "changes/CHG-20261204-7K3Q.yml".to_owned(),
        bytes: format!(
            "schema: sekisho/declaration/v1\ntitle: Log\n# {}\n",
            "x".repeat(1024 * 1024)
        )
        .into_bytes(),
    });
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

fn checked(case: &Case) -> Checked {
    let id: ChangeId = "CHG-20261120-8VW3".parse().unwrap();
    let lookup = Lookup {
        read: &|_| None,
        house: &|_| Ok(Vec::new()),
        exists: &|path| THERE.contains(&path),
        list: &|folder| {
            let inside = THERE
                .iter()
                .filter(|path| path.rsplit_once('/').unwrap().0 == folder);
            inside.map(|path| (*path).to_owned()).collect()
        },
        changes: &BTreeSet::from([id]),
        decided: &BTreeSet::new(),
    };
    let file = WorkFile {
        path: case.path.clone(),
        bytes: case.bytes.clone(),
    };
    let (config, files) = match case.path.as_str() {
        "sekisho.yml" => (file.bytes, Vec::new()),
        _ => (BASE.as_bytes().to_vec(), vec![file]),
    };
    check(&files, "ferry", &lookup, Some(&config)).unwrap().0
}

/// The only fault of a case, with the text that it is marked in; else what was found instead.
fn fault_of(case: &Case) -> Result<(FileFaults, Fault), String> {
    let mut files = checked(case).files;
    let keys = |file: &FileFaults| {
        let each = file
            .faults
            .iter()
            .map(|fault| format!("{} {}", fault.field, fault.message));
        each.collect::<Vec<_>>().join("\n  ")
    };
    match (files.pop(), files.is_empty()) {
        (Some(file), true) if file.file == case.path && file.faults.len() == 1 => {
            let fault = file.faults[0].clone();
            Ok((file, fault))
        }
        (Some(file), _) => Err(format!("{}: {}\n  {}", case.name, file.file, keys(&file))),
        (None, _) => Err(format!("{}: nothing was found", case.name)),
    }
}

#[test]
fn one_mistake_is_one_message() {
    let wrong: Vec<String> = cases().iter().filter_map(|case| fault_of(case).err()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn said(language: Language) -> String {
    let wording = Wording::new(language);
    let each = cases().into_iter().filter_map(|case| {
        let (file, found) = fault_of(&case).ok()?;
        assert!(
            wording.maybe(&found.message).is_some(),
            "{}: {}",
            case.name,
            found.message
        );
        let text = fault::text(&wording, &file.file, &file.text, &found, Look::default());
        Some(format!("# {}\n{text}", case.name))
    });
    each.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_files_that_the_faults_are_planted_in_are_right() {
    let case = Case {
        name: "base".to_owned(),
        path: "sekisho.yml".to_owned(),
        bytes: BASE.as_bytes().to_vec(),
    };
    assert!(checked(&case).files.is_empty());
    let declaration = concat!(
        "schema: sekisho/declaration/v1\ntitle: Winter timetable\n",
        "reason: From December on the last ferry leaves an hour earlier.\nreferences: [\"#71\"]\n",
        "procedure: docs/runbooks/timetable.md\nplan: timetable/winter-2026.csv\ndepends_on: CHG-20261120-8VW3\n",
    );
    let case = Case {
        name: "declaration".to_owned(),
        path: "changes/2026/CHG-20261204-7K3Q.yml".to_owned(),
        bytes: declaration.as_bytes().to_vec(),
    };
    assert!(checked(&case).files.is_empty());
}

#[test]
fn each_mistake_gets_one_message_that_leads_to_the_fix() {
    assert!(cases().len() >= 50);
    insta::assert_snapshot!("english", said(Language::En));
    insta::assert_snapshot!("japanese", said(Language::Ja));
}

/// The file with the marked text replaced by what is suggested; the file's name where that is meant.
fn mended(case: &Case, found: &Fault, suggestion: &str) -> Case {
    let mut bytes = case.bytes.clone();
    let mut path = case.path.clone();
    match &found.place {
        Some(place) => {
            bytes.splice(place.bytes.clone(), suggestion.bytes());
        }
        None => path = format!("changes/{suggestion}"),
    }
    Case {
        name: case.name.clone(),
        path,
        bytes,
    }
}

#[test]
fn what_is_suggested_mends_the_file() {
    let mut suggested = 0;
    let mut wrong = Vec::new();
    for case in cases() {
        let Ok((_, found)) = fault_of(&case) else { continue };
        let Some(suggestion) = found.message.with.get("suggestion") else {
            continue;
        };
        suggested += 1;
        let mended = mended(&case, &found, suggestion);
        if let Some(left) = checked(&mended).files.first() {
            let text = String::from_utf8_lossy(&mended.bytes);
            wrong.push(format!("{}: {suggestion}\n{text}\n{:?}", case.name, left.faults));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(suggested >= 30, "only {suggested} suggestions");
}
