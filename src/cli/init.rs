//! `sekisho init`: a first `sekisho.yml` from what the repository says.

use sekisho::change::Message;
use sekisho::config::{self, Profile, StarterChoices, StarterPerson};
use sekisho::ports::Repository as _;
use sekisho::usecases::{CONFIG_PATH, Stop};

use super::args::{Global, InitArgs};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::{actor, files};
use crate::wire::{Access, Wiring};

/// Writes the file, unless there is one, and says what to do next.
pub(super) async fn run(global: &Global, output: &Output, args: &InitArgs) -> Result<Ended, Failure> {
    if !args.yes {
        return Err(Stop::request("error-init-yes"));
    }
    let wiring = open(global, output, Access::Read).await?;
    let top = files::work_tree(&wiring)?;
    let path = top.join(CONFIG_PATH);
    if path.exists() {
        output.tell(&Message::new("init-exists").with("path", CONFIG_PATH));
        output.tell(&Message::new("init-next"));
        return Ok(Ended::done());
    }
    let choices = choices(&wiring, global, output, args)?;
    let named = choices.people.len() > 1;
    let signed = !choices.signatures_optional;
    let text = config::starter(&choices);
    refuse_unusable(&text, &wiring.name)?;
    files::write_new(&top, CONFIG_PATH, &text)?;
    output.data(CONFIG_PATH);
    output.tell(&Message::new("init-done").with("path", CONFIG_PATH));
    if !named {
        output.tell(&Message::new("init-name-approver"));
    }
    if !signed {
        output.tell(&Message::new("init-unsigned"));
    }
    output.tell(&Message::new("init-next"));
    Ok(Ended::done())
}

/// Nothing is written that the gate could not use.
fn refuse_unusable(text: &str, name: &str) -> Result<(), Stop> {
    match config::read(text, name, &|_| None) {
        Err(faults) => Err(Stop::Faults(Box::new(sekisho::usecases::FileFaults {
            file: CONFIG_PATH.to_owned(),
            text: text.to_owned(),
            faults,
        }))),
        Ok((config, _)) => match config::unsatisfiable(&config).into_iter().next() {
            Some(message) => Err(Stop::Request(message)),
            None => Ok(()),
        },
    }
}

/// The people: git's own identity with its key, then who committed, then the approver named.
fn choices(
    wiring: &Wiring,
    global: &Global,
    output: &Output,
    args: &InitArgs,
) -> Result<StarterChoices, Stop> {
    let identity = wiring.repository.identity()?;
    let mut people: Vec<StarterPerson> = Vec::new();
    let key = actor::key_files(wiring, global)?
        .iter()
        .find_map(|file| actor::public_key(file));
    let own_name = identity.name.clone().or_else(|| identity.email.clone());
    if let Some(name) = own_name {
        add(&mut people, &name, identity.email.as_deref());
        if let Some(own) = people.first_mut() {
            own.ssh_key = key.clone();
        }
    }
    for (name, email) in wiring.repository.committers()? {
        let machine = email.contains("[bot]") || email == "noreply@github.com";
        if !machine && people.len() < MOST_PEOPLE {
            add(&mut people, &name, Some(&email));
        }
    }
    if people.is_empty() {
        return Err(Stop::request("error-init-nobody"));
    }
    let executors: Vec<String> = people.iter().map(|p| p.key.clone()).collect();
    let mut approvers = executors.clone();
    if let Some(approver) = &args.approver {
        let (name, email) = name_and_address(approver);
        add(&mut people, &name, email.as_deref());
        approvers = people.last().map(|p| p.key.clone()).into_iter().collect();
    }
    Ok(StarterChoices {
        language: output.wording.language(),
        profile: Profile::Small,
        people,
        executors,
        approvers,
        signatures_optional: key.is_none(),
        rollback_step: None,
        zone: None,
    })
}

/// More people than this are better written by hand than found in a history.
const MOST_PEOPLE: usize = 8;

/// Adds a person unless their address is there already.
fn add(people: &mut Vec<StarterPerson>, name: &str, email: Option<&str>) {
    let email = email.map(str::to_lowercase);
    if email.is_some() && people.iter().any(|p| p.email == email) {
        return;
    }
    let key = free_key(people, name, email.as_deref());
    let github = email.as_deref().and_then(|email| {
        let local = email.strip_suffix("@users.noreply.github.com")?;
        Some(local.split_once('+').map_or(local, |(_, login)| login).to_owned())
    });
    people.push(StarterPerson {
        key,
        name: name.to_owned(),
        email,
        github,
        ssh_key: None,
    });
}

/// A short key after the address or the name: `sato`, `sato2`, …
fn free_key(people: &[StarterPerson], name: &str, email: Option<&str>) -> String {
    let slug = |text: &str| -> String {
        text.chars()
            .map(|c| c.to_ascii_lowercase())
            .skip_while(|c| !c.is_ascii_alphabetic())
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .take(20)
            .collect()
    };
    let local = email
        .and_then(|email| email.split('@').next())
        .unwrap_or_default();
    let local = local.split_once('+').map_or(local, |(_, login)| login);
    let base = [slug(local), slug(name), "person".to_owned()]
        .into_iter()
        .find(|slug| !slug.is_empty())
        .unwrap_or_default();
    let taken = |key: &str| people.iter().any(|p| p.key == key);
    if !taken(&base) {
        return base;
    }
    (2..)
        .map(|n| format!("{base}{n}"))
        .find(|key| !taken(key))
        .unwrap_or(base)
}

/// `Name <address>` in its parts.
fn name_and_address(text: &str) -> (String, Option<String>) {
    match text.split_once('<') {
        Some((name, address)) => {
            let address = address.trim_end_matches(['>', ' ']).trim().to_owned();
            let name = name.trim();
            let name = if name.is_empty() { &address } else { name };
            (name.to_owned(), Some(address.clone()))
        }
        None if text.contains('@') => (text.trim().to_owned(), Some(text.trim().to_owned())),
        None => (text.trim().to_owned(), None),
    }
}
