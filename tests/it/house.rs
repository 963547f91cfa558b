//! The walls of the house: floors, doors, and the manners of files. A failing wall says what to do.

use std::collections::BTreeSet;
use std::fs;

use crate::scan::{blanked, files, rooms_named, shown, sources, top};

/// Every room and its floor. A room uses lower floors only, and itself.
const FLOORS: &[(&str, u8)] = &[
    ("change", 1),
    ("ledger", 2),
    ("config", 2),
    ("dossier", 3),
    ("policy", 4),
    ("ports", 4),
    ("usecases", 5),
    ("report", 5),
    ("store", 5),
    ("git", 5),
    ("sign", 5),
    ("github", 5),
    ("cli", 6),
    ("wire", 6),
    ("main", 7),
];

/// From this floor on it is the binary: it says `sekisho::` for the library.
const BINARY: u8 = 6;

/// What only some files may say: the word, where, and why.
const DOORS: &[(&str, &[&str], &str)] = &[
    ("git2::", &["src/git/"], "git is read behind ports::Repository"),
    ("reqwest::", &["src/github/"], "one room speaks to a network"),
    ("rustls::", &["src/github/"], "one room speaks to a network"),
    ("sqlx::", &["src/store/"], "rows never leave the store"),
    (
        "SqliteIndex",
        &["src/store/", "src/wire.rs"],
        "no decision may rest on the index: what decides reads the log",
    ),
    ("regorus::", &["src/policy/"], "rules are evaluated in one room"),
    (
        "clap::",
        &["src/cli/", "src/main.rs"],
        "the library has no command line",
    ),
    (
        "clap_complete::",
        &["src/cli/", "src/main.rs"],
        "the library has no command line",
    ),
    ("clap_mangen::", &["src/cli/"], "the library has no command line"),
    (
        "inquire::",
        &["src/cli/prompt.rs"],
        "questions are asked in one place, each with its flag",
    ),
    (
        "fluent_bundle",
        &["src/report/wording.rs"],
        "library code makes a Message; report::Wording says it",
    ),
    (
        "granit_parser",
        &["src/change/text/"],
        "YAML is read in one place, with places",
    ),
    (
        "ssh_key::",
        &["src/sign/"],
        "keys and signatures are checked in one room",
    ),
    (
        "std::env",
        &["src/cli/", "src/main.rs", "src/wire"],
        "pass values in",
    ),
    (
        "HistoryIndex",
        &["src/ports/", "src/store/", "src/wire.rs", "src/cli/search.rs"],
        "no decision may rest on the index: what decides reads the log",
    ),
    (
        "std::net",
        &[],
        "src/github/ asks over HTTP; nothing else speaks to a network",
    ),
    (
        "process::Command",
        &[
            "src/sign/ssh_keygen.rs",
            "src/git/guarded.rs",
            "src/git/remote.rs",
            "src/cli/demo",
            "src/cli/action/",
            "src/cli/exec/",
        ],
        "processes start in these places only",
    ),
    (
        "Command::new",
        &[
            "src/sign/ssh_keygen.rs",
            "src/git/guarded.rs",
            "src/cli/demo",
            "src/cli/action/",
            "src/cli/exec/",
        ],
        "processes start in these places only",
    ),
    ("process::exit", &["src/main.rs"], "return an exit code instead"),
    (
        "Timestamp::now",
        &["src/wire.rs"],
        "time enters once, in src/wire.rs",
    ),
    (
        "ZonedDateTime::now",
        &["src/wire.rs"],
        "time enters once, in src/wire.rs",
    ),
    (
        "SystemTime::now",
        &["src/wire.rs"],
        "time enters once, in src/wire.rs",
    ),
    (
        "Instant::now",
        &["src/wire.rs"],
        "time enters once, in src/wire.rs",
    ),
];

/// What library code never says, and what to say instead.
const MANNERS: &[(&str, &str)] = &[
    (".unwrap()", "return an error of the room"),
    (".expect(\"", "return an error of the room"),
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("panic!", "return an error of the room"),
    ("dbg!", "take it out"),
    ("println!", "return text; cli/ prints"),
    ("eprintln!", "return text; cli/ prints"),
    ("print!", "return text; cli/ prints"),
];

const LONGEST_FILE: usize = 400;

fn floor(room: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, floor)| *floor)
}

fn assert_none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_room_has_a_floor() {
    let rooms: BTreeSet<String> = sources().into_iter().map(|source| source.room).collect();
    let wrong = rooms
        .iter()
        .filter(|room| *room != "lib" && floor(room).is_none());
    assert_none(
        wrong
            .map(|room| {
                format!("src/{room}: give this room a floor in tests/it/house.rs and in docs/ARCHITECTURE.md")
            })
            .collect(),
    );
    let gone = FLOORS
        .iter()
        .filter(|(room, floor)| *floor < BINARY && !rooms.contains(*room));
    assert_none(
        gone.map(|(room, _)| format!("{room}: has a floor but no room; take it out of FLOORS"))
            .collect(),
    );
}

