//! The log in a PostgreSQL database: who may do what, and servers that fail.

use sekisho::change::Digest;
use sekisho::ledger::{Head, Options, Sealed};
use sekisho::ports::{AppendError, Draft, Guard, LedgerStore, StoreError};
use sekisho::sign::SshVerifier;
use sekisho::store::{MemoryLedger, PostgresAddress, PostgresLedger};
use serde_json::json;

use crate::attacks::shop;
use crate::support::postgres::{PASSWORD, Server};
use crate::support::verify_log::verify_log;
use crate::written_log::{ORIGIN, Person, genesis, id, run, statement, time, unsigned};

fn draft(n: usize, seen: Head) -> Draft {
    unsigned(&statement("change.declared/1", n, seen, json!({"n": n}), 10))
}

fn first() -> Draft {
    let sato = Person::new("sato", 1);
    genesis(&sato, &[&sato])
}

/// A log with its beginning and one more record.
fn two_records(server: &Server) -> PostgresLedger {
    let log = server.log("ci", ORIGIN);
    run(log.append(&[first()], Guard::Any, &time(0))).unwrap();
    let seen = run(log.head()).unwrap();
    run(log.append(&[draft(1, seen)], Guard::Any, &time(10))).unwrap();
    log
}

/// Two records and a third that would follow them, sealed elsewhere.
fn three_sealed() -> Vec<Sealed> {
    let log = MemoryLedger::new();
    run(async {
        log.append(&[first()], Guard::Any, &time(0)).await.unwrap();
        let seen = log.head().await.unwrap();
        let drafts = [draft(1, seen), draft(2, seen)];
        log.append(&drafts, Guard::Any, &time(10)).await.unwrap();
        log.range(0, 9).await.unwrap()
    })
}

#[track_caller]
fn unharmed(server: &Server, size: u64) {
    let log = server.log("auditor", ORIGIN);
    let report = run(verify_log(&log, &SshVerifier, Options::default())).unwrap();
    assert_eq!((report.damages, report.head.size), (vec![], size));
}

#[track_caller]
fn unreachable<T: std::fmt::Debug>(answer: Result<T, AppendError>, words: &str) -> String {
    match answer {
        Err(AppendError::Store(StoreError::Unreachable(text))) if text.contains(words) => text,
        other => panic!("{words}: {other:?}"),
    }
}

/// What a writer would have to do to bend the log from outside.
const BENDING: &[&str] = &[
    "INSERT INTO sekisho.log (origin) VALUES ('mine')",
    "INSERT INTO sekisho.record SELECT log, seq + 9, leaf, bytes, reverse(id) FROM sekisho.record",
    "INSERT INTO sekisho.blob SELECT log, sha256('x'), 'x' FROM sekisho.blob",
    "UPDATE sekisho.log SET size = 0",
    "UPDATE sekisho.record SET bytes = 'x'",
    "UPDATE sekisho.blob SET bytes = 'x'",
    "DELETE FROM sekisho.log",
    "DELETE FROM sekisho.record",
    "DELETE FROM sekisho.blob",
    "TRUNCATE sekisho.blob, sekisho.record, sekisho.log",
    "ALTER TABLE sekisho.record DISABLE TRIGGER ALL",
    "ALTER TABLE sekisho.record DROP CONSTRAINT record_check",
    "ALTER TABLE sekisho.record OWNER TO ci",
    "DROP TRIGGER record_stays ON sekisho.record",
    "DROP TABLE sekisho.record CASCADE",
    "DROP SCHEMA sekisho CASCADE",
    "CREATE TABLE sekisho.mine (a int)",
    "CREATE FUNCTION sekisho.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION sekisho.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION sekisho.refuse() SECURITY DEFINER",
    "SELECT sekisho.erase('git.example/acme/shop', digest) FROM sekisho.blob",
    "SELECT sekisho.taken_out(1, digest) FROM sekisho.blob",
    "DELETE FROM sekisho._sqlx_migrations",
    "SET session_replication_role = replica",
    "SET ROLE keeper",
    "SET ROLE sekisho_redactor",
    "GRANT sekisho_writer TO guest",
    "LOCK TABLE sekisho.record IN ACCESS EXCLUSIVE MODE",
];

