//! Ways to run something else than what passed, or to leave what may not stay.

use crate::attacks::{declared, shop};
use crate::attacks_ends::{BY_HAND, by_hand};
use crate::exec::{approved, records};
use crate::support::stage::Stage;

fn size(stage: &Stage) -> u64 {
    let verified = stage.sekisho("sato", &["verify", "--format", "json"]).expect(0);
    verified.json()["size"].as_u64().unwrap()
}

#[test]
fn denied_command_is_run_all_the_same() {
    let (stage, id) = by_hand(BY_HAND, None);
    let done = stage
        .sekisho("sato", &["exec", id, "--", "touch", "ran"])
        .expect(1);
    assert!(
        done.err.contains("APP-01") && done.out.is_empty(),
        "{}",
        done.both()
    );
    assert!(!stage.path("ran").exists());
    assert!(records(&stage, "deploy.started/1").is_empty());
}

#[test]
fn somebody_who_does_not_carry_it_out_runs_it() {
    let (stage, id) = approved();
    let done = stage.sekisho("ishii", &["exec", id, "--", "touch", "ran"]);
    assert!([1, 2].contains(&done.code), "{}", done.both());
    assert!(!stage.path("ran").exists());
}

#[test]
fn plan_edited_after_the_approval() {
    let (stage, id) = approved();
    let words = ["exec", id, "--plan", "plan.txt", "--", "cat", "plan.txt"];
    let before = size(&stage);
    stage.write("plan.txt", "workers 400\n");
    let done = stage.sekisho("sato", &words).expect(2);
    assert!(
        done.out.is_empty() && done.err.contains("not what was approved"),
        "{}",
        done.both()
    );
    // A file that is in the commit, and that nobody named as the plan.
    let other = ["exec", id, "--plan", "app.txt", "--", "cat", "app.txt"];
    stage.sekisho("sato", &other).expect(2);
    let unused = ["exec", id, "--plan", "plan.txt", "--", "cat", "app.txt"];
    stage.sekisho("sato", &unused).expect(2);
    assert_eq!(size(&stage), before);
    stage.write("plan.txt", "workers 4\n");
    assert_eq!(stage.sekisho("sato", &words).expect(0).out, "workers 4\n");
}

#[test]
fn plan_swapped_between_check_and_run() {
    let (stage, id) = approved();
    let script = "echo 'workers 400' > plan.txt; cat \"$0\"; cat \"$SEKISHO_PLAN\"; echo \"$1\"";
    let words = [
        "exec",
        id,
        "--plan",
        "plan.txt",
        "--",
        "sh",
        "-c",
        script,
        "./plan.txt",
        "--file=plan.txt",
    ];
    let done = stage.sekisho("sato", &words).expect(0);
    assert!(
        done.out.starts_with("workers 4\nworkers 4\n--file="),
        "{}",
        done.both()
    );
    assert!(done.out.trim_end().ends_with(".plan/plan.txt"), "{}", done.both());
    assert_eq!(stage.read("plan.txt"), "workers 400\n");
    let left = stage.path(".git/sekisho/running").read_dir().unwrap().count();
    assert_eq!(left, 0);
}

#[test]
fn secrets_in_arguments_and_output() {
    let (stage, id) = approved();
    let script = "echo token ghp_0123456789abcdefghij; echo \"$SHOP_PASSWORD\"; \
        printf '\\033[31mred\\033[0m\\n::set-output name=a::b\\n##[error]no\\n'; echo \"[$SEKISHO_KEY]\"";
    let words = [
        "exec",
        id,
        "--keep-output",
        "--",
        "sh",
        "-c",
        script,
        "--password=correct-horse-battery",
        "AKIAIOSFODNN7EXAMPLE",
    ];
    let secret = ("SHOP_PASSWORD", "hunter2-hunter2");
    let done = stage.sekisho_with("sato", &words, &[secret]).expect(0);
    // The terminal sees what the command says; what signs is not for the command.
    assert!(
        done.out.contains("ghp_0123456789abcdefghij\nhunter2-hunter2\n"),
        "{}",
        done.both()
    );
    assert!(done.out.ends_with("[]\n"), "{}", done.both());
    let folder = stage.beside("out").join("log");
    stage
        .sekisho("sato", &["log", "export", &folder.display().to_string()])
        .expect(0);
    let mut kept = Vec::new();
    for place in [folder.clone(), folder.join("blobs")] {
        for file in place.read_dir().unwrap() {
            let file = file.unwrap().path();
            if file.is_file() {
                kept.extend(std::fs::read(file).unwrap());
            }
        }
    }
    let kept = String::from_utf8_lossy(&kept);
    for secret in ["ghp_0123", "hunter2", "correct-horse", "AKIAIOSF"] {
        assert!(!kept.contains(secret), "{secret}");
    }
    assert!(kept.contains("token [masked]"), "the output was kept");
    let seq = size(&stage) - 1;
    for format in ["text", "markdown"] {
        let page = stage
            .sekisho("sato", &["show", &seq.to_string(), "--format", format])
            .expect(0);
        assert!(page.out.contains("masked"), "{}", page.both());
        assert!(!page.out.contains('\u{1b}'), "{}", page.both());
        let obeyed = |line: &str| line.trim_start().starts_with("::");
        assert!(!page.out.lines().any(obeyed), "{}", page.both());
    }
}