#[test]
fn rooms_use_lower_floors_only() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for source in sources().iter().filter(|source| source.room != "lib") {
        let Some(here) = floor(&source.room) else {
            continue;
        };
        let with_tests = blanked(&source.text, false);
        for used in rooms_named(&with_tests, "crate")
            .iter()
            .filter(|used| **used != source.room)
        {
            seen += 1;
            match floor(used) {
                Some(there) if there < here || (here >= BINARY && there >= BINARY) => {}
                Some(there) => wrong.push(format!(
                    "{}: {} (floor {here}) uses crate::{used} (floor {there}); move what both need to a lower floor, or pass it in",
                    source.path, source.room
                )),
                None if here >= BINARY => {}
                None => wrong.push(format!("{}: crate::{used} is no room; name the room that owns it", source.path)),
            }
        }
        if here < BINARY && !rooms_named(&with_tests, "sekisho").is_empty() {
            wrong.push(format!(
                "{}: the library says crate::, not sekisho::",
                source.path
            ));
        }
    }
    assert!(seen > 10, "the scan saw only {seen} uses");
    assert_none(wrong);
}

#[test]
fn doors_are_used_by_their_rooms_only() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (word, places, why) in DOORS {
            if source.code.contains(word) && !places.iter().any(|place| source.path.starts_with(place)) {
                let places = if places.is_empty() {
                    "nowhere".to_owned()
                } else {
                    places.join(", ")
                };
                wrong.push(format!("{}: `{word}` belongs in {places}: {why}", source.path));
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn library_code_keeps_its_manners() {
    let mut wrong = Vec::new();
    for source in sources() {
        if floor(&source.room).is_some_and(|floor| floor >= BINARY) {
            continue;
        }
        for (line, text) in source.code.lines().enumerate() {
            for (word, instead) in MANNERS {
                let found = text.match_indices(word).any(|(i, _)| {
                    word.starts_with('.') || !text[..i].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                });
                if found {
                    wrong.push(format!(
                        "{} (about line {}): `{word}`: {instead}",
                        source.path,
                        line + 1
                    ));
                }
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn mod_files_only_declare_and_reexport() {
    let mut wrong = Vec::new();
    for source in sources() {
        let library = floor(&source.room).is_some_and(|floor| floor < BINARY);
        if !library || !source.path.ends_with("/mod.rs") {
            continue;
        }
        for word in [
            "fn ",
            "struct ",
            "enum ",
            "impl ",
            "impl<",
            "trait ",
            "const ",
            "static ",
            "type ",
            "macro_rules!",
        ] {
            let has = source.code.lines().any(|line| {
                let line = line
                    .trim_start()
                    .trim_start_matches("pub ")
                    .trim_start_matches("pub(crate) ");
                line.starts_with(word)
            });
            if has {
                wrong.push(format!(
                    "{}: `{word}` belongs in a file of its own; mod.rs declares and re-exports",
                    source.path
                ));
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn nobody_reaches_into_a_siblings_inside() {
    let wrong = sources()
        .into_iter()
        .filter(|source| blanked(&source.text, false).contains("super::super"));
    assert_none(
        wrong
            .map(|source| format!("{}: say crate::ROOM::NAME instead of super::super", source.path))
            .collect(),
    );
}

#[test]
fn files_stay_short() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!(
                "{}: {lines} lines; split it below {LONGEST_FILE}, one public noun per file",
                source.path
            ));
        }
        if !source.text.starts_with("//!") {
            wrong.push(format!(
                "{}: begin with one `//!` sentence that says what this file is",
                source.path
            ));
        }
    }
    wrong.retain(|line| !line.starts_with("src/main.rs"));
    assert_none(wrong);
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(top().join("tests/it/main.rs")).unwrap();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(top().join("tests/it")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let module = path.extension().is_some_and(|end| end == "rs") || path.join("mod.rs").exists();
        if module && name != "main" && !main.lines().any(|line| line.trim() == format!("mod {name};")) {
            wrong.push(format!(
                "tests/it/{name}: never runs; add `mod {name};` to tests/it/main.rs"
            ));
        }
    }
    assert_none(wrong);
}

#[test]
fn no_path_of_a_machine_is_in_the_project() {
    let words = ["/home", "/Users", "/root", "/tmp"].map(|word| format!("{word}/"));
    let mut wrong = Vec::new();
    let mut all = Vec::new();
    for (folder, end) in [
        ("src", "rs"),
        ("tests", "rs"),
        ("locales", "ftl"),
        ("policies", "rego"),
        ("docs", "md"),
    ] {
        all.extend(files(&top().join(folder), end));
    }
    for file in all.iter().filter(|file| !file.ends_with("tests/it/house.rs")) {
        let text = fs::read_to_string(file).unwrap();
        for word in words.iter().filter(|word| text.contains(word.as_str())) {
            wrong.push(format!(
                "{}: `{word}` is a path of one machine; use a temporary folder or a relative path",
                shown(file)
            ));
        }
    }
    assert_none(wrong);
}
