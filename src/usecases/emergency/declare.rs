//! Declaring an emergency: looked at before it is recorded, recorded before it is said.

use serde_json::Value;

use crate::change::text::declaration;
use crate::change::{ChangeId, Declaration, Digest, EnvironmentKey, Message, Moment, PersonKey, ServiceKey};
use crate::config::Config;
use crate::dossier::completion::{Surroundings, complete};
use crate::dossier::{Origin, stated_rollback};
use crate::ledger::{Emergency, Filed, Trust};
use crate::policy::{Effect, Finding};
use crate::ports::{Guard, Spool};
use crate::usecases::collect_change::read_material;
use crate::usecases::execute::judge_by_hand;
use crate::usecases::found::Found;
use crate::usecases::record::{Recorded, body, document, write_or_keep};
use crate::usecases::{Actor, Asked, InForce, Judged, LogView, Ports, Saying, Stop};

/// An emergency on its way into the log.
#[derive(Debug, Clone)]
pub struct Declaring {
    /// Its number.
    pub id: ChangeId,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// When the work was done, where that was before.
    pub done_at: Option<Moment>,
    /// How everyone on the route was told, where they were.
    pub told: Option<String>,
    typed: Declaration,
    bytes: Vec<u8>,
}

impl Declaring {
    /// Seals the answers under a number.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] when they cannot be written down.
    pub fn new(
        ports: Ports<'_>,
        actor: Actor<'_>,
        (service, environment): (&ServiceKey, &EnvironmentKey),
        id: ChangeId,
        mut typed: Declaration,
    ) -> Result<Self, Stop> {
        typed.id = Some(id.clone());
        typed.salt = Some(Digest::of(&(ports.random)()).hex());
        if typed.roles.requester.is_none() {
            typed.roles.requester = Some(actor.person.clone());
        }
        let bytes = document(&Value::Object(declaration::to_value(&typed)))?;
        Ok(Self {
            id,
            service: service.clone(),
            environment: environment.clone(),
            done_at: None,
            told: None,
            typed,
            bytes,
        })
    }

    fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }

    fn measure(&self) -> &str {
        let emergency = self.typed.emergency.as_ref();
        emergency.and_then(|e| e.measure.as_deref()).unwrap_or_default()
    }

    fn executor<'a>(&'a self, actor: Actor<'a>) -> &'a PersonKey {
        self.typed.roles.executor.as_ref().unwrap_or(actor.person)
    }
}

/// What the gate would say of it now; writes nothing.
///
/// # Errors
/// [`Stop`] when it could not be evaluated.
pub fn preview(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &mut LogView,
    rules: InForce,
    asked: &Asked,
    declaring: &Declaring,
) -> Result<Judged, Stop> {
    let at = ports.at(&rules.config);
    let place = format!("log#{}", view.head.size);
    let filer = Some(actor.person.clone());
    let material = match read_material(&rules, &declaring.id, Origin::Log, place, &declaring.bytes, filer) {
        Found::There(material) => *material,
        Found::Unreadable(faults) => return Err(Stop::Faults(faults)),
        Found::Missing | Found::Several => return Err(Stop::unavailable("error-log-busy")),
    };
    let filed = Filed {
        seq: view.head.size,
        at,
        digest: declaring.digest(),
        by: actor.person.clone(),
        first: at,
    };
    let emergency = Emergency::new(
        (view.head.size, at),
        (declaring.service.clone(), declaring.environment.clone()),
        (actor.person.clone(), declaring.executor(actor).clone()),
        (declaring.measure().to_owned(), declaring.digest()),
        Trust::Signed,
    );
    view.standing.filed.insert(declaring.id.clone(), filed);
    view.standing.emergencies.insert(
        declaring.id.clone(),
        Emergency {
            done_at: declaring.done_at,
            ..emergency
        },
    );
    let judged = judge_by_hand(ports, view, rules, asked, material);
    view.standing.filed.remove(&declaring.id);
    view.standing.emergencies.remove(&declaring.id);
    judged
}

