//! The full record of an emergency: what nobody was asked at the first hour.

use serde_json::Value;

use crate::change::text::declaration;
use crate::change::{ChangeId, Declaration, Message};
use crate::ports::{Guard, Spool};
use crate::usecases::record::{Recorded, body, document, write_or_keep};
use crate::usecases::{Actor, LogView, Ports, Saying, Stop};

use super::acts::own_work;
use super::calls::find;

/// The fields of a full record that still say nothing.
pub fn incomplete(full: &Declaration) -> Vec<&'static str> {
    let rollback = match &full.rollback {
        Some(crate::change::RollbackChoice::Stated(plan)) => Some(plan),
        _ => None,
    };
    // A plan that is named says all of it.
    let named = matches!(&full.rollback, Some(crate::change::RollbackChoice::Named(_)));
    let says = |text: Option<&String>| text.is_some_and(|text| !text.trim().is_empty());
    [
        ("description", says(full.description.as_ref())),
        ("impact.functions", !full.impact.functions.is_empty()),
        (
            "rollback.criteria",
            named || rollback.is_some_and(|plan| !plan.criteria.is_empty()),
        ),
        (
            "rollback.duration",
            named || rollback.is_some_and(|plan| plan.duration.is_some()),
        ),
        ("verification.checks", !full.verification.checks.is_empty()),
        (
            "verification.done_when",
            says(full.verification.done_when.as_ref()),
        ),
    ]
    .into_iter()
    .filter(|(_, there)| !there)
    .map(|(field, _)| field)
    .collect()
}

/// Records the full record. What was declared and carried out stays as it was.
///
/// # Errors
/// [`Stop::Request`] when something is still missing, with its fields.
pub async fn complete(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    (id, full): (&ChangeId, &Declaration),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let known = find(view, id)?;
    own_work(known, id, actor)?;
    if !view.standing.was_carried_out(id) {
        return Err(Stop::Request(
            Message::new("error-emergency-early").with("change", id),
        ));
    }
    let missing = incomplete(full);
    if !missing.is_empty() {
        return Err(Stop::Request(
            Message::new("error-emergency-incomplete")
                .with("change", id)
                .with("fields", missing.join(", ")),
        ));
    }
    let bytes = document(&Value::Object(declaration::to_value(full)))?;
    let digest = crate::change::Digest::of(&bytes);
    let saying = Saying {
        act: "change.revised/1",
        body: body([
            ("change", Some(id.as_str().into())),
            ("service", Some(known.service.as_str().into())),
            ("environment", Some(known.environment.as_str().into())),
            ("of", Some(known.declaration.to_string().into())),
            ("declaration", Some(digest.to_string().into())),
        ]),
        with: vec![("declaration", bytes)],
    };
    Ok(write_or_keep(ports, actor, view.onto(), saying, Guard::Any, spool).await?)
}
