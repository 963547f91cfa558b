//! Approval by review on GitHub: what keeps it, what voids it, and what GitHub has to tell.

use crate::fake_github::{Habit, How, World};

/// A change on a branch of two commits, reviewed; its number.
fn reviewed(world: &mut World, number: u64, file: &str) -> String {
    let branch = format!("work-{number}");
    let id = world.work(&branch, file, &format!("Change {number}"));
    world.edit("sato", &format!("more-{number}.txt"), "more\n");
    world.push("sato", &branch, number);
    world.review("hayashi", number, "APPROVED");
    id
}

#[test]
fn merge_squash_and_rebase_keep_what_was_approved() {
    for how in [How::Merge, How::Squash, How::Rebase] {
        let mut world = World::new();
        let id = reviewed(&mut world, 7, "app.txt");
        world.merge(7, how);
        let done = world.gate().expect(0);
        assert!(done.out.contains(&id), "{how:?} {}", done.both());
        assert!(
            done.out.contains("Hayashi, this exact content, reviewed"),
            "{how:?} {}",
            done.both()
        );
        let github = world.github();
        // Two to judge, one for notes about the log, one to look again before the pass is told.
        assert!(github.points <= 4, "{how:?}: {} points", github.points);
        assert_eq!((github.rest, github.strangers), (1, 0), "{how:?}");
    }
}

