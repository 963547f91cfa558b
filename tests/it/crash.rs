//! Writers that are killed while they write, and crowds of them. What was acknowledged is there, what
//! was not is there as a whole or not at all, and the log verifies.
//!
//! `scripts/crash` runs more rounds than the suite does.
#![allow(clippy::disallowed_methods, reason = "tests start themselves as writers")]
#![allow(clippy::print_stderr, reason = "scripts/crash shows how far it went")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use sekisho::change::Digest;
use sekisho::ledger::{Head, Options, Record, leaf};
use sekisho::ports::{Draft, Guard, LedgerStore};
use sekisho::sign::SshVerifier;
use sekisho::store::{PostgresAddress, PostgresLedger, SqliteLedger};
use serde_json::json;

use crate::support::postgres::Server;
use crate::support::verify_log::verify_log;
use crate::written_log::{ORIGIN, Person, attach, id, open_genesis, run, statement, time, unsigned};

/// What tells a writer where to write, and from which number on.
const PLACE: &str = "SEKISHO_TEST_CRASH_PLACE";
const FROM: &str = "SEKISHO_TEST_CRASH_FROM";

/// How many rounds, and how many entries each of a crowd writes.
fn count(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

/// A store by its kind and place. One more line for a store of another kind.
fn open(place: &str) -> Arc<dyn LedgerStore> {
    let (kind, place) = place.split_once(' ').unwrap();
    match kind {
        "sqlite" => Arc::new(run(SqliteLedger::open(Path::new(place))).unwrap()),
        "postgres" => {
            let address = PostgresAddress::read(place).unwrap();
            Arc::new(run(PostgresLedger::open(address, ORIGIN)).unwrap())
        }
        other => panic!("{other}: no such store"),
    }
}

/// An entry with a document of its own.
fn entry(n: usize, seen: Head) -> Draft {
    let note = format!("{{\"n\":{n}}}").into_bytes();
    let named = statement("change.declared/1", n, seen, json!({"n": n}), 10);
    Draft {
        blobs: vec![note.clone()],
        ..unsigned(&attach(named, "note", &note))
    }
}

fn begin(log: &dyn LedgerStore) -> Head {
    let sato = Person::new("sato", 1);
    run(log.append(&[open_genesis(&sato, &[&sato])], Guard::Any, &time(0))).unwrap();
    run(log.head()).unwrap()
}

#[track_caller]
fn verified(log: &dyn LedgerStore) -> Head {
    let report = run(verify_log(log, &SshVerifier, Options::default())).unwrap();
    assert_eq!(report.damages, vec![]);
    report.head
}

/// Writes until it is killed, and says so after each entry.
#[test]
#[ignore = "the writer that the tests beside it start and kill"]
fn writer() {
    let log = open(&std::env::var(PLACE).unwrap());
    let seen = run(log.head()).unwrap();
    for n in count(FROM, 0).. {
        let sealed = run(log.append(&[entry(n, seen)], Guard::Any, &time(10))).unwrap();
        let said = format!(
            "ack {n} {} {}\n",
            sealed[0].seq,
            Digest::from_bytes(sealed[0].leaf).hex()
        );
        // In one piece, past the test runner's own output.
        std::io::stdout().write_all(said.as_bytes()).unwrap();
        std::io::stdout().flush().unwrap();
    }
}

struct Writer {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    acknowledged: Vec<(usize, u64, String)>,
}

impl Writer {
    fn start(place: &str, from: usize) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::writer", "--ignored", "--nocapture"])
            .env(PLACE, place)
            .env(FROM, from.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self {
            child,
            lines,
            acknowledged: Vec::new(),
        }
    }

    /// Reads until so many more entries are acknowledged; false when the writer has ended.
    fn wait_for(&mut self, mut more: usize) -> bool {
        while more > 0 {
            let Some(Ok(line)) = self.lines.next() else {
                return false;
            };
            // The test runner begins a line of its own.
            let Some((_, said)) = line.split_once("ack ") else {
                continue;
            };
            let mut fields = said.split(' ');
            let mut next = || fields.next().unwrap_or_default();
            let (n, seq) = (next().parse(), next().parse());
            // A line that was cut by the kill says nothing.
            if let (Ok(n), Ok(seq), leaf) = (n, seq, next())
                && leaf.len() == 64
            {
                self.acknowledged.push((n, seq, leaf.to_owned()));
                more -= 1;
            }
        }
        true
    }

    fn kill(mut self) -> Vec<(usize, u64, String)> {
        self.child.kill().unwrap();
        self.wait_for(usize::MAX);
        self.child.wait().unwrap();
        self.acknowledged
    }
}

/// Kills a writer in every round, at a moment that nobody chose.
fn crashes(place: &str, disturb: Option<&dyn Fn()>) {
    let rounds = count("SEKISHO_TEST_CRASH_ROUNDS", 50);
    let mut before = begin(&*open(place));
    let mut from = 1;
    for round in 0..rounds {
        let mut random = [0; 2];
        getrandom::fill(&mut random).unwrap();
        let mut writer = Writer::start(place, from);
        assert!(
            writer.wait_for(1 + usize::from(random[0] % 6)),
            "round {round}: the writer ended"
        );
        if let Some(disturb) = disturb.filter(|_| round % 10 == 9) {
            disturb();
            assert!(writer.wait_for(2), "round {round}: the writer gave up");
        }
        // Not to wait for anything, but to hit another part of an append each time.
        std::thread::sleep(Duration::from_micros(u64::from(random[1]) * 20));
        let acknowledged = writer.kill();
        let log = open(place);
        let head = run(log.head()).unwrap();
        let written = head.size - before.size;
        let most = acknowledged.len() as u64 + 1;
        assert!(
            (most - 1..=most).contains(&written),
            "round {round}: {written} of {most}"
        );
        for (n, seq, leaf) in &acknowledged {
            assert_eq!(run(log.find(&id(*n))).unwrap(), Some(*seq), "round {round}");
            let record = &run(log.range(*seq, seq + 1)).unwrap()[0];
            assert_eq!(&Digest::from_bytes(record.leaf).hex(), leaf, "round {round}");
        }
        let mut prev = before.leaf;
        for record in run(log.range(before.size, head.size)).unwrap() {
            assert_eq!(leaf(&record.bytes), record.leaf, "round {round}");
            assert_eq!(Record::read(&record.bytes).unwrap().prev, prev, "round {round}");
            prev = record.leaf;
        }
        from += acknowledged.len() + 10;
        before = head;
    }
    let log = open(place);
    assert_eq!(verified(&*log), before);
    eprintln!("{rounds} rounds, {} records", before.size);
}

#[test]
fn sqlite_writers_killed_while_they_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.sqlite");
    run(async { SqliteLedger::create(&path).await.unwrap().close().await });
    crashes(&format!("sqlite {}", path.display()), None);
}

