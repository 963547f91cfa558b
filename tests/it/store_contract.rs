//! What every store keeps, asked of each of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sekisho::change::Digest;
use sekisho::ledger::{Head, Options, RECORD_MAX_BYTES, Record, Statement};
use sekisho::ports::{AppendError, Draft, Guard, LedgerStore};
use sekisho::sign::SshVerifier;
use sekisho::store::{MemoryLedger, SqliteLedger};

use crate::support::branch::{self, Remote};
use crate::support::postgres::Server;
use crate::support::verify_log::verify_log;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::written_log::{
    ORIGIN, Person, attach, id, open_genesis, run, signers_of, statement, time, unsigned,
};

type Store = Arc<dyn LedgerStore>;

/// Every store.
const KINDS: [&str; 4] = ["memory", "sqlite", "postgres", "branch"];

/// Two doors to one empty log, and what has to stay there meanwhile.
fn doors(kind: &str, folder: &Path) -> ([Store; 2], Option<Server>) {
    match kind {
        "memory" => {
            let log: Store = Arc::new(MemoryLedger::new());
            ([Arc::clone(&log), log], None)
        }
        "sqlite" => {
            let path = folder.join("log.sqlite");
            let first = run(SqliteLedger::create(&path)).unwrap();
            let second = run(SqliteLedger::open(&path)).unwrap();
            ([Arc::new(first), Arc::new(second)], None)
        }
        "branch" => {
            let remote = Remote::within(folder);
            let place = remote.clone_of("one", &remote.file());
            let doors = [branch::open(&place), branch::open(&place)];
            (doors.map(|log| -> Store { Arc::new(log) }), None)
        }
        _ => {
            let server = Server::prepared();
            // Who writes and who may take documents out; the log of a neighbour is there as well.
            let doors = ["counsel", "counsel"].map(|user| -> Store { Arc::new(server.log(user, ORIGIN)) });
            let neighbour = server.log("ci", "git.example/acme/neighbour");
            run(neighbour.append(&[elsewhere()], Guard::Any, &time(0))).unwrap();
            (doors, Some(server))
        }
    }
}

/// The beginning of another log.
fn elsewhere() -> Draft {
    let sato = Person::new("sato", 1);
    let signers = signers_of(&[&sato]);
    let origin = "git.example/acme/neighbour";
    let body = json!({"format": "sekisho-ledger/1", "hash": "sha256", "origin": origin});
    let mut first = statement("log.created/1", 0, Head::EMPTY, body, 0);
    first.log = origin.to_owned();
    sato.draft(attach(first, "signers", &signers), vec![signers])
}

/// Runs one question for every store, on a log that has its beginning.
fn each<F: Future<Output = ()>>(question: impl Fn([Store; 2]) -> F) {
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let (doors, _server) = doors(kind, folder.path());
        run(async {
            let sato = Person::new("sato", 1);
            doors[0]
                .append(&[open_genesis(&sato, &[&sato])], Guard::Any, &time(0))
                .await
                .unwrap();
            question(doors).await;
        });
    }
}

fn act(name: &str, n: usize, seen: Head) -> Statement {
    statement(name, n, seen, json!({"n": n}), 10)
}

fn with(statement: &Statement, blobs: Vec<Vec<u8>>) -> Draft {
    Draft {
        blobs,
        ..unsigned(statement)
    }
}

fn draft(n: usize, seen: Head) -> Draft {
    unsigned(&act("change.declared/1", n, seen))
}

