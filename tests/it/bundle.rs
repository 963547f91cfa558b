//! Exported logs: whole ones are accepted with nothing else at hand, and every way to bend one is
//! refused, each under its own name.
#![allow(
    clippy::disallowed_methods,
    reason = "the page of a bundle is run by the shell that it is for"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use sekisho::ledger::{Checkpoint, Record, Sealed, Tree, leaf};
use sekisho::ports::LedgerStore as _;
use sekisho::store::{MemoryLedger, write_bundle};
use serde_json::json;
use tempfile::TempDir;

use crate::attacks::{deployed, shop};
use crate::support::stage::{Done, Stage};
use crate::tamper::{log, sato, tanaka};
use crate::written_log::{Copied, ORIGIN, Person, attach, run, signers_of, statement, unsigned};

/// A bundle that can be bent.
struct Bundle {
    folder: TempDir,
    stage: Stage,
}

/// The vector of other programs, or a log of our own.
#[derive(Clone, Copy)]
enum From {
    Vector,
    Ours,
}

impl Bundle {
    fn of(copied: &Copied) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rows: Vec<Sealed> = copied.lines.iter().enumerate().map(sealed).collect();
        let blobs: Vec<Vec<u8>> = copied.blobs.values().cloned().collect();
        run(async {
            let store = MemoryLedger::new();
            store.adopt(&rows, &blobs).await.unwrap();
            write_bundle(&store, folder.path(), &|_| {}).await.unwrap();
        });
        Self {
            folder,
            stage: Stage::new(),
        }
    }

    fn new(from: From) -> Self {
        match from {
            From::Ours => Self::of(&log()),
            From::Vector => {
                let folder = tempfile::tempdir().unwrap();
                copy(&vector(), folder.path());
                Self {
                    folder,
                    stage: Stage::new(),
                }
            }
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn lines(&self) -> Vec<Vec<u8>> {
        let log = std::fs::read(self.path("log.jsonl")).unwrap();
        let lines = log.strip_suffix(b"\n").unwrap().split(|byte| *byte == b'\n');
        lines.map(<[u8]>::to_vec).collect()
    }

    fn set_lines(&self, lines: &[Vec<u8>]) {
        let log: Vec<u8> = lines
            .iter()
            .flat_map(|line| [line, &b"\n"[..]].concat())
            .collect();
        std::fs::write(self.path("log.jsonl"), log).unwrap();
    }

    fn bend(&self, bend: impl FnOnce(&mut Vec<Vec<u8>>)) {
        let mut lines = self.lines();
        bend(&mut lines);
        self.set_lines(&lines);
    }

    /// What somebody does who can write the whole folder: numbers, chains and checkpoint anew.
    fn cover_up(&self) {
        let mut log = Copied {
            lines: self.lines(),
            ..Copied::default()
        };
        log.chain_again();
        self.set_lines(&log.lines);
        self.remake_checkpoint();
    }

    fn remake_checkpoint(&self) {
        let mut tree = Tree::new();
        self.lines().iter().for_each(|line| tree.push(leaf(line)));
        let origin = Record::read(&self.lines()[0]).map_or(ORIGIN.to_owned(), |record| record.statement.log);
        let checkpoint = Checkpoint {
            origin,
            size: tree.size(),
            root: tree.root(),
        };
        std::fs::write(self.path("checkpoint"), checkpoint.note().to_string()).unwrap();
    }

    fn verify_with(&self, more: &[&str]) -> Done {
        let folder = self.folder.path().to_str().unwrap().to_owned();
        self.stage
            .sekisho("nobody", &[&["verify", "--bundle", &folder], more].concat())
    }

    #[track_caller]
    fn refused(&self, attack: &str) {
        let done = self.verify_with(&[]);
        assert_eq!(done.code, 4, "{attack}: {}", done.both());
    }

    #[track_caller]
    fn accepted(&self) -> Done {
        self.verify_with(&[]).expect(0)
    }
}

fn sealed((seq, line): (usize, &Vec<u8>)) -> Sealed {
    Sealed {
        seq: seq as u64,
        leaf: leaf(line),
        bytes: line.clone(),
    }
}

fn vector() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/vector")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn replace(line: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(line.clone()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    *line = text.replacen(from, to, 1).into_bytes();
}

