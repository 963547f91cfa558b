//! Whether enough people can agree to a change, everywhere and at every risk.

use std::collections::BTreeSet;

use super::unsatisfiable::never;
use super::{Area, Config, Group, Profile, Service};
use crate::change::text::Fault;
use crate::change::{Kind, Message, PersonKey, Risk};

/// The people of one part of the system at one risk.
struct Pool<'c> {
    config: &'c Config,
    executors: BTreeSet<&'c PersonKey>,
    approvers: BTreeSet<&'c PersonKey>,
}

/// What can never be approved, once for each service and area; a part for which nobody is named at
/// some risk is closed on purpose.
pub(super) fn everywhere(config: &Config) -> Vec<Fault> {
    let mut reasons = Vec::new();
    let general = |service: &Service| service.executors.is_none() && service.approvers.is_none();
    if config.services.values().any(general) {
        let at = |risk| {
            let executors = config.executors.iter().collect();
            Pool::new(config, executors, config.approvers.at(risk).iter().collect())
        };
        let short = Risk::ALL.iter().find_map(|risk| at(*risk).short(*risk, None));
        reasons.extend(short.map(|message| never("approvers", message)));
    }
    for (key, service) in config.services.iter().filter(|(_, service)| !general(service)) {
        let at = |risk| {
            let authority = service.approvers.as_ref().unwrap_or(&config.approvers);
            let executors = config.may_execute(key).iter().collect();
            Pool::new(config, executors, authority.at(risk).iter().collect())
        };
        let place = Some(("service", key.as_str()));
        let short = Risk::ALL.iter().find_map(|risk| at(*risk).short(*risk, place));
        reasons.extend(short.map(|message| never(&format!("services.{key}"), message)));
    }
    for (key, area) in &config.areas {
        let closed = of_area(config, key.as_str(), area);
        reasons.extend(closed.map(|message| never(&format!("areas.{key}"), message)));
    }
    reasons
}

fn of_area(config: &Config, key: &str, area: &Area) -> Option<Message> {
    let place = Some(("area", key));
    let executors: BTreeSet<&PersonKey> = match &area.executors {
        Some(executors) => executors.iter().collect(),
        None => everyone_who_executes(config),
    };
    // Only an owner's approval opens a sensitive area.
    let owners = Pool::new(config, executors.clone(), area.owners.iter().collect());
    if config.profile != Profile::Solo
        && let Some(alone) = owners.alone(place)
    {
        return Some(alone);
    }
    let floor = area.risk.or_else(|| {
        let kind = Kind::ALL.iter().find(|kind| kind.as_str() == key);
        kind.map(|kind| kind.risk())
    });
    let risks = Risk::ALL
        .iter()
        .filter(|risk| floor.is_none_or(|floor| floor <= **risk));
    risks.into_iter().find_map(|risk| {
        let named = area.approvers.iter().flat_map(|authority| authority.at(*risk));
        let approvers = area.owners.iter().chain(named).collect();
        Pool::new(config, executors.clone(), approvers).short(*risk, place)
    })
}

/// Whoever carries out changes of any service.
fn everyone_who_executes(config: &Config) -> BTreeSet<&PersonKey> {
    let services = config.services.values();
    let own = services
        .filter_map(|service| service.executors.as_ref())
        .flatten();
    config.executors.iter().chain(own).collect()
}

impl<'c> Pool<'c> {
    fn new(
        config: &'c Config,
        executors: BTreeSet<&'c PersonKey>,
        approvers: BTreeSet<&'c PersonKey>,
    ) -> Self {
        Self {
            config,
            executors,
            approvers,
        }
    }

    /// Whether a GitHub team is among them: only a forge can tell how many people that is.
    fn team(&self, people: &BTreeSet<&PersonKey>) -> bool {
        let is_team =
            |person: &&&PersonKey| matches!(self.config.groups.get(person.as_str()), Some(Group::Team(_)));
        people.iter().any(|person| is_team(&person))
    }

    /// How many may approve while the executor who leaves most of them carries out.
    fn able(&self) -> usize {
        let leaves = |executor: &&PersonKey| {
            let own = usize::from(self.approvers.contains(executor));
            self.approvers.len() - own
        };
        if self.team(&self.executors) {
            return self.approvers.len();
        }
        self.executors
            .iter()
            .map(leaves)
            .max()
            .unwrap_or(self.approvers.len())
    }

    /// Says so where the only one who approves is the only one who carries out.
    fn alone(&self, place: Option<(&str, &str)>) -> Option<Message> {
        let mut approvers = self.approvers.iter();
        let (Some(person), None) = (approvers.next(), approvers.next()) else {
            return None;
        };
        if self.team(&self.approvers) || self.able() > 0 {
            return None;
        }
        let message = match place {
            None => Message::new("yaml-approves-alone"),
            Some((sort, name)) => Message::new("yaml-approves-alone-in")
                .with("sort", sort)
                .with("name", name),
        };
        Some(message.with("person", person))
    }

    /// Says so where fewer people may approve than have to.
    fn short(&self, risk: Risk, place: Option<(&str, &str)>) -> Option<Message> {
        let needed = self.config.approval.quorum.get(&risk).copied().unwrap_or(0);
        let needed = usize::try_from(needed).unwrap_or(usize::MAX);
        if self.approvers.is_empty() || self.team(&self.approvers) || self.able() >= needed {
            return None;
        }
        if let Some(alone) = self.alone(place) {
            return Some(alone);
        }
        let message = match place {
            None => Message::new("yaml-too-few"),
            Some((sort, name)) => Message::new("yaml-too-few-in")
                .with("sort", sort)
                .with("name", name),
        };
        let message = message.with("risk", risk).with("needed", needed);
        Some(message.with("able", self.able()))
    }
}
