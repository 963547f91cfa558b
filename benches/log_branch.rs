//! Appending to a long and to a short log on a branch, in turn, and what a fetch of the newest
//! commit costs. `docs/benchmarks.md` says what the figures mean.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sekisho::change::Digest;
use sekisho::git::GitRepository;
use sekisho::ledger::{Head, Sealed, Statement, Tail, Unsealed, seal};
use sekisho::ports::{Draft, Guard, LedgerStore as _};
use sekisho::sign::SshVerifier;
use sekisho::store::{BranchLedger, Reader};

/// Lengths of the two logs, and how often each is appended to.
const LENGTHS: [usize; 2] = [100, 100_000];
const ROUNDS: usize = 15;

fn main() {
    let room = tempfile::tempdir().expect("a temporary folder");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let long = std::env::var("SEKISHO_BENCH_LONG").map_or(LENGTHS[1], |text| text.parse().expect("a number"));
    let mut logs = Vec::new();
    for length in [LENGTHS[0], long] {
        let bare = room.path().join(format!("{length}.git"));
        let first = write(&bare, length);
        let log = open(room.path(), &bare, length);
        let begun = Instant::now();
        runtime.block_on(log.refresh()).expect("a fetch");
        println!("{length} entries read for the first time: {:?}", begun.elapsed());
        logs.push((log, first, bare, length));
    }
    let mut times = vec![Vec::new(), Vec::new()];
    let mut fetches = vec![Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        for (nth, (log, first, bare, length)) in logs.iter().enumerate() {
            let draft = [draft(length + round, *first)];
            let begun = Instant::now();
            let done = runtime.block_on(log.append(&draft, Guard::Any, &time(200_000)));
            done.expect("an append");
            times[nth].push(begun.elapsed());
            let begun = Instant::now();
            newest_only(room.path(), bare, round);
            fetches[nth].push(begun.elapsed());
        }
    }
    for (what, times) in [("append", &mut times), ("fetch --depth=1", &mut fetches)] {
        let [short, long] = [0, 1].map(|nth: usize| median(&mut times[nth]));
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        println!("{what}: {short:?} short, {long:?} long, ratio {ratio:.2}");
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(1_795_000_000 + seconds)
        .expect("a time")
        .to_string()
}

fn statement(act: &str, n: usize, seen: Head, at: i64) -> Vec<u8> {
    let body = serde_json::json!({"change": "CHG-20261204-7K3Q", "n": n, "signatures": "optional"});
    let statement = Statement {
        act: act.to_owned(),
        body: body.as_object().cloned().expect("an object"),
        by: "person:sato".to_owned(),
        id: format!("{n:0>21}A"),
        log: "git.example/acme/shop".to_owned(),
        seen,
        time: time(at),
        with: Vec::new(),
    };
    statement.encode().expect("a statement")
}

fn draft(n: usize, seen: Head) -> Draft {
    Draft {
        statement: statement("change.declared/1", n, seen, 200_000),
        signatures: Vec::new(),
        blobs: Vec::new(),
    }
}

/// A bare repository with a log of so many records, a commit each; the head behind the first.
fn write(bare: &Path, length: usize) -> Head {
    run(Path::new("."), &["init", "-q", "--bare", &bare.to_string_lossy()]);
    let mut importer = Command::new("git")
        .args(["--git-dir", &bare.to_string_lossy(), "fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("git");
    let mut input = std::io::BufWriter::new(importer.stdin.take().expect("a pipe"));
    let mut tail: Option<Tail> = None;
    let mut first = Head::EMPTY;
    for n in 0..length {
        let act = if n == 0 {
            "log.created/1"
        } else {
            "change.declared/1"
        };
        let at = i64::try_from(n).expect("a number");
        let statement = statement(act, n, first, at);
        let unsealed = Unsealed {
            statement: &statement,
            signatures: Vec::new(),
        };
        let sealed: Sealed = seal(tail.as_ref(), &[unsealed], &time(at))
            .expect("a record")
            .remove(0);
        tail = Some(Tail::after(&sealed).expect("a tail"));
        if n == 0 {
            first = tail.as_ref().expect("a tail").head;
        }
        let blob = format!("{{\"b\":\"\",\"d\":\"{}\"}}\n", Digest::of(&n.to_le_bytes()));
        let maker = format!("sekisho <sekisho@localhost> {} +0000", 1_795_000_000 + at);
        write!(
            input,
            "commit refs/heads/sekisho-log\nauthor {maker}\ncommitter {maker}\ndata 3\n#1\n"
        )
        .expect("git");
        for (name, bytes) in [
            ("records.jsonl", &[&sealed.bytes[..], b"\n"].concat()),
            ("blobs.jsonl", &blob.into_bytes()),
        ] {
            write!(input, "M 100644 inline {name}\ndata {}\n", bytes.len()).expect("git");
            input.write_all(bytes).expect("git");
            input.write_all(b"\n").expect("git");
        }
    }
    drop(input);
    assert!(importer.wait().expect("git").success());
    first
}

fn open(room: &Path, bare: &Path, length: usize) -> BranchLedger {
    let place: PathBuf = room.join(format!("clone-{length}"));
    run(room, &["init", "-q", &place.to_string_lossy()]);
    run(
        &place,
        &["remote", "add", "origin", &format!("file://{}", bare.display())],
    );
    let folder = place.join(".git/sekisho/branch/origin");
    let repository = GitRepository::open(&place).expect("a repository");
    let branch = repository.log_branch("origin", &folder).expect("a remote");
    let reader = Reader::new(Box::new(SshVerifier), i64::MAX);
    BranchLedger::new(Box::new(branch), &folder, Box::new(|_| true), reader)
}

/// What a runner that has nothing fetches to see the end of the log.
fn newest_only(room: &Path, bare: &Path, round: usize) {
    let place = room.join(format!(
        "runner-{round}-{}",
        bare.file_name().unwrap_or_default().to_string_lossy()
    ));
    run(room, &["init", "-q", "--bare", &place.to_string_lossy()]);
    let from = format!("file://{}", bare.display());
    run(
        &place,
        &["fetch", "-q", "--depth=1", &from, "refs/heads/sekisho-log"],
    );
}

fn run(place: &Path, arguments: &[&str]) {
    let done = Command::new("git").current_dir(place).args(arguments).status();
    assert!(done.expect("git").success(), "git {arguments:?}");
}
