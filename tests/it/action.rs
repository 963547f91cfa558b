//! The Action: `action.yml` carried out step by step, from an empty tool cache on.
#![allow(clippy::disallowed_methods, reason = "a runner's signals are sent by kill")]

use std::process::Command;

use crate::support::runner::{ActionFile, Runner};
use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, github: sato-y, github_id: 11, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, github: hayashi, github_id: 12, keys: ["{hayashi}"]}
executors: [sato, hayashi]
approvers: [hayashi]
environments: {production: {}, staging: {}}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: []}
windows: {default: always}
"#;

fn shop() -> Stage {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned();
    for person in ["sato", "hayashi"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    let remote = "https://github.com/acme/shop.git";
    stage.git("sato", &["remote", "add", "origin", remote]);
    // In the file, though there is a remote: nothing here reaches a network.
    stage.git("sato", &["config", "sekisho.log", ".git/sekisho/log.sqlite"]);
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// A change that is declared and committed, and whether it is approved.
fn change(stage: &Stage, title: &str, approved: bool) -> String {
    let id = crate::attacks::declared(stage, "app.txt", title);
    if approved {
        stage.sekisho("hayashi", &["approve", &id]).expect(0);
    }
    id
}

fn outcome(stage: &Stage, change: &str) -> String {
    let history = stage.sekisho("sato", &["history", "--change", change, "--format", "json"]);
    history.expect(0).out
}

#[test]
fn no_expression_in_a_line_of_shell_and_every_input_and_output_has_its_step() {
    let file = ActionFile::read();
    let mut handed = Vec::new();
    for step in &file.steps {
        assert!(!step.run.contains("${{"), "{}", step.run);
        assert_eq!(step.run.lines().count(), 1, "{}", step.run);
        assert_eq!(step.shell, "bash");
        assert!(
            step.run.starts_with("exec \"$"),
            "signals reach what is run: {}",
            step.run
        );
        for (name, value) in &step.env {
            if let Some(input) = value.strip_prefix("${{ inputs.") {
                let input = input.trim_end_matches(" }}");
                let own = format!("SEKISHO_INPUT_{}", input.replace('-', "_").to_uppercase());
                assert!(*name == own || input == "github-token", "{name}: {value}");
                handed.push(input.to_owned());
            }
        }
    }
    handed.sort();
    assert_eq!(handed, file.inputs.keys().cloned().collect::<Vec<_>>());
    for (name, value) in &file.outputs {
        assert_eq!(value, &format!("${{{{ steps.sekisho.outputs.{name} }}}}"));
    }
}

#[test]
fn deploy_is_denied_then_approved_and_carried_out() {
    let stage = shop();
    let id = change(&stage, "Say it", false);
    let key = stage.private_key("sato");
    let signed = ("signing-key", key.as_str());
    let mut runner = Runner::new(&stage);
    let denied = runner.uses(&[signed]).expect(1);
    assert_eq!(denied.outputs["decision"], "deny");
    assert_eq!(denied.outputs["change-ids"], id);
    assert!(denied.summary.starts_with("## "), "{}", denied.summary);
    assert!(denied.summary.contains("Hayashi"), "{}", denied.summary);
    let errors: Vec<_> = denied.obeyed();
    assert!(
        errors
            .iter()
            .any(|line| line.starts_with("::error") && line.contains("APP-01")),
        "{errors:?}"
    );
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    runner.set("GITHUB_RUN_ATTEMPT", "2");
    let deploy =
        "echo deployed > ../deployed\nenv | grep -c -e SEKISHO_ -e GITHUB_OUTPUT -e GITHUB_TOKEN || true";
    let passed = runner
        .uses(&[signed, ("command", "run"), ("run", deploy)])
        .expect(0);
    assert_eq!(passed.outputs["decision"], "pass");
    assert_eq!(passed.outputs["emergency"], "false");
    assert!(passed.outputs["entry-hash"].starts_with("sha256:"));
    assert!(
        passed.log.lines().any(|line| line == "0"),
        "it is handed nothing of ours: {}",
        passed.log
    );
    let report = std::fs::read_to_string(&passed.outputs["report-path"]).unwrap();
    assert!(report.contains("\"decision\": \"pass\""));
    assert!(stage.repository().join("../deployed").exists());
    let told = outcome(&stage, &id);
    assert!(
        told.contains("deploy.started") && told.contains("success"),
        "{told}"
    );
    stage.sekisho("sato", &["verify"]).expect(0);
}

#[test]
fn deploy_that_fails_is_recorded_and_its_code_passed_on() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    let hostile =
        "echo '::set-output name=decision::pass'; echo ' ::add-mask::a'; printf '##[error]x'; exit 7";
    let run = runner
        .uses(&[("signing-key", &key), ("command", "run"), ("run", hostile)])
        .expect(7);
    assert_eq!(
        run.obeyed()
            .iter()
            .filter(|line| !line.starts_with("::warning") && !line.starts_with("::notice"))
            .count(),
        0,
        "{:?}",
        run.obeyed()
    );
    let told = outcome(&stage, &id);
    assert!(told.contains("failed"), "{told}");
}

#[test]
fn cancelled_deploy_hears_of_it_and_is_recorded_as_aborted() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let pipe = stage.beside("pipe").join("begun");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let runner = Runner::new(&stage);
    let script = format!(
        "trap 'exit 42' INT\necho begun > {}\nwhile true; do sleep 1; done",
        pipe.display()
    );
    let inputs = [
        ("signing-key", key.as_str()),
        ("command", "run"),
        ("run", script.as_str()),
    ];
    let run = runner.uses_and(&inputs, &mut |process| {
        std::fs::read_to_string(&pipe).unwrap();
        let sent = Command::new("kill").args(["-INT", &process.to_string()]).status();
        assert!(sent.unwrap().success());
    });
    let run = run.expect(42);
    assert_eq!(run.outputs["decision"], "pass");
    let told = outcome(&stage, &id);
    assert!(told.contains("aborted"), "{told}");
}