#[track_caller]
fn refused(answer: Result<Vec<sekisho::ledger::Sealed>, AppendError>, words: &str) {
    match answer {
        Err(AppendError::Refused(text)) => assert!(text.contains(words), "{text}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn records_come_back_in_order_and_verify() {
    each(|[log, other]| async move {
        let seen = log.head().await.unwrap();
        let drafts: Vec<Draft> = (1..6).map(|n| draft(n, seen)).collect();
        let sealed = log.append(&drafts, Guard::Any, &time(10)).await.unwrap();
        assert_eq!(sealed.iter().map(|s| s.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(other.range(1, 100).await.unwrap(), sealed);
        assert_eq!(other.range(2, 4).await.unwrap(), sealed[1..3]);
        assert_eq!(other.range(4, 2).await.unwrap(), []);
        assert_eq!(other.range(6, u64::MAX).await.unwrap(), []);
        let head = other.head().await.unwrap();
        assert_eq!(
            head,
            Head {
                size: 6,
                leaf: sealed[4].leaf
            }
        );
        assert_eq!(other.find(&id(3)).await.unwrap(), Some(3));
        assert_eq!(other.find("nobody").await.unwrap(), None);
        let report = verify_log(&*other, &SshVerifier, Options::default())
            .await
            .unwrap();
        assert_eq!((report.damages.len(), report.head, report.signed), (0, head, 1));
    });
}

#[test]
fn the_same_statement_is_logged_once() {
    each(|[log, other]| async move {
        let seen = log.head().await.unwrap();
        let first = log
            .append(&[draft(1, seen)], Guard::At(seen), &time(10))
            .await
            .unwrap();
        // The answer was lost; the head has moved by the writer's own record.
        let again = other
            .append(&[draft(1, seen)], Guard::At(seen), &time(90))
            .await
            .unwrap();
        assert_eq!(again, first);
        let never = |_: &Statement| true;
        let guard = Guard::Unless {
            since: 1,
            conflicts: &never,
        };
        assert_eq!(
            other.append(&[draft(1, seen)], guard, &time(90)).await.unwrap(),
            first
        );
        let both = other
            .append(&[draft(2, seen), draft(1, seen)], Guard::Any, &time(20))
            .await
            .unwrap();
        assert_eq!((both[0].seq, &both[1]), (2, &first[0]));
        let mut liar = act("change.declared/1", 1, seen);
        liar.act = "change.approved/1".to_owned();
        refused(
            log.append(&[unsigned(&liar)], Guard::Any, &time(10)).await,
            "another statement",
        );
        refused(
            log.append(&[draft(7, seen), draft(7, seen)], Guard::Any, &time(10))
                .await,
            "twice",
        );
        assert_eq!(log.head().await.unwrap().size, 3);
    });
}

#[test]
fn guards_hold() {
    each(|[log, other]| async move {
        let seen = log.head().await.unwrap();
        other
            .append(&[draft(1, seen)], Guard::At(seen), &time(10))
            .await
            .unwrap();
        let now = log.head().await.unwrap();
        match log.append(&[draft(2, seen)], Guard::At(seen), &time(10)).await {
            Err(AppendError::Stale(head)) => assert_eq!(head, now),
            answer => panic!("{answer:?}"),
        }
        let freezes = |s: &Statement| s.act == "freeze.declared/1";
        let unless = |since| Guard::Unless {
            since,
            conflicts: &freezes,
        };
        log.append(&[draft(2, seen)], unless(1), &time(10)).await.unwrap();
        other
            .append(
                &[unsigned(&act("freeze.declared/1", 3, seen))],
                Guard::Any,
                &time(10),
            )
            .await
            .unwrap();
        match log.append(&[draft(4, seen)], unless(1), &time(10)).await {
            Err(AppendError::Conflict { seq }) => assert_eq!(seq, 3),
            answer => panic!("{answer:?}"),
        }
        log.append(&[draft(4, seen)], unless(4), &time(10)).await.unwrap();
        // A writer that has seen more than there is has seen another log.
        let beyond = log.append(&[draft(5, seen)], unless(50), &time(10)).await;
        assert!(matches!(beyond, Err(AppendError::Stale(_))));
        assert_eq!(log.head().await.unwrap().size, 5);
    });
}

/// Fills the body until the statement is nearly as long as a record may be.
fn fill(statement: &mut Statement) {
    let mut texts = Vec::new();
    while statement.encode().unwrap().len() < RECORD_MAX_BYTES - 50 {
        texts.push("x".repeat(40));
        statement.body.insert("list".to_owned(), json!(texts));
    }
}

#[test]
fn what_does_not_belong_is_refused_and_nothing_of_it_stays() {
    each(|[log, _]| async move {
        let seen = log.head().await.unwrap();
        let bend = |bend: fn(&mut Statement)| {
            let mut bent = act("change.declared/1", 9, seen);
            bend(&mut bent);
            vec![draft(8, seen), unsigned(&bent)]
        };
        for (drafts, words) in [
            (bend(|s| s.log = "git.example/other".to_owned()), "another log"),
            (bend(|s| s.seen.leaf[0] ^= 1), "another history"),
            (bend(|s| s.seen.size = 9), "history"),
            (bend(|s| s.time = time(-400)), "long ago"),
            (bend(|s| s.time = time(400)), "future"),
            (bend(|s| s.act = "log.created/1".to_owned()), "first record"),
            (bend(|s| s.by = "key:SHA256:abc".to_owned()), "did not sign"),
            (bend(|s| s.by = "nobody".to_owned()), "by"),
            (bend(|s| s.id = "short".to_owned()), "id"),
            (
                bend(|s| drop(s.body.insert("text".to_owned(), json!("x".repeat(257))))),
                "too long",
            ),
            // The statement alone has the length of a record; with its place it is too long.
            (bend(fill), "too long"),
        ] {
            refused(log.append(&drafts, Guard::Any, &time(10)).await, words);
        }
        let mut odd = draft(9, seen);
        odd.statement.insert(1, b' ');
        refused(
            log.append(&[draft(8, seen), odd], Guard::Any, &time(10)).await,
            "canonical",
        );
        assert_eq!(log.head().await.unwrap(), seen);
        assert_eq!(log.find(&id(8)).await.unwrap(), None);
        assert!(
            log.append(&[draft(8, seen)], Guard::Any, "yesterday")
                .await
                .is_err()
        );
    });
}

#[test]
fn time_never_goes_back_and_wrong_clocks_are_told() {
    each(|[log, _]| async move {
        let seen = log.head().await.unwrap();
        log.append(&[draft(1, seen)], Guard::Any, &time(100))
            .await
            .unwrap();
        let sealed = log
            .append(&[draft(2, seen)], Guard::Any, &time(50))
            .await
            .unwrap();
        assert_eq!(Record::read(&sealed[0].bytes).unwrap().time, time(100));
        let answer = log.append(&[draft(3, seen)], Guard::Any, &time(-201)).await;
        assert!(
            matches!(&answer, Err(AppendError::ClockBehind { .. })),
            "{answer:?}"
        );
        assert_eq!(log.head().await.unwrap().size, 3);
    });
}

#[test]
fn documents_come_with_the_record_that_names_them() {
    each(|[log, other]| async move {
        let seen = log.head().await.unwrap();
        let text = b"{\"title\":\"x\"}".to_vec();
        let digest = Digest::of(&text);
        let named = |n| {
            attach(
                act("change.declared/1", n, seen),
                "declaration",
                b"{\"title\":\"x\"}",
            )
        };
        let with = |n, blobs: Vec<Vec<u8>>| Draft {
            blobs,
            ..unsigned(&named(n))
        };
        refused(
            log.append(&[with(1, vec![])], Guard::Any, &time(10)).await,
            "missing",
        );
        let stranger = vec![text.clone(), b"stranger".to_vec()];
        refused(
            log.append(&[with(1, stranger)], Guard::Any, &time(10)).await,
            "no attachment",
        );
        assert_eq!(log.blob(&digest).await.unwrap(), None);
        log.append(&[with(1, vec![text.clone()])], Guard::Any, &time(10))
            .await
            .unwrap();
        assert_eq!(other.blob(&digest).await.unwrap(), Some(text.clone()));
        // Known by now: it may come again or not at all.
        log.append(&[with(2, vec![]), with(3, vec![text])], Guard::Any, &time(10))
            .await
            .unwrap();
    });
}

#[test]
fn many_writers_lose_nothing_and_fork_nothing() {
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let ([first, second], _server) = doors(kind, folder.path());
        let sato = Person::new("sato", 1);
        run(first.append(&[open_genesis(&sato, &[&sato])], Guard::Any, &time(0))).unwrap();
        let seen = run(first.head()).unwrap();
        std::thread::scope(|scope| {
            for (door, from) in [(&first, 100), (&second, 200), (&first, 300), (&second, 400)] {
                scope.spawn(move || {
                    run(async {
                        for n in from..from + 15 {
                            door.append(&[draft(n, seen)], Guard::Any, &time(10))
                                .await
                                .unwrap();
                        }
                    });
                });
            }
        });
        let report = run(verify_log(&*second, &SshVerifier, Options::default())).unwrap();
        assert_eq!((report.damages, report.head.size), (vec![], 61), "{kind}");
        for n in [100, 214, 307, 400] {
            assert!(run(first.find(&id(n))).unwrap().is_some());
        }
    }
}

#[test]
fn of_two_writers_with_one_head_one_wins() {
    each(|[log, other]| async move {
        let seen = log.head().await.unwrap();
        let (one, two) = (draft(1, seen), draft(2, seen));
        let now = time(10);
        let drafts = ([one], [two]);
        let (a, b) = tokio::join!(
            log.append(&drafts.0, Guard::At(seen), &now),
            other.append(&drafts.1, Guard::At(seen), &now),
        );
        assert_eq!(a.is_ok() as u8 + b.is_ok() as u8, 1, "{a:?} {b:?}");
        let lost = a.err().or(b.err()).unwrap();
        assert!(
            matches!(lost, AppendError::Stale(Head { size: 2, .. })),
            "{lost:?}"
        );
    });
}

#[test]
fn an_empty_log_wants_its_beginning_first() {
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let ([log, _], _server) = doors(kind, folder.path());
        run(async {
            assert_eq!(log.head().await.unwrap(), Head::EMPTY);
            refused(
                log.append(&[draft(1, Head::EMPTY)], Guard::Any, &time(10)).await,
                "first record",
            );
            assert_eq!(log.append(&[], Guard::Any, &time(10)).await.unwrap(), []);
        });
    }
}

async fn sqlite_with_two_records(folder: &Path) -> PathBuf {
    let path = folder.join("log.sqlite");
    let log = SqliteLedger::create(&path).await.unwrap();
    let sato = Person::new("sato", 1);
    log.append(&[open_genesis(&sato, &[&sato])], Guard::Any, &time(0))
        .await
        .unwrap();
    let seen = log.head().await.unwrap();
    log.append(&[draft(1, seen)], Guard::Any, &time(10))
        .await
        .unwrap();
    log.close().await;
    path
}

#[test]
fn sqlite_refuses_every_way_to_write_over() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let path = sqlite_with_two_records(folder.path()).await;
        let mut connection = SqliteConnectOptions::new()
            .filename(&path)
            .connect()
            .await
            .unwrap();
        for statement in [
            "UPDATE record SET bytes = x'00' WHERE seq = 1",
            "UPDATE OR REPLACE record SET seq = 0 WHERE seq = 1",
            "DELETE FROM record WHERE seq = 1",
            "DELETE FROM record",
            "INSERT OR REPLACE INTO record SELECT seq, leaf, x'00', id FROM record WHERE seq = 1",
            "INSERT OR REPLACE INTO record SELECT 2, leaf, x'00', id FROM record WHERE seq = 1",
            "INSERT INTO record VALUES (5, zeroblob(32), x'00', 'AAAAAAAAAAAAAAAAAAAAAA')",
            "INSERT INTO record VALUES (NULL, zeroblob(32), x'00', 'AAAAAAAAAAAAAAAAAAAAAA')",
            "UPDATE blob SET bytes = x'00'",
            "DELETE FROM blob",
            "INSERT OR REPLACE INTO blob SELECT digest, x'00' FROM blob",
        ] {
            let answer = sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut connection)
                .await;
            assert!(answer.is_err(), "{statement}");
        }
        let log = SqliteLedger::open_read_only(&path).await.unwrap();
        let report = verify_log(&log, &SshVerifier, Options::default()).await.unwrap();
        assert_eq!((report.damages, report.head.size), (vec![], 2));
    });
}

