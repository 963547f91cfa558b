//! Every rule that says where a step belongs, with its near misses.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use proptest::prelude::*;
use sekisho::change::{ChangeId, Digest, Risk};
use sekisho::config::Config;
use sekisho::dossier::coverage::{
    Approved, Attribution, BranchCommit, FileChange, Ground, Source, StepCommit, Stretch, attribute,
};
use sekisho::dossier::{Coverage, MOST_HITS, UncoveredReason};

use crate::support::ground::{area, config, service, template};

const A: &str = "CHG-20261204-7K3Q";
const B: &str = "CHG-20261204-9XYZ";

/// Step number `n` with files (`-` in front: gone afterwards) and trailers.
fn step(n: usize, files: &[&str], trailers: &[&str]) -> StepCommit {
    let file = |path: &&str| FileChange {
        regular: true,
        path: path.trim_start_matches('-').to_owned(),
        present: !path.starts_with('-'),
    };
    StepCommit {
        commit: format!("{n:040}"),
        parent: Some(
            n.checked_sub(1)
                .map_or("base".to_owned(), |before| format!("{before:040}")),
        ),
        files: files.iter().map(file).collect(),
        commits: vec![BranchCommit {
            changes: trailers.iter().map(|t| (*t).to_owned()).collect(),
            ..BranchCommit::default()
        }],
        committed_at: n as i64,
        ..StepCommit::default()
    }
}

fn shop() -> Config {
    let mut config = config();
    config.paths.ignore = vec!["*.md".to_owned(), "docs/**".to_owned()];
    area(
        &mut config,
        "pricing",
        &["tanaka"],
        &["data/prices*.csv", "docs/prices/**"],
        None,
    );
    area(&mut config, "content", &[], &["content/**"], None);
    template(
        &mut config,
        "web",
        None,
        &["src/**", "data/**", "content/**", ".github/**"],
        Risk::Low,
    );
    template(&mut config, "all", None, &["src/**", "lib/**"], Risk::Low);
    config
}

fn span(stretch: &Stretch) -> Digest {
    Digest::of(format!("{:?}..{}", stretch.parent_of_first, stretch.last).as_bytes())
}

/// The content of steps `first..=last`, as [`span`] names it.
fn content_of(first: usize, last: usize) -> Digest {
    let parent = Some(
        first
            .checked_sub(1)
            .map_or("base".to_owned(), |before| format!("{before:040}")),
    );
    Digest::of(format!("{parent:?}..{:040}", last).as_bytes())
}

fn run_with(config: &Config, service: &str, steps: &[StepCommit], approved: &Approved) -> Attribution {
    let ground = Ground::new(config).unwrap();
    attribute(&ground, &service.into(), steps, approved, |stretch| {
        Ok::<_, Infallible>(span(stretch))
    })
    .unwrap()
}

fn run(config: &Config, steps: &[StepCommit]) -> Attribution {
    run_with(config, "shop", steps, &Approved::default())
}

fn id(text: &str) -> ChangeId {
    text.parse().unwrap()
}

/// One word for what a single step is.
fn word(attribution: &Attribution) -> String {
    let Coverage {
        covered,
        ignored,
        elsewhere,
        empty,
        uncovered,
        ..
    } = &attribution.coverage;
    match (attribution.stretches.first(), uncovered.first()) {
        (Some(stretch), _) if *covered == 1 => match &stretch.source {
            Source::Declared(id) => id.to_string(),
            Source::Derived(key) => key.to_string(),
        },
        (_, Some(step)) => format!("{:?}", step.reason),
        _ if *ignored == 1 => "ignored".to_owned(),
        _ if *elsewhere == 1 => "elsewhere".to_owned(),
        _ if *empty == 1 => "empty".to_owned(),
        _ => format!("{attribution:?}"),
    }
}

