//! What the documents say is so: their paths, their commands, their configuration, their walks.
#![allow(clippy::disallowed_methods, reason = "the walks are run by a shell")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::{Captures, Regex};

/// A fenced block: its language, its text, and the heading of the second rank above it.
struct Block {
    language: String,
    text: String,
    section: usize,
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

/// Every document: those at the top and those in `docs/`.
fn documents() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["", "docs"] {
        for entry in fs::read_dir(top().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "md") {
                found.push(path.strip_prefix(top()).unwrap().display().to_string());
            }
        }
    }
    found.sort();
    assert!(found.len() >= 10, "{found:?}");
    found
}

fn blocks(path: &str) -> Vec<Block> {
    let text = text_of(path);
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    let mut section = 0;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Block {
                    language: language.to_owned(),
                    text: String::new(),
                    section,
                });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) if line.starts_with("## ") => section += 1,
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{path}: a block is not closed");
    found
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    let link = pattern(r"\]\(([^)\s]+)\)");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for document in documents() {
        let folder = top().join(&document).parent().unwrap().to_owned();
        for found in link.captures_iter(&text_of(&document)) {
            let target = found[1].split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            seen += 1;
            if !folder.join(target).exists() {
                wrong.push(format!("{document}: {target} does not exist"));
            }
        }
    }
    assert!(seen > 30, "only {seen} links were seen");
    assert_none(&wrong);
}

#[test]
fn every_path_in_the_documents_exists() {
    let path = pattern(r"`((?:src|tests|policies|locales|migrations|docs|scripts)/[^`\s]*)`");
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for document in documents() {
        for found in path.captures_iter(&text_of(&document)) {
            let named = found[1].to_owned();
            if named.contains(['<', '*', '…']) {
                continue;
            }
            if !top().join(&named).exists() {
                wrong.push(format!("{document}: `{named}` does not exist"));
            }
            seen.insert(named);
        }
    }
    assert!(seen.len() > 60, "only {} paths were seen", seen.len());
    assert_none(&wrong);
}

#[test]
fn every_room_is_on_the_plan() {
    let plan = text_of("docs/ARCHITECTURE.md");
    for entry in fs::read_dir(top().join("src")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = match name.as_str() {
            "lib.rs" => continue,
            file if file.ends_with(".rs") => format!("| `src/{file}` |"),
            folder => format!("| `src/{folder}/` |"),
        };
        assert!(plan.contains(&shown), "docs/ARCHITECTURE.md: {shown} is missing");
    }
}

#[test]
fn every_test_of_the_threat_model_exists() {
    let page = text_of("docs/threat-model.md");
    let mut seen = 0;
    for found in pattern(r"`([a-z_]+)::([a-z0-9_]+)`").captures_iter(&page) {
        let file = text_of(&format!("tests/it/{}.rs", &found[1]));
        assert!(
            pattern(&format!(r"fn {}\(", &found[2])).is_match(&file),
            "docs/threat-model.md: no test {} in tests/it/{}.rs",
            &found[2],
            &found[1]
        );
        seen += 1;
    }
    let story = text_of("tests/it/stories/00-pipeline.json");
    for found in pattern(r"story \*([^*]+)\*").captures_iter(&page) {
        let says = format!("\"says\": \"{}\"", &found[1]);
        assert!(story.contains(&says), "docs/threat-model.md: no step {says}");
        seen += 1;
    }
    assert!(seen > 35, "only {seen} tests were seen");
}

