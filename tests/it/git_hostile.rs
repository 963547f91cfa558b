//! Repositories that want to be misread.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sekisho::change::Digest;
use sekisho::git::GitRepository;
use sekisho::ports::{Range, Repository, RepositoryError};

use crate::support::repo::Repo;

fn content(repo: &Repo, from: &str, to: &str) -> Digest {
    repo.open()
        .patch(Some(from), to, &BTreeSet::new())
        .unwrap()
        .digest
}

#[test]
fn a_shallow_clone_is_refused_before_it_misleads() {
    let repo = Repo::new();
    let first = repo.commit("1", &[("a", "1")]);
    repo.commit("2", &[("a", "2")]);
    let head = repo.commit("3", &[("a", "3")]);
    let (_folder, place) = repo.clone_with(&["--depth=2"]);
    let open = GitRepository::open(&place).unwrap();
    assert_eq!(
        open.range(&first, &head, &mut |_| {}),
        Err(RepositoryError::Shallow)
    );
    assert_eq!(
        open.range(&head, &head, &mut |_| {}),
        Err(RepositoryError::Shallow)
    );
    assert_eq!(open.merge_base(&head, &head), Err(RepositoryError::Shallow));
    assert_eq!(open.committers(), Err(RepositoryError::Shallow));
    assert_eq!(open.resolve("HEAD~2"), Err(RepositoryError::Shallow));
    assert_eq!(
        open.patch(Some(&first), &head, &BTreeSet::new()),
        Err(RepositoryError::Shallow)
    );
    assert_eq!(
        open.read(&head, "a").unwrap().as_deref(),
        Some(&b"3"[..]),
        "what is there can be read"
    );
}

#[test]
fn an_object_that_was_exchanged_for_another_is_noticed() {
    let at = |id: &str| format!(".git/objects/{}/{}", &id[..2], &id[2..]);
    for which in ["HEAD", "HEAD^{tree}", "HEAD:a"] {
        let repo = Repo::new();
        let first = repo.commit("1", &[("a", "1")]);
        let head = repo.commit("2", &[("a", "2")]);
        let digest = content(&repo, &first, &head);
        let good = repo.git(&["rev-parse", which]).trim().to_owned();
        let bad = repo
            .git(&["rev-parse", &which.replace("HEAD", "HEAD~1")])
            .trim()
            .to_owned();
        repo.remove(&at(&good));
        std::fs::copy(repo.path().join(at(&bad)), repo.path().join(at(&good))).unwrap();
        let open = repo.open();
        let named = |error: RepositoryError| matches!(&error, RepositoryError::Broken(words) if words.contains(&good));
        let patch = open.patch(Some(&first), &head, &BTreeSet::new());
        assert!(patch.is_err_and(named), "{which} after {digest}");
        assert!(open.read(&head, "a").is_err_and(named), "{which}");
        if which != "HEAD:a" {
            assert!(
                open.range(&first, &head, &mut |_| {}).is_err_and(named),
                "{which}"
            );
        }
    }
}

#[test]
fn grafts_are_refused() {
    let repo = Repo::new();
    repo.commit("1", &[("a", "1")]);
    let head = repo.commit("2", &[("a", "2")]);
    repo.write(".git/info/grafts", format!("{head}\n"));
    assert!(matches!(
        GitRepository::open(repo.path()),
        Err(RepositoryError::Unsupported(_))
    ));
}

#[test]
fn replaced_objects_do_not_count() {
    let repo = Repo::new();
    let base = repo.commit("1", &[("a", "1")]);
    let hidden = repo.commit("2", &[("a", "evil")]);
    repo.git(&["replace", "--graft", &hidden]);
    let Range::Steps(steps) = repo.open().range(&base, &hidden, &mut |_| {}).unwrap() else {
        panic!()
    };
    assert_eq!(steps.len(), 1);
}

#[test]
fn a_branch_without_commits_and_a_detached_head() {
    let repo = Repo::new();
    let open = repo.open();
    assert!(
        matches!(open.resolve("HEAD"), Err(RepositoryError::Unsupported(why)) if why.with["branch"] == "main")
    );
    assert_eq!(open.committers().unwrap(), []);
    assert_eq!(open.default_branch().unwrap(), "main");
    let head = repo.commit("1", &[("a", "1")]);
    repo.git(&["checkout", "--quiet", "--detach"]);
    repo.git(&["branch", "--delete", "--force", "main"]);
    let open = repo.open();
    assert_eq!(open.resolve("HEAD").unwrap(), head);
    assert!(matches!(open.default_branch(), Err(RepositoryError::NotFound(_))));
}

