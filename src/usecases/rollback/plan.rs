//! The way back of a change, as it was judged: from the case in the log, never from a file.

use serde_json::{Map, Value};

use crate::change::{
    ChangeId, Digest, EnvironmentKey, ForwardFix, Message, Moment, PersonKey, Rollback, ServiceKey, Strategy,
};
use crate::dossier::{Change, Dossier};
use crate::ledger::{Decided, GoingBack, MOVES_BACK_SECONDS};
use crate::usecases::{LogView, Ports, Stop};

/// Whether a way back is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// It is, until then.
    Open(Moment),
    /// It was gone already.
    Gone(Moment),
    /// There is none, or none any more: the point of no return is passed.
    NoReturn,
    /// It was open until then.
    Over(Moment),
    /// A later decision has come on top of it.
    Overtaken(u64),
}

/// The way back of one change from one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBack {
    /// The change.
    pub change: ChangeId,
    /// Its title.
    pub title: String,
    /// The record of the decision that let it pass last.
    pub decision: u64,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// The commit that was deployed; `None` for work by hand.
    pub head: Option<String>,
    /// The commit that the service stood at before.
    pub before: Option<String>,
    /// What else that decision let pass, and goes back with it.
    pub others: Vec<ChangeId>,
    /// The declaration's digest.
    pub declaration: Digest,
    /// The plan, completed as it was judged.
    pub plan: Rollback,
    /// Who carries the change out.
    pub executor: Option<PersonKey>,
    /// Who asked for it.
    pub requester: Option<PersonKey>,
    /// Who is asked when those who decide are not reached, in order.
    pub route: Vec<PersonKey>,
    /// Whether it is open.
    pub way: Way,
    /// Who decided to go back, and when.
    pub decided: Option<(PersonKey, Moment)>,
    /// When that was begun.
    pub started: Option<Moment>,
}

impl WayBack {
    /// Who decides, in order.
    pub fn deciders(&self) -> Vec<PersonKey> {
        let plan = &self.plan;
        [&plan.decider, &plan.decider_alternate]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }

    /// Whether `person` may decide where those in `not_reached` did not answer: the declared decider and
    /// the alternate at any time, the emergency route once both were tried, and who carries it out
    /// when nobody of the route answered either.
    pub fn may_decide(&self, person: &PersonKey, not_reached: &[PersonKey]) -> bool {
        let deciders = self.deciders();
        if deciders.contains(person) {
            return true;
        }
        let tried = |people: &[PersonKey]| people.iter().all(|one| not_reached.contains(one));
        tried(&deciders)
            && (self.route.contains(person) || (tried(&self.route) && self.executor.as_ref() == Some(person)))
    }
}

/// The way back of the decision that let `id` pass last.
///
/// # Errors
/// [`Stop::Request`] when it never passed, [`Stop::Unavailable`] when its plan is not in this log any
/// more.
pub async fn way_back(
    ports: Ports<'_>,
    view: &LogView,
    id: &ChangeId,
    route: &[PersonKey],
    now: Moment,
) -> Result<WayBack, Stop> {
    let Some(decided) = view.standing.last_allowed(id, None) else {
        return Err(Stop::Request(
            Message::new("error-never-passed").with("change", id),
        ));
    };
    let change = judged(ports, view, decided, id).await?;
    let plan = plan(&change.declaration);
    let so_far = view
        .standing
        .returns
        .of
        .get(&decided.seq)
        .cloned()
        .unwrap_or_default();
    let before = decided.before.clone().or_else(|| decided.base.clone());
    let text = |key: &str| change.declaration.get(key).and_then(Value::as_str);
    let until = text("reversible_until").and_then(|until| until.parse::<Moment>().ok());
    let mut way_back = WayBack {
        change: id.clone(),
        title: text("title").unwrap_or_default().to_owned(),
        decision: decided.seq,
        service: decided.service.clone(),
        environment: decided.environment.clone(),
        head: decided.head.clone(),
        before: decided.head.as_ref().and(before),
        others: decided
            .changes
            .iter()
            .map(|change| change.id.clone())
            .filter(|other| other != id)
            .collect(),
        declaration: change.digest,
        way: way(view, decided, id, (&plan, &so_far), (until, now)),
        plan,
        executor: change.roles.executor.clone(),
        requester: change.roles.requester.clone(),
        route: route.to_vec(),
        decided: None,
        started: so_far.started,
    };
    // A decision of somebody whose it was not counts for nothing, whoever wrote it down.
    let theirs = |(person, _): &&(PersonKey, Moment)| {
        let route = way_back.route.contains(person);
        way_back.deciders().contains(person) || route || way_back.executor.as_ref() == Some(person)
    };
    way_back.decided = so_far.decided.iter().find(theirs).cloned();
    Ok(way_back)
}

