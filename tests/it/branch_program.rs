//! The program on clones that share one log on a branch, over HTTP.

use std::path::Path;

use crate::attacks::{declared, shop};
use crate::support::git_http::GitHttp;
use crate::support::stage::{Done, Stage};

/// The shop with a remote that it pushes to, and its log on the remote's branch.
fn shared_shop() -> (Stage, GitHttp) {
    let stage = shop();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.git("sato", &["init", "-q", "--bare", "-b", "main", "../shop.git"]);
    stage.git(
        "sato",
        &["-C", "../shop.git", "config", "http.receivepack", "true"],
    );
    let server = GitHttp::serve(&stage.path(".."));
    stage.git("sato", &["remote", "add", "origin", &server.url("shop.git")]);
    stage.git("sato", &["push", "-q", "origin", "main"]);
    let done = stage.sekisho("sato", &["baseline"]).expect(0);
    assert!(done.err.contains("origin/sekisho-log"), "{}", done.both());
    (stage, server)
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
    for arguments in [
        &["gate"][..],
        &["approve", &id],
        &["finish", &id, "--outcome", "success"],
    ] {
        let done = stage.sekisho("hayashi", arguments).expect(3);
        assert!(!done.both().contains("hunter2"), "{}", done.both());
    }
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