#[test]
fn a_base_that_does_not_exist_is_not_found() {
    let repo = Repo::new();
    let head = repo.commit("1", &[("a", "1")]);
    let blob = repo.git(&["rev-parse", "HEAD:a"]);
    for unknown in [
        "f00dfeedf00dfeedf00dfeedf00dfeedf00dfeed",
        "HEAD",
        "",
        "f00d",
        &blob,
    ] {
        let told = repo.open().range(unknown, &head, &mut |_| {});
        assert_eq!(
            told,
            Err(RepositoryError::NotFound(unknown.to_owned())),
            "{unknown}"
        );
    }
}

#[test]
fn other_formats_are_refused_in_plain_words() {
    for flags in [["--object-format=sha256"], ["--ref-format=reftable"]] {
        let repo = Repo::with(&flags);
        let told = GitRepository::open(repo.path()).unwrap_err();
        assert!(
            matches!(told, RepositoryError::Unsupported(_)),
            "{flags:?}: {told:?}"
        );
    }
}

#[test]
fn a_repository_of_somebody_else_is_refused() {
    let repo = Repo::new();
    repo.commit("1", &[("a", "1")]);
    let trusts_all = repo.try_git(
        &[
            "config",
            "--file",
            "/etc/gitconfig",
            "--get-all",
            "safe.directory",
        ],
        b"",
    );
    let home = std::env::home_dir().unwrap_or_default().join(".gitconfig");
    let trusts_too = repo.try_git(
        &[
            "config",
            "--file",
            &home.display().to_string(),
            "--get-all",
            "safe.directory",
        ],
        b"",
    );
    let git_dir = repo.path().join(".git");
    let given_away = std::os::unix::fs::chown(&git_dir, Some(54_321), None)
        .and_then(|()| std::os::unix::fs::chown(repo.path(), Some(54_321), None));
    if given_away.is_err() || trusts_all.is_ok() || trusts_too.is_ok() {
        return; // only root can give a folder away; git/fault.rs tests the words for everybody
    }
    let told = GitRepository::open(repo.path()).unwrap_err();
    assert!(
        matches!(&told, RepositoryError::Unsupported(why) if why.key == "error-git-owner"),
        "{told:?}"
    );
    let told = GitRepository::discover(repo.path()).unwrap_err();
    assert!(matches!(&told, RepositoryError::Unsupported(_)), "{told:?}");
}

/// A repository with two commits, and a bare clone of it without blobs, or without trees too.
fn partial(filter: &str) -> (Repo, tempfile::TempDir, std::path::PathBuf, [String; 2]) {
    let repo = Repo::new();
    let base = repo.commit("1", &[("a", "1\n"), ("d/e", "1\n")]);
    let head = repo.commit("2", &[("a", "2\n"), ("d/e", "2\n")]);
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let (folder, place) = repo.clone_with(&[&format!("--filter={filter}"), "--bare"]);
    (repo, folder, place, [base, head])
}

#[test]
fn what_a_partial_clone_left_out_is_fetched() {
    for filter in ["blob:none", "tree:0"] {
        let (repo, _folder, place, [base, head]) = partial(filter);
        let open = GitRepository::open(&place).unwrap();
        assert!(matches!(open.range(&base, &head, &mut |_| {}), Ok(Range::Steps(steps)) if steps.len() == 1));
        assert_eq!(
            open.patch(Some(&base), &head, &BTreeSet::new()).unwrap().digest,
            content(&repo, &base, &head),
            "{filter}"
        );
        assert_eq!(open.read(&head, "a").unwrap().as_deref(), Some(&b"2\n"[..]));
    }
}

#[test]
fn what_a_partial_clone_cannot_fetch_is_an_error() {
    let (repo, _folder, place, [base, head]) = partial("blob:none");
    drop(repo);
    let open = GitRepository::open(&place).unwrap();
    for told in [
        open.read(&head, "a").map(|_| ()),
        open.patch(Some(&base), &head, &BTreeSet::new()).map(|_| ()),
    ] {
        assert!(
            matches!(&told, Err(RepositoryError::Unsupported(why)) if why.key == "error-git-partial"),
            "{told:?}"
        );
    }
}

