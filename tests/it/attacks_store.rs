//! The log's file, swapped, cut, locked away or made to look like something else.

use std::os::unix::fs::PermissionsExt as _;

use crate::attacks::{declared, shop};
use crate::support::stage::Stage;

/// Nothing passes, and what is said fits no pass.
fn stopped(stage: &Stage, arguments: &[&str]) {
    let done = stage.sekisho("sato", arguments);
    assert!([2, 3, 4].contains(&done.code), "{}", done.both());
    assert!(!done.out.contains("PASSED"), "{}", done.both());
}

/// A shop with a change that would pass.
fn ready() -> Stage {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage
}

#[test]
fn log_of_another_repository() {
    let (stage, other) = (ready(), ready());
    std::fs::copy(other.log(), stage.log()).unwrap();
    stopped(&stage, &["gate"]);
}

#[test]
fn log_of_another_repository_for_a_clone_that_remembers_nothing() {
    let (stage, other) = (ready(), ready());
    std::fs::copy(other.log(), stage.log()).unwrap();
    std::fs::remove_file(stage.path(".git/sekisho/remembered")).unwrap();
    // The other log's authorised commit is not in this repository.
    stopped(&stage, &["gate"]);
}

#[test]
fn log_that_is_a_folder_a_device_or_a_link_to_nothing() {
    let stage = ready();
    std::fs::remove_file(stage.log()).unwrap();
    std::fs::create_dir(stage.log()).unwrap();
    stopped(&stage, &["gate"]);
    std::fs::remove_dir(stage.log()).unwrap();
    std::os::unix::fs::symlink("nowhere", stage.log()).unwrap();
    stopped(&stage, &["gate"]);
    stopped(&stage, &["--log", "/dev/null", "gate"]);
    stopped(&stage, &["--log", "/dev/null", "baseline"]);
}

#[test]
fn empty_file_and_half_a_file_as_log() {
    let stage = ready();
    let whole = std::fs::read(stage.log()).unwrap();
    for length in [0, 1, 100, 4096, whole.len() / 2, whole.len() - 1] {
        std::fs::write(stage.log(), &whole[..length]).unwrap();
        stopped(&stage, &["gate"]);
    }
}

#[test]
fn pipe_that_nobody_writes_into_as_log() {
    let stage = ready();
    std::fs::remove_file(stage.log()).unwrap();
    #[allow(clippy::disallowed_methods)] // a pipe is made by its own program
    let made = std::process::Command::new("mkfifo")
        .arg(stage.log())
        .status()
        .unwrap();
    assert!(made.success());
    // It would wait for ever.
    stopped(&stage, &["gate"]);
    stopped(&stage, &["verify"]);
}

#[test]
fn every_page_of_the_log_overwritten() {
    let stage = ready();
    let whole = std::fs::read(stage.log()).unwrap();
    for page in (0..whole.len()).step_by(4096) {
        let mut bytes = whole.clone();
        let end = (page + 4096).min(bytes.len());
        bytes[page..end].fill(0xff);
        std::fs::write(stage.log(), &bytes).unwrap();
        let done = stage.sekisho("sato", &["verify"]);
        assert!((0..=4).contains(&done.code), "{}", done.both());
        assert!(!done.err.contains("panicked"), "{}", done.both());
        let done = stage.sekisho("sato", &["gate"]);
        // A page that holds nothing may be lost; then the record is written all the same.
        assert!((0..=4).contains(&done.code), "{}", done.both());
        if done.code == 0 {
            stage.sekisho("sato", &["verify"]).expect(0);
        }
        std::fs::write(stage.log(), &whole).unwrap();
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", stage.log().display()));
        }
        let _ = std::fs::remove_file(stage.path(".git/sekisho/remembered"));
    }
}

#[test]
fn write_ahead_log_taken_away_or_made_up() {
    let stage = ready();
    let wal = format!("{}-wal", stage.log().display());
    std::fs::write(&wal, b"not a write-ahead log").unwrap();
    let done = stage.sekisho("sato", &["verify"]);
    assert!((0..=4).contains(&done.code), "{}", done.both());
    std::fs::write(&wal, vec![0; 8192]).unwrap();
    stage.sekisho("sato", &["gate"]).expect(0);
    stage.sekisho("sato", &["verify"]).expect(0);
    let _ = std::fs::remove_file(&wal);
    stage.sekisho("sato", &["verify"]).expect(0);
}

