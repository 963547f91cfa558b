//! Attacks on a log that is already written, each under its own name.

use proptest::prelude::*;
use sekisho::ledger::{DamageKind, Head, NoteKind, Options, Report, Sealed, Verification, leaf};
use serde_json::{Value, json};

use crate::written_log::{Copied, Person, attach, genesis, id, signers_of, statement, time, unsigned};

fn sato() -> Person {
    Person::new("sato", 1)
}

fn tanaka() -> Person {
    Person::new("tanaka", 2)
}

/// Genesis, declaration with a document, approval, decision without signature, outcome.
fn log() -> Copied {
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

fn kinds(report: &Report) -> Vec<(Option<u64>, DamageKind)> {
    report
        .damages
        .iter()
        .map(|damage| (damage.seq, damage.kind))
        .collect()
}

#[track_caller]
fn finds(log: &Copied, seq: u64, kind: DamageKind) {
    let report = log.verify();
    assert!(
        kinds(&report).contains(&(Some(seq), kind)),
        "{:?}",
        report.damages
    );
}

fn edit(line: &mut Vec<u8>, from: &str, to: &str) {
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
    finds(&log, 3, DamageKind::SeenElsewhere);
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
fn removed_signature_and_signers() {
    for start in ["-----BEGIN", "key:"] {
        let mut log = log();
        log.blobs.retain(|_, blob| !blob.starts_with(start.as_bytes()));
        finds(&log, 0, DamageKind::BlobMissing);
    }
}

fn redacted(by_hand: bool) -> Copied {
    let mut log = log();
    let digest = *log
        .blobs
        .iter()
        .find(|(_, blob)| blob.starts_with(b"{\"title\""))
        .unwrap()
        .0;
    let body = json!({"at": 1, "basis": "personal-data", "blob": digest});
    let record = statement("blob.redacted/1", 6, log.head(), body, 300);
    let draft = if by_hand {
        unsigned(&record)
    } else {
        tanaka().draft(record, Vec::new())
    };
    log.push(&draft, 300);
    log
}

#[test]
fn redaction_explains_and_an_unsigned_one_only_where_that_is_allowed() {
    let required = Options {
        signatures_required: true,
        ..Options::default()
    };
    let mut log = redacted(false);
    assert_eq!(log.verify().notes[0].kind, NoteKind::RedactedButPresent);
    log.blobs.retain(|_, blob| !blob.starts_with(b"{\"title\""));
    let report = log.verify_with(required.clone());
    assert_eq!(
        (report.damages.len(), report.notes[0].kind),
        (0, NoteKind::Redacted)
    );
    let mut log = redacted(true);
    log.blobs.retain(|_, blob| !blob.starts_with(b"{\"title\""));
    assert_eq!(log.verify().damages, []);
    assert_eq!(
        kinds(&log.verify_with(required)),
        [(Some(1), DamageKind::BlobMissing)]
    );
}

#[test]
fn approval_put_into_another_mouth() {
    let mut log = log();
    edit(&mut log.lines[2], &tanaka().principal(), &sato().principal());
    log.chain_again();
    finds(&log, 2, DamageKind::BadSignature);

    // With a good signature of one's own, in the name of another.
    let mut log = self::log();
    let mut forged = statement("change.approved/1", 9, log.head(), json!({}), 300);
    forged.body.insert("person".to_owned(), json!("person:tanaka"));
    forged.by = sato().principal();
    let bytes = forged.encode().unwrap();
    let mut draft = unsigned(&forged);
    draft.signatures = vec![("sshsig".to_owned(), sato().sign("sekisho-statement-v1", &bytes))];
    log.push(&draft, 300);
    finds(&log, 5, DamageKind::NotTheSigner);
}

#[test]
fn approval_with_a_strange_key_or_none() {
    let mut log = log();
    let forged = statement("change.approved/1", 9, log.head(), json!({}), 300);
    log.push(&Person::new("tanaka", 77).draft(forged.clone(), Vec::new()), 300);
    finds(&log, 5, DamageKind::UnknownKey);
    log.lines.pop();
    let mut draft = tanaka().draft(forged.clone(), Vec::new());
    draft.signatures.clear();
    log.push(&draft, 300);
    finds(&log, 5, DamageKind::SignatureMissing);
    log.lines.pop();
    let mut draft = tanaka().draft(forged, Vec::new());
    draft.signatures[0].1 = tanaka().sign("git", &draft.statement);
    log.push(&draft, 300);
    finds(&log, 5, DamageKind::BadSignature);
}

fn change_signers(log: &mut Copied, by: Option<&Person>, signers: Vec<u8>, n: usize, at: i64) {
    let record = attach(
        statement("trust.signers/1", n, log.head(), json!({}), at),
        "signers",
        &signers,
    );
    let mut draft = by.map_or_else(|| unsigned(&record), |by| by.draft(record.clone(), Vec::new()));
    draft.blobs = vec![signers];
    log.push(&draft, at);
}

#[test]
fn signers_come_and_go_with_signed_records_only() {
    let mori = Person::new("mori", 3);
    let mut log = log();
    let says = |log: &Copied, n| statement("change.approved/1", n, log.head(), json!({}), 400);
    change_signers(&mut log, Some(&sato()), signers_of(&[&sato(), &mori]), 5, 300);
    log.push(&mori.draft(says(&log, 6), Vec::new()), 400);
    assert_eq!(log.verify().damages, []);
    log.push(&tanaka().draft(says(&log, 7), Vec::new()), 400);
    assert_eq!(kinds(&log.verify()), [(Some(7), DamageKind::UnknownKey)]);
    log.lines.pop();

    let mallory = Person::new("mori", 66);
    change_signers(&mut log, Some(&mallory), signers_of(&[&mallory]), 8, 400);
    log.push(&mallory.draft(says(&log, 9), Vec::new()), 400);
    assert_eq!(
        kinds(&log.verify()),
        [
            (Some(7), DamageKind::UnknownKey),
            (Some(8), DamageKind::UnknownKey)
        ]
    );
    log.lines.truncate(7);

    change_signers(&mut log, None, signers_of(&[&mallory]), 8, 400);
    let open = log.verify();
    assert_eq!(
        (open.damages.len(), open.notes[0].kind),
        (0, NoteKind::SignersUnsigned)
    );
    let strict = log.verify_with(Options {
        signatures_required: true,
        ..Options::default()
    });
    assert_eq!(kinds(&strict), [(Some(7), DamageKind::SignersUnsigned)]);
    log.lines.truncate(7);

    change_signers(&mut log, Some(&sato()), b"nonsense".to_vec(), 8, 400);
    assert_eq!(kinds(&log.verify()), [(Some(7), DamageKind::SignersUnreadable)]);
}

#[test]
fn key_before_and_after_its_days() {
    let kudo = Person::new("kudo", 4);
    let mut line = kudo.line();
    line.valid_after = sekisho::ledger::instant("2026-11-21T00:00:00Z");
    line.valid_before = sekisho::ledger::instant("2026-11-30T00:00:00Z");
    let day = 86_400;
    for (at, good) in [(300, false), (day, true), (20 * day, false)] {
        let mut log = log();
        let signers = [signers_of(&[&sato()]), line.to_string().into_bytes()].concat();
        change_signers(&mut log, Some(&sato()), signers, 5, 250);
        let approved = statement("change.approved/1", 6, log.head(), json!({}), at);
        log.push(&kudo.draft(approved, Vec::new()), at);
        let expected: &[_] = if good {
            &[]
        } else {
            &[(Some(6), DamageKind::KeyOutsideDays)]
        };
        assert_eq!(kinds(&log.verify()), expected, "{at}");
    }
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

#[test]
fn every_single_bit_of_records_and_documents_counts() {
    let whole = log();
    let head = Options {
        remembered: vec![whole.head()],
        ..Options::default()
    };
    assert!(whole.verify_with(head.clone()).is_intact());
    // Every bit of the small log would be 40,000 verifications: each byte gets one bit here, the
    // property below the rest at random.
    for nth in 0..whole.lines.len() {
        for at in 0..whole.lines[nth].len() {
            let mut log = whole.clone();
            log.lines[nth][at] ^= 1 << (at % 8);
            assert!(
                !log.verify_with(head.clone()).is_intact(),
                "record {nth} byte {at}"
            );
        }
    }
    for digest in whole.blobs.keys() {
        for at in 0..whole.blobs[digest].len() {
            let mut log = whole.clone();
            log.blobs.get_mut(digest).unwrap()[at] ^= 1 << (at % 8);
            assert!(!log.verify().is_intact(), "{digest} byte {at}");
        }
    }
    assert_eq!(id(1).len(), 22);
}

proptest! {
    #[test]
    fn any_bit_of_any_record_counts(nth in any::<prop::sample::Index>(), bit in any::<prop::sample::Index>()) {
        let mut log = log();
        let head = Options { remembered: vec![log.head()], ..Options::default() };
        let nth = nth.index(log.lines.len());
        let bit = bit.index(log.lines[nth].len() * 8);
        log.lines[nth][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!log.verify_with(head).is_intact());
    }
}
