//! Settings under which nothing could ever pass.

use std::collections::BTreeSet;

use super::read_what::incomplete;
use super::{Config, Group, Profile};
use crate::change::{Message, PersonKey};

/// Why nothing, or nothing of some sort, could ever pass; empty when all is well. `init` writes no
/// file for which this says anything.
pub fn unsatisfiable(config: &Config) -> Vec<Message> {
    let mut reasons = Vec::new();
    let mut approvers: BTreeSet<PersonKey> = config.approvers.everyone().into_iter().collect();
    for area in config.areas.values() {
        approvers.extend(area.owners.iter().cloned());
        approvers.extend(area.approvers.iter().flat_map(|authority| authority.everyone()));
    }
    for service in config.services.values() {
        approvers.extend(
            service
                .approvers
                .iter()
                .flat_map(|authority| authority.everyone()),
        );
    }
    let team = |person: &PersonKey| matches!(config.groups.get(person.as_str()), Some(Group::Team(_)));
    if approvers.is_empty() {
        reasons.push(Message::new("yaml-nobody-approves"));
    } else if let [executor] = config.executors.as_slice()
        && approvers.len() == 1
        && approvers.contains(executor)
        && !team(executor)
        && config.profile != Profile::Solo
    {
        reasons.push(Message::new("yaml-approves-alone").with("person", executor));
    }
    if config.executors.is_empty() {
        reasons.push(Message::new("yaml-nobody-executes"));
    }
    for (name, plan) in &config.rollback_plans {
        let missing = incomplete(plan);
        if !missing.is_empty() {
            let message = Message::new("yaml-plan-incomplete").with("plan", name);
            reasons.push(message.with("missing", missing.join(", ")));
        }
    }
    if config.profile == Profile::Audited {
        let counts = [
            ("declarers", config.emergency.declarers.len()),
            ("route", config.emergency_route.len()),
        ];
        let short = counts.into_iter().filter(|(_, count)| *count < 2);
        reasons.extend(short.map(|(key, _)| Message::new("yaml-at-least-two").with("key", key)));
    }
    reasons
}