/// Runs one attack on both logs.
fn on_both(attack: impl Fn(&Bundle, &str)) {
    attack(&Bundle::new(From::Vector), "vector");
    attack(&Bundle::new(From::Ours), "ours");
}

#[test]
fn the_log_of_other_programs_is_accepted_and_its_tokens_are_not_believed() {
    let done = Bundle::new(From::Vector).accepted();
    assert!(done.out.contains("2 signatures are of a kind"), "{}", done.both());
    assert!(done.out.contains("taken out by record 5"), "{}", done.both());
    let json = Bundle::new(From::Vector)
        .verify_with(&["--format", "json"])
        .json();
    assert_eq!((&json["size"], &json["signed"]), (&json!(6), &json!(4)));
    assert_eq!(
        json["root"],
        "47802374a7bb012d8007e59393fb6450248907ce822afd5697206965dcf883f4"
    );
}

#[test]
fn our_own_bundle_is_accepted() {
    let done = Bundle::new(From::Ours).accepted();
    assert!(
        done.out.contains("Nobody has signed the checkpoint"),
        "{}",
        done.both()
    );
    let done = Bundle::new(From::Vector).accepted();
    assert!(!done.out.contains("Nobody has signed"), "{}", done.both());
}

#[test]
fn each_record_edited() {
    on_both(|bundle, whose| {
        let lines = bundle.lines();
        for nth in 0..lines.len() {
            bundle.bend(|lines| replace(&mut lines[nth], "\"time\":\"2026-11-2", "\"time\":\"2026-11-1"));
            bundle.refused(&format!("{whose} {nth}"));
            bundle.set_lines(&lines);
        }
        bundle.accepted();
    });
}

#[test]
fn each_record_edited_and_everything_made_anew() {
    on_both(|bundle, whose| {
        let lines = bundle.lines();
        let checkpoint = std::fs::read(bundle.path("checkpoint")).unwrap();
        for nth in 0..lines.len() {
            let record = Record::read(&lines[nth]).unwrap();
            if record
                .signatures
                .iter()
                .all(|signature| signature.kind != "sshsig")
            {
                // Nobody's word: only who comes after it has seen it.
                continue;
            }
            let id = record.statement.id;
            bundle.bend(|lines| replace(&mut lines[nth], &id, &format!("x{}", &id[1..])));
            bundle.cover_up();
            bundle.refused(&format!("{whose} {nth}"));
            bundle.set_lines(&lines);
            std::fs::write(bundle.path("checkpoint"), &checkpoint).unwrap();
        }
        bundle.accepted();
    });
}

#[test]
fn each_record_dropped() {
    on_both(|bundle, whose| {
        let lines = bundle.lines();
        for nth in 0..lines.len() {
            bundle.bend(|lines| drop(lines.remove(nth)));
            bundle.refused(&format!("{whose} {nth}"));
            bundle.set_lines(&lines);
        }
    });
}

#[test]
fn each_record_doubled() {
    on_both(|bundle, whose| {
        let lines = bundle.lines();
        for nth in 0..lines.len() {
            bundle.bend(|lines| lines.insert(nth, lines[nth].clone()));
            bundle.refused(&format!("{whose} {nth}"));
            bundle.cover_up();
            bundle.refused(&format!("{whose} {nth}, made anew"));
            bundle.set_lines(&lines);
        }
    });
}

#[test]
fn reordering() {
    on_both(|bundle, whose| {
        let lines = bundle.lines();
        for nth in 1..lines.len() {
            bundle.bend(|lines| lines.swap(nth - 1, nth));
            bundle.refused(&format!("{whose} {nth}"));
            bundle.cover_up();
            bundle.refused(&format!("{whose} {nth}, made anew"));
            bundle.set_lines(&lines);
        }
    });
}

