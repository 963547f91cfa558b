//! Settings under which nothing could ever pass.

use std::collections::BTreeSet;

use super::read_what::incomplete;
use super::{Config, Profile, reach};
use crate::change::text::Fault;
use crate::change::{Message, PersonKey};

/// Why nothing, or nothing of some sort, could ever pass; empty when all is well. Each names its
/// field; the place in the file is the caller's, who has the file.
pub fn unsatisfiable(config: &Config) -> Vec<Fault> {
    let mut reasons = reach::everywhere(config);
    let areas = config.areas.values();
    let services = config.services.values();
    let nobody = config.approvers.everyone().is_empty()
        && areas.clone().all(|area| area.owners.is_empty())
        && areas
            .filter_map(|area| area.approvers.as_ref())
            .chain(services.clone().filter_map(|service| service.approvers.as_ref()))
            .all(|authority| authority.everyone().is_empty());
    if nobody {
        reasons.insert(0, never("approvers", Message::new("yaml-nobody-approves")));
    }
    let executes = |list: &Option<Vec<PersonKey>>| list.as_ref().is_some_and(|list| !list.is_empty());
    if config.executors.is_empty() && !services.clone().any(|service| executes(&service.executors)) {
        reasons.push(never("executors", Message::new("yaml-nobody-executes")));
    }
    for (name, plan) in &config.rollback_plans {
        let missing = incomplete(plan);
        if !missing.is_empty() {
            let message = Message::new("yaml-plan-incomplete").with("plan", name);
            let message = message.with("missing", missing.join(", "));
            reasons.push(never(&format!("rollback_plans.{name}"), message));
        }
    }
    match config.profile {
        Profile::Solo => {
            let executors: BTreeSet<&PersonKey> = config.executors.iter().collect();
            let reviewers = &config.approval.outside_reviewers;
            if reviewers.iter().all(|reviewer| executors.contains(reviewer)) {
                reasons.push(never(
                    "approval.outside_reviewers",
                    Message::new("yaml-nobody-outside"),
                ));
            }
        }
        Profile::Small => {}
        Profile::Audited => {
            let counts = [
                ("declarers", config.emergency.declarers.len()),
                ("route", config.emergency_route.len()),
            ];
            let short = counts.into_iter().filter(|(_, count)| *count < 2);
            reasons.extend(short.map(|(key, _)| {
                let message = Message::new("yaml-at-least-two").with("key", key);
                never(&format!("emergency.{key}"), message)
            }));
        }
    }
    reasons
}

/// A reason, at its field.
pub(super) fn never(field: &str, message: Message) -> Fault {
    Fault {
        place: None,
        field: field.to_owned(),
        message,
        warning: false,
    }
}
