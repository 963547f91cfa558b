//! Which records make an earlier judgement out of date.

use std::collections::BTreeSet;

use super::Statement;
use super::body::Fields;
use crate::change::{ChangeId, EnvironmentKey, ServiceKey};

/// Whether `statement` makes a judgement of (`service`, `environment`) out of date that was
/// made before it.
pub fn concerns(
    statement: &Statement,
    service: &ServiceKey,
    environment: &EnvironmentKey,
    changes: &BTreeSet<ChangeId>,
) -> bool {
    let fields = Fields(&statement.body);
    let (noun, _) = statement.act.split_once('.').unwrap_or((&statement.act, ""));
    match noun {
        "deploy" | "state" => {
            fields.text("service") == Some(service.as_str())
                && fields.text("environment") == Some(environment.as_str())
        }
        "change" => fields.change("change").is_none_or(|id| changes.contains(&id)),
        "gate" => false,
        // Trust, freezes, exceptions, policy: rare, and each may matter.
        _ => true,
    }
}
