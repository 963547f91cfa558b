//! Verification against SHA-256 over the same bytes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use sekisho::change::Digest;
use sekisho::ledger::{Evidence, Held, Looked, Options, Sealed, Verdict, Verification, leaf};
use sha2::{Digest as _, Sha256};

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
    let (mut checked, mut hashed, mut bytes) = (Duration::ZERO, Duration::ZERO, 0_u64);
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
        hashed += begin.elapsed();
        let begin = Instant::now();
        for looked in Looked::page(&page) {
            verification.take(&looked, &mut Nothing);
        }
        checked += begin.elapsed();
    }
    let report = verification.finish();
    assert!(report.is_intact(), "{:?}", report.damages.first());
    println!(
        "verify: {records} records, {} MB: {:.2} s; SHA-256 over the same bytes {:.2} s; {:.2} times (goal: 3)",
        bytes / 1_000_000,
        checked.as_secs_f64(),
        hashed.as_secs_f64(),
        checked.as_secs_f64() / hashed.as_secs_f64(),
    );
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

impl Evidence for Nothing {
    fn blob(&mut self, _: &Digest) -> Held {
        Held::Missing
    }

    fn check(&mut self, _: &str, _: &[u8], _: &[u8]) -> Verdict {
        Verdict::Bad(sekisho::change::Message::new("signature-wrong"))
    }
}
