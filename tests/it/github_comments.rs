//! What people see on a pull request before it is merged.

use crate::fake_github::{Comment, Habit, World};
use crate::support::stage::Done;

const MARKER: &str = "<!-- sekisho:check -->";

fn proposed(title: &str) -> World {
    let mut world = World::new();
    world.work("work", "app.txt", title);
    world.push("sato", "work", 7);
    world.proposal("work");
    world
}

/// The Action's check in a job of pull request 7.
fn check(world: &mut World, more: &[(&str, &str)]) -> Done {
    let usual = [
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_REF", "refs/pull/7/merge"),
        ("SEKISHO_INPUT_COMMAND", "check"),
    ];
    let all: Vec<(&str, &str)> = usual.into_iter().chain(more.iter().copied()).collect();
    world.job(&["action"], &all)
}

fn comments(world: &World) -> Vec<String> {
    let github = world.github();
    let all = github.comments.get(&7).into_iter().flatten();
    all.map(|comment| comment.body.clone()).collect()
}

#[test]
fn comment_says_what_is_missing_and_is_kept_up_to_date() {
    let mut world = proposed("Two");
    check(&mut world, &[]).expect(1);
    let first = comments(&world);
    assert_eq!(first.len(), 1);
    assert!(first[0].starts_with(MARKER), "{}", first[0]);
    assert!(
        first[0].contains("APP-01") && first[0].contains("Hayashi"),
        "{}",
        first[0]
    );
    assert!(
        first[0].contains("redeploy") || first[0].contains("previous"),
        "{}",
        first[0]
    );
    world.review("hayashi", 7, "APPROVED");
    check(&mut world, &[]).expect(0);
    let second = comments(&world);
    assert_eq!(second.len(), 1);
    assert!(
        second[0].contains("Hayashi, this exact content, reviewed"),
        "{}",
        second[0]
    );
    assert!(!second[0].contains("APP-01"), "{}", second[0]);
    let number = regex::Regex::new("CHG-20261201-[0-9A-Z]{4}").unwrap();
    insta::assert_snapshot!(number.replace_all(&second[0], "CHG-20261201-…"));
    world.review("ishii", 7, "CHANGES_REQUESTED");
    check(&mut world, &[]).expect(1);
    assert!(comments(&world)[0].contains("Ishii"));
    assert!(world.log_line().is_empty() && world.github().statuses.is_empty());
}

#[test]
fn approval_of_an_older_head_is_not_shown_as_one() {
    let mut world = proposed("Two");
    world.review("hayashi", 7, "APPROVED");
    world.stage.git("sato", &["checkout", "-q", "work"]);
    world.edit("sato", "app.txt", "three\n");
    world.push("sato", "work", 7);
    world.proposal("work");
    check(&mut world, &[]).expect(1);
    let page = &comments(&world)[0];
    assert!(page.contains("approved another version"), "{page}");
}

#[test]
fn comment_in_japanese() {
    let mut world = proposed("Two");
    check(&mut world, &[("SEKISHO_LANG", "ja")]).expect(1);
    let page = &comments(&world)[0];
    assert!(
        page.contains("関所で求められること") && page.contains("承認"),
        "{page}"
    );
}

#[test]
fn comment_of_somebody_else_that_carries_the_marker() {
    let mut world = proposed("Two");
    let foreign = Comment {
        id: "C7-x".to_owned(),
        body: format!("{MARKER}\nAll is approved."),
        own: false,
    };
    world.github().comments.insert(7, vec![foreign.clone(), foreign]);
    world.habit(Habit::SmallPages(1));
    for _ in 0..2 {
        check(&mut world, &[]).expect(1);
    }
    let all = comments(&world);
    assert_eq!(all.len(), 3);
    assert!(all[0].ends_with("All is approved.") && all[2].contains("APP-01"));
}

#[test]
fn title_that_would_be_markup_or_a_mention() {
    let mut world = proposed("</sub><img src=x> @octocat #1 `a` --> x");
    check(&mut world, &[]).expect(1);
    let page = &comments(&world)[0];
    assert!(!page.contains("<img") && !page.contains("@octocat"), "{page}");
}

#[test]
fn job_that_may_not_comment_has_the_summary() {
    let mut world = proposed("Two");
    let summary = world.stage.path("../summary.md");
    let file = ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap());
    world.habit(Habit::NoComments);
    let done = check(&mut world, &[file]).expect(1);
    assert!(done.both().contains("pull-requests: write"), "{}", done.both());
    let page = std::fs::read_to_string(&summary).unwrap();
    assert!(page.contains("APP-01"), "{page}");
    std::fs::remove_file(&summary).unwrap();
    let done = check(&mut world, &[file, ("GITHUB_TOKEN", "")]).expect(1);
    assert!(done.both().contains("no token"), "{}", done.both());
    assert!(std::fs::read_to_string(&summary).unwrap().contains("APP-01"));
    world.github().habits.clear();
    check(&mut world, &[("SEKISHO_INPUT_COMMENT", "false")]).expect(1);
    assert!(comments(&world).is_empty());
}

#[test]
fn check_on_a_branch_sees_the_reviews_of_its_open_pull_request() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    world.edit("sato", "more.txt", "more\n");
    let done = world.run("sato", &["check"], &[]).expect(1);
    assert!(done.out.contains("APP-01"), "{}", done.both());
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    let done = world.run("sato", &["check"], &[]).expect(0);
    assert!(
        done.out.contains("Hayashi, this exact content, reviewed"),
        "{}",
        done.both()
    );
    // What is not pushed yet, nobody reviewed.
    world.edit("sato", "more.txt", "else\n");
    world.run("sato", &["check"], &[]).expect(1);
    world.push("sato", "work", 7);
    let done = world.run("sato", &["check"], &[]).expect(1);
    assert!(done.out.contains("approved another version"), "{}", done.both());
}
