//! Odd and hostile repositories, through the program, in both languages.

use std::fmt::Write as _;
use std::path::Path;

use crate::attacks::{declared, shop};
use crate::support::stage::Stage;

/// What `arguments` say in both languages when they end with `code`; ids and folders left out.
fn says(stage: &Stage, arguments: &[&str], code: i32) -> String {
    said_with(stage, arguments, code, &[])
}

fn said_with(stage: &Stage, arguments: &[&str], code: i32, variables: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for language in ["en", "ja"] {
        let variables = [variables, &[("SEKISHO_LANG", language)]].concat();
        let done = stage.sekisho_with("sato", arguments, &variables).expect(code);
        text.push_str(&done.out);
        text.push_str(&done.err);
    }
    let ids = regex::Regex::new("[0-9a-f]{40}|[0-9a-f]{12}").unwrap();
    let text = ids.replace_all(&text, "COMMIT");
    let folder = stage.repository();
    let root = folder.parent().unwrap();
    let real = root.canonicalize().unwrap();
    text.replace(&real.display().to_string(), "…")
        .replace(&root.display().to_string(), "…")
}

/// Clones the shop beside it with these flags, log and all; where.
fn cloned(stage: &Stage, flags: &[&str]) -> String {
    let from = format!("file://{}", stage.repository().display());
    let to = stage.path("../clone").display().to_string();
    stage.git("sato", &["config", "uploadpack.allowFilter", "true"]);
    stage.git("sato", &["config", "uploadpack.allowAnySHA1InWant", "true"]);
    stage.git("sato", &[&["clone", "-q"], flags, &[&from, &to]].concat());
    let log = Path::new(&to).join(".git/sekisho");
    copy(&stage.path(".git/sekisho"), &log);
    // The copied log stays a file: said, so that nothing is told about a remote beside it.
    let place = format!("sqlite:{}", log.join("log.sqlite").display());
    stage.git("sato", &["-C", &to, "config", "sekisho.log", &place]);
    to
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn shallow_clone() {
    let stage = shop();
    declared(&stage, "app.txt", "Two");
    let clone = cloned(&stage, &["--depth=1"]);
    insta::assert_snapshot!(says(&stage, &["-C", &clone, "gate"], 3));
}

#[test]
fn partial_clone_gets_what_it_needs_or_says_so() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let clone = cloned(&stage, &["--filter=blob:none", "--no-checkout"]);
    stage.sekisho("sato", &["-C", &clone, "gate"]).expect(0);
    std::fs::remove_dir_all(&clone).unwrap();
    let clone = cloned(&stage, &["--filter=blob:none", "--no-checkout"]);
    stage.git(
        "sato",
        &[
            "-C",
            &clone,
            "config",
            "remote.origin.url",
            "file:///nowhere/secret",
        ],
    );
    let text = says(&stage, &["-C", &clone, "gate"], 3);
    assert!(!text.contains("secret"));
    insta::assert_snapshot!(text);
}

#[test]
fn program_that_the_configuration_of_a_repository_would_start() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let mark = stage.path("../started");
    let program = stage.path("../program.sh");
    std::fs::write(
        &program,
        format!("#!/bin/sh\ntouch '{}'\nexit 1\n", mark.display()),
    )
    .unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let program = program.display().to_string();
    let address = format!("ext::{program}");
    for settings in [
        &[("remote.origin.uploadpack", program.as_str())][..],
        &[("core.fsmonitor", &program)],
        &[("remote.origin.url", &address), ("protocol.ext.allow", "always")],
    ] {
        let clone = cloned(&stage, &["--filter=blob:none", "--no-checkout"]);
        for (name, value) in settings {
            stage.git("sato", &["-C", &clone, "config", name, value]);
        }
        stage.sekisho(
            "sato",
            &[
                "-C",
                &clone,
                "gate",
                "--run",
                &format!("{settings:?}").len().to_string(),
            ],
        );
        assert!(!mark.exists(), "{settings:?}");
        std::fs::remove_dir_all(&clone).unwrap();
    }
}

#[test]
fn other_formats() {
    for flag in ["--object-format=sha256", "--ref-format=reftable"] {
        let stage = Stage::new();
        stage.git("sato", &["init", "-q", flag, "../other"]);
        let other = stage.path("../other").display().to_string();
        insta::allow_duplicates! { insta::assert_snapshot!(says(&stage, &["-C", &other, "gate"], 3)) };
    }
}

#[test]
fn branch_without_commits() {
    let stage = Stage::new();
    insta::assert_snapshot!(says(&stage, &["baseline"], 3));
}

#[test]
fn somebody_else_s_repository() {
    let stage = shop();
    let given = std::os::unix::fs::chown(stage.path(".git"), Some(54_321), None)
        .and_then(|()| std::os::unix::fs::chown(stage.repository(), Some(54_321), None));
    if given.is_err() || trusted_everywhere(&stage) {
        return; // only root can give a folder away
    }
    insta::assert_snapshot!(says(&stage, &["gate"], 3));
}

