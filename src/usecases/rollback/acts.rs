//! Deciding to go back, and recording that it is done.

use serde_json::{Map, Value};

use crate::change::{Digest, Message, PersonKey};
use crate::ports::{Guard, Spool};
use crate::usecases::finish::carries_out;
use crate::usecases::record::{Recorded, body, document, write_or_keep};
use crate::usecases::{Actor, InForce, LogView, Ports, Saying, Stop};

use super::WayBack;
use super::owed::opens;

/// A decision to go back.
#[derive(Debug, Clone)]
pub struct Deciding {
    /// Whose decision it is.
    pub decider: PersonKey,
    /// How they said so, where somebody else records it.
    pub via: Option<String>,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
    /// What was seen: the number of a declared criterion, or words.
    pub criteria: Vec<String>,
    /// Who was asked before and did not answer.
    pub not_reached: Vec<PersonKey>,
}

/// How going back ended.
#[derive(Debug, Clone, Default)]
pub struct Undone {
    /// Whether it is done; else it failed.
    pub success: bool,
    /// The command's exit code, where one was run.
    pub code: Option<u8>,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
}

/// Which declared step `command` is, from 1: word for word, or what stands behind a sentence's last
/// colon. Anything else is not the way back that was approved.
pub fn step_of(way: &WayBack, command: &str) -> Option<usize> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = words(command);
    let is = |step: &String| {
        let step = words(step);
        let behind = step.rsplit_once(": ").map(|(_, behind)| behind.to_owned());
        !command.is_empty() && (step == command || behind.as_ref() == Some(&command))
    };
    way.plan.steps.iter().position(is).map(|place| place + 1)
}

/// Records the decision to go back. It is never weighed: whoever may decide has decided.
///
/// # Errors
/// [`Stop::Request`] when it is not this person's decision, or not this person's to record.
pub async fn decide_rollback(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    (way, deciding): (&WayBack, &Deciding),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    takes_part(ports, actor, view, way).await?;
    if !way.may_decide(&deciding.decider, &deciding.not_reached) {
        return Err(Stop::Request(
            asked(way, "error-rollback-decider").with("person", &deciding.decider),
        ));
    }
    let own = actor.person == &deciding.decider;
    if !own && deciding.evidence.is_none() {
        return Err(Stop::Request(
            asked(way, "error-rollback-evidence").with("person", &deciding.decider),
        ));
    }
    let declared = |text: &String| {
        let number = text.trim().parse::<usize>().ok();
        let same = || {
            way.plan
                .criteria
                .iter()
                .position(|known| known.trim() == text.trim())
        };
        let number = number.or_else(|| same().map(|place| place + 1))?;
        (1..=way.plan.criteria.len()).contains(&number).then_some(number)
    };
    let met: Vec<Value> = deciding
        .criteria
        .iter()
        .filter_map(declared)
        .map(Value::from)
        .collect();
    let seen: Vec<&str> = deciding
        .criteria
        .iter()
        .filter(|text| declared(text).is_none())
        .map(String::as_str)
        .collect();
    let people = deciding
        .not_reached
        .iter()
        .map(|person| format!("person:{person}").into());
    let people: Vec<Value> = people.collect();
    let extra = body([
        ("decider", Some(format!("person:{}", deciding.decider).into())),
        ("channel", Some(if own { "own" } else { "attested" }.into())),
        ("via", deciding.via.clone().filter(|_| !own).map(Value::from)),
        ("criteria", Some(met.into())),
        ("declaration", Some(way.declaration.to_string().into())),
        ("not_reached", (!people.is_empty()).then(|| people.into())),
    ]);
    let note = body([
        ("observed", (!seen.is_empty()).then(|| seen.join("\n").into())),
        ("evidence", shown(deciding.evidence.as_deref())),
    ]);
    say(
        ports,
        actor,
        view,
        way,
        ("rollback.decided/1", extra, note),
        spool,
    )
    .await
}

