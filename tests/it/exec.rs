//! Work by hand as a command: judged, started, run with a terminal or without, and ended.

use std::io::{BufRead as _, BufReader, Read as _};

use insta::assert_snapshot;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::attacks_ends::{BY_HAND, by_hand};
use crate::branch_program::with_remote;
use crate::support::port::{certificate, port};
use crate::support::stage::Stage;

/// Approved work by hand and its number.
pub(crate) fn approved() -> (Stage, &'static str) {
    let (stage, id) = by_hand(BY_HAND, None);
    stage.sekisho("hayashi", &["approve", id]).expect(0);
    (stage, id)
}

/// The bodies of all records of this act, in order.
pub(crate) fn records(stage: &Stage, act: &str) -> Vec<Value> {
    let folder = stage.beside("records").join(act.replace('/', "-"));
    let _ = std::fs::remove_dir_all(&folder);
    stage
        .sekisho("sato", &["log", "export", &folder.display().to_string()])
        .expect(0);
    let log = std::fs::read_to_string(folder.join("log.jsonl")).unwrap();
    let records = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let statements = records.map(|record| record["st"].clone());
    statements
        .filter(|statement| statement["act"] == act)
        .map(|statement| statement["body"].clone())
        .collect()
}

/// The only line that something printed so far.
fn first_line(child: &mut std::process::Child) -> String {
    let mut line = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    lines.read_line(&mut line).unwrap();
    // What comes later goes nowhere; the pipe has to stay.
    std::mem::forget(lines);
    line.trim().to_owned()
}

#[test]
fn the_command_is_run_and_its_code_passed_on() {
    for (language, name) in [("en", "exec_en"), ("ja", "exec_ja")] {
        let (stage, id) = approved();
        let script = "echo out; echo err >&2; exit 7";
        let words = ["exec", id, "--", "sh", "-c", script];
        let done = stage.sekisho_with("sato", &words, &[("SEKISHO_LANG", language)]);
        assert_eq!(done.code, 7, "{}", done.both());
        assert_eq!(done.out, "out\n");
        assert_snapshot!(name, done.err);
    }
}

