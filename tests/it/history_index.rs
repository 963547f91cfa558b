//! The history index: whatever happens to it, it says which records fit, or that it cannot.

use std::path::Path;

use sekisho::change::Digest;
use sekisho::ports::{Draft, Filter, Guard, HistoryIndex, LedgerStore, Part, Reach};
use sekisho::store::{MemoryLedger, SqliteIndex};
use serde_json::{Value, json};

use crate::support::stage::Stage;
use crate::written_log::{Person, attach, genesis, run, statement, time, unsigned};

const ALL: Part = Part {
    limit: 1_000,
    before: None,
};

/// A log of records with a note each, after its beginning.
async fn log_of(notes: &[&str]) -> MemoryLedger {
    let log = MemoryLedger::new();
    let sato = Person::new("sato", 1);
    log.append(&[genesis(&sato, &[&sato])], Guard::Any, &time(0))
        .await
        .unwrap();
    for (n, note) in notes.iter().enumerate() {
        say(&log, n + 1, note).await;
    }
    log
}

fn note(words: &str) -> Vec<u8> {
    json!({"reason": words, "salt": "52617a0c"})
        .to_string()
        .into_bytes()
}

async fn say(log: &MemoryLedger, n: usize, words: &str) {
    let body = json!({
        "change": format!("CHG-20261120-{n:0>4}"), "person": "person:sato",
        "service": if n.is_multiple_of(2) { "shop" } else { "blog" }, "environment": "production",
    });
    let at = i64::try_from(n).unwrap();
    let said = statement("change.objected/1", n, log.head().await.unwrap(), body, at);
    let note = note(words);
    let draft = Draft {
        blobs: vec![note.clone()],
        ..unsigned(&attach(said, "note", &note))
    };
    log.append(&[draft], Guard::Any, &time(at)).await.unwrap();
}

async fn redact(log: &MemoryLedger, n: usize, words: &str) {
    let digest = Digest::of(&note(words));
    let body = json!({"blob": digest.to_string(), "person": "person:sato"});
    let at = i64::try_from(n).unwrap();
    let said = statement("blob.redacted/1", n, log.head().await.unwrap(), body, at);
    log.append(&[unsigned(&said)], Guard::Any, &time(at))
        .await
        .unwrap();
}

async fn catch_up(index: &SqliteIndex, log: &MemoryLedger) -> Reach {
    loop {
        let reach = index.advance(log, true).await.unwrap();
        if !reach.is_behind() || !reach.moved {
            return reach;
        }
    }
}

async fn with_text(index: &SqliteIndex, words: &str) -> Vec<u64> {
    let filter = Filter {
        text: Some(words.to_owned()),
        ..Filter::default()
    };
    index.find(&filter, ALL).await.unwrap().seqs
}

async fn everything(index: &SqliteIndex) -> u64 {
    index.find(&Filter::default(), ALL).await.unwrap().total
}

#[test]
fn words_of_one_two_and_more_characters() {
    run(async {
        let log = log_of(&[
            "冬の価格改定。消費税の表示も直す",
            "TLS証明書の更新",
            "price of 100% \"tea\" and a_b",
            "税込み表示",
        ])
        .await;
        let index = SqliteIndex::in_memory().await.unwrap();
        catch_up(&index, &log).await;
        for (words, seqs) in [
            ("税", &[1, 4][..]),
            ("価格", &[1]),
            ("価格改定", &[1]),
            ("証明書", &[2]),
            ("ＴＬＳ", &[2]),
            ("Tls証", &[2]),
            ("税 価格", &[1]),
            ("表示\u{3000}税込み", &[4]),
            ("\"tea\"", &[3]),
            ("100%", &[3]),
            ("0%", &[3]),
            ("a_b", &[3]),
            ("a%b", &[]),
            ("_", &[3]),
            ("tea* OR", &[]),
            ("NEAR(tea)", &[]),
            ("52617a0c", &[]),
            ("'", &[]),
            ("\"", &[3]),
            ("\0", &[1, 2, 3, 4]),
        ] {
            let found = with_text(&index, words).await;
            if words == "\0" {
                assert_eq!(found.len(), 5, "a control character is no word");
            } else {
                assert_eq!(found, seqs, "{words:?}");
            }
        }
    });
}

