//! A new declaration: its number, its file, or its record in the log.

use serde_json::Value;

use crate::change::text::declaration::{self, Draft};
use crate::change::{ChangeId, Declaration, Digest, EnvironmentKey, Message, ServiceKey};
use crate::config::Config;
use crate::dossier::completion::{Surroundings, complete};
use crate::dossier::stated_rollback;
use crate::ledger::Sealed;
use crate::ports::Guard;

use super::record::body;
use super::{Actor, InForce, LogView, Ports, Saying, Stop, write};

/// A declaration on its way to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Its number.
    pub id: ChangeId,
    /// Its file's path in the repository.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Declared {
    /// The file of `draft` under `id`.
    pub fn new(config: &Config, id: ChangeId, draft: &Draft) -> Self {
        let year = id.as_str().get(4..8).unwrap_or_default();
        Self {
            path: format!("{}{year}/{id}.yml", config.paths.changes),
            text: draft.text(),
            id,
        }
    }
}

/// A number of today that nobody has: neither the log nor a file in `paths`.
pub fn free_id(ports: Ports<'_>, view: Option<&LogView>, config: &Config, paths: &[String]) -> ChangeId {
    let day: String = config
        .calendar
        .day(ports.at(config))
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    loop {
        let random = (ports.random)();
        let id = ChangeId::typed(&day, [random[0], random[1], random[2], random[3]]);
        let in_files = paths.iter().any(|path| path.contains(id.as_str()));
        if !in_files && !view.is_some_and(|view| view.knows(&id)) {
            return id;
        }
    }
}

/// Files a declaration into the log, for changes that come without a pull request.
///
/// # Errors
/// [`Stop`] when it cannot be written.
pub async fn file_into_log(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (service, environment): (&ServiceKey, &EnvironmentKey),
    id: ChangeId,
    typed: Declaration,
) -> Result<(ChangeId, Sealed), Stop> {
    let mut filed = typed;
    filed.id = Some(id.clone());
    filed.salt = Some(Digest::of(&(ports.random)()).hex());
    if filed.roles.requester.is_none() {
        filed.roles.requester = Some(actor.person.clone());
    }
    let bytes = super::record::document(&Value::Object(declaration::to_value(&filed)))?;
    let terms = rules.terms();
    let around = Surroundings {
        config: &rules.config,
        service,
        environment,
        actor: actor.person,
        author: Some(actor.person),
        areas: &[],
        path_risk: crate::change::Risk::Low,
        has_units: false,
        elsewhere: false,
        terms,
        at: ports.at(&rules.config),
    };
    let (completed, _) = complete(&filed, around);
    let person = |key: Option<&crate::change::PersonKey>| key.map(|key| Value::from(format!("person:{key}")));
    let rollback = stated_rollback(&completed);
    let saying = Saying {
        act: "change.declared/1",
        body: body([
            ("change", Some(id.as_str().into())),
            ("type", completed.change_type.map(|t| t.as_str().into())),
            ("kind", completed.kind.map(|k| k.as_str().into())),
            ("service", Some(service.as_str().into())),
            ("environment", Some(environment.as_str().into())),
            ("risk", completed.risk.map(|r| r.as_str().into())),
            ("executor", person(completed.roles.executor.as_ref())),
            ("decider", person(rollback.and_then(|r| r.decider.as_ref()))),
            (
                "strategy",
                rollback.and_then(|r| r.strategy).map(|s| s.as_str().into()),
            ),
            ("declaration", Some(Digest::of(&bytes).to_string().into())),
        ]),
        with: vec![("declaration", bytes)],
    };
    let guard_id = id.clone();
    let conflicts = move |statement: &crate::ledger::Statement| {
        statement.act == "change.declared/1"
            && statement.body.get("change").and_then(Value::as_str) == Some(guard_id.as_str())
    };
    let guard = Guard::Unless {
        since: view.head.size,
        conflicts: &conflicts,
    };
    let sealed = write(ports, actor, view.onto(), vec![saying], guard).await?;
    let record = sealed
        .into_iter()
        .next()
        .ok_or_else(|| Stop::Unavailable(Message::new("error-log-busy")))?;
    Ok((id, record))
}
