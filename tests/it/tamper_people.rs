//! Attacks on who said what, and on the papers that prove it, each under its own name.

use sekisho::ledger::{DamageKind, NoteKind, Options};
use serde_json::json;

use crate::tamper::{edit, finds, kinds, log, sato, tanaka};
use crate::written_log::{Copied, Person, attach, signers_of, statement, unsigned};

#[test]
fn removed_signature_and_signers() {
    for start in ["-----BEGIN", "key:"] {
        let mut log = self::log();
        log.blobs.retain(|_, blob| !blob.starts_with(start.as_bytes()));
        finds(&log, 0, DamageKind::BlobMissing);
    }
}

fn redacted(by_hand: bool) -> Copied {
    let mut log = self::log();
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
    let mut log = self::log();
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
    let mut log = self::log();
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
    let mut log = self::log();
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
        let mut log = self::log();
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