#[test]
fn title_with_workflow_commands_escapes_and_markup() {
    let stage = shop();
    let title =
        "##[error]x `::set-output name=decision::pass` <img src=x onerror=alert(1)> \u{1b}[31m @octocat";
    stage.write("app.txt", "two\n");
    let flags = [
        "declare",
        "--title",
        title,
        "--reason",
        "::warning::The page has to say what is true.",
        "--reference",
        "#1",
    ];
    stage.sekisho("sato", &flags);
    stage.commit("sato", "::error::a\n\n::stop-commands::x");
    let key = stage.private_key("sato");
    let run = Runner::new(&stage).uses(&[("signing-key", &key)]).expect(1);
    for line in run.obeyed() {
        assert!(
            line.starts_with("::error file=")
                || line.starts_with("::error title=")
                || line.starts_with("::warning ")
                || line.starts_with("::notice "),
            "{line}"
        );
    }
    assert!(!run.log.contains('\u{1b}') && !run.summary.contains('\u{1b}'));
    assert!(
        !run.summary.contains("<img") && !run.summary.contains("@octocat"),
        "{}",
        run.summary
    );
    assert_eq!(run.outputs["decision"], "deny");
}

#[test]
fn inputs_with_commands_in_them() {
    let stage = shop();
    change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let hostile = "$(touch ../owned)`touch ../owned`\"; touch ../owned #\n::error::x";
    let runner = Runner::new(&stage);
    for input in [
        "command",
        "environment",
        "service",
        "version",
        "head",
        "base",
        "rollback-of",
        "summary",
        "genesis",
        "log",
        "working-directory",
    ] {
        let run = runner.uses(&[("signing-key", &key), (input, hostile)]);
        assert!(run.code != 0, "{input}: {}", run.log);
        assert!(run.outputs["decision"].is_empty(), "{input}");
        assert!(!stage.repository().join("../owned").exists(), "{input}");
        assert!(!run.obeyed().contains(&"::error::x"), "{input}: {}", run.log);
    }
}

