//! The commands that come next after a decision, as they can be typed.

use std::collections::BTreeSet;

use sekisho::change::{ChangeId, Message, PersonKey};
use sekisho::dossier::{Change, Origin};
use sekisho::policy::{Effect, Finding, Word};
use sekisho::usecases::Judged;

/// How many commands are proposed; further ones follow when these are done.
const MOST_NEXT: usize = 8;

/// The environment that a command means when it names none.
const DEFAULT_ENVIRONMENT: &str = "production";

/// What other people, another time or a command put right; everything else is put right in a file.
const NOT_BY_EDIT: [&str; 6] = ["APP-", "SCH-", "ROL-02", "ROL-06", "RSK-02", "REC-04"];

/// What a declaration of its own puts right.
const BY_DECLARING: [&str; 2] = ["DEC-01", "REC-03"];

/// What another declaration does not put right, though the rule is the same: the finding says what does.
const NOT_BY_DECLARING: [&str; 5] = [
    "DEC-01.ambiguous",
    "DEC-01.declared_later",
    "DEC-01.diverged",
    "DEC-01.objected_since",
    "DEC-01.older_than_authorised",
];

/// The commands that come next.
pub(super) fn next(judged: &Judged) -> Vec<Message> {
    if judged.decision.word != Word::Deny {
        return finishing(judged);
    }
    let mut next = Vec::new();
    let declares = |f: &Finding| {
        BY_DECLARING.contains(&f.code.as_str()) && !NOT_BY_DECLARING.contains(&f.message.key.as_str())
    };
    if denials(judged).any(declares) {
        next.push(Message::new("next-declare"));
    }
    let edited = edits(judged, &mut next);
    let short = approvals_missing(judged);
    let is_short = |change: &&Change| short.contains(&change.id);
    let changes = judged.collected.dossier.changes.iter().filter(is_short);
    for change in changes {
        if edited.contains(&change.id) {
            next.push(Message::new("next-approve-after").with("change", &change.id));
        } else if next.len() < MOST_NEXT {
            approving(judged, change, &mut next);
        }
    }
    let declared = judged.collected.dossier.changes.iter();
    let declared = declared.filter(|change| change.facts.emergency.declared);
    next.extend(declared.map(|change| Message::new("next-emergency").with("change", &change.id)));
    if denials(judged).any(|finding| finding.code.as_str() == "EMG-18") {
        next.push(Message::new("next-due"));
    }
    let freezes = denials(judged).filter(|f| f.code.as_str() == "SCH-02");
    next.extend(freezes.filter_map(|finding| except(judged, finding)));
    next
}

fn finishing(judged: &Judged) -> Vec<Message> {
    let dossier = &judged.collected.dossier;
    let finish = match &dossier.request.rollback_of {
        Some(_) => "next-finish-rolled-back",
        None => "next-finish",
    };
    let started = dossier.changes.first().filter(|_| dossier.changes.len() == 1);
    started
        .map(|change| Message::new(finish).with("change", &change.id))
        .into_iter()
        .collect()
}

fn denials(judged: &Judged) -> impl Iterator<Item = &Finding> {
    let findings = judged.decision.findings.iter();
    findings.filter(|finding| finding.effect == Effect::Deny)
}

/// The changes that lack approvals and may not be opened by anything else.
fn approvals_missing(judged: &Judged) -> BTreeSet<&ChangeId> {
    denials(judged)
        .filter(|finding| matches!(finding.code.as_str(), "APP-01" | "ROL-02"))
        .filter_map(|finding| finding.change.as_ref())
        .collect()
}

/// The files to edit, and whose they are. An edit makes an approval invalid, so it comes first.
fn edits<'j>(judged: &'j Judged, next: &mut Vec<Message>) -> BTreeSet<&'j ChangeId> {
    let by_edit = |finding: &&Finding| {
        let code = finding.code.as_str();
        !NOT_BY_EDIT.iter().any(|other| code.starts_with(other)) && !BY_DECLARING.contains(&code)
    };
    let mut edited = BTreeSet::new();
    for change in denials(judged).filter(by_edit).filter_map(|f| f.change.as_ref()) {
        let Some((file, _)) = judged.collected.texts.get(change) else {
            continue;
        };
        // What is in the log is not edited.
        if file.starts_with("log#") {
            continue;
        }
        if edited.insert(change) && next.len() < MOST_NEXT {
            next.push(Message::new("next-edit").with("file", file));
        }
    }
    edited
}

/// Who can approve a change, each with the command, and how an answer by other means is recorded.
fn approving(judged: &Judged, change: &Change, next: &mut Vec<Message>) {
    let dossier = &judged.collected.dossier;
    let derived = change.origin == Origin::Derived;
    let place = place(judged);
    for person in change.facts.eligible.iter().take(3) {
        let message = if derived {
            let base = dossier.request.base.as_deref().unwrap_or_default();
            let range = format!("{}..", base.get(..12).unwrap_or(base));
            Message::new("next-approve-range").with("range", range)
        } else {
            Message::new("next-approve").with("change", &change.id)
        };
        let message = message.with("person", name(judged, person)).with("place", &place);
        if !next.contains(&message) {
            next.push(message);
        }
    }
    if let (false, Some(person)) = (derived, change.facts.eligible.first()) {
        let key = if judged.rules.config.approval.attested_file {
            "next-approve-for-file"
        } else {
            "next-approve-for"
        };
        let message = Message::new(key).with("change", &change.id).with("key", person);
        next.push(message.with("place", &place));
    }
}

/// What says which service and environment are meant, where it does not go without saying.
fn place(judged: &Judged) -> String {
    let request = &judged.collected.dossier.request;
    let mut place = String::new();
    if judged.rules.config.services.len() > 1 {
        place.push_str(&format!(" --service {}", request.service));
    }
    if request.environment.as_str() != DEFAULT_ENVIRONMENT {
        place.push_str(&format!(" --environment {}", request.environment));
    }
    place
}

fn name<'j>(judged: &'j Judged, person: &'j PersonKey) -> &'j str {
    let known = judged.rules.config.people.get(person);
    known.map_or(person.as_str(), |person| person.name.as_str())
}

/// Whom to ask for an exception from a freeze.
fn except(judged: &Judged, finding: &Finding) -> Option<Message> {
    let owner = PersonKey::from(finding.message.with.get("owner")?.as_str());
    let message = Message::new("next-grant")
        .with("person", name(judged, &owner))
        .with("code", &finding.code)
        .with("change", finding.change.as_ref()?)
        .with("place", place(judged));
    Some(message)
}