/// Whether a denial is answered by calling people, so that declaring comes first.
pub fn waits_for_calls(finding: &Finding) -> bool {
    let code = finding.code.as_str();
    let by_calling = matches!(code, "EMG-05" | "EMG-06" | "EMG-07" | "EMG-19" | "EMG-25")
        || finding.message.key == "EMG-11.irreversible";
    finding.effect != Effect::Deny || by_calling
}

/// Records the declaration, and that everyone was told; both wait in `spool` while the log cannot
/// be reached.
///
/// # Errors
/// [`Stop`] when it can be neither recorded nor kept.
pub async fn declare_emergency(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    declaring: &Declaring,
    spool: &dyn Spool,
) -> Result<Recorded, Stop> {
    let saying = saying(ports, actor, &rules.config, declaring, rules);
    let id = declaring.id.clone();
    let conflicts = move |statement: &crate::ledger::Statement| {
        matches!(
            statement.act.as_str(),
            "change.declared/1" | "emergency.declared/1"
        ) && statement.body.get("change").and_then(Value::as_str) == Some(id.as_str())
    };
    let guard = Guard::Unless {
        since: view.head.size,
        conflicts: &conflicts,
    };
    Ok(write_or_keep(ports, actor, view.onto(), saying, guard, spool).await?)
}

fn saying(
    ports: Ports<'_>,
    actor: Actor<'_>,
    config: &Config,
    declaring: &Declaring,
    rules: &InForce,
) -> Saying {
    let around = Surroundings {
        config,
        service: &declaring.service,
        environment: &declaring.environment,
        actor: actor.person,
        author: Some(actor.person),
        areas: &[],
        path_risk: crate::change::Risk::Low,
        has_units: false,
        elsewhere: false,
        terms: rules.terms(),
        at: ports.at(config),
    };
    let (completed, _) = complete(&declaring.typed, around);
    let rollback = stated_rollback(&completed);
    let person = |key: &PersonKey| Value::from(format!("person:{key}"));
    let grounds = completed.emergency.as_ref().and_then(|e| e.grounds.clone());
    Saying {
        act: "emergency.declared/1",
        body: body([
            ("change", Some(declaring.id.as_str().into())),
            ("type", Some("emergency".into())),
            ("kind", completed.kind.map(|kind| kind.as_str().into())),
            ("service", Some(declaring.service.as_str().into())),
            ("environment", Some(declaring.environment.as_str().into())),
            ("risk", completed.risk.map(|risk| risk.as_str().into())),
            ("grounds", grounds.map(Value::from)),
            ("measure", Some(declaring.measure().into())),
            ("executor", Some(person(declaring.executor(actor)))),
            (
                "decider",
                rollback.and_then(|plan| plan.decider.as_ref()).map(person),
            ),
            (
                "strategy",
                rollback.and_then(|plan| plan.strategy).map(|s| s.as_str().into()),
            ),
            ("done_at", declaring.done_at.map(|at| at.to_string().into())),
            ("declaration", Some(declaring.digest().to_string().into())),
        ]),
        with: vec![("declaration", declaring.bytes.clone())],
    }
}

/// Records that somebody walked away where the consequences were shown. What cannot be recorded
/// is only said.
pub async fn abandon(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    (service, environment): (&ServiceKey, &EnvironmentKey),
    spool: &dyn Spool,
) -> Option<Message> {
    let saying = Saying {
        act: "emergency.prompt_abandoned/1",
        body: body([
            ("service", Some(service.as_str().into())),
            ("environment", Some(environment.as_str().into())),
        ]),
        with: Vec::new(),
    };
    let recorded = write_or_keep(ports, actor, view.onto(), saying, Guard::Any, spool).await;
    recorded
        .err()
        .map(|error| Message::new("emergency-abandon-lost").with("detail", error))
}
