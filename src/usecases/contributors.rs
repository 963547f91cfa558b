//! Who wrote, committed or pushed what a change brings.

use std::collections::BTreeSet;

use crate::change::PersonKey;
use crate::config::Config;
use crate::dossier::coverage::BranchCommit;
use crate::ports::{Contributor, PullRequest};

use super::Heard;
use super::collect_change::Material;

/// People and unknown addresses or accounts behind a change: of its commits, and of the pull
/// requests that brought them.
pub(super) fn authors(
    config: &Config,
    material: &Material,
    heard: Option<&Heard>,
) -> (Vec<PersonKey>, Vec<String>) {
    let numbers: BTreeSet<u64> = material.units.iter().filter_map(|unit| unit.pull).collect();
    let known = |number: &u64| heard.and_then(|heard| heard.evidence.pulls.get(number));
    let pulls: Vec<&PullRequest> = numbers.iter().filter_map(known).collect();
    let by_forge = |commit: &&BranchCommit| {
        pulls
            .iter()
            .any(|pull| pull.merge.as_ref() == Some(&commit.commit))
    };
    let commits = material.commits.iter().filter(|commit| !by_forge(commit));
    let (mut known, mut unknown) = of_commits(config, commits);
    for contributor in pulls.iter().flat_map(|pull| &pull.contributors) {
        let (person, name) = match contributor {
            Contributor::Account(account) => (
                config.person_of_account(account.id, &account.login),
                format!("github:{}", account.login),
            ),
            Contributor::Address(address) => (config.person_of_email(address), address.clone()),
            Contributor::Unknown(words) => (None, format!("github:{words}")),
        };
        match person {
            Some(person) if !known.contains(person) => known.push(person.clone()),
            Some(_) => {}
            None if !unknown.contains(&name) => unknown.push(name),
            None => {}
        }
    }
    (known, unknown)
}

/// People and unknown addresses behind commits.
fn of_commits<'c>(
    config: &Config,
    commits: impl Iterator<Item = &'c BranchCommit>,
) -> (Vec<PersonKey>, Vec<String>) {
    /// GitHub's own committer of merges; as an author it is nobody.
    const WEB_FLOW: &str = "noreply@github.com";
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for commit in commits {
        let committer = (commit.committer != WEB_FLOW).then_some(&commit.committer);
        let addresses = std::iter::once(&commit.author)
            .chain(committer)
            .chain(&commit.co_authors);
        for address in addresses {
            match config.person_of_email(address) {
                Some(person) if !known.contains(person) => known.push(person.clone()),
                Some(_) => {}
                None if !unknown.contains(address) => unknown.push(address.clone()),
                None => {}
            }
        }
    }
    (known, unknown)
}
