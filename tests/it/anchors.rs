//! Where the log ended, noted on GitHub: a log that was cut, forked or taken away is noticed by a
//! clone that has seen nothing before.

use serde_json::json;

use crate::fake_github::{Habit, How, World, actions_bot};

/// A shop whose log is on GitHub, with one change that was deployed by a job.
fn deployed() -> World {
    let mut world = World::on_a_branch();
    merged(&mut world, 7, "app.txt");
    world.job(&["gate"], &[]).expect(0);
    world
}

fn merged(world: &mut World, number: u64, file: &str) {
    let branch = format!("work-{number}");
    world.work(&branch, file, &format!("Change {number}"));
    world.push("sato", &branch, number);
    world.review("hayashi", number, "APPROVED");
    world.merge(number, How::Squash);
}

fn in_clone(world: &mut World, name: &str, code: i32) -> String {
    let clone = world.fresh(name);
    let done = world.run("sato", &["-C", &clone, "gate"], &[]).expect(code);
    format!("{}{}", done.out, done.err)
}

#[test]
fn end_of_the_log_is_noted_on_the_deployed_commit() {
    let mut world = deployed();
    let head = world.commit_of("main");
    let noted = world.github().statuses[&head][0].clone();
    assert_eq!(noted["context"], "sekisho/ledger");
    let done = world
        .run("sato", &["verify", "--format", "json"], &[])
        .expect(0)
        .json();
    let expected = format!("{} {}", done["size"], done["head"].as_str().unwrap());
    assert_eq!(noted["description"], expected.as_str());
    // Somebody who has never read the log sees the same end.
    in_clone(&mut world, "fresh", 0);
    let change = world.run("sato", &["history", "--format", "json"], &[]);
    assert!(change.out.contains("deploy.allowed"), "{}", change.both());
}

#[test]
fn branch_of_the_log_that_was_taken_back() {
    let mut world = deployed();
    let line = world.log_line();
    world.put("sekisho-log", Some(&line[0]));
    let said = in_clone(&mut world, "fresh", 4);
    assert!(
        said.contains("Records are missing at the end") && said.contains("github-actions[bot]"),
        "{said}"
    );
    // Also where an older commit is to be deployed, from which the last one cannot be seen.
    let clone = world.fresh("older");
    let older = world.commit_of("main~1");
    world
        .run("sato", &["-C", &clone, "gate", "--head", &older], &[])
        .expect(4);
    world.put("sekisho-log", line.last().map(String::as_str));
    in_clone(&mut world, "again", 0);
}

#[test]
fn branch_of_the_log_that_was_deleted() {
    let mut world = deployed();
    world.put("sekisho-log", None);
    let said = in_clone(&mut world, "fresh", 4);
    assert!(said.contains("the log has 0"), "{said}");
}

#[test]
fn branch_of_the_log_that_was_written_anew_from_an_older_place() {
    let mut world = deployed();
    let line = world.log_line();
    world.put("sekisho-log", Some(&line[0]));
    let clone = world.fresh("forger");
    // Without a token nobody looks at what was noted.
    let (key, header) = {
        let printed = world
            .stage
            .git("sato", &["config", "--get-regexp", "extraheader"]);
        let (key, header) = printed.trim().split_once(' ').unwrap();
        (key.to_owned(), header.to_owned())
    };
    world.stage.git("sato", &["-C", &clone, "config", &key, &header]);
    for head in ["main", "main", "main"] {
        world.tick();
        world
            .stage
            .sekisho("sato", &["-C", &clone, "gate", "--head", head]);
    }
    assert!(world.log_line().len() > line.len());
    let said = in_clone(&mut world, "fresh", 4);
    assert!(said.contains("This is another history"), "{said}");
}

#[test]
fn note_that_is_newer_than_what_was_fetched() {
    let mut world = deployed();
    let line = world.log_line();
    world.put("sekisho-log", Some(&line[0]));
    world.put_before("Marked", "sekisho-log", line.last().unwrap());
    in_clone(&mut world, "fresh", 0);
}

#[test]
fn note_of_a_collaborator_is_a_warning_that_names_them() {
    let mut world = deployed();
    let head = world.commit_of("main");
    let mallory = json!({"id": 1666, "login": "mallory", "type": "User"});
    let text = format!("999 {}", "0".repeat(64));
    let id = world.github().status(&head, "sekisho/ledger", &text, mallory);
    let said = in_clone(&mut world, "fresh", 0);
    assert!(
        said.contains("mallory") && said.contains(&format!("status {id}")),
        "{said}"
    );
}

#[test]
fn false_note_of_a_machine_stops_until_somebody_answers_for_it() {
    let mut world = deployed();
    let head = world.commit_of("main");
    let text = format!("999 {}", "0".repeat(64));
    let id = world
        .github()
        .status(&head, "sekisho/ledger", &text, actions_bot());
    let said = in_clone(&mut world, "fresh", 4);
    assert!(
        said.contains("disregard") && said.contains(&id.to_string()),
        "{said}"
    );
    let inputs = [
        ("SEKISHO_INPUT_COMMAND", "gate"),
        ("SEKISHO_INPUT_DISREGARD", &*id.to_string()),
    ];
    world.job(&["action"], &[inputs[0]]).expect(4);
    let done = world.job(&["action"], &inputs).expect(0);
    assert!(
        done.both().contains("::warning title=sekisho::"),
        "{}",
        done.both()
    );
    world
        .stage
        .git("sato", &["config", "sekisho.disregardedNotes", &head]);
    let done = world.run("sato", &["gate"], &[]).expect(0);
    assert!(done.err.contains("disregard"), "{}", done.both());
}

#[test]
fn note_behind_the_first_page_of_statuses() {
    let mut world = deployed();
    let line = world.log_line();
    let head = world.commit_of("main");
    for nth in 0..5 {
        let mallory = json!({"id": 1666, "login": "mallory", "type": "User"});
        world
            .github()
            .status(&head, &format!("ci/{nth}"), "green", mallory.clone());
        world
            .github()
            .status(&head, "sekisho/ledger", "all is well", mallory);
    }
    world.habit(Habit::SmallPages(2));
    world.put("sekisho-log", Some(&line[0]));
    in_clone(&mut world, "fresh", 4);
}

#[test]
fn token_without_rights_on_statuses_is_told_so() {
    let mut world = World::on_a_branch();
    merged(&mut world, 7, "app.txt");
    world.habit(Habit::NoStatuses);
    let done = world.job(&["gate"], &[]).expect(0);
    assert_eq!(done.err.matches("statuses: write").count(), 2, "{}", done.both());
    assert!(world.github().statuses.is_empty());
    let done = world
        .job(&["action"], &[("SEKISHO_INPUT_COMMAND", "gate")])
        .expect(0);
    assert!(done.out.contains("::notice title=sekisho::"), "{}", done.both());
}

#[test]
fn same_end_is_noted_once() {
    let mut world = deployed();
    let more = [("GITHUB_RUN_ID", "99")];
    world.job(&["gate"], &more).expect(0);
    let head = world.commit_of("main");
    let before = world.github().statuses[&head].len();
    world.job(&["gate"], &more).expect(0);
    assert_eq!(world.github().statuses[&head].len(), before);
}
