//! A decision as a record says it: readable without its documents.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::change::{ChangeType, Message};
use crate::dossier::{Change, Obligation, Origin};
use crate::policy::{Decision, Effect, Word};

use super::gate::excepted_until;
use super::record::{body, document};
use super::{Judged, Saying, Stop};

/// The record of a decision on a log of `size` records, with its dossier, findings, rules and
/// configuration.
///
/// # Errors
/// [`Stop::Unavailable`] when one of them cannot be written down.
pub(super) fn decision_saying(size: u64, judged: &Judged) -> Result<Saying, Stop> {
    let dossier = &judged.collected.dossier;
    let request = &dossier.request;
    let decision = &judged.decision;
    let allowed = decision.word != Word::Deny;
    let word = serde_json::to_value(decision.word).unwrap_or(Value::Null);
    let changes: Vec<Value> = dossier
        .changes
        .iter()
        .take(NAMED)
        .enumerate()
        .map(change_body)
        .collect();
    let opened: Vec<Value> = decision.opened.iter().map(opened_body).collect();
    let total = dossier.changes.len();
    let saying_body = body([
        ("service", Some(request.service.as_str().into())),
        ("environment", Some(request.environment.as_str().into())),
        ("base", request.base.clone().map(Value::from)),
        ("head", request.head.clone().map(Value::from)),
        ("executor", Some(format!("person:{}", request.actor).into())),
        ("run", Some(request.run.clone().into())),
        (
            "rollback_of",
            request.rollback_of.as_ref().map(|id| id.as_str().into()),
        ),
        ("word", Some(word)),
        (
            "until",
            excepted_until(decision).map(|until| until.to_string().into()),
        ),
        ("codes", Some(codes(decision))),
        ("changes", Some(changes.into())),
        ("changes_total", (total > NAMED).then(|| total.into())),
        ("opened", Some(opened.into())),
        ("policy", Some(dossier.policy.to_string().into())),
        ("dossier", Some(judged.dossier_digest.to_string().into())),
        ("checked", Some(json!({"from": 0, "to": size}))),
    ]);
    let findings = serde_json::to_value(&decision.findings)
        .map_err(|error| Stop::Unavailable(Message::new("error-encode").with("detail", error)))?;
    let mut with = vec![
        ("dossier", judged.dossier.clone()),
        ("findings", document(&json!({"findings": findings}))?),
        ("policy", judged.rules.bundle.document().as_bytes().to_vec()),
        ("config", judged.rules.config_bytes.clone()),
    ];
    // A file with a character that no document has leaves only the way through the repository.
    if !judged.rules.files.is_empty()
        && let Ok(files) = document(&json!({"files": judged.rules.files}))
    {
        with.push(("rules", files));
    }
    Ok(Saying {
        act: if allowed {
            "deploy.allowed/1"
        } else {
            "deploy.denied/1"
        },
        body: saying_body,
        with,
    })
}

/// How many changes a record names; the dossier holds them all.
const NAMED: usize = 64;

/// How many of them it describes: the record has to stay below 16 KiB.
const DESCRIBED: usize = 12;

/// How many people it names who may decide afterwards.
const MOST_ABLE: usize = 12;

fn change_body((index, change): (usize, &Change)) -> Value {
    let mut body = Map::new();
    body.insert("id".to_owned(), change.id.as_str().into());
    body.insert("type".to_owned(), change.change_type.as_str().into());
    body.insert("d".to_owned(), change.digest.to_string().into());
    let template = &change.facts.template;
    if change.change_type == ChangeType::Standard && template.known && change.origin != Origin::Derived {
        // A declaration that names a template has a digest of its own.
        body.insert("template_d".to_owned(), template.digest.clone().into());
    }
    if index >= DESCRIBED {
        return Value::Object(body);
    }
    let person = |key: &crate::change::PersonKey| Value::from(format!("person:{key}"));
    body.insert("risk".to_owned(), change.risk.as_str().into());
    if let Some(kind) = change.declaration.get("kind") {
        body.insert("kind".to_owned(), kind.clone());
    }
    let areas: Vec<Value> = change
        .facts
        .areas
        .iter()
        .take(8)
        .map(|a| a.as_str().into())
        .collect();
    body.insert("areas".to_owned(), areas.into());
    if let Some(executor) = &change.roles.executor {
        body.insert("executor".to_owned(), person(executor));
    }
    let approvers: Vec<Value> = change
        .approvals
        .iter()
        .take(4)
        .map(|a| person(&a.person))
        .collect();
    body.insert("approvers".to_owned(), approvers.into());
    if change.change_type == ChangeType::Emergency {
        let able = change.facts.emergency.retro.iter().take(MOST_ABLE);
        body.insert(
            "retro".to_owned(),
            able.map(person).collect::<Vec<Value>>().into(),
        );
    }
    if let Some(template) = change.declaration.get("template") {
        body.insert("template".to_owned(), template.clone());
    }
    if let Some(rollback) = change.declaration.get("rollback").and_then(Value::as_object) {
        if let Some(strategy) = rollback.get("strategy") {
            body.insert("strategy".to_owned(), strategy.clone());
        }
        if let Some(decider) = rollback.get("decider").and_then(Value::as_str) {
            body.insert("decider".to_owned(), format!("person:{decider}").into());
        }
    }
    let way_back = &change.facts.rollback;
    if !way_back.plan.is_empty() {
        body.insert("rollback_plan".to_owned(), way_back.plan.clone().into());
        body.insert("rollback_steps".to_owned(), way_back.steps.to_string().into());
    }
    body.insert(
        "rollback_seconds".to_owned(),
        change.facts.rollback_seconds.into(),
    );
    Value::Object(body)
}

pub(super) fn opened_body(obligation: &Obligation) -> Value {
    let mut body = Map::new();
    body.insert("kind".to_owned(), obligation.kind.clone().into());
    body.insert("owner".to_owned(), format!("person:{}", obligation.owner).into());
    body.insert("due".to_owned(), obligation.due.to_string().into());
    if let Some(change) = &obligation.change {
        body.insert("change".to_owned(), change.as_str().into());
    }
    if let Some(content) = &obligation.content {
        body.insert("content".to_owned(), content.to_string().into());
    }
    Value::Object(body)
}

/// The codes that fired, by effect.
fn codes(decision: &Decision) -> Value {
    let of = |effect: Effect| -> Vec<Value> {
        let codes: BTreeSet<&str> = decision
            .findings
            .iter()
            .filter(|f| f.effect == effect)
            .map(|f| f.code.as_str())
            .collect();
        codes.into_iter().map(Value::from).collect()
    };
    json!({"deny": of(Effect::Deny), "oblige": of(Effect::Oblige), "warn": of(Effect::Warn)})
}
