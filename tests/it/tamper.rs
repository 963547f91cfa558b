//! Attacks on a log that is already written, each under its own name.

use sekisho::ledger::{DamageKind, Head, Options, Record, Report, Sealed, Verification, leaf};
use serde_json::{Value, json};

use crate::written_log::{Copied, Person, attach, genesis, signers_of, statement, time, unsigned};

pub(crate) fn sato() -> Person {
    Person::new("sato", 1)
}

pub(crate) fn tanaka() -> Person {
    Person::new("tanaka", 2)
}

/// Genesis, declaration with a document, approval, decision without signature, outcome.
pub(crate) fn log() -> Copied {
    let mut log = Copied::default();
    log.push(&genesis(&sato(), &[&sato(), &tanaka()]), 0);
    let text = b"{\"title\":\"prices\"}".to_vec();
    let declared = statement(
        "change.declared/1",
        1,
        log.head(),
        json!({"change": "CHG-20261120-7K3Q"}),
        60,
    );
    log.push(
        &sato().draft(attach(declared, "declaration", &text), vec![text]),
        61,
    );
    let approved = statement(
        "change.approved/1",
        2,
        log.head(),
        json!({"change": "CHG-20261120-7K3Q"}),
        120,
    );
    log.push(&tanaka().draft(approved, Vec::new()), 121);
    let allowed = statement(
        "deploy.allowed/1",
        3,
        log.head(),
        json!({"change": "CHG-20261120-7K3Q"}),
        180,
    );
    log.push(&unsigned(&allowed), 180);
    let finished = statement(
        "deploy.finished/1",
        4,
        log.head(),
        json!({"outcome": "success"}),
        240,
    );
    log.push(&sato().draft(finished, Vec::new()), 240);
    log
}

pub(crate) fn kinds(report: &Report) -> Vec<(Option<u64>, DamageKind)> {
    report
        .damages
        .iter()
        .map(|damage| (damage.seq, damage.kind))
        .collect()
}

#[track_caller]
pub(crate) fn finds(log: &Copied, seq: u64, kind: DamageKind) {
    let report = log.verify();
    assert!(
        kinds(&report).contains(&(Some(seq), kind)),
        "{:?}",
        report.damages
    );
}

