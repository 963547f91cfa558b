//! The log handed out, taken over, moved, proven and redacted, as people do it.

use std::path::Path;

use sekisho::change::Digest;
use sekisho::ledger::{Record, SIGNATURE_NAMESPACE, TlogProof, leaf};
use sekisho::ports::{Draft, Guard, LedgerStore as _, Signer as _};
use sekisho::sign::SshKeygen;
use sekisho::store::SqliteLedger;
use serde_json::{Value, json};

use crate::attacks::{declared, deployed, shop};
use crate::support::stage::Stage;
use crate::written_log::run;

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push((
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            )),
        }
    }
    found.sort();
    found
}

fn export(stage: &Stage, name: &str) -> String {
    let folder = stage.path(&format!("../{name}")).to_str().unwrap().to_owned();
    stage.sekisho("sato", &["log", "export", &folder]).expect(0);
    folder
}

#[test]
fn exported_imported_and_exported_again_to_the_byte() {
    let stage = shop();
    deployed(&stage, "Prices");
    let first = export(&stage, "first");
    stage.sekisho("sato", &["log", "export", &first]).expect(3);
    stage.sekisho("sato", &["log", "import", &first]).expect(2);
    let other = Stage::new();
    other.sekisho("sato", &["log", "import", &first]).expect(0);
    other.sekisho("sato", &["verify"]).expect(0);
    let second = export(&other, "second");
    assert_eq!(files(Path::new(&first)), files(Path::new(&second)));
    other.sekisho("sato", &["log", "import", &first]).expect(2);
}

#[test]
fn import_of_a_damaged_bundle() {
    let stage = shop();
    deployed(&stage, "Prices");
    let folder = export(&stage, "bundle");
    let path = Path::new(&folder).join("log.jsonl");
    let log = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, log.replacen("production", "productiom", 1)).unwrap();
    let other = Stage::new();
    other.sekisho("sato", &["log", "import", &folder]).expect(4);
    assert!(!other.log().exists(), "nothing of it was taken over");
}

/// A log that was cut, in the place of one that this clone remembers.
#[test]
fn import_of_a_shorter_log_over_what_is_remembered() {
    let stage = shop();
    let early = export(&stage, "early");
    deployed(&stage, "Prices");
    let late = export(&stage, "late");
    std::fs::remove_file(stage.log()).unwrap();
    let done = stage.sekisho("sato", &["log", "import", &early]).expect(4);
    assert!(done.err.contains("ends at 2 records"), "{}", done.both());
    stage.sekisho("sato", &["log", "import", &late]).expect(0);
    stage.sekisho("sato", &["verify", "--replay"]).expect(0);
}

