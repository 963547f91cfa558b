//! Content that differs from what was agreed to, or from what is said to be put back.

use crate::attacks::{declared, deployed, shop};
use crate::support::stage::Stage;

/// Two blocks that look the same from three lines away.
fn blocks(staging: &str, production: &str) -> String {
    let block = |name: &str, extra: &str| {
        format!("{name}:\n  size: 1\n  env:\n    a: 1\n    b: 2\n{extra}    c: 3\n    d: 4\n    e: 5\n")
    };
    format!("{}{}", block("staging", staging), block("production", production))
}

/// Deploys `text` as the file `servers.yml`; the change's number.
fn with_servers(stage: &Stage, text: &str) -> String {
    let id = declared(stage, "note.txt", "Servers");
    stage.write("servers.yml", text);
    stage.commit("sato", &format!("Servers\n\nChange: {id}"));
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    id
}

#[test]
fn setting_moved_after_the_approval_to_a_place_that_looks_the_same() {
    let stage = shop();
    with_servers(&stage, &blocks("", ""));
    let debug = "    debug: on\n";
    stage.git("sato", &["checkout", "-q", "-b", "work"]);
    let id = declared(&stage, "note.txt", "Debug staging");
    stage.write("servers.yml", &blocks(debug, ""));
    stage.commit("sato", &format!("Debug\n\nChange: {id}"));
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.write("servers.yml", &blocks("", debug));
    stage.commit("sato", &format!("Debug\n\nChange: {id}"));
    stage.git("sato", &["checkout", "-q", "main"]);
    stage.git("sato", &["merge", "-q", "--squash", "work"]);
    stage.commit("sato", &format!("Debug\n\nChange: {id}"));
    stage.sekisho("sato", &["gate"]).expect(1);
}

#[test]
fn guard_taken_from_another_place_in_the_name_of_a_rollback() {
    let stage = shop();
    let guard = "    login: needed\n";
    with_servers(&stage, &blocks("", guard));
    let id = declared(&stage, "servers.yml", "x");
    stage.write("servers.yml", &blocks(guard, guard));
    stage.commit("sato", &format!("Guard\n\nChange: {id}"));
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage.write("servers.yml", &blocks(guard, ""));
    stage.commit("sato", "Revert, honestly");
    stage.sekisho("sato", &["gate", "--rollback-of", &id]).expect(1);
    // The honest way back still passes.
    stage.write("servers.yml", &blocks("", guard));
    stage.commit("sato", "Revert");
    stage.sekisho("sato", &["gate", "--rollback-of", &id]).expect(0);
    crate::log_moves::all_come_out_the_same(&stage);
}

#[test]
fn half_of_a_change_put_back_in_its_name() {
    let stage = shop();
    let id = declared(&stage, "price.txt", "Price");
    let other = declared(&stage, "note.txt", "Between");
    stage.write("check.txt", "the check that makes the price safe\n");
    stage.commit("sato", &format!("Check\n\nChange: {id}"));
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("hayashi", &["approve", &other]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    std::fs::remove_file(stage.path("check.txt")).unwrap();
    stage.commit("sato", "Half of it back");
    stage.sekisho("sato", &["gate", "--rollback-of", &id]).expect(1);
}

#[test]
fn second_file_with_the_number_of_a_change() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.write(&format!("changes/z/{id}.yml"), "#!/bin/sh\nrm -rf /\n");
    stage.commit("sato", &format!("Nothing\n\nChange: {id}"));
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(done.out.contains("more than one file"), "{}", done.both());
    stage.sekisho("hayashi", &["approve", &id]).expect(2);
}

#[test]
fn link_in_the_place_of_a_declaration() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    let path = stage.path(&format!("changes/2026/{id}.yml"));
    std::fs::rename(&path, stage.path("changes/real.txt")).unwrap();
    std::os::unix::fs::symlink("../real.txt", &path).unwrap();
    stage.commit("sato", &format!("Link\n\nChange: {id}"));
    stage.sekisho("hayashi", &["approve", &id]).expect(2);
    stage.sekisho("sato", &["gate"]).expect(1);
}

