//! The program on clones that share one log on a branch, over HTTP.

use std::path::Path;

use crate::attacks::{declared, shop};
use crate::support::git_http::GitHttp;
use crate::support::stage::{Done, Stage};

/// The shop with a remote that it pushes to, and its log on the remote's branch.
pub(crate) fn shared_shop() -> (Stage, GitHttp) {
    let stage = shop();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    let server = with_remote(&stage);
    let done = stage.sekisho("sato", &["baseline"]).expect(0);
    assert!(done.err.contains("origin/sekisho-log"), "{}", done.both());
    (stage, server)
}

/// Gives the shop a remote over HTTP.
pub(crate) fn with_remote(stage: &Stage) -> GitHttp {
    stage.git("sato", &["init", "-q", "--bare", "-b", "main", "../shop.git"]);
    stage.git(
        "sato",
        &["-C", "../shop.git", "config", "http.receivepack", "true"],
    );
    let server = GitHttp::serve(&stage.path(".."));
    stage.git("sato", &["remote", "add", "origin", &server.url("shop.git")]);
    stage.git("sato", &["push", "-q", "origin", "main"]);
    server
}

/// A clone beside the shop.
fn clone(stage: &Stage, server: &GitHttp, name: &str, flags: &[&str]) -> String {
    let place = stage.path("..").join(name).display().to_string();
    stage.git(
        "sato",
        &[&["clone", "-q"], flags, &[&server.url("shop.git"), &place]].concat(),
    );
    place
}

fn at(stage: &Stage, person: &str, place: &str, arguments: &[&str]) -> Done {
    stage.sekisho(person, &[&["-C", place], arguments].concat())
}

