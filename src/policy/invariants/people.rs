//! DEC-04: every role is a person who is known and active.

use super::all::deny;
use crate::change::Message;
use crate::dossier::Change;
use crate::policy::Finding;

/// A finding for every name that is nobody. The facts write `FIELD=NAME`.
pub(super) fn findings(change: &Change) -> Vec<Finding> {
    change
        .facts
        .unknown_people
        .iter()
        .map(|entry| {
            let (field, name) = match entry.split_once('=') {
                Some((field, name)) => (Some(field.to_owned()), name),
                None => (None, entry.as_str()),
            };
            let message = Message::new("DEC-04.nobody").with("person", name);
            deny("DEC-04", "roles-are-people", &change.id, field, message)
        })
        .collect()
}