#[test]
fn link_or_submodule_that_calls_itself_a_declaration() {
    for kind in ["120000", "160000"] {
        let stage = shop();
        let id = declared(&stage, "app.txt", "Two");
        stage.sekisho("hayashi", &["approve", &id]).expect(0);
        let oid = stage.git("sato", &["rev-parse", "HEAD"]);
        let entry = format!("{kind},{},changes/x/{id}.yml", oid.trim());
        stage.git("sato", &["update-index", "--add", "--cacheinfo", &entry]);
        stage.git("sato", &["commit", "-q", "-m", &format!("More\n\nChange: {id}")]);
        let done = stage.sekisho("sato", &["gate"]).expect(1);
        assert!(done.out.contains("APP-01"), "{}", done.both());
    }
}

#[test]
fn line_ends_and_marks_changed_after_the_approval() {
    for bytes in ["\u{feff}", "\r\n"] {
        let stage = shop();
        let id = declared(&stage, "app.txt", "Two");
        stage.sekisho("hayashi", &["approve", &id]).expect(0);
        let file = format!("changes/2026/{id}.yml");
        let text = stage.read(&file);
        let other = match bytes {
            "\r\n" => text.replace('\n', "\r\n"),
            mark => format!("{mark}{text}"),
        };
        stage.write(&file, &other);
        stage.commit("sato", "Same words");
        let done = stage.sekisho("sato", &["gate"]).expect(1);
        assert!(
            done.out.contains("APP-01") || done.out.contains("DEC-01"),
            "{}",
            done.both()
        );
    }
}

#[test]
fn evil_merge_and_evil_octopus() {
    for branches in [&["one"][..], &["one", "two"]] {
        let stage = shop();
        let id = declared(&stage, "note.txt", "Note");
        stage.sekisho("hayashi", &["approve", &id]).expect(0);
        for branch in branches {
            stage.git("sato", &["checkout", "-q", "-b", branch, "HEAD~1"]);
            stage.write(&format!("{branch}.md"), "x\n");
            stage.commit("sato", branch);
            stage.git("sato", &["checkout", "-q", "main"]);
        }
        stage.git(
            "sato",
            &[&["merge", "-q", "--no-ff", "--no-commit"], branches].concat(),
        );
        stage.write("pay/evil.txt", "1\n");
        stage.commit("sato", "Merge");
        stage.sekisho("sato", &["gate"]).expect(1);
    }
}

#[test]
fn path_with_a_line_end_and_terminal_codes_in_a_guarded_area() {
    let stage = shop();
    stage.write("pay/ra\nte\u{1b}[2Js.txt", "12\n");
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(!done.both().contains('\u{1b}'), "{}", done.both());
    assert!(done.out.contains("RSK-02"), "{}", done.both());
}

#[test]
fn holidays_in_a_file_that_nobody_guards() {
    let stage = shop();
    let config = stage
        .read("sekisho.yml")
        .replace("holidays: [2026-11-23]", "holidays: [file:days.txt]");
    stage.write("sekisho.yml", &config);
    stage.write("days.txt", "2026-11-23\n");
    stage.commit("sato", "Days");
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "days.txt", "2026-12-01");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(
        done.out.contains("gate's own files") || done.out.contains("high risk"),
        "{}",
        done.both()
    );
}

#[test]
fn tag_that_is_named_like_the_branch() {
    let stage = shop();
    deployed(&stage, "Two");
    stage.git("sato", &["tag", "main", "HEAD~1"]);
    stage.write("evil.txt", "1\n");
    stage.commit("sato", "Evil");
    let done = stage.sekisho("sato", &["gate", "--head", "main"]).expect(3);
    assert!(done.err.contains("refs/heads/main"), "{}", done.both());
    stage
        .sekisho("sato", &["gate", "--head", "refs/heads/main"])
        .expect(1);
}