/// The change as the case of the decision holds it.
pub(in crate::usecases) async fn judged(
    ports: Ports<'_>,
    view: &LogView,
    decided: &Decided,
    id: &ChangeId,
) -> Result<Change, Stop> {
    let gone = || Stop::Unavailable(Message::new("error-rollback-no-plan").with("change", id));
    let record = view
        .records
        .iter()
        .map(|(record, _)| record)
        .find(|record| record.seq == decided.seq);
    let with = record.map(|record| record.statement.with.iter());
    let case = with
        .into_iter()
        .flatten()
        .find(|attached| attached.name == "dossier");
    let bytes = match case {
        Some(case) => ports.ledger.blob(&case.digest).await?,
        None => None,
    };
    let dossier: Dossier = bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(gone)?;
    let mut changes = dossier.changes.into_iter();
    changes.find(|change| &change.id == id).ok_or_else(gone)
}

/// Whether the way back is open at `now`.
fn way(
    view: &LogView,
    decided: &Decided,
    id: &ChangeId,
    (plan, so_far): (&Rollback, &GoingBack),
    (until, now): (Option<Moment>, Moment),
) -> Way {
    let within = Some((&decided.service, &decided.environment));
    let execution = view
        .standing
        .executions
        .iter()
        .rev()
        .find(|execution| execution.decision == decided.seq);
    let ended = execution.and_then(|execution| execution.outcome.as_deref().zip(execution.finished));
    if let Some(at) = so_far.done {
        return Way::Gone(at);
    }
    if let Some(("rolled_back" | "aborted", at)) = ended {
        return Way::Gone(at);
    }
    if view.standing.put_back(id, within) {
        return Way::Gone(now);
    }
    let none = matches!(plan.strategy, None | Some(Strategy::None | Strategy::ForwardFix));
    if none || view.standing.returns.past_return(decided.seq).is_some() {
        return Way::NoReturn;
    }
    let finished = execution
        .and_then(|execution| execution.finished)
        .unwrap_or(decided.at);
    let most = finished.plus_seconds(MOVES_BACK_SECONDS);
    let end = until.map_or(most, |until| until.min(most));
    if end < now {
        return match until {
            Some(until) if until < now => Way::NoReturn,
            _ => Way::Over(end),
        };
    }
    let key = (decided.service.clone(), decided.environment.clone());
    match view.standing.states.get(&key) {
        Some(state) if decided.head.is_some() && state.seq != decided.seq => Way::Overtaken(state.seq),
        _ => Way::Open(end),
    }
}

/// The plan in a completed declaration.
pub(super) fn plan(declaration: &Map<String, Value>) -> Rollback {
    let nothing = Value::Null;
    let said = declaration.get("rollback").unwrap_or(&nothing);
    let text = |key: &str| said.get(key).and_then(Value::as_str).map(str::to_owned);
    let texts = |key: &str| -> Vec<String> {
        let list = said.get(key).and_then(Value::as_array);
        let items = list.into_iter().flatten().filter_map(Value::as_str);
        items.map(str::to_owned).collect()
    };
    let fix = said.get("forward_fix");
    let of_fix = |key: &str| fix?.get(key)?.as_str().map(str::to_owned);
    Rollback {
        strategy: text("strategy").and_then(|word| word.parse().ok()),
        steps: texts("steps"),
        to: text("to"),
        decider: text("decider").map(PersonKey::from),
        decider_alternate: text("decider_alternate").map(PersonKey::from),
        criteria: texts("criteria"),
        decide_by: text("decide_by").and_then(|time| time.parse().ok()),
        duration: text("duration").and_then(|length| length.parse().ok()),
        tested: None,
        data_correction: text("data_correction"),
        point_of_no_return: text("point_of_no_return"),
        forward_fix: fix.map(|_| ForwardFix {
            plan: of_fix("plan"),
            owner: of_fix("owner").map(PersonKey::from),
        }),
        backup: None,
    }
}
