//! Help, manual pages, completions, and command lines that cannot be understood.
#![allow(
    clippy::disallowed_methods,
    reason = "a script is read by the shell that it is for"
)]

use std::collections::BTreeSet;
use std::process::Command;

use insta::assert_snapshot;

use crate::support::stage::{Done, Stage};

fn say(stage: &Stage, language: &str, words: &[&str]) -> Done {
    stage.sekisho_with("sato", words, &[("SEKISHO_LANG", language)])
}

/// The commands of a page of help: lines that are two columns in.
fn listed(help: &str) -> Vec<String> {
    let commands = help.lines().filter_map(|line| {
        line.strip_prefix("  ")
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
    });
    commands
        .filter_map(|rest| rest.split_whitespace().next().map(str::to_owned))
        .collect()
}

#[test]
fn the_first_help_is_short_and_the_whole_one_complete() {
    let stage = Stage::new();
    let first = listed(&say(&stage, "en", &["--help"]).expect(0).out);
    assert!(
        first.len() <= 8 && first.starts_with(&["init".to_owned(), "declare".to_owned()]),
        "{first:?}"
    );
    let all = say(&stage, "en", &["--help", "--all"]).expect(0).out;
    let shown: BTreeSet<String> = listed(&all).into_iter().collect();
    for words in [&["help", "--all"][..], &["--all"], &["--all", "--help"]] {
        assert_eq!(say(&stage, "en", words).expect(0).out, all, "{words:?}");
    }
    for command in shown.iter().filter(|command| *command != "help") {
        say(&stage, "en", &[command, "--help"]).expect(0);
    }
    assert!(
        shown.len() > 12 && first.iter().all(|name| shown.contains(name)),
        "{shown:?}"
    );
    let japanese: BTreeSet<String> = listed(&say(&stage, "ja", &["help", "--all"]).expect(0).out)
        .into_iter()
        .collect();
    assert_eq!(shown, japanese);
    assert!(
        say(&stage, "en", &["--help"])
            .out
            .contains("sekisho --help --all")
    );
    assert!(all.contains("  5  a saved case would pass"), "{all}");
    say(&stage, "en", &["gate", "--all"]).expect(2);
}

#[test]
fn japanese_help_has_no_english_in_it() {
    let stage = Stage::new();
    let names = listed(&say(&stage, "ja", &["--help", "--all"]).expect(0).out);
    for name in names.iter().map(String::as_str).filter(|name| *name != "help") {
        let help = say(&stage, "ja", &[name, "--help"]).expect(0).out;
        for english in [
            "Usage:",
            "Options:",
            "Commands:",
            "Arguments:",
            "[default",
            "[possible",
            "[env",
            "Print",
            "Possible",
        ] {
            assert!(!help.contains(english), "{name}: {english}\n{help}");
        }
    }
}

/// Command lines that nobody meant, one after the other in both languages.
#[test]
fn wrong_command_lines() {
    let stage = Stage::new();
    let lines: &[&[&str]] = &[
        &["gaet"],
        &["frobnicate"],
        &["gate", "--hed", "x"],
        &["gate", "--xyzzy"],
        &["gate", "--format", "yaml"],
        &["gate", "--format"],
        &["approve", "CHG-1", "CHG-2"],
        &["finish", "CHG-1"],
        &["gate", "--dossier", "a", "--head", "b"],
        &["gate", "--head", "a", "--head", "b"],
        &["policy", "tset"],
        &["policy", "test", "--min-coverage", "101"],
        &["history", "-n", "ten"],
        &["show", "CHG-1", "--why=yes"],
        &["approve", "CHG-1", "--for", "mori"],
    ];
    for language in ["en", "ja"] {
        let mut pages = String::new();
        for line in lines {
            let done = say(&stage, language, line).expect(2);
            assert_eq!(done.out, "", "what is wrong is talk, not data: {line:?}");
            pages.push_str(&format!("$ sekisho {}\n{}\n", line.join(" "), done.err));
        }
        assert_snapshot!(format!("wrong_command_lines_{language}"), pages);
    }
}

#[test]
fn terminal_commands_on_the_command_line() {
    let stage = Stage::new();
    let hostile = "\u{1b}]0;x\u{7}\n::error::x\u{202e}";
    for words in [
        &[hostile][..],
        &["gate", "--format", hostile],
        &["approve", "a", hostile],
        &["--lang", hostile, "gate"],
    ] {
        let done = say(&stage, "en", words).expect(2);
        for bad in ['\u{1b}', '\u{7}', '\u{202e}'] {
            assert!(!done.err.contains(bad), "{}", done.both());
        }
        assert!(
            !done.err.lines().any(|line| line.starts_with("::")),
            "{}",
            done.both()
        );
    }
}

#[test]
fn manual_pages_of_every_command_in_both_languages() {
    let stage = Stage::new();
    let done = say(&stage, "en", &["man", "--dir", "man"]).expect(0);
    assert_eq!(done.out, "", "where they are is talk");
    let pages = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(stage.path(folder)).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    let english = pages("man/man1");
    assert_eq!(english, pages("man/ja/man1"));
    let names = listed(&say(&stage, "en", &["--help", "--all"]).expect(0).out);
    for name in names.iter().filter(|name| *name != "help") {
        assert!(
            english.contains(&format!("sekisho-{name}.1")),
            "{name}: {english:?}"
        );
    }
    assert!(
        english.contains("sekisho.1") && english.contains("sekisho-policy-test.1"),
        "{english:?}"
    );
    for name in &english {
        let text = stage.read(&format!("man/man1/{name}"));
        assert!(
            text.contains("\n.TH ") && text.contains("\n.SH \"NAME\"\n"),
            "{name}: {text}"
        );
        let text = stage.read(&format!("man/ja/man1/{name}"));
        assert!(
            text.contains("\n.SH \"名前\"\n") && !text.contains(".SH OPTIONS"),
            "{name}: {text}"
        );
    }
    let root = say(&stage, "ja", &["man"]).expect(0).out;
    assert!(root.contains("終了コード"), "{root}");
    stage.write("file", "");
    say(&stage, "en", &["man", "--dir", "file"]).expect(2);
}

#[test]
fn completions_for_every_shell() {
    let stage = Stage::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = say(&stage, "en", &["completions", shell]).expect(0).out;
        for word in ["gate", "save-dossier", "explain", "markdown"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let script = say(&stage, "ja", &["completions", "bash"]).expect(0).out;
    stage.write("sekisho.bash", &script);
    let line = "source sekisho.bash; COMP_WORDS=(sekisho gate --save-d); COMP_CWORD=2; _sekisho sekisho --save-d gate; echo \"${COMPREPLY[@]}\"";
    let done = Command::new("bash")
        .args(["--noprofile", "--norc", "-c", line])
        .current_dir(stage.repository())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&done.stdout).trim(),
        "--save-dossier",
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}