#[test]
fn writer_that_bends_the_tables_from_outside() {
    let server = Server::prepared();
    two_records(&server);
    for user in ["ci", "auditor", "guest"] {
        run(async {
            let mut connection = server.connection(user).await;
            for sql in BENDING {
                let done = sqlx::raw_sql(*sql).execute(&mut connection).await;
                assert!(done.is_err(), "{user}: {sql}");
            }
        });
    }
    let lock = "SELECT * FROM sekisho.lock_head('git.example/acme/shop')";
    assert!(server.sql("auditor", lock).is_err());
    assert!(server.sql("guest", "SELECT * FROM sekisho.record").is_err());
    server.sql("ci", lock).unwrap();
    unharmed(&server, 2);
}

#[test]
fn owner_by_accident() {
    let server = Server::prepared();
    two_records(&server);
    for sql in BENDING.iter().take(10) {
        // A new, empty log harms nobody.
        if !sql.starts_with("INSERT INTO sekisho.log") && !sql.contains("INTO sekisho.blob") {
            assert!(server.sql("keeper", sql).is_err(), "{sql}");
        }
    }
    for sql in [
        "UPDATE sekisho.log SET origin = 'another'",
        "UPDATE sekisho.log SET size = size + 1",
        "INSERT INTO sekisho.record SELECT log, 2, sha256('x'), bytes, reverse(id) FROM sekisho.record",
        "INSERT INTO sekisho.blob SELECT log, sha256('x'), 'y' FROM sekisho.blob",
        "SELECT sekisho.erase('git.example/acme/shop', digest) FROM sekisho.blob",
    ] {
        assert!(server.sql("keeper", sql).is_err(), "{sql}");
    }
    unharmed(&server, 2);
}

/// `sekisho.append` of one record behind `head`.
fn appending(size: u64, head: [u8; 32], record: &Sealed, id: &str) -> String {
    let hex = |bytes: &[u8]| {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("decode('{digits}','hex')")
    };
    format!(
        "SELECT sekisho.append('{ORIGIN}', {size}, {}, ARRAY[{}], ARRAY[{}], ARRAY['{id}'], '{{}}', '{{}}')",
        hex(&head),
        hex(&record.leaf),
        hex(&record.bytes)
    )
}

#[test]
fn writer_that_calls_the_function_with_something_else() {
    let server = Server::prepared();
    two_records(&server);
    let sealed = three_sealed();
    let (second, third) = (&sealed[1], &sealed[2]);
    let altered = |from: &str, to: &str| {
        let text = String::from_utf8(third.bytes.clone()).unwrap().replace(from, to);
        Sealed {
            leaf: sekisho::ledger::leaf(text.as_bytes()),
            bytes: text.into_bytes(),
            seq: 2,
        }
    };
    let wrong_leaf = Sealed {
        leaf: [7; 32],
        ..third.clone()
    };
    for (attack, sql, words) in [
        (
            "a head of yesterday",
            appending(1, sealed[0].leaf, second, &id(1)),
            "moved on",
        ),
        ("another head", appending(2, [7; 32], third, &id(2)), "moved on"),
        (
            "a head of tomorrow",
            appending(3, second.leaf, third, &id(2)),
            "moved on",
        ),
        (
            "a leaf of other bytes",
            appending(2, second.leaf, &wrong_leaf, &id(2)),
            "another leaf",
        ),
        (
            "a gap",
            appending(2, second.leaf, &altered("\"seq\":2", "\"seq\":3"), &id(2)),
            "does not continue",
        ),
        (
            "another chain",
            appending(2, second.leaf, &altered("{\"prev\":\"", "{\"prev\":\"0"), &id(2)),
            "does not continue",
        ),
        (
            "an id of its own",
            appending(2, second.leaf, third, &id(9)),
            "another id",
        ),
        (
            "an id that was used",
            appending(2, second.leaf, &altered(&id(2), &id(1)), &id(1)),
            "record_log_id_key",
        ),
        (
            "another log",
            appending(2, second.leaf, &altered("acme/shop", "acme/till"), &id(2)),
            "another log",
        ),
    ] {
        let error = server.sql("ci", &sql).unwrap_err();
        assert!(error.contains(words), "{attack}: {error}");
    }
    for sql in [
        format!("SELECT sekisho.append('{ORIGIN}', NULL, NULL, NULL, NULL, NULL, NULL, NULL)"),
        format!(
            "SELECT sekisho.append('{ORIGIN}', 2, (SELECT head FROM sekisho.log), '{{}}', '{{}}', '{{}}', '{{}}', '{{}}')"
        ),
        format!(
            "SELECT sekisho.append('{ORIGIN}', 2, (SELECT head FROM sekisho.log), ARRAY[NULL]::bytea[], ARRAY[NULL]::bytea[], ARRAY[NULL]::text[], '{{}}', '{{}}')"
        ),
    ] {
        assert!(server.sql("ci", &sql).is_err(), "{sql}");
    }
    unharmed(&server, 2);
    server
        .sql("ci", &appending(2, second.leaf, third, &id(2)))
        .unwrap();
    unharmed(&server, 3);
}

