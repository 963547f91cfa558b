//! Who carries out, who approves, and who looks on from outside.

use sekisho::change::Message;
use sekisho::config::{StarterPerson, StartingPoint};
use sekisho::ports::Repository as _;
use sekisho::usecases::{Roster, Stop, Survey, name_and_address};

use super::{found, keys};
use crate::cli::args::{Global, InitArgs};
use crate::cli::prompt::{Prompt, Question};
use crate::wire::Wiring;

/// More people than this are better written by hand than found in a history.
const MOST_PEOPLE: usize = 8;

/// Git's own identity with its key first, then who committed.
pub(super) fn roster(
    wiring: &Wiring,
    global: &Global,
    args: &InitArgs,
    survey: &Survey,
) -> Result<Roster, Stop> {
    let identity = wiring.repository.identity()?;
    let mut roster = Roster::default();
    if let Some(name) = identity.name.clone().or_else(|| identity.email.clone()) {
        let key = roster.add(&name, identity.email.as_deref());
        let own = keys::own(wiring, global)?;
        if let Some(person) = roster.get_mut(&key) {
            person.ssh_key = own;
        }
    }
    for (name, email) in &survey.committers {
        // Somebody who is there already may still bring an address or an account.
        let known = roster.find(email).is_some() || roster.find(name).is_some();
        if known || roster.people.len() < MOST_PEOPLE {
            roster.add(name, Some(email));
        }
    }
    let named = args
        .executor
        .iter()
        .chain(&args.approver)
        .chain(args.outside.as_ref());
    if roster.people.is_empty() && named.count() == 0 {
        return Err(Stop::request("error-init-nobody"));
    }
    Ok(roster)
}

/// The person that a flag or an answer names: one who is there, or `Name <address>`.
pub(super) fn named(roster: &mut Roster, text: &str, flag: &str) -> Result<String, Message> {
    if let Some(key) = roster.find(text) {
        return Ok(key.to_owned());
    }
    let (name, address) = name_and_address(text);
    let Some(address) = address.filter(|address| address.contains('@')) else {
        let known: Vec<&str> = roster.people.iter().map(|person| person.key.as_str()).collect();
        return Err(Message::new("error-init-person")
            .with("text", text)
            .with("flag", flag)
            .with("people", known.join(", ")));
    };
    let key = roster.find(&address).map(str::to_owned);
    Ok(key.unwrap_or_else(|| roster.add(&name, Some(&address))))
}

/// The keys of all whom flags name.
pub(super) fn all_named(roster: &mut Roster, texts: &[String], flag: &str) -> Result<Vec<String>, Stop> {
    let mut keys = Vec::new();
    for text in texts {
        let key = named(roster, text, flag).map_err(Stop::Request)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// Chosen among `people`, the proposed ones marked.
pub(super) fn chosen(
    prompt: &mut Prompt<'_>,
    question: &Question<'_>,
    people: &[StarterPerson],
    proposed: &[String],
    least: usize,
) -> Result<Vec<String>, Stop> {
    let options: Vec<String> = people.iter().map(found::label).collect();
    let marked: Vec<usize> = people
        .iter()
        .enumerate()
        .filter(|(_, person)| proposed.contains(&person.key))
        .map(|(index, _)| index)
        .collect();
    let picked = prompt.some(question, &options, &marked, least)?;
    let key = |index: usize| people.get(index).map(|person| person.key.clone());
    Ok(picked.into_iter().filter_map(key).collect())
}

/// Who approves or reviews from outside; nobody where this sort of team has none.
pub(super) fn outside(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    like: StartingPoint,
    roster: &mut Roster,
) -> Result<Option<String>, Stop> {
    if let Some(text) = &args.outside {
        return named(roster, text, "--outside").map(Some).map_err(Stop::Request);
    }
    if !like.asks_outside() {
        return Ok(None);
    }
    let words = match like {
        StartingPoint::Solo => Message::new("ask-reviewer"),
        _ => Message::new("ask-client"),
    };
    let question = Question {
        flag: "--outside",
        words,
        why: Some(Message::new("ask-person-why")),
        proposal: None,
    };
    let trial = roster.clone();
    let text = prompt.line(&question, &|text| {
        named(&mut trial.clone(), text, "--outside").map(drop)
    })?;
    if text.is_empty() {
        return Ok(None);
    }
    named(roster, &text, "--outside").map(Some).map_err(Stop::Request)
}

/// A public key for everybody of `keys` who has none yet.
pub(super) fn sign(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    roster: &mut Roster,
    needed: &[String],
) -> Result<(), Stop> {
    for given in &args.public_key {
        let (person, key) = given.split_once('=').unwrap_or((given, ""));
        let key = keys::given(key).map_err(Stop::Request)?;
        let person = named(roster, person, "--public-key").map_err(Stop::Request)?;
        if let Some(person) = roster.get_mut(&person) {
            person.ssh_key = Some(key);
        }
    }
    for key in needed {
        let Some(person) = roster.get(key).filter(|person| person.ssh_key.is_none()) else {
            continue;
        };
        let question = Question {
            flag: &format!("--public-key {key}=KEY"),
            words: Message::new("ask-public-key").with("person", found::label(person)),
            why: Some(Message::new("ask-public-key-why")),
            proposal: None,
        };
        let text = prompt.line(&question, &|text| keys::given(text).map(drop))?;
        if let (Ok(public), Some(person)) = (keys::given(&text), roster.get_mut(key)) {
            person.ssh_key = Some(public);
        }
    }
    Ok(())
}
