//! Where an emergency stands: whom to call, and what comes next.

use std::io::IsTerminal as _;

use sekisho::change::Message;
use sekisho::report::time;
use sekisho::usecases::{Call, Situation, Stop, situation};

use super::Crisis;
use crate::cli::args::{Global, StatusArgs};
use crate::cli::exit::{Ended, Failure};
use crate::cli::output::Output;

/// Shows it.
pub(super) async fn run(global: &Global, output: &Output, args: &StatusArgs) -> Result<Ended, Failure> {
    let crisis = Crisis::open(global, output, args.change.as_deref()).await?;
    print(output, &crisis)?;
    Ok(Ended::done())
}

/// Shows where `crisis` stands on one screen, the next command last.
pub(super) fn print(output: &Output, crisis: &Crisis) -> Result<(), Stop> {
    let stands = situation(&crisis.log, &crisis.rules.config, &crisis.id, crisis.now())?;
    let mut lines = page(output, crisis, &stands);
    lines.extend(next(output, crisis, &stands));
    output.data(&lines.join("\n"));
    Ok(())
}

/// The route, and who has said what.
pub(super) fn page(output: &Output, crisis: &Crisis, stands: &Situation) -> Vec<String> {
    let moment = |at| time::moment(&output.wording, at);
    let mut lines = vec![head(output, crisis, stands)];
    for (place, call) in stands.calls.iter().enumerate() {
        lines.push(line(output, crisis, place, call, stands.next() == Some(call)));
    }
    for live in &stands.live {
        let key = match live.attested {
            true => "emergency-live-attested",
            false => "emergency-live",
        };
        let said = Message::new(key)
            .with("person", crisis.name(live.person.as_str()))
            .with("at", moment(live.at));
        lines.push(output.say(&said));
    }
    lines
}

fn head(output: &Output, crisis: &Crisis, stands: &Situation) -> String {
    let moment = |at| time::moment(&output.wording, at);
    let key = match (stands.ended, stands.seconds_left > 0) {
        (Some(_), _) => "emergency-head-ended",
        (None, true) => "emergency-head",
        (None, false) => "emergency-head-expired",
    };
    let said = Message::new(key)
        .with("change", &crisis.id)
        .with("declared", moment(stands.declared))
        .with("expires", moment(stands.expires))
        .with("minutes", stands.seconds_left.max(0) / 60);
    output.say(&said)
}

fn line(output: &Output, crisis: &Crisis, place: usize, call: &Call, is_next: bool) -> String {
    let moment = |at| time::moment(&output.wording, at);
    let key = match (call.result.as_str(), is_next) {
        ("approved", _) => "emergency-call-approved",
        ("refused", _) => "emergency-call-refused",
        ("no_answer", _) => "emergency-call-no-answer",
        (_, true) => "emergency-call-next",
        (_, false) => "emergency-call-later",
    };
    let at = call.at.or(call.from).map(moment).unwrap_or_default();
    let said = Message::new(key)
        .with("place", place + 1)
        .with("person", crisis.name(call.person.as_str()))
        .with("reach", reach(output, crisis, call))
        .with("at", at);
    output.say(&said)
}

/// How somebody is reached. Numbers are shown to a person at a terminal and nowhere else.
fn reach(output: &Output, crisis: &Crisis, call: &Call) -> String {
    let Some(person) = crisis.rules.config.people.get(&call.person) else {
        return String::new();
    };
    let shown = std::io::stdout().is_terminal();
    let of = |(channel, secret): &(String, String)| {
        let name = secret.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        let number = name.filter(|_| shown).and_then(std::env::var_os);
        match number {
            Some(number) => format!("{channel} {}", number.to_string_lossy()),
            None => channel.clone(),
        }
    };
    let ways: Vec<String> = person.contacts.iter().map(of).collect();
    match ways.is_empty() {
        true => output.wording.label("emergency-no-contact"),
        false => ways.join(", "),
    }
}

/// What may be done now, the command last.
pub(super) fn next(output: &Output, crisis: &Crisis, stands: &Situation) -> Vec<String> {
    let say = |key: &str| {
        let message = Message::new(key)
            .with("change", &crisis.id)
            .with("measure", &stands.measure);
        output.say(&message)
    };
    if stands.ended.is_some() {
        return vec![say("emergency-next-due")];
    }
    if stands.seconds_left <= 0 {
        return vec![say("emergency-next-extend")];
    }
    if !stands.live.is_empty() {
        return vec![say("emergency-next-start")];
    }
    let may = stands.exhausted() && stands.listed && stands.refused.is_empty();
    if may {
        return vec![say("emergency-alone"), say("emergency-next-start")];
    }
    match stands.next() {
        Some(call) => {
            let command = Message::new("emergency-next-call")
                .with("change", &crisis.id)
                .with("person", &call.person);
            vec![output.say(&command)]
        }
        None => vec![say("emergency-next-again")],
    }
}
