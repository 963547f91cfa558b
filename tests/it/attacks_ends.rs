//! Ways around the gate by how work begins, ends and is put back.

use crate::attacks::{declared, shop};
use crate::support::stage::Stage;

/// The commit that is checked out.
fn head(stage: &Stage) -> String {
    stage.git("sato", &["rev-parse", "HEAD"]).trim().to_owned()
}

/// The exit code of a gate with these words after it.
fn gate(stage: &Stage, words: &[&str]) -> i32 {
    stage.sekisho("sato", &[&["gate"][..], words].concat()).code
}

/// A change to the gate's own configuration that two people approved, deployed; the commit before.
fn without_staging(stage: &mut Stage) -> String {
    let before = head(stage);
    let text = stage.read("sekisho.yml").replace(", staging: {}", "");
    stage.write("docs/gate.md", "Two people approve.\n");
    stage.write("sekisho.yml", &text);
    let flags = [
        "declare",
        "--title",
        "Staging is gone",
        "--reason",
        "The staging shop was switched off.",
        "--reference",
        "#2",
        "--start",
        "2026-12-02T09:00",
        "--end",
        "2026-12-03T18:00",
        "--procedure",
        "docs/gate.md",
        "--test",
        "sekisho check was run",
        "--verifier",
        "ishii",
        "--security",
        "None: a part that nobody uses any more.",
    ];
    let done = stage.sekisho("sato", &flags).expect(0);
    stage.commit("sato", "Staging is gone");
    let id = done
        .out
        .trim()
        .rsplit('/')
        .next()
        .unwrap()
        .trim_end_matches(".yml")
        .to_owned();
    for person in ["hayashi", "ishii"] {
        stage.sekisho(person, &["approve", &id]).expect(0);
    }
    stage.at("2026-12-02T18:00:00+09:00");
    let grant = [
        "grant",
        "RBK-06",
        &id,
        "--reason",
        "The plan is tried next week.",
        "--until",
        "1d",
    ];
    let other = [
        "grant",
        "SCH-01",
        &id,
        "--reason",
        "Nobody is at the shop in the evening.",
        "--until",
        "1d",
    ];
    for person in ["hayashi", "ishii"] {
        stage.sekisho(person, &grant);
        stage.sekisho(person, &other);
    }
    stage.sekisho("sato", &["gate"]).expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    before
}

#[test]
fn old_rules_brought_back_by_the_end_of_another_change() {
    let mut stage = shop();
    let old = without_staging(&mut stage);
    stage.at("2026-12-03T10:00:00+09:00");
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let end = ["finish", &id, "--outcome", "rolled_back", "--back-to", &old];
    let done = stage.sekisho("sato", &end).expect(2);
    assert!(done.err.contains("other rules"), "{}", done.both());
    let own = ["finish", &id, "--outcome", "rolled_back"];
    stage.sekisho("sato", &own).expect(0);
}

#[test]
fn end_by_somebody_who_has_no_part_in_it_and_end_long_after() {
    let mut stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let end = ["finish", &id, "--outcome", "failed"];
    let done = stage.sekisho("ishii", &end).expect(2);
    assert!(done.err.contains("neither carries out"), "{}", done.both());
    stage.at("2026-12-09T10:00:01+09:00");
    let done = stage.sekisho("sato", &end).expect(2);
    assert!(done.err.contains("seven days"), "{}", done.both());
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
}

