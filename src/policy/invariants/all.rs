//! The engine's own rules over a whole dossier, and the one way in which they speak.

use super::{fields, identity, people};
use crate::change::{ChangeId, Message};
use crate::dossier::Dossier;
use crate::policy::{Effect, Finding, RuleId};

/// The findings of the engine's own rules, change by change.
pub(crate) fn findings(dossier: &Dossier) -> Vec<Finding> {
    let of = |change| {
        [
            fields::findings(change),
            people::findings(change),
            identity::findings(change),
        ]
    };
    dossier.changes.iter().flat_map(of).flatten().collect()
}

/// A denial of the engine.
pub(super) fn deny(
    code: &str,
    name: &str,
    change: &ChangeId,
    field: Option<String>,
    message: Message,
) -> Finding {
    Finding {
        code: RuleId::new(code),
        name: name.to_owned(),
        effect: Effect::Deny,
        change: Some(change.clone()),
        field,
        message,
        lowered_because: None,
        excepted: None,
    }
}
