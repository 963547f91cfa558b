//! Go and no-go: the decider's word before a change starts late, at the point of no return, or instead of it.

use serde_json::Value;

use crate::change::{
    ChangeId, Declaration, Digest, EnvironmentKey, Message, Moment, PersonKey, RollbackChoice, ServiceKey,
};
use crate::config::Config;
use crate::dossier::Change;
use crate::ledger::{Sealed, Standing};
use crate::ports::Guard;
use crate::usecases::collect_change::find_declaration;
use crate::usecases::record::{body, document};
use crate::usecases::{Actor, Asked, InForce, LogView, Ports, Saying, Stop, write};

use super::plan::{judged, plan};

/// A go or a no-go to record.
#[derive(Debug, Clone, Default)]
pub struct Checking {
    /// Whose word it is, where somebody else records it.
    pub decider: Option<PersonKey>,
    /// How they said so.
    pub via: Option<String>,
    /// A note or a file that shows it.
    pub evidence: Option<Vec<u8>>,
    /// Why.
    pub reason: Option<String>,
}

/// How long a go holds, in seconds.
const HOLDS: i64 = 86_400;

/// What a word is about.
struct About {
    declaration: Digest,
    deciders: Vec<PersonKey>,
    others: Vec<PersonKey>,
    decision: Option<u64>,
    running: bool,
    no_return: bool,
}

/// Records the decider's go: before the start, or at the point of no return of what is running.
///
/// # Errors
/// [`Stop::Request`] when it is not this person's word.
pub async fn say_go(
    ports: Ports<'_>,
    actor: Actor<'_>,
    (view, rules): (&LogView, &InForce),
    (asked, id): (&Asked, &ChangeId),
    checking: &Checking,
) -> Result<(Sealed, bool), Stop> {
    let about = about(ports, view, rules, asked, id).await?;
    if about.running && !about.no_return {
        return Err(Stop::Request(
            Message::new("error-go-no-point").with("change", id),
        ));
    }
    let who = checking.decider.as_ref().unwrap_or(actor.person);
    if !about.deciders.contains(who) {
        return Err(refused("error-go-who", id, who, &about.deciders));
    }
    // Before the start it is about the declaration, whatever decision comes.
    let decision = about.decision.filter(|_| about.running);
    let sealed = say(
        ports,
        actor,
        view,
        (asked, id),
        (&about, decision, true),
        checking,
    )
    .await?;
    Ok((sealed, about.running))
}

/// Records that a change will not be carried out.
///
/// # Errors
/// [`Stop::Request`] when it was begun, or this person has no part in it.
pub async fn say_no_go(
    ports: Ports<'_>,
    actor: Actor<'_>,
    (view, rules): (&LogView, &InForce),
    (asked, id): (&Asked, &ChangeId),
    checking: &Checking,
) -> Result<Sealed, Stop> {
    if let Some(ended) = view.standing.ended(id, &asked.service, &asked.environment) {
        return Err(Stop::Request(
            Message::new("error-no-go-ended")
                .with("change", id)
                .with("outcome", ended),
        ));
    }
    let about = about(ports, view, rules, asked, id).await?;
    if about.running {
        return Err(Stop::Request(
            Message::new("error-no-go-started").with("change", id),
        ));
    }
    let who = checking.decider.as_ref().unwrap_or(actor.person);
    let mut people = about.deciders.clone();
    people.extend(about.others.iter().cloned());
    people.extend(rules.config.may_execute(&asked.service).iter().cloned());
    if !people.contains(who) {
        return Err(refused("error-no-go-who", id, who, &people));
    }
    say(
        ports,
        actor,
        view,
        (asked, id),
        (&about, about.decision, false),
        checking,
    )
    .await
}

/// Why a change must not start at `now`: its decider was to say go by a time that is over, and said
/// nothing. `None` where it may.
pub(in crate::usecases) fn go_missing(standing: &Standing, change: &Change, now: Moment) -> Option<Message> {
    let said = |field: &String| field == "rollback.decide_by" || field == "rollback" || field == "*";
    if change.derived_fields.iter().any(said) {
        return None;
    }
    let plan = plan(&change.declaration);
    let until = plan.decide_by.filter(|until| *until < now)?;
    let people: Vec<&PersonKey> = [&plan.decider, &plan.decider_alternate]
        .into_iter()
        .flatten()
        .collect();
    let mut words = standing.returns.words.iter();
    let given = words.any(|word| {
        word.go
            && word.change == change.id
            && word.declaration == change.digest
            && people.contains(&&word.person)
            && word.at <= now
            && now.seconds_since(word.at) <= HOLDS
    });
    if given {
        return None;
    }
    let people: Vec<&str> = people.into_iter().map(PersonKey::as_str).collect();
    Some(
        Message::new("error-start-no-go")
            .with("change", &change.id)
            .with("until", until)
            .with("people", people.join(", ")),
    )
}

