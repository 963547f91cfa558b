//! A freeze that somebody declares now, and lifting it.

use sekisho::change::{AreaKey, Message, Moment, Period, PersonKey, ServiceKey};
use sekisho::config::{Config, FreezeKind};
use sekisho::report::time;
use sekisho::usecases::{Freezing, LogView, Stop, newest_config, read_log};

use crate::cli::actor::{self, Acting};
use crate::cli::args::{FreezeArgs, Global};
use crate::cli::exit::{Ended, Failure};
use crate::cli::gate::open;
use crate::cli::history::people;
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question, narrow};
use crate::wire::{Access, Wiring};

/// From this length on it is asked whether that is meant, in seconds.
const UNUSUAL: i64 = 14 * 86_400;

/// Records the freeze.
pub(super) async fn freeze(
    global: &Global,
    output: &Output,
    args: &FreezeArgs,
    (until, reason): (&str, &str),
) -> Result<Ended, Failure> {
    let (wiring, log, config, acting) = scene(global, output).await?;
    let now = Moment::new(wiring.now, &config.calendar.zone);
    let from = match &args.from {
        Some(text) => when(&config, now, text)?,
        None => now,
    };
    let freezing = Freezing {
        kind: match args.kind.as_deref() {
            Some("soft") => FreezeKind::Soft,
            _ => FreezeKind::Hard,
        },
        from,
        to: when(&config, from.max(now), until)?,
        owner: args
            .owner
            .as_deref()
            .map_or_else(|| acting.person().clone(), PersonKey::from),
        areas: args.area.iter().map(|key| AreaKey::from(key.as_str())).collect(),
        services: args
            .service
            .iter()
            .map(|key| ServiceKey::from(key.as_str()))
            .collect(),
        reason: reason.to_owned(),
    };
    let days = freezing.to.seconds_since(freezing.from).div_euclid(86_400);
    if !args.long && freezing.to.seconds_since(freezing.from) > UNUSUAL {
        meant(output, days)?;
    }
    let ports = wiring.ports();
    let record = sekisho::usecases::freeze(ports, acting.actor(), &log, &config, &freezing).await?;
    wiring.remember().await?;
    output.print(
        &Message::new("freeze-done")
            .with("freeze", format!("freeze-{}", record.seq))
            .with("from", time::moment(&output.wording, freezing.from))
            .with("until", time::moment(&output.wording, freezing.to))
            .with("person", people(Some(&config)).name(freezing.owner.as_str()))
            .with("seq", record.seq),
    );
    Ok(Ended::done())
}

/// Lifts a freeze.
pub(super) async fn lift(global: &Global, output: &Output, id: &str, reason: &str) -> Result<Ended, Failure> {
    let (wiring, log, config, acting) = scene(global, output).await?;
    if config.freezes.iter().any(|freeze| freeze.id == id) {
        return Err(Stop::Request(
            Message::new("error-freeze-configured").with("freeze", id),
        ));
    }
    let ports = wiring.ports();
    let record = sekisho::usecases::lift(ports, acting.actor(), &log, id, reason).await?;
    wiring.remember().await?;
    output.print(
        &Message::new("freeze-lifted")
            .with("freeze", id)
            .with("seq", record.seq),
    );
    Ok(Ended::done())
}

async fn scene(global: &Global, output: &Output) -> Result<(Wiring, LogView, Config, Acting), Stop> {
    let wiring = open(global, output, Access::Write).await?;
    let log = read_log(wiring.ports()).await?;
    let config = newest_config(wiring.ports(), &log)?;
    let config = config.ok_or_else(|| Stop::unavailable("error-freeze-no-state"))?;
    let acting = actor::find(&wiring, &config, global)?;
    Ok((wiring, log, config, acting))
}

/// A time, or a length of time from another.
fn when(config: &Config, from: Moment, text: &str) -> Result<Moment, Stop> {
    if let Ok(period) = text.parse::<Period>() {
        return config
            .calendar
            .due(from, period)
            .map_err(|error| Stop::Unavailable(Message::new("error-calendar").with("year", error.0)));
    }
    let zone = &config.calendar.zone;
    Moment::read(text, zone)
        .map(|time| time.shown_in(zone))
        .map_err(|_| Stop::Request(Message::new("error-freeze-time").with("text", text)))
}

/// Asks whether so long a freeze is meant; the number of days is typed.
fn meant(output: &Output, days: i64) -> Result<(), Stop> {
    let refused = || Message::new("error-freeze-long").with("days", days);
    let mut prompt = Prompt::new(output, false);
    if !prompt.asks() {
        return Err(Stop::Request(refused()));
    }
    let question = Question {
        flag: "--long",
        words: Message::new("ask-freeze-long").with("days", days),
        why: None,
        proposal: None,
    };
    let check = |answer: &str| match narrow(answer) == days.to_string() {
        true => Ok(()),
        false => Err(refused()),
    };
    prompt.line(&question, &check).map(drop)
}
