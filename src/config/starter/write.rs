//! From choices to the text of a `sekisho.yml`.

use super::remarks::Remarks;
use super::{StarterChoices, StarterPerson};
use crate::change::text::declaration::{inline, quoted};
use crate::change::{Period, Strategy};
use crate::config::{Language, Profile};

/// The text of a `sekisho.yml` that [`crate::config::read()`] accepts.
pub fn starter(choices: &StarterChoices) -> String {
    let remarks = Remarks::of(choices.language);
    let mut lines = vec!["version: 1".to_owned()];
    if choices.profile != Profile::default() {
        lines.push(format!("profile: {}", choices.profile.as_str()));
    }
    lines.push(format!("language: {}", remarks.code));
    if !choices.organisations.is_empty() {
        lines.push(format!("organisations: {}", organisations(choices, remarks)));
    }
    who(&mut lines, choices, remarks);
    what(&mut lines, choices, remarks);
    way_back(&mut lines, choices, remarks);
    settings(&mut lines, choices, remarks);
    lines.push(String::new());
    lines.join("\n")
}

/// Where a name is empty, the one of the language.
fn organisations(choices: &StarterChoices, remarks: &Remarks) -> String {
    let pairs = choices.organisations.iter().map(|(key, name)| {
        let name = match (name.is_empty(), key.as_str()) {
            (true, "client") => remarks.client,
            (true, _) => remarks.agency,
            (false, _) => name,
        };
        format!("{}: {}", inline(key), inline(name))
    });
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

fn who(lines: &mut Vec<String>, choices: &StarterChoices, remarks: &Remarks) {
    let mut approvers = choices.approvers.clone();
    let alone = choices.executors.len() <= 1 && approvers.iter().all(|key| choices.executors.contains(key));
    let blank = alone.then(|| free_key(choices));
    approvers.extend(blank.clone());
    lines.push(format!("people:  # {}", remarks.people));
    lines.extend(choices.people.iter().map(person));
    if let Some(key) = &blank {
        let name = inline(remarks.blank_name);
        lines.push(format!(
            "  {}: {{name: {name}}}  # {}",
            inline(key),
            remarks.blank
        ));
    }
    lines.push(format!("executors: {}", list(&choices.executors)));
    lines.push(format!(
        "approvers: {}  # {}",
        list(&approvers),
        remarks.approvers
    ));
    if choices.profile == Profile::Solo {
        let reviewers = list(&approvers);
        lines.push(format!(
            "approval: {{outside_reviewers: {reviewers}}}  # {}",
            remarks.outside
        ));
    }
}

fn what(lines: &mut Vec<String>, choices: &StarterChoices, remarks: &Remarks) {
    if !choices.services.is_empty() {
        lines.push(format!("services:  # {}", remarks.services));
        let services = choices.services.iter();
        lines.extend(services.map(|(key, paths)| format!("  {}: {{paths: {}}}", inline(key), globs(paths))));
    }
    if !choices.migrations.is_empty() {
        lines.push(format!("areas:  # {}", remarks.database));
        lines.push(format!("  database: {{paths: {}}}", globs(&choices.migrations)));
    }
    if !choices.templates.is_empty() {
        lines.push(format!("templates:  # {}", remarks.templates));
        for template in &choices.templates {
            let service = template
                .service
                .as_ref()
                .map(|key| format!("service: {}, ", inline(key)));
            lines.push(format!(
                "  {}: {{{}paths: {}}}",
                inline(&template.key),
                service.unwrap_or_default(),
                globs(&template.paths)
            ));
        }
    }
}

fn way_back(lines: &mut Vec<String>, choices: &StarterChoices, remarks: &Remarks) {
    let plan = &choices.rollback;
    let decider = plan
        .decider
        .as_ref()
        .or(choices.executors.first())
        .or(choices.approvers.first())
        .cloned()
        .unwrap_or_default();
    let strategy = plan.strategy.unwrap_or(Strategy::Revert);
    lines.push("rollback_plans:".to_owned());
    lines.push(format!("  {}:", plan_name(strategy)));
    lines.push(format!("    strategy: {strategy}"));
    let step = inline(plan.step.as_deref().unwrap_or(remarks.step));
    lines.push(format!("    steps: [{step}]  # {}", remarks.plan));
    let criterion = inline(plan.criterion.as_deref().unwrap_or(remarks.criterion));
    lines.push(format!("    criteria: [{criterion}]"));
    lines.push(format!(
        "    decider: {}  # {}",
        inline(&decider),
        remarks.decider
    ));
    let duration = plan.duration.unwrap_or(Period::Wall(600));
    lines.push(format!("    duration: {duration}"));
}

/// The name that a plan of this sort is called by.
fn plan_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Redeploy => "redeploy-previous",
        Strategy::Revert => "revert-and-deploy",
        Strategy::Restore => "restore-backup",
        Strategy::Disable => "switch-off",
        Strategy::Failover => "fail-over",
        Strategy::ForwardFix | Strategy::None => "repair",
    }
}

