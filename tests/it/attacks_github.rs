//! Ways around the gate through GitHub, each a test with the attack as its name.

use crate::fake_github::{How, Review, World};

/// A change on the branch `work`, pull request 7, reviewed by Hayashi; its number.
fn approved(world: &mut World) -> String {
    let id = world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    id
}

#[track_caller]
fn denied(world: &mut World) -> String {
    let done = world.gate().expect(1);
    assert!(!done.out.contains("PASSED"), "{}", done.both());
    done.out
}

/// "Nobody pushed" would make everybody a reviewer of their own work.
#[test]
fn pushes_of_the_repository_that_github_does_not_find() {
    for code in [404, 422] {
        let mut world = World::new();
        approved(&mut world);
        world.merge(7, How::Squash);
        world.habit(crate::fake_github::Habit::LostActivity(code));
        let done = world.gate().expect(3);
        assert!(done.both().contains("activity of work"), "{}", done.both());
    }
}

#[test]
fn back_dated_commit_pushed_after_the_approval() {
    let mut world = World::new();
    approved(&mut world);
    world.stage.at("2026-11-01T00:00:00Z");
    world.stage.write("app.txt", "evil\n");
    world.stage.commit("sato", "Old, honestly");
    world.push("sato", "work", 7);
    world.merge(7, How::Squash);
    denied(&mut world);
}

#[test]
fn review_that_github_moved_to_a_later_commit() {
    let mut world = World::new();
    approved(&mut world);
    world.edit("sato", "app.txt", "evil\n");
    world.push("sato", "work", 7);
    world.reanchor(7);
    world.merge(7, How::Merge);
    denied(&mut world);
}

#[test]
fn review_moved_back_to_a_head_that_nobody_looked_at() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    world.edit("sato", "app.txt", "evil\n");
    world.push("sato", "work", 7);
    let evil = world.commit_of("work");
    world.stage.git("sato", &["reset", "-q", "--hard", "HEAD~1"]);
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.stage.git("sato", &["reset", "-q", "--hard", &evil]);
    world.push("sato", "work", 7);
    world.reanchor(7);
    world.merge(7, How::Squash);
    denied(&mut world);
}

#[test]
fn push_in_the_moment_of_the_review() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world.edit("sato", "app.txt", "evil\n");
    world.push("sato", "work", 7);
    // The reviewer still had the first head on the page.
    let (first, at) = {
        let github = world.github();
        let rows = &github.pushes["refs/heads/work"];
        (
            rows[1]["after"].as_str().unwrap().to_owned(),
            rows[0]["timestamp"].as_str().unwrap().to_owned(),
        )
    };
    let review = Review {
        id: "R1".to_owned(),
        by: "hayashi".to_owned(),
        state: "APPROVED",
        at: at.replace(":00Z", ":01Z"),
        commit: first,
    };
    world.github().pulls.get_mut(&7).unwrap().reviews.push(review);
    world.merge(7, How::Squash);
    denied(&mut world);
}

/// An approved pull request, checked out, behind a main line that another one moved.
fn behind_another() -> World {
    let mut world = World::new();
    approved(&mut world);
    world.work("other", "other.txt", "Other");
    world.push("sato", "other", 8);
    world.review("hayashi", 8, "APPROVED");
    world.merge(8, How::Squash);
    world.tick();
    world.stage.git("sato", &["checkout", "-q", "work"]);
    world
}

