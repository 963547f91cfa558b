//! Exceptions that were granted: a rule's denial becomes a warning, for one change, for a time.

use serde::{Deserialize, Serialize};

use super::{Effect, Finding};
use crate::change::{Moment, PersonKey};
use crate::dossier::{Change, Dossier, Exception};

/// Who excepted from the rule, why, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excepted {
    /// Who.
    pub by: Vec<PersonKey>,
    /// Those of them whose word is not signed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsigned: Vec<PersonKey>,
    /// The first second in which the exception no longer stands.
    pub until: Moment,
    /// Why, in the words of those who granted it.
    pub reason: String,
}

/// Turns denials that an exception covers into warnings. `findings` are those of rules that are
/// files; what the engine keeps is never among them.
pub(super) fn lower(dossier: &Dossier, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|f| f.effect == Effect::Deny) {
        // What is about the deployment as a whole names no change, and no exception is for it.
        let change = dossier
            .changes
            .iter()
            .find(|change| finding.change.as_ref() == Some(&change.id));
        let Some(exception) = change.and_then(|change| covering(dossier, change, finding)) else {
            continue;
        };
        let unsigned = exception.granted.iter().filter(|granted| !granted.signed);
        finding.effect = Effect::Warn;
        finding.excepted = Some(Excepted {
            by: exception.granted.iter().map(|g| g.person.clone()).collect(),
            unsigned: unsigned.map(|g| g.person.clone()).collect(),
            until: exception.until,
            reason: reasons(exception),
        });
    }
}

/// The exception that covers a finding. The right to grant was checked when the dossier was
/// made; what can be seen here is checked again.
fn covering<'d>(dossier: &Dossier, change: &'d Change, finding: &Finding) -> Option<&'d Exception> {
    let roles = &change.roles;
    let involved = |person: &PersonKey| {
        roles.executor.as_ref() == Some(person)
            || roles.requester.as_ref() == Some(person)
            || change.authors.contains(person)
            || dossier.request.actor == *person
    };
    change.exceptions.iter().find(|exception| {
        exception.rule == finding.code.as_str()
            && dossier.at < exception.until
            && !exception.granted.is_empty()
            && exception
                .granted
                .iter()
                .all(|granted| granted.at <= dossier.at && !involved(&granted.person))
    })
}

/// Each reason once, in the order in which they were given.
fn reasons(exception: &Exception) -> String {
    let mut all: Vec<&str> = Vec::new();
    for granted in &exception.granted {
        let reason = granted.reason.trim();
        if !reason.is_empty() && !all.contains(&reason) {
            all.push(reason);
        }
    }
    all.join(" / ")
}
