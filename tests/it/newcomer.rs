//! From an app in an empty repository to a gated deploy: `init`, one commit, one push, and the workflow
//! as it was written, with the change log on its branch over HTTP.

use sekisho::change::text::Document;
use sekisho::config::{Language, StarterWorkflow};

use crate::action::zizmor_finds_nothing;
use crate::fake_github::{How, World};
use crate::support::runner::Runner;
use crate::support::stage::Stage;
use crate::support::workflow::{Ended, carry_out, carry_out_on};

const GATE: &str = ".github/workflows/sekisho.yml";
const CHECK: &str = ".github/workflows/sekisho-check.yml";

/// An app on GitHub that nobody has pushed yet.
fn app() -> World {
    let stage = Stage::new();
    stage.write("app.txt", "one\n");
    stage.write("deploy.sh", "#!/bin/sh\ncat app.txt >> ../deployed\n");
    std::fs::set_permissions(
        stage.path("deploy.sh"),
        std::os::unix::fs::PermissionsExt::from_mode(0o755),
    )
    .unwrap();
    stage.commit("sato", "The shop");
    stage.git("sato", &["config", "user.name", "sato"]);
    stage.git("sato", &["config", "user.email", "sato@shop.example"]);
    let world = World::around(stage);
    let (key, value) = world.header();
    // A person's own git knows how to log in.
    world.stage.git("sato", &["config", &key, &value]);
    world
}

/// `init` with the flags that a newcomer gives, the Action's copy, one commit, the baseline and the push.
fn set_up(world: &mut World) {
    let flags = [
        "init",
        "--yes",
        "--workflow",
        "--approver",
        "Hayashi <hayashi@shop.example>",
        "--github-login",
        "sato=sato",
        "--github-login",
        "hayashi=Hayashi",
    ];
    let done = world.run("sato", &flags, &[]).expect(0);
    assert!(done.err.contains("github_id: 1002"), "{}", done.both());
    let copy = world.stage.path(".github/actions/sekisho");
    let action = Runner::new(&world.stage).action;
    for file in [
        "action.yml",
        "scripts/action-install",
        "Cargo.toml",
        "dist/checksums.txt",
    ] {
        std::fs::create_dir_all(copy.join(file).parent().unwrap()).unwrap();
        std::fs::copy(action.join(file), copy.join(file)).unwrap();
    }
    world.stage.sekisho("sato", &["check"]).expect(0);
    world.stage.commit("sato", "Add the gate");
    world.stage.sekisho("sato", &["baseline"]).expect(0);
    world.stage.git("sato", &["push", "-q", "origin", "main"]);
}

fn deployed(world: &World) -> String {
    std::fs::read_to_string(world.stage.path("../deployed")).unwrap_or_default()
}