#[test]
fn attempt_of_somebody_else_and_accounts_that_do_not_fit() {
    let stage = shop();
    change(&stage, "Say it", true);
    let (sato, hayashi) = (stage.private_key("sato"), stage.private_key("hayashi"));
    for (variables, key, code, word) in [
        (
            &[("GITHUB_TRIGGERING_ACTOR", "hayashi")][..],
            &sato,
            3,
            "not known for sure",
        ),
        (&[("GITHUB_ACTOR_ID", "99")], &sato, 2, "belongs to nobody"),
        (&[("GITHUB_ACTOR_ID", "12")], &sato, 3, "One of the two is wrong"),
        (&[("GITHUB_ACTOR_ID", "")], &sato, 3, "does not say whose account"),
        (&[], &hayashi, 2, "in another's name"),
        (&[], &String::new(), 2, "has to be signed here"),
        (
            &[("GITHUB_EVENT_NAME", "pull_request_target")],
            &sato,
            2,
            "Nothing is decided there",
        ),
    ] {
        let mut runner = Runner::new(&stage);
        for (name, value) in variables {
            runner.set(name, value);
        }
        let run = runner.uses(&[("signing-key", key)]).expect(code);
        assert!(run.log.contains(word), "{word}\n{}", run.log);
        assert!(run.outputs["decision"].is_empty() && run.summary.contains("nothing passed"));
    }
}

#[test]
fn log_that_is_not_the_pinned_one_or_another_repositorys() {
    let stage = shop();
    change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    let pinned = "0".repeat(64);
    let run = runner
        .uses(&[("signing-key", &key), ("genesis", &pinned)])
        .expect(3);
    assert!(run.log.contains("another change log"), "{}", run.log);
    let first = stage.sekisho("sato", &["show", "0"]).expect(0).out;
    let hash = regex::Regex::new("[0-9a-f]{64}").unwrap();
    let genesis = hash.find_iter(&first).map(|found| found.as_str());
    // The page has the hash of the record among others; exactly one of them is the pin.
    let pins = genesis.filter(|pin| runner.uses(&[("signing-key", &key), ("genesis", pin)]).code == 0);
    assert_eq!(
        pins.collect::<std::collections::BTreeSet<_>>().len(),
        1,
        "{first}"
    );
    let mut fork = Runner::new(&stage);
    fork.set("GITHUB_REPOSITORY", "mallory/shop");
    fork.set("GITHUB_RUN_ID", "1900");
    let run = fork.uses(&[("signing-key", &key)]).expect(3);
    assert!(run.log.contains("mallory/shop"), "{}", run.log);
}

#[test]
fn approval_taken_back_between_two_calls_of_the_same_attempt() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    runner.uses(&[("signing-key", &key)]).expect(0);
    stage
        .sekisho("hayashi", &["approve", &id, "--withdraw"])
        .expect(0);
    let fallen = runner.uses(&[("signing-key", &key)]).expect(1);
    assert!(fallen.log.contains("took an approval back"), "{}", fallen.log);
    assert_eq!(fallen.outputs["decision"], "deny");
}

#[test]
fn account_is_enough_only_where_unsigned_acts_count() {
    let stage = Stage::new();
    let config = CONFIG
        .replace(", keys: [\"{sato}\"]", "")
        .replace(", keys: [\"{hayashi}\"]", "");
    stage.write(
        "sekisho.yml",
        &format!("{config}trust: {{signatures: optional}}\n"),
    );
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    let sits = |person: &str| {
        let address = format!("{person}@shop.example");
        stage.git(person, &["config", "user.email", &address]);
    };
    sits("sato");
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = change(&stage, "Say it", false);
    sits("hayashi");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let run = Runner::new(&stage).uses(&[]).expect(0);
    assert_eq!(run.outputs["change-ids"], id);
    let mut other = Runner::new(&stage);
    other.set("GITHUB_TRIGGERING_ACTOR", "hayashi");
    other.uses(&[]).expect(3);
}

/// A shipped file and every workflow that the documents show, judged by zizmor without a network.
#[test]
fn zizmor_finds_nothing_in_the_action_and_the_workflows_of_the_documents() {
    let top = crate::scan::top();
    let folder = tempfile::tempdir().unwrap();
    let workflows = folder.path().join(".github/workflows");
    std::fs::create_dir_all(&workflows).unwrap();
    std::fs::copy(top.join("action.yml"), folder.path().join("action.yml")).unwrap();
    let block = regex::Regex::new(r"(?s)```ya?ml\n(.*?)```").unwrap();
    let mut seen = 0;
    for document in [
        "docs/action.md",
        "docs/action.ja.md",
        "README.md",
        "README.ja.md",
        "docs/starting.md",
    ] {
        let text = std::fs::read_to_string(top.join(document)).unwrap();
        for found in block
            .captures_iter(&text)
            .filter(|found| found[1].contains("\njobs:"))
        {
            std::fs::write(workflows.join(format!("{seen}.yml")), &found[1]).unwrap();
            seen += 1;
        }
    }
    assert!(seen >= 4, "only {seen} workflows were seen");
    zizmor_finds_nothing(folder.path());
}