#[test]
fn conflict_resolution_hidden_in_an_update_merge() {
    let mut world = behind_another();
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
fn update_merge_that_hides_nothing_keeps_the_approval() {
    let mut world = behind_another();
    world
        .stage
        .git("sato", &["merge", "-q", "--no-ff", "-m", "Merge main", "main"]);
    world.push("sato", "work", 7);
    world.reanchor(7);
    world.merge(7, How::Merge);
    world.gate().expect(0);
}

#[test]
fn declaration_edited_after_the_approval() {
    let mut world = World::new();
    let id = approved(&mut world);
    let file = format!("changes/2026/{id}.yml");
    let text = world
        .stage
        .read(&file)
        .replace("has to say what is true", "may say anything");
    world.edit("sato", &file, &text);
    world.push("sato", "work", 7);
    world.merge(7, How::Squash);
    denied(&mut world);
}

#[test]
fn plan_changed_after_the_approval() {
    let mut world = World::new();
    let id = world.work("work", "app.txt", "Planned");
    let file = format!("changes/2026/{id}.yml");
    let text = world.stage.read(&file);
    world.edit("sato", &file, &format!("{text}plan: plan.txt\n"));
    world.edit("sato", "plan.txt", "one line\n");
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    world.stage.write("plan.txt", "two lines\n");
    world.stage.commit("sato", &format!("Plan\n\nChange: {id}"));
    denied(&mut world);
}

#[test]
fn squash_or_merge_that_changes_the_tree() {
    for how in [How::Squash, How::Merge] {
        let mut world = World::new();
        approved(&mut world);
        let before = world.commit_of("main");
        world.merge(7, how);
        world.stage.write("app.txt", "evil\n");
        world
            .stage
            .git("sato", &["commit", "-q", "-a", "--amend", "--no-edit"]);
        world.landed(7, &before);
        denied(&mut world);
    }
}

#[test]
fn commit_pushed_to_the_main_line_and_claimed_by_a_branch_that_holds_it() {
    let mut world = World::new();
    // Sato puts a commit on the main line past everybody, and goes on from it on a branch: there
    // GitHub shows only what comes after it.
    world.stage.git("sato", &["checkout", "-q", "main"]);
    let before = world.commit_of("main");
    let hidden = world.edit("sato", "hidden.txt", "evil\n");
    world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world
        .github()
        .pulls
        .get_mut(&7)
        .unwrap()
        .claims
        .insert(hidden.clone());
    world.edit("sato", "more.txt", "more\n");
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    // Two commits long, so the one before the squash could be its first.
    world.landed(7, &before);
    let out = denied(&mut world);
    assert!(out.contains("cannot be shown"), "{out}");
}

#[test]
fn base_changed_after_the_review() {
    for kind in [
        "BaseRefChangedEvent",
        "AutomaticBaseChangeSucceededEvent",
        "BaseRefForcePushedEvent",
    ] {
        let mut world = World::new();
        approved(&mut world);
        let at = world.tick();
        let event = serde_json::json!({"__typename": kind, "createdAt": at});
        world.github().pulls.get_mut(&7).unwrap().events.push(event);
        world.merge(7, How::Squash);
        let out = denied(&mut world);
        assert!(out.contains("cannot be shown"), "{kind} {out}");
        world.review("ishii", 7, "APPROVED");
        world.gate().expect(0);
    }
}

#[test]
fn account_with_the_login_of_an_approver() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world.user(1666, "hayashi", "User");
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    denied(&mut world);
    // The account itself counts under any name.
    world.user(1002, "hayashi-renamed", "User");
    world.review("hayashi-renamed", 7, "APPROVED");
    world.gate().expect(0);
}

#[test]
fn approval_of_an_account_that_is_gone() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    world.habit(crate::fake_github::Habit::Ghosts);
    denied(&mut world);
}

#[test]
fn approval_of_a_bot_that_is_named_as_a_person() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world.user(1002, "hayashi", "Bot");
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    let out = denied(&mut world);
    assert!(out.contains("no human being"), "{out}");
}

#[test]
fn approval_by_somebody_without_write_access() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    world.github().users.get_mut("hayashi").unwrap().can_push = false;
    let out = denied(&mut world);
    assert!(out.contains("may not write"), "{out}");
}

#[test]
fn approval_by_whoever_pushed_last() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    world.push("hayashi", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    let out = denied(&mut world);
    assert!(out.contains("ROL-02"), "{out}");
}

#[test]
fn approval_by_a_co_author() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    world.stage.write("app.txt", "together\n");
    world.stage.commit(
        "sato",
        "Together\n\nCo-authored-by: Hayashi <hayashi@shop.example>",
    );
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    let out = denied(&mut world);
    assert!(out.contains("ROL-02"), "{out}");
}

#[test]
fn dismissed_own_objection_that_would_revive_an_older_approval() {
    let mut world = World::new();
    approved(&mut world);
    world.review("hayashi", 7, "CHANGES_REQUESTED");
    world.dismiss("hayashi", 7, "hayashi");
    world.merge(7, How::Squash);
    denied(&mut world);
}

#[test]
fn objection_that_somebody_else_dismissed() {
    let mut world = World::new();
    approved(&mut world);
    world.review("ishii", 7, "CHANGES_REQUESTED");
    world.dismiss("sato", 7, "ishii");
    world.merge(7, How::Squash);
    denied(&mut world);
}

#[test]
fn objection_behind_the_first_page() {
    let mut world = World::new();
    approved(&mut world);
    for _ in 0..3 {
        world.review("sato", 7, "APPROVED");
    }
    world.review("ishii", 7, "CHANGES_REQUESTED");
    world.merge(7, How::Squash);
    world.habit(crate::fake_github::Habit::SmallPages(2));
    denied(&mut world);
}

#[test]
fn objection_hidden_behind_a_second_pull_request_of_the_same_branch() {
    let mut world = World::new();
    approved(&mut world);
    world.review("ishii", 7, "CHANGES_REQUESTED");
    world.push("sato", "work", 5);
    world.review("hayashi", 5, "APPROVED");
    let before = world.commit_of("main");
    world.merge(7, How::Squash);
    world.landed(5, &before);
    denied(&mut world);
}

