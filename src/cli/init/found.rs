//! What `init` says about the repository before it asks.

use sekisho::change::Message;
use sekisho::config::StarterPerson;
use sekisho::usecases::{Roster, Survey};

use crate::cli::output::Output;
use crate::wire::Wiring;

/// One line for each thing that was found; nothing for what is not there.
pub(super) fn tell(output: &Output, wiring: &Wiring, survey: &Survey, roster: &Roster) {
    let branch = survey.branch.as_deref().unwrap_or("-");
    let place = wiring.origin.trim_end_matches("/sekisho");
    output.tell(
        &Message::new("init-found")
            .with("place", place)
            .with("branch", branch),
    );
    let people = roster.people.iter().map(label).collect::<Vec<_>>();
    line(output, "init-found-people", &people, ", ");
    if let Some(file) = &survey.codeowners {
        let owners = if survey.owners.is_empty() {
            "-".to_owned()
        } else {
            survey.owners.join(", ")
        };
        line(output, "init-found-owners", &[format!("{file}: {owners}")], "");
        areas(output, survey, roster);
    }
    let deploys = survey.workflows.deploys.iter();
    let deploys: Vec<String> = deploys
        .map(|deploy| format!("{}: {}", deploy.file, deploy.job))
        .collect();
    line(output, "init-found-deploys", &deploys, ", ");
    let keys = roster.people.iter().filter_map(|person| {
        let key = person.ssh_key.as_ref()?;
        let short: String = key
            .chars()
            .rev()
            .take(12)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        Some(format!(
            "{}: {} …{short}",
            person.name,
            key.split(' ').next().unwrap_or_default()
        ))
    });
    line(output, "init-found-keys", &keys.collect::<Vec<_>>(), ", ");
    let services = survey.folders.services.iter();
    let services: Vec<String> = services
        .map(|(name, paths)| format!("{name} ({})", paths.join(" ")))
        .collect();
    line(output, "init-found-services", &services, ", ");
    line(output, "init-found-database", &survey.folders.migrations, " ");
    line(output, "init-found-deployed", &survey.folders.deployed, " ");
}

/// Paths with owners of their own, as lines that would make sensitive areas of them. They are not
/// written by themselves: only an owner's approval opens such an area.
fn areas(output: &Output, survey: &Survey, roster: &Roster) {
    let lines = survey.owned.iter().filter_map(|owned| {
        let owners: Vec<&str> = owned
            .owners
            .iter()
            .filter_map(|owner| roster.find(owner))
            .collect();
        let line = format!(
            "    {}: {{owners: [{}], paths: [\"{}\"]}}",
            owned.name,
            owners.join(", "),
            owned.glob
        );
        (!owners.is_empty()).then_some(line)
    });
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        output.tell(&Message::new("init-found-areas"));
        lines
            .iter()
            .for_each(|line| output.talk(&sekisho::report::harmless(line)));
    }
}

fn line(output: &Output, key: &str, values: &[String], between: &str) {
    if !values.is_empty() {
        output.tell(&Message::new(key).with("found", values.join(between)));
    }
}

/// A person as options and lists show them.
pub(super) fn label(person: &StarterPerson) -> String {
    let account = match (&person.github, person.emails.as_slice()) {
        (Some(login), _) => format!(" (@{login})"),
        (None, [first, ..]) => format!(" <{first}>"),
        (None, []) => String::new(),
    };
    format!("{}{account}", person.name)
}