#[test]
fn program_in_a_folder_of_path_that_depends_on_where_one_stands() {
    use std::os::unix::fs::PermissionsExt as _;
    let (stage, id) = approved();
    stage.write("renew", "#!/bin/sh\ntouch ran\n");
    let file = stage.path("renew");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!(".::bin:{}", std::env::var_os("PATH").unwrap().display());
    let before = size(&stage);
    let words = ["exec", id, "--", "renew"];
    let done = stage.sekisho_with("sato", &words, &[("PATH", &path)]).expect(2);
    assert!(done.err.contains("renew is no program"), "{}", done.both());
    assert!(!stage.path("ran").exists());
    assert_eq!(size(&stage), before);
    stage.sekisho("sato", &["exec", id, "--", "./renew"]).expect(0);
    assert!(stage.path("ran").exists());
}

#[test]
fn command_that_cannot_be_started_is_no_success() {
    use std::os::unix::fs::PermissionsExt as _;
    let (stage, id) = approved();
    stage.write("broken", "#!/nowhere/at/all\n");
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(stage.path("broken"), mode).unwrap();
    let done = stage.sekisho("sato", &["exec", id, "--", "./broken"]).expect(2);
    assert!(done.err.contains("could not be started"), "{}", done.both());
    let ends = records(&stage, "deploy.finished/1");
    assert_eq!(ends[0]["outcome"], "aborted");
}

#[test]
fn one_change_run_under_the_pass_of_another() {
    let stage = shop();
    let first = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &first]).expect(0);
    stage
        .sekisho("sato", &["exec", &first, "--", "touch", "ran"])
        .expect(2);
    stage.sekisho("sato", &["gate"]).expect(0);
    let second = declared(&stage, "app.txt", "Three");
    stage
        .sekisho("sato", &["exec", &second, "--", "touch", "ran"])
        .expect(2);
    // What passed is another commit than what is here.
    let moved = stage
        .sekisho("sato", &["exec", &first, "--", "touch", "ran"])
        .expect(2);
    assert!(moved.err.contains("is checked out"), "{}", moved.both());
    assert!(!stage.path("ran").exists());
    stage.git("sato", &["checkout", "-q", "HEAD~1"]);
    stage
        .sekisho("sato", &["exec", &first, "--", "touch", "ran"])
        .expect(0);
    assert!(stage.path("ran").exists());
    // The pass is used up.
    stage
        .sekisho("sato", &["exec", &first, "--", "touch", "again"])
        .expect(2);
    assert!(!stage.path("again").exists());
}

#[test]
fn two_at_once() {
    let (stage, id) = approved();
    let run = || {
        stage
            .sekisho("sato", &["exec", id, "--", "sh", "-c", "echo ran >> ran"])
            .code
    };
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let ran = std::fs::read_to_string(stage.path("ran")).unwrap_or_default();
    let won = codes.iter().filter(|code| **code == 0).count();
    assert_eq!(ran.lines().count(), won, "{codes:?}");
    assert!(won <= 1, "{codes:?}");
    assert!(codes.iter().all(|code| [0, 2, 3].contains(code)), "{codes:?}");
}

#[test]
fn nothing_is_run_that_nobody_could_be_told_of() {
    let (stage, id) = approved();
    std::fs::write(stage.path(".git/sekisho/running"), "in the way").unwrap();
    let done = stage
        .sekisho("sato", &["exec", id, "--", "touch", "ran"])
        .expect(3);
    assert!(done.err.contains("Nothing was run"), "{}", done.both());
    assert!(!stage.path("ran").exists());
}

#[test]
fn log_that_is_not_there() {
    let (stage, id) = approved();
    std::fs::remove_file(stage.log()).unwrap();
    let done = stage.sekisho("sato", &["exec", id, "--", "touch", "ran"]);
    assert!([3, 4].contains(&done.code), "{}", done.both());
    assert!(!stage.path("ran").exists());
}
