//! What the workflows deploy, read from their jobs.

use super::gated;
use crate::change::text::{Document, Node, Shape};

/// A job that seems to deploy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployJob {
    /// The workflow's path.
    pub file: String,
    /// The job's key.
    pub job: String,
    /// Whether the gate stands before it, as far as the file says.
    pub gated: bool,
}

/// What was found in all workflows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workflows {
    /// Jobs that seem to deploy.
    pub deploys: Vec<DeployJob>,
    /// The command that starts a workflow which puts things back.
    pub rollback: Option<String>,
}

/// Where workflows lie.
const FOLDER: &str = ".github/workflows/";

/// More workflows are not read.
const MOST: usize = 50;

/// What a job that deploys is called.
const DEPLOYS: &[&str] = &[
    "deploy",
    "release",
    "publish",
    "production",
    "デプロイ",
    "反映",
    "公開",
];

/// What a workflow that puts things back is called.
const PUTS_BACK: &[&str] = &["rollback", "roll-back", "revert", "切り戻し"];

/// Looks at every workflow among `paths`.
pub(super) fn of(paths: &[String], read: &dyn Fn(&str) -> Option<String>) -> Workflows {
    let mut found = Workflows::default();
    let files = paths
        .iter()
        .filter(|path| path.starts_with(FOLDER) && (path.ends_with(".yml") || path.ends_with(".yaml")));
    // What cannot be read here may still be a workflow to GitHub; it is not proposed.
    let sketch = |file: &str| Document::sketch(&read(file)?).ok();
    for file in files.take(MOST) {
        let name = file.trim_start_matches(FOLDER);
        let plain = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if says(name, PUTS_BACK) {
            // A name goes into a command only when no shell can misread it.
            if plain && found.rollback.is_none() {
                found.rollback = Some(format!("gh workflow run {name}"));
            }
            continue;
        }
        let Some(root) = sketch(file) else {
            continue;
        };
        let jobs = child(&root, "jobs").map(entries).unwrap_or_default();
        for (job, details) in &jobs {
            let title = child(details, "name").and_then(text).unwrap_or_default();
            if child(details, "environment").is_some() || says(job, DEPLOYS) || says(title, DEPLOYS) {
                found.deploys.push(DeployJob {
                    file: file.clone(),
                    job: (*job).to_owned(),
                    gated: gated::is_gated(&jobs, job, &sketch),
                });
            }
        }
    }
    found
}

fn says(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

pub(super) fn entries(node: &Node) -> Vec<(&str, &Node)> {
    match &node.shape {
        Shape::Map(entries) => entries.iter().map(|e| (e.key.as_str(), &e.value)).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let found = entries(node).into_iter().find(|(name, _)| *name == key);
    found.map(|(_, value)| value)
}

pub(super) fn text(node: &Node) -> Option<&str> {
    match &node.shape {
        Shape::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_that_deploy_are_found_by_environment_and_by_name() {
        let text = "on:\n  push:\n  workflow_dispatch:\njobs:\n  test: {runs-on: x}\n  ship: {environment: production}\n  go: {name: 本番へ反映}\n";
        let files = vec![
            ".github/workflows/ci.yml".to_owned(),
            ".github/workflows/rollback.yml".to_owned(),
            ".github/workflows/$(rm x)revert.yml".to_owned(),
        ];
        let found = of(&files, &|_| Some(text.to_owned()));
        let jobs: Vec<&str> = found.deploys.iter().map(|deploy| deploy.job.as_str()).collect();
        assert_eq!(jobs, ["ship", "go"]);
        assert_eq!(found.rollback.as_deref(), Some("gh workflow run rollback.yml"));
        let broken = of(&files, &|_| Some("a: [".to_owned()));
        assert!(broken.deploys.is_empty());
    }
}