#[test]
fn functions_of_the_writer_in_front_of_the_databases_own() {
    let server = Server::prepared();
    two_records(&server);
    let sealed = three_sealed();
    let wrong = Sealed {
        leaf: [7; 32],
        ..sealed[2].clone()
    };
    let sql = format!(
        "CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT decode(repeat(''07'', 32), ''hex'')';
         CREATE TEMP TABLE record (log int, seq bigint, leaf bytea, bytes bytea, id text);
         SET search_path = pg_temp, sekisho, pg_catalog; {}",
        appending(2, sealed[1].leaf, &wrong, &id(2))
    );
    let error = server.sql("ci", &sql).unwrap_err();
    assert!(error.contains("another leaf"), "{error}");
    unharmed(&server, 2);
}

#[test]
fn commit_that_would_be_answered_before_it_is_on_the_disk() {
    let server = Server::prepared();
    let sql = "SET synchronous_commit = off; BEGIN; SELECT * FROM sekisho.lock_head('x');
        DO $$ BEGIN IF current_setting('synchronous_commit') <> 'on' THEN RAISE 'off'; END IF; END $$; ROLLBACK";
    server.sql("ci", sql).unwrap();
}

#[test]
fn database_without_tables_or_with_those_of_another_version() {
    let server = Server::empty();
    let open = || run(PostgresLedger::open(server.address("keeper"), ORIGIN));
    assert!(matches!(open(), Err(StoreError::Unprepared)));
    let made = server.sql("keeper", "CREATE SCHEMA sekisho");
    assert!(made.is_ok(), "nothing was made by looking: {made:?}");
    assert!(matches!(open(), Err(StoreError::Unprepared)));
    let server = server.prepare();
    let log = two_records(&server);
    // Once more, with records in it: nothing to do, and nothing is lost.
    assert!(!run(PostgresLedger::prepare(&server.address("keeper"))).unwrap());
    assert_eq!(run(log.head()).unwrap().size, 2);
    unharmed(&server, 2);
    let later =
        "INSERT INTO sekisho._sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (99, 'later', true, 'x', 0)";
    server.sql("keeper", later).unwrap();
    for answer in [
        run(PostgresLedger::open(server.address("ci"), ORIGIN)).map(drop),
        run(PostgresLedger::prepare(&server.address("keeper"))).map(drop),
    ] {
        assert!(answer.unwrap_err().to_string().contains("newer"));
    }
    server
        .sql("keeper", "DELETE FROM sekisho._sqlx_migrations")
        .unwrap();
    let answer = run(PostgresLedger::open(server.address("ci"), ORIGIN));
    assert!(matches!(answer, Err(StoreError::Unprepared)));
}

#[test]
fn tables_made_by_somebody_who_may_not() {
    let server = Server::empty();
    let answer = run(PostgresLedger::prepare(&server.address("guest"))).unwrap_err();
    assert!(answer.to_string().contains("permission denied"), "{answer}");
}

