//! The review after going back, closed by somebody who did not carry the change out.

use crate::change::{ChangeId, Digest, Message};
use crate::ledger::Sealed;
use crate::ports::Guard;
use crate::usecases::record::{body, document};
use crate::usecases::waivers::concerned;
use crate::usecases::{Actor, LogView, Ports, Saying, Stop, write};

/// Records what the review of a change found; it closes the one that is open.
///
/// # Errors
/// [`Stop::Request`] when none is open, or it is a review of one's own work.
pub async fn review_of_rollback(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    id: &ChangeId,
    findings: &[u8],
) -> Result<Sealed, Stop> {
    let mut open = view.standing.open.iter();
    let open = open.find(|open| open.kind == "review" && open.change.as_ref() == Some(id));
    let Some(open) = open else {
        return Err(Stop::Request(
            Message::new("error-review-none").with("change", id),
        ));
    };
    let decided = view.standing.decision_behind(open);
    // The first of them owes the review.
    let did = concerned(open, decided);
    if did.iter().skip(1).any(|person| person == actor.person) {
        return Err(Stop::Request(
            Message::new("error-review-own")
                .with("person", actor.person)
                .with("change", id),
        ));
    }
    let note = serde_json::json!({
        "evidence": String::from_utf8_lossy(findings),
        "salt": Digest::of(&(ports.random)()).hex(),
    });
    let saying = Saying {
        act: "review.closed/1",
        body: body([
            ("change", Some(id.as_str().into())),
            ("service", Some(open.service.as_str().into())),
            (
                "environment",
                decided.map(|decided| decided.environment.as_str().into()),
            ),
        ]),
        with: vec![("note", document(&note)?)],
    };
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
    let record = sealed.into_iter().next();
    record.ok_or_else(|| Stop::unavailable("error-log-busy"))
}
