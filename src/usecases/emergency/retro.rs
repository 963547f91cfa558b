//! What somebody independent decides about an emergency after it was carried out.

use serde_json::{Value, json};

use crate::change::{ChangeId, Digest, Message, Moment, PersonKey, Risk};
use crate::dossier::{Dossier, subject};
use crate::ledger::{ActKind, CONFIRMATION, Decided, REMEDIATION, Sealed, able_to_look_back};
use crate::ports::Guard;
use crate::usecases::record::{body, document};
use crate::usecases::work_facts::unknown_year;
use crate::usecases::{Actor, InForce, LogView, Ports, Saying, Stop, write};

/// A decision afterwards, on its way.
#[derive(Debug, Clone)]
pub struct Looking {
    /// The emergency.
    pub change: ChangeId,
    /// Approve or object.
    pub kind: ActKind,
    /// Whose decision it is, when somebody else records it.
    pub on_behalf: Option<PersonKey>,
    /// How that person said so.
    pub via: Option<String>,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
    /// Why.
    pub reason: Option<String>,
}

/// What became of it.
pub struct LookedBack {
    /// The record.
    pub record: Sealed,
    /// Whose decision it is.
    pub person: PersonKey,
    /// When it was due, where it came later.
    pub was_due: Option<Moment>,
    /// Whether it only confirms what was written down for this person.
    pub confirms: bool,
}

/// The decision that let an emergency pass, where one did: from then on approving it is looking
/// back.
pub fn looks_back<'a>(view: &'a LogView, id: &ChangeId) -> Option<&'a Decided> {
    view.standing.emergencies.get(id)?;
    view.standing.last_allowed(id, None)
}

/// Records the decision.
///
/// # Errors
/// [`Stop::Request`] with `EMG-15.not_independent` when it is not theirs to take; then nothing is
/// written.
pub async fn retro(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    looking: &Looking,
) -> Result<LookedBack, Stop> {
    let id = &looking.change;
    let decided = looks_back(view, id)
        .ok_or_else(|| Stop::Request(Message::new("error-never-passed").with("change", id)))?;
    let Some(known) = view.standing.emergencies.get(id) else {
        return Err(Stop::Request(
            Message::new("error-emergency-unknown").with("change", id),
        ));
    };
    let person = looking.on_behalf.clone().unwrap_or_else(|| actor.person.clone());
    let able = able_to_look_back(decided, id);
    let own = &person == actor.person;
    let involved = known.involves(&person) || known.involves(actor.person);
    let open = || {
        view.standing
            .open
            .iter()
            .filter(|open| open.change.as_ref() == Some(id))
    };
    let confirms = open().any(|open| open.kind == CONFIRMATION && open.owner == person);
    let independent = able.contains(&person) && !involved;
    let settles = confirms && own && looking.kind == ActKind::Approve;
    if !(independent || settles) {
        let people: Vec<&str> = able.iter().map(PersonKey::as_str).collect();
        return Err(Stop::Request(
            Message::new("EMG-15.not_independent")
                .with("person", if own || !involved { &person } else { actor.person })
                .with("people", people.join(", ")),
        ));
    }
    if !own && looking.evidence.is_none() {
        return Err(Stop::Request(
            Message::new("error-emergency-evidence").with("person", &person),
        ));
    }
    let executed = executed(ports, view, decided, id).await?;
    if !own && !rules.config.approval.attested_risks.contains(&executed.risk) {
        return Err(Stop::Request(
            Message::new("error-emergency-own-word")
                .with("person", &person)
                .with("change", id),
        ));
    }
    let saying = match independent {
        true => saying(ports, rules, looking, decided, &executed, &person, own)?,
        false => confirmation(id, &executed),
    };
    let now = ports.at(&rules.config);
    let due = open()
        .find(|open| open.kind == "retro_approval")
        .map(|open| open.due);
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::At(view.head)).await?;
    Ok(LookedBack {
        record: sealed
            .into_iter()
            .next()
            .ok_or_else(|| Stop::unavailable("error-log-busy"))?,
        person,
        was_due: due.filter(|due| *due < now && independent),
        confirms: !independent,
    })
}

/// What was carried out, as the gate let it pass.
struct Executed {
    of: Digest,
    of_document: Vec<u8>,
    content: Vec<Digest>,
    declaration: Digest,
    plan: Option<Digest>,
    executor: PersonKey,
    risk: Risk,
}

