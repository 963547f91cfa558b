//! Coverage over real histories: merges, squashes, rebases, reverts and octopuses.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sekisho::change::{ChangeId, Digest, Risk};
use sekisho::config::Config;
use sekisho::dossier::MOST_HITS;
use sekisho::dossier::coverage::{Approved, Attribution, Ground, attribute};
use sekisho::git::GitRepository;
use sekisho::ports::{Range, Repository, RepositoryError, StepCommit};

use crate::support::ground::{area, config, service, template};
use crate::support::repo::Repo;

const A: &str = "CHG-20261204-7K3Q";

fn shop() -> Config {
    let mut config = config();
    config.paths.ignore = vec!["docs/**".to_owned()];
    service(&mut config, "other", &["other/**"]);
    area(&mut config, "pricing", &["tanaka"], &["src/prices*"], None);
    template(&mut config, "web", None, &["src/**"], Risk::Low);
    config
}

fn steps(open: &GitRepository, base: &str, head: &str) -> Vec<StepCommit> {
    match open.range(base, head, &mut |_| {}).unwrap() {
        Range::Same => Vec::new(),
        Range::Steps(steps) => steps,
        other => panic!("{other:?}"),
    }
}

fn judge(repo: &Repo, base: &str, head: &str, approved: &Approved) -> Attribution {
    let open = repo.open();
    let ground = Ground::new(&shop()).unwrap();
    let content = |stretch: &sekisho::dossier::coverage::Stretch| -> Result<Digest, RepositoryError> {
        Ok(open
            .patch(
                stretch.parent_of_first.as_deref(),
                &stretch.last,
                &stretch.without,
            )?
            .digest)
    };
    attribute(
        &ground,
        &"shop".into(),
        &steps(&open, base, head),
        approved,
        content,
    )
    .unwrap()
}

/// A branch that declares [`A`] in its first commit only, and a main that has moved on.
fn branch() -> (Repo, String, Approved) {
    let repo = Repo::new();
    let base = repo.commit("start", &[("app", "1\n"), ("src/a", "1\n")]);
    repo.branch("feature");
    repo.commit("declare", &[("changes/CHG-20261204-7K3Q.yml", "title: x\n")]);
    repo.commit("work", &[("app", "2\n")]);
    let tip = repo.commit("docs", &[("docs/a", "1\n")]);
    repo.switch("main");
    let before = repo.commit("moved", &[("other/b", "1\n")]);
    let own = BTreeSet::from(["changes/CHG-20261204-7K3Q.yml".to_owned()]);
    let content = repo.open().patch(Some(&base), &tip, &own).unwrap().digest;
    let changes: BTreeMap<ChangeId, _> = BTreeMap::from([(A.parse().unwrap(), BTreeSet::from([content]))]);
    (
        repo,
        before,
        Approved {
            changes,
            derived: BTreeSet::new(),
        },
    )
}

#[test]
fn an_approved_branch_arrives_as_one_unit_however_it_is_merged() {
    for way in ["merge", "squash", "rebase"] {
        let (repo, before, approved) = branch();
        let head = match way {
            "merge" => repo.merge("feature", "merge"),
            "squash" => repo.squash("feature", "squash"),
            _ => repo.rebase("feature"),
        };
        let attribution = judge(&repo, &before, &head, &approved);
        assert_eq!(
            attribution.coverage.uncovered_count, 0,
            "{way}: {:?}",
            attribution.coverage
        );
        assert_eq!(attribution.stretches.len(), 1, "{way}");
        let unit = &attribution.stretches[0];
        let content = repo
            .open()
            .patch(unit.parent_of_first.as_deref(), &unit.last, &unit.without)
            .unwrap()
            .digest;
        assert!(
            approved.changes.values().all(|known| known.contains(&content)),
            "{way}"
        );
    }
}

#[test]
fn a_rebased_branch_with_one_more_byte_is_not_the_approved_one() {
    let (repo, before, approved) = branch();
    repo.switch("feature");
    repo.commit("sneak", &[("app", "2\nevil\n")]);
    repo.switch("main");
    let head = repo.rebase("feature");
    let attribution = judge(&repo, &before, &head, &approved);
    assert_eq!(
        attribution.coverage.uncovered_count, 1,
        "{:?}",
        attribution.coverage
    );
    assert_eq!(attribution.coverage.uncovered[0].commit, head);
}

#[test]
fn an_update_merge_with_a_hidden_change_has_another_content() {
    let (repo, before, approved) = branch();
    repo.switch("feature");
    repo.git(&["merge", "--quiet", "--no-commit", "--no-ff", "main"]);
    repo.write("src/a", "evil\n");
    repo.commit("Merge branch 'main' into feature", &[]);
    repo.switch("main");
    let head = repo.merge("feature", "merge");
    let attribution = judge(&repo, &before, &head, &approved);
    let unit = &attribution.stretches[0];
    let content = repo
        .open()
        .patch(unit.parent_of_first.as_deref(), &unit.last, &unit.without)
        .unwrap()
        .digest;
    assert!(!approved.changes.values().any(|known| known.contains(&content)));
    assert!(unit.files.iter().any(|path| path == "src/a"));
}

/// What may happen next on main.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Commit,
    Empty,
    Merge,
    Squash,
    Rebase,
    Revert,
    Octopus,
}

const FOLDERS: [&str; 5] = ["src", "docs", "other", "lib", "changes"];

