//! GitHub teams among those who decide: who is in one is known, or nothing is.

use crate::change::{AreaKey, Message, PersonKey};
use crate::dossier::Change;
use crate::ports::ForgeError;

use super::{Asked, InForce, Ports, Stop};

/// Refuses to judge a change that lacks somebody who may be in a team that nobody can look into:
/// "not a member" is never guessed.
///
/// # Errors
/// [`Stop::Unavailable`] with the reason.
pub(super) fn readable(
    ports: Ports<'_>,
    rules: &InForce,
    asked: &Asked,
    change: &Change,
) -> Result<(), Stop> {
    let config = &rules.config;
    let facts = &change.facts;
    let areas = || facts.areas.iter().map(Some).chain([None::<&AreaKey>]);
    let mut people: Vec<PersonKey> = Vec::new();
    if facts.approved_by < facts.quorum || !facts.owners_missing.is_empty() {
        people.extend(areas().flat_map(|area| config.may_approve(&asked.service, area, change.risk)));
    }
    if !facts.executor_allowed {
        people.extend_from_slice(config.may_execute(&asked.service));
        let areas = facts.areas.iter().filter_map(|area| config.areas.get(area));
        people.extend(areas.filter_map(|area| area.executors.clone()).flatten());
    }
    let Some(team) = config.unread_team(&people) else {
        return Ok(());
    };
    let told = ports.heard.and_then(|heard| {
        let mut groups = config.teams().into_iter().filter(|(_, name)| *name == team);
        heard.teams.get(groups.next()?.0)
    });
    Err(match told {
        Some(Err(error)) if !matches!(error, ForgeError::Forbidden { .. }) => error.clone().into(),
        _ => Stop::Unavailable(Message::new("error-team-unread").with("team", team)),
    })
}
