//! Before a commit: what is staged is checked, whatever the work tree says.
#![allow(clippy::disallowed_methods, reason = "git commits with a real hook")]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::support::stage::Stage;

const CONFIG: &str = concat!(
    "version: 1\nlanguage: en\npeople:\n  sato: {name: Sato}\n  hayashi: {name: Hayashi}\n",
    "executors: [sato]\napprovers: [hayashi]\ncalendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}\n",
    "rollback_plans:\n  previous: {strategy: redeploy, steps: [./deploy previous], criteria: [\"5xx > 1% for 5m\"], decider: hayashi, duration: 5m}\n",
);
const FILE: &str = "changes/CHG-20261204-7K3Q.yml";
const GOOD: &str = "schema: sekisho/declaration/v1\ntitle: Two\nreason: The page has to say what is true.\nreferences: ['#1']\n";
const BAD: &str = "schema: sekisho/declaration/v1\ntitle: Two\nroles: {executor: satoo}\n";

fn shop() -> Stage {
    let stage = Stage::new();
    stage.write("sekisho.yml", CONFIG);
    stage.commit("sato", "The shop");
    stage
}

/// Installs the line of the documentation as the hook.
fn hooked() -> Stage {
    let stage = shop();
    let program = env!("CARGO_BIN_EXE_sekisho");
    let folder = Path::new(program).parent().unwrap().display();
    let hook = format!("#!/bin/sh\nPATH=\"{folder}:$PATH\"\nexec sekisho check --staged\n");
    stage.write(".git/hooks/pre-commit", &hook);
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(stage.path(".git/hooks/pre-commit"), mode).unwrap();
    stage
}

