//! Asks the forge about the commits of a deployment, before they are judged.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Message;
use crate::config::Config;
use crate::ports::{Account, Evidence, Forge, ForgeError, Range};

use super::collect::base_of;
use super::{Asked, CONFIG_PATH, InForce, LogView, Ports, Stop};

/// What the forge said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// Pull requests and reviews.
    pub evidence: Evidence,
    /// Heads that reviewers saw and that are nowhere any more.
    pub gone: BTreeSet<String>,
    /// The accounts in the teams that the configuration names, by group, or why that cannot be
    /// known.
    pub teams: BTreeMap<String, Result<Vec<Account>, ForgeError>>,
}

impl Heard {
    /// Puts the members of teams into a configuration.
    pub(super) fn fill_teams(&self, config: &mut Config) {
        for (group, members) in &self.teams {
            if let Ok(members) = members {
                let accounts = members.iter().map(|member| (member.id, member.login.clone()));
                config.fill_team(group, &accounts.collect::<Vec<_>>());
            }
        }
    }
}

/// Asks about everything between the authorised commit and the one to deploy. `None` without a
/// forge, or where there is nothing to ask about.
///
/// # Errors
/// [`Stop::Unavailable`] when the forge does not tell; never a part of what it knows.
pub async fn hear(ports: Ports<'_>, view: &LogView, asked: &Asked) -> Result<Option<Heard>, Stop> {
    hear_with(ports, view, asked, None).await
}

/// The same before the merge: the commit that is asked about is what the pull request `proposal`
/// would come to.
///
/// # Errors
/// [`Stop::Unavailable`] when the forge does not tell; never a part of what it knows.
pub async fn hear_with(
    ports: Ports<'_>,
    view: &LogView,
    asked: &Asked,
    proposal: Option<u64>,
) -> Result<Option<Heard>, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    let (Some(forge), Some(state)) = (ports.forge, view.standing.states.get(&key)) else {
        return Ok(None);
    };
    if !is_of(view.origin(), forge.server())? {
        return Ok(None);
    }
    let base = base_of(ports.repository, state, asked)?;
    let mut commits: Vec<String> = match ports.repository.range(&base, &asked.head, &mut |_| {})? {
        Range::Steps(steps) => steps.into_iter().map(|step| step.commit).collect(),
        Range::Same | Range::Older | Range::Diverged => return Ok(None),
    };
    let proposal = match proposal {
        Some(number) => {
            // It is on no branch yet, and nobody has indexed it.
            commits.retain(|commit| *commit != asked.head);
            Some((number, forge.proposal(number).await?))
        }
        None => None,
    };
    let branch = match &proposal {
        Some((_, proposal)) => proposal.base.clone(),
        None => ports.repository.default_branch()?,
    };
    let mut evidence = match commits.as_slice() {
        [] => Evidence::default(),
        commits => forge.evidence(&branch, commits).await?,
    };
    if let Some((number, proposal)) = proposal {
        let mut pull = proposal.pull;
        // GitHub made this commit to try the merge: nobody wrote a part of it.
        pull.merge = Some(asked.head.clone());
        evidence.commits.insert(asked.head.clone(), number);
        evidence.pulls.insert(number, pull);
    }
    let seen = evidence
        .pulls
        .values()
        .flat_map(|pull| &pull.reviews)
        .flat_map(|review| &review.seen);
    let seen: BTreeSet<String> = seen.cloned().collect();
    let seen: Vec<String> = seen.into_iter().collect();
    let references: Vec<String> = evidence
        .pulls
        .keys()
        .map(|number| forge.head_of(*number))
        .collect();
    let gone = ports.repository.bring(&seen, &references)?;
    Ok(Some(Heard {
        teams: teams(ports, forge, asked, &state.head).await?,
        evidence,
        gone,
    }))
}

/// Whether the log was begun for a repository on `server`; one that was begun without a remote is
/// of none. Otherwise whoever asks could have a server of their own say what they like.
///
/// # Errors
/// [`Stop::Unavailable`] when it was begun for another server.
pub(super) fn is_of(origin: &str, server: &str) -> Result<bool, Stop> {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '-'
        }
    };
    let named: String = server.chars().map(plain).collect();
    match origin.split('/').next() {
        Some("local") => Ok(false),
        Some(host) if host.eq_ignore_ascii_case(&named) => Ok(true),
        _ => Err(Stop::Unavailable(
            Message::new("error-forge-log")
                .with("origin", origin)
                .with("server", server),
        )),
    }
}

/// The members of the teams that the configuration in force names.
async fn teams(
    ports: Ports<'_>,
    forge: &dyn Forge,
    asked: &Asked,
    commit: &str,
) -> Result<BTreeMap<String, Result<Vec<Account>, ForgeError>>, Stop> {
    let mut teams = BTreeMap::new();
    // Most configurations name none, and to read one with its rules takes a while.
    let bytes = ports.repository.read(commit, CONFIG_PATH)?.unwrap_or_default();
    if !String::from_utf8_lossy(&bytes).contains("groups") {
        return Ok(teams);
    }
    let rules = InForce::at(ports.repository, commit, asked.service.as_str())?;
    for (group, team) in rules.config.teams() {
        teams.insert(group.to_owned(), forge.team(team).await);
    }
    Ok(teams)
}