#[test]
fn secrets_of_the_address_in_what_is_said() {
    let server = Server::prepared();
    two_records(&server);
    let url = server.url("ci");
    let folder = server.folder().display().to_string();
    for (wrong, words) in [
        (
            url.replace(PASSWORD, "hunter2-wrong"),
            "password authentication failed",
        ),
        (url.replace("/logs?", "/gone-hunter2?"), "does not exist"),
        (url.replace("ci:", "guest:"), "permission denied"),
        (url.replace(&folder, "/nowhere/hunter2"), "connection failed"),
        (url.replace("host=", "hunter2="), "connection failed"),
        (format!("{url}&sslmode=hunter2"), "no address"),
        (format!("{url}&options=-c%20hunter2%3D1"), "unrecognized"),
        (
            "postgres://ci:hunter2@127.0.0.1:1/logs".to_owned(),
            "connection failed",
        ),
        (
            "postgres://ci:hunter2@db.invalid/logs".to_owned(),
            "connection failed",
        ),
    ] {
        let opened = PostgresAddress::read(&wrong).map(|address| run(PostgresLedger::open(address, ORIGIN)));
        let error = match opened {
            Ok(Ok(_)) => panic!("{wrong}"),
            Ok(Err(error)) | Err(error) => format!("{error} {error:?}"),
        };
        assert!(error.contains(words), "{words}: {error}");
        for secret in [PASSWORD, folder.as_str(), "db.invalid", "127.0.0.1", "host="] {
            assert!(!error.contains(secret), "{error}");
        }
        // A database's name may be said, because nobody would find the fault otherwise.
        assert!(!error.replace("gone-hunter2", "").contains("hunter2"), "{error}");
    }
    let log = server.log("ci", ORIGIN);
    assert!(!format!("{log:?}").contains(PASSWORD));
}

#[test]
fn tables_altered_behind_the_functions_backs_are_found() {
    let server = Server::prepared();
    let log = two_records(&server);
    server
        .sql(
            "keeper",
            "ALTER TABLE sekisho.record DISABLE TRIGGER record_stays;
             ALTER TABLE sekisho.record DROP CONSTRAINT record_check;
             UPDATE sekisho.record SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'declared', 'approved'), 'UTF8') WHERE seq = 1;
             ALTER TABLE sekisho.blob DISABLE TRIGGER blob_stays_as_it_is;
             ALTER TABLE sekisho.blob DROP CONSTRAINT blob_check;
             UPDATE sekisho.blob SET bytes = bytes || 'x'::bytea;
             CREATE OR REPLACE FUNCTION sekisho.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        )
        .unwrap();
    let complaints = run(log.check()).unwrap().join("\n");
    for words in [
        "function refuse",
        "trigger record_stays",
        "trigger blob_stays_as_it_is",
    ] {
        assert!(complaints.contains(words), "{complaints}");
    }
    let report = run(verify_log(&log, &SshVerifier, Options::default())).unwrap();
    let kinds: Vec<&str> = report.damages.iter().map(|damage| damage.kind.key()).collect();
    for kind in ["damage-store", "damage-blob-altered", "damage-leaf-differs"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    // Nothing is appended behind a record that is not what it was.
    let seen = run(log.head()).unwrap();
    let answer = run(log.append(&[draft(5, seen)], Guard::Any, &time(10)));
    assert!(
        matches!(&answer, Err(AppendError::Refused(text)) if text.contains("damaged")),
        "{answer:?}"
    );
}

#[test]
fn records_cut_off_at_the_end_are_found_and_nothing_follows_them() {
    let server = Server::prepared();
    let log = two_records(&server);
    let cut =
        "ALTER TABLE sekisho.record DISABLE TRIGGER record_stays; DELETE FROM sekisho.record WHERE seq = 1;
        ALTER TABLE sekisho.record ENABLE TRIGGER record_stays";
    server.sql("keeper", cut).unwrap();
    let complaints = run(log.check()).unwrap().join("\n");
    assert!(
        complaints.contains("the log's head is at 2 records"),
        "{complaints}"
    );
    let seen = run(log.head()).unwrap();
    let answer = run(log.append(&[draft(5, seen)], Guard::Any, &time(10)));
    assert!(
        matches!(&answer, Err(AppendError::Store(StoreError::Damaged(_)))),
        "{answer:?}"
    );
}

#[test]
fn a_server_that_crashes_while_somebody_writes_loses_nothing() {
    let server = Server::prepared();
    let log = two_records(&server);
    let seen = run(log.head()).unwrap();
    let writing = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 10..40 {
                run(log.append(&[draft(n, seen)], Guard::Any, &time(10))).unwrap();
                writing.store(n, std::sync::atomic::Ordering::Relaxed);
            }
        });
        for after in [15, 25] {
            while writing.load(std::sync::atomic::Ordering::Relaxed) < after && !writer.is_finished() {
                std::thread::yield_now();
            }
            server.crash();
            server.start();
        }
    });
    for n in 10..40 {
        assert!(run(log.find(&id(n))).unwrap().is_some(), "{n}");
    }
    unharmed(&server, 32);
}

