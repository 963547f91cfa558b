//! Which work with a deadline was waived by enough of those who may.

use std::collections::BTreeMap;

use crate::change::PersonKey;
use crate::config::{self, Config};
use crate::dossier::exceptions::{Grantors, Matter, Needed};
use crate::ledger::{Decided, Open, Standing, Waiver};

use super::{CONFIG_PATH, Ports};

/// Work that need not be done any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The work.
    pub of: Open,
    /// Whose word it rests on.
    pub by: Vec<Waiver>,
}

/// Takes what was waived out of the open work. Each waiver is held against the configuration that
/// was in force when it was given: who leaves later has still waived. One whose configuration
/// cannot be read counts for nothing.
pub(super) fn settle(ports: Ports<'_>, standing: &mut Standing) -> Vec<Waived> {
    let mut configs: BTreeMap<(String, String), Option<Config>> = BTreeMap::new();
    let mut waived: Vec<Waived> = Vec::new();
    for waiver in &standing.waivers {
        let service = waiver.of.service.as_str();
        let key = (waiver.head.clone(), service.to_owned());
        let config = configs
            .entry(key)
            .or_insert_with(|| config_at(ports, &waiver.head, service));
        let Some(config) = config else { continue };
        let needed = needed(config, &waiver.of, standing.decision_behind(&waiver.of), waiver);
        if !may(config, &needed, waiver) {
            continue;
        }
        let place = waived.iter().position(|known| known.of == waiver.of);
        let known = match place {
            Some(place) => place,
            None => {
                waived.push(Waived {
                    of: waiver.of.clone(),
                    by: Vec::new(),
                });
                waived.len() - 1
            }
        };
        if let Some(known) = waived.get_mut(known)
            && known.by.iter().all(|other| other.person != waiver.person)
            && known.by.len() < needed.count
        {
            known.by.push(waiver.clone());
        }
    }
    let complete = |waived: &Waived| {
        waived.by.last().is_some_and(|last| {
            let key = (last.head.clone(), last.of.service.to_string());
            let config = configs.get(&key).and_then(Option::as_ref);
            config.is_some_and(|config| waived.by.len() >= count(config))
        })
    };
    waived.retain(complete);
    standing
        .open
        .retain(|open| !waived.iter().any(|waived| waived.of == *open));
    waived
}

/// How many have to agree.
fn count(config: &Config) -> usize {
    config.approval.gate_quorum.max(1) as usize
}

pub(super) fn config_at(ports: Ports<'_>, commit: &str, service: &str) -> Option<Config> {
    let bytes = ports.repository.read(commit, CONFIG_PATH).ok()??;
    let read_file = |path: &str| {
        let bytes = ports.repository.read(commit, path).ok()??;
        String::from_utf8(bytes).ok()
    };
    let (config, _) = config::read(&String::from_utf8_lossy(&bytes), service, &read_file).ok()?;
    Some(config)
}

/// Everyone who owes the work or carried out what it comes from.
pub(super) fn concerned(open: &Open, decided: Option<&Decided>) -> Vec<PersonKey> {
    let mut people = vec![open.owner.clone()];
    if let Some(decided) = decided {
        people.push(decided.actor.clone());
        let executors = decided.changes.iter().filter_map(|change| {
            let text = change.body.get("executor")?.as_str()?;
            text.strip_prefix("person:").map(PersonKey::from)
        });
        people.extend(executors);
    }
    people
}

/// Whose word waiving takes, on the day of `waiver`.
fn needed(config: &Config, open: &Open, decided: Option<&Decided>, waiver: &Waiver) -> Needed {
    needed_on(config, open, decided, &config.calendar.day(waiver.at))
}

/// Whose word waiving takes on a day.
pub(super) fn needed_on(config: &Config, open: &Open, decided: Option<&Decided>, day: &str) -> Needed {
    let matter = Matter {
        config,
        service: &open.service,
        areas: &[],
        freezes: &[],
        gate_files: false,
        involved: &concerned(open, decided),
        day,
    };
    let needed = matter.needed(Grantors::Quorum).into_iter().next();
    needed.unwrap_or(Needed {
        count: usize::MAX,
        of: Vec::new(),
    })
}

fn may(config: &Config, needed: &Needed, waiver: &Waiver) -> bool {
    needed.of.contains(&waiver.person) && crate::dossier::exceptions::counts(config, waiver.trust)
}
