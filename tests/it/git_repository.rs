//! What is read from ordinary repositories.

use std::collections::BTreeSet;

use sekisho::change::Digest;
use sekisho::git::GitRepository;
use sekisho::ports::{Range, Repository, RepositoryError, StepCommit};

use crate::support::repo::Repo;

fn steps(repo: &Repo, base: &str, head: &str) -> Vec<StepCommit> {
    match repo.open().range(base, head, &mut |_| {}).unwrap() {
        Range::Steps(steps) => steps,
        other => panic!("{other:?}"),
    }
}

fn content(repo: &Repo, from: &str, to: &str) -> Digest {
    repo.open()
        .patch(Some(from), to, &BTreeSet::new())
        .unwrap()
        .digest
}

fn paths(step: &StepCommit) -> Vec<(&str, bool)> {
    step.files
        .iter()
        .map(|file| (file.path.as_str(), file.present))
        .collect()
}

#[test]
fn a_range_is_the_first_parent_line_with_what_merges_brought_in() {
    let repo = Repo::new();
    let base = repo.commit("start", &[("a.txt", "1\n"), ("gone.txt", "x\n")]);
    repo.branch("feature");
    let one = repo.commit(
        "one\n\nChange: CHG-20261204-7K3Q\nCo-authored-by: Mori <MORI@Agency.example>",
        &[("b/c.txt", "2\n")],
    );
    let two = repo.commit("two", &[("b.txt", "2\n")]);
    repo.switch("main");
    repo.remove("gone.txt");
    let plain = repo.commit("plain", &[]);
    let merge = repo.merge("feature", "merge feature");

    let mut seen = Vec::new();
    let range = repo
        .open()
        .range(&base, &merge, &mut |count| seen.push(count))
        .unwrap();
    assert_eq!(seen, [1, 2]);
    let Range::Steps(steps) = range else {
        panic!("{range:?}")
    };
    assert_eq!(
        steps.iter().map(|s| &s.commit).collect::<Vec<_>>(),
        [&plain, &merge]
    );
    assert_eq!(paths(&steps[0]), [("gone.txt", false)]);
    assert_eq!(paths(&steps[1]), [("b.txt", true), ("b/c.txt", true)]);
    assert_eq!((steps[0].merge, steps[1].merge), (false, true));
    assert_eq!(steps[1].parent.as_ref(), Some(&plain));
    let brought: BTreeSet<&String> = steps[1].commits.iter().skip(1).map(|c| &c.commit).collect();
    assert_eq!(steps[1].commits[0].commit, merge);
    assert_eq!(brought, BTreeSet::from([&one, &two]));
    let told = steps[1].commits.iter().find(|c| c.commit == one).unwrap();
    assert_eq!(told.changes, ["CHG-20261204-7K3Q"]);
    assert_eq!(told.co_authors, ["mori@agency.example"]);
    assert_eq!(told.author, "sato@agency.example");
}

#[test]
fn where_base_and_head_stand_is_told_apart() {
    let repo = Repo::new();
    let first = repo.commit("1", &[("a", "1")]);
    repo.branch("side");
    let side = repo.commit("side", &[("b", "1")]);
    repo.switch("main");
    let main = repo.commit("main", &[("c", "1")]);
    let merge = repo.merge("side", "merge");
    let open = repo.open();
    let range = |base: &str, head: &str| open.range(base, head, &mut |_| {}).unwrap();
    assert_eq!(range(&main, &main), Range::Same);
    assert_eq!(range(&merge, &first), Range::Older);
    assert_eq!(range(&merge, &side), Range::Older);
    assert_eq!(range(&side, &main), Range::Diverged);
    assert_eq!(range(&side, &merge), Range::Diverged, "only by the second parent");
    assert!(matches!(range(&first, &merge), Range::Steps(steps) if steps.len() == 2));

    repo.git(&["switch", "--quiet", "--orphan", "other"]);
    let other = repo.commit("unrelated", &[("z", "1")]);
    let open = repo.open();
    assert_eq!(open.range(&main, &other, &mut |_| {}).unwrap(), Range::Diverged);
    assert_eq!(open.merge_base(&main, &other).unwrap(), None);
    assert_eq!(open.merge_base(&side, &main).unwrap(), Some(first));
}

