//! A change that has not passed yet, as the gate would see it now.

use sekisho::change::{ChangeId, PersonKey};
use sekisho::dossier::Change;
use sekisho::policy::Effect;
use sekisho::ports::Repository as _;
use sekisho::usecases::{Asked, InForce, Judged, LogView, judge_now};

use super::gate::run_of;
use crate::wire::Wiring;

/// The change as it is in HEAD, and whether its approvals suffice.
pub(super) struct Current {
    /// The change.
    pub change: Change,
    /// Whether the gate asks for no further approval.
    pub approved: bool,
}

/// The change as it would be judged now; `None` once it has passed, and where HEAD does not bring it.
pub(super) fn current(wiring: &Wiring, log: &LogView, id: &ChangeId) -> Option<Current> {
    if log.standing.executions_of(id, None).last().is_some() {
        return None;
    }
    let head = wiring.repository.resolve("HEAD").ok()?;
    log.standing
        .states
        .iter()
        .find_map(|((service, environment), state)| {
            let rules = InForce::at(&wiring.repository, &state.head, service.as_str()).ok()?;
            let actor: &PersonKey = rules.config.may_execute(service).first()?;
            let asked = Asked {
                service: service.clone(),
                environment: environment.clone(),
                head: head.clone(),
                base: None,
                actor: actor.clone(),
                run: run_of(None, wiring).ok()?,
                rollback_of: None,
            };
            of(judge_now(wiring.ports(), log, &asked).ok()?, id)
        })
}

fn of(judged: Judged, id: &ChangeId) -> Option<Current> {
    let short = judged.decision.findings.iter().any(|finding| {
        finding.effect == Effect::Deny
            && finding.code.as_str() == "APP-01"
            && finding.change.as_ref() == Some(id)
    });
    let mut changes = judged.collected.dossier.changes.into_iter();
    let change = changes.find(|change| &change.id == id)?;
    let approved = !short && !change.approvals.is_empty();
    Some(Current { change, approved })
}