/// The approval is gone and the whole rest was made anew: whoever signed later had seen it.
#[test]
fn re_chaining_after_deletion() {
    for (from, approval) in [(From::Vector, 3), (From::Ours, 2)] {
        let bundle = Bundle::new(from);
        bundle.bend(|lines| drop(lines.remove(approval)));
        bundle.cover_up();
        bundle.refused("deleted approval");
        let done = bundle.verify_with(&[]);
        assert!(done.out.contains("had seen another history"), "{}", done.both());
    }
}

#[test]
fn truncation() {
    on_both(|bundle, whose| {
        let whole = bundle.accepted().out;
        let size = bundle.lines().len();
        let kept = kept(&whole);
        bundle.bend(|lines| drop(lines.pop()));
        bundle.refused(whose);
        bundle.remake_checkpoint();
        // The documents of the record that is gone, or the document it explained, still tell.
        bundle.refused(whose);
        let done = bundle.verify_with(&["--against", &kept]).expect(4);
        assert!(
            done.out.contains(&format!("it had {size}")) || done.out.contains(&format!("had {size}.")),
            "{}",
            done.both()
        );
    });
}

/// Size and root as `verify` prints them.
fn kept(page: &str) -> String {
    let value = |label: &str| {
        let line = page
            .lines()
            .find(|line| line.trim_start().starts_with(label))
            .unwrap();
        line.trim_start()[label.len()..].trim().to_owned()
    };
    format!("{} {}", value("Records"), value("Tree root"))
}

/// The tail is cut off with everything that only it named: nothing inside tells, a receipt does.
#[test]
fn truncation_without_a_trace() {
    let bundle = Bundle::new(From::Ours);
    let kept = kept(&bundle.accepted().out);
    let last = bundle.lines().pop().unwrap();
    bundle.bend(|lines| drop(lines.pop()));
    for digest in Record::names(&last).unwrap() {
        std::fs::remove_file(bundle.path(&format!("blobs/{}", digest.hex()))).unwrap();
    }
    bundle.remake_checkpoint();
    bundle.accepted();
    bundle.verify_with(&["--against", &kept]).expect(4);
    let file = bundle.path("kept");
    std::fs::write(&file, &kept).unwrap();
    bundle
        .verify_with(&["--against", file.to_str().unwrap()])
        .expect(4);
}

/// A branch off record 2: both histories hold together, a receipt tells them apart.
#[test]
fn fork() {
    let honest = Bundle::new(From::Ours);
    let kept = kept(&honest.accepted().out);
    let mut forked = log();
    forked.lines.truncate(3);
    let denied = statement("deploy.denied/1", 3, forked.head(), json!({}), 180);
    forked.push(&sato().draft(denied, Vec::new()), 181);
    let finished = statement("change.objected/1", 4, forked.head(), json!({}), 240);
    forked.push(&tanaka().draft(finished, Vec::new()), 241);
    let forked = Bundle::of(&forked);
    forked.accepted();
    let done = forked.verify_with(&["--against", &kept]).expect(4);
    assert!(done.out.contains("This is another history"), "{}", done.both());
    std::fs::copy(honest.path("checkpoint"), forked.path("checkpoint")).unwrap();
    forked.refused("fork");
}

#[test]
fn back_dating() {
    let mut bent = log();
    let late = statement("deploy.denied/1", 9, bent.head(), json!({}), 30);
    bent.push(&sato().draft(late, Vec::new()), 30);
    Bundle::of(&bent).refused("sealed before the one before");
    let mut bent = log();
    let late = statement("deploy.denied/1", 9, bent.head(), json!({}), 30);
    bent.push(&sato().draft(late, Vec::new()), 9_000);
    Bundle::of(&bent).refused("claimed long before");
}