#[test]
fn one_step_alone() {
    let of_a = "changes/CHG-20261204-7K3Q.yml";
    let of_b = "changes/2026/CHG-20261204-9XYZ.yml";
    let rows: &[(&[&str], &[&str], &str)] = &[
        // 1 nothing changed, whatever it says
        (&[], &[], "empty"),
        (&[], &[A], "empty"),
        // 3 trailers
        (&["x"], &[A], A),
        (&["x"], &[A, A], A),
        (&["x"], &["see CHG-20261204-7K3Q, please"], A),
        (&["x"], &[A, B], "Ambiguous"),
        (&["x"], &["CHG-20261204-7K3Q, CHG-20261204-9XYZ"], "Ambiguous"),
        (&["x"], &["chg-20261204-7k3q"], "Missing"),
        (&["x"], &["CHG-20261204-7K3I"], "Missing"),
        (&["x"], &["the colour of the button"], "Undeclared"),
        (&["src/a", "README.md"], &[A], A),
        (&["README.md"], &[A], A),
        // 4 declaration files
        (&["x", of_a], &[], A),
        (&["x", of_b], &[], B),
        (&["x", of_a, of_b], &[], "Ambiguous"),
        (&["x", of_a, of_b], &[A], A),
        (&["x", of_a, of_b], &[A, B], "Ambiguous"),
        (&["x", "-changes/CHG-20261204-7K3Q.yml"], &[], "Undeclared"),
        (&["x", "changes/CHG-20261204-7K3Q.yaml"], &[], "Undeclared"),
        (&["x", "changes/CHG-20261204-7K3Q.yml.txt"], &[], "Undeclared"),
        (&["x", "changes/notes.yml"], &[], "Undeclared"),
        (&["x", "other/CHG-20261204-7K3Q.yml"], &[], "Undeclared"),
        (&["x", "changes/CHG-20261204-7K3Q.yml/x.yml"], &[], "Undeclared"),
        (&["x", "Changes/CHG-20261204-7K3Q.yml"], &[], "Undeclared"),
        // declarations alone cover themselves
        (&[of_a], &[], "ignored"),
        (&[of_a, of_b], &[], "ignored"),
        (&[of_a], &[A], "ignored"),
        (&["-changes/CHG-20261204-7K3Q.yml"], &[], "ignored"),
        // nothing but declarations hides below their folder
        (&["changes/deploy.sh"], &[], "Undeclared"),
        (&["changesX/a"], &[], "Undeclared"),
        // 6 what is never deployed
        (&["README.md"], &[], "ignored"),
        (&["docs/a/b.md", "README.md"], &[], "ignored"),
        (&["docs/a/b.md", of_a, of_b], &[], "Ambiguous"),
        (&["src/README.md"], &[], "web"),
        (&["sub/README.md"], &[], "Undeclared"),
        (&["readme.MD"], &[], "Undeclared"),
        (&["README.md", "src/a"], &[], "Undeclared"),
        (&["docs/prices/a.md"], &[], "Undeclared"),
        // 7 templates, in their order
        (&["src/a"], &[], "web"),
        (&["src/a", "content/b"], &[], "web"),
        (&["src/a", "lib/b"], &[], "all"),
        (&["src/a", "changes/note.txt"], &[], "Undeclared"),
        (&["src/a", "-changes/CHG-20261204-7K3Q.yml"], &[], "web"),
        (&["Src/a"], &[], "Undeclared"),
        (&["src"], &[], "Undeclared"),
        (&["src/two\nlines"], &[], "web"),
        (&["data/prices-1.csv"], &[], "Undeclared"),
        (&["data/stock.csv"], &[], "web"),
        (&["src/a", ".github/workflows/deploy.yml"], &[], "Undeclared"),
        (&[".github/workflows/x\ny.yml"], &[], "Undeclared"),
        (&[".github/labels.yml"], &[], "web"),
        (&["sekisho.yml"], &[], "Undeclared"),
        (&["sub/sekisho.yml"], &[], "Undeclared"),
    ];
    for (files, trailers, expected) in rows {
        let attribution = run(&shop(), &[step(0, files, trailers)]);
        assert_eq!(word(&attribution), *expected, "{files:?} {trailers:?}");
        balanced(&attribution);
    }
}

