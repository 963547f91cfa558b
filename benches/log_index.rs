//! How fast the history index catches up with a log, and how fast it answers.

use std::time::Instant;

use sekisho::change::Digest;
use sekisho::ledger::{Head, Sealed, Tail, Unsealed, seal};
use sekisho::ports::{Filter, HistoryIndex, LedgerStore, Part};
use sekisho::store::{SqliteIndex, SqliteLedger};
use serde_json::json;

/// Records of the log; `SEKISHO_BENCH_RECORDS` says otherwise.
const RECORDS: u64 = 120_000;

fn size() -> u64 {
    std::env::var("SEKISHO_BENCH_RECORDS").map_or(RECORDS, |text| text.parse().unwrap())
}

/// Records of one append.
const BATCH: usize = 2_000;

/// Prints records per second of catching up, of taking in texts, and the time of a few searches.
pub(crate) fn measure() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let room = tempfile::tempdir().unwrap();
        let log = write(&room.path().join("log.sqlite")).await;
        let index = SqliteIndex::open(&room.path().join("index.sqlite"))
            .await
            .unwrap();
        let caught = catch_up(&index, &log, false).await;
        println!("index: {} records, goal 100,000/s", size());
        print("catch-up", caught);
        let worded = catch_up(&index, &log, true).await;
        print("texts of the same", worded);
        let text = |words: &str| Filter {
            text: Some(words.to_owned()),
            ..Filter::default()
        };
        let change = Filter {
            change: Some(change(size() / 2)),
            ..Filter::default()
        };
        for (name, filter) in [
            ("one change", change),
            ("a word of four characters", text("価格改定")),
            ("a word of one character", text("税")),
        ] {
            let begin = Instant::now();
            let part = Part {
                limit: 50,
                before: None,
            };
            let found = index.find(&filter, part).await.unwrap();
            println!("index: {name}: {} found in {:.2?}", found.total, begin.elapsed());
        }
    });
}

#[allow(clippy::cast_precision_loss)]
fn print(what: &str, (wall, processor): (f64, f64)) {
    let records = size() as f64;
    println!(
        "index: {what} {:.0} records/s, {:.0} for each second of processor time",
        records / wall,
        records / processor
    );
}

/// Seconds that passed, and seconds of processor time of this process.
async fn catch_up(index: &SqliteIndex, log: &SqliteLedger, texts: bool) -> (f64, f64) {
    let (begin, spent) = (Instant::now(), processor_seconds());
    while index.advance(log, texts).await.unwrap().is_behind() {}
    (begin.elapsed().as_secs_f64(), processor_seconds() - spent)
}

/// Of all threads, as Linux counts it, to the hundredth of a second.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse().unwrap_or(0.0))
        .sum();
    ticks / 100.0
}

/// A log as a team writes it: four records for each change, with a note in one of them.
async fn write(path: &std::path::Path) -> SqliteLedger {
    let log = SqliteLedger::create(path).await.unwrap();
    let (mut head, mut tail) = (Head::EMPTY, None);
    let mut next = 0;
    while next < size() {
        let (mut records, mut blobs) = (Vec::with_capacity(BATCH), Vec::new());
        for n in (next..size()).take(BATCH) {
            let (statement, note) = statement(n, head);
            let draft = Unsealed {
                statement: &statement,
                signatures: Vec::new(),
            };
            let sealed: Sealed = seal(tail.as_ref(), &[draft], TIME).unwrap().remove(0);
            tail = Some(Tail::after(&sealed).unwrap());
            head = Head {
                size: n + 1,
                leaf: sealed.leaf,
            };
            records.push(sealed);
            blobs.extend(note);
        }
        next += records.len() as u64;
        log.adopt(&records, &blobs).await.unwrap();
    }
    log
}

const TIME: &str = "2026-12-01T01:00:00Z";

fn change(n: u64) -> String {
    format!("CHG-20261201-{:0>6}", n / 4)
}

fn statement(n: u64, seen: Head) -> (Vec<u8>, Option<Vec<u8>>) {
    let digest = |word: &str| Digest::of(format!("{word} {n}").as_bytes()).to_string();
    let place = json!({"service": "shop", "environment": "production", "person": "person:sato"});
    let (act, more) = match n {
        0 => ("log.created/1", json!({"origin": "local/shop/sekisho"})),
        _ => match n % 4 {
            0 => (
                "change.approved/1",
                json!({"change": change(n), "of": digest("of"), "content": [digest("unit")],
                    "declaration": digest("declaration"), "channel": "own"}),
            ),
            1 => (
                "deploy.allowed/1",
                json!({"head": &digest("head")[7..47], "base": &digest("base")[7..47], "executor": "person:sato",
                    "run": format!("17000{n}/1"), "word": "pass", "policy": digest("policy"), "dossier": digest("dossier"),
                    "changes": [{"id": change(n), "type": "normal", "kind": "code", "risk": "low", "areas": ["pay"],
                        "executor": "person:sato", "approvers": ["person:mori"], "decider": "person:ishii",
                        "strategy": "redeploy", "rollback_seconds": 480}]}),
            ),
            2 => (
                "deploy.started/1",
                json!({"change": change(n), "decision": n - 1}),
            ),
            _ => (
                "deploy.finished/1",
                json!({"change": change(n), "decision": n - 2, "outcome": "success"}),
            ),
        },
    };
    let mut body = place.as_object().unwrap().clone();
    body.extend(more.as_object().unwrap().clone());
    let note = (n % 4 == 3).then(|| {
        let words = if n % 400 == 3 {
            "冬の価格改定と消費税の表示"
        } else {
            "リリース後の確認は問題なし"
        };
        json!({"evidence": format!("{words} {n}"), "salt": digest("salt")})
            .to_string()
            .into_bytes()
    });
    let mut statement = json!({
        "act": act, "body": body, "by": "person:sato", "id": format!("{n:0>21}A"), "log": "local/shop/sekisho",
        "seen": {"head": Digest::from_bytes(seen.leaf).hex(), "size": seen.size}, "time": TIME,
    });
    if let Some(note) = &note {
        statement["with"] = json!([{"d": Digest::of(note), "n": "note"}]);
    }
    (sekisho::ledger::to_canonical(&statement).unwrap(), note)
}