#[test]
fn it_follows_the_log_and_two_of_it_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.sqlite");
    run(async {
        let log = log_of(&["one", "two"]).await;
        let (index, other) = (
            SqliteIndex::open(&path).await.unwrap(),
            SqliteIndex::open(&path).await.unwrap(),
        );
        assert_eq!(catch_up(&index, &log).await.upto, 3);
        say(&log, 3, "three").await;
        assert_eq!(
            everything(&index).await,
            3,
            "it does not look at the log by itself"
        );
        assert_eq!(catch_up(&other, &log).await.upto, 4);
        assert_eq!(with_text(&index, "three").await, [3]);
        assert!(!index.advance(&log, true).await.unwrap().moved);
        let part = Part {
            limit: 1,
            before: Some(3),
        };
        let filter = Filter {
            service: Some("blog".to_owned()),
            ..Filter::default()
        };
        let found = index.find(&filter, part).await.unwrap();
        assert_eq!((found.seqs, found.total, found.older), (vec![1], 2, false));
        let found = index
            .find(
                &Filter::default(),
                Part {
                    limit: 2,
                    before: None,
                },
            )
            .await
            .unwrap();
        assert_eq!((found.seqs, found.total, found.older), (vec![2, 3], 4, true));
    });
}

#[test]
fn another_log_under_the_same_index() {
    run(async {
        let index = SqliteIndex::in_memory().await.unwrap();
        catch_up(&index, &log_of(&["one", "two", "three"]).await).await;
        // As long, longer, shorter, and one that was written anew behind the same beginning.
        for notes in [&["one", "two", "other"][..], &["x", "y", "z", "w"], &["one"]] {
            let log = log_of(notes).await;
            let reach = catch_up(&index, &log).await;
            assert_eq!(reach.upto, notes.len() as u64 + 1);
            assert_eq!(everything(&index).await, reach.upto);
            let last = notes.last().unwrap();
            assert!(!with_text(&index, last).await.is_empty(), "{last}");
        }
        assert!(with_text(&index, "other").await.is_empty());
    });
}

fn everything_in(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn words_that_a_record_takes_out_leave_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.sqlite");
    run(async {
        let log = log_of(&["call 090-1234-5678 first", "nothing special"]).await;
        let index = SqliteIndex::open(&path).await.unwrap();
        catch_up(&index, &log).await;
        assert_eq!(with_text(&index, "1234").await, [1]);
        assert!(holds(&everything_in(folder.path()), "090-1234-5678"));
        // The record is enough: the document itself goes a moment later.
        redact(&log, 3, "call 090-1234-5678 first").await;
        assert_eq!(catch_up(&index, &log).await.upto, 4);
        assert!(with_text(&index, "1234").await.is_empty());
        assert_eq!(with_text(&index, "special").await, [2]);
        index.close().await.unwrap();
        assert!(!holds(&everything_in(folder.path()), "1234"));
        // Made anew, it does not come back although the document is still there.
        let index = SqliteIndex::in_memory().await.unwrap();
        catch_up(&index, &log).await;
        assert!(with_text(&index, "1234").await.is_empty());
    });
}

#[test]
fn a_file_that_is_no_index_of_this_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.sqlite");
    run(async {
        let log = log_of(&["one", "two"]).await;
        let fresh = |bytes: &'static [u8]| std::fs::write(&path, bytes).unwrap();
        let made = || async {
            let index = SqliteIndex::open(&path).await.unwrap();
            catch_up(&index, &log).await;
            assert_eq!(with_text(&index, "two").await, [2]);
            index.close().await.unwrap();
        };
        fresh(b"this is no database at all, whatever its name says; it is longer than a header of one hundred bytes");
        made().await;
        fresh(b"");
        made().await;
        let mut whole = std::fs::read(&path).unwrap();
        // The version, big endian at byte 60 of the header.
        whole[63] = 99;
        std::fs::write(&path, &whole).unwrap();
        made().await;
    });
    assert!(run(SqliteIndex::open(folder.path())).is_err(), "a folder");
}

const CONFIG: &str = r#"version: 1
language: en
people:
  sato: {name: Sato, email: sato@shop.example}
  mori: {name: Mori, email: mori@shop.example}
executors: [sato]
approvers: [mori]
windows: {default: always}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: mori, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: []}
trust: {signatures: optional}
"#;

/// Two changes, a day apart: one approved and passed, one denied.
fn shop() -> Stage {
    let mut stage = Stage::new();
    stage.write("sekisho.yml", CONFIG);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.git("sato", &["config", "user.email", "sato@shop.example"]);
    stage.sekisho("sato", &["baseline"]).expect(0);
    let first = declare(&stage, "お茶の価格改定", "消費税の変更に合わせる。");
    stage.git("sato", &["config", "user.email", "mori@shop.example"]);
    stage.sekisho("mori", &["approve", &first]).expect(0);
    stage.git("sato", &["config", "user.email", "sato@shop.example"]);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho("sato", &["finish", &first, "--outcome", "success"])
        .expect(0);
    stage.at("2026-12-02T10:00:00+09:00");
    declare(&stage, "A new font", "The old one cannot be read by anybody.");
    stage.sekisho("sato", &["gate"]).expect(1);
    stage
}