#[test]
fn a_template_holds_up_to_its_risk_and_for_its_service() {
    let mut config = config();
    area(&mut config, "database", &[], &["db/**"], None);
    template(&mut config, "low", None, &["**"], Risk::Low);
    assert_eq!(word(&run(&config, &[step(0, &["db/1.sql"], &[])])), "Undeclared");
    template(&mut config, "other", Some("billing"), &["**"], Risk::High);
    assert_eq!(word(&run(&config, &[step(0, &["db/1.sql"], &[])])), "Undeclared");
    template(&mut config, "medium", Some("shop"), &["db/**"], Risk::Medium);
    assert_eq!(word(&run(&config, &[step(0, &["db/1.sql"], &[])])), "medium");
    assert_eq!(
        word(&run(&config, &[step(0, &["db/1.sql", "sekisho.yml"], &[])])),
        "Undeclared"
    );
}

#[test]
fn services_share_what_nobody_names() {
    let mut config = config();
    config.services.clear();
    service(&mut config, "web", &["apps/web/**", "libs/ui/**"]);
    service(&mut config, "api", &["apps/api/**", "libs/**"]);
    template(&mut config, "any", None, &["**"], Risk::Low);
    let word_for = |config: &Config, service: &str, path: &str| {
        word(&run_with(
            config,
            service,
            &[step(0, &[path], &[])],
            &Approved::default(),
        ))
    };
    assert_eq!(word_for(&config, "web", "apps/api/a"), "elsewhere");
    assert_eq!(word_for(&config, "api", "apps/web/a"), "elsewhere");
    assert_eq!(word_for(&config, "web", "libs/ui/a"), "any");
    assert_eq!(word_for(&config, "api", "libs/ui/a"), "any");
    assert_eq!(word_for(&config, "web", "Cargo.lock"), "any");
    assert_eq!(word_for(&config, "api", "Cargo.lock"), "any");
    assert_eq!(word_for(&config, "unknown", "apps/web/a"), "any");
    service(&mut config, "rest", &[]);
    assert_eq!(word_for(&config, "api", "Cargo.lock"), "elsewhere");
    assert_eq!(word_for(&config, "rest", "Cargo.lock"), "any");
    assert_eq!(word_for(&config, "rest", "apps/web/a"), "elsewhere");
    for every in ["web", "api", "rest"] {
        assert_eq!(
            word_for(&config, every, "sekisho.yml"),
            "Undeclared",
            "the gate's files are everybody's"
        );
    }
    let both = step(0, &["apps/web/a", "changes/CHG-20261204-7K3Q.yml"], &[]);
    assert_eq!(
        word(&run_with(&config, "api", &[both], &Approved::default())),
        "elsewhere"
    );
}

#[test]
fn neighbours_of_one_source_are_one_stretch() {
    let steps = [
        step(0, &["x"], &[A]),
        step(1, &["y"], &[A]),
        step(2, &[], &[]),
        step(3, &["z", "changes/CHG-20261204-7K3Q.yml"], &[]),
        step(4, &["src/a"], &[]),
        step(5, &["src/b"], &[]),
        step(6, &["README.md"], &[]),
        step(7, &["src/c"], &[]),
        step(8, &["x"], &[B]),
    ];
    let attribution = run(&shop(), &steps);
    let seen: Vec<(String, String, usize)> = attribution
        .stretches
        .iter()
        .map(|s| (s.first.clone(), s.last.clone(), s.steps.len()))
        .collect();
    let at = |n: usize| steps[n].commit.clone();
    assert_eq!(
        seen,
        [
            (at(0), at(3), 3),
            (at(4), at(5), 2),
            (at(7), at(7), 1),
            (at(8), at(8), 1)
        ]
    );
    let first = &attribution.stretches[0];
    assert_eq!(first.parent_of_first.as_deref(), Some("base"));
    assert_eq!(first.files, ["changes/CHG-20261204-7K3Q.yml", "x", "y", "z"]);
    assert_eq!(
        first.without,
        BTreeSet::from(["changes/CHG-20261204-7K3Q.yml".to_owned()])
    );
    assert_eq!((first.committed_at, first.commits.len()), (3, 4));
    balanced(&attribution);
}

