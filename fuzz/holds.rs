//! What holds for any bytes at all. The fuzz targets search for bytes for which it does not; the
//! suite replays what they found (`tests/it/corpus.rs`).

use jiff::tz::TimeZone;
use sekisho::change::text::{Document, Excerpt, Fault, declaration as text};
use sekisho::{config, ledger};

/// A declaration is read with faults in their places, or written so that it reads back.
pub(crate) fn declaration(bytes: &[u8]) {
    let document = match Document::parse_bytes(bytes) {
        Ok(document) => document,
        Err(faults) => return placed(&String::from_utf8_lossy(bytes), &faults),
    };
    match text::read(&document, &TimeZone::UTC, None) {
        Err(faults) => placed(document.text(), &faults),
        Ok((read, warnings)) => {
            placed(document.text(), &warnings);
            let written = text::write(&read);
            let again = Document::parse(&written).map(|d| text::read(&d, &TimeZone::UTC, None));
            match again {
                Ok(Ok((again, _))) => assert_eq!(again, read, "{written}"),
                other => panic!("{other:?}\n{written}"),
            }
        }
    }
}

/// A configuration is read with faults in their places, or has nothing that its users trip over.
pub(crate) fn config(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else {
        return;
    };
    match config::read(source, "shop", &|_| Some("2026-01-01 holiday\n".to_owned())) {
        Err(faults) => {
            assert!(!faults.is_empty());
            placed(source, &faults);
        }
        Ok((config, warnings)) => {
            placed(source, &warnings);
            let _ = config::unsatisfiable(&config);
            assert!(config.approval.gate_quorum > 0);
            assert!(config.paths.gate.iter().any(|glob| glob == "sekisho.yml"));
        }
    }
}

/// A line of the log is one form of one record, or none.
pub(crate) fn record_scanner(bytes: &[u8]) {
    let canonical = ledger::check_canonical(bytes);
    let value = serde_json::from_slice::<serde_json::Value>(bytes);
    if canonical.is_ok() {
        let value = value.as_ref().expect("what is canonical is JSON");
        assert_eq!(ledger::to_canonical(value).as_deref(), Ok(bytes));
    } else if let Ok(value) = &value
        && let Ok(written) = ledger::to_canonical(value)
    {
        assert_eq!(ledger::check_canonical(&written), Ok(()));
    }
    let _ = ledger::check_document(bytes);
    let names = ledger::Record::names(bytes);
    if let Ok(record) = ledger::Record::read(bytes) {
        assert!(canonical.is_ok(), "a record that is not canonical");
        let names = names.expect("a record names its documents");
        assert!(record.signatures.iter().all(|s| names.contains(&s.digest)));
        // Fields of newer versions are passed over; what is left is a record of its own.
        let written = record.encode().expect("what was read can be written");
        assert_eq!(ledger::Record::read(&written).as_ref(), Ok(&record));
        let mut standing = ledger::Standing::default();
        standing.apply(&record, ledger::Trust::Signed);
        standing.apply(&record, ledger::Trust::Unsigned);
    }
}

/// A list of signers reads back as it is shown.
pub(crate) fn allowed_signers(bytes: &[u8]) {
    let Ok(signers) = ledger::Signers::read(bytes) else {
        return;
    };
    let mut shown = String::new();
    for line in signers.lines() {
        assert!(!line.principals.is_empty());
        shown.push_str(&line.to_string());
        shown.push('\n');
        let principals: Vec<&str> = line.principals.iter().map(String::as_str).collect();
        let stranger = signers.admits("nobody's", "n", &principals, 0);
        assert_eq!(stranger, ledger::Admission::UnknownKey);
    }
    assert_eq!(
        ledger::Signers::read(shown.as_bytes()).as_ref(),
        Ok(&signers),
        "{shown}"
    );
}

