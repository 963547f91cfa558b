//! The calls, with somebody at the keyboard: who is next, how long the last one is waited for, and
//! one key for what came of it.

use std::time::Duration;

use sekisho::change::{ChangeId, Message};
use sekisho::report::time;
use sekisho::usecases::{Recorded, Situation, Stop, situation};

use super::{Crisis, acts, status};
use crate::cli::args::{CallArgs, Global};
use crate::cli::exit::{Ended, Failure};
use crate::cli::one_key::{LEAVE, one_key};
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question, narrow};

/// How people are called where their contacts name no other way.
const CHANNELS: [&str; 5] = ["phone", "chat", "mail", "meeting", "letter"];

/// Longer waits are shown as this many seconds, and looked at again.
const LONGEST_SECONDS: i64 = 3_600;

/// Who is asked for, and since when.
struct Turn {
    person: String,
    /// Seconds until somebody else may be called.
    wait: i64,
}

/// Calls people until somebody says yes, everybody was called, or whoever calls leaves.
pub(super) async fn run(global: &Global, output: &Output, id: &ChangeId) -> Result<Ended, Failure> {
    let mut waits = false;
    loop {
        let crisis = Crisis::open(global, output, Some(id.as_str())).await?;
        let stands = situation(&crisis.log, &crisis.rules.config, id, crisis.now())?;
        let turn = turn(&crisis, &stands).filter(|_| Prompt::new(output, false).asks());
        output.data(&status::page(output, &crisis, &stands).join("\n"));
        let pressed = match &turn {
            Some(turn) => pressed(output, &crisis, turn)?,
            None => Some(LEAVE),
        };
        let (turn, result) = match (turn, pressed.and_then(result)) {
            (_, None) if pressed.is_none() => continue,
            (Some(turn), Some(result)) => (turn, result),
            _ => {
                output.data(&status::next(output, &crisis, &stands).join("\n"));
                return Ok(if waits { Ended::waits() } else { Ended::done() });
            }
        };
        match record(global, output, &crisis, &turn, result).await {
            Ok(recorded) => waits |= matches!(recorded, Recorded::Waits(_)),
            // Nobody has to begin again for an answer that does not count.
            Err(Stop::Request(why)) => output.tell(&why),
            Err(stop) => return Err(stop),
        }
    }
}

/// Whom the next key is about; `None` where no call changes anything.
fn turn(crisis: &Crisis, stands: &Situation) -> Option<Turn> {
    if stands.ended.is_some() || stands.seconds_left <= 0 || !stands.live.is_empty() {
        return None;
    }
    let place = stands.calls.iter().position(|call| call.from.is_some())?;
    let next = stands.calls.get(place)?;
    let wait = next.from.map_or(0, |from| from.seconds_since(crisis.now()));
    let before = place.checked_sub(1).and_then(|place| stands.calls.get(place));
    Some(match before {
        Some(before) if wait > 0 => Turn {
            person: before.person.to_string(),
            wait,
        },
        _ => Turn {
            person: next.person.to_string(),
            wait: 0,
        },
    })
}

/// The key for `turn`; `None` when the wait is over.
fn pressed(output: &Output, crisis: &Crisis, turn: &Turn) -> Result<Option<char>, Stop> {
    let unread = |error| Stop::Request(Message::new("error-prompt").with("detail", error));
    let until = crisis.now().plus_seconds(turn.wait);
    let (key, known) = match turn.wait > 0 {
        true => ("emergency-keys-wait", "yrq"),
        false => ("emergency-keys-call", "nyrq"),
    };
    let keys = Message::new(key)
        .with("person", crisis.name(&turn.person))
        .with("until", time::moment(&output.wording, until));
    output.tell(&keys);
    let mut left = turn.wait.min(LONGEST_SECONDS);
    loop {
        if turn.wait > 0 {
            if left <= 0 {
                output.count("");
                return Ok(None);
            }
            output.count(&format!("{}:{:02}", left / 60, left % 60));
        }
        let key = one_key(Duration::from_secs(1)).map_err(unread)?;
        match key.map(letter) {
            Some(key) if key == LEAVE || known.contains(key) => {
                output.count("");
                return Ok(Some(key));
            }
            Some(_) => {}
            None => left -= 1,
        }
    }
}

/// A key as the ordinary small letter that it stands for.
fn letter(key: char) -> char {
    let ordinary = narrow(&key.to_string()).chars().next();
    ordinary.unwrap_or(key).to_ascii_lowercase()
}

fn result(key: char) -> Option<&'static str> {
    match key {
        'n' => Some("no_answer"),
        'y' => Some("approved"),
        'r' => Some("refused"),
        _ => None,
    }
}

async fn record(
    global: &Global,
    output: &Output,
    crisis: &Crisis,
    turn: &Turn,
    result: &str,
) -> Result<Recorded, Stop> {
    let evidence = match result {
        "no_answer" => None,
        _ => Some(words(output, crisis, turn)?),
    };
    let args = CallArgs {
        change: Some(crisis.id.to_string()),
        person: turn.person.clone(),
        channel: channel(crisis, &turn.person),
        result: result.to_owned(),
        evidence,
    };
    let (recorded, done) = acts::record_call(global, output, &args).await?;
    output.tell(&done);
    Ok(recorded)
}

/// What somebody said, in words that show it later.
fn words(output: &Output, crisis: &Crisis, turn: &Turn) -> Result<String, Stop> {
    let question = Question {
        flag: "--evidence",
        words: Message::new("ask-emergency-said").with("person", crisis.name(&turn.person)),
        why: Some(Message::new("ask-emergency-said-why")),
        proposal: None,
    };
    let mut prompt = Prompt::new(output, false);
    prompt.line(&question, &|text| match text.trim().is_empty() {
        true => Err(Message::new("ask-emergency-something")),
        false => Ok(()),
    })
}

fn channel(crisis: &Crisis, person: &str) -> String {
    let known = crisis.rules.config.people.get(person);
    let ways = known.map_or(&[][..], |known| known.contacts.as_slice());
    let has = |channel: &&&str| ways.iter().any(|(way, _)| way == **channel);
    (*CHANNELS.iter().find(has).unwrap_or(&"phone")).to_owned()
}