#[test]
fn sqlite_altered_behind_its_back_is_found() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let path = sqlite_with_two_records(folder.path()).await;
        let mut connection = SqliteConnectOptions::new()
            .filename(&path)
            .connect()
            .await
            .unwrap();
        let script = "DROP TRIGGER blob_no_update; UPDATE blob SET bytes = CAST(bytes || x'00' AS BLOB);
            DROP TRIGGER record_no_update;
            UPDATE record SET bytes = CAST(replace(CAST(bytes AS TEXT), 'declared', 'approved') AS BLOB) WHERE seq = 1";
        sqlx::raw_sql(script).execute(&mut connection).await.unwrap();
        let log = SqliteLedger::open(&path).await.unwrap();
        let report = verify_log(&log, &SshVerifier, Options::default()).await.unwrap();
        let kinds: Vec<&str> = report.damages.iter().map(|d| d.kind.key()).collect();
        for kind in ["damage-store", "damage-blob-altered", "damage-leaf-differs"] {
            assert!(kinds.contains(&kind), "{kinds:?}");
        }
        // Nothing is appended behind a record that is not what it was.
        let seen = log.head().await.unwrap();
        refused(
            log.append(&[draft(5, seen)], Guard::Any, &time(10)).await,
            "damaged",
        );
    });
}