#[test]
fn an_octopus_is_one_step_with_everything_it_brought() {
    let repo = Repo::new();
    let base = repo.commit("start", &[("a", "1")]);
    let mut tips = BTreeSet::new();
    for name in ["one", "two", "three"] {
        repo.switch("main");
        repo.branch(name);
        tips.insert(repo.commit(name, &[(name, "1")]));
    }
    repo.switch("main");
    repo.commit("moved on", &[("b", "1")]);
    let head = repo.octopus(&["one", "two", "three"], "octopus");
    let steps = steps(&repo, &base, &head);
    assert_eq!(paths(&steps[1]), [("one", true), ("three", true), ("two", true)]);
    assert_eq!(
        steps[1]
            .commits
            .iter()
            .skip(1)
            .map(|c| c.commit.clone())
            .collect::<BTreeSet<_>>(),
        tips
    );
}

#[test]
fn the_patch_is_exactly_these_bytes() {
    let repo = Repo::new();
    let old: String = (1..=12).map(|n| format!("line {n}\n")).collect();
    let base = repo.commit(
        "start",
        &[("t.txt", &old), ("end", "a\nb"), ("gone", "x\n"), ("bin", "\0a")],
    );
    repo.remove("gone");
    repo.write("bin", b"\0b");
    repo.write("new dir/é", b"");
    let head = repo.commit(
        "work",
        &[
            ("t.txt", &old.replace("line 6\n", "line six\r\n")),
            ("end", "a\nc"),
        ],
    );
    repo.git(&["update-index", "--chmod=+x", "t.txt"]);
    let oid = |at: &str, path: &str| repo.git(&["rev-parse", &format!("{at}:{path}")]);

    let mut bytes = Vec::new();
    bytes.extend_from_slice(b"M\x00100644\x00100644\x00bin\0");
    bytes.extend_from_slice(format!("{}\0{}\0", oid(&base, "bin"), oid(&head, "bin")).as_bytes());
    bytes.extend_from_slice(b"M\x00100644\x00100644\x00end\0");
    bytes.extend_from_slice(b" a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n");
    bytes.extend_from_slice(b"D\x00100644\x00000000\x00gone\0-x\n");
    bytes.extend_from_slice("A\x00000000\x00100644\x00new dir/é\0".as_bytes());
    bytes.extend_from_slice(b"M\x00100644\x00100644\x00t.txt\0");
    bytes.extend_from_slice(b" line 3\n line 4\n line 5\n-line 6\n+line six\r\n line 7\n line 8\n line 9\n");
    let patch = repo.open().patch(Some(&base), &head, &BTreeSet::new()).unwrap();
    assert_eq!(patch.files, 5);
    assert_eq!(patch.digest, Digest::of(&bytes));

    let all = ["bin", "end", "gone", "new dir/é", "t.txt"].map(str::to_owned);
    let nothing = repo
        .open()
        .patch(Some(&base), &head, &BTreeSet::from(all))
        .unwrap();
    assert_eq!((nothing.files, nothing.digest), (0, Digest::of(b"")));
    assert_eq!(content(&repo, &head, &head), Digest::of(b""));
}

#[test]
fn a_mode_or_a_type_counts() {
    let repo = Repo::new();
    let base = repo.commit("start", &[("run.sh", "#!/bin/sh\n"), ("turns", "target")]);
    repo.git(&["update-index", "--chmod=+x", "run.sh"]);
    repo.git(&["commit", "--quiet", "-m", "executable"]);
    let executable = repo.head();
    assert_eq!(
        content(&repo, &base, &executable),
        Digest::of(b"M\x00100644\x00100755\x00run.sh\0")
    );
    assert_eq!(paths(&steps(&repo, &base, &executable)[0]), [("run.sh", true)]);
    repo.git(&["checkout", "--quiet", "--force", "HEAD"]);
    repo.remove("turns");
    std::os::unix::fs::symlink("target", repo.path().join("turns")).unwrap();
    let link = repo.commit("a link", &[]);
    let oid = repo.git(&["rev-parse", "HEAD:turns"]);
    let bytes = format!("T\0100644\0120000\0turns\0{oid}\0{oid}\0");
    assert_eq!(content(&repo, &executable, &link), Digest::of(bytes.as_bytes()));
}

