//! What people record while an emergency runs, and after it.

use serde_json::{Map, Value};

use crate::change::{ChangeId, Digest, Message, Moment, PersonKey};
use crate::config::Config;
use crate::ledger::{APPROVED, Emergency, REFUSED};
use crate::ports::{Guard, Spool};
use crate::usecases::record::{Recorded, body, document, write_or_keep};
use crate::usecases::{Actor, InForce, LogView, Ports, Saying, Stop};

use super::calls::find;
use super::facts::{agreed, ended, expires, route};

/// A call, and what came of it.
#[derive(Debug, Clone)]
pub struct Calling {
    /// Who was called.
    pub person: PersonKey,
    /// How.
    pub channel: String,
    /// `approved`, `refused` or `no_answer`.
    pub result: String,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
}

/// More time.
#[derive(Debug, Clone)]
pub struct Extending {
    /// Who said yes to it.
    pub approver: PersonKey,
    /// How.
    pub channel: String,
    /// A note or a file that shows it.
    pub evidence: Vec<u8>,
}

/// An act on an emergency on its way.
struct Act<'a> {
    ports: Ports<'a>,
    actor: Actor<'a>,
    view: &'a LogView,
    id: &'a ChangeId,
    spool: &'a dyn Spool,
}

impl<'a> Act<'a> {
    const fn of(
        (ports, actor): (Ports<'a>, Actor<'a>),
        view: &'a LogView,
        id: &'a ChangeId,
        spool: &'a dyn Spool,
    ) -> Self {
        Self {
            ports,
            actor,
            view,
            id,
            spool,
        }
    }

    async fn write(
        &self,
        act: &'static str,
        known: &Emergency,
        extra: Map<String, Value>,
        note: Map<String, Value>,
    ) -> Result<Recorded, Stop> {
        let mut all = body([
            ("change", Some(self.id.as_str().into())),
            ("service", Some(known.service.as_str().into())),
            ("environment", Some(known.environment.as_str().into())),
        ]);
        all.extend(extra);
        let mut with = Vec::new();
        if !note.is_empty() {
            let mut note = note;
            let salt = Digest::of(&(self.ports.random)()).hex();
            note.insert("salt".to_owned(), salt.into());
            with.push(("note", document(&Value::Object(note))?));
        }
        let saying = Saying { act, body: all, with };
        let onto = self.view.onto();
        Ok(write_or_keep(self.ports, self.actor, onto, saying, Guard::Any, self.spool).await?)
    }
}

/// What shows it, as a note says it.
fn shown(evidence: Option<&[u8]>) -> Map<String, Value> {
    let text = evidence.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    body([("evidence", text.map(Value::from))])
}

fn person(key: &PersonKey) -> Option<Value> {
    Some(format!("person:{key}").into())
}

/// Records a call. Whoever says yes or no is on the route and has no part in the work.
///
/// # Errors
/// [`Stop::Request`] when it means nothing, and is not recorded.
pub async fn call(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (id, calling): (&ChangeId, &Calling),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let known = running(view, &rules.config, id)?;
    on_route(known, &rules.config, &calling.person, ports.at(&rules.config))?;
    let speaks = [APPROVED, REFUSED].contains(&calling.result.as_str());
    let own = actor.person == &calling.person;
    if calling.result == APPROVED && !own && calling.evidence.is_none() {
        return Err(Stop::Request(
            Message::new("error-emergency-evidence").with("person", &calling.person),
        ));
    }
    if speaks && !own && calling.result == APPROVED && !rules.config.approval.attested_emergency {
        return Err(Stop::Request(
            Message::new("error-emergency-own-word")
                .with("person", &calling.person)
                .with("change", id),
        ));
    }
    let act = Act::of((ports, actor), view, id, spool);
    let extra = body([
        ("called", person(&calling.person)),
        ("via", Some(calling.channel.clone().into())),
        ("channel", Some(if own { "own" } else { "attested" }.into())),
        ("result", Some(calling.result.clone().into())),
        ("declaration", Some(known.declaration.to_string().into())),
    ]);
    act.write(
        "emergency.contact_attempted/1",
        known,
        extra,
        shown(calling.evidence.as_deref()),
    )
    .await
}

/// Records more time, as much as an emergency has at first.
///
/// # Errors
/// [`Stop::Request`] when it may not be extended (any more), or not on this person's word.
pub async fn extend(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (id, extending): (&ChangeId, &Extending),
    spool: &dyn Spool,
) -> Result<(Recorded, Moment), Stop> {
    let known = running(view, &rules.config, id)?;
    let config = &rules.config;
    let now = ports.at(config);
    on_route(known, config, &extending.approver, now)?;
    let own = actor.person == &extending.approver;
    if !own && !config.approval.attested_emergency {
        return Err(Stop::Request(
            Message::new("error-emergency-own-word")
                .with("person", &extending.approver)
                .with("change", id),
        ));
    }
    if !own && !known.involves(actor.person) {
        return Err(not_theirs(known, id, actor));
    }
    if now >= expires(known, config)? {
        return Err(Stop::Request(
            Message::new("error-emergency-expired").with("change", id),
        ));
    }
    let agreed = known.extensions.iter().filter(|one| agreed(known, one, config));
    if agreed.count() >= config.emergency.extensions as usize {
        return Err(Stop::Request(
            Message::new("error-emergency-extensions")
                .with("change", id)
                .with("count", config.emergency.extensions),
        ));
    }
    let due = |period| {
        let day = config.calendar.due(now, period);
        day.map_err(crate::usecases::work_facts::unknown_year)
    };
    let until = due(config.emergency.ttl)?;
    let confirmation = serde_json::json!([{
        "kind": "confirmation",
        "owner": person(&extending.approver),
        "due": due(config.approval.confirm_due)?.to_string(),
        "change": id.as_str(),
    }]);
    let act = Act::of((ports, actor), view, id, spool);
    let extra = body([
        ("approver", person(&extending.approver)),
        ("channel", Some(if own { "own" } else { "attested" }.into())),
        ("via", Some(extending.channel.clone().into())),
        ("until", Some(until.to_string().into())),
        ("opened", (!own).then_some(confirmation)),
    ]);
    let note = shown(Some(&extending.evidence));
    let recorded = act.write("emergency.extended/1", known, extra, note).await?;
    Ok((recorded, until))
}

