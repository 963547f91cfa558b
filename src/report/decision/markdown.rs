//! A decision as the summary of a job.

use std::fmt::Write as _;

use super::DecisionView;
use super::phrases::Phrases;
use crate::change::Message;
use crate::dossier::{Change, Channel};
use crate::policy::Finding;
use crate::report::markdown::{block, code, escape, row};
use crate::report::{FilePlace, Look, Page, Wording, time};

/// A decision as GitHub-flavoured Markdown. Every text of a person is escaped.
pub fn markdown(wording: &Wording, view: &DecisionView<'_>) -> String {
    let phrases = Phrases { wording, view };
    let mut out = heading(&phrases);
    for change in &view.dossier.changes {
        out.push_str(&about(&phrases, change));
        for (finding, place) in phrases.findings(Some(change)) {
            out.push_str(&found(&phrases, finding, place));
        }
        out.push('\n');
    }
    let rest = phrases.findings(None);
    for (finding, place) in &rest {
        out.push_str(&found(&phrases, finding, *place));
    }
    if !rest.is_empty() {
        out.push('\n');
    }
    out.push_str(&obligations(&phrases));
    out.push_str(&ending(&phrases));
    out
}

fn heading(phrases: &Phrases<'_>) -> String {
    let request = &phrases.view.dossier.request;
    let message = Message::new("decision-heading")
        .with("word", phrases.word())
        .with("service", &request.service)
        .with("environment", &request.environment)
        .with("at", time::moment(phrases.wording, phrases.view.dossier.at));
    let mut out = format!("## {}\n\n", escape(&phrases.wording.say(&message)));
    if let Some(why) = phrases.no_change() {
        let _ = writeln!(out, "{}\n", escape(&phrases.wording.say(&why)));
    }
    out
}

/// One change: what it is and the table of its people.
fn about(phrases: &Phrases<'_>, change: &Change) -> String {
    let wording = phrases.wording;
    let mut out = format!(
        "**{} {}** · {} · {}\n\n",
        escape(change.id.as_str()),
        escape(&phrases.title(change)),
        escape(&wording.label(&format!("type-{}", change.change_type))),
        escape(&wording.label(&format!("risk-{}", change.risk))),
    );
    let executor = change
        .roles
        .executor
        .as_ref()
        .map_or_else(|| wording.label("nobody"), |p| phrases.name(p));
    out.push_str(&row(&[
        escape(&wording.label("role-executor")),
        escape(&wording.label("role-approver")),
        escape(&wording.label("if-it-goes-wrong")),
    ]));
    out.push_str("|---|---|---|\n");
    out.push_str(&row(&[
        escape(&executor),
        escape(&phrases.approvals(change)),
        escape(&phrases.rollback(change)),
    ]));
    out.push('\n');
    out
}

/// One finding as an item, its place as a block of code.
fn found(phrases: &Phrases<'_>, finding: &Finding, place: Option<&FilePlace>) -> String {
    let wording = phrases.wording;
    let mut out = format!(
        "- **{} {}** ({}): {}\n",
        escape(finding.code.as_str()),
        escape(&finding.name),
        escape(&phrases.effect(finding.effect)),
        escape(&phrases.say(&finding.message)),
    );
    if let Some(place) = place {
        let mut page = Page::new(Look::default());
        place.show(&mut page, 0);
        out.push('\n');
        for line in block(&page.finish()).lines() {
            let _ = writeln!(out, "  {line}");
        }
        out.push('\n');
    } else if let Some(field) = &finding.field {
        let _ = writeln!(out, "  {}<br>", code(field));
    }
    if let Some(satisfy) = phrases.satisfy_line(finding) {
        let _ = writeln!(out, "  {}", escape(&satisfy));
    }
    if let Some(excepted) = phrases.excepted(finding) {
        let _ = writeln!(out, "  {}", escape(&excepted));
    }
    if let Some(reason) = &finding.lowered_because {
        let reason = wording.say(&Message::new("finding-lowered").with("reason", reason));
        let _ = writeln!(out, "  {}", escape(&reason));
    }
    out
}

fn obligations(phrases: &Phrases<'_>) -> String {
    let mut out = String::new();
    for (heading, list) in [
        ("obligations-standing", &phrases.view.dossier.standing.obligations),
        ("obligations-opened", &phrases.view.decision.opened),
    ] {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "### {}\n", escape(&phrases.wording.label(heading)));
        for obligation in list {
            let _ = writeln!(out, "- {}", escape(&phrases.obligation(obligation)));
        }
        out.push('\n');
    }
    out
}

fn ending(phrases: &Phrases<'_>) -> String {
    let (wording, view) = (phrases.wording, phrases.view);
    let mut out = String::new();
    if !view.next.is_empty() {
        let _ = writeln!(out, "**{}**\n", escape(&wording.label("next")));
        for message in &view.next {
            let _ = writeln!(out, "- {}", code(&phrases.say(message)));
        }
        out.push('\n');
    }
    let attested: Vec<_> = view
        .dossier
        .changes
        .iter()
        .flat_map(|change| &change.approvals)
        .filter(|approval| approval.channel == Channel::Attested)
        .map(|approval| &approval.person)
        .collect();
    let attested = if attested.is_empty() {
        wording.label("none")
    } else {
        phrases.names(attested)
    };
    let mut foot = Vec::new();
    match &view.record {
        Some((seq, _)) => foot.push(wording.say(&Message::new("foot-record").with("seq", seq))),
        None => foot.push(wording.label("decision-no-record")),
    }
    if let Some(checkpoint) = &view.checkpoint {
        foot.push(wording.say(&Message::new("foot-checkpoint").with("checkpoint", checkpoint)));
    }
    foot.push(wording.say(&Message::new("foot-attested").with("people", attested)));
    let _ = writeln!(out, "<sub>{}</sub>", escape(&foot.join(" · ")));
    out
}