#[test]
fn two_people_on_two_clones_and_a_third_process_write_one_log() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.git("sato", &["push", "-q", "origin", "main"]);
    let [b, c] = ["b", "c"].map(|name| clone(&stage, &server, name, &[]));
    stage.sekisho("sato", &["gate"]).expect(1);
    at(&stage, "hayashi", &b, &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    // At the same time: the end of this one, and two answers to the next.
    let next = declared(&stage, "app.txt", "Three");
    stage.git("sato", &["push", "-q", "origin", "main"]);
    for place in [&b, &c] {
        stage.git("sato", &["-C", place, "pull", "-q"]);
    }
    std::thread::scope(|scope| {
        let acts = [
            scope.spawn(|| stage.sekisho("sato", &["finish", &id, "--outcome", "success"])),
            scope.spawn(|| at(&stage, "hayashi", &b, &["approve", &next])),
            scope.spawn(|| at(&stage, "ishii", &c, &["approve", &next])),
        ];
        for act in acts {
            act.join().unwrap().expect(0);
        }
    });
    at(&stage, "sato", &c, &["gate"]).expect(0);
    let d = clone(&stage, &server, "d", &[]);
    let report = at(&stage, "ishii", &d, &["verify", "--format", "json"])
        .expect(0)
        .json();
    let everywhere = stage
        .sekisho("sato", &["verify", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(
        (&report["head"], &report["size"]),
        (&everywhere["head"], &everywhere["size"])
    );
    let commits = stage.git(
        "sato",
        &["-C", "../shop.git", "rev-list", "--count", "sekisho-log"],
    );
    // The first commit holds the log's beginning and the first state.
    assert_eq!(
        report["size"].as_u64().unwrap(),
        commits.trim().parse::<u64>().unwrap() + 1
    );
    // Work tree, index and branches are as git left them.
    assert_eq!(stage.git("sato", &["status", "--porcelain"]), "");
    assert!(!stage.git("sato", &["for-each-ref"]).contains("sekisho"));
}

#[test]
fn junk_on_the_branch_is_named_and_stops_nobody() {
    let (stage, server) = shared_shop();
    let place = clone(&stage, &server, "b", &["--branch", "sekisho-log"]);
    std::fs::write(Path::new(&place).join("records.jsonl"), "not a record\n").unwrap();
    stage.git("sato", &["-C", &place, "commit", "-qam", "Oops"]);
    stage.git("sato", &["-C", &place, "push", "-q", "origin", "sekisho-log"]);
    let commit = stage.git("sato", &["-C", &place, "rev-parse", "HEAD"]);
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let done = stage.sekisho("sato", &["verify"]).expect(0);
    assert!(done.out.contains(&commit[..12]), "{}", done.both());
}

/// Cut off on the branch: an objection, and what a clone that has never read it believes.
#[test]
fn fresh_clone_of_a_branch_that_was_put_back_and_the_receipt_that_shows_it() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.git("sato", &["push", "-q", "origin", "main"]);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let bare = |words: &[&str]| stage.git("sato", &[&["-C", "../shop.git"], words].concat());
    let before = bare(&["rev-parse", "sekisho-log"]);
    let object = ["object", &id, "--reason", "The price is wrong"];
    stage.sekisho("ishii", &object).expect(0);
    let page = stage.sekisho("sato", &["verify", "--format", "json"]).json();
    let receipt = format!("{} {}", page["size"], page["root"].as_str().unwrap());
    let fresh = clone(&stage, &server, "fresh", &[]);
    at(&stage, "sato", &fresh, &["--against", &receipt, "gate"]).expect(1);
    bare(&["update-ref", "refs/heads/sekisho-log", before.trim()]);
    // Whoever has read it, or holds the receipt, is not deceived, whatever they are about to do.
    stage.sekisho("sato", &["gate"]).expect(4);
    let other = clone(&stage, &server, "other", &[]);
    for words in [
        &["gate"][..],
        &["approve", &id],
        &["start", &id],
        &["history"],
        &["verify"],
    ] {
        let done = at(
            &stage,
            "sato",
            &other,
            &[&["--against", &receipt], words].concat(),
        )
        .expect(4);
        assert!(done.both().contains("records"), "{}", done.both());
    }
    let variable = [("SEKISHO_AGAINST", receipt.as_str())];
    stage
        .sekisho_with("sato", &["-C", &other, "gate"], &variable)
        .expect(4);
    // An unset variable of a workflow is no receipt, and no pass either.
    stage
        .sekisho_with("sato", &["-C", &other, "gate"], &[("SEKISHO_AGAINST", "")])
        .expect(2);
    // Without one, nothing tells: that is what the documents say.
    at(&stage, "sato", &other, &["gate"]).expect(0);
}

#[test]
fn what_a_clone_keeps_of_the_branch_as_a_link_to_a_file_of_somebody() {
    let (stage, _server) = shared_shop();
    std::fs::write(stage.path("../secret"), "hunter2 hunter2\n").unwrap();
    let state = stage.path(".git/sekisho/branch/origin/state");
    let kept = std::fs::read(&state).unwrap();
    std::fs::remove_file(&state).unwrap();
    std::os::unix::fs::symlink(stage.path("../secret"), &state).unwrap();
    let done = stage.sekisho("sato", &["gate"]).expect(3);
    assert!(!done.both().contains("hunter2"), "{}", done.both());
    std::fs::remove_file(&state).unwrap();
    std::fs::write(&state, vec![b'x'; 1 << 20]).unwrap();
    stage.sekisho("sato", &["gate"]).expect(3);
    std::fs::write(&state, kept).unwrap();
    stage.sekisho("sato", &["verify"]).expect(0);
}

#[test]
fn without_the_remote_what_was_fetched_is_shown_and_nothing_passes() {
    let (stage, _server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let address = "http://sato:hunter2@127.0.0.1:9/shop.git";
    stage.git("sato", &["config", "remote.origin.url", address]);
    for arguments in [&["history"][..], &["verify"], &["check"], &["due"]] {
        let done = stage.sekisho("sato", arguments).expect(0);
        assert!(done.err.contains("as of"), "{}", done.both());
        assert!(!done.both().contains("hunter2"), "{}", done.both());
    }
    for arguments in [&["gate"][..], &["start", &id], &["log", "sync"]] {
        let done = stage.sekisho("hayashi", arguments).expect(3);
        assert!(!done.both().contains("hunter2"), "{}", done.both());
    }
}

#[test]
fn an_approval_without_the_remote_waits_and_counts_once_it_is_brought_in() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    // The approver's clone has seen the log; then the network goes.
    stage.sekisho("hayashi", &["history"]).expect(0);
    let away = "http://sato:hunter2@127.0.0.1:9/shop.git";
    stage.git("sato", &["config", "remote.origin.url", away]);
    let done = stage.sekisho("hayashi", &["approve", &id]).expect(3);
    assert!(done.err.contains("as of"), "{}", done.both());
    assert!(done.err.contains("kept as draft 1"), "{}", done.both());
    assert!(!done.both().contains("hunter2"), "{}", done.both());
    stage.git("sato", &["config", "remote.origin.url", &server.url("shop.git")]);
    // Not in the log, so nobody has agreed yet.
    let denied = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(denied.both().contains("APP-01"), "{}", denied.both());
    let page = stage
        .sekisho("sato", &["log", "sync", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(page["acts"][0]["state"], "recorded", "{page:#}");
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn log_in_a_file_beside_a_remote_is_told_until_somebody_decides() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    let quiet = stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert!(!quiet.err.contains("log move"), "{}", quiet.both());
    let _server = with_remote(&stage);
    let told = stage.sekisho("sato", &["gate"]).expect(0);
    assert!(
        told.err.contains("sekisho log move --to branch"),
        "{}",
        told.both()
    );
    let place = format!("sqlite:{}", stage.log().display());
    stage.git("sato", &["config", "sekisho.log", &place]);
    let quiet = stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    assert!(!quiet.err.contains("log move"), "{}", quiet.both());
}

#[test]
fn log_that_is_moved_to_the_branch_is_everybodys() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let server = with_remote(&stage);
    let sums = |done: Done| {
        let page = done.expect(0).json();
        (page["size"].clone(), page["root"].clone())
    };
    let before = sums(stage.sekisho("sato", &["verify", "--format", "json"]));
    stage
        .sekisho("hayashi", &["log", "move", "--to", "branch"])
        .expect(0);
    let after = sums(stage.sekisho("sato", &["verify", "--format", "json"]));
    assert_eq!(after, before);
    let other = clone(&stage, &server, "b", &[]);
    let seen = sums(at(&stage, "hayashi", &other, &["verify", "--format", "json"]));
    assert_eq!(seen, before);
    stage.sekisho("sato", &["gate"]).expect(0);
    // And back into a file, by the other one.
    let file = stage.path("../back.sqlite").display().to_string();
    let gone_on = sums(at(&stage, "hayashi", &other, &["verify", "--format", "json"]));
    at(&stage, "hayashi", &other, &["log", "move", "--to", &file]).expect(0);
    let back = sums(at(&stage, "hayashi", &other, &["verify", "--format", "json"]));
    assert_eq!(back, gone_on);
    // Who still looks at the branch is told that the log went on elsewhere.
    let done = stage.sekisho("hayashi", &["approve", &id]).expect(3);
    assert!(done.err.contains("goes on elsewhere"), "{}", done.both());
}

#[test]
fn redacted_text_leaves_the_branch_and_its_past_on_request() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Call 090-1234-5678 about prices");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let root = |stage: &Stage| {
        let page = stage.sekisho("sato", &["verify", "--format", "json"]).expect(0);
        page.json()["root"].clone()
    };
    let on_the_branch = |stage: &Stage| -> bool {
        let past = stage.git(
            "sato",
            &["-C", "../shop.git", "log", "-p", "--text", "sekisho-log"],
        );
        past.lines().any(|line| {
            let Some((_, rest)) = line.split_once("\"b\":\"") else {
                return false;
            };
            let coded = rest.split('"').next().unwrap_or_default();
            let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, coded);
            bytes.is_ok_and(|bytes| memchr::memmem::find(&bytes, b"090-1234-5678").is_some())
        })
    };
    assert!(on_the_branch(&stage));
    let redact = [
        "log",
        "redact",
        &id,
        "--basis",
        "personal-data",
        "--reason",
        "A number",
    ];
    let asked = ["--requested-by", "hayashi"];
    let done = stage.sekisho("sato", &[&redact[..], &asked].concat()).expect(0);
    assert!(done.err.contains("--rewrite"), "{}", done.both());
    assert!(on_the_branch(&stage));
    let before = root(&stage);
    stage
        .sekisho("sato", &[&redact[..], &asked, &["--rewrite"]].concat())
        .expect(0);
    assert!(!on_the_branch(&stage));
    assert_eq!(root(&stage), before);
    let other = clone(&stage, &server, "b", &[]);
    at(&stage, "hayashi", &other, &["verify"]).expect(0);
}