/// Signed by who may, at the right decision, and past every check of the program: too late all the same.
#[test]
fn end_that_was_written_long_after_to_bring_an_old_state_back() {
    use sekisho::ledger::{Record, SIGNATURE_NAMESPACE, Statement};
    use sekisho::ports::{Draft, Guard, LedgerStore as _, Signer as _};
    let mut stage = shop();
    let old = head(&stage);
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let key = stage.repository().parent().unwrap().join("sato_key");
    let signer = sekisho::sign::SshKeygen::new("ssh-keygen", key).unwrap();
    let late = "2026-12-08T01:00:02Z";
    crate::written_log::run(async {
        let log = sekisho::store::SqliteLedger::open(&stage.log()).await.unwrap();
        let seen = log.head().await.unwrap();
        let rows = log.range(0, seen.size).await.unwrap();
        let mut decided = rows.iter().map(|row| Record::read(&row.bytes).unwrap());
        let decided = decided
            .rfind(|record| record.statement.act == "deploy.allowed/1")
            .unwrap();
        let body = serde_json::json!({
            "decision": decided.seq, "outcome": "failed", "back_to": old, "person": "person:sato",
            "service": "shop", "environment": "production", "change": id,
        });
        let statement = Statement {
            act: "deploy.finished/1".to_owned(),
            body: body.as_object().unwrap().clone(),
            id: crate::written_log::id(5),
            seen,
            time: late.to_owned(),
            with: Vec::new(),
            ..decided.statement
        };
        let statement = statement.encode().unwrap();
        let signature = signer.sign(SIGNATURE_NAMESPACE, &statement).unwrap();
        let draft = Draft {
            statement,
            signatures: vec![("sshsig".to_owned(), signature)],
            blobs: Vec::new(),
        };
        log.append(&[draft], Guard::Any, late).await.unwrap();
        log.close().await;
    });
    stage.at("2026-12-08T10:00:03+09:00");
    // What was authorised is so still: there is nothing to judge again.
    let judged = stage.sekisho("sato", &["gate", "--format", "json"]).json();
    assert_eq!(judged["base"].as_str().unwrap(), head(&stage), "{judged:#}");
    let history = stage.sekisho("sato", &["show", &id]).expect(0);
    assert!(history.out.contains("failed"), "{}", history.both());
}

/// Carrying out what touches one area is not carrying out everything.
#[test]
fn start_by_the_executor_of_an_area_that_the_change_does_not_touch() {
    let more = "  till: {executors: [ishii], paths: [\"till/**\"]}\n";
    let stage = shop();
    let text = stage.read("sekisho.yml");
    let areas = "  pay: {owners: [ishii], paths: [\"pay/**\"]}\n";
    stage.write("sekisho.yml", &text.replace(areas, &format!("{areas}{more}")));
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.commit("sato", "The till");
    stage.sekisho("sato", &["baseline"]).expect(0);
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let done = stage.sekisho("ishii", &["start", &id]).expect(2);
    assert!(done.err.contains("does not carry out"), "{}", done.both());
    let end = ["finish", &id, "--outcome", "failed"];
    let done = stage.sekisho("ishii", &end).expect(2);
    assert!(done.err.contains("neither carries out"), "{}", done.both());
}

