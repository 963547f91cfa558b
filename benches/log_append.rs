//! A durable append against a bare `INSERT` of the same bytes into a table without any rule, with the
//! same durability, in turns.

use std::time::{Duration, Instant};

use sekisho::ledger::Head;
use sekisho::ports::{Guard, LedgerStore};
use sekisho::store::SqliteLedger;
use serde_json::json;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::postgres::Server;
use crate::written_log::{ORIGIN, Person, genesis, id, run, statement, time, unsigned};

/// How often each is measured.
const ROUNDS: usize = 400;

pub(crate) fn measure() {
    println!("store       append      INSERT      of INSERT's speed");
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path());
    postgres();
}

fn sqlite(folder: &std::path::Path) {
    let log = run(SqliteLedger::create(&folder.join("log.sqlite"))).unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.join("bare.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut bare = run(options.connect()).unwrap();
    let table = "CREATE TABLE bare (seq INTEGER PRIMARY KEY, leaf BLOB, bytes BLOB, id TEXT UNIQUE) STRICT";
    run(sqlx::raw_sql(table).execute(&mut bare)).unwrap();
    compare("sqlite", &log, |n, leaf, bytes| {
        let insert = sqlx::query("INSERT INTO bare VALUES (?, ?, ?, ?)")
            .bind(n as i64)
            .bind(leaf)
            .bind(bytes)
            .bind(id(n));
        run(insert.execute(&mut bare)).unwrap();
    });
}

fn postgres() {
    let server = Server::with_settings("fsync = on").prepare();
    let log = server.log("ci", ORIGIN);
    let table = "CREATE TABLE public.bare (seq bigint PRIMARY KEY, leaf bytea, bytes bytea, id text UNIQUE)";
    server.sql("keeper", table).unwrap();
    let mut bare = run(server.connection("keeper"));
    compare("postgres", &log, |n, leaf, bytes| {
        let insert = sqlx::query("INSERT INTO public.bare VALUES ($1, $2, $3, $4)")
            .bind(n as i64)
            .bind(leaf)
            .bind(bytes)
            .bind(id(n));
        run(insert.execute(&mut bare)).unwrap();
    });
}

/// Takes turns, so that whatever else the machine does hits both alike.
fn compare(name: &str, log: &dyn LedgerStore, mut insert: impl FnMut(usize, &[u8], &[u8])) {
    let sato = Person::new("sato", 1);
    let first = run(log.append(&[genesis(&sato, &[&sato])], Guard::Any, &time(0))).unwrap();
    // As the program does: a statement has seen the log to its end.
    let mut last = first[0].clone();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for n in 1..=ROUNDS {
        let seen = Head {
            size: last.seq + 1,
            leaf: last.leaf,
        };
        let body = json!({"n": n, "text": "x".repeat(200)});
        let draft = [unsigned(&statement("change.declared/1", n, seen, body, 10))];
        let start = Instant::now();
        let sealed = run(log.append(&draft, Guard::Any, &time(10))).unwrap();
        ours.push(start.elapsed());
        let start = Instant::now();
        insert(n, &sealed[0].leaf, &sealed[0].bytes);
        theirs.push(start.elapsed());
        last = sealed[0].clone();
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "{name:<11} {:<11} {:<11} {:.0} %",
        shown(ours),
        shown(theirs),
        100.0 * theirs.as_secs_f64() / ours.as_secs_f64()
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
