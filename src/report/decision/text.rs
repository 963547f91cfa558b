//! A decision for a terminal.

use super::DecisionView;
use super::phrases::Phrases;
use crate::change::Message;
use crate::policy::{Effect, Finding};
use crate::report::{FilePlace, Look, Page, Wording, harmless, time};

/// A decision for a terminal or a pipe.
pub fn text(wording: &Wording, view: &DecisionView<'_>, look: Look) -> String {
    let phrases = Phrases { wording, view };
    let mut page = Page::new(look);
    headline(&mut page, &phrases);
    for change in &view.dossier.changes {
        page.line(format!(
            "{}  {}",
            page.strong(change.id.as_str()),
            harmless(&phrases.title(change))
        ));
        let found = phrases.findings(Some(change));
        if phrases.passes() {
            roles(&mut page, &phrases, change);
        }
        if !found.is_empty() {
            page.gap();
        }
        show_all(&mut page, &phrases, &found);
        page.gap();
    }
    show_all(&mut page, &phrases, &phrases.findings(None));
    obligations(&mut page, &phrases);
    ending(&mut page, &phrases);
    page.finish()
}

fn headline(page: &mut Page, phrases: &Phrases<'_>) {
    let request = &phrases.view.dossier.request;
    let word = phrases.word();
    let word = if phrases.passes() {
        page.good(&word)
    } else {
        page.bad(&word)
    };
    page.line(format!(
        "{word}  {} → {}      {}",
        harmless(request.service.as_str()),
        harmless(request.environment.as_str()),
        time::moment(phrases.wording, phrases.view.dossier.at),
    ));
    if let Some(why) = phrases.no_change() {
        page.line(phrases.wording.say(&why));
        page.gap();
    }
}

fn roles(page: &mut Page, phrases: &Phrases<'_>, change: &crate::dossier::Change) {
    let wording = phrases.wording;
    let executor = change
        .roles
        .executor
        .as_ref()
        .map_or_else(|| wording.label("nobody"), |p| phrases.name(p));
    page.pairs(
        2,
        &[
            (wording.label("role-executor"), harmless(&executor)),
            (wording.label("role-approver"), phrases.approvals(change)),
            (wording.label("rollback"), phrases.rollback(change)),
        ],
    );
}

/// Findings one after the other; what would satisfy several in a row is told once, below the last.
fn show_all(page: &mut Page, phrases: &Phrases<'_>, found: &[(&Finding, Option<&FilePlace>)]) {
    let satisfy: Vec<Option<String>> = found.iter().map(|(f, _)| phrases.satisfy_line(f)).collect();
    for (index, (finding, place)) in found.iter().enumerate() {
        let own = satisfy.get(index).cloned().flatten();
        let again = satisfy.get(index + 1).is_some_and(|next| *next == own);
        show(page, phrases, finding, *place, own.filter(|_| !again));
    }
}

/// One finding: what, where, and what would satisfy it.
fn show(
    page: &mut Page,
    phrases: &Phrases<'_>,
    finding: &Finding,
    place: Option<&FilePlace>,
    satisfy: Option<String>,
) {
    let code = page.strong(finding.code.as_str());
    let effect = match finding.effect {
        Effect::Deny => String::new(),
        Effect::Warn | Effect::Oblige => {
            format!(" ({})", page.warning(&phrases.effect(finding.effect)))
        }
        Effect::Info => format!(" ({})", phrases.effect(finding.effect)),
    };
    page.line(format!(
        "{code} {}{effect}: {}",
        harmless(&finding.name),
        phrases.say(&finding.message)
    ));
    match (place, &finding.field) {
        (Some(place), _) => place.show(page, 2),
        (None, Some(field)) => {
            let field = Message::new("finding-field").with("field", field);
            page.indented(2, phrases.wording.say(&field));
        }
        (None, None) => {}
    }
    if let Some(satisfy) = satisfy {
        page.indented(2, satisfy);
    }
    if let Some(excepted) = phrases.excepted(finding) {
        page.indented(2, excepted);
    }
    if let Some(reason) = &finding.lowered_because {
        let reason = Message::new("finding-lowered").with("reason", reason);
        page.indented(2, phrases.wording.say(&reason));
    }
    page.gap();
}

fn obligations(page: &mut Page, phrases: &Phrases<'_>) {
    for (heading, list) in [
        ("obligations-opened", &phrases.view.decision.opened),
        ("obligations-standing", &phrases.view.dossier.standing.obligations),
    ] {
        if list.is_empty() {
            continue;
        }
        page.gap();
        page.line(page.strong(&phrases.wording.label(heading)));
        for obligation in list {
            page.indented(2, phrases.obligation(obligation));
        }
    }
}

fn ending(page: &mut Page, phrases: &Phrases<'_>) {
    let (wording, view) = (phrases.wording, phrases.view);
    page.gap();
    if !phrases.passes() {
        page.line(wording.label("decision-nothing-run"));
    }
    if let [change] = view.dossier.changes.as_slice()
        && let Some(window) = phrases.window(change)
    {
        page.line(wording.say(&window));
    }
    if let Some(until) = view.expires_at {
        let until = Message::new("decision-holds-until").with("until", time::moment(wording, until));
        page.line(wording.say(&until));
    }
    let record = match (&view.record, &view.checkpoint) {
        (Some((seq, _)), Some(checkpoint)) => Message::new("decision-record-checkpoint")
            .with("seq", seq)
            .with("checkpoint", checkpoint),
        (Some((seq, _)), None) => Message::new("decision-record").with("seq", seq),
        (None, _) => Message::new("decision-no-record"),
    };
    page.line(page.dim(&wording.say(&record)));
    let next: Vec<(String, String)> = view
        .next
        .iter()
        .enumerate()
        .map(|(i, message)| {
            let label = if i == 0 {
                wording.label("next")
            } else {
                String::new()
            };
            (label, phrases.say(message))
        })
        .collect();
    page.pairs(0, &next);
}