#[test]
fn replay() {
    let mut bent = log();
    let again = bent.lines[2].clone();
    bent.lines.push(again);
    bent.chain_again();
    let bundle = Bundle::new(From::Ours);
    bundle.set_lines(&bent.lines);
    bundle.remake_checkpoint();
    bundle.refused("a statement twice");
    let mut foreign = log();
    let mut said = statement("change.approved/1", 9, foreign.head(), json!({}), 300);
    said.log = "git.example/acme/other".to_owned();
    foreign.push(&tanaka().draft(said, Vec::new()), 300);
    Bundle::of(&foreign).refused("a statement of another log");
}

#[test]
fn foreign_key() {
    let mallory = Person::new("tanaka", 66);
    let mut bent = log();
    let forged = statement("change.approved/1", 9, bent.head(), json!({}), 300);
    bent.push(&mallory.draft(forged, Vec::new()), 300);
    Bundle::of(&bent).refused("a key that nobody has");
    let mut bent = log();
    let mut forged = statement("change.approved/1", 9, bent.head(), json!({}), 300);
    forged.by = tanaka().principal();
    bent.push(&unsigned(&forged), 300);
    Bundle::of(&bent).refused("a key that did not sign");
    let mut bent = log();
    let signers = signers_of(&[&mallory]);
    let trust = attach(
        statement("trust.signers/1", 9, bent.head(), json!({}), 300),
        "signers",
        &signers,
    );
    bent.push(&mallory.draft(trust, vec![signers]), 300);
    Bundle::of(&bent).refused("a key that lets itself in");
}

#[test]
fn reattributed_approval() {
    let bundle = Bundle::new(From::Vector);
    bundle.bend(|lines| {
        replace(
            &mut lines[3],
            "\"by\":\"github-user:771204\"",
            "\"by\":\"github-user:583231\"",
        )
    });
    bundle.cover_up();
    bundle.refused("another author");
}

/// A good token under another statement: the runner never said this.
#[test]
fn replayed_token() {
    let bundle = Bundle::new(From::Vector);
    let other = Record::read(&bundle.lines()[1]).unwrap().signatures[0].digest;
    bundle.bend(|lines| {
        let own = Record::read(&lines[4]).unwrap().signatures[0].digest;
        replace(&mut lines[4], &own.to_string(), &other.to_string());
    });
    bundle.cover_up();
    let done = bundle.verify_with(&[]).expect(4);
    assert!(done.out.contains("made for another statement"), "{}", done.both());
}

#[test]
fn json_trickery() {
    on_both(|bundle, whose| {
        let lines = bundle.lines();
        let tricks: [(&str, &str); 7] = [
            ("\"seq\":1", "\"seq\": 1"),
            ("\"seq\":1", "\"seq\":1.0"),
            ("\"seq\":1", "\"seq\":1e0"),
            ("\"v\":1}", "\"v\":1,\"v\":1}"),
            ("\"act\":\"", "\"act\":\"tea.served/1\",\"act\":\""),
            ("\"act\"", "\"\\u0061ct\""),
            ("\"v\":1}", "\"v\":1,\"w\":null}"),
        ];
        for (from, to) in tricks {
            bundle.bend(|lines| replace(&mut lines[1], from, to));
            bundle.refused(&format!("{whose} {to}"));
            bundle.set_lines(&lines);
        }
        let path = bundle.path("log.jsonl");
        let log = std::fs::read(&path).unwrap();
        for (bent, what) in [
            (log[..log.len() - 1].to_vec(), "no last line end"),
            ([&log[..], b"\n"].concat(), "an empty line"),
            ([&b"\xef\xbb\xbf"[..], &log].concat(), "a byte order mark"),
            (
                log.iter()
                    .flat_map(|b| if *b == b'\n' { vec![b'\r', b'\n'] } else { vec![*b] })
                    .collect(),
                "carriage returns",
            ),
            (
                [&log[..], &vec![b'x'; 3_000_000], b"\n"].concat(),
                "a line of three megabytes",
            ),
        ] {
            std::fs::write(&path, bent).unwrap();
            bundle.refused(&format!("{whose}: {what}"));
        }
    });
}

