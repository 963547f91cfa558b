//! The log that other programs made: every byte and every verdict as they have it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sekisho::change::Digest;
use sekisho::ledger::{DamageKind, NoteKind, Record, Signed, Tree, Verification, checkpoint_body, leaf};
use sekisho::ledger::{Options, Sealed};

use crate::written_log::Copied;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/vector")
}

fn vector() -> Copied {
    let log = std::fs::read(folder().join("log.jsonl")).unwrap();
    let lines = log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let mut blobs = BTreeMap::new();
    for entry in std::fs::read_dir(folder().join("blobs")).unwrap() {
        let entry = entry.unwrap();
        let name = format!("sha256:{}", entry.file_name().to_str().unwrap());
        blobs.insert(name.parse().unwrap(), std::fs::read(entry.path()).unwrap());
    }
    let signers = std::fs::read(folder().join("allowed_signers")).unwrap();
    blobs.insert(Digest::of(&signers), signers);
    Copied {
        lines: lines.map(<[u8]>::to_vec).collect(),
        blobs,
    }
}

fn statement_digest(line: &[u8]) -> String {
    Digest::of(&Record::read(line).unwrap().statement.encode().unwrap()).hex()
}

#[test]
fn leaves_root_and_checkpoint_to_the_byte() {
    let vector = vector();
    let mut tree = Tree::new();
    let mut starts = Vec::new();
    for line in &vector.lines {
        tree.push(leaf(line));
        starts.push(Digest::from_bytes(leaf(line)).hex()[..8].to_owned());
    }
    assert_eq!(
        starts,
        [
            "e75b1c09", "63da0b74", "8ac8067b", "38faa52b", "5d11c6e8", "dc310bee"
        ]
    );
    assert_eq!(
        Digest::from_bytes(tree.root()).hex(),
        "47802374a7bb012d8007e59393fb6450248907ce822afd5697206965dcf883f4"
    );
    let note = std::fs::read_to_string(folder().join("checkpoint")).unwrap();
    let (body, _) = note.split_once("\n\n").unwrap();
    let ours = checkpoint_body("github.com/acme/shop/sekisho", tree.size(), &tree.root());
    assert_eq!(format!("{body}\n"), ours);
}

#[test]
fn records_and_statements_come_back_as_they_were() {
    let vector = vector();
    for line in &vector.lines {
        assert_eq!(Record::read(line).unwrap().encode().unwrap(), *line);
    }
    assert_eq!(
        statement_digest(&vector.lines[3]),
        "18e2b657b5e9a50c727b798165d94a8130e45b038e4b750fee5c867344238c3e"
    );
    assert_eq!(
        statement_digest(&vector.lines[4]),
        "5cb9fb02c5b1c5706c541b9cfebe2399d13d691f381f5df33ed757eb0f087797"
    );
}

#[test]
fn people_are_believed_machines_by_keys_that_nobody_brought_are_not_the_redaction_explains() {
    let vector = vector();
    let mut verification = Verification::new(Options {
        signatures_required: true,
        ..Options::default()
    });
    let mut verdicts = Vec::new();
    for (seq, line) in vector.lines.iter().enumerate() {
        let row = Sealed {
            seq: seq as u64,
            leaf: leaf(line),
            bytes: line.clone(),
        };
        verdicts.push(verification.feed(&row, &mut vector.evidence()));
    }
    use Signed::{Good, Unknown};
    assert_eq!(verdicts, [Good, Unknown, Good, Good, Unknown, Good]);
    let report = verification.finish();
    assert_eq!(report.damages, []);
    assert_eq!(
        (report.signed, report.unchecked, report.opaque),
        (4, vec![1, 4], 0)
    );
    let redacted: Vec<_> = report
        .notes
        .iter()
        .filter(|n| n.kind == NoteKind::Redacted)
        .collect();
    assert_eq!(redacted.len(), 1);
    assert_eq!(
        (redacted[0].seq, redacted[0].message.with["by"].as_str()),
        (2, "5")
    );
}

/// Where records without a signature count, whoever brings the issuer's keys is believed.
#[test]
fn token_counts_by_keys_that_count() {
    let report = vector().verify();
    assert_eq!(report.damages, []);
    assert_eq!((report.signed, report.unchecked), (5, vec![1]));
}

#[test]
fn without_the_record_of_the_redaction_the_document_is_missing() {
    let mut vector = vector();
    vector.lines.pop();
    let report = vector.verify();
    let found: Vec<_> = report.damages.iter().map(|d| (d.seq, d.kind)).collect();
    assert_eq!(found, [(Some(2), DamageKind::BlobMissing)]);
}