/// Fails the test where zizmor finds anything in the workflows and actions of `folder`.
#[track_caller]
pub(crate) fn zizmor_finds_nothing(folder: &std::path::Path) {
    let zizmor = crate::scan::top().join("target/zizmor/bin/zizmor");
    assert!(
        zizmor.exists(),
        "target/zizmor is missing: scripts/test installs it"
    );
    let done = Command::new(zizmor)
        .args(["--offline", "--no-progress", "--no-config", "--strict-collection"])
        .arg(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("No findings"), "{said}");
}

#[test]
fn objection_between_two_calls_of_the_same_attempt() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    let first = runner.uses(&[("signing-key", &key)]).expect(0);
    let again = runner.uses(&[("signing-key", &key)]).expect(0);
    assert_eq!(
        first.outputs["entry-hash"], again.outputs["entry-hash"],
        "the recorded decision"
    );
    stage
        .sekisho("hayashi", &["object", &id, "--reason", "The price is wrong."])
        .expect(0);
    let fallen = runner.uses(&[("signing-key", &key)]).expect(1);
    assert_eq!(fallen.outputs["decision"], "deny");
    assert!(fallen.log.contains("objected to"), "{}", fallen.log);
    let gate = stage
        .sekisho_with("sato", &["gate", "--run", "1700/1"], &[])
        .expect(1);
    assert!(gate.out.contains("objected to"), "{}", gate.both());
    let deploy = runner.uses(&[
        ("signing-key", &key),
        ("command", "run"),
        ("run", "touch ../owned"),
    ]);
    assert!(deploy.code != 0 && !stage.repository().join("../owned").exists());
}

#[test]
fn old_green_run_started_again() {
    let stage = shop();
    change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let mut old = Runner::new(&stage);
    old.uses(&[("signing-key", &key), ("command", "run"), ("run", "true")])
        .expect(0);
    change(&stage, "Say more", true);
    let mut newer = Runner::new(&stage);
    newer.set("GITHUB_RUN_ID", "1800");
    newer
        .uses(&[("signing-key", &key), ("command", "run"), ("run", "true")])
        .expect(0);
    for attempt in ["1", "2"] {
        old.set("GITHUB_RUN_ATTEMPT", attempt);
        let run = old.uses(&[("signing-key", &key)]).expect(1);
        assert_eq!(run.outputs["decision"], "deny");
        assert!(run.log.contains("DEC-01"), "{}", run.log);
    }
}

#[test]
fn another_commit_checked_out_than_the_one_that_passes() {
    let stage = shop();
    change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    stage.git("sato", &["checkout", "-q", "--detach", "HEAD^"]);
    let run = runner
        .uses(&[
            ("signing-key", &key),
            ("command", "run"),
            ("run", "touch ../owned"),
        ])
        .expect(2);
    assert!(run.log.contains("is checked out"), "{}", run.log);
    assert!(!stage.repository().join("../owned").exists());
}

#[test]
fn pass_for_another_environment_is_no_pass_here() {
    let stage = shop();
    change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    runner.uses(&[("signing-key", &key)]).expect(0);
    runner
        .uses(&[("signing-key", &key), ("environment", "staging")])
        .expect(3);
}

#[test]
fn end_of_a_deploy_in_another_job() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    let gate = runner.uses(&[("signing-key", &key)]).expect(0);
    let changes = gate.outputs["change-ids"].as_str();
    let inputs = [
        ("signing-key", key.as_str()),
        ("command", "finish"),
        ("change", changes),
    ];
    runner
        .uses(&[&inputs[..], &[("outcome", "tired")]].concat())
        .expect(2);
    runner.uses(&inputs).expect(2);
    runner
        .uses(&[&inputs[..], &[("outcome", "cancelled")]].concat())
        .expect(0);
    assert!(outcome(&stage, &id).contains("aborted"));
}