async fn executed(
    ports: Ports<'_>,
    view: &LogView,
    decided: &Decided,
    id: &ChangeId,
) -> Result<Executed, Stop> {
    let gone = || Stop::Unavailable(Message::new("error-emergency-dossier").with("seq", decided.seq));
    let mut records = view.records.iter();
    let (record, _) = records
        .find(|(record, _)| record.seq == decided.seq)
        .ok_or_else(gone)?;
    let attached = record
        .statement
        .with
        .iter()
        .find(|attached| attached.name == "dossier");
    let digest = attached.map(|attached| attached.digest).ok_or_else(gone)?;
    let bytes = ports.ledger.blob(&digest).await?.ok_or_else(gone)?;
    let dossier: Dossier = serde_json::from_slice(&bytes).map_err(|_| gone())?;
    let change = dossier
        .changes
        .into_iter()
        .find(|change| &change.id == id)
        .ok_or_else(gone)?;
    let mut content: Vec<Digest> = change.units.iter().map(|unit| unit.content).collect();
    content.sort();
    let of_document = document(&Value::Object(subject(&content, change.digest, change.plan)))?;
    Ok(Executed {
        of: Digest::of(&of_document),
        of_document,
        content,
        declaration: change.digest,
        plan: change.plan,
        executor: change.roles.executor.unwrap_or(decided.actor.clone()),
        risk: change.risk,
    })
}

fn saying(
    ports: Ports<'_>,
    rules: &InForce,
    looking: &Looking,
    decided: &Decided,
    executed: &Executed,
    person: &PersonKey,
    own: bool,
) -> Result<Saying, Stop> {
    let approves = looking.kind == ActKind::Approve;
    let calendar = &rules.config.calendar;
    let due = calendar
        .due(ports.at(&rules.config), rules.config.due.remediation)
        .map_err(unknown_year)?;
    let confirm = calendar
        .due(ports.at(&rules.config), rules.config.approval.confirm_due)
        .map_err(unknown_year)?;
    let remediation = json!({
        "kind": REMEDIATION,
        "owner": format!("person:{}", executed.executor),
        "due": due.to_string(),
        "change": looking.change.as_str(),
    });
    let confirmation = json!({
        "kind": CONFIRMATION,
        "owner": format!("person:{person}"),
        "due": confirm.to_string(),
        "change": looking.change.as_str(),
        "content": executed.of.to_string(),
    });
    let opened: Vec<Value> = [(remediation, !approves), (confirmation, !own)]
        .into_iter()
        .filter_map(|(opens, needed)| needed.then_some(opens))
        .collect();
    let mut note = body([
        ("reason", looking.reason.clone().map(Value::from)),
        (
            "evidence",
            looking
                .evidence
                .as_ref()
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned().into()),
        ),
    ]);
    let mut with = vec![("subject", executed.of_document.clone())];
    if !note.is_empty() {
        note.insert("salt".to_owned(), Digest::of(&(ports.random)()).hex().into());
        with.push(("note", document(&Value::Object(note))?));
    }
    let mut all = bound(&looking.change, executed);
    all.extend(body([
        ("decision", Some(decided.seq.into())),
        ("service", Some(decided.service.as_str().into())),
        ("environment", Some(decided.environment.as_str().into())),
        ("approver", (!own).then(|| format!("person:{person}").into())),
        ("channel", Some(if own { "own" } else { "attested" }.into())),
        ("via", looking.via.clone().map(Value::from)),
        ("opened", (!opened.is_empty()).then(|| opened.into())),
    ]));
    Ok(Saying {
        act: match approves {
            true => "emergency.retro_approved/1",
            false => "emergency.retro_rejected/1",
        },
        body: all,
        with,
    })
}

/// Somebody's own word for what another wrote down.
fn confirmation(id: &ChangeId, executed: &Executed) -> Saying {
    let mut all = bound(id, executed);
    all.extend(body([("channel", Some("own".into()))]));
    Saying {
        act: "change.approved/1",
        body: all,
        with: vec![("subject", executed.of_document.clone())],
    }
}

fn bound(id: &ChangeId, executed: &Executed) -> serde_json::Map<String, Value> {
    let content: Vec<String> = executed.content.iter().map(Digest::to_string).collect();
    body([
        ("change", Some(id.as_str().into())),
        ("of", Some(executed.of.to_string().into())),
        ("content", Some(content.into())),
        ("declaration", Some(executed.declaration.to_string().into())),
        ("plan", executed.plan.map(|plan| plan.to_string().into())),
    ])
}
