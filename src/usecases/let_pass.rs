//! What a decision let pass, also where it is told again.

use crate::change::ChangeId;

use super::{Judged, Ports, Stop, read_log};

/// Number and type of each change that the decision is about. A pass that is told again to the run that
/// got it was judged on a state that holds its changes already, so they are those of its record.
///
/// # Errors
/// [`Stop`] when the log cannot be read.
pub async fn let_pass(ports: Ports<'_>, judged: &Judged) -> Result<Vec<(ChangeId, String)>, Stop> {
    let judged_now = judged.collected.dossier.changes.iter();
    let now: Vec<_> = judged_now
        .map(|change| (change.id.clone(), change.change_type.to_string()))
        .collect();
    let Some(record) = judged.record.as_ref().filter(|_| now.is_empty()) else {
        return Ok(now);
    };
    let view = read_log(ports).await?;
    let decided = view.standing.decisions.get(&record.seq);
    let changes = decided
        .map(|decided| decided.changes.iter())
        .into_iter()
        .flatten();
    Ok(changes
        .map(|change| (change.id.clone(), change.change_type.clone()))
        .collect())
}
