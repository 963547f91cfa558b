//! A workflow carried out job by job: each on a clean machine, with the steps that `init` writes and no
//! others.

use std::collections::BTreeMap;

use sekisho::change::text::{Document, Node, Shape};

use super::runner::{Run, child, entries, text};
use crate::fake_github::World;

/// How a job ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// Its last step ended well.
    Success(Run),
    /// A step did not.
    Failure(Run),
    /// It did not start.
    Skipped,
}

impl Ended {
    /// The run of a job that ended well.
    #[track_caller]
    pub(crate) fn well(&self) -> &Run {
        match self {
            Self::Success(run) => run,
            other => panic!("{other:?}"),
        }
    }
}

/// Carries `workflow` out as a run that `by` started by a push of the main line.
pub(crate) fn carry_out(world: &mut World, workflow: &str, by: &str) -> BTreeMap<String, Ended> {
    carry_out_on(world, workflow, by, "push")
}

/// The same for another event.
pub(crate) fn carry_out_on(
    world: &mut World,
    workflow: &str,
    by: &str,
    event: &str,
) -> BTreeMap<String, Ended> {
    let document = Document::parse(workflow).unwrap_or_else(|faults| panic!("{faults:?}\n{workflow}"));
    let root = document.root();
    assert_eq!(child(root, "permissions").map(entries), Some(Vec::new()));
    world.tick();
    let run_id = world.next_run();
    let mut ended: BTreeMap<String, Ended> = BTreeMap::new();
    for (name, job) in entries(child(root, "jobs").unwrap()) {
        let needs = text(child(job, "needs"));
        let goes = needs.is_empty() || matches!(ended[&needs], Ended::Success(_));
        let done = match goes {
            true => steps(
                world,
                job,
                by,
                &[("GITHUB_EVENT_NAME", event), ("GITHUB_RUN_ID", &run_id)],
            ),
            false => Ended::Skipped,
        };
        ended.insert(name.to_owned(), done);
    }
    ended
}

fn steps(world: &mut World, job: &Node, by: &str, variables: &[(&str, &str)]) -> Ended {
    let Some(Shape::List(steps)) = child(job, "steps").map(|steps| &steps.shape) else {
        panic!("no steps");
    };
    let allowed = child(job, "permissions").map(entries).unwrap();
    let mut runner = world.clean_job(by);
    for (name, value) in variables {
        runner.set(name, value);
    }
    let mut checked_out = false;
    let mut last = None;
    for step in steps {
        let uses = text(child(step, "uses"));
        let with = child(step, "with").map(entries).unwrap_or_default();
        let with: Vec<(&str, String)> = with
            .into_iter()
            .map(|(name, value)| (name, text(Some(value))))
            .collect();
        if uses.starts_with("actions/checkout@") {
            // What the job was given is the whole history without credentials: that has to be asked for.
            assert!(with.contains(&("fetch-depth", "0".to_owned())));
            assert!(with.contains(&("persist-credentials", "false".to_owned())));
            checked_out = true;
            continue;
        }
        let folder = uses
            .strip_prefix("$/")
            .or(uses.strip_prefix("./"))
            .unwrap_or_else(|| panic!("{uses}"));
        assert!(checked_out, "the Action needs the commits");
        assert!(allowed.iter().any(|(name, _)| *name == "pull-requests"));
        runner.action = runner.workspace.join(folder);
        let inputs: Vec<(&str, &str)> = with.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let run = runner.uses(&inputs);
        assert!(!run.log.contains(&runner.token), "the token is shown");
        if run.code != 0 {
            return Ended::Failure(run);
        }
        last = Some(run);
    }
    Ended::Success(last.unwrap())
}