#[test]
fn links_and_submodules_are_not_files() {
    let repo = Repo::new();
    let base = repo.commit("1", &[("a", "1")]);
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join("link.yml")).unwrap();
    std::os::unix::fs::symlink("..", repo.path().join("folder")).unwrap();
    repo.git(&["add", "--all"]);
    repo.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{base},sub"),
    ]);
    repo.git(&["commit", "--quiet", "-m", "links"]);
    let head = repo.head();
    let open = repo.open();
    for none in ["link.yml", "sub", "folder", "folder/a", "sub/a"] {
        assert_eq!(open.read(&head, none).unwrap(), None, "{none}");
    }
    assert_eq!(open.list(&head, "").unwrap(), ["a"]);
    let Range::Steps(steps) = open.range(&base, &head, &mut |_| {}).unwrap() else {
        panic!()
    };
    let paths: Vec<&str> = steps[0].files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["folder", "link.yml", "sub"], "but they count as changed");

    repo.git(&["update-index", "--cacheinfo", &format!("160000,{head},sub")]);
    repo.git(&["commit", "--quiet", "-m", "moved"]);
    let bytes = format!("M\0160000\0160000\0sub\0{base}\0{head}\0");
    assert_eq!(content(&repo, &head, &repo.head()), Digest::of(bytes.as_bytes()));
}

#[test]
fn strange_paths_are_shown_and_never_panic() {
    let repo = Repo::new();
    let base = repo.commit("1", &[("a", "1")]);
    repo.write_raw(b"caf\xe9/\xff.txt", "1");
    repo.write_raw(b"two\nlines\x1b[31m::set-output", "2");
    repo.write_raw("\u{202e}gpj.価格".as_bytes(), "3");
    repo.write_raw(b"back\\xff", "4");
    let head = repo.commit("names", &[]);
    let open = repo.open();
    let all = open.list(&head, "").unwrap();
    assert_eq!(
        all,
        [
            "a",
            "back\\x5cxff",
            "caf\\xe9/\\xff.txt",
            "two\nlines\x1b[31m::set-output",
            "\u{202e}gpj.価格"
        ]
    );
    for (path, text) in all.iter().zip(["1", "4", "1", "2", "3"]) {
        assert_eq!(
            open.read(&head, path).unwrap().as_deref(),
            Some(text.as_bytes()),
            "{path}"
        );
    }
    assert_eq!(open.list(&head, "caf\\xe9").unwrap(), ["caf\\xe9/\\xff.txt"]);
    let without: BTreeSet<String> = all.into_iter().skip(1).collect();
    assert_eq!(open.patch(Some(&base), &head, &without).unwrap().files, 0);
}

