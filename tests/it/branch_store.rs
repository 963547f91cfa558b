//! The change log on a branch of a remote, over files and over HTTP: writers at once, lost answers,
//! refusals, and what somebody who can push may put there.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests start processes that talk to them"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use sekisho::change::Digest;
use sekisho::git::GitRepository;
use sekisho::ledger::{Head, Record, Sealed, Statement};
use sekisho::ports::{
    AppendError, Draft, Guard, LedgerStore as _, LogBranch, LogCommit, LogFile, Offer, StoreError,
};
use sekisho::sign::SshVerifier;
use sekisho::store::{BranchLedger, MemoryLedger, Reader};
use serde_json::json;

use crate::support::branch::{BRANCH, Remote, begin, git, open, open_in_a_crowd, open_with, verified};
use crate::support::git_http::GitHttp;
use crate::written_log::{Person, attach, genesis, id, open_genesis, run, statement, time, unsigned};

fn act(n: usize, seen: Head) -> Statement {
    statement(
        "change.declared/1",
        n,
        seen,
        json!({"change": "CHG-20261204-7K3Q"}),
        10,
    )
}

fn draft(n: usize, seen: Head) -> Draft {
    unsigned(&act(n, seen))
}

fn append(log: &BranchLedger, n: usize, seen: Head) -> Result<Vec<Sealed>, AppendError> {
    run(log.append(&[draft(n, seen)], Guard::Any, &time(10)))
}

/// The number of records, which all verify and all have the places that they say.
#[track_caller]
fn sound(log: &BranchLedger) -> u64 {
    let report = verified(log);
    assert_eq!(report.damages, vec![], "{:?}", report.damages);
    report.head.size
}

