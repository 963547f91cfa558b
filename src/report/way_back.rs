//! The way back of a change on one page: what it is, who decides, how long there is.

use serde_json::{Value, json};

use super::markdown::escape;
use super::{Look, Page, People, Wording, harmless, time};
use crate::change::{ChangeId, EnvironmentKey, Message, Moment, Period, PersonKey, Rollback, ServiceKey};

/// A way back, as plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBackView {
    /// The change.
    pub change: ChangeId,
    /// Its title.
    pub title: String,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// The plan.
    pub plan: Rollback,
    /// Who is asked when those who decide are not reached, with how.
    pub route: Vec<PersonKey>,
    /// What else goes back with it.
    pub others: Vec<ChangeId>,
    /// `open`, `gone`, `no_return`, `over` or `overtaken`.
    pub state: String,
    /// Until or since when.
    pub at: Option<Moment>,
    /// Now.
    pub now: Moment,
    /// Who decided to go back, and when.
    pub decided: Option<(PersonKey, Moment)>,
    /// When going back began.
    pub started: Option<Moment>,
    /// The command that comes next.
    pub next: Message,
    /// The names of people.
    pub people: People,
}

/// The page for a terminal or a pipe.
pub fn text(wording: &Wording, view: &WayBackView, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(page.strong(&heading(wording, view)));
    page.pairs(2, &lines(wording, view));
    page.gap();
    page.line(wording.say(&view.next));
    page.finish()
}

/// The page as Markdown.
pub fn markdown(wording: &Wording, view: &WayBackView) -> String {
    let mut out = format!("## {}\n\n", escape(&heading(wording, view)));
    for (label, text) in lines(wording, view) {
        out.push_str(&format!("- **{}** {}\n", escape(&label), escape(&text)));
    }
    out.push_str(&format!("\n{}\n", escape(&wording.say(&view.next))));
    out
}

/// The page for programs: `sekisho/rollback/v1`, free of language.
pub fn json(view: &WayBackView) -> Value {
    let plan = &view.plan;
    let fix = plan.forward_fix.as_ref();
    json!({
        "schema": "sekisho/rollback/v1",
        "change": view.change,
        "service": view.service,
        "environment": view.environment,
        "state": view.state,
        "at": view.at,
        "strategy": plan.strategy.map(|strategy| strategy.to_string()),
        "steps": plan.steps,
        "to": plan.to,
        "decider": plan.decider,
        "decider_alternate": plan.decider_alternate,
        "route": view.route,
        "criteria": plan.criteria,
        "decide_by": plan.decide_by,
        "minutes_left": plan.decide_by.map(|until| minutes(view.now, until)),
        "duration": plan.duration.map(|length| length.to_string()),
        "data_correction": plan.data_correction,
        "point_of_no_return": plan.point_of_no_return,
        "forward_fix": fix.and_then(|fix| fix.plan.clone()),
        "forward_fix_owner": fix.and_then(|fix| fix.owner.clone()),
        "others": view.others,
        "decided_by": view.decided.as_ref().map(|(person, _)| person),
        "decided_at": view.decided.as_ref().map(|(_, at)| at),
        "started_at": view.started,
    })
}

/// Whole minutes that are left; negative once it is over.
fn minutes(now: Moment, until: Moment) -> i64 {
    until.seconds_since(now).div_euclid(60)
}

fn heading(wording: &Wording, view: &WayBackView) -> String {
    let message = Message::new("rollback-heading")
        .with("change", &view.change)
        .with("title", harmless(&view.title))
        .with("service", &view.service)
        .with("environment", &view.environment);
    wording.say(&message)
}

fn lines(wording: &Wording, view: &WayBackView) -> Vec<(String, String)> {
    let plan = &view.plan;
    let mut lines: Vec<(&str, String)> = vec![("rollback-state", state(wording, view))];
    if let Some(strategy) = plan.strategy {
        lines.push(("rollback-strategy", wording.word("strategy", strategy.as_str())));
    }
    for (place, step) in plan.steps.iter().enumerate() {
        let label = if place == 0 { "rollback-steps" } else { "" };
        lines.push((label, format!("{}. {}", place + 1, harmless(step))));
    }
    if let Some(to) = &plan.to {
        let to = match to.as_str() {
            crate::dossier::completion::LAST_STATE => wording.label("rollback-last-state"),
            to => harmless(to),
        };
        lines.push(("rollback-to", to));
    }
    lines.push(("rollback-decider", deciders(wording, view)));
    for (place, criterion) in plan.criteria.iter().enumerate() {
        let label = if place == 0 { "rollback-criteria" } else { "" };
        lines.push((label, format!("{}. {}", place + 1, harmless(criterion))));
    }
    if let Some(until) = plan.decide_by {
        let left = minutes(view.now, until);
        let key = if left >= 0 {
            "rollback-left"
        } else {
            "rollback-late"
        };
        let message = Message::new(key)
            .with("until", time::moment(wording, until))
            .with("minutes", left.unsigned_abs());
        lines.push(("rollback-decide-by", wording.say(&message)));
    }
    if let Some(length) = plan.duration {
        lines.push(("rollback-duration", duration(length)));
    }
    if let Some(rule) = &plan.data_correction {
        lines.push(("rollback-data", harmless(rule)));
    }
    if let Some(point) = &plan.point_of_no_return {
        lines.push(("rollback-point", harmless(point)));
    }
    if let Some(fix) = &plan.forward_fix {
        let owner = view.people.name_or_nobody(wording, fix.owner.as_ref());
        let fix = Message::new("rollback-fix")
            .with("plan", harmless(fix.plan.as_deref().unwrap_or_default()))
            .with("person", owner);
        lines.push(("rollback-forward", wording.say(&fix)));
    }
    if !view.others.is_empty() {
        let others: Vec<&str> = view.others.iter().map(ChangeId::as_str).collect();
        lines.push(("rollback-others", others.join(&wording.label("list-separator"))));
    }
    let label = |key: &str| match key {
        "" => String::new(),
        key => wording.label(key),
    };
    lines.into_iter().map(|(key, text)| (label(key), text)).collect()
}

fn duration(length: Period) -> String {
    length.to_string()
}

fn deciders(wording: &Wording, view: &WayBackView) -> String {
    let plan = &view.plan;
    let mut words = vec![view.people.name_or_nobody(wording, plan.decider.as_ref())];
    if let Some(alternate) = &plan.decider_alternate {
        let message = Message::new("rollback-else").with("person", view.people.name(alternate.as_str()));
        words.push(wording.say(&message));
    }
    let deciders = [&plan.decider, &plan.decider_alternate];
    let route = view
        .route
        .iter()
        .filter(|person| !deciders.iter().any(|known| known.as_ref() == Some(*person)));
    let route: Vec<PersonKey> = route.cloned().collect();
    if !route.is_empty() {
        let message = Message::new("rollback-route").with("people", view.people.names(wording, &route));
        words.push(wording.say(&message));
    }
    words.join(" · ")
}

/// Whether it is open, and what was decided about it.
fn state(wording: &Wording, view: &WayBackView) -> String {
    let mut message = Message::new(format!("rollback-{}", view.state));
    if let Some(at) = view.at {
        message = message.with("at", time::moment(wording, at));
    }
    let mut words = vec![wording.say(&message)];
    if let Some((person, at)) = &view.decided {
        let decided = Message::new("rollback-decided")
            .with("person", view.people.name(person.as_str()))
            .with("at", time::moment(wording, *at));
        words.push(wording.say(&decided));
    }
    words.join(" · ")
}
