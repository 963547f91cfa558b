//! The gate against `git log -p` on the same range, the start of the program, and its size.
//! `docs/benchmarks.md` says how to run it and what the figures mean.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

mod history;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Lengths of the ranges, in first-parent steps, and how often each is measured.
const RANGES: [(usize, usize); 3] = [(50, 15), (1_000, 9), (10_000, 5)];

fn main() {
    let program = std::env::var_os("SEKISHO_BINARY")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_sekisho")), PathBuf::from);
    let room = tempfile::tempdir().expect("a temporary folder");
    let repository =
        std::env::var_os("SEKISHO_BENCH_KEEP").map_or_else(|| room.path().join("shop"), PathBuf::from);
    if !repository.exists() {
        history::write(&repository, RANGES.iter().map(|range| range.0).max().unwrap_or(1));
    }
    println!("steps    gate       git log -p  ratio  units  growth");
    let mut before: Option<(usize, Duration)> = None;
    for (steps, rounds) in RANGES {
        let clone = clone(&program, &repository, room.path(), steps);
        let (gate, log) = alternate(
            rounds,
            || {
                reopen(&clone);
                timed(&mut gate(&program, &clone), &[0, 1])
            },
            || timed(&mut log(&clone, steps), &[0]),
        );
        let growth = before.map_or_else(String::new, |(few, short)| {
            format!("{:.1} x for {} x the steps", ratio(gate, short), steps / few)
        });
        println!(
            "{steps:<8} {:<10} {:<11} {:<6.2} {:<6} {growth}",
            shown(gate),
            shown(log),
            ratio(gate, log),
            units(&program, &clone),
        );
        before = Some((steps, gate));
    }
    let (start, spawn) = alternate(
        41,
        || timed(Command::new(&program).arg("--version"), &[0]),
        || timed(&mut Command::new("true"), &[0]),
    );
    println!(
        "\n--version {} (a process that does nothing: {})",
        shown(start),
        shown(spawn)
    );
    let size = std::fs::metadata(&program).map_or(0, |file| file.len());
    println!(
        "measured program: {:.1} MB, {}",
        size as f64 / 1e6,
        program.display()
    );
}

/// A clone whose log opens `steps` steps before its head.
fn clone(program: &Path, repository: &Path, room: &Path, steps: usize) -> PathBuf {
    let folder = room.join(format!("clone-{steps}"));
    git(
        room,
        &[
            "clone",
            "-q",
            "--bare",
            &repository.to_string_lossy(),
            &folder.to_string_lossy(),
        ],
    );
    git(&folder, &["config", "user.email", "sato@shop.example"]);
    // The clone's remote would have the log otherwise.
    git(&folder, &["config", "sekisho.log", "sqlite:sekisho/log.sqlite"]);
    let opened = quiet(program, &folder)
        .args(["baseline", "--head", &format!("HEAD~{steps}")])
        .output()
        .expect("sekisho baseline");
    checked(opened, &[0]);
    std::fs::rename(folder.join("sekisho"), folder.join("opened")).expect("a log");
    folder
}

/// Puts the log back to its two first records, so that every round judges the same.
fn reopen(folder: &Path) {
    let log = folder.join("sekisho");
    if log.exists() {
        std::fs::remove_dir_all(&log).expect("a log");
    }
    std::fs::create_dir(&log).expect("a log");
    for file in std::fs::read_dir(folder.join("opened")).expect("a log") {
        let file = file.expect("a log");
        std::fs::copy(file.path(), log.join(file.file_name())).expect("a log");
    }
}

/// Judges everything after the baseline. Nothing is approved, so it denies, and the next round
/// finds the same range.
fn gate(program: &Path, folder: &Path) -> Command {
    let mut command = quiet(program, folder);
    command.args(["gate", "--format", "json"]);
    command
}

fn log(folder: &Path, steps: usize) -> Command {
    let mut command = quiet(Path::new("git"), folder);
    command.args([
        "log",
        "--first-parent",
        "-p",
        "--no-color",
        &format!("HEAD~{steps}..HEAD"),
    ]);
    command
}

/// How many units of how many changes the gate digested, to show that it really did.
fn units(program: &Path, folder: &Path) -> usize {
    reopen(folder);
    let file = folder.join("dossier.json");
    let mut command = gate(program, folder);
    checked(
        command
            .arg("--save-dossier")
            .arg(&file)
            .output()
            .expect("sekisho gate"),
        &[0, 1],
    );
    let text = std::fs::read(&file).expect("a dossier");
    let dossier: serde_json::Value = serde_json::from_slice(&text).expect("a dossier");
    let changes = dossier["changes"].as_array().map_or(&[][..], Vec::as_slice);
    changes
        .iter()
        .map(|change| change["units"].as_array().map_or(0, Vec::len))
        .sum()
}

/// A program that sees nothing of the person's own settings.
fn quiet(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("HOME", folder);
    command
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = quiet(Path::new("git"), folder)
        .args(arguments)
        .output()
        .expect("git");
    checked(done, &[0]);
}

#[track_caller]
fn checked(done: Output, codes: &[i32]) {
    let code = done.status.code().unwrap_or(-1);
    assert!(
        codes.contains(&code),
        "exit {code}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Wall time of one cold process; its output goes nowhere.
fn timed(command: &mut Command, codes: &[i32]) -> Duration {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let code = command.status().expect("a process").code();
    let time = start.elapsed();
    assert!(
        code.is_some_and(|code| codes.contains(&code)),
        "exit {code:?}: {command:?}"
    );
    time
}

/// Medians of two measurements that take turns, after one round of each for the caches.
fn alternate(
    rounds: usize,
    mut one: impl FnMut() -> Duration,
    mut other: impl FnMut() -> Duration,
) -> (Duration, Duration) {
    one();
    other();
    let (ones, others): (Vec<_>, Vec<_>) = (0..rounds).map(|_| (one(), other())).unzip();
    (median(ones), median(others))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
