//! Who works here, to propose people for the configuration.

use std::collections::BTreeMap;

use git2::{Oid, Sort};

use super::{GitRepository, fault};
use crate::ports::RepositoryError;

/// How far back to look, in commits.
const MOST_COMMITS: usize = 200;

/// Name and address of the authors before `head`, the most active first.
pub(super) fn of(repo: &GitRepository, head: Oid) -> Result<Vec<(String, String)>, RepositoryError> {
    let mut walk = repo.git().revwalk().map_err(fault::broken)?;
    walk.set_sorting(Sort::TIME).map_err(fault::broken)?;
    walk.push(head).map_err(|error| repo.object_fault(head, &error))?;
    let mut people: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for oid in walk.take(MOST_COMMITS) {
        let commit = repo.inner_commit(oid.map_err(fault::broken)?)?;
        let author = commit.author();
        let address = String::from_utf8_lossy(author.email_bytes())
            .trim()
            .to_lowercase();
        // The walk begins with the newest commit: its spelling of the name stays.
        let name = || String::from_utf8_lossy(author.name_bytes()).trim().to_owned();
        people.entry(address).or_insert_with(|| (0, name())).0 += 1;
    }
    let mut people: Vec<(String, (usize, String))> = people.into_iter().collect();
    people.sort_by(|(one, (few, _)), (other, (many, _))| many.cmp(few).then_with(|| one.cmp(other)));
    Ok(people
        .into_iter()
        .map(|(address, (_, name))| (name, address))
        .collect())
}
