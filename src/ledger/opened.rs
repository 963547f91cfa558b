//! What the body of a decision says: its changes, and the work with a deadline that it opens.

use super::body::Fields;
use super::memory::{DecidedChange, Open};
use crate::change::ServiceKey;

/// The changes of a decision; `None` when one of them cannot be read.
pub(super) fn decided_changes(fields: &Fields<'_>) -> Option<Vec<DecidedChange>> {
    fields
        .list("changes")?
        .iter()
        .map(|item| {
            let body = item.as_object()?;
            let fields = Fields(body);
            Some(DecidedChange {
                id: fields.change("id")?,
                change_type: fields.text("type")?.to_owned(),
                body: body.clone(),
            })
        })
        .collect()
}

/// The work with a deadline that a decision opened; what cannot be read is left out, its record
/// stays.
pub(super) fn opened(seq: u64, service: &ServiceKey, fields: &Fields<'_>) -> Vec<Open> {
    let list = fields.list("opened").unwrap_or_default();
    list.iter()
        .zip(1..)
        .filter_map(|(item, nth)| {
            let fields = Fields(item.as_object()?);
            Some(Open {
                seq,
                nth,
                service: service.clone(),
                change: fields.change("change"),
                kind: fields.text("kind")?.to_owned(),
                owner: fields.person("owner")?,
                due: fields.text("due")?.parse().ok()?,
                content: fields.digest("content"),
            })
        })
        .collect()
}