#[test]
fn app_is_set_up_with_one_commit_and_deploys_what_was_reviewed() {
    let mut world = app();
    set_up(&mut world);
    zizmor_finds_nothing(&world.stage.repository());
    let workflow = world.stage.git("sato", &["show", &format!("main:{GATE}")]);
    let check = world.stage.git("sato", &["show", &format!("main:{CHECK}")]);

    // The commit that brings the gate is the state to begin with.
    let first = carry_out(&mut world, &workflow, "sato");
    assert_eq!(first["gate"].well().outputs["decision"], "pass", "{first:?}");
    first["deploy"].well();
    assert_eq!(deployed(&world), "one\n");

    let id = world.work("work", "app.txt", "Two");
    world.edit("sato", "app.txt", "two\n");
    world.push("sato", "work", 7);
    let looked = carry_out_on(&mut world, &check, "sato", "pull_request");
    assert!(!matches!(looked["check"], Ended::Skipped));
    world.merge(7, How::Squash);
    let denied = carry_out(&mut world, &workflow, "sato");
    let Ended::Failure(run) = &denied["gate"] else {
        panic!("{denied:?}");
    };
    assert_eq!((run.code, run.outputs["decision"].as_str()), (1, "deny"));
    assert!(matches!(denied["deploy"], Ended::Skipped), "{denied:?}");
    assert_eq!(deployed(&world), "one\n");

    world.review("hayashi", 7, "APPROVED");
    let passed = carry_out(&mut world, &workflow, "sato");
    assert_eq!(passed["gate"].well().outputs["change-ids"], id);
    let run = passed["deploy"].well();
    assert_eq!(
        run.outputs["entry-hash"],
        passed["gate"].well().outputs["entry-hash"],
        "the gate's own decision"
    );
    assert_eq!(deployed(&world), "one\ntwo\n");

    // All of it is on the branch, for everybody.
    let history = ["history", "--change", &id, "--format", "json"];
    let told = world.stage.sekisho("sato", &history).expect(0).out;
    for word in ["deploy.started", "deploy.finished", "success"] {
        assert!(told.contains(word), "{word}\n{told}");
    }
    world.stage.sekisho("sato", &["verify"]).expect(0);
    let branch = world
        .stage
        .git("sato", &["ls-remote", "origin", "refs/heads/sekisho-log"]);
    assert!(!branch.is_empty());
    assert!(!world.stage.path(".git/sekisho/log.sqlite").exists());
}

#[test]
fn somebody_who_is_not_in_the_configuration_starts_the_run() {
    let mut world = app();
    set_up(&mut world);
    let workflow = world.stage.git("sato", &["show", &format!("main:{GATE}")]);
    let run = carry_out(&mut world, &workflow, "mallory");
    let Ended::Failure(gate) = &run["gate"] else {
        panic!("{run:?}");
    };
    assert_eq!(gate.code, 2, "{}", gate.log);
    assert!(matches!(run["deploy"], Ended::Skipped));
    assert_eq!(deployed(&world), "");
}

#[test]
fn log_on_another_server_does_not_get_the_token() {
    let (mut world, other) = (app(), app());
    set_up(&mut world);
    let url = format!("{}/acme/shop.git", other.address());
    let mut job = world.clean_job("sato");
    let place = job.workspace.to_str().unwrap();
    let add = ["-C", place, "remote", "add", "mirror", &url];
    job.stage().git("runner", &add);
    job.set("GITHUB_RUN_ID", "9");
    let run = job.uses(&[("log", "branch:mirror")]).expect(3);
    assert!(run.outputs["decision"].is_empty());
    // Both servers take the same token: had it been sent, this one would have answered.
    assert!(other.github().strangers > 0, "{}", run.log);
    job.uses(&[("log", "branch:origin")]).expect(0);
}

#[test]
fn logins_that_are_unknown_renamed_or_no_persons() {
    let mut world = app();
    world.user(1666, "sato-new", "User");
    let renamed = world.github().users["sato-new"].clone();
    world.github().users.insert("sato-old".to_owned(), renamed);
    world.user(1777, "deployer", "Bot");
    for (login, words) in [
        ("nobody-here", "Nobody on GitHub is called nobody-here"),
        ("sato-old", "is now sato-new, with the number 1666"),
        ("deployer", "no person's account"),
    ] {
        let flag = format!("sato={login}");
        let flags = ["init", "--yes", "--github-login", &flag];
        let done = world.run("sato", &flags, &[]).expect(2);
        assert!(done.err.contains(words), "{}", done.both());
        let done = world.run("sato", &flags, &[("SEKISHO_LANG", "ja")]).expect(2);
        assert!(done.err.contains(login), "{}", done.both());
    }
    world.habit(crate::fake_github::Habit::BadGateway(1_000));
    let flags = ["init", "--yes", "--github-login", "sato=sato"];
    world.run("sato", &flags, &[]).expect(3);
    assert!(!world.stage.path("sekisho.yml").exists());
}

