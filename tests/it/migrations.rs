//! Files that are no log, half a log, or another version's log.

use std::path::Path;

use sekisho::ports::{Guard, LedgerStore, StoreError};
use sekisho::store::SqliteLedger;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::written_log::{Person, genesis, run, time};

async fn sql(path: &Path, statement: &str) {
    let mut connection = SqliteConnectOptions::new()
        .filename(path)
        .connect()
        .await
        .unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn written(path: &Path) {
    let sato = Person::new("sato", 1);
    let log = SqliteLedger::create(path).await.unwrap();
    log.append(&[genesis(&sato, &[&sato])], Guard::Any, &time(0))
        .await
        .unwrap();
    log.close().await;
}

#[track_caller]
fn damaged(opened: Result<SqliteLedger, StoreError>, words: &str) {
    match opened.err() {
        Some(StoreError::Damaged(text)) => assert!(text.contains(words), "{text}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_log_is_made_once_and_opened_where_it_is() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.sqlite");
        assert!(matches!(
            SqliteLedger::open(&path).await,
            Err(StoreError::Missing(_))
        ));
        assert!(matches!(
            SqliteLedger::open_read_only(&path).await,
            Err(StoreError::Missing(_))
        ));
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            0,
            "nothing is created by looking"
        );
        written(&path).await;
        assert!(SqliteLedger::create(&path).await.is_err());
        let log = SqliteLedger::open_read_only(&path).await.unwrap();
        assert_eq!(log.head().await.unwrap().size, 1);
        assert_eq!(log.check().await.unwrap(), Vec::<String>::new());
        let sato = Person::new("sato", 1);
        let mut again = genesis(&sato, &[&sato]);
        again.statement.clone_from(&genesis(&sato, &[]).statement);
        assert!(log.append(&[again], Guard::Any, &time(0)).await.is_err());
        log.close().await;
    });
}

#[test]
fn a_file_that_is_no_log_says_so() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.sqlite");
        for (content, words) in [
            (&b""[..], "not an SQLite file"),
            (b"hello, this is a text", "not an SQLite file"),
        ] {
            std::fs::write(&path, content).unwrap();
            damaged(SqliteLedger::open(&path).await, words);
            damaged(SqliteLedger::open_read_only(&path).await, words);
            assert_eq!(std::fs::read(&path).unwrap(), content, "it is left as it was");
        }
        let other = folder.path().join("other.sqlite");
        std::fs::File::create(&other).unwrap();
        sql(&other, "CREATE TABLE guest (name TEXT)").await;
        damaged(SqliteLedger::open(&other).await, "no change log");
        damaged(SqliteLedger::open_read_only(&other).await, "no change log");
        assert!(SqliteLedger::create(&other).await.is_err());
    });
}

#[test]
fn a_log_that_was_cut_or_overwritten_says_so() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.sqlite");
        written(&path).await;
        let whole = std::fs::read(&path).unwrap();
        for length in [50, 4_096, whole.len() - 1] {
            std::fs::write(&path, &whole[..length]).unwrap();
            damaged(SqliteLedger::open(&path).await, "cut short");
            damaged(SqliteLedger::open_read_only(&path).await, "cut short");
        }
        let mut scribbled = whole.clone();
        scribbled[4_096..].fill(0xaa);
        std::fs::write(&path, &scribbled).unwrap();
        let opened = SqliteLedger::open(&path).await;
        let said = match opened {
            Err(error) => Err(error),
            Ok(log) => log.check().await,
        };
        match said {
            Err(StoreError::Damaged(_)) => {}
            Ok(complaints) => assert!(!complaints.is_empty()),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn a_newer_schema_is_left_alone() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.sqlite");
        written(&path).await;
        sql(
            &path,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (99, 'later', TRUE, x'00', 0)",
        )
        .await;
        damaged(SqliteLedger::open(&path).await, "newer");
        damaged(SqliteLedger::open_read_only(&path).await, "newer");
    });
}

#[test]
fn what_is_not_as_shipped_is_named() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        for (statement, words) in [
            ("DROP TRIGGER record_no_update", "trigger record_no_update"),
            ("CREATE TABLE extra (a)", "table extra"),
            (
                "DROP TRIGGER blob_no_delete; CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob BEGIN SELECT 1; END",
                "trigger blob_no_delete",
            ),
            (
                "DROP TRIGGER record_no_update; UPDATE record SET seq = 7",
                "last one is number 7",
            ),
            (
                "DROP TRIGGER record_no_update; UPDATE record SET id = 'BBBBBBBBBBBBBBBBBBBBBB'",
                "another id",
            ),
        ] {
            let path = folder.path().join("log.sqlite");
            written(&path).await;
            sql(&path, statement).await;
            let log = SqliteLedger::open(&path).await.unwrap();
            let complaints = log.check().await.unwrap();
            assert!(
                complaints.iter().any(|line| line.contains(words)),
                "{statement}: {complaints:?}"
            );
            log.close().await;
            std::fs::remove_file(&path).unwrap();
        }
    });
}