#[test]
fn postgres_writers_killed_while_they_write_and_the_server_too() {
    let server = Server::prepared();
    let restart = || {
        server.crash();
        server.start();
    };
    crashes(&format!("postgres {}", server.url("ci")), Some(&restart));
}

/// Sixty-four writers, each with a door of its own.
fn crowd(place: &str) {
    const WRITERS: usize = 64;
    let each = count("SEKISHO_TEST_CROWD", 5);
    let first = open(place);
    let seen = begin(&*first);
    let start = std::time::Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                let log = open(place);
                for n in 0..each {
                    let draft = entry(1 + writer * each + n, seen);
                    run(log.append(&[draft], Guard::Any, &time(10))).unwrap();
                }
            });
        }
    });
    eprintln!("{WRITERS} writers, {each} entries each: {:.1?}", start.elapsed());
    let head = verified(&*first);
    assert_eq!(head.size as usize, 1 + WRITERS * each);
    for n in 1..=WRITERS * each {
        assert!(run(first.find(&id(n))).unwrap().is_some(), "{n}");
    }
}

#[test]
fn sqlite_crowd_loses_nothing_and_forks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.sqlite");
    run(async { SqliteLedger::create(&path).await.unwrap().close().await });
    crowd(&format!("sqlite {}", path.display()));
}

#[test]
fn postgres_crowd_loses_nothing_and_forks_nothing() {
    let server = Server::prepared();
    crowd(&format!("postgres {}", server.url("ci")));
}