/// The same shop, opened with more in its configuration.
fn shop_with(more: &str) -> Stage {
    let stage = shop();
    let text = stage.read("sekisho.yml") + more;
    stage.write("sekisho.yml", &text);
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    stage.commit("sato", "More");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

/// The same shop, whose pages go out by a template.
fn shop_with_template(globs: &str) -> Stage {
    shop_with(&format!("templates:\n  all: {{paths: [{globs}]}}\n"))
}

#[test]
fn exception_of_one_environment_used_in_another() {
    let stage = shop_with(
        "freezes:\n  - {id: sale, kind: hard, from: 2026-12-01T00:00, to: 2026-12-02T00:00, owner: ishii}\n",
    );
    stage
        .sekisho("sato", &["baseline", "--environment", "staging"])
        .expect(0);
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let grant = [
        "grant",
        "SCH-02",
        &id,
        "--reason",
        "It is tried on staging only.",
        "--until",
        "4h",
    ];
    let staging = [&grant[..], &["--environment", "staging"]].concat();
    stage.sekisho("ishii", &staging).expect(0);
    assert_eq!(gate(&stage, &[]), 1);
    stage.sekisho("ishii", &grant).expect(0);
    assert_eq!(gate(&stage, &[]), 0);
}

#[test]
fn older_base_that_would_make_two_changes_one_way_back() {
    let mut stage = shop_with_template("app.txt");
    let start = head(&stage);
    let mut last = String::new();
    for (minute, text) in [(10, "two\n"), (20, "two\nthree\n")] {
        stage.at(&format!("2026-12-01T10:{minute}:00+09:00"));
        stage.write("app.txt", text);
        stage.commit("sato", text.trim());
        stage.sekisho("hayashi", &["approve", "HEAD~1..HEAD"]).expect(0);
        let answer = stage
            .sekisho("sato", &["gate", "--format", "json"])
            .expect(0)
            .json();
        last = answer["changes"][0]["id"].as_str().unwrap().to_owned();
        stage
            .sekisho("sato", &["finish", &last, "--outcome", "success"])
            .expect(0);
    }
    let back = ["--head", &start, "--rollback-of", &last];
    assert_eq!(gate(&stage, &back), 1);
    assert_eq!(gate(&stage, &["--base", &start]), 0, "both are approved");
    assert_eq!(gate(&stage, &back), 1);
}

#[test]
fn pass_of_one_environment_used_in_another() {
    let stage = shop();
    stage
        .sekisho("sato", &["baseline", "--environment", "staging"])
        .expect(0);
    let id = declared(&stage, "app.txt", "Two");
    let file = format!("changes/2026/{id}.yml");
    let text = stage.read(&file) + "targets: [{environment: staging}]\n";
    stage.write(&file, &text);
    stage.commit("sato", &format!("Staging\n\nChange: {id}"));
    stage
        .sekisho("hayashi", &["approve", &id, "--environment", "staging"])
        .expect(0);
    assert_eq!(gate(&stage, &["--environment", "staging"]), 0);
    let done = stage.sekisho("sato", &["start", &id, "--environment", "production"]);
    assert_ne!(done.code, 0, "{}", done.both());
}

#[test]
fn baseline_of_rules_that_nobody_judged_in_a_new_environment() {
    let stage = shop();
    let text = stage
        .read("sekisho.yml")
        .replace("staging: {}", "staging: {}, e2: {}");
    stage.write(
        "sekisho.yml",
        &(text + "rules: {APP-01: {effect: off, reason: it is only e2}}\n"),
    );
    stage.commit("sato", "E2");
    let done = stage
        .sekisho("sato", &["baseline", "--environment", "e2"])
        .expect(2);
    assert!(done.err.contains("in force nowhere"), "{}", done.both());
}

#[test]
fn objection_between_the_pass_and_the_start() {
    let mut stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    stage.at("2026-12-01T10:05:00+09:00");
    stage
        .sekisho("ishii", &["object", &id, "--reason", "The price list is wrong."])
        .expect(0);
    let done = stage.sekisho("sato", &["start", &id]).expect(2);
    assert!(done.err.contains("objected"), "{}", done.both());
    stage.sekisho("ishii", &["object", &id, "--withdraw"]).expect(0);
    stage.sekisho("sato", &["start", &id]).expect(0);
}

#[test]
fn sensitive_area_reached_by_calling_the_change_standard() {
    let mut stage = shop_with_template("\"**\"");
    stage.at("2026-12-01T11:00:00+09:00");
    let id = "CHG-20261201-7K3Q";
    stage.write("pay/a.txt", "two\n");
    stage.write("app.txt", "two\n");
    let text = "schema: sekisho/declaration/v1\ntype: standard\ntemplate: all\n";
    stage.write(&format!("changes/2026/{id}.yml"), text);
    stage.commit("sato", "Both");
    stage.sekisho("hayashi", &["approve", id]).expect(0);
    let done = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(
        done.out.contains("STD-02") && done.out.contains("pay/a.txt"),
        "{}",
        done.both()
    );
}

/// Work by hand with steps and an expected difference, complete.
const BY_HAND: &str = "schema: sekisho/declaration/v1\ntitle: Restart\nreason: The machine has to take new settings.\n\
    references: [\"#4\"]\nkind: config\ndelivery: manual\ntargets: [server]\nprocedure: docs/server.md\nplan: plan.txt\n\
    tests: [tried on the spare machine]\nroles: {requester: sato, executor: sato, verifier: ishii}\n\
    window: {start: 2026-12-01T10:00, end: 2026-12-01T12:00, estimate: 5m}\n\
    verification: {checks: [curl the page], done_when: it answers 200}\n\
    rollback: {strategy: restore, steps: [./restore settings], to: settings.old, criteria: [\"5xx > 1% for 5m\"], decider: hayashi, decider_alternate: ishii, duration: 5m}\n";

/// A shop with work by hand as `text` says, committed with `beside` as the page's new text.
fn by_hand(text: &str, beside: Option<&str>) -> (Stage, &'static str) {
    let stage = shop();
    stage.write("docs/server.md", "Set it, reload, look.\n");
    stage.write("settings.old", "workers 2\n");
    stage.write("plan.txt", "workers 4\n");
    stage.commit("sato", "What the work needs");
    let id = "CHG-20261201-7K3Q";
    if let Some(beside) = beside {
        stage.write("app.txt", beside);
    }
    stage.write(&format!("changes/2026/{id}.yml"), text);
    stage.commit("sato", "Restart");
    (stage, id)
}

#[test]
fn work_by_hand_that_was_committed_beside_other_files_is_started_on_its_approval() {
    let (stage, id) = by_hand(BY_HAND, Some("Beside it.\n"));
    let denied = stage.sekisho("sato", &["start", id]).expect(1);
    assert!(denied.out.contains("APP-01"), "{}", denied.both());
    stage.sekisho("hayashi", &["approve", id]).expect(0);
    stage.sekisho("sato", &["start", id]).expect(0);
}

/// What says only by its kind that people carry it out may have been approved as a deploy.
#[test]
fn deploy_that_was_approved_is_not_carried_out_by_hand_instead() {
    let text = BY_HAND.replace("delivery: manual\n", "");
    let (stage, id) = by_hand(&text, Some("The deploy.\n"));
    stage.sekisho("hayashi", &["approve", id]).expect(0);
    let done = stage.sekisho("sato", &["start", id]).expect(1);
    assert!(done.out.contains("APP-01"), "{}", done.both());
    assert!(done.err.contains("delivery: manual"), "{}", done.both());
}

#[test]
fn approval_of_work_by_hand_taken_back_under_another_content() {
    let (stage, id) = by_hand(BY_HAND, Some("Beside it.\n"));
    stage.sekisho("hayashi", &["approve", id]).expect(0);
    // The files beside it change, so that what is taken back has another subject than what was given.
    stage.write("app.txt", "Something else.\n");
    stage.git("sato", &["add", "-A"]);
    stage.git("sato", &["commit", "-q", "--amend", "-m", "Restart"]);
    stage.sekisho("hayashi", &["approve", id, "--withdraw"]).expect(0);
    let done = stage.sekisho("sato", &["start", id]).expect(1);
    assert!(done.out.contains("APP-01"), "{}", done.both());
}

#[test]
fn steps_of_work_by_hand_rewritten_after_the_approval() {
    for (file, text, code) in [
        ("app.txt", "Something else.\n", 0),
        ("docs/server.md", "Drop the database.\n", 1),
        ("plan.txt", "workers 400\n", 1),
        ("settings.old", "nothing\n", 1),
    ] {
        let (stage, id) = by_hand(BY_HAND, None);
        stage.sekisho("hayashi", &["approve", id]).expect(0);
        stage.write(file, text);
        stage.commit("sato", "Another way");
        let done = stage.sekisho("sato", &["start", id]).expect(code);
        assert_eq!(done.out.contains("APP-01"), code == 1, "{file}: {}", done.both());
        crate::log_moves::all_come_out_the_same(&stage);
    }
}

#[test]
fn start_by_somebody_who_does_not_carry_the_change_out() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let done = stage.sekisho("hayashi", &["start", &id]).expect(2);
    assert!(done.err.contains("does not carry out"), "{}", done.both());
    // Nothing was used up.
    stage.sekisho("sato", &["start", &id]).expect(0);
}

