//! Verification against SHA-256 over the same bytes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use sekisho::change::Digest;
use sekisho::ledger::{Evidence, Held, Looked, Options, Sealed, Verdict, Verification, leaf};
use sekisho::ports::{LedgerStore as _, Verifier};
use sekisho::store::SqliteLedger;
use sekisho::usecases::{Source, verify};
use sha2::{Digest as _, Sha256};

use crate::written_log::run;

/// How many records a verification walks over; `SEKISHO_BENCH_RECORDS` says otherwise.
const RECORDS: u64 = 1_000_000;

/// How many lie in memory at once. The whole log would need gigabytes, and a store hands it out in
/// pages too.
const PAGE: u64 = 1_000;

/// Verification of unsigned records against SHA-256 over the same bytes, one after the other on
/// the same page, so that both see the same machine. Goal: at most 3 times.
pub(super) fn measure() {
    let records = std::env::var("SEKISHO_BENCH_RECORDS").map_or(RECORDS, |text| text.parse().unwrap());
    let mut verification = Verification::new(Options::default());
    let (mut checked, mut hashed, mut bytes) = (Vec::new(), Vec::new(), 0_u64);
    let mut last = [0; 32];
    let mut next = 0;
    while next < records {
        let page: Vec<Sealed> = (next..(next + PAGE).min(records))
            .map(|seq| {
                let row = record(seq, last);
                last = row.leaf;
                row
            })
            .collect();
        next += page.len() as u64;
        bytes += page.iter().map(|row| row.bytes.len() as u64).sum::<u64>();
        let begin = Instant::now();
        for row in &page {
            black_box(Sha256::digest(&row.bytes));
        }
        hashed.push(begin.elapsed());
        let begin = Instant::now();
        for looked in Looked::page(&page).iter().flatten() {
            verification.take(looked, &mut Nothing);
        }
        checked.push(begin.elapsed());
    }
    let report = verification.finish();
    assert!(report.is_intact(), "{:?}", report.damages.first());
    let all = |times: &[Duration]| times.iter().sum::<Duration>().as_secs_f64();
    println!(
        "verify: {records} records, {} MB: {:.2} s; SHA-256 over the same bytes {:.2} s; {:.2} times (goal: 3), \
         {:.2} times where nothing else ran",
        bytes / 1_000_000,
        all(&checked),
        all(&hashed),
        all(&checked) / all(&hashed),
        quiet(checked) / quiet(hashed),
    );
}

/// The time of a page, in seconds, that only a tenth of the pages is below: other work on the machine
/// leaves some of them alone.
fn quiet(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 10).map_or(0.0, Duration::as_secs_f64)
}

/// How many records lie in the file; `SEKISHO_BENCH_FILED` says otherwise.
const FILED: u64 = 200_000;

/// `sekisho verify` of a log in a file, and what of that is reading rows and the file's own check.
pub(super) fn measure_file() {
    let records = std::env::var("SEKISHO_BENCH_FILED").map_or(FILED, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.sqlite");
    let log = run(SqliteLedger::create(&path)).unwrap();
    let (mut last, mut next) = ([0; 32], 0);
    let begin = Instant::now();
    while next < records {
        let page: Vec<Sealed> = (next..(next + 5 * PAGE).min(records))
            .map(|seq| {
                let row = record(seq, last);
                last = row.leaf;
                row
            })
            .collect();
        next += page.len() as u64;
        run(log.adopt(&page, &[])).unwrap();
    }
    let written = begin.elapsed();
    let timed = |what: &str, begin: Instant| {
        println!("verify: {what} {:.2} s", begin.elapsed().as_secs_f64());
    };
    println!(
        "verify: {records} records written to a file in {:.2} s",
        written.as_secs_f64()
    );
    let begin = Instant::now();
    for from in (0..records).step_by(PAGE as usize) {
        black_box(run(log.range(from, from + PAGE)).unwrap());
    }
    timed("rows of the file read in", begin);
    let begin = Instant::now();
    assert!(run(log.check()).unwrap().is_empty());
    timed("the file's own check took", begin);
    let begin = Instant::now();
    let source = Source {
        ledger: &log,
        verifier: &Nothing,
        progress: &|_| {},
    };
    let report = run(verify(source, Options::default(), Vec::new()));
    timed("all of it took", begin);
    assert!(report.is_ok_and(|report| report.is_intact()));
}

/// A record of the usual length, with no document.
fn record(seq: u64, prev: [u8; 32]) -> Sealed {
    let hex = |bytes: [u8; 32]| Digest::from_bytes(bytes).hex();
    let (act, size) = match seq {
        0 => ("log.created/1", 0),
        _ => ("deploy.allowed/1", seq),
    };
    let unique = format!("{seq:0>21}A");
    let filler = hex(Sha256::digest(seq.to_be_bytes()).into());
    let bytes = format!(
        "{{\"prev\":\"{prev}\",\"seq\":{seq},\"sig\":[],\"st\":{{\"act\":\"{act}\",\"body\":{{\"base\":\"{}\",\
         \"change\":\"CHG-20261204-7K3Q\",\"changes\":[{{\"d\":\"sha256:{filler}\",\"id\":\"CHG-20261204-7K3Q\",\"type\":\"normal\"}}],\
         \"environment\":\"production\",\"head\":\"{}\",\"person\":\"person:sato\",\"policy\":\"sha256:{filler}\",\
         \"run\":\"17000000001/1\",\"service\":\"shop\",\"word\":\"pass\"}},\"by\":\"person:sato\",\"id\":\"{unique}\",\
         \"log\":\"git.example/acme/shop\",\"seen\":{{\"head\":\"{prev}\",\"size\":{size}}},\"time\":\"2026-12-04T00:52:00Z\"}},\
         \"time\":\"2026-12-04T00:52:00Z\",\"v\":1}}",
        &filler[..40],
        &filler[24..],
        prev = hex(prev),
    );
    let bytes = bytes.into_bytes();
    Sealed {
        seq,
        leaf: leaf(&bytes),
        bytes,
    }
}

/// No document and no signature is asked for.
struct Nothing;

impl Verifier for Nothing {
    fn check(&self, _: &str, _: &str, _: &[u8], _: &[u8]) -> Verdict {
        Verdict::Bad(sekisho::change::Message::new("signature-wrong"))
    }
}

impl Evidence for Nothing {
    fn blob(&mut self, _: &Digest) -> Held {
        Held::Missing
    }

    fn check(&mut self, _: &str, _: &[u8], _: &[u8]) -> Verdict {
        Verdict::Bad(sekisho::change::Message::new("signature-wrong"))
    }
}
