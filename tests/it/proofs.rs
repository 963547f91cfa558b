//! Proofs and checkpoints: held against another implementation, and every bit of them counts.

use std::path::PathBuf;

use sekisho::ledger::{
    Checkpoint, NoteKey, ProofError, Receipt, SignedNote, TlogProof, Tree, check_consistency,
    check_inclusion, leaf, prove_consistency, prove_inclusion,
};
use sekisho::sign::signatures_by;
use tlog_tiles::{
    Hash, HashReader, check_record, check_tree, prove_record, prove_tree, stored_hashes_for_record_hash,
};

fn leaves(count: usize) -> Vec<[u8; 32]> {
    (0..count).map(|n| leaf(format!("{n}").as_bytes())).collect()
}

fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    let mut tree = Tree::new();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree.root()
}

fn vector(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/vector");
    std::fs::read(folder.join(name)).unwrap()
}

/// The hashes as the other implementation stores them.
struct Stored(Vec<Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        Ok(indexes
            .iter()
            .map(|i| self.0[usize::try_from(*i).unwrap()])
            .collect())
    }
}

fn stored(leaves: &[[u8; 32]]) -> Stored {
    let mut stored = Stored(Vec::new());
    for (n, leaf) in leaves.iter().enumerate() {
        let more = stored_hashes_for_record_hash(n as u64, Hash(*leaf), &stored).unwrap();
        stored.0.extend(more);
    }
    stored
}

fn plain(hashes: &[Hash]) -> Vec<[u8; 32]> {
    hashes.iter().map(|hash| hash.0).collect()
}

fn theirs(hashes: &[[u8; 32]]) -> Vec<Hash> {
    hashes.iter().map(|hash| Hash(*hash)).collect()
}

#[test]
fn every_inclusion_proof_of_small_trees_is_that_of_the_other_implementation() {
    for size in 1..=64_usize {
        let leaves = leaves(size);
        let (root, stored) = (root(&leaves), stored(&leaves));
        for index in 0..size as u64 {
            let proof = prove_inclusion(&leaves, index).unwrap();
            assert_eq!(proof, plain(&prove_record(size as u64, index, &stored).unwrap()));
            let leaf = leaves[usize::try_from(index).unwrap()];
            check_inclusion(leaf, index, size as u64, &proof, &root).unwrap();
            check_record(&theirs(&proof), size as u64, Hash(root), index, Hash(leaf)).unwrap();
        }
    }
    assert_eq!(prove_inclusion(&leaves(3), 3), None);
    assert_eq!(prove_inclusion(&[], 0), None);
}

#[test]
fn every_consistency_proof_of_small_trees_is_that_of_the_other_implementation() {
    for size in 1..=64_usize {
        let leaves = leaves(size);
        let (new, stored) = (root(&leaves), stored(&leaves));
        for before in 1..=size {
            let old = root(&leaves[..before]);
            let proof = prove_consistency(&leaves, before as u64).unwrap();
            assert_eq!(
                proof,
                plain(&prove_tree(size as u64, before as u64, &stored).unwrap())
            );
            check_consistency(before as u64, &old, size as u64, &new, &proof).unwrap();
            check_tree(&theirs(&proof), size as u64, Hash(new), before as u64, Hash(old)).unwrap();
        }
    }
    assert_eq!(prove_consistency(&leaves(3), 0), None);
    assert_eq!(prove_consistency(&leaves(3), 4), None);
}

/// Every change of one bit in the proof, in the leaf and in the root; another place, another size,
/// one hash more or less.
#[test]
fn bent_inclusion_proof() {
    for size in 1..=20_usize {
        let leaves = leaves(size);
        let root = root(&leaves);
        for index in 0..size as u64 {
            let proof = prove_inclusion(&leaves, index).unwrap();
            let leaf = leaves[usize::try_from(index).unwrap()];
            let check = |leaf, index, size, proof: &[[u8; 32]], root: &[u8; 32]| {
                check_inclusion(leaf, index, size, proof, root)
            };
            for bit in 0..256 {
                let flip = |hash: [u8; 32]| {
                    let mut bent = hash;
                    bent[bit / 8] ^= 1 << (bit % 8);
                    bent
                };
                let size = size as u64;
                assert!(check(flip(leaf), index, size, &proof, &root).is_err());
                assert!(check(leaf, index, size, &proof, &flip(root)).is_err());
                for nth in 0..proof.len() {
                    let mut bent = proof.clone();
                    bent[nth] = flip(bent[nth]);
                    assert!(check(leaf, index, size, &bent, &root).is_err());
                }
            }
            for other in (0..=size as u64 + 1).filter(|other| *other != index) {
                assert!(
                    check(leaf, other, size as u64, &proof, &root).is_err(),
                    "{index} as {other} of {size}"
                );
            }
            let mut long = proof.clone();
            long.push(root);
            assert_eq!(
                check(leaf, index, size as u64, &long, &root),
                Err(ProofError::Length)
            );
            if let Some((_, short)) = proof.split_last() {
                assert!(check(leaf, index, size as u64, short, &root).is_err());
            }
        }
    }
}