fn declare(stage: &Stage, title: &str, reason: &str) -> String {
    stage.write("app.txt", &format!("{title}\n"));
    let words = [
        "declare",
        "--title",
        title,
        "--reason",
        reason,
        "--reference",
        "#1",
    ];
    let done = stage.sekisho("sato", &words).expect(0);
    stage.commit("sato", title);
    let file = done.out.trim().rsplit('/').next().unwrap();
    file.trim_end_matches(".yml").to_owned()
}

fn listed(stage: &Stage, flags: &[&str]) -> Vec<u64> {
    let words = [&["history", "--format", "json"], flags].concat();
    let page = stage.sekisho("sato", &words).expect(0).json();
    let rows = page["rows"].as_array().unwrap();
    rows.iter().map(|row| row["seq"].as_u64().unwrap()).collect()
}

#[test]
fn the_history_is_filtered_and_paged() {
    let stage = shop();
    assert_eq!(listed(&stage, &[]), [0, 1, 2, 3, 4, 5]);
    assert!(
        !stage.path(".git/sekisho/index.sqlite").exists(),
        "nothing was looked for"
    );
    for (flags, seqs) in [
        (&["--text", "価格"][..], &[3][..]),
        (&["--text", "税"], &[3]),
        (&["--text", "font"], &[5]),
        (&["--type", "normal"], &[3, 5]),
        (&["--type", "emergency"], &[]),
        (&["--outcome", "success"], &[4]),
        (&["--person", "mori"], &[2, 3, 5]), // and decides about going back
        (&["--person", "mori", "--until", "2026-12-01"], &[2, 3]),
        (&["--since", "2026-12-02"], &[5]),
        (&["--until", "2026-12-01"], &[0, 1, 2, 3, 4]),
        (&["--since", "1d", "--until", "0s"], &[0, 1, 2, 3, 4, 5]),
        (&["--since", "23h"], &[5]),
        (&["--until", "2026-12-01T10:00", "--type", "normal"], &[3]),
        (&["--before", "3", "-n", "2"], &[1, 2]),
        (&["--environment", "production", "-n", "1"], &[5]),
        (&["--service", "elsewhere"], &[]),
    ] {
        assert_eq!(listed(&stage, flags), seqs, "{flags:?}");
    }
    for wrong in ["yesterday", "2026-13-01", "2bd", "-1d"] {
        let since = format!("--since={wrong}");
        let done = stage.sekisho("sato", &["history", &since]).expect(2);
        assert!(done.err.contains("--since 2026-12-01"), "{}", done.both());
    }
    let page = stage
        .sekisho("sato", &["history", "-n", "2", "--format", "json"])
        .json();
    assert_eq!(
        (&page["total"], &page["older_before"]),
        (&Value::from(6), &Value::from(4))
    );
    let text = stage.sekisho("sato", &["history", "-n", "2"]).expect(0);
    assert!(text.err.contains("--before 4"), "{}", text.both());
    let all = stage.sekisho("sato", &["history"]).expect(0);
    assert_eq!(all.err, "");
}

#[test]
fn an_index_that_lies_hides_records_and_changes_none() {
    let stage = shop();
    let before = stage.sekisho("sato", &["history", "--text", "価格"]).expect(0);
    let index = stage.path(".git/sekisho/index.sqlite");
    // Deleted, replaced by a folder: the answer is the same, and the second case is said.
    std::fs::remove_file(&index).unwrap();
    assert_eq!(
        stage
            .sekisho("sato", &["history", "--text", "価格"])
            .expect(0)
            .out,
        before.out
    );
    std::fs::remove_file(&index).unwrap();
    std::fs::create_dir(&index).unwrap();
    let done = stage.sekisho("sato", &["history", "--text", "価格"]).expect(0);
    assert_eq!(done.out, before.out);
    assert!(
        done.err.contains("index.sqlite cannot be used"),
        "{}",
        done.both()
    );
    // What the gate says does not depend on it.
    stage.sekisho("sato", &["gate"]).expect(1);
    stage.sekisho("sato", &["verify"]).expect(0);
}