/// A pass that nobody used is no licence for a later one: what was objected to since does not go along,
/// alone or under another change.
#[test]
fn objected_content_that_goes_along_with_the_next_pass() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate", "--run", "1/1"]).expect(0);
    stage
        .sekisho("ishii", &["object", &id, "--reason", "The price is wrong."])
        .expect(0);

    let alone = stage.sekisho("sato", &["gate", "--run", "2/1"]).expect(1);
    assert!(
        alone.out.contains("DEC-01") && alone.out.contains(&id),
        "{}",
        alone.out
    );
    let next = declared(&stage, "other.txt", "Three");
    stage.sekisho("hayashi", &["approve", &next]).expect(0);
    let under = stage.sekisho("sato", &["gate", "--run", "3/1"]).expect(1);
    assert!(under.out.contains(&id), "{}", under.out);

    // What is taken back is judged anew, with the objection.
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "aborted"])
        .expect(0);
    let again = stage.sekisho("sato", &["gate", "--run", "4/1"]).expect(1);
    assert!(!again.out.contains("had passed"), "{}", again.out);
}

#[test]
fn objection_to_what_ran_stops_nothing_else() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate", "--run", "1/1"]).expect(0);
    stage.sekisho("sato", &["start", &id]).expect(0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    stage
        .sekisho("ishii", &["object", &id, "--reason", "The price is wrong."])
        .expect(0);
    stage.sekisho("sato", &["gate", "--run", "2/1"]).expect(0);
}