#[test]
fn same_person_twice_for_two() {
    let two = |config: String| format!("{config}approval: {{quorum: {{low: 2, medium: 2, high: 2}}}}\n");
    let mut world = World::with(two);
    let id = approved(&mut world);
    world.merge(7, How::Squash);
    world.stage.sekisho("hayashi", &["approve", &id]).expect(0);
    denied(&mut world);
    world.review("ishii", 7, "APPROVED");
    world.gate().expect(0);
}

#[test]
fn remote_of_another_server_that_would_get_the_token() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    world.stage.git(
        "sato",
        &["remote", "set-url", "origin", "http://127.0.0.1:9/acme/shop.git"],
    );
    denied(&mut world);
    assert_eq!(world.github().requests, 0);
}

#[test]
fn server_of_ones_own_that_says_what_one_likes() {
    let (mut world, own) = (World::new(), World::new());
    world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world.merge(7, How::Squash);
    let url = format!("{}/acme/shop.git", own.address());
    world.stage.git("sato", &["remote", "set-url", "origin", &url]);
    let variables = [("GITHUB_SERVER_URL", own.address())];
    let done = world.run("sato", &["gate"], &variables).expect(3);
    assert!(done.err.contains("was begun for"), "{}", done.both());
    assert_eq!(own.github().requests, 0);
}

#[test]
fn review_where_only_signatures_count() {
    let signed = |config: String| format!("{config}trust: {{signatures: required}}\n");
    let mut world = World::with(signed);
    let id = approved(&mut world);
    world.merge(7, How::Squash);
    let out = denied(&mut world);
    assert!(out.contains("given in this way"), "{out}");
    world.stage.sekisho("hayashi", &["approve", &id]).expect(0);
    world.gate().expect(0);
}

/// Something happens when GitHub is asked about pull requests for the second time: after the
/// decision, before it is told.
fn after_the_decision(world: &World, what: impl FnOnce(&mut crate::fake_github::State) + Send + 'static) {
    world.before("Pulls", |github| github.before.push(("Pulls", Box::new(what))));
}

#[test]
fn review_dismissed_between_decision_and_report() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    after_the_decision(&world, |github| {
        let pull = github.pulls.get_mut(&7).unwrap();
        let event = serde_json::json!({
            "__typename": "ReviewDismissedEvent",
            "actor": {"__typename": "User", "login": "hayashi", "databaseId": 1002},
            "previousReviewState": "APPROVED",
            "review": {"id": pull.reviews[0].id},
        });
        pull.reviews[0].state = "DISMISSED";
        pull.events.push(event);
    });
    let done = world.gate().expect(2);
    assert!(done.err.contains("no longer approves #7"), "{}", done.both());
    assert!(!done.out.contains("PASSED"), "{}", done.both());
    // The same attempt asks again, and nothing of the pass is left.
    denied(&mut world);
}

#[test]
fn objection_between_decision_and_report() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    after_the_decision(&world, |github| {
        let pull = github.pulls.get_mut(&7).unwrap();
        pull.reviews.push(Review {
            id: "R9".to_owned(),
            by: "ishii".to_owned(),
            state: "CHANGES_REQUESTED",
            at: "2026-12-01T02:00:00Z".to_owned(),
            commit: pull.head.clone(),
        });
    });
    let done = world
        .job(&["action"], &[("SEKISHO_INPUT_COMMAND", "gate")])
        .expect(1);
    assert!(done.both().contains("objected in #7"), "{}", done.both());
}

#[test]
fn write_access_lost_between_decision_and_report() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    after_the_decision(&world, |github| {
        github.users.get_mut("hayashi").unwrap().can_push = false;
    });
    world.gate().expect(2);
}

#[test]
fn branch_moved_by_force_between_decision_and_report() {
    let mut world = World::new();
    approved(&mut world);
    let before = world.commit_of("main");
    world.merge(7, How::Squash);
    world.put_before("Pulls", "main", &before);
    let done = world
        .run("sato", &["gate"], &[("GITHUB_REF", "refs/heads/main")])
        .expect(2);
    assert!(done.err.contains("no longer on the branch"), "{}", done.both());
}

#[test]
fn later_merge_leaves_the_pass_as_it_is() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    let head = world.commit_of("main");
    let bare = world.stage.path("../origin.git");
    world.edit("sato", "later.txt", "more\n");
    world
        .stage
        .git("sato", &["push", "-q", bare.to_str().unwrap(), "main:main"]);
    let variables = [("GITHUB_REF", "refs/heads/main")];
    world
        .run("sato", &["gate", "--head", &head], &variables)
        .expect(0);
}