#[test]
fn check_in_a_pull_request_marks_lines_and_decides_nothing() {
    let stage = shop();
    change(&stage, "Say it", false);
    let before = stage.sekisho("sato", &["history", "--format", "json"]).out;
    let mut runner = Runner::new(&stage);
    runner.set("GITHUB_EVENT_NAME", "pull_request");
    let run = runner.uses(&[("command", "check")]).expect(1);
    assert!(
        run.obeyed().iter().any(|line| line.starts_with("::error")),
        "{}",
        run.log
    );
    assert_eq!(
        before,
        stage.sekisho("sato", &["history", "--format", "json"]).out
    );
}

#[test]
fn place_of_the_log_that_is_handed_on_empty_says_nothing() {
    let stage = shop();
    change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    let run = runner.uses(&[("signing-key", &key), ("log", " ")]).expect(0);
    assert_eq!(run.outputs["decision"], "pass");
    let done = stage.sekisho("sato", &["--log", "", "history"]).expect(0);
    assert!(done.out.contains("Say it"), "{}", done.both());
}

#[test]
fn build_that_the_judged_repository_would_configure() {
    let stage = shop();
    let key = stage.private_key("sato");
    // A copy of the Action in the repository, below settings of cargo that would run something.
    stage.write("Cargo.toml", "[workspace]\n");
    stage.write(".cargo/config.toml", "[build]\nrustc-wrapper = \"/evil\"\n");
    let mut runner = Runner::new(&stage);
    runner.table("");
    let copy = stage.path(".github/actions/sekisho");
    std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
    std::fs::rename(&runner.action, &copy).unwrap();
    runner.action = copy;
    let tools = stage.beside("tools");
    let cargo = "#!/bin/sh\npwd > ../built-in\nmkdir -p \"$CARGO_TARGET_DIR/release\"\n\
                 printf '#!/bin/sh\\nexec \"$BUILT\" \"$@\"\\n' > \"$CARGO_TARGET_DIR/release/sekisho\"\n\
                 chmod 755 \"$CARGO_TARGET_DIR/release/sekisho\"\n";
    std::fs::write(tools.join("cargo"), cargo).unwrap();
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(tools.join("cargo"), executable).unwrap();
    let path = std::env::var("PATH").unwrap();
    runner.set("PATH", &format!("{}:{path}", tools.display()));
    runner.uses(&[("signing-key", &key)]).expect(0);
    let place = std::fs::read_to_string(stage.beside("temp").join("built-in")).unwrap();
    let place = std::path::Path::new(place.trim());
    assert!(place.join("scripts/action-install").is_file());
    for above in place.ancestors() {
        assert!(!above.join(".cargo").exists(), "{}", above.display());
        assert!(
            above == place || !above.join("Cargo.toml").exists(),
            "{}",
            above.display()
        );
    }
}

#[test]
fn program_that_is_not_the_released_one() {
    let stage = shop();
    let key = stage.private_key("sato");
    let inputs = [("signing-key", key.as_str())];
    let version = env!("CARGO_PKG_VERSION");
    let mut runner = Runner::new(&stage);
    // Nothing to decide about, which passes: the program was found, twice, once in the cache.
    runner.uses(&inputs).expect(0);
    let kept = runner.cache.join("sekisho").join(version).join("X64/sekisho");
    assert!(kept.is_file());
    runner.set("SEKISHO_RELEASES", "file:///nowhere");
    runner.uses(&inputs).expect(0);
    std::fs::write(&kept, "#!/bin/sh\nexit 0\n").unwrap();
    let run = runner.uses(&inputs).expect(3);
    assert!(
        run.log.contains("tool cache is not the released one"),
        "{}",
        run.log
    );
    std::fs::remove_file(&kept).unwrap();
    runner.release("#!/bin/sh\nexit 0\n");
    runner.table(&format!(
        "{version} x86_64-unknown-linux-musl {}\n",
        "0".repeat(64)
    ));
    let run = runner.uses(&inputs).expect(3);
    assert!(run.log.contains("downloaded sekisho"), "{}", run.log);
    assert!(!kept.exists(), "nothing unchecked is kept");
    runner.table(&format!("{version} aarch64-apple-darwin {}\n", "0".repeat(64)));
    runner.uses(&inputs).expect(3);
    runner.table("");
    let run = runner.uses(&[inputs[0], ("version", "9.9.9")]).expect(3);
    assert!(run.log.contains("not in dist/checksums.txt"), "{}", run.log);
    assert!(run.outputs["decision"].is_empty());
}