#[test]
fn a_server_that_is_gone_is_an_outage_and_no_empty_log() {
    let server = Server::prepared();
    let log = two_records(&server);
    let seen = run(log.head()).unwrap();
    server.crash();
    unreachable(
        run(log.append(&[draft(2, seen)], Guard::Any, &time(10))),
        "connection failed",
    );
    assert!(matches!(run(log.head()), Err(StoreError::Unreachable(_))));
    server.start();
    run(log.append(&[draft(2, seen)], Guard::Any, &time(10))).unwrap();
    let gone = "DROP DATABASE logs WITH (FORCE)";
    let elsewhere = server.url("postgres").replace("/logs?", "/postgres?");
    server.sql_at(&elsewhere, gone).unwrap();
    unreachable(
        run(log.append(&[draft(3, seen)], Guard::Any, &time(10))),
        "does not exist",
    );
}

#[test]
fn a_writer_that_never_ends_is_waited_for_only_so_long() {
    let server = Server::prepared();
    let log = two_records(&server);
    let seen = run(log.head()).unwrap();
    server
        .sql("postgres", "ALTER ROLE ci SET statement_timeout = '200ms'")
        .unwrap();
    let impatient = server.log("ci", ORIGIN);
    run(async {
        let mut holder = server.connection("keeper").await;
        let hold = "BEGIN; SELECT FROM sekisho.lock_head('git.example/acme/shop')";
        sqlx::raw_sql(hold).execute(&mut holder).await.unwrap();
        let words = unreachable(
            impatient.append(&[draft(2, seen)], Guard::Any, &time(10)).await,
            "timeout",
        );
        // Who stands in the way is named, with what ends it.
        assert!(
            words.contains("of role keeper holds the log") && words.contains("pg_terminate_backend"),
            "{words}"
        );
        sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
        impatient
            .append(&[draft(2, seen)], Guard::Any, &time(10))
            .await
            .unwrap();
    });
    unharmed(&server, 3);
}