#[test]
fn approval_survives_what_others_merge_in_between() {
    let mut world = World::new();
    let one = reviewed(&mut world, 7, "app.txt");
    let two = reviewed(&mut world, 8, "other.txt");
    let three = reviewed(&mut world, 9, "third.txt");
    world.merge(8, How::Squash);
    world.merge(7, How::Merge);
    world.merge(9, How::Rebase);
    let answer = world
        .run("sato", &["gate", "--format", "json"], &[])
        .expect(0)
        .json();
    let ids: Vec<&str> = answer["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].as_str().unwrap())
        .collect();
    let mut expected = [one.as_str(), &two, &three];
    expected.sort_unstable();
    assert_eq!(ids, expected, "{answer:#}");
    assert!(world.github().points <= 4);
}

#[test]
fn runner_that_has_only_the_main_line_fetches_what_the_reviewer_saw() {
    let mut world = World::new();
    reviewed(&mut world, 7, "app.txt");
    world.merge(7, How::Squash);
    let runner = world.runner();
    world.run("sato", &["-C", &runner, "gate"], &[]).expect(0);
    assert_eq!(world.github().strangers, 0);
}

#[test]
fn without_a_token_only_the_log_counts() {
    let mut world = World::new();
    let id = reviewed(&mut world, 7, "app.txt");
    world.merge(7, How::Squash);
    let done = world.stage.sekisho("sato", &["gate"]).expect(1);
    assert!(done.out.contains("APP-01"), "{}", done.both());
    assert_eq!(world.github().requests, 0);
    world.stage.sekisho("hayashi", &["approve", &id]).expect(0);
    world.stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn push_after_the_review_voids_it() {
    let mut world = World::new();
    reviewed(&mut world, 7, "app.txt");
    world.edit("sato", "more-7.txt", "worse\n");
    world.push("sato", "work-7", 7);
    world.merge(7, How::Merge);
    let done = world.gate().expect(1);
    assert!(
        done.out.contains("Hayashi approved another version"),
        "{}",
        done.both()
    );
    world.review("hayashi", 7, "APPROVED");
    world.gate().expect(0);
}

#[test]
fn plan_is_part_of_what_was_reviewed() {
    let mut world = World::new();
    let id = world.work("work-7", "app.txt", "Planned");
    let file = format!("changes/2026/{id}.yml");
    let text = world.stage.read(&file);
    world.edit("sato", &file, &format!("{text}plan: plan.txt\n"));
    world.edit("sato", "plan.txt", "one line\n");
    world.push("sato", "work-7", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Merge);
    world.gate().expect(0);
}

#[test]
fn objection_stands_until_its_author_lifts_it() {
    let mut world = World::new();
    reviewed(&mut world, 7, "app.txt");
    world.review("ishii", 7, "CHANGES_REQUESTED");
    world.merge(7, How::Squash);
    let done = world.gate().expect(1);
    assert!(done.out.contains("Ishii"), "{}", done.both());
    world.dismiss("sato", 7, "ishii");
    world.gate().expect(1);
    world.review("ishii", 7, "APPROVED");
    world.gate().expect(0);
}

#[test]
fn odd_answers_that_lead_to_the_same_decision() {
    let habits = [
        Habit::Decoy,
        Habit::IndexLag(2),
        Habit::NoMergeCommit,
        Habit::BadGateway(2),
        Habit::SmallPages(1),
    ];
    let mut world = World::new();
    reviewed(&mut world, 7, "app.txt");
    world.review("ishii", 7, "APPROVED");
    world.merge(7, How::Squash);
    for habit in habits {
        world.habit(habit);
        let done = world.run("sato", &["check", "--format", "json"], &[]);
        assert!(!done.both().contains("APP-01"), "{habit:?} {}", done.both());
        world.github().habits.clear();
    }
    world.habit(Habit::SmallPages(1));
    world.gate().expect(0);
}

#[test]
fn answers_that_leave_the_question_open() {
    let mut world = World::new();
    reviewed(&mut world, 7, "app.txt");
    world.merge(7, How::Squash);
    let habits = [
        Habit::Forbidden,
        Habit::NoActivity,
        Habit::Partial,
        Habit::RateLimit,
        Habit::BadGateway(1_000),
        Habit::Nonsense,
    ];
    let mut said = String::new();
    for habit in habits {
        world.habit(habit);
        for language in ["en", "ja"] {
            let done = world
                .run("sato", &["gate"], &[("SEKISHO_LANG", language)])
                .expect(3);
            assert!(!done.out.contains("PASSED"), "{}", done.both());
            said.push_str(&done.err);
        }
        world.github().habits.clear();
    }
    let done = world
        .run("sato", &["gate"], &[("GITHUB_TOKEN", "ghs_of_somebody_else")])
        .expect(3);
    said.push_str(&done.err);
    assert!(!said.contains("ghs_"), "{said}");
    insta::assert_snapshot!(said);
    world.gate().expect(0);
}

#[test]
fn way_back_does_not_wait_for_github() {
    let mut world = World::new();
    let id = reviewed(&mut world, 7, "app.txt");
    world.merge(7, How::Squash);
    let before = world.commit_of("main^");
    world.gate().expect(0);
    world.habit(Habit::BadGateway(1_000));
    world
        .run("sato", &["gate", "--rollback-of", &id, "--head", &before], &[])
        .expect(0);
}

#[test]
fn members_of_a_team_approve() {
    let of_a_team = |config: String| {
        config.replace(
            "approvers: [hayashi, ishii]",
            "groups: {leads: {github: acme/leads}}\napprovers: [leads]",
        )
    };
    let mut world = World::with(of_a_team);
    reviewed(&mut world, 7, "app.txt");
    world.merge(7, How::Squash);
    let done = world.gate().expect(3);
    assert!(
        done.err.contains("may read the members of the organisation"),
        "{}",
        done.both()
    );
    world.github().teams.insert("leads".to_owned(), vec![1003]);
    let done = world.gate().expect(1);
    assert!(done.out.contains("may not approve"), "{}", done.both());
    world.github().teams.insert("leads".to_owned(), vec![1003, 1002]);
    world.gate().expect(0);
}

#[test]
fn each_pull_request_of_a_change_needs_its_own_approval() {
    let mut world = World::new();
    let id = reviewed(&mut world, 7, "app.txt");
    world.merge(7, How::Squash);
    world
        .stage
        .git("sato", &["checkout", "-q", "-b", "second", "main"]);
    world.edit("sato", "second.txt", "more of it\n");
    world.stage.git(
        "sato",
        &[
            "commit",
            "-q",
            "--amend",
            "-m",
            &format!("Second\n\nChange: {id}"),
        ],
    );
    world.push("sato", "second", 8);
    world.merge(8, How::Merge);
    let done = world.gate().expect(1);
    assert!(done.out.contains("APP-01"), "{}", done.both());
    world.review("ishii", 8, "CHANGES_REQUESTED");
    world.review("hayashi", 8, "APPROVED");
    world.gate().expect(1);
    world.review("ishii", 8, "APPROVED");
    world.gate().expect(0);
}

#[test]
fn command_that_asks_nothing_needs_no_server() {
    let mut world = World::new();
    reviewed(&mut world, 7, "app.txt");
    world.habit(Habit::Nonsense);
    world.run("sato", &["history"], &[]).expect(0);
    assert_eq!(world.github().requests, 0);
}