#[test]
fn merges_stand_alone_and_pull_requests_stand_together() {
    let mut steps = vec![
        step(0, &["src/a"], &[]),
        step(1, &["src/b"], &[]),
        step(2, &["src/c"], &[]),
    ];
    steps[0].merge = true;
    steps[1].merge = true;
    assert_eq!(run(&shop(), &steps).stretches.len(), 3);
    for step in &mut steps {
        step.pull = Some(7);
    }
    assert_eq!(run(&shop(), &steps).stretches.len(), 1);
    steps[2].pull = Some(8);
    assert_eq!(run(&shop(), &steps).stretches.len(), 2);

    let mut steps = vec![
        step(0, &["x"], &[]),
        step(1, &["src/a"], &[A]),
        step(2, &["README.md"], &[]),
        step(3, &["x"], &[]),
    ];
    for step in &mut steps[..3] {
        step.pull = Some(7);
    }
    let attribution = run(&shop(), &steps);
    assert_eq!(
        (attribution.coverage.covered, attribution.coverage.uncovered_count),
        (3, 1)
    );
    assert_eq!(attribution.stretches[0].last, steps[2].commit);
    steps[0].commits[0].changes = vec![B.to_owned()];
    let attribution = run(&shop(), &steps);
    assert_eq!(
        (attribution.coverage.covered, attribution.coverage.uncovered_count),
        (2, 2)
    );
    assert_eq!(
        attribution.coverage.uncovered[0].reason,
        UncoveredReason::Ambiguous
    );
}

fn approved(id_text: &str, contents: &[Digest]) -> Approved {
    Approved {
        changes: BTreeMap::from([(id(id_text), contents.iter().copied().collect())]),
        derived: BTreeSet::new(),
    }
}

#[test]
fn a_rebased_branch_is_found_by_its_approved_content() {
    let steps = [
        step(0, &["x"], &[]),
        step(1, &["y"], &[]),
        step(2, &["changes/CHG-20261204-7K3Q.yml"], &[]),
        step(3, &["README.md"], &[]),
        step(4, &["src/a"], &[]),
        step(5, &["z"], &[]),
    ];
    let attribution = run(&shop(), &steps);
    assert_eq!(
        (
            attribution.coverage.covered,
            attribution.coverage.ignored,
            attribution.coverage.uncovered_count
        ),
        (1, 2, 3)
    );
    let found = run_with(&shop(), "shop", &steps, &approved(A, &[content_of(1, 4)]));
    assert_eq!(found.stretches.len(), 1);
    assert_eq!(
        (
            found.stretches[0].first.as_str(),
            found.stretches[0].last.as_str()
        ),
        (&*steps[1].commit, &*steps[4].commit)
    );
    assert_eq!(
        (
            found.coverage.covered,
            found.coverage.ignored,
            found.coverage.uncovered_count
        ),
        (4, 0, 2)
    );
    balanced(&found);
    for near in [
        approved(B, &[content_of(1, 4)]),
        approved(A, &[content_of(3, 4)]),
        approved(A, &[content_of(4, 5)]),
    ] {
        assert_eq!(
            run_with(&shop(), "shop", &steps, &near).coverage,
            attribution.coverage,
            "{near:?}"
        );
    }
}