#[test]
fn outage_between_decision_and_report_is_no_pass() {
    let mut world = World::new();
    approved(&mut world);
    world.merge(7, How::Squash);
    after_the_decision(&world, |github| {
        github.habits.insert(crate::fake_github::Habit::Forbidden);
    });
    let done = world.gate().expect(3);
    assert!(!done.out.contains("PASSED"), "{}", done.both());
}

#[test]
fn commit_author_named_like_an_exempt_bot() {
    // A template may do without an approval for a bot; its name is written by whoever commits.
    for name in ["dependabot[bot]", "github-actions[bot]", "web-flow"] {
        let mut world = World::new();
        world.work("work", "app.txt", "Two");
        world.stage.write("app.txt", "evil\n");
        world.stage.git(
            "sato",
            &[
                "-c",
                &format!("user.name={name}"),
                "commit",
                "-q",
                "-a",
                "-m",
                "Bump",
                "--author",
                &format!("{name} <49699333+{name}@users.noreply.github.com>"),
            ],
        );
        world.push("sato", "work", 7);
        world.merge(7, How::Squash);
        let out = denied(&mut world);
        assert!(out.contains("APP-01"), "{name} {out}");
    }
}

#[test]
fn author_whose_name_is_an_approvers_writes_as_nobody_else() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    // Hayashi's own address as author: then Hayashi may not approve, rather than be somebody new.
    world.stage.write("app.txt", "two\n");
    world.stage.commit("hayashi", "Not mine");
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    let out = denied(&mut world);
    assert!(out.contains("ROL-02"), "{out}");
}

#[test]
fn team_whose_name_equals_anothers_slug() {
    let of_a_team = |config: String| {
        config.replace(
            "approvers: [hayashi, ishii]",
            "groups: {leads: {github: acme/leads}}\napprovers: [leads]",
        )
    };
    let mut world = World::with(of_a_team);
    approved(&mut world);
    world.merge(7, How::Squash);
    // A team that calls itself "leads" has another slug, and Hayashi is in that one only.
    world.github().teams.insert("leads-1".to_owned(), vec![1002]);
    world.github().teams.insert("leads".to_owned(), vec![1003]);
    let out = denied(&mut world);
    assert!(out.contains("may not approve"), "{out}");
}

#[test]
fn sole_approver_is_the_requester() {
    let alone = |config: String| config.replace("approvers: [hayashi, ishii]", "approvers: [hayashi]");
    let mut world = World::with(alone);
    let id = world.work("work", "app.txt", "Two");
    let file = format!("changes/2026/{id}.yml");
    let text = world.stage.read(&file);
    world.edit("sato", &file, &format!("{text}roles: {{requester: hayashi}}\n"));
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    let out = denied(&mut world);
    assert!(out.contains("ROL-02"), "{out}");
}

#[test]
fn approval_of_the_owner_in_a_repository_of_one() {
    let one = |config: String| {
        config
            .replace("executors: [sato]", "executors: [sato, hayashi]")
            .replace("approvers: [hayashi, ishii]", "approvers: [sato]")
    };
    let mut world = World::with(one);
    world.work("work", "app.txt", "Two");
    world.push("sato", "work", 7);
    world.review("sato", 7, "APPROVED");
    world.merge(7, How::Rebase);
    let out = denied(&mut world);
    assert!(out.contains("ROL-02"), "{out}");
    // Where there is nobody else at all, it does not even begin.
    let alone = world
        .stage
        .read("sekisho.yml")
        .replace("executors: [sato, hayashi]", "executors: [sato]");
    world.stage.write("sekisho.yml", &alone);
    let done = world.stage.sekisho("sato", &["check"]).expect(1);
    assert!(
        done.both().contains("no change could ever be approved"),
        "{}",
        done.both()
    );
}

#[test]
fn quorum_of_nobody() {
    let mut world = World::new();
    world.work("work", "app.txt", "Two");
    let config = world.stage.read("sekisho.yml");
    for quorum in ["-1", "none", "0.5"] {
        let text = format!("{config}approval: {{quorum: {{low: {quorum}}}}}\n");
        world.stage.write("sekisho.yml", &text);
        let done = world.stage.sekisho("sato", &["check"]).expect(1);
        assert!(done.both().contains("quorum"), "{quorum} {}", done.both());
    }
    // It takes the approvals of the rules before to need none afterwards.
    let text = format!("{config}approval: {{quorum: {{low: 0, medium: 0, high: 0}}}}\n");
    world.edit("sato", "sekisho.yml", &text);
    world.push("sato", "work", 7);
    world.review("hayashi", 7, "APPROVED");
    world.merge(7, How::Squash);
    let out = denied(&mut world);
    assert!(out.contains("APP-01") || out.contains("RSK-04"), "{out}");
}