/// The flags of each command, from its own help; `policy test` and others of two words too.
fn commands() -> BTreeMap<String, BTreeSet<String>> {
    let help = |words: &[&str]| {
        let all: &[&str] = if words.is_empty() { &["--all"] } else { &[] };
        let done = Command::new(env!("CARGO_BIN_EXE_sekisho"))
            .args(words)
            .arg("--help")
            .args(all)
            .env("SEKISHO_LANG", "en")
            .output()
            .unwrap();
        assert!(done.status.success(), "{words:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    let flag = pattern(r"(?:^|[\s,])(--?[a-zA-Z][a-z-]*)");
    let listed = |help: &str| -> Vec<String> {
        let Some((_, list)) = help.split_once("\nCommands:\n") else {
            return Vec::new();
        };
        // The first page lists them in groups, up to the options.
        list.lines()
            .take_while(|line| *line != "Options:")
            // What is wrapped goes on further to the right.
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .filter(|name| name != "help")
            .collect()
    };
    let mut found = BTreeMap::new();
    let mut take = |words: &[&str]| {
        let text = help(words);
        let flags = flag
            .captures_iter(&text)
            .map(|found| found[1].to_owned())
            .collect();
        found.insert(words.join(" "), flags);
        listed(&text)
    };
    for command in take(&[]) {
        for inner in take(&[&command]) {
            take(&[&command, &inner]);
        }
    }
    found
}

#[test]
fn every_command_and_flag_exists() {
    let commands = commands();
    // In code, up to whatever ends a command there.
    let code = pattern(r"(?m)(?:`|^|\$\()sekisho((?: [^`\n;)&|]*)?)");
    let quoted = pattern(r#""[^"]*""#);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for document in documents() {
        for found in code.captures_iter(&text_of(&document)) {
            let line = quoted.replace_all(&found[1], "WORD");
            let line = line.split(" #").next().unwrap_or_default();
            // What stands behind `--` is for the program that is run.
            let own = line.split_whitespace().take_while(|word| *word != "--");
            let words: Vec<&str> = own.collect();
            let mut known = commands.get("");
            let mut name = Vec::new();
            for word in &words {
                let longer = [name.as_slice(), &[*word]].concat();
                match commands.get(&longer.join(" ")) {
                    Some(flags) => known = Some(flags),
                    None => break,
                }
                name = longer;
            }
            if name.is_empty() && words.first().is_some_and(|word| !word.starts_with('-')) {
                wrong.push(format!("{document}: there is no command `sekisho{line}`"));
                continue;
            }
            seen += 1;
            for flag in words.iter().filter(|word| word.starts_with('-')) {
                if !known.is_some_and(|known| known.contains(*flag)) {
                    wrong.push(format!("{document}: `sekisho {}` has no {flag}", name.join(" ")));
                }
            }
        }
    }
    assert!(seen > 60, "only {seen} commands were seen");
    assert_none(&wrong);
}

/// A block without what may differ between languages: remarks, quoted words, names and outputs.
fn without_words(block: &Block) -> String {
    if block.language == "text" {
        return String::new();
    }
    let quoted = pattern(r#""[^"]*""#).replace_all(&block.text, |found: &Captures<'_>| {
        let kept = found[0].contains(['$', '#']);
        if kept {
            found[0].to_owned()
        } else {
            "\"\"".to_owned()
        }
    });
    let unremarked = pattern(r"(?m) # .*$").replace_all(&quoted, "").into_owned();
    pattern(r"name: [^,}]+")
        .replace_all(&unremarked, "name:")
        .into_owned()
}

#[test]
fn both_languages_show_the_same_commands() {
    for (english, japanese) in [
        ("README.md", "README.ja.md"),
        ("docs/quickstart.md", "docs/quickstart.ja.md"),
    ] {
        let of = |path: &str| -> Vec<(String, usize, String)> {
            blocks(path)
                .iter()
                .map(|block| (block.language.clone(), block.section, without_words(block)))
                .collect()
        };
        assert_eq!(of(english), of(japanese), "{english} and {japanese}");
        let headings = |path: &str| text_of(path).lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(headings(english), headings(japanese), "{english} and {japanese}");
    }
}

#[test]
fn the_ten_lines_are_a_configuration() {
    for path in ["README.md", "README.ja.md"] {
        let all = blocks(path);
        let block = all.iter().find(|block| block.language == "yaml").unwrap();
        assert_eq!(block.text.lines().count(), 10, "{path}");
        let (config, warnings) = sekisho::config::read(&block.text, "shop", &|_| None)
            .unwrap_or_else(|faults| panic!("{path}: {faults:?}"));
        assert!(warnings.is_empty(), "{path}: {warnings:?}");
        let wrong = sekisho::config::unsatisfiable(&config);
        assert!(wrong.is_empty(), "{path}: {wrong:?}");
    }
}

/// A walk: the shell blocks of a document as one script.
struct Walk {
    document: &'static str,
    script: String,
    folder: tempfile::TempDir,
}

impl Walk {
    /// All shell blocks from the one with this command on.
    fn of(document: &'static str, first: &str) -> Self {
        let script: String = blocks(document)
            .into_iter()
            .filter(|block| block.language == "sh")
            .skip_while(|block| !block.text.contains(first))
            .map(|block| block.text)
            .collect();
        assert!(!script.is_empty(), "{document}: no block with {first}");
        Self {
            document,
            script,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// What each `sekisho` line is said to end with: the number in its remark, else 0.
    fn promised(&self) -> Vec<(String, i32)> {
        let number = pattern(r" # \D*(\d)");
        self.script
            .lines()
            .filter(|line| line.starts_with("sekisho "))
            .map(|line| {
                let verb = line.split_whitespace().nth(1).unwrap_or_default().to_owned();
                let code = number.captures(line).map_or(0, |found| found[1].parse().unwrap());
                (verb, code)
            })
            .collect()
    }

    /// Runs it where nothing of the machine's or the user's settings is seen, in the document's
    /// language; returns the exit codes and stdout.
    fn play(&self) -> (Vec<(String, i32)>, String) {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_sekisho"));
        let language = if self.document.ends_with(".ja.md") {
            "ja"
        } else {
            "en"
        };
        let home = self.folder.path().join("home");
        let work = self.folder.path().join("work");
        fs::create_dir_all(&home).unwrap();
        fs::create_dir_all(&work).unwrap();
        let codes = self.folder.path().join("codes");
        let watched = "sekisho() { local code=0; command sekisho \"$@\" || code=$?; \
                       echo \"$1 $code\" >>\"$CODES\"; return \"$code\"; }\n";
        let path = std::env::join_paths(std::iter::once(program.parent().unwrap().to_owned()).chain(
            std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()),
        ))
        .unwrap();
        let done = Command::new("bash")
            .args(["--noprofile", "--norc", "-u", "-c"])
            .arg(format!("{watched}{}", self.script))
            .current_dir(&work)
            .env_clear()
            .env("PATH", path)
            .env("HOME", &home)
            .env("CODES", &codes)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("SEKISHO_LANG", language)
            .env("SEKISHO_TEST_NOW", "2026-11-24T09:15:00Z")
            .output()
            .unwrap();
        let said = format!(
            "{}\n--- stdout\n{}--- stderr\n{}",
            self.document,
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
        let codes = fs::read_to_string(&codes).unwrap_or_else(|error| panic!("{error}: {said}"));
        let played: Vec<(String, i32)> = codes
            .lines()
            .map(|line| {
                let (verb, code) = line.split_once(' ').unwrap();
                (verb.to_owned(), code.parse().unwrap())
            })
            .collect();
        assert_eq!(played, self.promised(), "{said}");
        (played, String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// Checks that every line of output in the document is one that the program wrote.
    fn assert_shown(&self, out: &str) {
        let written: BTreeSet<String> = out.lines().map(settled).collect();
        for block in blocks(self.document)
            .iter()
            .filter(|block| block.language == "text")
        {
            for line in block.text.lines().map(settled) {
                assert!(
                    written.contains(&line),
                    "{}: the program no longer says\n{line}\nbut\n{out}",
                    self.document
                );
            }
        }
    }

    /// The exit codes of its gates; the outputs that the document shows are checked too.
    fn gates(&self) -> Vec<i32> {
        let (played, out) = self.play();
        self.assert_shown(&out);
        played
            .into_iter()
            .filter(|(verb, _)| verb == "gate")
            .map(|(_, code)| code)
            .collect()
    }
}

/// A line without what differs each time: digests, IDs, days and numbers.
fn settled(line: &str) -> String {
    let mut line = line.to_owned();
    for (what, instead) in [
        (r"[0-9a-f]{12,}…?", "DIGEST"),
        (r"CHG-[0-9A-Z]+-[0-9A-Z]+", "CHANGE"),
        (r"\w{3} \d+ \w{3} \d{4}", "DAY"),
        (r"\d+年\d+月\d+日\(.\)", "DAY"),
        (r"\d+ [A-Z][a-z]{2} ", "DAY "),
        (r"\d+", "0"),
        (r"\+0:0|-0:0", "ZONE"),
    ] {
        line = pattern(what).replace_all(&line, instead).into_owned();
    }
    line
}

#[test]
fn a_stranger_gets_from_an_empty_folder_to_a_pass() {
    assert_eq!(Walk::of("README.md", "mkdir shop").gates(), [1, 0]);
}

#[test]
fn a_stranger_gets_there_in_japanese() {
    assert_eq!(Walk::of("README.ja.md", "mkdir shop").gates(), [1, 0]);
}

/// Standard change, edited after its approval, rolled back, asked again.
const TWO_PEOPLE: [i32; 6] = [1, 0, 1, 0, 0, 1];

#[test]
fn two_people_with_keys_walk_on() {
    assert_eq!(Walk::of("docs/quickstart.md", "mkdir team").gates(), TWO_PEOPLE);
}

#[test]
fn two_people_with_keys_walk_on_in_japanese() {
    assert_eq!(
        Walk::of("docs/quickstart.ja.md", "mkdir team").gates(),
        TWO_PEOPLE
    );
}