/// With psql, say, and on a server that ends no idle transaction by itself.
#[test]
fn lock_taken_by_hand_and_never_given_back() {
    let server = Server::prepared();
    let log = two_records(&server);
    let seen = run(log.head()).unwrap();
    let third = &three_sealed()[2];
    let appended = appending(2, seen.leaf, third, &id(2));
    run(async {
        for hold in [
            "SELECT FROM sekisho.lock_head('git.example/acme/shop')",
            &appended,
        ] {
            let mut holder = server.connection("ci").await;
            let begin = format!("BEGIN; {hold}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(begin))
                .execute(&mut holder)
                .await
                .unwrap();
            let row: (String,) = sqlx::query_as("SHOW idle_in_transaction_session_timeout")
                .fetch_one(&mut holder)
                .await
                .unwrap();
            assert_eq!(row.0, "1min", "{hold}");
        }
    });
    unharmed(&server, 2);
}

/// Every writer can put bytes there that are no record, but not so that a text has to stay for ever.
#[test]
fn record_that_is_no_json_keeps_no_document_from_being_taken_out() {
    let server = Server::prepared();
    let log = two_records(&server);
    let seen = run(log.head()).unwrap();
    let digest = Digest::of(&first().blobs[0]);
    let sealed = |seq: u64, prev: [u8; 32], rest: &str| {
        let prev = Digest::from_bytes(prev).hex();
        let bytes = format!("{{\"prev\":\"{prev}\",\"seq\":{seq},{rest}").into_bytes();
        let leaf = sekisho::ledger::leaf(&bytes);
        Sealed { seq, leaf, bytes }
    };
    let said = |n: usize| format!("\"id\":\"{}\",\"log\":\"{ORIGIN}\"", id(n));
    let redacts = format!("\"act\":\"blob.redacted/1\",\"body\":{{\"blob\":\"{digest}\"}}");
    let spoiled = sealed(2, seen.leaf, &format!("{redacts},{}", said(7)));
    let deep = "[".repeat(15_000);
    let nested = sealed(3, spoiled.leaf, &format!("{redacts},{},\"x\":{deep}", said(8)));
    let right = sealed(4, nested.leaf, &format!("\"st\":{{{redacts},{}}}}}", said(9)));
    let mut head = seen.leaf;
    for (one, nth) in [&spoiled, &nested, &right].into_iter().zip(7..) {
        let calls = appending(one.seq, head, one, &id(nth));
        server.sql("ci", &calls).unwrap();
        head = one.leaf;
    }
    run(server.log("keeper", ORIGIN).erase(&digest)).unwrap();
    assert_eq!(run(log.blob(&digest)).unwrap(), None);
}

#[test]
fn whoever_is_stopped_with_the_lock_lets_it_go() {
    let server = Server::with_settings("idle_in_transaction_session_timeout = 100");
    let server = server.prepare();
    let log = two_records(&server);
    let seen = run(log.head()).unwrap();
    run(async {
        // As a process would that is stopped between its two messages.
        let mut holder = server.connection("ci").await;
        let hold = "BEGIN; SELECT FROM sekisho.lock_head('git.example/acme/shop')";
        sqlx::raw_sql(hold).execute(&mut holder).await.unwrap();
        log.append(&[draft(2, seen)], Guard::Any, &time(10))
            .await
            .unwrap();
    });
    unharmed(&server, 3);
}

#[test]
fn a_document_larger_than_a_message_and_many_records_are_taken_over() {
    let server = Server::prepared();
    let log = server.log("ci", ORIGIN);
    let note = vec![b'x'; 9 << 20];
    let copy = MemoryLedger::new();
    let records = run(async {
        copy.append(&[first()], Guard::Any, &time(0)).await.unwrap();
        let seen = copy.head().await.unwrap();
        let mut drafts: Vec<Draft> = (1..1_200).map(|n| draft(n, seen)).collect();
        let named = statement("change.declared/1", 1_200, seen, json!({}), 10);
        let named = crate::written_log::attach(named, "note", &note);
        drafts.push(Draft {
            blobs: vec![note.clone()],
            ..unsigned(&named)
        });
        copy.append(&drafts, Guard::Any, &time(10)).await.unwrap();
        copy.range(0, u64::MAX).await.unwrap()
    });
    let mut blobs = vec![note.clone()];
    let sato = Person::new("sato", 1);
    blobs.extend(genesis(&sato, &[&sato]).blobs);
    blobs.extend(
        genesis(&sato, &[&sato])
            .signatures
            .into_iter()
            .map(|(_, blob)| blob),
    );
    run(log.adopt(&records, &blobs)).unwrap();
    assert_eq!(run(log.range(0, u64::MAX)).unwrap(), records);
    assert_eq!(run(log.blob(&Digest::of(&note))).unwrap(), Some(note));
    unharmed(&server, 1_201);
}

#[test]
fn log_that_is_moved_into_the_database_is_the_same_to_the_byte() {
    let server = Server::empty();
    let stage = shop();
    let url = server.url("keeper");
    let run = |words: &[&str]| stage.sekisho_with("sato", words, &[("SEKISHO_LOG_URL", &url)]);
    run(&["log", "prepare"]).expect(0);
    let before = run(&["verify", "--format", "json"]).expect(0).json();
    let variable = [("SEKISHO_LOG_URL", url.as_str())];
    stage
        .sekisho_with("hayashi", &["log", "move", "--to", "postgres"], &variable)
        .expect(0);
    let after = run(&["verify", "--format", "json"]).expect(0).json();
    assert_eq!(
        (&after["size"], &after["root"]),
        (&before["size"], &before["root"])
    );
    let place = stage.git("sato", &["config", "sekisho.log"]);
    assert_eq!(place.trim(), "postgres:local/shop/sekisho");
}

#[test]
fn the_program_keeps_its_log_in_the_database() {
    let server = Server::empty();
    let stage = shop();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.git("sato", &["config", "sekisho.log", "postgres"]);
    let said = stage.sekisho("sato", &["baseline"]).expect(3);
    assert!(said.err.contains("SEKISHO_LOG_URL"), "{}", said.both());
    let (owner, writer) = (server.url("keeper"), server.url("ci"));
    let as_writer = |person: &str, words: &[&str]| {
        let done = stage.sekisho_with(person, words, &[("SEKISHO_LOG_URL", &writer)]);
        assert!(!done.both().contains(PASSWORD), "{}", done.both());
        done
    };
    let said = stage
        .sekisho_with("sato", &["baseline"], &[("SEKISHO_LOG_URL", &owner)])
        .expect(3);
    assert!(said.err.contains("sekisho log prepare"), "{}", said.both());
    let prepare = |expected: &str| {
        let done = stage
            .sekisho_with("sato", &["log", "prepare"], &[("SEKISHO_LOG_URL", &owner)])
            .expect(0);
        assert!(done.out.contains(expected), "{}", done.both());
    };
    prepare("is ready");
    prepare("already");
    as_writer("sato", &["gate"]).expect(3);
    server.sql("keeper", "GRANT sekisho_writer TO ci").unwrap();
    let opened = as_writer("sato", &["baseline"]).expect(0);
    assert!(
        opened.err.contains("postgres:local/shop/sekisho"),
        "{}",
        opened.both()
    );
    assert!(!stage.log().exists());
    stage.write("app.txt", "two\n");
    let flags = [
        "--title",
        "Two",
        "--reason",
        "The page has to say what is true.",
        "--reference",
        "#1",
    ];
    let written = as_writer("sato", &[&["declare"][..], &flags].concat())
        .expect(0)
        .out;
    stage.commit("sato", "Two");
    let file = written.trim().rsplit('/').next().unwrap();
    let change = file.trim_end_matches(".yml").to_owned();
    as_writer("sato", &["gate"]).expect(1);
    as_writer("hayashi", &["approve", &change]).expect(0);
    as_writer("sato", &["gate"]).expect(0);
    as_writer("sato", &["verify"]).expect(0);
    assert!(as_writer("sato", &["history"]).expect(0).out.contains(&change));
    // By its own name, also from a clone that would call it otherwise.
    as_writer("sato", &["--log", "postgres:local/shop/sekisho", "verify"]).expect(0);
    let other = as_writer("sato", &["--log", "postgres:local/other/sekisho", "gate"]);
    assert!([3, 4].contains(&other.code), "{}", other.both());
    // A log that is gone is not an empty one.
    server.crash();
    as_writer("sato", &["gate"]).expect(3);
}

#[test]
fn wrong_password_and_a_server_that_starts_again_between_two_commands() {
    let server = Server::prepared();
    let stage = shop();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.git("sato", &["config", "sekisho.log", "postgres"]);
    let url = server.url("ci");
    let wrong = url.replace(PASSWORD, "hunter2-wrong");
    let with = |url: &str, language: &str, words: &[&str]| {
        let variables = [("SEKISHO_LOG_URL", url), ("SEKISHO_LANG", language)];
        let done = stage.sekisho_with("sato", words, &variables);
        assert!(!done.both().contains("hunter2"), "{}", done.both());
        done
    };
    with(&url, "en", &["baseline"]).expect(0);
    for (language, words) in [("en", "does not let this user in"), ("ja", "認証エラー")] {
        let done = with(&wrong, language, &["gate"]).expect(3);
        assert!(done.err.contains(words), "{}", done.both());
        assert!(done.err.contains("SEKISHO_LOG_URL"), "{}", done.both());
    }
    with(&url, "en", &["gate"]).expect(0);
    server.crash();
    with(&url, "en", &["gate"]).expect(3);
    server.start();
    with(&url, "en", &["gate"]).expect(0);
    with(&url, "en", &["verify"]).expect(0);
}

#[test]
fn address_of_the_database_among_the_arguments() {
    let stage = shop();
    let url = format!("postgres://ci:{PASSWORD}@db.invalid/logs");
    let done = stage.sekisho("sato", &["--log", &url, "gate"]).expect(2);
    assert!(
        done.err.contains("SEKISHO_LOG_URL") && !done.both().contains(PASSWORD),
        "{}",
        done.both()
    );
    stage.git("sato", &["config", "sekisho.log", &url]);
    let done = stage.sekisho("sato", &["gate"]).expect(2);
    assert!(!done.both().contains(PASSWORD), "{}", done.both());
}
