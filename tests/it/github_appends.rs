//! The log's branch, appended to by GitHub itself, and what happens when that does not go well.

use crate::fake_github::{Habit, How, World};

fn merged() -> World {
    let mut world = World::on_a_branch();
    world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    world
}

/// The decisions in the log, as another clone reads it, and what verifying says.
fn seen(world: &mut World) -> (usize, String) {
    let clone = world.fresh("reader");
    let verified = world.run("sato", &["-C", &clone, "verify"], &[]).expect(0).both();
    let told = world
        .run("sato", &["-C", &clone, "history", "--format", "json"], &[])
        .expect(0);
    (told.out.matches("deploy.allowed").count(), verified)
}

#[test]
fn job_has_github_append_and_goes_on_from_there() {
    let mut world = merged();
    let before = world.log_line().len();
    world.job(&["gate"], &[]).expect(0);
    assert_eq!(world.github().made, 1);
    assert_eq!(world.log_line().len(), before + 1);
    let change = world.run("sato", &["history", "--format", "json"], &[]).expect(0);
    assert!(change.out.contains("deploy.allowed"));
    world.job(&["gate"], &[]).expect(0);
    assert_eq!(world.github().made, 2);
    let (_, verified) = seen(&mut world);
    assert!(!verified.contains("passed over"), "{verified}");
    // Outside of a job it is a push.
    world.run("sato", &["gate"], &[]).expect(0);
    assert_eq!(world.github().made, 2);
}

#[test]
fn somebody_elses_commit_comes_first() {
    let mut world = merged();
    world.habit(Habit::Overtaken(2));
    world.job(&["gate"], &[]).expect(0);
    assert_eq!(world.github().made, 1);
    assert_eq!(seen(&mut world).0, 1);
}

#[test]
fn answer_that_gets_lost_makes_no_second_record() {
    let mut world = merged();
    world.habit(Habit::LostAnswer(1));
    world.job(&["gate"], &[]).expect(0);
    assert_eq!(world.github().made, 1);
    assert_eq!(seen(&mut world).0, 1);
}

#[test]
fn where_github_does_not_append_it_is_pushed_and_said() {
    for (habit, word) in [
        (Habit::NoAppend, "contents: write"),
        (Habit::OldServer, "so it was pushed"),
        (Habit::OtherBytes, "other bytes"),
    ] {
        let mut world = merged();
        world.habit(habit);
        let done = world.job(&["gate"], &[]).expect(0);
        assert_eq!(done.err.matches(word).count(), 1, "{habit:?} {}", done.both());
        let (decisions, _) = seen(&mut world);
        assert_eq!(decisions, 1, "{habit:?}");
    }
}

#[test]
fn repository_that_wants_pushes_gets_pushes() {
    let mut world = merged();
    world.stage.git("sato", &["config", "sekisho.append", "push"]);
    world.job(&["gate"], &[]).expect(0);
    assert_eq!(world.github().made, 0);
    world.stage.git("sato", &["config", "sekisho.append", "perhaps"]);
    world.job(&["gate"], &[]).expect(2);
    world.stage.git("sato", &["config", "sekisho.append", "api"]);
    world.run("sato", &["gate"], &[]).expect(0);
    assert_eq!(world.github().made, 1);
    assert_eq!(world.github().strangers, 0);
}
