//! What the engine keeps: no file holds it, no setting reaches it.

mod consistency;
mod fields;
mod identity;
mod people;

use super::{Effect, Finding, RuleId};
use crate::change::{ChangeId, Message};
use crate::dossier::Dossier;

pub(crate) use consistency::consistent;

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
fn deny(code: &str, name: &str, change: &ChangeId, field: Option<String>, message: Message) -> Finding {
    Finding {
        code: RuleId::new(code),
        name: name.to_owned(),
        effect: Effect::Deny,
        change: Some(change.clone()),
        field,
        message,
        lowered_because: None,
    }
}