#[test]
fn log_that_cannot_be_written_is_no_pass() {
    let stage = ready();
    let folder = stage.path(".git/sekisho");
    let lock = |file: u32, dir: u32| {
        std::fs::set_permissions(stage.log(), std::fs::Permissions::from_mode(file)).unwrap();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(dir)).unwrap();
    };
    lock(0o400, 0o500);
    let writable = std::fs::OpenOptions::new().append(true).open(stage.log()).is_ok();
    if !writable {
        stopped(&stage, &["gate"]);
    }
    lock(0o600, 0o700);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn terminal_codes_in_whatever_is_quoted() {
    let stage = ready();
    let code = "\u{1b}[2J\u{9b}31m\u{202e}x";
    let requests: &[&[&str]] = &[
        &["gate", "--head", code],
        &["gate", "--base", code],
        &["gate", "--run", code],
        &["gate", "--rollback-of", code],
        &["gate", "--service", code],
        &["gate", "-e", code],
        &["gate", "--dossier", code],
        &["approve", code],
        &["approve", "--for", code, "CHG-20261201-AAAA"],
        &["show", code],
        &["finish", code, "--outcome", "success"],
        &["--log", code, "gate"],
        &["-C", code, "gate"],
        &["declare", "--title", code, "--service", code],
    ];
    let clean = |done: &crate::support::stage::Done| {
        let all = done.both();
        let bad = ['\u{1b}', '\u{9b}', '\u{202e}'];
        assert!(!all.contains(bad), "{all:?}");
        assert!(!all.contains("panicked"), "{all}");
    };
    for request in requests {
        clean(&stage.sekisho("sato", request));
    }
    stage.write(".git/sekisho/remembered", code);
    clean(&stage.sekisho("sato", &["gate"]));
    std::fs::remove_file(stage.path(".git/sekisho/remembered")).unwrap();
    let config = stage.read("sekisho.yml");
    stage.write(
        "sekisho.yml",
        &config.replace("name: Ishii", &format!("name: \"{code}\"")),
    );
    clean(&stage.sekisho("sato", &["check"]));
    stage.write("sekisho.yml", &format!("{config}{code}: 1\n"));
    clean(&stage.sekisho("sato", &["check"]));
    stage.git("sato", &["config", "sekisho.log", code]);
    clean(&stage.sekisho("sato", &["gate"]));
}

/// The memory of where the log ended, as a way to read what is not theirs, or to fill the machine.
#[test]
fn memory_of_the_log_that_is_a_link_or_has_no_end() {
    let stage = crate::attacks::shop();
    let memory = stage.path(".git/sekisho/remembered");
    let kept = std::fs::read(&memory).unwrap();
    std::fs::write(stage.path("../secret"), "hunter2 hunter2\n").unwrap();
    std::fs::remove_file(&memory).unwrap();
    std::os::unix::fs::symlink(stage.path("../secret"), &memory).unwrap();
    let refused = |what: &str| {
        let done = stage.sekisho("sato", &["gate"]).expect(3);
        assert!(!done.both().contains("hunter2"), "{what}: {}", done.both());
        assert!(done.both().len() < 2_000, "{what}: {}", done.both().len());
    };
    refused("link");
    std::fs::remove_file(&memory).unwrap();
    std::fs::write(&memory, vec![b'7'; 4 << 20]).unwrap();
    refused("huge");
    std::fs::write(&memory, "hunter2\u{1b}[31m").unwrap();
    refused("nonsense");
    std::fs::write(&memory, kept).unwrap();
    stage.git("sato", &["config", "sekisho.genesis", "hunter2"]);
    refused("genesis");
    stage.git("sato", &["config", "--unset", "sekisho.genesis"]);
    stage.sekisho("sato", &["verify"]).expect(0);
}
