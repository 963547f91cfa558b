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
    /// The pull request that is asked about before its merge: its commits are on no main line.
    pub proposal: Option<u64>,
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
    let Some((forge, commits)) = about(ports, view, asked)? else {
        return Ok(None);
    };
    let branch = ports.repository.default_branch()?;
    let evidence = forge.evidence(&branch, &commits).await?;
    heard(ports, forge, view, asked, evidence).await.map(Some)
}

/// The same before the merge: what is asked about is the head of a pull request, or what the pull
/// request `proposal` would come to.
///
/// # Errors
/// [`Stop::Unavailable`] when the forge does not tell; never a part of what it knows.
pub async fn hear_proposal(
    ports: Ports<'_>,
    view: &LogView,
    asked: &Asked,
    proposal: Option<u64>,
) -> Result<Option<Heard>, Stop> {
    let Some((forge, commits)) = about(ports, view, asked)? else {
        return Ok(None);
    };
    let number = match proposal {
        Some(number) => number,
        None => match forge.proposal_of(&asked.head).await? {
            Some(number) => number,
            None => return hear(ports, view, asked).await,
        },
    };
    let proposal = forge.proposal(number).await?;
    let of_it = |commit: &&String| **commit == asked.head || proposal.commits.contains(commit);
    let (own, others): (Vec<&String>, Vec<&String>) = commits.iter().partition(of_it);
    // Its commits are on no branch yet, and nobody has indexed them.
    let others: Vec<String> = others.into_iter().cloned().collect();
    let mut evidence = match others.as_slice() {
        [] => Evidence::default(),
        others => forge.evidence(&proposal.base, others).await?,
    };
    let mut pull = proposal.pull;
    if !proposal.commits.contains(&asked.head) {
        // GitHub made this commit to try the merge: nobody wrote a part of it.
        pull.merge = Some(asked.head.clone());
    }
    evidence
        .commits
        .extend(own.into_iter().map(|commit| (commit.clone(), number)));
    evidence.pulls.insert(number, pull);
    let heard = heard(ports, forge, view, asked, evidence).await?;
    Ok(Some(Heard {
        proposal: Some(number),
        ..heard
    }))
}

/// A forge and the commits to ask it about, the oldest first.
type Questions<'a> = (&'a dyn Forge, Vec<String>);

/// What is asked about a deployment; `None` where there is nothing to ask.
fn about<'a>(ports: Ports<'a>, view: &LogView, asked: &Asked) -> Result<Option<Questions<'a>>, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    let (Some(forge), Some(state)) = (ports.forge, view.standing.states.get(&key)) else {
        return Ok(None);
    };
    if !is_of(view.origin(), forge.server())? {
        return Ok(None);
    }
    let base = base_of(ports.repository, state, asked)?;
    Ok(match ports.repository.range(&base, &asked.head, &mut |_| {})? {
        Range::Steps(steps) => Some((forge, steps.into_iter().map(|step| step.commit).collect())),
        Range::Same | Range::Older | Range::Diverged => None,
    })
}

/// Brings what reviewers saw, and asks for the teams.
async fn heard(
    ports: Ports<'_>,
    forge: &dyn Forge,
    view: &LogView,
    asked: &Asked,
    evidence: Evidence,
) -> Result<Heard, Stop> {
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
    let key = (asked.service.clone(), asked.environment.clone());
    let state = view.standing.states.get(&key);
    let commit = state.map(|state| state.head.as_str()).unwrap_or_default();
    Ok(Heard {
        teams: teams(ports, forge, asked, commit).await?,
        evidence,
        gone,
        proposal: None,
    })
}

/// Puts the members of teams into a configuration, where there is a forge that tells.
///
/// # Errors
/// [`Stop::Unavailable`] as for [`hear()`].
pub(super) async fn with_teams(ports: Ports<'_>, view: &LogView, config: &mut Config) -> Result<(), Stop> {
    let Some(forge) = ports.forge else { return Ok(()) };
    let named = config.teams().into_iter();
    let named: Vec<(String, String)> = named
        .map(|(group, team)| (group.to_owned(), team.to_owned()))
        .collect();
    if named.is_empty() || !is_of(view.origin(), forge.server())? {
        return Ok(());
    }
    let mut heard = Heard::default();
    for (group, team) in named {
        heard.teams.insert(group, forge.team(&team).await);
    }
    heard.fill_teams(config);
    Ok(())
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