async fn about(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    id: &ChangeId,
) -> Result<About, Stop> {
    let within: Option<(&ServiceKey, &EnvironmentKey)> = Some((&asked.service, &asked.environment));
    if let Some(decided) = view.standing.last_allowed(id, within)
        && let Some(execution) = view
            .standing
            .executions
            .iter()
            .rev()
            .find(|execution| execution.decision == decided.seq && execution.finished.is_none())
    {
        let change = judged(ports, view, decided, id).await?;
        let plan = plan(&change.declaration);
        let deciders = [&plan.decider, &plan.decider_alternate];
        let others = [&change.roles.executor, &change.roles.requester];
        return Ok(About {
            declaration: change.digest,
            deciders: deciders.into_iter().flatten().cloned().collect(),
            others: others.into_iter().flatten().cloned().collect(),
            decision: Some(decided.seq),
            running: execution.started.is_some(),
            no_return: plan.point_of_no_return.is_some(),
        });
    }
    let material = find_declaration(ports, view, rules, &asked.head, id)?.wanted(id, rules)?;
    let typed = &material.typed;
    let others = [&typed.roles.executor, &typed.roles.requester];
    Ok(About {
        declaration: material.digest,
        deciders: deciders(&rules.config, &asked.service, typed),
        others: others.into_iter().flatten().cloned().collect(),
        decision: None,
        running: false,
        no_return: false,
    })
}

/// Who decides about a change that was not judged yet.
fn deciders(config: &Config, service: &ServiceKey, typed: &Declaration) -> Vec<PersonKey> {
    let plan = match &typed.rollback {
        Some(RollbackChoice::Stated(own)) => Some(own.as_ref()),
        Some(RollbackChoice::Named(name)) => config.rollback_plans.get(name),
        None => config.default_rollback(service).map(|(_, plan)| plan),
    };
    let Some(plan) = plan else { return Vec::new() };
    let route = config.emergency_route.iter();
    let mut stand_ins = route.filter(|person| Some(*person) != plan.decider.as_ref());
    let alternate = plan.decider_alternate.as_ref().or_else(|| stand_ins.next());
    [plan.decider.as_ref(), alternate]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

fn refused(key: &str, id: &ChangeId, person: &PersonKey, people: &[PersonKey]) -> Stop {
    let mut people: Vec<&str> = people.iter().map(PersonKey::as_str).collect();
    people.dedup();
    Stop::Request(
        Message::new(key)
            .with("change", id)
            .with("person", person)
            .with("people", people.join(", ")),
    )
}

async fn say(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    (asked, id): (&Asked, &ChangeId),
    (about, decision, go): (&About, Option<u64>, bool),
    checking: &Checking,
) -> Result<Sealed, Stop> {
    let who = checking.decider.as_ref().unwrap_or(actor.person);
    let own = who == actor.person;
    if !own && checking.evidence.is_none() {
        return Err(Stop::Request(
            Message::new("error-rollback-evidence")
                .with("change", id)
                .with("person", who),
        ));
    }
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned().into();
    let note = body([
        ("reason", checking.reason.as_deref().map(|why| why.trim().into())),
        ("evidence", checking.evidence.as_ref().map(text)),
        ("salt", Some(Digest::of(&(ports.random)()).hex().into())),
    ]);
    let saying = Saying {
        act: if go {
            "checkpoint.go/1"
        } else {
            "checkpoint.no_go/1"
        },
        body: body([
            ("change", Some(id.as_str().into())),
            ("service", Some(asked.service.as_str().into())),
            ("environment", Some(asked.environment.as_str().into())),
            ("declaration", Some(about.declaration.to_string().into())),
            ("decision", decision.map(Value::from)),
            ("decider", Some(format!("person:{who}").into())),
            ("channel", Some(if own { "own" } else { "attested" }.into())),
            ("via", checking.via.clone().filter(|_| !own).map(Value::from)),
        ]),
        with: vec![("note", document(&Value::Object(note))?)],
    };
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::At(view.head)).await?;
    let record = sealed.into_iter().next();
    record.ok_or_else(|| Stop::unavailable("error-log-busy"))
}