#[test]
fn a_log_that_is_taken_over_is_the_same_to_the_byte() {
    each(|[log, _]| async move {
        let seen = log.head().await.unwrap();
        let note = b"{\"reason\":\"salted\"}".to_vec();
        let named = Digest::of(&note);
        let noted = attach(act("change.declared/1", 1, seen), "note", &note);
        let drafts = [with(&noted, vec![note]), draft(2, seen)];
        log.append(&drafts, Guard::Any, &time(10)).await.unwrap();
        let records = log.range(0, u64::MAX).await.unwrap();
        let mut blobs = Vec::new();
        for digest in records.iter().flat_map(|r| Record::names(&r.bytes).unwrap()) {
            blobs.extend(log.blob(&digest).await.unwrap());
        }
        let copy = MemoryLedger::new();
        // In two goes, the second behind the first.
        copy.adopt(&records[..1], &blobs).await.unwrap();
        copy.adopt(&records[1..], &[]).await.unwrap();
        assert_eq!(copy.range(0, u64::MAX).await.unwrap(), records);
        assert!(copy.blob(&named).await.unwrap().is_some());
        // And back: a store does not take over what does not continue it.
        let again = log.adopt(&records[1..], &[]).await;
        assert!(
            matches!(again, Err(AppendError::Stale(head)) if head.size == 3),
            "{again:?}"
        );
        let mut forged = records[2].clone();
        forged.leaf = [7; 32];
        let other = MemoryLedger::new();
        other.adopt(&records[..2], &[]).await.unwrap();
        refused(
            other.adopt(&[forged], &[]).await.map(|()| Vec::new()),
            "another leaf",
        );
        assert_eq!(other.head().await.unwrap().size, 2);
    });
}

#[test]
fn a_document_goes_only_when_a_record_takes_it_out() {
    each(|[log, other]| async move {
        let seen = log.head().await.unwrap();
        let note = b"{\"reason\":\"a phone number\"}".to_vec();
        let named = Digest::of(&note);
        let noted = attach(act("change.declared/1", 1, seen), "note", &note);
        log.append(&[with(&noted, vec![note])], Guard::Any, &time(10))
            .await
            .unwrap();
        let early = log.erase(&named).await;
        assert!(early.is_err(), "{early:?}");
        assert!(other.blob(&named).await.unwrap().is_some());
        let body = json!({"at": 1, "basis": "personal-data", "blob": named.to_string()});
        let taken_out = statement("blob.redacted/1", 2, seen, body, 20);
        log.append(&[unsigned(&taken_out)], Guard::Any, &time(20))
            .await
            .unwrap();
        log.erase(&named).await.unwrap();
        log.erase(&named).await.unwrap();
        assert_eq!(other.blob(&named).await.unwrap(), None);
        let report = verify_log(&*other, &SshVerifier, Options::default())
            .await
            .unwrap();
        assert_eq!(report.damages.len(), 0, "{:?}", report.damages);
    });
}
