//! `sekisho init`: a first `sekisho.yml` from what the repository says and what somebody answers.

mod accounts;
mod found;
mod keys;
mod people;
mod questions;
mod settings;
mod workflow;

use std::collections::BTreeSet;

use sekisho::change::Message;
use sekisho::config::{self, StarterChoices};
use sekisho::usecases::{CONFIG_PATH, InForce, Lookup, Stop, Survey, check, survey};

use super::args::{Global, InitArgs};
use super::exit::{Ended, Failure};
use super::files;
use super::gate::open;
use super::output::Output;
use super::prompt::Prompt;
use super::source::Source;
use crate::wire::{Access, Wiring};

/// The workflow that asks the gate.
const WORKFLOW_PATH: &str = ".github/workflows/sekisho.yml";

/// The workflow that checks pull requests.
const CHECK_PATH: &str = ".github/workflows/sekisho-check.yml";

/// Writes what is not there yet, and says what to do next.
pub(super) async fn run(global: &Global, output: &Output, args: &InitArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Glance).await?;
    let top = files::work_tree(&wiring)?;
    let there = top.join(CONFIG_PATH).symlink_metadata().is_ok();
    let survey = survey(&wiring.repository)?;
    let accounts = accounts::known(&wiring, output, args).await?;
    let numbers = workflow::numbers(&wiring, args).await?;
    let rules = if there {
        output.tell(&Message::new("init-exists").with("path", CONFIG_PATH));
        files::work_tree_rules(&wiring, &top)?
    } else {
        let (text, rules) = decided(&wiring, global, output, args, (&survey, &accounts, numbers))?;
        files::write_new(&top, CONFIG_PATH, &text)?;
        output.data(CONFIG_PATH);
        output.tell(&Message::new("init-done").with("path", CONFIG_PATH));
        rules
    };
    if args.workflow {
        workflow::write(output, &wiring, args, &top, &survey, &rules)?;
    } else if workflow::is_hosted(&wiring) && !top.join(WORKFLOW_PATH).exists() {
        output.tell(&Message::new("init-workflow-hint"));
    }
    if !there {
        remarks(output, args, &rules);
    }
    next(output, args, &rules);
    Ok(Ended::done())
}

/// Everything that is asked and checked before anything is written.
fn decided(
    wiring: &Wiring,
    global: &Global,
    output: &Output,
    args: &InitArgs,
    (survey, accounts, numbers): (&Survey, &[accounts::Known], Option<(u64, Option<u64>)>),
) -> Result<(String, InForce), Stop> {
    let mut prompt = Prompt::new(output, args.yes);
    let roster = people::roster(wiring, global, args, survey)?;
    found::tell(output, wiring, survey, &roster);
    let mut choices = questions::choices(&mut prompt, output, args, (survey, accounts), roster)?;
    choices.repository = numbers.filter(|_| !choices.signatures_optional);
    let text = config::starter(&choices);
    let rules = refuse_unusable(wiring, &text)?;
    refuse_blind(&choices)?;
    Ok((text, rules))
}

/// Nothing is written that the gate could not use, or that `sekisho check` finds fault with.
fn refuse_unusable(wiring: &Wiring, text: &str) -> Result<InForce, Stop> {
    let source = Source::work_tree(wiring)?;
    let none = BTreeSet::new();
    let lookup = Lookup {
        read: &|path| source.text(path),
        house: &|folder| source.house(folder),
        exists: &|path| source.exists(path),
        list: &|folder| source.list(folder),
        changes: &none,
        decided: &none,
    };
    let (checked, rules) = check(&[], &wiring.name, &lookup, Some(text.as_bytes()))?;
    if checked.failed()
        && let Some(faults) = checked.files.into_iter().next()
    {
        return Err(Stop::Faults(Box::new(faults)));
    }
    rules.ok_or_else(|| Stop::request("error-no-config-here"))
}

/// A step that nobody could follow is refused here, not at the first deploy.
fn refuse_blind(choices: &StarterChoices) -> Result<(), Stop> {
    let empty = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().is_empty());
    if empty(&choices.rollback.step) || empty(&choices.rollback.criterion) {
        return Err(Stop::request("error-init-rollback"));
    }
    Ok(())
}

/// What a person should know about the file that was just written.
fn remarks(output: &Output, args: &InitArgs, rules: &InForce) {
    let people = || rules.config.people.values();
    if people().any(|person| config::is_shipped_blank(&person.name)) {
        output.tell(&Message::new("init-name-approver"));
    }
    let numbers = people().filter(|person| person.github_id.is_some()).count();
    if numbers > args.github_login.len() {
        output.tell(&Message::new("init-account-ids"));
    }
    if rules.config.trust.signatures == config::Signatures::Optional {
        let any = people().any(|person| !person.keys.is_empty());
        output.tell(&Message::new(if any { "init-signing" } else { "init-unsigned" }));
    }
    for (key, template) in &rules.config.templates {
        output.tell(
            &Message::new("init-template")
                .with("template", key)
                .with("paths", template.paths.join(" ")),
        );
    }
}

/// The commands that come next; the last line opens the log.
fn next(output: &Output, args: &InitArgs, rules: &InForce) {
    let mut paths = vec![CONFIG_PATH];
    if args.workflow {
        paths.push(".github");
    }
    let services = &rules.config.services;
    let mut steps: Vec<String> = services
        .keys()
        .map(|key| match services.len() {
            1 => "sekisho baseline".to_owned(),
            _ => format!("sekisho baseline --service {key}"),
        })
        .collect();
    if args.workflow && workflow::signs_itself(&rules.config) {
        // The keys that GitHub signs tokens with come into the log by a person's word.
        steps.push("sekisho key fetch".to_owned());
    }
    output.tell(
        &Message::new("init-next")
            .with("paths", paths.join(" "))
            .with("baseline", steps.join(" && ")),
    );
    if args.workflow {
        output.tell(&Message::new("init-workflow-doors"));
    }
}