#[test]
fn nothing_reaches_over_a_merge_or_another_change() {
    for barrier in 0..4 {
        let mut steps = vec![step(0, &["x"], &[]), step(1, &["y"], &[]), step(2, &["z"], &[A])];
        match barrier {
            0 => steps[1].merge = true,
            1 => steps[1].commits[0].changes = vec![B.to_owned()],
            2 => steps[1].commits[0].changes = vec![A.to_owned(), B.to_owned()],
            _ => steps[2].merge = true,
        }
        let attribution = run_with(
            &shop(),
            "shop",
            &steps,
            &approved(A, &[content_of(0, 2), content_of(1, 2)]),
        );
        let own = attribution
            .stretches
            .iter()
            .find(|s| s.declared() == Some(&id(A)))
            .unwrap();
        assert_eq!(own.steps.len(), 1, "barrier {barrier}");
        balanced(&attribution);
    }
    let mut steps: Vec<StepCommit> = (0..60).map(|n| step(n, &["x"], &[])).collect();
    steps.push(step(60, &["z"], &[A]));
    assert_eq!(
        run_with(&shop(), "shop", &steps, &approved(A, &[content_of(10, 60)]))
            .coverage
            .covered,
        51
    );
    assert_eq!(
        run_with(&shop(), "shop", &steps, &approved(A, &[content_of(9, 60)]))
            .coverage
            .covered,
        1
    );
}

#[test]
fn two_approved_branches_in_a_row_stay_two() {
    let steps: Vec<StepCommit> = (0..5).map(|n| step(n, &["src/a"], &[])).collect();
    let approved = Approved {
        changes: BTreeMap::new(),
        derived: BTreeSet::from([content_of(0, 1), content_of(3, 4)]),
    };
    let attribution = run_with(&shop(), "shop", &steps, &approved);
    let spans: Vec<usize> = attribution.stretches.iter().map(|s| s.steps.len()).collect();
    assert_eq!(spans, [2, 1, 2], "what nobody approved stands alone");
    assert_eq!(attribution.coverage.covered, 5);

    let undeclared = [
        step(0, &["src/a"], &[]),
        step(1, &["x"], &[]),
        step(2, &["README.md"], &[]),
    ];
    let approved = Approved {
        changes: BTreeMap::new(),
        derived: BTreeSet::from([content_of(0, 1), content_of(0, 2)]),
    };
    let attribution = run_with(&shop(), "shop", &undeclared, &approved);
    assert_eq!(
        attribution.coverage.uncovered_count, 1,
        "a template never covers what its paths do not name"
    );
}

#[test]
fn a_withdrawn_stretch_is_uncovered() {
    let steps: Vec<StepCommit> = (0..60)
        .map(|n| step(n, &["x"], if n == 0 { &[] } else { &[A] }))
        .collect();
    let mut attribution = run(&shop(), &steps);
    let stretch = attribution.stretches[0].clone();
    assert_eq!(
        (attribution.coverage.covered, attribution.coverage.uncovered_count),
        (59, 1)
    );
    attribution.withdraw(&stretch, UncoveredReason::Closed, None);
    attribution.withdraw(&stretch, UncoveredReason::Missing, None);
    balanced(&attribution);
    assert_eq!(
        (attribution.coverage.covered, attribution.coverage.uncovered_count),
        (0, 60)
    );
    assert_eq!(attribution.coverage.uncovered.len(), MOST_HITS);
    assert_eq!(
        attribution.coverage.uncovered[0].reason,
        UncoveredReason::Undeclared
    );
    let second = &attribution.coverage.uncovered[1];
    assert_eq!(
        (second.reason, second.change.clone(), second.path.as_deref()),
        (UncoveredReason::Closed, Some(id(A)), Some("x"))
    );
}

#[test]
fn risk_areas_and_gate_paths() {
    let mut config = shop();
    area(&mut config, "dns", &[], &["dns/**"], None);
    area(&mut config, "legal", &["kudo"], &["terms/**"], Some(Risk::High));
    let ground = Ground::new(&config).unwrap();
    let files = |list: &[&str]| list.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let floor = |list: &[&str]| ground.risk_floor(&files(list));
    let because = |words: &[&str]| files(words);
    assert_eq!(floor(&[]), (Risk::Low, because(&[])));
    assert_eq!(floor(&["src/a", "content/a"]), (Risk::Low, because(&[])));
    assert_eq!(
        floor(&["src/a", "data/prices.csv"]),
        (Risk::Medium, because(&["area:pricing"]))
    );
    assert_eq!(
        floor(&["dns/a", "terms/b", "data/prices.csv"]),
        (Risk::High, because(&["area:dns", "area:legal"]))
    );
    assert_eq!(
        floor(&["sekisho.yml", "terms/b"]),
        (Risk::High, because(&["gate", "area:legal"]))
    );
    assert_eq!(
        ground.areas(&files(&["terms/b", "data/prices.csv", "x"])),
        ["legal".into(), "pricing".into()]
    );
    assert_eq!(
        ground.gate_paths(&files(&["policies/a.rego", "x/policies/a.rego"])),
        ["policies/a.rego"]
    );
}