/// Runs `git commit` with the hook; its exit code and what it said.
fn commit(stage: &Stage, flags: &[&str]) -> (i32, String) {
    let mut command = Command::new("git");
    command
        .current_dir(stage.repository())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", stage.repository())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("SEKISHO_LANG", "en");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Sato");
        command.env(format!("GIT_{who}_EMAIL"), "sato@shop.example");
    }
    let done = command
        .args(["commit", "-q", "-m", "Next"])
        .args(flags)
        .output()
        .unwrap();
    let said = [done.stdout, done.stderr].concat();
    (
        done.status.code().unwrap(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn a_commit_with_a_wrong_declaration_is_refused_and_a_right_one_accepted() {
    let stage = hooked();
    stage.write(FILE, BAD);
    stage.git("sato", &["add", "-A"]);
    let (code, said) = commit(&stage, &[]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains(&format!("{FILE}:3:19")) && said.contains("Did you mean sato"),
        "{said}"
    );
    stage.write(FILE, GOOD);
    stage.git("sato", &["add", "-A"]);
    assert_eq!(commit(&stage, &[]).0, 0);
    assert_eq!(stage.git("sato", &["log", "--format=%s", "-1"]).trim(), "Next");
}

#[test]
fn what_is_staged_counts_not_what_is_in_the_work_tree() {
    let stage = shop();
    stage.write(FILE, BAD);
    stage.git("sato", &["add", "-A"]);
    stage.write(FILE, GOOD);
    stage.sekisho("sato", &["check", "--staged"]).expect(1);
    stage.git("sato", &["add", "-A"]);
    stage.write(FILE, BAD);
    stage.sekisho("sato", &["check", "--staged"]).expect(0);
    stage.sekisho("sato", &["check"]).expect(1);
}

#[test]
fn the_index_that_git_made_for_the_commit_counts() {
    let stage = hooked();
    stage.write(FILE, GOOD);
    stage.git("sato", &["add", "-A"]);
    assert_eq!(commit(&stage, &[]).0, 0);
    // `git commit -a` and `git commit FILE` have an index of their own.
    stage.write(FILE, BAD);
    let (code, said) = commit(&stage, &["-a"]);
    assert_eq!(code, 1, "{said}");
    let (code, said) = commit(&stage, &[FILE]);
    assert_eq!(code, 1, "{said}");
}

#[test]
fn names_are_looked_up_in_the_configuration_that_is_staged() {
    let stage = shop();
    stage.write(
        "sekisho.yml",
        &CONFIG.replace("executors:", "  satoo: {name: Satoo}\nexecutors:"),
    );
    stage.write(FILE, BAD);
    stage.git("sato", &["add", FILE]);
    stage.sekisho("sato", &["check", "--staged"]).expect(1);
}

#[test]
fn the_gate_cannot_be_removed_by_accident() {
    let stage = shop();
    stage.git("sato", &["rm", "-q", "sekisho.yml"]);
    let done = stage.sekisho("sato", &["check", "--staged"]).expect(2);
    assert!(
        done.err.contains("git restore --staged sekisho.yml"),
        "{}",
        done.both()
    );
}

#[test]
fn a_wrong_configuration_is_refused_and_what_is_not_touched_is_not_looked_at() {
    let stage = shop();
    stage.write("changes/CHG-20261201-1AAA.yml", BAD);
    stage.git("sato", &["add", "-A"]);
    stage.git("sato", &["commit", "-q", "-m", "Before there was a hook"]);
    stage.write("app.txt", "two\n");
    stage.git("sato", &["add", "-A"]);
    stage.sekisho("sato", &["check", "--staged"]).expect(0);
    stage.write("sekisho.yml", &CONFIG.replace("hayashi]", "hayasi]"));
    stage.git("sato", &["add", "-A"]);
    let done = stage.sekisho("sato", &["check", "--staged"]).expect(1);
    assert!(done.out.contains("sekisho.yml:"), "{}", done.both());
}

#[test]
fn a_change_that_passed_is_not_held_against_names_of_today() {
    let mut stage = Stage::new();
    let keys = ["sato", "hayashi"].map(|person| stage.key(person));
    let config = CONFIG
        .replace(
            "name: Sato}",
            &format!("name: Sato, email: sato@shop.example, keys: [\"{}\"]}}", keys[0]),
        )
        .replace(
            "name: Hayashi}",
            &format!("name: Hayashi, keys: [\"{}\"]}}", keys[1]),
        );
    stage.write("sekisho.yml", &config);
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    let unknown = GOOD.replace("title:", "contact: {rule: gone}\ntitle:");
    stage.write("app.txt", "two\n");
    stage.write(FILE, &unknown);
    stage.commit("sato", "Two\n\nChange: CHG-20261204-7K3Q");
    let open = stage.sekisho("sato", &["check", FILE]).expect(1);
    assert!(open.out.contains("gone"), "{}", open.both());
    stage
        .sekisho("hayashi", &["approve", "CHG-20261204-7K3Q"])
        .expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage.sekisho("sato", &["check", FILE]).expect(0);
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let stage = Stage::new();
    stage.write("sekisho.yml", CONFIG);
    stage.write(FILE, BAD);
    stage.git("sato", &["add", "-A"]);
    stage.sekisho("sato", &["check", "--staged"]).expect(1);
}

/// Every file of a folder with its bytes, but for what SQLite keeps beside a log that it reads.
fn everything(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            everything(&path, found);
        } else if !path.to_string_lossy().ends_with("-shm") && !path.to_string_lossy().ends_with("-wal") {
            found.insert(path.display().to_string(), std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn what_is_staged_is_asked_nothing_else() {
    let stage = shop();
    stage.sekisho("sato", &["check", "--staged"]).expect(0);
    for other in [
        &[FILE][..],
        &["--at", "2026-12-30T10:00"],
        &["--explain", "approvers"],
        &["--head", "HEAD"],
    ] {
        let words = [&["check", "--staged"], other].concat();
        stage.sekisho("sato", &words).expect(2);
    }
}

#[test]
fn a_file_without_end_is_no_file() {
    let stage = shop();
    let padded = format!("{CONFIG}# {}\n", "x".repeat(4 * 1024 * 1024));
    stage.write("sekisho.yml", &padded);
    for words in [&["check"][..], &["policy", "list"]] {
        let done = stage.sekisho("sato", words).expect(2);
        assert!(done.err.contains("4 MiB"), "{}", done.both());
    }
    stage.write("sekisho.yml", CONFIG);
    for odd in ["/dev/null", "changes"] {
        let done = stage.sekisho("sato", &["check", odd]);
        assert_eq!(done.code, 2, "{}", done.both());
    }
}

#[test]
fn a_check_changes_nothing() {
    let mut stage = Stage::new();
    let key = stage.key("sato");
    stage.write(
        "sekisho.yml",
        &CONFIG.replace("name: Sato}", &format!("name: Sato, keys: [\"{key}\"]}}")),
    );
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage.write(FILE, BAD);
    stage.git("sato", &["add", "-A"]);
    let mut before = BTreeMap::new();
    everything(&stage.repository(), &mut before);
    for flags in [
        &["check"][..],
        &["check", "--staged"],
        &["check", FILE],
        &["check", "--format", "sarif"],
    ] {
        stage.sekisho("sato", flags).expect(1);
    }
    let mut after = BTreeMap::new();
    everything(&stage.repository(), &mut after);
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    assert!(before == after);
}

#[test]
fn two_thousand_declarations_are_checked_while_somebody_waits() {
    let stage = shop();
    for number in 0..2_000_u32 {
        let bytes = [number.to_le_bytes()[0], number.to_le_bytes()[1], 1, 2];
        let id = sekisho::change::ChangeId::typed("20261201", bytes);
        stage.write(&format!("changes/2026/{id}.yml"), GOOD);
    }
    let done = stage.sekisho("sato", &["check"]).expect(0);
    let count = std::fs::read_dir(stage.path("changes/2026")).unwrap().count();
    assert!(
        count > 1_000 && done.out.contains(&(count + 1).to_string()),
        "{}",
        done.both()
    );
}