#[track_caller]
fn unreachable<T: std::fmt::Debug>(answer: Result<T, AppendError>) -> String {
    match answer {
        Err(AppendError::Store(StoreError::Unreachable(words))) => words,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn damaged<T: std::fmt::Debug>(answer: Result<T, StoreError>, words: &str) {
    match answer {
        Err(StoreError::Damaged(text)) => assert!(text.contains(words), "{text}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_commit_holds_what_it_adds_and_nothing_of_a_person() {
    let remote = Remote::new();
    let log = remote.log("one");
    let seen = begin(&log);
    append(&log, 1, seen).unwrap();
    let told = remote.git(&["log", "--format=%s|%an <%ae>|%cn|%at", BRANCH]);
    assert_eq!(
        told.lines().next().unwrap(),
        "#1 change.declared CHG-20261204-7K3Q|sekisho <sekisho@localhost>|sekisho|1795136410"
    );
    let files = remote.git(&["ls-tree", "-r", "--name-only", BRANCH]);
    assert_eq!(files, "README.md\nrecords.jsonl");
    let first = remote.git(&["ls-tree", "-r", "--name-only", &format!("{BRANCH}~1")]);
    assert_eq!(first, "README.md\nblobs.jsonl\nrecords.jsonl");
    let line = remote.git(&["show", &format!("{BRANCH}:records.jsonl")]);
    assert_eq!(line.as_bytes(), run(log.range(1, 2)).unwrap()[0].bytes);
    // The clone itself is as it was.
    let clone = remote.folder().join("one");
    assert_eq!(git(&clone, &["for-each-ref"]), "");
    assert_eq!(git(&clone, &["count-objects"]), "0 objects, 0 kilobytes");
}

#[test]
fn what_one_clone_writes_the_other_reads_over_http() {
    let remote = Remote::new();
    git(&remote.bare(), &["config", "http.receivepack", "true"]);
    let server = GitHttp::serve(remote.folder());
    let one = open(&remote.clone_of("one", &server.url("shop.git")));
    let two = open(&remote.clone_of("two", &server.url("shop.git")));
    let seen = begin(&one);
    assert_eq!(
        run(two.head()).unwrap(),
        Head::EMPTY,
        "nothing is fetched unasked"
    );
    assert_eq!(sound(&two), 1);
    append(&two, 1, seen).unwrap();
    append(&one, 2, seen).unwrap();
    append(&two, 3, seen).unwrap();
    assert_eq!(sound(&one), 4);
    assert_eq!(run(one.range(0, 9)).unwrap(), run(two.range(0, 9)).unwrap());
}

/// A writer for `writers_of_two_clones_and_of_another_process_lose_nothing` and for
/// `killed_in_the_middle`: it appends until it is done or stopped, and says so for each.
#[test]
#[ignore = "started by other tests"]
fn writer_of_another_process() {
    let Some(place) = std::env::var_os("SEKISHO_TEST_CLONE") else {
        return;
    };
    let number = |name: &str| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let log = open_in_a_crowd(Path::new(&place));
    run(log.refresh()).unwrap();
    let first = run(log.range(0, 1)).unwrap().remove(0);
    let seen = Head {
        size: 1,
        leaf: first.leaf,
    };
    for n in number("SEKISHO_TEST_FROM")..number("SEKISHO_TEST_TO") {
        append(&log, n, seen).unwrap();
        println!("logged {n}");
    }
}

fn other_process(place: &Path, from: usize, to: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "branch_store::writer_of_another_process",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env("SEKISHO_TEST_CLONE", place)
        .env("SEKISHO_TEST_FROM", from.to_string())
        .env("SEKISHO_TEST_TO", to.to_string());
    command
}

/// Writers × appends; `SEKISHO_TEST_RACE=64x50` makes it larger.
fn race() -> (usize, usize) {
    let text = std::env::var("SEKISHO_TEST_RACE").unwrap_or_else(|_| "8x6".to_owned());
    let (writers, each) = text.split_once('x').unwrap();
    (writers.parse().unwrap(), each.parse().unwrap())
}

#[test]
fn writers_of_two_clones_and_of_another_process_lose_nothing() {
    let (writers, each) = race();
    let remote = Remote::new();
    let seen = begin(&remote.log("one"));
    let places = [
        remote.folder().join("one"),
        remote.clone_of("two", &remote.file()),
        remote.clone_of("three", &remote.file()),
    ];
    let mut other = other_process(&places[2], 90_000, 90_000 + each)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let tries = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for writer in 0..writers {
            let (place, tries) = (&places[writer % 2], &tries);
            scope.spawn(move || {
                let log = open_in_a_crowd(place);
                for n in 0..each {
                    tries.fetch_add(1, Ordering::Relaxed);
                    append(&log, 1_000 * (writer + 1) + n, seen).unwrap();
                }
            });
        }
    });
    assert!(other.wait().unwrap().success());
    let log = remote.log("four");
    assert_eq!(sound(&log), 1 + ((writers + 1) * each) as u64);
    for writer in 0..writers {
        for n in 0..each {
            assert!(run(log.find(&id(1_000 * (writer + 1) + n))).unwrap().is_some());
        }
    }
    assert_eq!(run(log.remarks()).unwrap(), vec![]);
}

#[test]
fn lost_answer_is_no_second_record() {
    let remote = Remote::new();
    git(&remote.bare(), &["config", "http.receivepack", "true"]);
    let server = GitHttp::serve(remote.folder());
    let log = open(&remote.clone_of("one", &server.url("shop.git")));
    let seen = begin(&log);
    server.lose(1);
    let sealed = append(&log, 1, seen).unwrap();
    assert_eq!(sealed[0].seq, 1);
    server.lose(1);
    let guard = Guard::At(run(log.head()).unwrap());
    let sealed = run(log.append(&[draft(2, seen)], guard, &time(10))).unwrap();
    assert_eq!(sealed[0].seq, 2);
    assert_eq!(sound(&log), 3);
    assert_eq!(remote.git(&["rev-list", "--count", BRANCH]), "3");
    // The same for records that come from another log.
    let copy = open(&remote.clone_of("two", &server.url("copy.git")));
    git(remote.folder(), &["init", "-q", "--bare", "copy.git"]);
    git(
        &remote.folder().join("copy.git"),
        &["config", "http.receivepack", "true"],
    );
    server.lose(1);
    run(copy.adopt(&run(log.range(0, 9)).unwrap(), &[])).unwrap();
    assert_eq!(run(copy.range(0, 9)).unwrap(), run(log.range(0, 9)).unwrap());
}

#[test]
fn a_refusal_is_told_in_the_server_s_words_and_logs_nothing() {
    let remote = Remote::new();
    let log = remote.log("one");
    let seen = begin(&log);
    let hook = remote.bare().join("hooks/pre-receive");
    let words = "#!/bin/sh\nprintf 'not on a Friday \\033[31m https://u:s3cret@h.example/x\\n' >&2\nexit 1\n";
    std::fs::write(&hook, words).unwrap();
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    match append(&log, 1, seen) {
        Err(AppendError::Refused(words)) => {
            assert!(
                words.contains("hook declined") && words.contains("not on a Friday"),
                "{words}"
            );
            assert!(!words.contains("s3cret") && !words.contains('\u{1b}'), "{words}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(run(log.head()).unwrap(), seen);
    std::fs::remove_file(hook).unwrap();
    append(&log, 2, seen).unwrap();
    assert_eq!(sound(&log), 2);
}

#[test]
fn a_locked_reference_is_waited_for_and_not_for_ever() {
    let remote = Remote::new();
    let seen = begin(&remote.log("one"));
    let place = remote.folder().join("one");
    let lock = remote.bare().join(format!("{BRANCH}.lock"));
    std::fs::write(&lock, "").unwrap();
    let limited = open_with(&place, Box::new(|attempt| attempt < 2));
    let words = unreachable(append(&limited, 1, seen));
    assert!(words.contains("others kept writing"), "{words}");
    assert_eq!(remote.git(&["rev-list", "--count", BRANCH]), "1");
    let freed = lock.clone();
    let patient = open_with(
        &place,
        Box::new(move |attempt| {
            if attempt == 1 {
                std::fs::remove_file(&freed).unwrap();
            }
            true
        }),
    );
    append(&patient, 1, seen).unwrap();
    assert_eq!(sound(&patient), 2);
}

#[test]
fn junk_on_the_branch_stops_nobody() {
    let remote = Remote::new();
    let log = remote.log("one");
    let seen = begin(&log);
    append(&log, 1, seen).unwrap();
    let second = run(log.range(1, 2)).unwrap().remove(0);
    let text = String::from_utf8(second.bytes.clone()).unwrap();
    let head = run(log.head()).unwrap();
    // A record that could come next, but for one thing.
    let next = |bend: &dyn Fn(&mut Statement)| {
        let mut bent = act(7, head);
        bend(&mut bent);
        let st = String::from_utf8(bent.encode().unwrap()).unwrap();
        let prev = Digest::from_bytes(head.leaf).hex();
        format!(
            "{{\"prev\":\"{prev}\",\"seq\":2,\"sig\":[],\"st\":{st},\"time\":\"{}\",\"v\":1}}\n",
            time(10)
        )
    };
    let right = next(&|_| {});
    let junk: Vec<Vec<u8>> = vec![
        b"not json\n".to_vec(),
        text.replace("\"seq\":1", "\"seq\":9").into_bytes(),
        right.replacen("\"seq\":2", "\"seq\":3", 1).into_bytes(),
        right.replacen("\"prev\":\"", "\"prev\":\"0", 1).into_bytes(),
        right.replacen(",\"seq\"", ", \"seq\"", 1).into_bytes(),
        next(&|st| st.log = "git.example/other".to_owned()).into_bytes(),
        next(&|st| st.id = id(1)).into_bytes(),
        next(&|st| st.seen.leaf[0] ^= 1).into_bytes(),
        next(&|st| st.act = "log.created/1".to_owned()).into_bytes(),
        next(&|st| st.time = time(-4_000)).into_bytes(),
        next(&|st| st.by = "key:SHA256:abc".to_owned()).into_bytes(),
        right
            .replace(
                &format!("\"time\":\"{}\",\"v\"", time(10)),
                &format!("\"time\":\"{}\",\"v\"", time(0)),
            )
            .into_bytes(),
        vec![b'x'; 70 * 1024 * 1024],
    ];
    for bytes in &junk {
        remote.plant(&[("records.jsonl", bytes)], &[&remote.tip()]);
    }
    remote.plant(&[("unrelated.txt", b"hello\n")], &[&remote.tip()]);
    append(&log, 3, seen).unwrap();
    // Taken over among the junk: what is right in itself counts.
    let fresh = remote.log("two");
    assert_eq!(sound(&fresh), 3);
    assert_eq!(run(fresh.range(2, 3)).unwrap(), run(log.range(2, 3)).unwrap());
    assert_eq!(run(fresh.remarks()).unwrap().len(), junk.len() + 1);
    assert_eq!(run(log.remarks()).unwrap(), run(fresh.remarks()).unwrap());
    append(&fresh, 4, seen).unwrap();
    assert_eq!(sound(&log), 4);
}

#[test]
fn documents_that_lie_about_their_digest_are_not_handed_out() {
    let remote = Remote::new();
    let log = remote.log("one");
    let seen = begin(&log);
    let note = b"{\"reason\":\"true\"}".to_vec();
    let named = attach(act(1, seen), "note", &note);
    let sealed = {
        let copy = MemoryLedger::new();
        run(copy.adopt(&run(log.range(0, 1)).unwrap(), &[])).unwrap();
        let with = Draft {
            blobs: vec![note.clone()],
            ..unsigned(&named)
        };
        run(copy.append(&[with], Guard::Any, &time(10)))
            .unwrap()
            .remove(0)
    };
    let lie = format!("{{\"b\":\"bGll\",\"d\":\"{}\"}}\n", Digest::of(&note));
    let mut line = sealed.bytes;
    line.push(b'\n');
    remote.plant(
        &[("records.jsonl", &line), ("blobs.jsonl", lie.as_bytes())],
        &[&remote.tip()],
    );
    let report = verified(&log);
    assert_eq!(run(log.blob(&Digest::of(&note))).unwrap(), None);
    assert_eq!(report.damages.len(), 1, "{:?}", report.damages);
}

#[test]
fn a_record_of_a_newer_version_is_not_passed_over() {
    let remote = Remote::new();
    let log = remote.log("one");
    let head = begin(&log);
    let prev = Digest::from_bytes(head.leaf).hex();
    let newer = format!(
        "{{\"prev\":\"{prev}\",\"seq\":1,\"sig\":[],\"st\":{{}},\"time\":\"{}\",\"v\":2}}\n",
        time(10)
    );
    remote.plant(&[("records.jsonl", newer.as_bytes())], &[&remote.tip()]);
    // Not passed over, but told by name, with what to do.
    let commit = remote.tip();
    blocked(run(log.refresh()), "damage-branch-newer", &commit);
    remote.git(&["update-ref", BRANCH, &format!("{commit}^")]);
    append(&log, 1, head).unwrap();
    assert_eq!(sound(&log), 2);
}

/// The line that would come next.
fn line_behind(head: Head, st: &Statement, signature: Option<(&str, &[u8])>, at: i64) -> Vec<u8> {
    let st = String::from_utf8(st.encode().unwrap()).unwrap();
    let prev = Digest::from_bytes(head.leaf).hex();
    let sig = signature.map_or(
        json!([]),
        |(kind, blob)| json!([{"d": Digest::of(blob), "t": kind}]),
    );
    let (seq, time) = (head.size, time(at));
    format!(r#"{{"prev":"{prev}","seq":{seq},"sig":{sig},"st":{st},"time":"{time}","v":1}}"#).into_bytes()
}

/// A document as a line of the branch.
fn document_line(bytes: &[u8]) -> Vec<u8> {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    format!("{{\"b\":\"{encoded}\",\"d\":\"{}\"}}\n", Digest::of(bytes)).into_bytes()
}

const YEARS: i64 = 10 * 366 * 86_400;

/// Where signatures are asked for, whoever can only push cannot put a record into the log, be it as
/// right in itself as can be.
#[test]
fn records_that_nobody_signed_who_may_are_not_the_logs() {
    let remote = Remote::new();
    let log = remote.log("one");
    let (sato, stranger) = (Person::new("sato", 1), Person::new("sato", 9));
    run(log.append(&[genesis(&sato, &[&sato])], Guard::Any, &time(0))).unwrap();
    let head = run(log.head()).unwrap();
    let later = |n, by: &str, act: &str, at| {
        let mut st = statement(act, n, head, json!({"person": "person:sato"}), at);
        st.by = by.to_owned();
        st
    };
    let plain = later(1, "person:sato", "change.declared/1", YEARS);
    let closes = later(2, "person:sato", "log.closed/1", 10);
    let strange = later(3, &stranger.principal(), "change.declared/1", 10);
    let another = later(4, &sato.principal(), "change.declared/1", 10);
    let signed = |by: &Person, st: &Statement| by.sign("sekisho-statement-v1", &st.encode().unwrap());
    let (own, false_one) = (signed(&stranger, &strange), signed(&sato, &strange));
    let plant = |st: &Statement, signature: Option<(&str, &[u8])>, at, blobs: &[u8]| {
        let mut line = line_behind(head, st, signature, at);
        line.push(b'\n');
        remote.plant(
            &[("records.jsonl", &line), ("blobs.jsonl", blobs)],
            &[&remote.tip()],
        );
    };
    plant(&plain, None, YEARS, b"");
    plant(&closes, None, 10, b"");
    plant(&strange, Some(("sshsig", &own)), 10, &document_line(&own));
    plant(
        &another,
        Some(("sshsig", &false_one)),
        10,
        &document_line(&false_one),
    );
    plant(&another, Some(("sshsig", &signed(&sato, &another))), 10, b"");
    plant(
        &plain,
        Some(("github-oidc", b"token")),
        YEARS,
        &document_line(b"token"),
    );
    let right = sato.draft(later(5, "", "change.declared/1", 10), Vec::new());
    run(log.append(&[right], Guard::Any, &time(10))).unwrap();
    assert_eq!(sound(&log), 2);
    let fresh = remote.log("two");
    assert_eq!(sound(&fresh), 2);
    assert_eq!(run(fresh.range(1, 2)).unwrap(), run(log.range(1, 2)).unwrap());
    assert_eq!(run(fresh.remarks()).unwrap().len(), 6);
    // Nor does a writer put there what readers would pass over.
    let refused = append(&fresh, 7, head);
    assert!(
        matches!(&refused, Err(AppendError::Refused(why)) if why.contains("only what somebody signed")),
        "{refused:?}"
    );
    assert_eq!(sound(&log), 2);
}

/// A clone that took it in would remember it; one that passed it over would have another log later.
#[test]
fn record_of_a_time_to_come_stops_everybody_by_name_and_is_taken_off_without_a_trace() {
    let (remote, log, seen) = with_three();
    let head = run(log.head()).unwrap();
    let mut ahead = act(7, head);
    ahead.time = time(YEARS);
    let mut line = line_behind(head, &ahead, None, YEARS);
    line.push(b'\n');
    let commit = remote.plant(&[("records.jsonl", &line)], &[&remote.tip()]);
    let fresh = remote.log("two");
    for reader in [&log, &fresh] {
        blocked(run(reader.refresh()), "damage-branch-ahead", &commit);
        assert!(append(reader, 8, seen).is_err());
    }
    assert_eq!(run(log.head()).unwrap(), head);
    remote.git(&["update-ref", BRANCH, &format!("{commit}^")]);
    append(&log, 8, seen).unwrap();
    assert_eq!((sound(&log), sound(&fresh)), (4, 4));
}

#[track_caller]
fn blocked<T: std::fmt::Debug>(answer: Result<T, StoreError>, key: &str, commit: &str) {
    match answer {
        Err(StoreError::Blocked(message)) => {
            let told = message
                .with
                .iter()
                .any(|(_, value)| format!("{value:?}").contains(commit));
            assert!(message.key == key && told, "{message:?}");
        }
        other => panic!("{other:?}"),
    }
}

/// What lies behind the thousandth line of a commit, no writer put there.
#[test]
fn a_commit_of_lines_without_end_is_not_read_to_its_end() {
    let (remote, log, seen) = with_three();
    let head = run(log.head()).unwrap();
    let mut many = b"{}\n".repeat(1_000);
    many.extend(line_behind(head, &act(7, head), None, 10));
    remote.plant(&[("records.jsonl", &many)], &[&remote.tip()]);
    remote.plant(
        &[("records.jsonl", &b"{}\n".repeat(15_000_000))],
        &[&remote.tip()],
    );
    assert_eq!(sound(&log), 3);
    assert_eq!(run(log.remarks()).unwrap().len(), 2);
    append(&log, 8, seen).unwrap();
    assert_eq!(sound(&remote.log("two")), 4);
}

/// The branch, and how often a file of it was read.
struct Counted(Box<dyn LogBranch>, std::sync::Arc<AtomicU32>);

impl LogBranch for Counted {
    fn name(&self) -> String {
        self.0.name()
    }
    fn fetch(&self) -> Result<Option<String>, StoreError> {
        self.0.fetch()
    }
    fn commits(&self, since: Option<&str>, tip: &str) -> Result<Option<Vec<String>>, StoreError> {
        self.0.commits(since, tip)
    }
    fn file_id(&self, commit: &str, name: &str) -> Result<Option<String>, StoreError> {
        self.0.file_id(commit, name)
    }
    fn file(&self, commit: &str, name: &str, most: usize) -> Result<LogFile, StoreError> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.file(commit, name, most)
    }
    fn message(&self, commit: &str) -> Result<String, StoreError> {
        self.0.message(commit)
    }
    fn commit(&self, commit: &LogCommit) -> Result<String, StoreError> {
        self.0.commit(commit)
    }
    fn replay(
        &self,
        commit: &str,
        parent: Option<&str>,
        file: (&'static str, Option<&[u8]>),
    ) -> Result<String, StoreError> {
        self.0.replay(commit, parent, file)
    }
    fn offer(&self, commit: &str, expected: Option<&str>) -> Result<Offer, StoreError> {
        self.0.offer(commit, expected)
    }
    fn forget(&self) -> Result<(), StoreError> {
        self.0.forget()
    }
}

/// One long file in many commits costs who pushes it nothing.
#[test]
fn the_same_junk_in_many_commits_is_read_once() {
    let (remote, log, seen) = with_three();
    let junk = b"{\"prev\":\"\"}\n".repeat(900);
    for _ in 0..8 {
        remote.plant(&[("records.jsonl", &junk)], &[&remote.tip()]);
    }
    let place = remote.clone_of("counted", &remote.file());
    let folder = place.join(".git/sekisho/branch/origin");
    let branch = GitRepository::open(&place)
        .unwrap()
        .log_branch("origin", &folder)
        .unwrap();
    let reads = std::sync::Arc::new(AtomicU32::new(0));
    let reader = Reader::new(Box::new(SshVerifier), i64::MAX);
    let counted = Counted(Box::new(branch), std::sync::Arc::clone(&reads));
    let fresh = BranchLedger::new(Box::new(counted), &folder, Box::new(|_| true), reader);
    assert_eq!(sound(&fresh), 3);
    assert_eq!(run(fresh.remarks()).unwrap().len(), 8);
    // Two files of each of three commits, and the junk.
    assert_eq!(reads.load(Ordering::Relaxed), 7);
    // What was judged is kept with how far the branch was read.
    assert_eq!(sound(&fresh), 3);
    assert_eq!(reads.load(Ordering::Relaxed), 7);
    append(&log, 9, seen).unwrap();
    assert_eq!(sound(&fresh), 4);
}

/// A log with three records, all of them read by one clone.
fn with_three() -> (Remote, BranchLedger, Head) {
    let remote = Remote::new();
    let log = remote.log("one");
    let seen = begin(&log);
    append(&log, 1, seen).unwrap();
    append(&log, 2, seen).unwrap();
    (remote, log, seen)
}

#[test]
fn truncated_branch_is_no_shorter_log() {
    let (remote, log, seen) = with_three();
    remote.git(&["update-ref", BRANCH, &format!("{BRANCH}~1")]);
    damaged(run(log.refresh()), "rewritten");
    // Nor is it filled up again by whoever still has the rest.
    assert!(append(&log, 3, seen).is_err());
    assert_eq!(remote.git(&["rev-list", "--count", BRANCH]), "2");
    assert_eq!(
        run(log.head()).unwrap().size,
        3,
        "what was read stays to be shown"
    );
}

#[test]
fn truncated_branch_with_a_commit_on_top_is_no_other_log() {
    let (remote, log, seen) = with_three();
    let old = remote.tip();
    remote.git(&["update-ref", BRANCH, &format!("{BRANCH}~1")]);
    let other = remote.log("two");
    assert_eq!(sound(&other), 2);
    append(&other, 9, seen).unwrap();
    assert_ne!(remote.tip(), old);
    damaged(run(log.refresh()), "not all there");
}

#[test]
fn deleted_branch_is_no_empty_log() {
    let (remote, log, seen) = with_three();
    remote.git(&["update-ref", "-d", BRANCH]);
    damaged(run(log.refresh()), "gone");
    assert!(append(&log, 3, seen).is_err());
    assert_eq!(remote.git(&["for-each-ref"]), "", "nothing was written");
}

#[test]
fn forged_branch_is_no_other_log() {
    let (remote, log, seen) = with_three();
    let other = Remote::new();
    let forger = other.log("one");
    let hayashi = Person::new("hayashi", 2);
    run(forger.append(&[open_genesis(&hayashi, &[&hayashi])], Guard::Any, &time(0))).unwrap();
    let forged = run(forger.head()).unwrap();
    for n in 1..6 {
        append(&forger, n, forged).unwrap();
    }
    remote.git(&["fetch", "-q", &other.file(), &format!("+{BRANCH}:{BRANCH}")]);
    damaged(run(log.refresh()), "rewritten");
    assert!(append(&log, 3, seen).is_err());
}

#[test]
fn joined_lines_are_refused_by_name() {
    let (remote, log, _) = with_three();
    let old = remote.tip();
    let stranger = remote.plant(&[("x", b"x")], &[]);
    let joined = remote.plant(&[("x", b"x")], &[&stranger, &old]);
    damaged(run(log.refresh()), &joined);
    damaged(run(remote.log("two").refresh()), &joined);
}

#[test]
fn a_remote_that_is_away_is_told_apart_from_an_empty_one() {
    let (remote, log, seen) = with_three();
    let place = remote.folder().join("one");
    git(
        &place,
        &[
            "config",
            "remote.origin.url",
            "file:///nowhere/u:s3cret@x/shop.git",
        ],
    );
    let away = open(&place);
    let refused = run(away.refresh());
    assert!(
        matches!(&refused, Err(StoreError::Unreachable(words)) if !words.contains("s3cret")),
        "{refused:?}"
    );
    let words = unreachable(append(&away, 3, seen));
    assert!(!words.contains("s3cret"), "{words}");
    assert_eq!(run(away.head()).unwrap(), run(log.head()).unwrap());
    assert!(away.as_of().is_some());
}

#[test]
fn credentials_of_the_clone_reach_the_server_and_nobody_else() {
    let remote = Remote::new();
    git(&remote.bare(), &["config", "http.receivepack", "true"]);
    let server = GitHttp::serve(remote.folder());
    server.demand("Bearer t0ps3cret");
    let url = server.url("shop.git");
    let place = remote.clone_of("one", &url);
    let refused = run(open(&place).refresh());
    assert!(matches!(refused, Err(StoreError::Unreachable(_))), "{refused:?}");
    // As a checkout in a workflow leaves it: in the clone's configuration, or in a file beside it
    // that counts for this git folder.
    let header = "AUTHORIZATION: Bearer t0ps3cret";
    git(&place, &["config", &format!("http.{url}.extraheader"), header]);
    let seen = begin(&open(&place));
    let other = remote.clone_of("two", &url);
    let beside = remote.folder().join("credentials.config");
    std::fs::write(&beside, format!("[http \"{url}\"]\n\textraheader = {header}\n")).unwrap();
    let condition = format!("includeIf.gitdir:{}.path", other.join(".git").display());
    git(&other, &["config", &condition, &beside.display().to_string()]);
    let two = open(&other);
    append_after_fetch(&two, 1, seen);
    let kept = std::fs::read_to_string(other.join(".git/sekisho/branch/origin/log.git/config")).unwrap();
    assert!(!kept.contains("t0ps3cret"), "{kept}");
}

fn append_after_fetch(log: &BranchLedger, n: usize, seen: Head) {
    run(log.refresh()).unwrap();
    append(log, n, seen).unwrap();
}

#[test]
fn program_that_the_configuration_of_a_clone_would_start() {
    let (remote, _, seen) = with_three();
    let place = remote.folder().join("one");
    let mark = remote.folder().join("started");
    let program = remote.folder().join("program.sh");
    std::fs::write(
        &program,
        format!("#!/bin/sh\ntouch '{}'\nexit 1\n", mark.display()),
    )
    .unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let program = program.display().to_string();
    let hooks = remote.folder().join("hooks");
    std::fs::create_dir(&hooks).unwrap();
    std::fs::copy(&program, hooks.join("pre-push")).unwrap();
    std::fs::copy(&program, hooks.join("reference-transaction")).unwrap();
    let hooks = hooks.display().to_string();
    for (name, value) in [
        ("remote.origin.uploadpack", program.as_str()),
        ("remote.origin.receivepack", &program),
        ("remote.origin.vcs", "ext"),
        ("core.fsmonitor", &program),
        ("core.hooksPath", &hooks),
        ("core.alternateRefsCommand", &program),
        ("core.pager", &program),
        ("gpg.program", &program),
        ("push.gpgSign", "true"),
    ] {
        git(&place, &["config", name, value]);
    }
    append(&open(&place), 3, seen).unwrap();
    assert_eq!(sound(&open(&place)), 4);
    assert!(!mark.exists());
    let address = format!("ext::{program}");
    git(&place, &["config", "remote.origin.url", &address]);
    git(&place, &["config", "protocol.ext.allow", "always"]);
    assert!(run(open(&place).refresh()).is_err());
    assert!(!mark.exists());
}

#[test]
fn what_a_clone_keeps_can_be_deleted_cut_and_written_over() {
    let (remote, log, seen) = with_three();
    drop(log);
    let kept = remote.folder().join("one/.git/sekisho/branch/origin");
    let state = kept.join("state");
    let old = std::fs::read_to_string(&state).unwrap();
    let mirror = kept.join("mirror-0.sqlite");
    let whole = std::fs::read(&mirror).unwrap();
    let harms: [(&str, &dyn Fn()); 6] = [
        ("no mirror", &|| drop(std::fs::remove_file(&mirror))),
        ("half a mirror", &|| {
            std::fs::write(kept.join(current(&kept)), &whole[..whole.len() / 2]).unwrap()
        }),
        ("no copy", &|| {
            std::fs::remove_dir_all(kept.join("log.git")).unwrap()
        }),
        ("no state", &|| std::fs::remove_file(&state).unwrap()),
        ("a state of nothing", &|| std::fs::write(&state, "x\n").unwrap()),
        ("nothing", &|| std::fs::remove_dir_all(&kept).unwrap()),
    ];
    for (nth, (name, harm)) in harms.iter().enumerate() {
        harm();
        let log = open(&remote.folder().join("one"));
        assert_eq!(sound(&log), 3 + nth as u64, "{name}");
        append(&log, 10 + nth, seen).unwrap();
        assert_eq!(
            sound(&remote.log(&format!("other-{nth}"))),
            4 + nth as u64,
            "{name}"
        );
    }
    // A mirror from before, with the state of today: an append behind its end would be lost.
    let log = open(&remote.folder().join("one"));
    let size = sound(&log);
    drop(log);
    let today = std::fs::read_to_string(&state).unwrap();
    assert_ne!(today, old);
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(kept.join(format!("{}{end}", current(&kept))));
    }
    std::fs::write(kept.join(current(&kept)), &whole).unwrap();
    let log = open(&remote.folder().join("one"));
    append(&log, 30, seen).unwrap();
    assert_eq!(sound(&remote.log("last")), size + 1);
}

/// The file that the state names.
fn current(kept: &Path) -> String {
    let state = std::fs::read_to_string(kept.join("state")).unwrap();
    let line = state.lines().find_map(|line| line.strip_prefix("mirror "));
    format!("mirror-{}.sqlite", line.unwrap())
}

#[test]
fn a_folder_that_cannot_be_had_is_told() {
    let remote = Remote::new();
    let place = remote.clone_of("one", &remote.file());
    std::fs::create_dir_all(place.join(".git/sekisho")).unwrap();
    std::fs::write(place.join(".git/sekisho/branch"), "a file").unwrap();
    let sato = Person::new("sato", 1);
    let words = unreachable(run(open(&place).append(
        &[open_genesis(&sato, &[&sato])],
        Guard::Any,
        &time(0),
    )));
    assert!(words.contains(".git/sekisho/branch"), "{words}");
    assert_eq!(remote.git(&["for-each-ref"]), "");
}

#[test]
fn a_document_leaves_every_commit_and_no_record_changes() {
    let (remote, log, seen) = with_three();
    let note = b"{\"reason\":\"a phone number\"}".to_vec();
    let named = Digest::of(&note);
    let with = Draft {
        blobs: vec![note.clone()],
        ..unsigned(&attach(act(3, seen), "note", &note))
    };
    run(log.append(&[with], Guard::Any, &time(10))).unwrap();
    append(&log, 4, seen).unwrap();
    assert!(run(log.rewrite_without(&named)).is_err(), "no record says so");
    let body = json!({"at": 3, "basis": "personal-data", "blob": named.to_string()});
    let taken_out = unsigned(&statement("blob.redacted/1", 5, seen, body, 20));
    run(log.append(&[taken_out], Guard::Any, &time(20))).unwrap();
    let other = remote.log("two");
    assert!(run(other.refresh()).is_ok() && run(other.blob(&named)).unwrap().is_some());
    let before = (run(log.range(0, 99)).unwrap(), verified(&log).tree.root());
    let names = remote.git(&["log", "--format=%s %at", BRANCH]);
    run(log.rewrite_without(&named)).unwrap();
    for log in [&log, &other, &remote.log("three")] {
        assert_eq!(sound(log), before.0.len() as u64);
        assert_eq!(run(log.range(0, 99)).unwrap(), before.0);
        assert_eq!(verified(log).tree.root(), before.1);
        assert_eq!(run(log.blob(&named)).unwrap(), None);
    }
    assert_eq!(remote.git(&["log", "--format=%s %at", BRANCH]), names);
    // The bytes are in no copy and, after the host has cleaned up, on no remote.
    remote.git(&["reflog", "expire", "--expire=now", "--all"]);
    remote.git(&["gc", "-q", "--prune=now"]);
    let all = remote.git(&["cat-file", "--batch-all-objects", "--batch"]);
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(&note);
    assert!(!all.contains(&encoded));
    append(&other, 6, seen).unwrap();
    assert_eq!(sound(&log), 7);
}

#[test]
fn a_long_log_is_taken_over_in_several_commits_at_once() {
    let memory = MemoryLedger::new();
    let sato = Person::new("sato", 1);
    run(memory.append(&[open_genesis(&sato, &[&sato])], Guard::Any, &time(0))).unwrap();
    let seen = run(memory.head()).unwrap();
    let drafts: Vec<Draft> = (1..2_500).map(|n| draft(n, seen)).collect();
    run(memory.append(&drafts, Guard::Any, &time(10))).unwrap();
    let records = run(memory.range(0, 9_999)).unwrap();
    let digests = records.iter().flat_map(|r| Record::names(&r.bytes).unwrap());
    let blobs: Vec<Vec<u8>> = digests.filter_map(|d| run(memory.blob(&d)).unwrap()).collect();
    let remote = Remote::new();
    let log = remote.log("one");
    run(log.adopt(&records, &blobs)).unwrap();
    assert_eq!(remote.git(&["rev-list", "--count", BRANCH]), "3");
    let other = remote.log("two");
    assert_eq!(sound(&other), 2_500);
    assert_eq!(run(other.range(0, 9_999)).unwrap(), records);
    let again = run(other.adopt(&records, &[]));
    assert!(matches!(again, Err(AppendError::Stale(_))), "{again:?}");
}

#[test]
fn killed_in_the_middle() {
    let rounds = std::env::var("SEKISHO_TEST_ROUNDS").map_or(10, |text| text.parse().unwrap());
    let remote = Remote::new();
    begin(&remote.log("one"));
    let place: PathBuf = remote.folder().join("one");
    let mut logged = 0;
    for round in 0..rounds {
        let from = 1_000 * (round + 1);
        let mut writer = other_process(&place, from, from + 500)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = std::io::BufReader::new(writer.stdout.take().unwrap());
        let mut said = Vec::new();
        while said.len() < 2 + round % 3 {
            let mut line = String::new();
            assert!(std::io::BufRead::read_line(&mut told, &mut line).unwrap() > 0);
            said.extend(
                line.trim()
                    .strip_prefix("logged ")
                    .map(|n| n.parse::<usize>().unwrap()),
            );
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        let log = open(&place);
        let size = sound(&log);
        assert!(size > logged);
        logged = size;
        for n in said {
            assert!(run(log.find(&id(n))).unwrap().is_some(), "{n} was acknowledged");
        }
        assert_eq!(run(log.remarks()).unwrap(), vec![]);
    }
    assert_eq!(sound(&remote.log("two")), logged);
}