#[test]
fn clone_that_never_saw_the_log_and_cannot_reach_it() {
    let (stage, server) = shared_shop();
    let place = clone(&stage, &server, "b", &[]);
    stage.git(
        "sato",
        &[
            "-C",
            &place,
            "config",
            "remote.origin.url",
            "http://127.0.0.1:9/shop.git",
        ],
    );
    let done = at(&stage, "sato", &place, &["history"]);
    assert!(done.err.contains("never seen it"), "{}", done.both());
    at(&stage, "sato", &place, &["gate"]).expect(3);
    at(&stage, "sato", &place, &["baseline"]).expect(3);
}

#[test]
fn branch_deleted_cut_or_replaced() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let bare = ["-C", "../shop.git"];
    let whole = stage.git("sato", &[&bare[..], &["rev-parse", "sekisho-log"]].concat());
    let set = |to: &str| {
        stage.git(
            "sato",
            &[&bare[..], &["update-ref", "refs/heads/sekisho-log", to]].concat(),
        );
    };
    let stopped = || {
        for arguments in [&["gate"][..], &["verify"], &["approve", &id], &["baseline"]] {
            let done = stage.sekisho("sato", arguments).expect(4);
            assert!(!done.out.contains("PASSED"), "{}", done.both());
        }
    };
    stage.git(
        "sato",
        &[&bare[..], &["update-ref", "-d", "refs/heads/sekisho-log"]].concat(),
    );
    stopped();
    set(&format!("{}~1", whole.trim()));
    stopped();
    // Another log in its place, for a clone that has thrown away everything but its configuration.
    let (other, _other_server) = shared_shop();
    let from = other.path("../shop.git").display().to_string();
    stage.git(
        "sato",
        &[&bare[..], &["fetch", "-q", &from, "+sekisho-log:sekisho-log"]].concat(),
    );
    stopped();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stopped();
    // Put back, for a clone that has read nothing else since.
    set(whole.trim());
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.sekisho("sato", &["gate"]).expect(0);
    drop(server);
}

