//! The Action as it is shipped, from a clean machine with the workflow's token: reviews on GitHub are
//! what lets a deploy pass.

use crate::fake_github::{Habit, How, World};
use crate::support::runner::{Run, Runner};

/// A change on the branch `work`, pull request 7, reviewed by Hayashi; its number.
fn approved(world: &mut World) -> String {
    let id = proposed(world);
    world.review("hayashi", 7, "APPROVED");
    id
}

/// The same before anybody looked at it.
fn proposed(world: &mut World) -> String {
    let id = world.work("work", "app.txt", "Two");
    world.edit("sato", "more.txt", "more\n");
    world.push("sato", "work", 7);
    id
}

/// Asks the gate in a fresh job that Sato started.
fn gate(world: &mut World) -> Run {
    gate_set(world, &[])
}

/// The same in a job with other variables.
fn gate_set(world: &mut World, variables: &[(&str, &str)]) -> Run {
    with(world, variables, &[], &|_| {})
}

fn with(
    world: &mut World,
    variables: &[(&str, &str)],
    inputs: &[(&str, &str)],
    change: &dyn Fn(&mut Runner<'_>),
) -> Run {
    let key = world.stage.private_key("sato");
    let log = world.stage.log();
    let log = log.to_str().unwrap().to_owned();
    let mut runner = world.clean_job("sato");
    for (name, value) in variables {
        runner.set(name, value);
    }
    change(&mut runner);
    let own = [("signing-key", key.as_str()), ("log", log.as_str())];
    let run = runner.uses(&[&own, inputs].concat());
    let shown = run.log.clone() + &run.summary;
    assert!(runner.token.is_empty() || !shown.contains(&runner.token));
    run
}

#[track_caller]
fn denied(world: &mut World) -> Run {
    let run = gate(world).expect(1);
    assert_eq!(run.outputs["decision"], "deny", "{}", run.log);
    run
}

#[test]
fn merge_squash_and_rebase_pass_with_the_review_and_not_without() {
    for how in [How::Merge, How::Squash, How::Rebase] {
        let mut world = World::new();
        let id = proposed(&mut world);
        world.merge(7, how);
        let run = denied(&mut world);
        assert!(run.log.contains("APP-01"), "{how:?} {}", run.log);
        world.review("hayashi", 7, "APPROVED");
        let run = gate(&mut world).expect(0);
        assert_eq!(run.outputs["decision"], "pass", "{how:?}");
        assert_eq!(run.outputs["change-ids"], id, "{how:?}");
        assert!(run.summary.contains("Hayashi"), "{how:?} {}", run.summary);
        assert_eq!(world.github().strangers, 0, "{how:?}");
    }
}

#[test]
fn push_after_the_review_voids_it_in_every_way_to_merge() {
    for how in [How::Merge, How::Squash, How::Rebase] {
        let mut world = World::new();
        approved(&mut world);
        world.edit("sato", "more.txt", "worse\n");
        world.push("sato", "work", 7);
        world.reanchor(7);
        world.merge(7, how);
        denied(&mut world);
        world.review("hayashi", 7, "APPROVED");
        gate(&mut world).expect(0);
    }
}

#[test]
fn conflict_resolution_hidden_in_an_update_merge() {
    let mut world = World::new();
    approved(&mut world);
    world.work("other", "other.txt", "Other");
    world.push("sato", "other", 8);
    world.review("hayashi", 8, "APPROVED");
    world.merge(8, How::Squash);
    world.tick();
    world.stage.git("sato", &["checkout", "-q", "work"]);
    world
        .stage
        .git("sato", &["merge", "-q", "--no-ff", "--no-commit", "main"]);
    world.stage.write("app.txt", "evil\n");
    world.stage.commit("sato", "Merge main");
    world.push("sato", "work", 7);
    world.reanchor(7);
    world.merge(7, How::Merge);
    denied(&mut world);
}

#[test]
fn attempt_that_somebody_else_started_again() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    let again = [
        ("GITHUB_TRIGGERING_ACTOR", "hayashi"),
        ("GITHUB_RUN_ATTEMPT", "2"),
    ];
    let run = gate_set(&mut world, &again).expect(3);
    assert!(run.log.contains("not known for sure"), "{}", run.log);
    assert!(run.outputs["decision"].is_empty());
}

#[test]
fn old_green_run_started_again() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    let old = world.commit_of("main");
    gate_set(&mut world, &[("GITHUB_RUN_ID", "1")]).expect(0);
    world.work("next", "next.txt", "Three");
    world.push("sato", "next", 8);
    world.review("hayashi", 8, "APPROVED");
    world.merge(8, How::Rebase);
    gate(&mut world).expect(0);
    for attempt in ["1", "2"] {
        let again = [
            ("GITHUB_RUN_ID", "1"),
            ("GITHUB_RUN_ATTEMPT", attempt),
            ("GITHUB_SHA", &old),
        ];
        let run = gate_set(&mut world, &again).expect(1);
        assert_eq!(run.outputs["decision"], "deny", "{attempt}");
    }
}

