//! The changes in a decision's body.

use super::body::Fields;
use super::memory::DecidedChange;

/// The changes of a decision's body.
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