fn act(repo: &Repo, n: usize, deed: Deed, folder: &str, declared: bool) {
    let path = match folder {
        "changes" => format!("changes/CHG-20261204-{n:04}.yml"),
        folder => format!("{folder}/{n}"),
    };
    let message = if declared {
        format!("work {n}\n\nChange: {A}")
    } else {
        format!("work {n}")
    };
    let branched = |suffix: &str| {
        let name = format!("branch-{n}{suffix}");
        repo.branch(&name);
        repo.commit(&message, &[(&format!("{path}{suffix}"), "1\n")]);
        repo.commit("more", &[(&format!("src/more-{n}{suffix}"), "1\n")]);
        repo.switch("main");
        name
    };
    match deed {
        Deed::Commit => drop(repo.commit(&message, &[(&path, "1\n")])),
        Deed::Empty => drop(repo.commit(&message, &[])),
        Deed::Revert => drop(repo.revert("HEAD")),
        Deed::Merge => {
            let name = branched("");
            repo.commit("moved on", &[(&format!("lib/moved-{n}"), "1\n")]);
            repo.merge(&name, "merge");
        }
        Deed::Squash => drop(repo.squash(&branched(""), &message)),
        Deed::Rebase => {
            let name = branched("");
            repo.commit("moved on", &[(&format!("lib/moved-{n}"), "1\n")]);
            repo.rebase(&name);
        }
        Deed::Octopus => {
            let names = [branched("x"), branched("y")];
            repo.octopus(&[&names[0], &names[1]], "octopus");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_step_of_a_real_history_is_accounted_for(
        deeds in prop::collection::vec(
            (
                prop::sample::select(vec![
                    Deed::Commit, Deed::Empty, Deed::Merge, Deed::Squash, Deed::Rebase, Deed::Revert, Deed::Octopus,
                ]),
                prop::sample::select(FOLDERS.to_vec()),
                any::<bool>(),
            ),
            1..6,
        ),
    ) {
        let repo = Repo::new();
        let base = repo.commit("start", &[("src/a", "1\n")]);
        repo.commit("first", &[("src/first", "1\n")]);
        for (n, (deed, folder, declared)) in deeds.iter().enumerate() {
            // An empty commit cannot be taken back.
            let deed = match (deed, n.checked_sub(1).map(|before| deeds[before].0)) {
                (Deed::Revert, Some(Deed::Empty)) => Deed::Commit,
                (deed, _) => *deed,
            };
            act(&repo, n, deed, folder, *declared);
        }
        let head = repo.head();
        let expected: Vec<String> = repo
            .git(&["rev-list", "--first-parent", "--reverse", &format!("{base}..{head}")])
            .lines()
            .map(str::to_owned)
            .collect();
        let open = repo.open();
        let steps = steps(&open, &base, &head);
        prop_assert_eq!(steps.iter().map(|s| s.commit.clone()).collect::<Vec<_>>(), expected);
        for step in &steps {
            let range = format!("{}..{}", step.parent.as_ref().unwrap(), step.commit);
            let brought: BTreeSet<String> = repo.git(&["rev-list", &range]).lines().map(str::to_owned).collect();
            prop_assert_eq!(step.commits.iter().map(|c| c.commit.clone()).collect::<BTreeSet<_>>(), brought);
            let names = repo.git(&["diff-tree", "-r", "--no-renames", "--name-only", step.parent.as_ref().unwrap(), &step.commit]);
            let names: Vec<&str> = names.lines().collect();
            prop_assert_eq!(step.files.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), names);
        }
        let attribution = judge(&repo, &base, &head, &Approved::default());
        let c = &attribution.coverage;
        prop_assert_eq!(c.steps, steps.len() as u64);
        prop_assert_eq!(c.steps, c.covered + c.ignored + c.elsewhere + c.empty + c.uncovered_count);
        prop_assert_eq!(c.uncovered.len() as u64, c.uncovered_count.min(MOST_HITS as u64));
        prop_assert_eq!(c.empty, steps.iter().filter(|s| s.files.is_empty()).count() as u64);
    }

    #[test]
    fn a_branch_keeps_its_content_however_it_lands(
        edits in prop::collection::vec((0_usize..30, "[a-z \t]{0,6}"), 1..5),
        moves in 1_usize..3,
    ) {
        let mut digests = BTreeSet::new();
        for way in 0..3 {
            let repo = Repo::new();
            let mut lines: Vec<String> = (0..30).map(|n| format!("line {n}")).collect();
            let base = repo.commit("start", &[("app", &lines.join("\n")), ("other/b", "0\n")]);
            repo.branch("feature");
            for (n, (line, text)) in edits.iter().enumerate() {
                lines[*line] = format!("{text}{n}");
                repo.commit("edit", &[("app", &lines.join("\n"))]);
            }
            digests.insert(repo.open().patch(Some(&base), &repo.head(), &BTreeSet::new()).unwrap().digest);
            repo.switch("main");
            let mut before = base;
            for n in 0..moves {
                before = repo.commit("moved", &[("other/b", &format!("{n}!\n"))]);
            }
            let head = match way {
                0 => repo.merge("feature", "merge"),
                1 => repo.squash("feature", "squash"),
                _ => repo.rebase("feature"),
            };
            digests.insert(repo.open().patch(Some(&before), &head, &BTreeSet::new()).unwrap().digest);
        }
        prop_assert_eq!(digests.len(), 1);
    }
}
