//! Which pull request brought which commit of the main line.

use std::collections::{BTreeMap, BTreeSet};

/// Where a merged pull request arrived on the main line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Landed {
    /// Its number.
    pub(super) number: u64,
    /// The commit that GitHub says it was merged with; of a rebase the last one.
    pub(super) commit: String,
    /// Whether that commit may be the last of several.
    pub(super) plain: bool,
    /// How many commits the pull request has.
    pub(super) commits: u64,
}

/// Commits with their pull requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Links {
    /// The pull request of a commit.
    pub(super) commits: BTreeMap<String, u64>,
    /// The further pull requests that arrived with the same commit as one of those.
    pub(super) twins: BTreeMap<u64, BTreeSet<u64>>,
}

/// Links `line` (the oldest commit first) with the pull requests that arrived on it. That one
/// claims a commit is no proof: GitHub lets every one claim what its branch holds. It counts
/// where it was merged with exactly this commit, or, for a rebase, where the commit stands right
/// before that one and no further back than the pull request is long.
pub(super) fn link(line: &[String], claims: &BTreeMap<String, BTreeSet<u64>>, landed: &[Landed]) -> Links {
    let places: BTreeMap<&str, usize> = line.iter().map(String::as_str).zip(0..).collect();
    let mut links = Links::default();
    let mut sorted: Vec<&Landed> = landed.iter().collect();
    sorted.sort_by_key(|one| one.number);
    let on_line = |one: &&&Landed| places.contains_key(one.commit.as_str());
    for one in sorted.iter().filter(on_line) {
        match links.commits.get(&one.commit) {
            Some(first) => drop(links.twins.entry(*first).or_default().insert(one.number)),
            None => drop(links.commits.insert(one.commit.clone(), one.number)),
        }
    }
    for one in sorted.iter().filter(|one| one.plain) {
        let Some(place) = places.get(one.commit.as_str()).copied() else {
            continue;
        };
        if links.commits.get(&one.commit) != Some(&one.number) {
            continue;
        }
        let further = usize::try_from(one.commits.saturating_sub(1)).unwrap_or(usize::MAX);
        for commit in line.iter().take(place).rev().take(further) {
            let claimed = claims
                .get(commit)
                .is_some_and(|numbers| numbers.contains(&one.number));
            if !claimed || links.commits.contains_key(commit) {
                break;
            }
            links.commits.insert(commit.clone(), one.number);
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Vec<String> {
        ["a", "b", "c", "d"].map(str::to_owned).to_vec()
    }

    fn claims(of: &[(&str, &[u64])]) -> BTreeMap<String, BTreeSet<u64>> {
        let set = |numbers: &[u64]| numbers.iter().copied().collect();
        of.iter()
            .map(|(commit, numbers)| ((*commit).to_owned(), set(numbers)))
            .collect()
    }

    fn landed(number: u64, commit: &str, plain: bool, commits: u64) -> Landed {
        Landed {
            number,
            commit: commit.to_owned(),
            plain,
            commits,
        }
    }

    fn linked(claims: &BTreeMap<String, BTreeSet<u64>>, all: &[Landed]) -> Vec<(String, u64)> {
        link(&line(), claims, all).commits.into_iter().collect()
    }

    fn pairs(of: &[(&str, u64)]) -> Vec<(String, u64)> {
        of.iter()
            .map(|(commit, number)| ((*commit).to_owned(), *number))
            .collect()
    }

    #[test]
    fn rebase_brings_the_commits_before_its_last() {
        let claims = claims(&[("b", &[7]), ("c", &[7])]);
        assert_eq!(
            linked(&claims, &[landed(7, "c", true, 2)]),
            pairs(&[("b", 7), ("c", 7)])
        );
    }

    #[test]
    fn claim_alone_links_nothing() {
        let claims = claims(&[("a", &[7, 9]), ("b", &[9]), ("c", &[7]), ("d", &[9])]);
        // One commit long: what stands before it is not its own, whatever it claims.
        assert_eq!(
            linked(
                &claims,
                &[landed(7, "c", true, 1), landed(9, "elsewhere", true, 4)]
            ),
            pairs(&[("c", 7)])
        );
    }

    #[test]
    fn merge_brings_one_commit_only() {
        let claims = claims(&[("b", &[7]), ("c", &[7])]);
        assert_eq!(linked(&claims, &[landed(7, "c", false, 5)]), pairs(&[("c", 7)]));
    }

    #[test]
    fn rebase_ends_where_another_pull_request_arrived() {
        let claims = claims(&[("a", &[7]), ("b", &[7, 8]), ("c", &[7])]);
        let all = [landed(7, "c", true, 3), landed(8, "b", true, 1)];
        assert_eq!(linked(&claims, &all), pairs(&[("b", 8), ("c", 7)]));
    }

    #[test]
    fn two_that_arrived_together_are_told_as_such() {
        let links = link(
            &line(),
            &BTreeMap::new(),
            &[landed(9, "b", false, 1), landed(7, "b", false, 1)],
        );
        assert_eq!(links.commits.get("b"), Some(&7));
        assert_eq!(links.twins.get(&7), Some(&BTreeSet::from([9])));
    }
}