fn settings(lines: &mut Vec<String>, choices: &StarterChoices, remarks: &Remarks) {
    let own = (choices.language == Language::En).then_some("UTC");
    let zone = choices.zone.as_deref().or(own);
    lines.extend(zone.map(|zone| format!("calendar: {{timezone: {}}}", inline(zone))));
    if choices.profile == Profile::Small {
        // Where nobody chose hours yet, the first deployment must not depend on the clock.
        lines.push(format!("windows: {{default: always}}  # {}", remarks.windows));
    }
    if !choices.declarers.is_empty() || !choices.route.is_empty() {
        // An empty list would say that nobody may.
        let lists = [("declarers", &choices.declarers), ("route", &choices.route)];
        let lists = lists.iter().filter(|(_, people)| !people.is_empty());
        let lists: Vec<String> = lists
            .map(|(key, people)| format!("{key}: {}", list(people)))
            .collect();
        lines.push(format!(
            "emergency: {{{}}}  # {}",
            lists.join(", "),
            remarks.route
        ));
    }
    if choices.profile == Profile::Audited {
        lines.push(format!(
            "channels: {{anchor: {{github: issue}}}}  # {}",
            remarks.anchor
        ));
        lines.push(format!("trust: {{{}, anchor: anchor}}", machines(choices)));
    } else if choices.repository.is_some() {
        lines.push(format!(
            "trust: {{{}}}  # {}",
            machines(choices),
            remarks.machines
        ));
    } else if choices.signatures_optional {
        lines.push(format!(
            "trust: {{signatures: optional}}  # {}",
            remarks.signatures
        ));
    }
    if !choices.ignore.is_empty() {
        lines.push(format!(
            "paths: {{ignore: {}}}  # {}",
            globs(&choices.ignore),
            remarks.ignore
        ));
    }
}

/// The workflows that may write, and whose they are where they sign.
fn machines(choices: &StarterChoices) -> String {
    let mut pairs = Vec::new();
    if let Some((repository, owner)) = choices.repository {
        pairs.push(format!("repository_id: {repository}"));
        pairs.extend(owner.map(|owner| format!("owner_id: {owner}")));
    }
    pairs.push(format!("workflows: {}", globs(&choices.workflows)));
    pairs.join(", ")
}

/// A key for the approver to be named that nobody has.
fn free_key(choices: &StarterChoices) -> String {
    let taken = |key: &str| choices.people.iter().any(|person| person.key == key);
    let names = (1..).map(|n| {
        if n == 1 {
            "approver".to_owned()
        } else {
            format!("approver{n}")
        }
    });
    names.into_iter().find(|key| !taken(key)).unwrap_or_default()
}

fn person(person: &StarterPerson) -> String {
    let email = match person.emails.as_slice() {
        [] => None,
        [only] => Some(inline(only)),
        several => Some(list(several)),
    };
    let pairs = [
        ("name", Some(inline(&person.name))),
        ("org", person.org.as_deref().map(inline)),
        ("github", person.github.as_deref().map(inline)),
        ("github_id", person.github_id.map(|id| id.to_string())),
        ("email", email),
        ("keys", person.ssh_key.as_deref().map(inline)),
    ];
    let inside: Vec<String> = pairs
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key}: {}", value?)))
        .collect();
    format!("  {}: {{{}}}", inline(&person.key), inside.join(", "))
}

fn list(keys: &[String]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| inline(key)).collect();
    format!("[{}]", keys.join(", "))
}

/// Globs and paths always in quotes: some begin with a star.
fn globs(globs: &[String]) -> String {
    let globs: Vec<String> = globs.iter().map(|glob| quoted(glob)).collect();
    format!("[{}]", globs.join(", "))
}