fn trusted_everywhere(stage: &Stage) -> bool {
    let system = stage.sekisho_with("sato", &["history"], &[]);
    system.code == 0
}

#[test]
fn authorised_commit_that_was_pushed_away() {
    let stage = shop();
    stage.git("sato", &["checkout", "-q", "--orphan", "new"]);
    stage.commit("sato", "Another history");
    stage.git("sato", &["branch", "-q", "-D", "main"]);
    stage.git("sato", &["reflog", "expire", "--expire=now", "--all"]);
    stage.git("sato", &["gc", "-q", "--prune=now"]);
    insta::assert_snapshot!(says(&stage, &["gate"], 3));
}

#[test]
fn history_that_left_the_authorised_commit() {
    let stage = shop();
    stage.git("sato", &["commit", "-q", "--amend", "-m", "Another shop"]);
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(done.out.contains("first-parent line"), "{}", done.both());
}

#[test]
fn detached_head_and_linked_work_tree_are_judged_alike() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.git("sato", &["worktree", "add", "-q", "--detach", "../linked"]);
    let linked = stage.path("../linked").display().to_string();
    stage.sekisho("sato", &["-C", &linked, "gate"]).expect(0);
}

#[test]
fn link_as_configuration_and_as_plan() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    let file = format!("changes/2026/{id}.yml");
    let text = stage.read(&file);
    stage.write(&file, &format!("{text}plan: plan.txt\n"));
    std::os::unix::fs::symlink("app.txt", stage.path("plan.txt")).unwrap();
    stage.commit("sato", "A plan");
    let plan = says(&stage, &["approve", &id], 2);
    std::fs::rename(stage.path("sekisho.yml"), stage.path("real.yml")).unwrap();
    std::os::unix::fs::symlink("real.yml", stage.path("sekisho.yml")).unwrap();
    stage.commit("sato", "A link");
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    let config = says(&stage, &["baseline"], 3);
    insta::assert_snapshot!(plan + &config);
}

#[test]
fn grafts_and_replaced_commits() {
    let stage = shop();
    let base = stage.git("sato", &["rev-parse", "HEAD"]);
    stage.write("evil.txt", "1\n");
    let hidden = stage.commit("sato", "Evil");
    stage.git("sato", &["replace", &hidden, base.trim()]);
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(done.out.contains("evil.txt"), "{}", done.both());
    stage.write(".git/info/grafts", &format!("{hidden}\n"));
    insta::assert_snapshot!(says(&stage, &["gate"], 3));
}

#[test]
fn variables_that_would_point_at_another_repository() {
    let stage = shop();
    stage.write("evil.txt", "1\n");
    stage.commit("sato", "Evil");
    let other = stage.path("../other");
    stage.git("sato", &["clone", "-q", ".", "../other"]);
    stage.git("sato", &["-C", "../other", "reset", "-q", "--hard", "HEAD~1"]);
    let git_dir = other.join(".git").display().to_string();
    let objects = format!("{git_dir}/objects");
    let work_tree = other.display().to_string();
    let variables = [
        ("GIT_DIR", git_dir.as_str()),
        ("GIT_COMMON_DIR", &git_dir),
        ("GIT_WORK_TREE", &work_tree),
        ("GIT_OBJECT_DIRECTORY", &objects),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", &objects),
        ("GIT_NAMESPACE", "x"),
        ("GIT_REPLACE_REF_BASE", "refs/heads"),
        ("GIT_CONFIG", "/dev/null"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "sekisho.log"),
        ("GIT_CONFIG_VALUE_0", "/dev/null"),
        ("GIT_SHALLOW_FILE", "/dev/null"),
    ];
    let done = stage.sekisho_with("sato", &["gate"], &variables).expect(1);
    assert!(done.out.contains("evil.txt"), "{}", done.both());
}

#[test]
fn alternates_are_read_like_one_s_own_objects() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let clone = cloned(&stage, &["--shared"]);
    stage.sekisho("sato", &["-C", &clone, "gate"]).expect(0);
}

#[test]
fn submodule_and_twins_in_another_case_are_content() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let head = stage.git("sato", &["rev-parse", "HEAD"]);
    for entry in [
        format!("160000,{},vendor", head.trim()),
        format!(
            "100644,{},App.txt",
            stage.git("sato", &["rev-parse", "HEAD:app.txt"]).trim()
        ),
    ] {
        stage.git("sato", &["update-index", "--add", "--cacheinfo", &entry]);
        stage.git("sato", &["commit", "-q", "-m", "More"]);
        stage.sekisho("sato", &["gate"]).expect(1);
    }
}

#[test]
fn file_too_large_to_be_a_declaration() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    let mut text = stage.read(&format!("changes/2026/{id}.yml"));
    for n in 0..200_000 {
        writeln!(text, "# {n} {n} {n} {n} {n}").unwrap();
    }
    stage.write(&format!("changes/2026/{id}.yml"), &text);
    stage.commit("sato", "Words");
    let said = says(&stage, &["gate"], 3);
    insta::assert_snapshot!(said.replace(&id, "CHG"));
}