#[test]
fn bent_consistency_proof() {
    for size in 1..=20_usize {
        let leaves = leaves(size);
        let new = root(&leaves);
        for before in 1..=size {
            let old = root(&leaves[..before]);
            let proof = prove_consistency(&leaves, before as u64).unwrap();
            let (before, size) = (before as u64, size as u64);
            for bit in 0..256 {
                let flip = |hash: [u8; 32]| {
                    let mut bent = hash;
                    bent[bit / 8] ^= 1 << (bit % 8);
                    bent
                };
                assert!(check_consistency(before, &flip(old), size, &new, &proof).is_err());
                assert!(check_consistency(before, &old, size, &flip(new), &proof).is_err());
                for nth in 0..proof.len() {
                    let mut bent = proof.clone();
                    bent[nth] = flip(bent[nth]);
                    assert!(check_consistency(before, &old, size, &new, &bent).is_err());
                }
            }
            let mut long = proof.clone();
            long.push(new);
            assert!(check_consistency(before, &old, size, &new, &long).is_err());
            if let Some((_, short)) = proof.split_last() {
                assert!(check_consistency(before, &old, size, &new, short).is_err());
            }
        }
    }
}

/// A history that was rewritten has no proof that it grew from the one before.
#[test]
fn fork() {
    let honest = leaves(9);
    let mut forked = honest.clone();
    forked[4] = leaf(b"another");
    let proof = prove_consistency(&forked, 6).unwrap();
    let found = check_consistency(6, &root(&honest[..6]), 9, &root(&forked), &proof);
    assert_eq!(found, Err(ProofError::OtherRoot));
}

#[test]
fn checkpoint_and_proof_of_other_programs_to_the_byte() {
    let bytes = vector("checkpoint");
    let note = SignedNote::read(&bytes).unwrap();
    assert_eq!(note.to_string().as_bytes(), bytes);
    let checkpoint = Checkpoint::of_note(&note).unwrap();
    assert_eq!(
        (checkpoint.origin.as_str(), checkpoint.size),
        ("github.com/acme/shop/sekisho", 6)
    );
    assert_eq!(checkpoint.note().text, note.text);
    let log = vector("log.jsonl");
    let lines: Vec<[u8; 32]> = log
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(leaf)
        .collect();
    assert_eq!(checkpoint.root, root(&lines));
    let bytes = vector("CHG-2026-0142.tlog-proof");
    let proof = TlogProof::read(&bytes).unwrap();
    assert_eq!(proof.to_string().as_bytes(), bytes);
    assert_eq!(proof.hashes, prove_inclusion(&lines, 4).unwrap());
    assert_eq!(proof.check(lines[4]), Ok(checkpoint));
    assert_eq!(proof.check(lines[3]), Err(ProofError::OtherRoot));
}

#[test]
fn signatures_of_the_log_and_of_its_witness() {
    let bytes = vector("checkpoint");
    let note = SignedNote::read(&bytes).unwrap();
    let key = |name: &str| NoteKey::read(std::str::from_utf8(&vector(name)).unwrap()).unwrap();
    let (log, witness) = (key("keys/log.vkey"), key("keys/witness.vkey"));
    assert_eq!(signatures_by(&log, &note), Some(1));
    assert_eq!(signatures_by(&witness, &note), Some(1));
    let mut other = note.clone();
    other.text = other.text.replace("\n6\n", "\n5\n");
    assert_eq!(signatures_by(&log, &other), None);
    assert_eq!(signatures_by(&witness, &other), None);
    other.signatures.clear();
    assert_eq!(signatures_by(&log, &other), Some(0));
    let theirs =
        signed_note::StandardVerifier::new(&String::from_utf8(vector("keys/log.vkey")).unwrap()).unwrap();
    let list = signed_note::VerifierList::new(vec![Box::new(theirs)]);
    let read = signed_note::Note::from_bytes(&bytes).unwrap();
    assert_eq!(read.verify(&list).unwrap().0.len(), 1);
}