#[test]
fn moved_log_goes_on_and_the_old_one_is_closed() {
    let stage = shop();
    deployed(&stage, "Prices");
    let before = stage.sekisho("sato", &["verify", "--format", "json"]).json();
    let new = stage.path("../elsewhere.sqlite").to_str().unwrap().to_owned();
    let to = format!("sqlite:{new}");
    let same = format!("sqlite:{}", stage.log().display());
    stage
        .sekisho("hayashi", &["log", "move", "--to", &same])
        .expect(2);
    for word in ["branch", "postgres://u:p@h/d", "auto", "sqlite:"] {
        let done = stage.sekisho("hayashi", &["log", "move", "--to", word]);
        assert!(
            done.code >= 2 && !done.err.contains("u:p@h"),
            "{word}: {}",
            done.both()
        );
        assert!(!stage.path(word).exists(), "{word}");
    }
    let done = stage.sekisho("hayashi", &["log", "move", "--to", &to]).expect(0);
    assert!(done.out.contains("is closed"), "{}", done.both());
    let after = stage.sekisho("sato", &["verify", "--format", "json"]).json();
    assert_eq!(
        (&after["size"], &after["root"]),
        (&before["size"], &before["root"])
    );
    let old = stage.log().to_str().unwrap().to_owned();
    let id = declared(&stage, "app.txt", "More prices");
    let done = stage
        .sekisho("hayashi", &["--log", &old, "approve", &id])
        .expect(3);
    assert!(done.err.contains("goes on elsewhere"), "{}", done.both());
    stage.sekisho("sato", &["--log", &old, "history"]).expect(0);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn log_closed_for_all_by_somebody_who_decides_nothing() {
    let stage = shop();
    let to = format!("sqlite:{}", stage.path("../mine.sqlite").display());
    let done = stage.sekisho("sato", &["log", "move", "--to", &to]).expect(2);
    assert!(done.err.contains("hayashi, ishii"), "{}", done.both());
    assert!(!stage.path("../mine.sqlite").exists());
    let id = declared(&stage, "app.txt", "Prices");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

/// The bytes of the log's file and of the files beside it.
fn holds(stage: &Stage, word: &str) -> bool {
    let folder = stage.path(".git/sekisho");
    files(&folder)
        .iter()
        .any(|(_, bytes)| memchr::memmem::find(bytes, word.as_bytes()).is_some())
}

#[test]
fn redacted_text_is_gone_from_the_file_and_the_log_still_verifies() {
    let stage = shop();
    let id = deployed(&stage, "Call 090-1234-5678 about prices");
    stage
        .sekisho(
            "sato",
            &["log", "export", stage.path("../before").to_str().unwrap()],
        )
        .expect(0);
    assert!(holds(&stage, "090-1234-5678"), "the title is in the log");
    let redact = |by: &str, more: &[&str]| {
        let words = [
            "log",
            "redact",
            &id,
            "--basis",
            "personal-data",
            "--reason",
            "A phone number",
        ];
        stage.sekisho(by, &[&words[..], more].concat())
    };
    redact("sato", &[]).expect(2);
    redact("sato", &["--requested-by", "sato"]).expect(2);
    redact("sato", &["--requested-by", "nobody"]).expect(2);
    assert!(holds(&stage, "090-1234-5678"));
    redact("sato", &["--requested-by", "hayashi"]).expect(0);
    assert!(!holds(&stage, "090-1234-5678"), "not even in free pages");
    let done = stage.sekisho("sato", &["verify"]).expect(0);
    assert!(done.out.contains("taken out by record"), "{}", done.both());
    // Only one of the two has signed, and that is said.
    let claim = "sato took a text out. That hayashi asked for it is their word alone";
    assert!(done.out.contains(claim), "{}", done.both());
    let done = stage.sekisho("sato", &["history"]).expect(0);
    assert!(done.out.contains("text redacted by #"), "{}", done.both());
    assert!(!done.out.contains("090-"), "{}", done.both());
    let done = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(done.out.contains("text redacted by #"), "{}", done.both());
    // Asked again, nothing is recorded twice.
    let size = stage.sekisho("sato", &["verify", "--format", "json"]).json()["size"].clone();
    redact("sato", &["--requested-by", "hayashi"]).expect(0);
    assert_eq!(
        stage.sekisho("sato", &["verify", "--format", "json"]).json()["size"],
        size
    );
    let folder = export(&stage, "after");
    stage.sekisho("sato", &["verify", "--bundle", &folder]).expect(0);
    let done = stage.sekisho("sato", &["verify", "--replay"]).expect(0);
    assert!(done.out.contains("cannot be judged again"), "{}", done.both());
}

#[test]
fn what_the_log_is_checked_with_cannot_be_redacted() {
    let stage = shop();
    deployed(&stage, "Prices");
    let folder = export(&stage, "bundle");
    let log = std::fs::read(Path::new(&folder).join("log.jsonl")).unwrap();
    let first = log.split(|byte| *byte == b'\n').next().unwrap();
    let flags = ["--basis", "legal", "--reason", "r", "--requested-by", "hayashi"];
    for digest in Record::names(first).unwrap() {
        let target = digest.to_string();
        let done = stage.sekisho("sato", &[&["log", "redact", &target], &flags[..]].concat());
        assert!(done.expect(2).err.contains("has to stay"));
    }
    let unknown = Digest::of(b"unknown").to_string();
    stage
        .sekisho("sato", &[&["log", "redact", &unknown], &flags[..]].concat())
        .expect(2);
}

#[test]
fn receipts_of_decisions_hold_while_the_log_grows() {
    let stage = shop();
    declared(&stage, "app.txt", "Prices");
    let gate = stage.sekisho("sato", &["gate", "--format", "json"]).json();
    let receipt = gate["checkpoint"].as_str().unwrap().to_owned();
    let parts: Vec<&str> = receipt.split(' ').collect();
    assert_eq!(parts.len(), 3, "size, leaf, root: {receipt}");
    for more in ["Two", "Three"] {
        declared(&stage, "app.txt", more);
        stage.sekisho("sato", &["gate"]).expect(1);
        for kept in [
            receipt.clone(),
            receipt.replace(' ', ":"),
            format!("{} {}", parts[0], parts[1]),
            format!("{}:{}", parts[0], parts[2]),
        ] {
            stage.sekisho("sato", &["verify", "--against", &kept]).expect(0);
        }
    }
    let other = parts[2].replace(|c: char| c.is_ascii_digit(), "0");
    stage
        .sekisho("sato", &["verify", "--against", &format!("{} {other}", parts[0])])
        .expect(4);
    let done = stage
        .sekisho("sato", &["verify", "--against", &format!("99 {}", parts[2])])
        .expect(4);
    assert!(done.out.contains("it had 99"), "{}", done.both());
    stage
        .sekisho("sato", &["verify", "--against", "no such file"])
        .expect(2);
    let folder = export(&stage, "bundle");
    let file = format!("{folder}/checkpoint");
    stage
        .sekisho("sato", &["verify", "--against", &file, "--against", &receipt])
        .expect(0);
}

#[test]
fn proof_of_one_record() {
    let stage = shop();
    deployed(&stage, "Prices");
    let done = stage.sekisho("sato", &["log", "prove", "2"]).expect(0);
    let folder = export(&stage, "bundle");
    let log = std::fs::read(Path::new(&folder).join("log.jsonl")).unwrap();
    let line = log.split(|byte| *byte == b'\n').nth(2).unwrap();
    let proof = TlogProof::read(done.out.as_bytes()).unwrap();
    proof.check(leaf(line)).unwrap();
    assert!(proof.check(leaf(b"another")).is_err());
    std::fs::write(Path::new(&folder).join("two.tlog-proof"), &done.out).unwrap();
    stage.sekisho("sato", &["verify", "--bundle", &folder]).expect(0);
    stage.sekisho("sato", &["log", "prove", "99"]).expect(2);
}

/// Judges every decision of a story once more: all come out the same, from the log alone.
#[track_caller]
pub(crate) fn all_come_out_the_same(stage: &Stage) {
    let done = stage
        .sekisho("sato", &["verify", "--replay", "--format", "json"])
        .expect(0);
    let report = done.json();
    let notes = report["notes"].as_array().unwrap().iter();
    let replayed = notes
        .filter(|note| note["code"] == "note-replayed")
        .collect::<Vec<_>>();
    let with = &replayed[0]["with"];
    assert!(
        with["count"] != "0" && with["count"] == with["same"],
        "{}",
        done.both()
    );
}

/// Writes a decision of one's own into the log, properly signed: what it says was never decided.
fn forge(stage: &Stage, bend: impl FnOnce(&mut sekisho::ledger::Statement, &mut Vec<Vec<u8>>)) {
    let key = stage.repository().parent().unwrap().join("sato_key");
    run(async {
        let store = SqliteLedger::open(&stage.log()).await.unwrap();
        let head = store.head().await.unwrap();
        let rows = store.range(0, head.size).await.unwrap();
        let mut records = rows.iter().map(|row| Record::read(&row.bytes).unwrap());
        let denied = records.rfind(|r| r.statement.act == "deploy.denied/1").unwrap();
        let mut statement = denied.statement;
        statement.id = format!("{}A", "F".repeat(21));
        statement.seen = head;
        let mut blobs = Vec::new();
        bend(&mut statement, &mut blobs);
        let bytes = statement.encode().unwrap();
        let signer = SshKeygen::new("ssh-keygen", &key).unwrap();
        let signature = signer.sign(SIGNATURE_NAMESPACE, &bytes).unwrap();
        let draft = Draft {
            statement: bytes,
            signatures: vec![("sshsig".to_owned(), signature)],
            blobs,
        };
        store
            .append(&[draft], Guard::Any, "2026-12-01T01:00:00Z")
            .await
            .unwrap();
        store.close().await;
    });
}

#[test]
fn every_decision_comes_out_the_same_once_more() {
    let stage = crate::commands::prepared();
    stage.write("policies/house/only-the-robot.rego", crate::commands::HOUSE_RULE);
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    for title in ["Prices", "More"] {
        declared(&stage, "app.txt", title);
        stage.sekisho("sato", &["gate"]).expect(1);
    }
    let done = stage.sekisho("sato", &["verify", "--replay"]).expect(0);
    assert!(done.out.contains("2 of 2 decisions"), "{}", done.both());
    // Nothing but the bundle is needed, the house's own files included.
    let folder = export(&stage, "bundle");
    let other = Stage::new();
    let done = other
        .sekisho("nobody", &["verify", "--bundle", &folder, "--replay"])
        .expect(0);
    assert!(done.out.contains("2 of 2 decisions"), "{}", done.both());
}

#[test]
fn forged_pass_with_a_good_signature() {
    let stage = shop();
    declared(&stage, "app.txt", "Prices");
    stage.sekisho("sato", &["gate"]).expect(1);
    forge(&stage, |statement, _| {
        statement.act = "deploy.allowed/1".to_owned();
        statement.body.insert("word".to_owned(), json!("pass"));
    });
    stage.sekisho("sato", &["verify"]).expect(0);
    let done = stage.sekisho("sato", &["verify", "--replay"]).expect(4);
    assert!(done.out.contains("the gate decides otherwise"), "{}", done.both());
}

#[test]
fn forged_codes_under_the_right_word() {
    let stage = shop();
    declared(&stage, "app.txt", "Prices");
    stage.sekisho("sato", &["gate"]).expect(1);
    forge(&stage, |statement, _| {
        statement
            .body
            .insert("codes".to_owned(), json!({"deny": [], "oblige": [], "warn": []}));
    });
    stage.sekisho("sato", &["verify", "--replay"]).expect(4);
}

#[test]
fn decision_of_another_version_is_told_apart_from_a_forged_one() {
    let stage = shop();
    declared(&stage, "app.txt", "Prices");
    stage.sekisho("sato", &["gate"]).expect(1);
    let folder = export(&stage, "bundle");
    forge(&stage, |statement, blobs| {
        let policy = statement
            .with
            .iter_mut()
            .find(|with| with.name == "policy")
            .unwrap();
        let path = Path::new(&folder).join("blobs").join(policy.digest.hex());
        let mut document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        document["version"] = json!("0.0.9");
        let bytes = sekisho::ledger::canonical_document(&document).unwrap();
        policy.digest = Digest::of(&bytes);
        blobs.push(bytes);
    });
    let done = stage.sekisho("sato", &["verify", "--replay"]).expect(0);
    assert!(done.out.contains("sekisho 0.0.9"), "{}", done.both());
}

/// A note of one's own about a change that is, to the byte, who may sign.
#[test]
fn signers_called_a_note_about_a_change_and_redacted_with_it() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Prices");
    stage.sekisho("sato", &["gate"]).expect(1);
    let first = run(async {
        let store = SqliteLedger::open(&stage.log()).await.unwrap();
        let row = store.range(0, 1).await.unwrap().remove(0);
        store.close().await;
        Record::read(&row.bytes).unwrap()
    });
    forge(&stage, |statement, _| {
        let mut note = first.statement.with[0].clone();
        assert_eq!(note.name, "signers");
        note.name = "note".to_owned();
        statement.with = vec![note];
    });
    let words = ["log", "redact", &id, "--basis", "legal", "--reason", "r"];
    stage
        .sekisho("sato", &[&words[..], &["--requested-by", "hayashi"]].concat())
        .expect(0);
    stage.sekisho("sato", &["verify"]).expect(0);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
}

/// Without a key, by whoever can write where the log is.
#[test]
fn log_closed_by_nobody_who_may_sign() {
    let stage = shop();
    run(async {
        let store = SqliteLedger::open(&stage.log()).await.unwrap();
        let head = store.head().await.unwrap();
        let row = store.range(head.size - 1, head.size).await.unwrap().remove(0);
        let mut statement = Record::read(&row.bytes).unwrap().statement;
        statement.act = "log.closed/1".to_owned();
        statement.by = "person:mallory".to_owned();
        statement.id = format!("{}A", "F".repeat(21));
        statement.seen = head;
        statement.with = Vec::new();
        let draft = Draft {
            statement: statement.encode().unwrap(),
            signatures: Vec::new(),
            blobs: Vec::new(),
        };
        let time = "2026-12-01T01:00:00Z";
        store.append(&[draft], Guard::Any, time).await.unwrap();
        store.close().await;
    });
    let done = stage.sekisho("sato", &["verify"]).expect(4);
    assert!(done.out.contains("closes the log"), "{}", done.both());
    stage.sekisho("sato", &["gate"]).expect(4);
}

#[test]
fn closed_log_moved_once_more_to_go_on_without_what_came_since() {
    let stage = shop();
    let to = |name: &str| format!("sqlite:{}", stage.path(&format!("../{name}.sqlite")).display());
    let old = stage.log().display().to_string();
    stage
        .sekisho("hayashi", &["log", "move", "--to", &to("new")])
        .expect(0);
    let again = |place: &str| stage.sekisho("hayashi", &["--log", &old, "log", "move", "--to", place]);
    std::fs::remove_file(stage.path(".git/sekisho/remembered")).unwrap();
    let done = again(&to("fork")).expect(2);
    assert!(done.err.contains("elsewhere"), "{}", done.both());
    // Where it went, a move that was interrupted is finished.
    again(&to("new")).expect(0);
}