#[test]
fn signal_while_the_gate_decides_starts_no_deploy() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let pipes = stage.beside("pipes");
    let (begun, go_on) = (pipes.join("begun"), pipes.join("go-on"));
    for pipe in [&begun, &go_on] {
        assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
    }
    // The gate signs; the first signature waits until the signal has come.
    let programs = stage.beside("programs");
    let shim = format!(
        "#!/bin/sh\nif [ -p {0} ]; then echo x > {0}; cat {1} > /dev/null; rm -f {0}; fi\nexec {2} \"$@\"\n",
        begun.display(),
        go_on.display(),
        which("ssh-keygen")
    );
    std::fs::write(programs.join("ssh-keygen"), shim).unwrap();
    let all = Command::new("chmod")
        .arg("+x")
        .arg(programs.join("ssh-keygen"))
        .status();
    assert!(all.unwrap().success());
    let mut runner = Runner::new(&stage);
    let path = std::env::var("PATH").unwrap();
    runner.set("PATH", &format!("{}:{path}", programs.display()));
    let inputs = [
        ("signing-key", key.as_str()),
        ("command", "run"),
        ("run", "touch ../deployed"),
    ];
    let run = runner.uses_and(&inputs, &mut |process| {
        std::fs::read_to_string(&begun).unwrap();
        let sent = Command::new("kill").args(["-INT", &process.to_string()]).status();
        assert!(sent.unwrap().success());
        std::fs::write(&go_on, "x").unwrap();
    });
    let run = run.expect(130);
    assert!(!stage.repository().join("../deployed").exists(), "{}", run.log);
    let told = outcome(&stage, &id);
    assert!(
        told.contains("aborted") && !told.contains("deploy.started"),
        "{told}"
    );
}

fn which(program: &str) -> String {
    let path = std::env::var_os("PATH").unwrap();
    let mut folders = std::env::split_paths(&path);
    let found = folders.find(|folder| folder.join(program).is_file()).unwrap();
    found.join(program).display().to_string()
}

#[test]
fn other_commit_than_the_one_checked_out_is_not_even_judged() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    stage.git("sato", &["checkout", "-q", "--detach", "HEAD~1"]);
    let inputs = [
        ("signing-key", key.as_str()),
        ("command", "run"),
        ("run", "touch ../deployed"),
    ];
    let run = runner.uses(&inputs).expect(2);
    assert!(run.log.contains("is checked out"), "{}", run.log);
    assert!(!outcome(&stage, &id).contains("deploy.allowed"));
}

#[test]
fn success_with_issues_says_what_was_different() {
    let stage = shop();
    let id = change(&stage, "Say it", true);
    let key = stage.private_key("sato");
    let runner = Runner::new(&stage);
    runner.uses(&[("signing-key", &key)]).expect(0);
    let inputs = [
        ("signing-key", key.as_str()),
        ("command", "finish"),
        ("change", id.as_str()),
        ("outcome", "success_with_issues"),
    ];
    let run = runner.uses(&inputs).expect(2);
    assert!(run.log.contains("deviation"), "{}", run.log);
    let deviation = ("deviation", "The cache had to be cleared by hand.");
    runner.uses(&[&inputs[..], &[deviation]].concat()).expect(0);
    assert!(outcome(&stage, &id).contains("success_with_issues"));
}

#[test]
fn warnings_of_a_check_are_no_errors() {
    let stage = shop();
    let config = stage
        .read("sekisho.yml")
        .replace("calendar: {timezone: Asia/Tokyo, holidays: []}\n", "");
    stage.write("sekisho.yml", &config);
    let mut runner = Runner::new(&stage);
    runner.set("GITHUB_EVENT_NAME", "pull_request");
    let run = runner.uses(&[("command", "check")]);
    let about = |line: &&&str| line.contains("sekisho.yml");
    let lines = run.obeyed();
    let marked: Vec<_> = lines.iter().filter(about).collect();
    assert!(
        !marked.is_empty() && marked.iter().all(|line| line.starts_with("::warning")),
        "{marked:?}"
    );
}