pub(crate) fn edit(line: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(line.clone()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    *line = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn an_honest_log_is_whole() {
    let report = log().verify();
    assert_eq!(report.damages, []);
    assert_eq!(
        (report.signed, report.unsigned.clone(), report.head.size),
        (4, vec![3], 5)
    );
    assert!(report.is_intact());
    let empty = Copied::default().verify();
    assert_eq!(
        (empty.head, empty.origin, empty.damages.len()),
        (Head::EMPTY, None, 0)
    );
}

#[test]
fn edited_record() {
    let mut log = log();
    edit(&mut log.lines[2], "CHG-20261120-7K3Q", "CHG-20261120-0000");
    finds(&log, 2, DamageKind::BadSignature);
    finds(&log, 3, DamageKind::ChainBroken);
    finds(&log, 3, DamageKind::SeenElsewhere);
    log.chain_again();
    finds(&log, 2, DamageKind::BadSignature);
}

#[test]
fn edited_record_with_the_old_leaf_beside_it() {
    let log = log();
    let mut verification = Verification::new(Options::default());
    for (seq, line) in log.lines.iter().enumerate() {
        let mut bytes = line.clone();
        if seq == 3 {
            edit(&mut bytes, "deploy.allowed", "deploy.denied");
        }
        let row = Sealed {
            seq: seq as u64,
            leaf: leaf(line),
            bytes,
        };
        verification.feed(&row, &mut log.evidence());
    }
    let report = verification.finish();
    assert!(kinds(&report).contains(&(Some(3), DamageKind::LeafDiffers)));
    assert!(kinds(&report).contains(&(Some(4), DamageKind::ChainBroken)));
}

#[test]
fn deleted_record() {
    let mut log = log();
    log.lines.remove(2);
    finds(&log, 2, DamageKind::ChainBroken);
    finds(&log, 2, DamageKind::SequenceGap);
}

#[test]
fn deleted_record_and_everything_chained_again() {
    let mut log = log();
    log.lines.remove(2);
    log.chain_again();
    let report = log.verify();
    assert!(
        !kinds(&report)
            .iter()
            .any(|(_, kind)| *kind == DamageKind::ChainBroken)
    );
    finds(&log, 2, DamageKind::SeenElsewhere);
    finds(&log, 3, DamageKind::SeenElsewhere);
}

#[test]
fn inserted_record() {
    let mut log = log();
    let mut other = log.clone();
    let forged = statement("change.approved/1", 9, log.head(), json!({}), 120);
    other.push(&unsigned(&forged), 121);
    log.lines.insert(2, other.lines.pop().unwrap());
    finds(&log, 2, DamageKind::ChainBroken);
    log.chain_again();
    finds(&log, 5, DamageKind::SeenElsewhere);
}

#[test]
fn swapped_records() {
    let mut log = log();
    log.lines.swap(2, 3);
    finds(&log, 2, DamageKind::ChainBroken);
    finds(&log, 2, DamageKind::SequenceGap);
}

#[test]
fn middle_cut_out() {
    let mut log = log();
    log.lines.drain(1..4);
    finds(&log, 1, DamageKind::ChainBroken);
    finds(&log, 1, DamageKind::SeenElsewhere);
}

#[test]
fn tail_cut_off_is_seen_by_whoever_remembers() {
    let whole = log();
    let mut short = whole.clone();
    short.lines.truncate(3);
    assert_eq!(short.verify().damages, [], "nothing inside the log tells");
    let remembered = Options {
        remembered: vec![whole.head()],
        ..Options::default()
    };
    let report = short.verify_with(remembered.clone());
    assert_eq!(kinds(&report), [(Some(4), DamageKind::Shortened)]);
    edit(short.lines.last_mut().unwrap(), "01:02:01Z", "01:02:02Z");
    let third = Head {
        size: 3,
        leaf: leaf(&whole.lines[2]),
    };
    let report = short.verify_with(Options {
        remembered: vec![third],
        ..remembered
    });
    assert_eq!(kinds(&report), [(Some(2), DamageKind::OtherHistory)]);
}

#[test]
fn backdated_record() {
    let mut log = log();
    let late = statement("deploy.denied/1", 5, log.head(), json!({}), 30);
    log.push(&sato().draft(late.clone(), Vec::new()), 30);
    finds(&log, 5, DamageKind::TimeBackwards);
    log.lines.pop();
    log.push(&sato().draft(late, Vec::new()), 1_000);
    finds(&log, 5, DamageKind::TimeTooFar);
}

#[test]
fn a_late_emergency_says_when_it_was() {
    let mut log = log();
    let mut filed = statement(
        "emergency.declared/1",
        5,
        log.head(),
        json!({"occurred": time(300)}),
        300,
    );
    log.push(&sato().draft(filed.clone(), Vec::new()), 90_000);
    assert_eq!(log.verify().damages, []);
    log.lines.pop();
    filed.body.clear();
    log.push(&sato().draft(filed, Vec::new()), 90_000);
    finds(&log, 5, DamageKind::TimeTooFar);
}

#[test]
fn statement_said_twice() {
    let mut log = log();
    let again = statement("change.approved/1", 2, log.head(), json!({}), 300);
    log.push(&tanaka().draft(again, Vec::new()), 300);
    finds(&log, 5, DamageKind::DuplicateId);
}

#[test]
fn approval_replayed_from_another_log() {
    let mut log = log();
    let mut foreign = statement("change.approved/1", 7, log.head(), json!({}), 300);
    foreign.log = "git.example/acme/other".to_owned();
    log.push(&tanaka().draft(foreign, Vec::new()), 300);
    finds(&log, 5, DamageKind::ForeignOrigin);
}

#[test]
fn second_beginning_with_other_signers() {
    let mallory = Person::new("sato", 66);
    let mut log = log();
    let signers = signers_of(&[&mallory]);
    let body = json!({"origin": crate::written_log::ORIGIN});
    let again = attach(
        statement("log.created/1", 8, log.head(), body, 300),
        "signers",
        &signers,
    );
    log.push(&mallory.draft(again, vec![signers]), 300);
    finds(&log, 5, DamageKind::SecondGenesis);
    finds(&log, 5, DamageKind::UnknownKey);
    let honest = statement("change.approved/1", 9, log.head(), json!({}), 310);
    log.push(&tanaka().draft(honest, Vec::new()), 310);
    assert!(log.verify().damages.iter().all(|damage| damage.seq == Some(5)));
}

#[test]
fn log_without_its_beginning() {
    let mut log = log();
    log.lines.remove(0);
    log.chain_again();
    finds(&log, 0, DamageKind::NoGenesis);
}

#[test]
fn altered_document() {
    let mut log = log();
    let text = log
        .blobs
        .values_mut()
        .find(|blob| blob.starts_with(b"{\"title\""))
        .unwrap();
    text[11] ^= 1;
    finds(&log, 1, DamageKind::BlobAltered);
}

#[test]
fn removed_document() {
    let mut log = log();
    log.blobs.retain(|_, blob| !blob.starts_with(b"{\"title\""));
    finds(&log, 1, DamageKind::BlobMissing);
}

#[test]
fn hidden_space_and_doubled_key() {
    let mut log = log();
    edit(&mut log.lines[3], "\"seq\":3", "\"seq\": 3");
    finds(&log, 3, DamageKind::NotCanonical);
    let mut log = self::log();
    edit(
        &mut log.lines[3],
        "\"act\":",
        "\"act\":\"deploy.denied/1\",\"act\":",
    );
    finds(&log, 3, DamageKind::NotCanonical);
}

#[test]
fn other_fields_other_versions_and_unknown_acts() {
    let mut log = log();
    edit(&mut log.lines[4], "\"v\":1}", "\"v\":2}");
    finds(&log, 4, DamageKind::NewerFormat);
    let mut log = self::log();
    edit(&mut log.lines[4], "\"v\":1}", "\"v\":1,\"x\":1}");
    finds(&log, 4, DamageKind::NotARecord);
    let mut log = self::log();
    let strange = statement("tea.served/7", 5, log.head(), json!({}), 300);
    log.push(&sato().draft(strange, Vec::new()), 300);
    let report = log.verify();
    assert_eq!((report.damages.len(), report.opaque, report.signed), (0, 1, 5));
    let mut value: Value = serde_json::from_slice(&log.lines[5]).unwrap();
    value["st"]["crit"] = json!(["sugar"]);
    log.lines[5] = sekisho::ledger::to_canonical(&value).unwrap();
    finds(&log, 5, DamageKind::NewerFormat);
}

/// A short log, because every bit of it is one verification: genesis, a signed declaration with
/// a document, an unsigned decision.
fn short_log() -> (Copied, Options) {
    let mut log = log();
    log.lines.truncate(4);
    log.lines.remove(2);
    log.chain_again();
    log.lines.pop();
    let allowed = statement("deploy.allowed/1", 3, log.head(), json!({}), 180);
    log.push(&unsigned(&allowed), 180);
    let head = Options {
        remembered: vec![log.head()],
        ..Options::default()
    };
    let named: Vec<_> = log
        .lines
        .iter()
        .flat_map(|line| Record::names(line).unwrap())
        .collect();
    log.blobs.retain(|digest, _| named.contains(digest));
    assert!(log.verify_with(head.clone()).is_intact());
    (log, head)
}

#[test]
fn every_single_bit_of_every_record_counts() {
    let (whole, head) = short_log();
    for nth in 0..whole.lines.len() {
        // Each changed bit of a signed statement asks for a signature check of its own, which is
        // slow in a debug build: there every seventh bit, so all eight places within a byte.
        let step = if nth == 2 { 1 } else { 7 };
        for bit in (0..whole.lines[nth].len() * 8).step_by(step) {
            let mut log = whole.clone();
            log.lines[nth][bit / 8] ^= 1 << (bit % 8);
            assert!(
                !log.verify_with(head.clone()).is_intact(),
                "record {nth} bit {bit}"
            );
        }
    }
}

#[test]
fn every_single_bit_of_every_document_counts() {
    let (whole, _) = short_log();
    assert_eq!(
        whole.blobs.len(),
        4,
        "two signatures, the signers, the declaration"
    );
    for digest in whole.blobs.keys() {
        for bit in 0..whole.blobs[digest].len() * 8 {
            let mut log = whole.clone();
            log.blobs.get_mut(digest).unwrap()[bit / 8] ^= 1 << (bit % 8);
            assert!(!log.verify().is_intact(), "{digest} bit {bit}");
        }
    }
}
