//! What going back leaves to do: a review, and the data that was written meanwhile.

use serde_json::Value;

use crate::change::{ChangeId, Moment, PersonKey, ServiceKey};
use crate::config::Config;
use crate::dossier::{Dossier, Obligation, RequestKind};
use crate::usecases::saying::opened_body;
use crate::usecases::work_facts::unknown_year;
use crate::usecases::{LogView, Stop};

use super::plan::plan;

/// Who owes what on account of going back from `change`.
fn owed(
    config: &Config,
    change: &ChangeId,
    owner: &PersonKey,
    data: bool,
    at: Moment,
) -> Result<Vec<Obligation>, Stop> {
    let mut kinds = vec![("review", config.due.review)];
    if data {
        kinds.push(("data_correction", config.due.data_correction));
    }
    let one = |(kind, period): (&str, _)| {
        Ok(Obligation {
            change: Some(change.clone()),
            kind: kind.to_owned(),
            owner: owner.clone(),
            due: config.calendar.due(at, period).map_err(unknown_year)?,
            overdue: false,
            opened_by: None,
            content: None,
        })
    };
    kinds.into_iter().map(one).collect()
}

/// The same as a record says it, without what is open already.
pub(in crate::usecases) fn opens(
    view: &LogView,
    config: &Config,
    (service, change): (&ServiceKey, &ChangeId),
    (owner, data): (&PersonKey, bool),
    at: Moment,
) -> Result<Value, Stop> {
    let open = |duty: &Obligation| {
        view.standing.open.iter().any(|open| {
            &open.service == service && open.change.as_ref() == Some(change) && open.kind == duty.kind
        })
    };
    let all = owed(config, change, owner, data, at)?;
    let new: Vec<Value> = all.iter().filter(|duty| !open(duty)).map(opened_body).collect();
    Ok(new.into())
}

/// What a pass for going back opens.
///
/// # Errors
/// [`Stop::Unavailable`] when the calendar does not know a day.
pub(in crate::usecases) fn rollback_owed(
    config: &Config,
    dossier: &Dossier,
) -> Result<Vec<Obligation>, Stop> {
    let mut all = Vec::new();
    if dossier.request.kind != RequestKind::Rollback {
        return Ok(all);
    }
    for change in &dossier.changes {
        let plan = plan(&change.declaration);
        let owner = plan
            .decider
            .clone()
            .unwrap_or_else(|| dossier.request.actor.clone());
        let data = plan.data_correction.is_some();
        let duties = owed(config, &change.id, &owner, data, dossier.at)?;
        let open = |duty: &Obligation| {
            let standing = dossier.standing.obligations.iter();
            standing
                .filter(|known| known.change == duty.change)
                .any(|known| known.kind == duty.kind)
        };
        all.extend(duties.into_iter().filter(|duty| !open(duty)));
    }
    Ok(all)
}