/// Every sort of workflow that can be written.
fn all() -> Vec<StarterWorkflow> {
    let mut all = Vec::new();
    for language in [Language::En, Language::Ja] {
        for (called, hosted) in [(false, true), (false, false), (true, true), (true, false)] {
            let one = StarterWorkflow {
                language,
                environments: vec![("production".to_owned(), "main".to_owned())],
                hosted,
                called,
                ..StarterWorkflow::default()
            };
            all.push(StarterWorkflow {
                environments: vec![
                    ("production".to_owned(), "release's".to_owned()),
                    ("本番".to_owned(), "main".to_owned()),
                ],
                services: vec!["web".to_owned(), "api x".to_owned()],
                deploy: Some("./deploy.sh \"$HOME\" && echo 'a: b # c'".to_owned()),
                action: Some("acme/sekisho@0123456789abcdef0123456789abcdef01234567".to_owned()),
                keys: vec![
                    (11, "SEKISHO_KEY_SATO".to_owned()),
                    (12, "SEKISHO_KEY_MORI".to_owned()),
                ],
                ..one.clone()
            });
            all.push(one);
        }
    }
    all
}

#[test]
fn every_workflow_that_is_written_reads_back_and_zizmor_finds_nothing_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let workflows = folder.path().join(".github/workflows");
    std::fs::create_dir_all(&workflows).unwrap();
    for (nth, one) in all().into_iter().enumerate() {
        for (kind, text) in [("gate", one.gate()), ("check", one.check())] {
            std::fs::write(workflows.join(format!("{kind}-{nth}.yml")), &text).unwrap();
            // Our reader takes no key without a value: GitHub's would, as something else than was meant.
            let document = Document::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
            assert!(document.root().bytes.end > 0);
            for word in ["continue-on-error", "|| true", "pull_request_target"] {
                assert!(!text.contains(word), "{word}\n{text}");
            }
            for line in text
                .lines()
                .filter(|line| line.contains(" uses: ") && !line.starts_with('#'))
            {
                let (_, used) = line.split_once("uses: ").unwrap();
                let own = used.starts_with("./.github/actions/") || used.starts_with("$/.github/actions/");
                let pin = used.split('@').nth(1).unwrap_or_default();
                let pinned = pin.len() >= 40 && pin[..40].bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(own || pinned, "{line}");
            }
            let bare = |line: &&str| {
                let permission = line.starts_with("      ") && !line.starts_with("       ");
                permission && (line.contains(": write") || line.contains(": read")) && !line.contains('#')
            };
            assert_eq!(text.lines().find(bare), None, "a permission without its reason");
        }
    }
    zizmor_finds_nothing(folder.path());
}

#[test]
fn workflow_of_one_service_is_written_as_it_is_documented() {
    let one = all().remove(1);
    insta::assert_snapshot!(one.gate());
}

/// Nobody's private key leaves their machine: the workflow signs, and the file says which one may.
#[test]
fn a_team_with_keys_puts_none_of_them_into_secrets() {
    let mut world = app();
    let keys: Vec<String> = ["sato", "hayashi"]
        .iter()
        .map(|person| format!("{person}={}", world.stage.key(person)))
        .collect();
    let mut flags = vec![
        "init",
        "--yes",
        "--workflow",
        "--approver",
        "Hayashi <hayashi@shop.example>",
    ];
    flags.extend(["--github-login", "sato=sato", "--github-login", "hayashi=Hayashi"]);
    flags.extend(keys.iter().flat_map(|key| ["--public-key", key.as_str()]));
    let done = world.run("sato", &flags, &[]).expect(0);
    let config = world.stage.read("sekisho.yml");
    let pinned =
        format!("trust: {{repository_id: 4242, owner_id: 4001, workflows: [\"{GATE}@refs/heads/main\"]}}");
    assert!(config.contains(&pinned), "{config}");
    assert!(
        !world.stage.read(GATE).contains("signing-key"),
        "{}",
        world.stage.read(GATE)
    );
    assert!(
        done.err.contains("sekisho baseline && sekisho key fetch"),
        "{}",
        done.both()
    );
}
