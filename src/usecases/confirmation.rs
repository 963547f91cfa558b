//! Approvals that another wrote down: each asks its owner for a word of their own, and this records it.

use serde_json::{Value, json};

use crate::change::{ChangeId, Digest, Message, Moment};
use crate::dossier::{Channel, Dossier, Obligation, RequestKind, subject};
use crate::ledger::{Act, ActKind, CONFIRMATION, Open, REMEDIATION, Sealed};
use crate::ports::Guard;

use super::record::{body, document};
use super::work_facts::unknown_year;
use super::{Actor, InForce, LogView, Ports, Saying, Stop, write};

/// One confirmation for each recorded approval that a pass of this dossier rests on, due from now: what
/// nobody relies on needs none.
///
/// # Errors
/// [`Stop::Unavailable`] when the calendar does not know the due day.
pub(super) fn confirmations(rules: &InForce, dossier: &Dossier) -> Result<Vec<Obligation>, Stop> {
    let mut all: Vec<Obligation> = Vec::new();
    if dossier.request.kind == RequestKind::Rollback {
        return Ok(all);
    }
    let calendar = &rules.config.calendar;
    for change in &dossier.changes {
        let attested = change.approvals.iter();
        for approval in attested.filter(|approval| approval.channel == Channel::Attested) {
            for of in &approval.recorded {
                let due = calendar
                    .due(dossier.at, rules.config.approval.confirm_due)
                    .map_err(unknown_year)?;
                let asks = Obligation {
                    change: Some(change.id.clone()),
                    kind: CONFIRMATION.to_owned(),
                    owner: approval.person.clone(),
                    due: due.shown_in(&calendar.zone),
                    overdue: false,
                    opened_by: None,
                    content: Some(*of),
                };
                let same = |known: &Obligation| {
                    known.kind == asks.kind && known.owner == asks.owner && known.content == asks.content
                };
                let open = &dossier.standing.obligations;
                if !open.iter().any(same) && !all.iter().any(same) {
                    all.push(asks);
                }
            }
        }
    }
    Ok(all)
}

/// Somebody's word on what was written down for them.
pub struct Confirmed {
    /// The last record.
    pub record: Sealed,
    /// When the remediation is due, where the word is no.
    pub remediation: Option<Moment>,
}

/// Whether somebody is asked to confirm what was written down for them about `change`.
pub fn asked_to_confirm(view: &LogView, actor: Actor<'_>, change: &ChangeId) -> bool {
    view.standing.to_confirm(actor.person, change).next().is_some()
}

/// Records the own word of whoever asks on everything that was written down for them about `change`:
/// exactly that content, whatever the files say by now.
///
/// # Errors
/// [`Stop::Request`] when nothing is to be confirmed.
pub async fn confirm(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (change, kind, reason): (&ChangeId, ActKind, Option<&str>),
) -> Result<Confirmed, Stop> {
    let calendar = &rules.config.calendar;
    let due = calendar
        .due(ports.at(&rules.config), rules.config.due.remediation)
        .map_err(unknown_year)?;
    let mut sayings = Vec::new();
    for (open, act) in view.standing.to_confirm(actor.person, change) {
        sayings.push(own_word(ports, view, (open, act), kind, reason, due)?);
    }
    let sealed = write(ports, actor, view.onto(), sayings, Guard::At(view.head)).await?;
    let record = sealed.into_iter().next_back();
    Ok(Confirmed {
        record: record.ok_or_else(|| Stop::request("error-nothing-to-confirm"))?,
        remediation: (kind == ActKind::Object).then(|| due.shown_in(&calendar.zone)),
    })
}

fn own_word(
    ports: Ports<'_>,
    view: &LogView,
    (open, act): (&Open, &Act),
    kind: ActKind,
    reason: Option<&str>,
    due: Moment,
) -> Result<Saying, Stop> {
    let mut with = vec![(
        "subject",
        document(&Value::Object(subject(&act.content, act.declaration, act.plan)))?,
    )];
    if let Some(reason) = reason {
        let salt = Digest::of(&(ports.random)()).hex();
        with.push(("note", document(&json!({"reason": reason, "salt": salt}))?));
    }
    let decided = view.standing.decision_behind(open);
    let decided = decided.ok_or_else(|| Stop::request("error-nothing-to-confirm"))?;
    let remediation = json!([{
        "kind": REMEDIATION,
        "owner": format!("person:{}", decided.actor),
        "due": due.to_string(),
        "change": open.change.as_ref().map(ChangeId::as_str),
    }]);
    let content: Vec<String> = act.content.iter().map(Digest::to_string).collect();
    let objects = kind == ActKind::Object;
    Ok(Saying {
        act: match objects {
            true => "change.objected/1",
            false => "change.approved/1",
        },
        body: body([
            ("change", open.change.as_ref().map(|id| id.as_str().into())),
            ("service", Some(open.service.as_str().into())),
            ("environment", Some(decided.environment.as_str().into())),
            ("of", Some(act.of.to_string().into())),
            ("content", Some(content.into())),
            ("declaration", Some(act.declaration.to_string().into())),
            ("plan", act.plan.map(|plan| plan.to_string().into())),
            ("channel", Some("own".into())),
            ("confirms", Some(act.seq.into())),
            ("opened", objects.then_some(remediation)),
        ]),
        with,
    })
}

/// Why a reply cannot be filed by this person; `None` where it can.
pub(super) fn not_theirs(view: &LogView, open: &Open, actor: Actor<'_>, id: &str) -> Option<Message> {
    if view.standing.may_say_done(open, actor.person) {
        return None;
    }
    let key = match open.kind.as_str() {
        CONFIRMATION => "error-due-confirmation",
        REMEDIATION => "error-due-remediation",
        _ => "error-due-not-theirs",
    };
    let about = Message::new(key).with("person", actor.person).with("id", id);
    Some(about.with("owner", &open.owner))
}