/// Records that going back begins.
///
/// # Errors
/// [`Stop::Request`] when this person has no part in the change.
pub async fn begin_rollback(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    way: &WayBack,
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    takes_part(ports, actor, view, way).await?;
    say(
        ports,
        actor,
        view,
        way,
        ("rollback.started/1", Map::new(), Map::new()),
        spool,
    )
    .await
}

/// Records that it is done, or failed. With a change of the repository the state that counts as
/// authorised goes back too.
///
/// # Errors
/// [`Stop::Request`] when this person has no part in the change.
pub async fn end_rollback(
    ports: Ports<'_>,
    actor: Actor<'_>,
    (view, rules): (&LogView, &InForce),
    (way, undone): (&WayBack, &Undone),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    takes_part(ports, actor, view, way).await?;
    let config = &rules.config;
    let owner = way.decided.as_ref().map(|(person, _)| person);
    let owner = owner.or(way.plan.decider.as_ref()).unwrap_or(actor.person);
    let about = (&way.service, &way.change);
    let data = way.plan.data_correction.is_some();
    let opened = match undone.success {
        true => Some(opens(view, config, about, (owner, data), ports.at(config))?),
        false => None,
    };
    let extra = body([
        (
            "outcome",
            Some(if undone.success { "success" } else { "failed" }.into()),
        ),
        ("code", undone.code.map(Value::from)),
        (
            "back_to",
            way.before.clone().filter(|_| undone.success).map(Value::from),
        ),
        ("opened", opened),
    ]);
    let note = body([("evidence", shown(undone.evidence.as_deref()))]);
    say(
        ports,
        actor,
        view,
        way,
        ("rollback.finished/1", extra, note),
        spool,
    )
    .await
}

async fn say(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    way: &WayBack,
    (act, extra, mut note): (&'static str, Map<String, Value>, Map<String, Value>),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let mut all = body([
        ("change", Some(way.change.as_str().into())),
        ("decision", Some(way.decision.into())),
        ("service", Some(way.service.as_str().into())),
        ("environment", Some(way.environment.as_str().into())),
    ]);
    all.extend(extra);
    let mut with = Vec::new();
    if !note.is_empty() {
        note.insert("salt".to_owned(), Digest::of(&(ports.random)()).hex().into());
        with.push(("note", document(&Value::Object(note))?));
    }
    let saying = Saying { act, body: all, with };
    Ok(write_or_keep(ports, actor, view.onto(), saying, Guard::Any, spool).await?)
}

fn shown(evidence: Option<&[u8]>) -> Option<Value> {
    evidence.map(|bytes| String::from_utf8_lossy(bytes).into_owned().into())
}

/// A sentence that names who decides.
pub(super) fn asked(way: &WayBack, key: &str) -> Message {
    let mut people: Vec<PersonKey> = way.deciders();
    people.extend(
        way.route
            .iter()
            .filter(|one| !people.contains(one))
            .cloned()
            .collect::<Vec<_>>(),
    );
    let people: Vec<&str> = people.iter().map(PersonKey::as_str).collect();
    Message::new(key)
        .with("change", &way.change)
        .with("people", people.join(", "))
}

/// Refuses who has no part in it. A forge that does not answer stops nobody: going back does not wait for
/// the list of a team, and the record says who it was.
async fn takes_part(ports: Ports<'_>, actor: Actor<'_>, view: &LogView, way: &WayBack) -> Result<(), Stop> {
    let person = actor.person;
    let named = [&way.executor, &way.requester];
    let named = named.into_iter().flatten().any(|known| known == person);
    if named || way.deciders().contains(person) || way.route.contains(person) {
        return Ok(());
    }
    let carries = match view.standing.decisions.get(&way.decision) {
        Some(decided) => match carries_out(ports, actor, view, decided).await {
            Err(Stop::Unavailable(_)) => true,
            other => other?,
        },
        None => false,
    };
    if carries {
        return Ok(());
    }
    Err(Stop::Request(
        asked(way, "error-rollback-stranger").with("person", person),
    ))
}