/// Records that it is over, or was not needed.
///
/// # Errors
/// [`Stop::Request`] when it was ended before, or is not theirs to end.
pub async fn end(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (id, reason): (&ChangeId, Option<&str>),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let known = running(view, &rules.config, id)?;
    let config = &rules.config;
    let mut others = config.emergency_route.iter().chain(&config.emergency.declarers);
    if !known.involves(actor.person) && !others.any(|person| person == actor.person) {
        return Err(not_theirs(known, id, actor));
    }
    let act = Act::of((ports, actor), view, id, spool);
    let note = body([("reason", reason.map(Value::from))]);
    act.write("emergency.closed/1", known, Map::new(), note).await
}

/// Records that it was carried out while the log could not be reached; the gate decides about it
/// when it can be.
///
/// # Errors
/// [`Stop::Request`] when it was not declared before, was ended, is not theirs, or expired before anybody
/// said so.
pub async fn carried_out(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (id, at, evidence): (&ChangeId, Option<Moment>, Option<&[u8]>),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let known = running(view, &rules.config, id)?;
    if !known.involves(actor.person) {
        return Err(not_theirs(known, id, actor));
    }
    if at.is_some() && ports.at(&rules.config) > expires(known, &rules.config)? {
        return Err(Stop::Request(
            Message::new("error-emergency-done-late").with("change", id),
        ));
    }
    if at.is_some_and(|at| at < known.at) {
        return Err(Stop::Request(
            Message::new("error-emergency-before").with("change", id),
        ));
    }
    let act = Act::of((ports, actor), view, id, spool);
    let extra = body([("done_at", at.map(|at| at.to_string().into()))]);
    act.write("emergency.executed/1", known, extra, shown(evidence))
        .await
}

/// Records that everyone on the route was told in writing, by whoever declared it or carries it out.
///
/// # Errors
/// [`Stop::Request`] when there is no such emergency, or it is not theirs.
pub async fn tell(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (id, channel, evidence): (&ChangeId, &str, Option<&[u8]>),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let known = find(view, id)?;
    own_work(known, id, actor)?;
    let everyone = route(known, &rules.config, ports.at(&rules.config));
    let everyone: Vec<Value> = everyone
        .iter()
        .filter_map(|level| person(&level.person))
        .collect();
    let act = Act::of((ports, actor), view, id, spool);
    let extra = body([("via", Some(channel.into())), ("to", Some(everyone.into()))]);
    act.write("notify.sent/1", known, extra, shown(evidence)).await
}

/// Records that somebody has read what happened: with their own key, or as they answered.
///
/// # Errors
/// [`Stop::Request`] when it is not theirs to answer.
pub async fn acknowledge(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (id, on_behalf, evidence): (&ChangeId, Option<&PersonKey>, Option<&[u8]>),
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let known = find(view, id)?;
    let who = on_behalf.unwrap_or(actor.person);
    on_route(known, &rules.config, who, ports.at(&rules.config))?;
    let own = who == actor.person;
    if !own && evidence.is_none() {
        return Err(Stop::Request(
            Message::new("error-emergency-evidence").with("person", who),
        ));
    }
    let act = Act::of((ports, actor), view, id, spool);
    let extra = body([("acknowledged_by", person(who).filter(|_| !own))]);
    act.write("notify.acknowledged/1", known, extra, shown(evidence))
        .await
}

/// Refuses who has no part in the work: what they say about it ends nothing.
pub(super) fn own_work(known: &Emergency, id: &ChangeId, actor: Actor<'_>) -> Result<(), Stop> {
    if known.involves(actor.person) {
        return Ok(());
    }
    Err(not_theirs(known, id, actor))
}

fn not_theirs(known: &Emergency, id: &ChangeId, actor: Actor<'_>) -> Stop {
    let mut people = vec![known.declarer.as_str(), known.executor.as_str()];
    people.dedup();
    Stop::Request(
        Message::new("error-emergency-not-theirs")
            .with("person", actor.person)
            .with("change", id)
            .with("people", people.join(", ")),
    )
}

/// The emergency, as long as it was not ended.
fn running<'a>(view: &'a LogView, config: &Config, id: &ChangeId) -> Result<&'a Emergency, Stop> {
    let known = find(view, id)?;
    match ended(known, config) {
        None => Ok(known),
        Some(_) => Err(Stop::Request(
            Message::new("error-emergency-ended").with("change", id),
        )),
    }
}

fn on_route(known: &Emergency, config: &Config, who: &PersonKey, at: Moment) -> Result<(), Stop> {
    let levels = route(known, config, at);
    if levels.iter().any(|level| &level.person == who) {
        return Ok(());
    }
    let people: Vec<&str> = levels.iter().map(|level| level.person.as_str()).collect();
    Err(Stop::Request(
        Message::new("error-emergency-route")
            .with("person", who)
            .with("people", people.join(", ")),
    ))
}