#[test]
fn a_folder_of_declarations_never_hides_the_gate_or_everything() {
    let mut config = config();
    for folder in ["", "/", "./", "."] {
        config.paths.changes = folder.to_owned();
        assert_eq!(
            word(&run(&config, &[step(0, &["src/a"], &[])])),
            "Undeclared",
            "{folder:?}"
        );
    }
    config.paths.changes = ".github/".to_owned();
    assert_eq!(
        word(&run(&config, &[step(0, &[".github/workflows/deploy.yml"], &[])])),
        "Undeclared"
    );
    config.paths.ignore = vec!["[".to_owned()];
    assert_eq!(Ground::new(&config).unwrap_err().glob, "[");
}

fn balanced(attribution: &Attribution) {
    let c = &attribution.coverage;
    assert_eq!(
        c.steps,
        c.covered + c.ignored + c.elsewhere + c.empty + c.uncovered_count,
        "{c:?}"
    );
    assert_eq!(
        c.covered,
        attribution
            .stretches
            .iter()
            .map(|s| s.steps.len() as u64)
            .sum::<u64>()
    );
    assert_eq!(c.uncovered.len() as u64, c.uncovered_count.min(MOST_HITS as u64));
}

fn any_step() -> impl Strategy<Value = (Vec<&'static str>, Vec<&'static str>, bool, Option<u64>)> {
    let path = prop::sample::select(vec![
        "src/a",
        "src/b",
        "lib/c",
        "x",
        "README.md",
        "docs/d",
        "other/e",
        "sekisho.yml",
        "data/prices.csv",
        "changes/CHG-20261204-7K3Q.yml",
        "changes/CHG-20261204-9XYZ.yml",
        "-changes/CHG-20261204-7K3Q.yml",
        "changes/note",
    ]);
    let trailer = prop::sample::select(vec![A, B, "CHG-typo", "prose"]);
    (
        prop::collection::vec(path, 0..4),
        prop::collection::vec(trailer, 0..2),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.2, 1_u64..3),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_step_is_counted_once(
        steps in prop::collection::vec(any_step(), 0..12),
        spans in prop::collection::vec((0_usize..12, 0_usize..12), 0..6),
    ) {
        let steps: Vec<StepCommit> = steps
            .iter()
            .enumerate()
            .map(|(n, (files, trailers, merge, pull))| StepCommit { merge: *merge, pull: *pull, ..step(n, files, trailers) })
            .collect();
        let known: BTreeSet<Digest> = spans.iter().map(|(a, b)| content_of(*a.min(b), *a.max(b))).collect();
        let approved = Approved { changes: BTreeMap::from([(id(A), known.clone()), (id(B), known.clone())]), derived: known };
        let mut config = shop();
        service(&mut config, "other", &["other/**"]);
        let mut attribution = run_with(&config, "shop", &steps, &approved);
        balanced(&attribution);
        prop_assert_eq!(attribution.coverage.steps, steps.len() as u64);
        let mut seen = BTreeSet::new();
        for covered in attribution.stretches.iter().flat_map(|s| &s.steps) {
            prop_assert!(seen.insert(covered.commit.clone()), "twice: {}", covered.commit);
        }
        for stretch in attribution.stretches.clone() {
            if let Source::Derived(_) = stretch.source {
                prop_assert!(!stretch.files.iter().any(|f| f == "sekisho.yml" || f == "x" || f == "data/prices.csv"));
            }
            attribution.withdraw(&stretch, UncoveredReason::Missing, None);
            balanced(&attribution);
        }
        prop_assert_eq!(attribution.coverage.covered, 0);
    }
}