/// Every bit of the file: either it is not read any more, or a signature is not good, or it is
/// another key that the line names.
#[test]
fn every_single_bit_of_a_signed_checkpoint_counts() {
    let bytes = vector("checkpoint");
    let key = |name: &str| NoteKey::read(std::str::from_utf8(&vector(name)).unwrap()).unwrap();
    let keys = [key("keys/log.vkey"), key("keys/witness.vkey")];
    for bit in 0..bytes.len() * 8 {
        let mut bent = bytes.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        let whole = SignedNote::read(&bent)
            .is_ok_and(|note| keys.iter().all(|key| signatures_by(key, &note) == Some(1)));
        assert!(!whole, "bit {bit}");
    }
}

#[test]
fn what_is_no_note_is_refused() {
    let good = String::from_utf8(vector("checkpoint")).unwrap();
    let wrong = [
        good.replace("\n\n", "\n"),
        good.replace("\u{2014} client", "- client"),
        good.trim_end().to_owned(),
        good.replace("shop/sekisho\n6", "shop/sekisho\r\n6"),
        format!("{good}\n"),
        format!("{good}{}", "\u{2014} a b AAAA\n"),
        String::new(),
    ];
    for text in wrong {
        assert!(SignedNote::read(text.as_bytes()).is_err(), "{text}");
    }
    for (from, to) in [("\n6\n", "\n06\n"), ("\n6\n", "\n-6\n"), ("R4Aj", "R4A")] {
        let note = SignedNote::read(good.replacen(from, to, 1).as_bytes()).unwrap();
        assert!(Checkpoint::of_note(&note).is_err(), "{from} {to}");
    }
    let proof = String::from_utf8(vector("CHG-2026-0142.tlog-proof")).unwrap();
    for (from, to) in [
        ("@v1", "@v2"),
        ("index 4", "index 04"),
        ("3DEL", "3DE"),
        ("\n\n", "\n"),
    ] {
        assert!(
            TlogProof::read(proof.replacen(from, to, 1).as_bytes()).is_err(),
            "{to}"
        );
    }
    assert!(NoteKey::read("a+00000000+AQAA").is_none());
}

#[test]
fn receipts_are_read_as_people_keep_them() {
    let (a, b) = ("aa".repeat(32), "bb".repeat(32));
    let (leaf, root) = ([0xaa; 32], [0xbb; 32]);
    for text in [
        format!("3 {a} {b}"),
        format!("3:{a}:{b}"),
        format!(" 3 sha256:{a}\n"),
        format!("3:{b}"),
        Receipt::of(3, leaf, root).to_string(),
    ] {
        let receipt = Receipt::read(text.as_bytes()).unwrap();
        assert_eq!(receipt.size, 3);
        assert!(receipt.agrees(&leaf, &root), "{text}");
        assert!(!receipt.agrees(&[0xab; 32], &[0xac; 32]), "{text}");
    }
    assert!(
        !format!("3 {b} {a}")
            .parse::<Receipt>()
            .unwrap()
            .agrees(&leaf, &root)
    );
    for text in [
        "",
        "3",
        "3 zz",
        &format!("03 {a}"),
        &format!("3 {a} {a} {a}"),
        &format!("3 {}", "A".repeat(64)),
    ] {
        assert!(text.parse::<Receipt>().is_err(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), at in 0_usize..200) {
        let mut bent = vector("CHG-2026-0142.tlog-proof");
        let at = at % bent.len();
        bent.splice(at..at, bytes.iter().copied());
        for bytes in [&bytes, &bent] {
            let _ = SignedNote::read(bytes).map(|note| Checkpoint::of_note(&note));
            let _ = TlogProof::read(bytes).map(|proof| proof.check([0; 32]));
            let _ = Receipt::read(bytes);
            let _ = std::str::from_utf8(bytes).map(NoteKey::read);
        }
    }
}