#[test]
fn workflow_dispatch_with_an_old_commit() {
    let mut world = World::new();
    let old = world.commit_of("main");
    approved(&mut world);
    world.merge(7, How::Squash);
    gate(&mut world).expect(0);
    let run = with(
        &mut world,
        &[("GITHUB_EVENT_NAME", "workflow_dispatch")],
        &[("head", &old)],
        &|_| {},
    );
    let run = run.expect(1);
    assert!(run.log.contains("DEC-01"), "{}", run.log);
}

#[test]
fn pass_for_another_environment_and_of_another_repository() {
    let mut world = World::with(|config| {
        config.replace(
            "environments: {production: {}}",
            "environments: {production: {}, staging: {}}",
        )
    });
    approved(&mut world);
    world.merge(7, How::Squash);
    gate(&mut world).expect(0);
    let run = with(&mut world, &[], &[("environment", "staging")], &|_| {}).expect(3);
    assert!(run.outputs["decision"].is_empty());
    let run = gate_set(&mut world, &[("GITHUB_REPOSITORY", "mallory/shop")]).expect(3);
    assert!(run.log.contains("mallory/shop"), "{}", run.log);
}

#[test]
fn main_line_that_moved_since_the_run_began() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    let passed = world.commit_of("main");
    world.work("next", "next.txt", "Three");
    world.push("sato", "next", 8);
    world.merge(8, How::Squash);
    // What is judged is the commit of the run, not where the branch is now; the newer one is not approved.
    let run = gate_set(&mut world, &[("GITHUB_SHA", &passed)]).expect(0);
    assert_eq!(run.outputs["decision"], "pass");
    denied(&mut world);
    // And the newer one is not deployed with the older one's pass.
    let deploy = [("command", "run"), ("run", "touch ../owned")];
    let run = with(&mut world, &[("GITHUB_SHA", &passed)], &deploy, &|_| {});
    assert!(run.code != 0, "{}", run.log);
    assert!(!world.stage.path("../owned").exists());
}

#[test]
fn pull_request_of_a_fork_and_pull_request_target_decide_nothing() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    for event in ["pull_request", "pull_request_target", "pull_request_review"] {
        let run = gate_set(&mut world, &[("GITHUB_EVENT_NAME", event)]).expect(2);
        assert!(run.log.contains("Nothing is decided there"), "{}", run.log);
    }
}

#[test]
fn merged_from_a_fork_whose_pushes_nobody_recorded() {
    let mut world = World::new();
    proposed(&mut world);
    world.github().pulls.get_mut(&7).unwrap().fork = true;
    world.github().pushes.remove("refs/heads/work");
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    let run = denied(&mut world);
    assert!(run.log.contains("cannot be shown"), "{}", run.log);
}

#[test]
fn declaration_edited_after_the_approval() {
    let mut world = World::new();
    let id = approved(&mut world);
    let file = format!("changes/2026/{id}.yml");
    let text = world.stage.read(&file);
    world.edit(
        "sato",
        &file,
        &text.replace("has to say what is true", "may say anything"),
    );
    world.push("sato", "work", 7);
    world.merge(7, How::Rebase);
    denied(&mut world);
}

#[test]
fn own_review_and_a_bots() {
    let mut world = World::new();
    proposed(&mut world);
    world.review("sato", 7, "APPROVED");
    world.user(1002, "hayashi", "Bot");
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Merge);
    let run = denied(&mut world);
    assert!(run.log.contains("no human being"), "{}", run.log);
    world.user(1002, "hayashi", "User");
    gate(&mut world).expect(0);
}

#[test]
fn dismissed_own_objection_revives_no_older_approval() {
    let mut world = World::new();
    approved(&mut world);
    world.review("hayashi", 7, "CHANGES_REQUESTED");
    world.dismiss("hayashi", 7, "hayashi");
    world.merge(7, How::Squash);
    denied(&mut world);
}

#[test]
fn objection_on_the_second_page() {
    let mut world = World::new();
    approved(&mut world);
    for _ in 0..3 {
        world.review("sato", 7, "APPROVED");
    }
    world.review("ishii", 7, "CHANGES_REQUESTED");
    world.merge(7, How::Squash);
    world.habit(Habit::SmallPages(2));
    let run = denied(&mut world);
    assert!(run.log.contains("Ishii"), "{}", run.log);
}

#[test]
fn reviews_that_cannot_be_read_are_no_pass() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    for habit in [Habit::Forbidden, Habit::NoActivity, Habit::BadGateway(1_000)] {
        world.habit(habit);
        let run = gate(&mut world).expect(3);
        assert!(run.outputs["decision"].is_empty(), "{habit:?}");
        world.github().habits.clear();
    }
    let strange = |job: &mut Runner<'_>| job.token = "ghs_of_somebody_else".to_owned();
    with(&mut world, &[], &[], &strange).expect(3);
    // No token at all: only what is in the log counts.
    with(&mut world, &[], &[], &|job| job.token.clear()).expect(1);
    gate(&mut world).expect(0);
}