#[test]
fn attributes_and_settings_do_not_reach_the_digest() {
    let old = "fn a() {\n    one();\n}\n\nfn b() {\n    two();\n}\n";
    let new = "fn a() {\n    one();\n}\n\nfn c() {\n    evil();\n}\n\nfn b() {\n    two();\n}\n";
    let digest = |prepare: &dyn Fn(&Repo)| {
        let repo = Repo::new();
        prepare(&repo);
        let base = repo.commit("1", &[("a.rs", old), ("a.bin", "\0one")]);
        repo.write("a.bin", b"\0two");
        let head = repo.commit("2", &[("a.rs", new)]);
        content(&repo, &base, &head)
    };
    let plain = digest(&|_| {});
    for attributes in [
        "* binary",
        "* -diff",
        "* -text -diff",
        "*.rs diff=evil",
        "* text",
        "*.bin diff",
        "* diff=rust whitespace=-all",
        "* ident",
    ] {
        assert_eq!(
            digest(&|repo| repo.write(".gitattributes", attributes)),
            plain,
            ".gitattributes {attributes}"
        );
        assert_eq!(
            digest(&|repo| repo.write(".git/info/attributes", attributes)),
            plain,
            "info/attributes {attributes}"
        );
    }
    let settings = [
        ("diff.algorithm", "histogram"),
        ("diff.context", "0"),
        ("diff.interHunkContext", "50"),
        ("diff.renames", "copies"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.noprefix", "true"),
        ("diff.indentHeuristic", "true"),
        ("diff.evil.textconv", "true"),
        ("diff.evil.binary", "true"),
        ("core.whitespace", "-trailing-space"),
        ("core.quotePath", "false"),
        ("core.bigFileThreshold", "1"),
        ("core.fileMode", "false"),
    ];
    let with_all = digest(&|repo| {
        for (key, value) in settings {
            repo.git(&["config", key, value]);
        }
        repo.write(".gitattributes", "*.rs diff=evil\n");
    });
    assert_eq!(with_all, plain);
}

#[test]
fn a_large_file_counts_by_its_id() {
    let repo = Repo::new();
    let large = "x".repeat(1024 * 1024 + 1);
    let huge = "y\n".repeat(2 * 1024 * 1024 + 1);
    let base = repo.commit("1", &[("huge", &huge)]);
    let head = repo.commit("2", &[("large", &large), ("just", &large[1..])]);
    let oid = repo.git(&["rev-parse", "HEAD:large"]);
    let bytes = format!(
        "A\0000000\0100644\0just\0+{}\n\\ No newline at end of file\nA\0000000\0100644\0large\0{}\0{oid}\0",
        &large[1..],
        "0".repeat(40)
    );
    assert_eq!(content(&repo, &base, &head), Digest::of(bytes.as_bytes()));
    assert!(matches!(
        repo.open().read(&head, "huge"),
        Err(RepositoryError::Unsupported(_))
    ));
    assert!(repo.open().read(&head, "large").unwrap().is_some());
}

#[test]
fn binary_is_what_holds_a_zero_byte_anywhere() {
    let repo = Repo::new();
    let late = format!("{}\0", "text\n".repeat(4_000));
    let base = repo.commit("1", &[("late", "text\n")]);
    let before = repo.git(&["rev-parse", "HEAD:late"]);
    let head = repo.commit("2", &[("late", &late)]);
    let after = repo.git(&["rev-parse", "HEAD:late"]);
    let bytes = format!("M\0100644\0100644\0late\0{before}\0{after}\0");
    assert_eq!(content(&repo, &base, &head), Digest::of(bytes.as_bytes()));
}

/// Commits a crafted tree (`mode SP name NUL id` entries) whose `fsck` would complain.
fn crafted(repo: &Repo, entries: &[(&str, &[u8], &str)]) -> String {
    let mut tree = Vec::new();
    for (mode, name, id) in entries {
        tree.extend_from_slice(mode.as_bytes());
        tree.push(b' ');
        tree.extend_from_slice(name);
        tree.push(0);
        tree.extend((0..20).map(|at| u8::from_str_radix(&id[2 * at..2 * at + 2], 16).unwrap()));
    }
    repo.try_git(
        &["hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        &tree,
    )
    .unwrap()
}

#[test]
fn malformed_trees_are_errors() {
    let repo = Repo::new();
    let base = repo.commit("1", &[("a", "1")]);
    let blob = repo.git(&["rev-parse", "HEAD:a"]);
    let file = |name: &'static [u8]| ("100644", name, blob.as_str());
    for entries in [
        vec![file(b"b"), file(b"a")],
        vec![file(b"a"), file(b"a")],
        vec![file(b"x/y")],
        vec![file(b"..")],
        vec![file(b".GIT")],
    ] {
        let tree = crafted(&repo, &entries);
        let head = repo.git(&["commit-tree", &tree, "-p", &base, "-m", "crafted"]);
        let told = repo.open().range(&base, &head, &mut |_| {});
        assert!(
            matches!(told, Err(RepositoryError::Broken(_))),
            "{entries:?}: {told:?}"
        );
    }
}

#[test]
fn a_few_trees_cannot_keep_the_gate_busy() {
    let repo = Repo::new();
    let base = repo.commit("1", &[("a", "1")]);
    let mut tree = repo.git(&["rev-parse", "HEAD^{tree}"]);
    for _ in 0..12 {
        let entries: Vec<(&str, &[u8], &str)> = [b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9"]
            .iter()
            .map(|name| ("40000", &name[..], tree.as_str()))
            .collect();
        tree = crafted(&repo, &entries);
    }
    let head = repo.git(&["commit-tree", &tree, "-p", &base, "-m", "bomb"]);
    assert!(matches!(
        repo.open().range(&base, &head, &mut |_| {}),
        Err(RepositoryError::Unsupported(_))
    ));

    let mut tree = repo.git(&["rev-parse", "HEAD^{tree}"]);
    for _ in 0..500 {
        tree = crafted(&repo, &[("40000", b"d", &tree)]);
    }
    let head = repo.git(&["commit-tree", &tree, "-p", &base, "-m", "deep"]);
    assert!(matches!(
        repo.open().range(&base, &head, &mut |_| {}),
        Err(RepositoryError::Unsupported(_))
    ));
}

#[test]
fn two_thousand_steps_with_merges() {
    let mut stream = String::new();
    let mut mark = 0;
    let mut commit = |stream: &mut String, branch: &str, more: &str, path: &str| {
        mark += 1;
        writeln!(
            stream,
            "commit refs/heads/{branch}\nmark :{mark}\ncommitter A <a@b.example> {} +0000\ndata 1\nm",
            1_700_000_000 + mark
        )
        .unwrap();
        stream.push_str(more);
        writeln!(stream, "M 100644 inline {path}\ndata 2\n{}\n", mark % 10).unwrap();
        mark
    };
    let mut last = commit(&mut stream, "main", "", "start");
    for n in 0..2_000 {
        let path = format!("dir{}/sub{}/file{n}", n % 13, n % 7);
        if n % 4 == 0 {
            let side = commit(
                &mut stream,
                &format!("side{n}"),
                &format!("from :{last}\n"),
                &format!("side/{n}"),
            );
            last = commit(
                &mut stream,
                "main",
                &format!("from :{last}\nmerge :{side}\n"),
                &path,
            );
        } else {
            last = commit(&mut stream, "main", &format!("from :{last}\n"), &path);
        }
    }
    let repo = Repo::new();
    repo.try_git(&["fast-import", "--quiet"], stream.as_bytes())
        .unwrap();
    let base = repo.git(&["rev-parse", "main~2000"]);
    let head = repo.git(&["rev-parse", "main"]);
    let open = repo.open();
    let began = std::time::Instant::now();
    let Range::Steps(steps) = open.range(&base, &head, &mut |_| {}).unwrap() else {
        panic!()
    };
    let took = began.elapsed();
    assert_eq!(steps.len(), 2_000);
    assert_eq!(
        steps
            .iter()
            .filter(|step| step.merge && step.commits.len() == 2)
            .count(),
        500
    );
    assert!(steps.iter().all(|step| step.files.len() == 1));
    assert!(took.as_secs() < 20, "{took:?}");
    assert_eq!(
        open.patch(Some(&base), &head, &BTreeSet::new()).unwrap().files,
        2_000
    );
}

#[test]
fn trailers_are_those_that_git_finds() {
    let repo = Repo::new();
    let base = repo.commit("start", &[]);
    let bodies = [
        "s\n\nChange: A",
        "s\n\nchange : A\nOther-Token: x\n continued\nCHANGE: B",
        "s\n\nbody\nChange: A",
        "s\n\nChange: A\n\nlast words",
        "Change: A",
        "s\nChange: A",
        "s\n\nwords\nSigned-off-by: A <a@b>\nChange: A",
        "s\n\nw1\nw2\nw3\nw4\nw5\nw6\nw7\nSigned-off-by: A <a@b>\nChange: A",
        "s\n\n(cherry picked from commit abc)\nChange: A",
        "s\n\nChange: A\n---\nChange: B",
        "s\n\n---------\n\nChange: A\nCo-authored-by: B <b@c>",
        "s\n\nChange: A\n  more\n\tand more",
        "s\n\n  indented\nChange: A",
        "s\n\nChange=A\nChange: B",
        "s\n\nChange:A\nChange:",
        "s\n\nChange the A: b",
    ];
    for body in bodies {
        let tree = repo.git(&["rev-parse", "HEAD^{tree}"]);
        let head = repo
            .try_git(&["commit-tree", &tree, "-p", &base], body.as_bytes())
            .unwrap();
        let git = repo.git(&[
            "log",
            "-1",
            "--format=%(trailers:key=Change,valueonly,unfold)",
            &head,
        ]);
        let git: Vec<&str> = git
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let Range::Steps(steps) = repo.open().range(&base, &head, &mut |_| {}).unwrap() else {
            panic!()
        };
        let ours: Vec<&str> = steps[0].commits[0]
            .changes
            .iter()
            .map(|value| value.as_str())
            .filter(|v| !v.is_empty())
            .collect();
        assert_eq!(ours, git, "{body:?}");
    }
}