/// What somebody kept of a log reads back as it is shown: a checkpoint with signatures, a key, a receipt.
pub(crate) fn checkpoint(bytes: &[u8]) {
    if let Ok(note) = ledger::SignedNote::read(bytes) {
        let shown = note.to_string();
        assert_eq!(
            ledger::SignedNote::read(shown.as_bytes()).as_ref(),
            Ok(&note),
            "{shown}"
        );
        if let Ok(checkpoint) = ledger::Checkpoint::of_note(&note) {
            let again = ledger::Checkpoint::of_note(&checkpoint.note());
            assert_eq!(again.as_ref(), Ok(&checkpoint));
        }
    }
    if let Ok(receipt) = ledger::Receipt::read(bytes) {
        assert!((1..=2).contains(&receipt.hashes.len()));
        let again: Result<ledger::Receipt, _> = receipt.to_string().parse();
        let without_name = ledger::Receipt {
            origin: None,
            ..receipt.clone()
        };
        assert_eq!(again.as_ref(), Ok(&without_name));
        let _ = receipt.agrees(&[0; 32], &[0; 32]);
    }
    if let Some(key) = std::str::from_utf8(bytes).ok().and_then(ledger::NoteKey::read)
        && let Ok(note) = ledger::SignedNote::read(bytes)
    {
        for signature in &note.signatures {
            let _ = (key.claimed_by(signature), key.signed(&note.text, signature));
        }
    }
}

/// A proof reads back as it is shown, and proves no leaf that was made up.
pub(crate) fn tlog_proof(bytes: &[u8]) {
    let Ok(proof) = ledger::TlogProof::read(bytes) else {
        return;
    };
    let shown = proof.to_string();
    assert_eq!(
        ledger::TlogProof::read(shown.as_bytes()).as_ref(),
        Ok(&proof),
        "{shown}"
    );
    assert!(proof.check([0x5e; 32]).is_err(), "{shown}");
}

/// Lines of a commit of the log's branch: each is the next record or passed over, and where
/// signatures are asked for, none that nobody signed is taken.
pub(crate) fn branch_lines(bytes: &[u8]) {
    let mut tail: Option<ledger::Tail> = None;
    let mut believed = ledger::Believed::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(follower) = ledger::follow(tail.as_ref(), line) else {
            continue;
        };
        let size = tail.as_ref().map_or(0, |tail| tail.head.size);
        assert_eq!(follower.tail.head.size, size + 1);
        let _ = (
            ledger::Believed::is_told_by(line),
            ledger::Believed::asks_for(line),
        );
        let admitted = believed.admits(line, &mut Nothing).is_ok();
        assert!(!admitted || believed.may_admit(line));
        assert!(!admitted || size == 0, "nobody could have signed it");
        if !admitted {
            continue;
        }
        believed.take_in(line, &mut Nothing);
        // Whoever asks for signatures in the first record finds none here.
        let record = ledger::Record::read(line).expect("what follows is a record");
        if record
            .statement
            .body
            .get("signatures")
            .and_then(|text| text.as_str())
            == Some("optional")
        {
            return;
        }
        assert!(
            ledger::follow(Some(&follower.tail), line).is_err(),
            "twice the same record"
        );
        tail = Some(follower.tail);
    }
}

/// No document is there and no signature is good.
struct Nothing;

impl ledger::Evidence for Nothing {
    fn blob(&mut self, _: &sekisho::change::Digest) -> ledger::Held {
        ledger::Held::Missing
    }

    fn check(&mut self, _: &str, _: &[u8], _: &[u8]) -> ledger::Verdict {
        ledger::Verdict::Bad(sekisho::change::Message::new("signature-wrong"))
    }
}

/// Every place lies in the text and can be shown.
fn placed(source: &str, faults: &[Fault]) {
    for fault in faults {
        assert!(!fault.message.key.is_empty());
        if let Some(place) = &fault.place {
            let _ = Excerpt::of(source, place);
        }
    }
}
