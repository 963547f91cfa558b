//! What a change owes that passes without anybody's approval: somebody outside looks at it.

use crate::change::Message;
use crate::dossier::{Dossier, Obligation, Origin, RequestKind};

use super::{InForce, Stop};

/// The kind of this obligation.
const KIND: &str = "outside_review";

/// One review for each change that one person makes alone; its owner is the first outside
/// reviewer who took no part in it. What names nobody is denied by ROL-06 and owes nothing.
///
/// # Errors
/// [`Stop::Unavailable`] when the calendar does not know the due day.
pub(super) fn outside_reviews(rules: &InForce, dossier: &Dossier) -> Result<Vec<Obligation>, Stop> {
    let Some(length) = rules.config.approval.outside_review_due else {
        return Ok(Vec::new());
    };
    if dossier.request.kind == RequestKind::Rollback {
        return Ok(Vec::new());
    }
    let due = rules
        .config
        .calendar
        .due(dossier.at, length)
        .map_err(|error| Stop::Unavailable(Message::new("error-calendar").with("year", error.0)))?;
    let alone = dossier
        .changes
        .iter()
        .filter(|change| change.facts.agreement.alone);
    Ok(alone
        .filter_map(|change| {
            Some(Obligation {
                change: Some(change.id.clone()),
                kind: KIND.to_owned(),
                owner: change.facts.agreement.outside_reviewers.first()?.clone(),
                due,
                overdue: false,
                opened_by: None,
                content: (change.origin == Origin::Derived)
                    .then(|| change.units.first().map(|unit| unit.content))
                    .flatten(),
            })
        })
        .collect())
}