#[test]
fn each_document_altered_removed_or_renamed() {
    on_both(|bundle, whose| {
        for entry in std::fs::read_dir(bundle.path("blobs")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let mut bent = bytes.clone();
            bent[0] ^= 1;
            std::fs::write(&path, &bent).unwrap();
            bundle.refused(&format!("{whose}: {name} altered"));
            std::fs::remove_file(&path).unwrap();
            if bytes != std::fs::read(bundle.path("allowed_signers")).unwrap() {
                // The list of signers lies in the folder a second time.
                bundle.refused(&format!("{whose}: {name} removed"));
            }
            let other = bundle.path(&format!("blobs/{}", "a".repeat(64)));
            std::fs::write(&other, &bytes).unwrap();
            bundle.refused(&format!("{whose}: {name} renamed"));
            std::fs::remove_file(other).unwrap();
            std::fs::write(&path, &bytes).unwrap();
        }
        bundle.accepted();
    });
}

#[test]
fn document_that_no_record_names() {
    on_both(|bundle, whose| {
        let digest = sekisho::change::Digest::of(b"smuggled");
        std::fs::write(bundle.path(&format!("blobs/{}", digest.hex())), b"smuggled").unwrap();
        bundle.refused(whose);
    });
}

#[cfg(unix)]
#[test]
fn document_that_is_a_link() {
    let bundle = Bundle::new(From::Ours);
    let path = std::fs::read_dir(bundle.path("blobs"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let elsewhere = bundle.path("elsewhere");
    std::fs::rename(&path, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    bundle.refused("a link");
}

#[test]
fn checkpoint_changed() {
    on_both(|bundle, whose| {
        let path = bundle.path("checkpoint");
        let whole = std::fs::read_to_string(&path).unwrap();
        let mut lines = whole.split('\n');
        let (origin, size, root) = (
            lines.next().unwrap(),
            lines.next().unwrap(),
            lines.next().unwrap(),
        );
        let more = format!("\n{}\n", size.parse::<u64>().unwrap() + 1);
        let less = format!("\n{}\n", size.parse::<u64>().unwrap() - 1);
        let size = format!("\n{size}\n");
        for (from, to) in [
            (origin, "git.example/acme/else"),
            (&size[..], &more[..]),
            (&size, &less),
            (&size, "\nsix\n"),
            (root, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            ("\n\n", "\n"),
        ] {
            std::fs::write(&path, whole.replacen(from, to, 1)).unwrap();
            bundle.refused(&format!("{whose}: {from} to {to}"));
        }
        std::fs::remove_file(&path).unwrap();
        bundle.refused(&format!("{whose}: no checkpoint"));
    });
}

#[test]
fn checkpoint_under_a_signature_of_another_text() {
    let bundle = Bundle::new(From::Vector);
    let path = bundle.path("checkpoint");
    let whole = std::fs::read_to_string(&path).unwrap();
    let signature = whole
        .lines()
        .find(|line| line.contains("\u{2014} client.example"))
        .unwrap();
    let at = signature.len() - 20;
    let other = if &signature[at..=at] == "A" { "B" } else { "A" };
    let bent = format!("{}{other}{}", &signature[..at], &signature[at + 1..]);
    std::fs::write(&path, whole.replace(signature, &bent)).unwrap();
    let done = bundle.verify_with(&[]).expect(4);
    assert!(
        done.out.contains("in the name of client.example/witness"),
        "{}",
        done.both()
    );
}

#[test]
fn proof_of_another_record() {
    let bundle = Bundle::new(From::Vector);
    let path = bundle.path("CHG-2026-0142.tlog-proof");
    let whole = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, whole.replace("index 4", "index 5")).unwrap();
    bundle.refused("another place");
}

#[test]
fn signers_changed() {
    on_both(|bundle, whose| {
        let path = bundle.path("allowed_signers");
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, signers_of(&[&Person::new("sato", 66)])).unwrap();
        bundle.refused(&format!("{whose}: others"));
        std::fs::write(&path, [&whole[..], b"\n"].concat()).unwrap();
        bundle.refused(&format!("{whose}: an empty line"));
        std::fs::remove_file(&path).unwrap();
        bundle.refused(&format!("{whose}: none"));
    });
}

#[test]
fn what_is_no_bundle_could_not_be_evaluated() {
    let bundle = Bundle::new(From::Ours);
    std::fs::remove_file(bundle.path("log.jsonl")).unwrap();
    let done = bundle.verify_with(&[]).expect(3);
    assert!(done.err.contains("log.jsonl"), "{}", done.both());
}

/// The commands of the page that lies in every bundle, in both languages.
pub(crate) fn by_hand(folder: &Path) -> Done {
    let commands = |name: &str| {
        let page = std::fs::read_to_string(folder.join(name)).unwrap();
        let (_, rest) = page.split_once("```sh\n").unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    assert_eq!(commands("README.md"), commands("README.ja.md"));
    let output = Command::new("bash")
        .args(["-c", &commands("README.md")])
        .current_dir(folder)
        .output()
        .unwrap();
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn revoked_key_by_hand() {
    let key = tanaka().principal().replace("key:", "");
    let revoke = |bent: &mut Copied, n: usize, by: &Person| {
        let said = statement("key.revoked/1", n, bent.head(), json!({"key": key}), 300);
        bent.push(&by.draft(said, Vec::new()), 300);
    };
    let says = |bent: &mut Copied| {
        let said = statement("change.objected/1", 15, bent.head(), json!({}), 400);
        bent.push(&tanaka().draft(said, Vec::new()), 400);
    };
    let mut one_other = log();
    revoke(&mut one_other, 11, &sato());
    revoke(&mut one_other, 12, &sato());
    says(&mut one_other);
    by_hand(Bundle::of(&one_other).folder.path()).expect(0);
    let mut their_own = log();
    revoke(&mut their_own, 11, &tanaka());
    by_hand(Bundle::of(&their_own).folder.path()).expect(0);
    says(&mut their_own);
    let done = by_hand(Bundle::of(&their_own).folder.path()).expect(1);
    assert!(done.out.contains("was revoked before"), "{}", done.both());
}

#[test]
fn the_page_in_the_bundle_checks_it_by_hand() {
    let stage = shop();
    deployed(&stage, "Prices");
    let folder = stage.path("../bundle");
    stage
        .sekisho("sato", &["log", "export", folder.to_str().unwrap()])
        .expect(0);
    let done = by_hand(&folder).expect(0);
    let report = stage.sekisho("sato", &["verify", "--format", "json"]).json();
    let root = report["root"].as_str().unwrap();
    assert!(
        done.out.contains(&format!("RIGHT: {} records", report["size"])),
        "{}",
        done.both()
    );
    assert!(done.out.contains(&format!("root {root}")), "{}", done.both());
    let bundle = Bundle {
        folder: tempfile::tempdir().unwrap(),
        stage,
    };
    let again = || copy(&folder, bundle.folder.path());
    let refused = |what: &str| {
        let done = by_hand(bundle.folder.path());
        assert!(
            done.code != 0 && done.out.contains("WRONG"),
            "{what}: {}",
            done.both()
        );
        bundle.refused(what);
    };
    again();
    bundle.accepted();
    bundle.bend(|lines| drop(lines.remove(2)));
    refused("dropped");
    bundle.cover_up();
    refused("dropped and made anew");
    again();
    bundle.bend(|lines| replace(&mut lines[2], "\"seq\":2", "\"seq\": 2"));
    refused("a space");
    again();
    bundle.bend(|lines| drop(lines.pop()));
    refused("truncated");
    again();
    std::fs::write(bundle.path("allowed_signers"), "").unwrap();
    refused("no signers");
    again();
    let blob = std::fs::read_dir(bundle.path("blobs"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    std::fs::write(blob, "altered").unwrap();
    refused("an altered document");
}