#[test]
fn start_and_end_say_who_ran_what_and_what_came_of_it() {
    let (stage, id) = approved();
    let words = ["exec", id, "--", "sh", "-c", "printf 'one\\ntwo\\n'"];
    stage.sekisho("sato", &words).expect(0);
    let started = records(&stage, "deploy.started/1");
    let finished = records(&stage, "deploy.finished/1");
    assert_eq!((started.len(), finished.len()), (1, 1));
    assert!(started[0]["command"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(started[0]["words"], 3);
    let end = &finished[0];
    assert_eq!(end["outcome"], "success", "{end:#}");
    assert_eq!((&end["exit"], &end["seconds"]), (&0.into(), &0.into()));
    assert_eq!(end["output"]["stdout"]["bytes"], 8);
    assert_eq!(end["output"]["stderr"]["bytes"], 0);
    assert!(
        !stage
            .path(".git/sekisho/running")
            .read_dir()
            .unwrap()
            .any(|_| true)
    );
    // It was carried out once.
    let again = stage.sekisho("sato", &words).expect(2);
    assert_eq!(again.out, "");
}

#[test]
fn failed_work_is_tried_again() {
    let (stage, id) = approved();
    stage.sekisho("sato", &["exec", id, "--", "false"]).expect(1);
    stage.sekisho("sato", &["exec", id, "--", "true"]).expect(0);
    let ends = records(&stage, "deploy.finished/1");
    let outcomes: Vec<_> = ends.iter().map(|end| end["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["failed", "success"]);
    assert_eq!(ends[1]["attempt"], 2);
}

#[test]
fn a_person_at_a_terminal_is_asked_by_the_command() {
    let (stage, id) = approved();
    let script =
        "test -t 0 && test -t 1 && test -t 2 && stty size; printf 'name? '; read n; echo \"hello $n\"";
    let mut terminal = stage.at_terminal("sato", &["exec", id, "--", "sh", "-c", script]);
    terminal
        .sees("50 160")
        .answers("name? ", "Aiko")
        .sees("hello Aiko");
    let seen = terminal.ends(0);
    assert!(seen.contains("exit code 0"), "{seen}");
    let ends = records(&stage, "deploy.finished/1");
    assert!(
        ends[0]["output"]["terminal"]["bytes"].as_u64().unwrap() > 20,
        "{ends:#?}"
    );
}

#[test]
fn ctrl_c_reaches_the_command_and_not_the_record() {
    let (stage, id) = approved();
    let script = "echo ready; while :; do read line; done";
    let mut terminal = stage.at_terminal("sato", &["exec", id, "--", "sh", "-c", script]);
    terminal.sees("ready").types("\u{3}");
    terminal.ends(130);
    let ends = records(&stage, "deploy.finished/1");
    assert_eq!(
        (&ends[0]["outcome"], &ends[0]["exit"]),
        (&"failed".into(), &130.into())
    );
}

#[test]
fn signal_reaches_what_the_command_started_and_is_recorded() {
    let (stage, id) = approved();
    let script = "trap 'exit 9' TERM; echo up; while :; do read line; done";
    let mut child = stage.begin("sato", &["exec", id, "--", "sh", "-c", script]);
    let own_input = child.stdin.take();
    assert_eq!(first_line(&mut child), "up");
    kill(Pid::from_raw(child.id() as i32), Signal::SIGTERM).unwrap();
    let status = child.wait().unwrap();
    drop(own_input);
    assert_eq!(status.code(), Some(9));
    let ends = records(&stage, "deploy.finished/1");
    assert_eq!(ends[0]["outcome"], "aborted", "{ends:#?}");
    assert_eq!((&ends[0]["signal"], &ends[0]["exit"]), (&15.into(), &9.into()));
}

#[test]
fn killed_in_between_is_told_until_somebody_says_how_it_ended() {
    let (stage, id) = approved();
    let mut child = stage.begin("sato", &["exec", id, "--", "sh", "-c", "echo up; read line"]);
    let input = child.stdin.take();
    assert_eq!(first_line(&mut child), "up");
    // Nobody takes what runs for what was cut short.
    let meanwhile = stage.sekisho("sato", &["due"]);
    assert!(!meanwhile.err.contains(id), "{}", meanwhile.both());
    child.kill().unwrap();
    child.wait().unwrap();
    for command in [&["due"][..], &["history"], &["show", id]] {
        let told = stage.sekisho("sato", command);
        assert!(
            told.err.contains(id) && told.err.contains("may still run"),
            "{}",
            told.both()
        );
    }
    let ja = stage.sekisho_with("sato", &["due"], &[("SEKISHO_LANG", "ja")]);
    assert!(ja.err.contains("強制終了"), "{}", ja.both());
    drop(input);
    let again = stage
        .sekisho("sato", &["exec", id, "--", "touch", "again"])
        .expect(2);
    assert!(again.err.contains("has no end"), "{}", again.both());
    assert!(!stage.path("again").exists());
    assert!(records(&stage, "deploy.finished/1").is_empty());
    stage
        .sekisho("sato", &["finish", id, "--outcome", "failed"])
        .expect(0);
    let ends = records(&stage, "deploy.finished/1");
    assert_eq!(
        (&ends[0]["outcome"], &ends[0]["interrupted"]),
        (&"failed".into(), &true.into())
    );
    assert!(!stage.sekisho("sato", &["due"]).err.contains("cut short"));
    stage.sekisho("sato", &["exec", id, "--", "true"]).expect(0);
}

#[test]
fn the_end_waits_where_the_log_went_away_meanwhile() {
    let (stage, id) = approved();
    let _remote = with_remote(&stage);
    stage
        .sekisho("hayashi", &["log", "move", "--to", "branch"])
        .expect(0);
    let script = "mv ../shop.git ../gone.git; exit 5";
    let done = stage.sekisho("sato", &["exec", id, "--", "sh", "-c", script]);
    assert_eq!(done.code, 5, "{}", done.both());
    assert!(done.err.contains("waits as draft"), "{}", done.both());
    std::fs::rename(stage.path("../gone.git"), stage.path("../shop.git")).unwrap();
    stage.sekisho("sato", &["log", "sync"]).expect(0);
    let ends = records(&stage, "deploy.finished/1");
    assert_eq!(
        (&ends[0]["outcome"], &ends[0]["exit"]),
        (&"failed".into(), &5.into())
    );
}

#[test]
fn the_only_open_emergency_of_ones_own_needs_no_number() {
    let stage = port();
    stage.sekisho("suzuki", &["exec", "--", "true"]).expect(2);
    let declared = stage.sekisho("suzuki", &certificate(&[])).expect(0);
    let id = declared.out.lines().next().unwrap().to_owned();
    let early = stage
        .sekisho("suzuki", &["exec", "--", "touch", "early"])
        .expect(1);
    assert!(
        early.err.contains("EMG-05") && early.out.is_empty(),
        "{}",
        early.both()
    );
    stage
        .sekisho("kudo", &["approve", &id, "--service", "minato-ec"])
        .expect(0);
    stage
        .sekisho("hayashi", &["exec", "--", "touch", "early"])
        .expect(2);
    assert!(!stage.path("early").exists());
    stage.sekisho("suzuki", &["exec", "--", "true"]).expect(0);
    let ends = records(&stage, "deploy.finished/1");
    assert_eq!(ends[0]["change"], id.as_str());
    stage.sekisho("suzuki", &["declare"]);
    stage.sekisho("suzuki", &certificate(&[])).expect(0);
    let which = stage.sekisho("suzuki", &["exec", "--", "true"]).expect(2);
    assert!(which.err.contains("not one open emergency"), "{}", which.both());
}

#[test]
fn console_work_shows_before_and_after() {
    let (stage, id) = approved();
    stage.write("shots/before.txt", "workers 2\n");
    stage.write("shots/more.txt", "load 3\n");
    stage.write("shots/after.txt", "workers 4\n");
    let before = ["--before", "shots/before.txt", "--before", "shots/more.txt"];
    stage
        .sekisho("sato", &[&["start", id][..], &before].concat())
        .expect(0);
    let end = [
        "finish",
        id,
        "--outcome",
        "success",
        "--after",
        "shots/after.txt",
        "--keep",
    ];
    let missing = ["finish", id, "--outcome", "success", "--after", "shots/none.txt"];
    stage.sekisho("sato", &missing).expect(2);
    stage.sekisho("sato", &end).expect(0);
    let digest = |text: &str| sekisho::change::Digest::of(text.as_bytes()).to_string();
    let started = records(&stage, "deploy.started/1");
    assert_eq!(
        started[0]["before"],
        serde_json::json!([digest("workers 2\n"), digest("load 3\n")])
    );
    let ends = records(&stage, "deploy.finished/1");
    assert_eq!(ends[0]["after"], serde_json::json!([digest("workers 4\n")]));
    let folder = stage.beside("out").join("log");
    stage
        .sekisho("sato", &["log", "export", &folder.display().to_string()])
        .expect(0);
    let kept = digest("workers 4\n").replace("sha256:", "");
    let names = |folder: &std::path::Path| {
        let files = folder.join("blobs").read_dir().unwrap();
        files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect::<Vec<_>>()
    };
    let names = names(&folder);
    assert!(names.iter().any(|name| name.contains(&kept)), "{names:?}");
    assert!(
        !names
            .iter()
            .any(|name| name.contains(&digest("load 3\n").replace("sha256:", "")))
    );
}

#[test]
fn what_nobody_reads_any_more_ends_the_command() {
    let (stage, id) = approved();
    let mut child = stage.begin(
        "sato",
        &["exec", id, "--", "sh", "-c", "while echo y; do :; done"],
    );
    let mut some = [0; 4];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    assert_eq!(&some, b"y\ny\n");
    assert!(child.wait().unwrap().code().is_some());
    assert_eq!(records(&stage, "deploy.finished/1").len(), 1);
}
