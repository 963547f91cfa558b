//! Whether the gate stands before a job, as far as a workflow says so. In doubt it does not: what is
//! told then is one line too many.

use super::workflows::{child, entries, text};
use crate::change::text::{Node, Shape};

/// What a job's condition holds when the job also runs after others that failed.
const REGARDLESS: &[&str] = &["always()", "failure()", "cancelled()"];

/// How many jobs are followed through `needs`.
const MOST: usize = 20;

/// Whether the gate stands before `job`: as a step of it, in a workflow that it calls, or in a job
/// that it waits for and does not run without.
pub(super) fn is_gated(jobs: &[(&str, &Node)], job: &str, sketch: &dyn Fn(&str) -> Option<Node>) -> bool {
    let mut waiting = vec![job.to_owned()];
    let mut seen = Vec::new();
    while let Some(job) = waiting.pop() {
        if seen.contains(&job) || seen.len() > MOST {
            continue;
        }
        let Some((_, details)) = jobs.iter().find(|(name, _)| *name == job) else {
            continue;
        };
        if asks(details) || calls(details, sketch) {
            return true;
        }
        if !runs_regardless(details) {
            waiting.extend(child(details, "needs").map(words).unwrap_or_default());
        }
        seen.push(job);
    }
    false
}

/// Whether a step of the job asks the gate, and its answer ends the job.
fn asks(job: &Node) -> bool {
    let steps = match child(job, "steps").map(|steps| &steps.shape) {
        Some(Shape::List(steps)) => steps.as_slice(),
        _ => &[],
    };
    !goes_on(job) && steps.iter().any(|step| !goes_on(step) && step_asks(step))
}

fn step_asks(step: &Node) -> bool {
    if child(step, "if").is_some() {
        return false;
    }
    if let Some(action) = child(step, "uses").and_then(text) {
        let name = action.split('@').next().unwrap_or_default();
        let command = child(step, "with").and_then(|with| child(with, "command"));
        let decides = matches!(command.map(text), None | Some(Some("gate" | "run")));
        return decides && name.rsplit('/').next() == Some("sekisho");
    }
    let script = child(step, "run").and_then(text).unwrap_or_default();
    script.lines().any(|line| {
        let line = line.trim();
        !line.starts_with('#') && line.contains("sekisho gate") && !line.contains("||")
    })
}

/// Whether the job is another workflow of this repository in which a job asks.
fn calls(job: &Node, sketch: &dyn Fn(&str) -> Option<Node>) -> bool {
    let called = child(job, "uses").and_then(text);
    let file = called.and_then(|called| called.strip_prefix("./").or(called.strip_prefix("$/")));
    let Some(root) = file.and_then(sketch) else {
        return false;
    };
    let jobs = child(&root, "jobs").map(entries).unwrap_or_default();
    jobs.iter().any(|(_, job)| asks(job))
}

fn goes_on(node: &Node) -> bool {
    child(node, "continue-on-error").is_some_and(|value| text(value) != Some("false"))
}

/// Whether the job also runs when one that it waits for failed.
fn runs_regardless(job: &Node) -> bool {
    let condition = child(job, "if").and_then(text).unwrap_or_default();
    let looks = condition.contains(".result == 'success'");
    !looks && REGARDLESS.iter().any(|word| condition.contains(word))
}

/// A word, or a list of them.
fn words(node: &Node) -> Vec<String> {
    match &node.shape {
        Shape::List(items) => items.iter().filter_map(text).map(str::to_owned).collect(),
        _ => text(node).map(str::to_owned).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::text::Document;

    fn gated(jobs: &str, job: &str) -> bool {
        let root = Document::sketch(&format!("jobs:\n{jobs}")).unwrap();
        let jobs = entries(child(&root, "jobs").unwrap());
        let other = "jobs:\n  gate: {steps: [{uses: acme/sekisho@0123}]}\n";
        is_gated(&jobs, job, &|file| match file {
            ".github/workflows/sekisho.yml" => Document::sketch(other).ok(),
            _ => None,
        })
    }

    #[test]
    fn gate_before_a_job_is_seen_in_every_place_where_it_can_stand() {
        for jobs in [
            "  ship: {steps: [{uses: ./.github/actions/sekisho, with: {command: run}}]}\n",
            "  ship: {steps: [{uses: acme/sekisho@0123}]}\n",
            "  ship:\n    steps:\n      - run: |\n          set -e\n          sekisho gate --head x\n",
            "  g: {steps: [{run: sekisho gate}]}\n  t: {needs: g}\n  ship: {needs: [t, u]}\n",
            "  g: {uses: $/.github/workflows/sekisho.yml}\n  ship: {needs: g}\n",
            "  g: {uses: ./.github/workflows/sekisho.yml}\n  ship: {needs: g}\n",
            "  g: {steps: [{run: sekisho gate}]}\n  ship: {needs: g, if: \"always() && needs.g.result == 'success'\"}\n",
        ] {
            assert!(gated(jobs, "ship"), "{jobs}");
        }
    }

    #[test]
    fn gate_whose_answer_stops_nothing_is_no_gate() {
        for jobs in [
            "  ship: {steps: [{run: ./deploy}]}\n",
            "  ship: {steps: [{uses: acme/sekisho@0123, with: {command: check}}]}\n",
            "  ship: {steps: [{uses: acme/sekisho@0123, continue-on-error: true}]}\n",
            "  ship: {steps: [{uses: acme/sekisho@0123, if: github.actor == 'x'}]}\n",
            "  ship: {steps: [{run: sekisho gate || true}]}\n",
            "  ship: {steps: [{run: \"# sekisho gate\"}]}\n",
            "  ship: {uses: ./.github/workflows/other.yml}\n",
            "  g: {steps: [{run: sekisho gate}]}\n  ship: {needs: g, if: always()}\n",
            "  g: {steps: [{run: sekisho gate}]}\n  ship: {}\n",
            "  a: {needs: ship}\n  ship: {needs: a}\n",
        ] {
            assert!(!gated(jobs, "ship"), "{jobs}");
        }
    }
}