#[test]
fn white_space_alone_changes_the_content() {
    let inside = "def f(paid):\n    if not paid:\n        cancel()\n        notify()\n";
    let outside = "def f(paid):\n    if not paid:\n        cancel()\n    notify()\n";
    let digest = |text: &str| {
        let repo = Repo::new();
        let base = repo.commit("start", &[("a.py", "def f(paid):\n    pass\n")]);
        let head = repo.commit("work", &[("a.py", text)]);
        content(&repo, &base, &head)
    };
    assert_ne!(digest(inside), digest(outside));
    assert_ne!(digest(inside), digest(&inside.replace('\n', "\r\n")));
    assert_ne!(digest(inside), digest(inside.trim_end()));
    assert_eq!(digest(inside), digest(inside));
}

#[test]
fn merge_squash_and_rebase_keep_the_content() {
    let branched = || {
        let repo = Repo::new();
        let base = repo.commit(
            "start",
            &[("app.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"), ("keep", "k\n")],
        );
        repo.branch("feature");
        repo.commit(
            "one",
            &[("app.txt", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"), ("new", "n\n")],
        );
        repo.remove("keep");
        let tip = repo.commit("two", &[("new", "n\nm\n")]);
        repo.switch("main");
        let moved = repo.commit("moved", &[("other/file", "o\n")]);
        let wanted = content(&repo, &base, &tip);
        (repo, moved, wanted)
    };
    let (repo, before, wanted) = branched();
    let after = repo.merge("feature", "merge");
    assert_eq!(content(&repo, &before, &after), wanted, "merge");
    let (repo, before, wanted) = branched();
    let after = repo.squash("feature", "squash");
    assert_eq!(content(&repo, &before, &after), wanted, "squash");
    let (repo, before, wanted) = branched();
    let after = repo.rebase("feature");
    assert_eq!(steps(&repo, &before, &after).len(), 2);
    assert_eq!(content(&repo, &before, &after), wanted, "rebase");
    repo.write("new", "n\nM\n");
    let hidden = repo.commit("something else", &[]);
    assert_ne!(content(&repo, &before, &hidden), wanted, "one more byte");
}

#[test]
fn files_are_read_and_listed_by_path() {
    let repo = Repo::new();
    let head = repo.commit(
        "start",
        &[
            ("changes/2026/a.yml", "a"),
            ("changes/b.yml", "b"),
            ("changes.txt", "c"),
            ("z", "d"),
        ],
    );
    let open = repo.open();
    assert_eq!(
        open.read(&head, "changes/2026/a.yml").unwrap().as_deref(),
        Some(&b"a"[..])
    );
    for none in [
        "changes",
        "changes/",
        "nothing",
        "changes/2026/a.yml/x",
        "../z",
        "/z",
        "",
        "changes/../z",
        "./z",
        ".git/config",
    ] {
        assert_eq!(open.read(&head, none).unwrap(), None, "{none:?}");
    }
    assert_eq!(
        open.list(&head, "changes").unwrap(),
        ["changes/2026/a.yml", "changes/b.yml"]
    );
    assert_eq!(
        open.list(&head, "changes/").unwrap(),
        ["changes/2026/a.yml", "changes/b.yml"]
    );
    assert_eq!(
        open.list(&head, "").unwrap(),
        ["changes.txt", "changes/2026/a.yml", "changes/b.yml", "z"]
    );
    for none in ["..", "/", "z", "nothing", "changes/.."] {
        assert_eq!(open.list(&head, none).unwrap(), [""; 0], "{none:?}");
    }
}

#[test]
fn revisions_branches_and_people() {
    let repo = Repo::new().by("Hayashi <Hayashi@Agency.example>");
    let first = repo.commit("1", &[("a", "1")]);
    let repo = repo.by("Sato <sato@agency.example>");
    repo.commit("2", &[("a", "2")]);
    let head = repo.commit("3", &[("a", "3")]);
    repo.git(&["tag", "-a", "v1", "-m", "v1", &first]);
    repo.git(&["config", "user.email", "sato@agency.example"]);
    repo.git(&["config", "user.signingKey", "~/.ssh/id.pub"]);
    repo.git(&["config", "sekisho.log", "branch:sekisho-log"]);
    let open = repo.open();
    assert_eq!(open.resolve("HEAD").unwrap(), head);
    assert_eq!(open.resolve("v1").unwrap(), first);
    assert_eq!(open.resolve("main~2").unwrap(), first);
    assert_eq!(open.resolve(&head[..10]).unwrap(), head);
    for unknown in [
        "",
        "nothing",
        "HEAD~9",
        "HEAD:a",
        "-x",
        "a\0b",
        "0000000000000000000000000000000000000000",
    ] {
        assert_eq!(
            open.resolve(unknown),
            Err(RepositoryError::NotFound(unknown.to_owned())),
            "{unknown:?}"
        );
    }
    assert_eq!(
        open.committers().unwrap(),
        [
            ("Sato".to_owned(), "sato@agency.example".to_owned()),
            ("Hayashi".to_owned(), "hayashi@agency.example".to_owned())
        ]
    );
    assert_eq!(
        open.identity().unwrap().email.as_deref(),
        Some("sato@agency.example")
    );
    assert_eq!(open.identity().unwrap().signing_key, None, "not an SSH key");
    repo.git(&["config", "gpg.format", "ssh"]);
    assert_eq!(
        repo.open().identity().unwrap().signing_key.as_deref(),
        Some("~/.ssh/id.pub")
    );
    assert_eq!(
        open.local_setting("sekisho.log").unwrap().as_deref(),
        Some("branch:sekisho-log")
    );
    assert_eq!(open.local_setting("sekisho.genesis").unwrap(), None);
    assert_eq!(open.default_branch().unwrap(), "main");
    repo.git(&["branch", "--move", "main", "trunk"]);
    assert_eq!(repo.open().default_branch().unwrap(), "trunk");
    repo.git(&["update-ref", "refs/remotes/origin/live", &head]);
    repo.git(&[
        "symbolic-ref",
        "refs/remotes/origin/HEAD",
        "refs/remotes/origin/live",
    ]);
    assert_eq!(repo.open().default_branch().unwrap(), "live");
}

#[test]
fn linked_work_trees_bare_repositories_and_folders_inside() {
    let repo = Repo::new();
    let head = repo.commit("start", &[("deep/folder/file", "1")]);
    let beside = tempfile::tempdir().unwrap();
    let linked = beside.path().join("linked");
    repo.git(&["worktree", "add", "--quiet", "--detach", linked.to_str().unwrap()]);
    let open = GitRepository::discover(&linked.join("deep/folder")).unwrap();
    assert_eq!(open.resolve("HEAD").unwrap(), head);
    assert_eq!(
        open.work_tree().unwrap().canonicalize().unwrap(),
        linked.canonicalize().unwrap()
    );
    assert_ne!(open.git_dir(), open.common_dir());
    assert_eq!(open.default_branch().unwrap(), "main");

    let (_folder, bare) = repo.clone_with(&["--bare"]);
    let open = GitRepository::open(&bare).unwrap();
    assert_eq!(open.work_tree(), None);
    assert_eq!(
        open.read(&head, "deep/folder/file").unwrap().as_deref(),
        Some(&b"1"[..])
    );
    let nothing = tempfile::tempdir().unwrap();
    assert!(matches!(
        GitRepository::open(nothing.path()),
        Err(RepositoryError::NoRepository(_))
    ));
}
