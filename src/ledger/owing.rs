//! Work with a deadline: what opens it.

use super::body::Fields;
use super::memory::Open;
use crate::change::ServiceKey;

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