/// The approver changes their mind between the pass and the next run.
#[test]
fn approval_taken_back_after_a_pass_that_nobody_used() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate", "--run", "1/1"]).expect(0);
    stage
        .sekisho("hayashi", &["approve", &id, "--withdraw"])
        .expect(0);
    let denied = stage.sekisho("sato", &["gate", "--run", "2/1"]).expect(1);
    assert!(denied.out.contains("took an approval back"), "{}", denied.out);
    stage.sekisho("sato", &["start", &id]).expect(2);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate", "--run", "3/1"]).expect(0);
}

/// A job that is run again, or another pass on top, takes the place of the pass that somebody objected to.
#[test]
fn objection_buried_under_an_empty_pass_or_under_the_next_one() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(gate(&stage, &["--run", "1/1"]), 0);
    assert_eq!(gate(&stage, &["--run", "2/1"]), 0);
    let next = declared(&stage, "other.txt", "Three");
    stage.sekisho("hayashi", &["approve", &next]).expect(0);
    assert_eq!(gate(&stage, &["--run", "3/1"]), 0);
    stage
        .sekisho("ishii", &["object", &id, "--reason", "The price is wrong."])
        .expect(0);
    assert_eq!(gate(&stage, &["--run", "4/1"]), 1);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "success"])
        .expect(0);
    assert_eq!(gate(&stage, &["--run", "5/1"]), 0);
}

/// With the place of the pass taken, what was aborted would stay authorised.
#[test]
fn aborted_change_that_an_empty_pass_keeps_authorised() {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    assert_eq!(gate(&stage, &["--run", "1/1"]), 0);
    assert_eq!(gate(&stage, &["--run", "2/1"]), 0);
    stage
        .sekisho("sato", &["finish", &id, "--outcome", "aborted"])
        .expect(0);
    assert_eq!(gate(&stage, &["--run", "3/1"]), 1);
}
