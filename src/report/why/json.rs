//! `sekisho/why/v1`: the reasons of a decision for programs.

use serde_json::{Value, json};

use super::WhyView;
use crate::policy::{Answered, Origin};
use crate::report::Wording;
use crate::report::decision::phrases::Phrases;

/// The reasons for programs; only `message` and `satisfy` are in a language. `would_say` is never
/// a decision: nothing was recorded by asking why.
pub fn json(wording: &Wording, view: &WhyView<'_>) -> Value {
    let phrases = Phrases {
        wording,
        view: &view.decision,
    };
    let request = &view.decision.dossier.request;
    let recorded = view.decision.record.as_ref().map(|(seq, hash)| {
        json!({"seq": seq, "hash": hash, "word": view.recorded_word, "findings": findings(&phrases, &view.recorded)})
    });
    let notes: Vec<Value> = view
        .notes
        .iter()
        .map(|note| json!({"key": note.key, "message": wording.say(note)}))
        .collect();
    let answers: Vec<Value> = view
        .explanation
        .answers
        .iter()
        .map(|one| answer(&phrases, view, one))
        .collect();
    json!({
        "schema": "sekisho/why/v1",
        "service": request.service,
        "environment": request.environment,
        "head": request.head,
        "at": view.decision.dossier.at,
        "profile": view.decision.dossier.profile,
        "policy": view.decision.dossier.policy,
        "dossier": view.decision.dossier_digest,
        "record": recorded,
        "basis": view.basis,
        "notes": notes,
        "would_say": view.decision.decision.word,
        "rules": answers,
    })
}

fn answer(phrases: &Phrases<'_>, view: &WhyView<'_>, one: &Answered) -> Value {
    let parameters: Vec<Value> = one
        .parameters
        .iter()
        .map(|parameter| {
            let field = format!("rules.{}.{}", one.code, parameter.name);
            let line = view
                .lines
                .get(&field)
                .filter(|_| parameter.from == Origin::Config);
            json!({"name": parameter.name, "value": parameter.value, "from": parameter.from, "line": line})
        })
        .collect();
    json!({
        "code": one.code,
        "name": one.name,
        "change": one.change,
        "said": one.said,
        "effect": one.effect,
        "findings": findings(phrases, &one.findings),
        "reads": one.reads,
        "parameters": parameters,
        "set": one.set,
        "lowered_because": one.lowered_because,
    })
}

fn findings(phrases: &Phrases<'_>, findings: &[crate::policy::Finding]) -> Vec<Value> {
    findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code,
                "effect": finding.effect,
                "change": finding.change,
                "field": finding.field,
                "key": finding.message.key,
                "message": phrases.say(&finding.message),
                "satisfy": phrases.satisfy(finding),
            })
        })
        .collect()
}