#[test]
fn shallow_clone_has_the_whole_log_and_stays_as_shallow_as_it_is() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.git("sato", &["push", "-q", "origin", "main"]);
    let place = clone(&stage, &server, "b", &["--depth=1"]);
    let shallow = std::fs::read(Path::new(&place).join(".git/shallow")).unwrap();
    let report = at(&stage, "sato", &place, &["verify", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(report["size"], 3);
    at(&stage, "sato", &place, &["gate"]).expect(3);
    assert_eq!(
        std::fs::read(Path::new(&place).join(".git/shallow")).unwrap(),
        shallow
    );
}

#[test]
fn where_the_log_is_never_changes_by_itself() {
    let (stage, _server) = shared_shop();
    let setting = |name: &str| stage.git("sato", &["config", "--local", name]);
    assert_eq!(setting("sekisho.log"), "branch:origin\n");
    assert_eq!(setting("sekisho.genesis").trim().len(), 64);
    // A file that turns up later is not the log, a second remote is no choice.
    stage.git("sato", &["remote", "add", "another", "http://127.0.0.1:9/x.git"]);
    std::fs::create_dir_all(stage.path(".git/sekisho")).unwrap();
    std::fs::write(stage.log(), "").unwrap();
    stage.sekisho("sato", &["verify"]).expect(0);
    // A log that was begun in a file stays there when a remote comes.
    let alone = shop();
    alone.git("sato", &["remote", "add", "origin", "http://127.0.0.1:9/x.git"]);
    alone.sekisho("sato", &["verify"]).expect(0);
    let done = alone.sekisho("sato", &["--log", "branch:origin", "verify"]);
    assert_eq!(done.code, 4, "{}", done.both());
}

#[test]
fn places_that_are_none() {
    let stage = shop();
    for place in [
        "branch",
        "branch:",
        "branch:../x",
        "sqlite:",
        "postgres://u:hunter2@h/d",
    ] {
        let done = stage.sekisho("sato", &["--log", place, "verify"]).expect(2);
        assert!(!done.both().contains("hunter2"), "{}", done.both());
    }
    stage
        .sekisho("sato", &["--log", "branch:nobody", "verify"])
        .expect(3);
    let file = format!("sqlite:{}", stage.log().display());
    stage.sekisho("sato", &["--log", &file, "verify"]).expect(0);
    stage.sekisho("sato", &["--log", "auto", "verify"]).expect(0);
}
