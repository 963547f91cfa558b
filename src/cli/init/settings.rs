//! The rest of the questions: services, the way back, the time zone, what is never deployed, whom to call.

use jiff::tz::TimeZone;
use sekisho::change::{Message, Period, Strategy};
use sekisho::config::{Language, StarterRollback, StartingPoint, revert_step};
use sekisho::usecases::{Roster, Stop, Survey};

use super::{found, people};
use crate::cli::args::InitArgs;
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question, narrow};

/// The services of a repository that holds several.
pub(super) fn services(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    like: StartingPoint,
    survey: &Survey,
) -> Result<Vec<(String, Vec<String>)>, Stop> {
    if !args.service.is_empty() {
        let mut services: Vec<(String, Vec<String>)> = Vec::new();
        for text in &args.service {
            let (name, glob) = service(text).map_err(Stop::Request)?;
            match services.iter_mut().find(|(known, _)| *known == name) {
                Some((_, globs)) => globs.push(glob),
                None => services.push((name, vec![glob])),
            }
        }
        return Ok(services);
    }
    let proposed = &survey.folders.services;
    if like != StartingPoint::Monorepo {
        return Ok(Vec::new());
    }
    let question = Question {
        flag: "--service",
        words: Message::new("ask-services"),
        why: None,
        proposal: None,
    };
    if proposed.is_empty() && prompt.asks() {
        // Typed one after the other until an empty line.
        let mut services: Vec<(String, Vec<String>)> = Vec::new();
        loop {
            let enough = !services.is_empty();
            let question = Question {
                flag: "--service",
                words: Message::new("ask-service"),
                why: Some(Message::new("ask-service-why")),
                proposal: None,
            };
            let text = prompt.line(&question, &|text| match text.is_empty() && enough {
                true => Ok(()),
                false => service(text).map(drop),
            })?;
            match service(&text) {
                Ok((name, glob)) => services.push((name, vec![glob])),
                Err(_) => return Ok(services),
            }
        }
    }
    let options: Vec<String> = proposed
        .iter()
        .map(|(name, globs)| format!("{name} ({})", globs.join(" ")))
        .collect();
    let all: Vec<usize> = (0..options.len()).collect();
    let chosen = prompt.some(&question, &options, &all, 1)?;
    Ok(chosen
        .into_iter()
        .filter_map(|index| proposed.get(index).cloned())
        .collect())
}

/// `NAME=GLOB` in its parts.
fn service(text: &str) -> Result<(String, String), Message> {
    let wrong = || {
        Message::new("error-flag")
            .with("flag", "--service")
            .with("text", text)
    };
    let (name, glob) = text.split_once(['=', '＝']).ok_or_else(wrong)?;
    let (name, glob) = (narrow(name), narrow(glob));
    if name.is_empty() || glob.is_empty() {
        return Err(wrong());
    }
    Ok((name, glob))
}

/// The way back that every change has unless it says otherwise.
pub(super) fn rollback(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    survey: &Survey,
    roster: &mut Roster,
    executors: &[String],
) -> Result<StarterRollback, Stop> {
    let strategy = strategy(prompt, args, survey)?;
    let step = match &args.rollback_step {
        Some(step) => Some(step.clone()),
        None => {
            let question = Question {
                flag: "--rollback-step",
                words: Message::new("ask-rollback-step"),
                why: Some(Message::new("ask-rollback-step-why")),
                proposal: way_back(prompt, survey, strategy),
            };
            Some(prompt.line(&question, &needed)?)
        }
    };
    let criterion = match &args.rollback_criterion {
        Some(text) => Some(text.clone()),
        None => {
            let proposal = prompt.label("ask-rollback-criterion-proposal");
            typed(
                prompt,
                (
                    "--rollback-criterion",
                    "ask-rollback-criterion",
                    "ask-rollback-criterion-why",
                ),
                Some(proposal),
            )?
        }
    };
    let decider = decider(prompt, args, roster, executors)?;
    let duration = match &args.rollback_duration {
        Some(text) => duration(text).map_err(Stop::Request)?,
        None => {
            let question = Question {
                flag: "--rollback-duration",
                words: Message::new("ask-rollback-minutes"),
                why: None,
                proposal: Some("10".to_owned()),
            };
            let text = prompt.line(&question, &|text| duration(text).map(drop))?;
            duration(&text).unwrap_or(Period::Wall(600))
        }
    };
    Ok(StarterRollback {
        strategy: Some(strategy),
        step,
        criterion,
        decider,
        duration: Some(duration),
    })
}

/// What the repository itself shows to be a way back; nothing is proposed that is not there.
fn way_back(prompt: &Prompt<'_>, survey: &Survey, strategy: Strategy) -> Option<String> {
    match strategy {
        Strategy::Redeploy => survey.workflows.rollback.clone(),
        Strategy::Revert => Some(revert_step(prompt.language()).to_owned()),
        _ => None,
    }
}

/// The sort of way back; proposed is a workflow that puts things back, else git.
fn strategy(prompt: &mut Prompt<'_>, args: &InitArgs, survey: &Survey) -> Result<Strategy, Stop> {
    let wrong = |text: &str| {
        Stop::Request(
            Message::new("error-flag")
                .with("flag", "--rollback-strategy")
                .with("text", text),
        )
    };
    if let Some(word) = &args.rollback_strategy {
        return narrow(word).parse().map_err(|()| wrong(word));
    }
    // The plan of every change has to lead back; what cannot go back says so itself.
    let all: Vec<Strategy> = Strategy::ALL
        .iter()
        .copied()
        .filter(|strategy| !matches!(strategy, Strategy::ForwardFix | Strategy::None))
        .collect();
    let options: Vec<String> = all
        .iter()
        .map(|strategy| prompt.label(&format!("strategy-{strategy}")))
        .collect();
    let question = Question {
        flag: "--rollback-strategy",
        words: Message::new("ask-rollback-strategy"),
        why: None,
        proposal: None,
    };
    let proposed = match survey.workflows.rollback {
        Some(_) => Strategy::Redeploy,
        None => Strategy::Revert,
    };
    let chosen = prompt.one(&question, &options, all.iter().position(|one| *one == proposed))?;
    Ok(all.get(chosen).copied().unwrap_or(proposed))
}

fn decider(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    roster: &mut Roster,
    executors: &[String],
) -> Result<Option<String>, Stop> {
    if let Some(text) = &args.rollback_decider {
        return people::named(roster, text, "--rollback-decider")
            .map(Some)
            .map_err(Stop::Request);
    }
    let options: Vec<String> = roster.people.iter().map(found::label).collect();
    let first = executors.first();
    let proposed = roster.people.iter().position(|person| Some(&person.key) == first);
    let question = Question {
        flag: "--rollback-decider",
        words: Message::new("ask-rollback-decider"),
        why: None,
        proposal: None,
    };
    let chosen = prompt.one(&question, &options, proposed)?;
    Ok(roster.people.get(chosen).map(|person| person.key.clone()))
}

/// A line that may not be empty. With `--yes` and nothing to propose, the file says its own.
fn typed(
    prompt: &mut Prompt<'_>,
    (flag, words, why): (&str, &str, &str),
    proposal: Option<String>,
) -> Result<Option<String>, Stop> {
    if prompt.proposes() {
        return Ok(proposal);
    }
    let question = Question {
        flag,
        words: Message::new(words),
        why: Some(Message::new(why)),
        proposal,
    };
    prompt.line(&question, &needed).map(Some)
}

fn needed(text: &str) -> Result<(), Message> {
    match text.is_empty() {
        true => Err(Message::new("ask-something")),
        false => Ok(()),
    }
}

/// Minutes, or a duration with its unit.
fn duration(text: &str) -> Result<Period, Message> {
    let word = narrow(text);
    let word = if !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) {
        format!("{word}m")
    } else {
        word
    };
    let wrong = || {
        Message::new("error-flag")
            .with("flag", "--rollback-duration")
            .with("text", text)
    };
    match word.parse::<Period>() {
        Ok(period) if period.seconds().is_some_and(|seconds| seconds > 0) => Ok(period),
        _ => Err(wrong()),
    }
}

/// The time zone; with `--yes` that of the language.
pub(super) fn zone(
    prompt: &mut Prompt<'_>,
    output: &Output,
    args: &InitArgs,
) -> Result<Option<String>, Stop> {
    if let Some(text) = &args.time_zone {
        let name = narrow(text);
        known(&name).map_err(Stop::Request)?;
        return Ok(Some(name));
    }
    if prompt.proposes() {
        return Ok(None);
    }
    let here = TimeZone::system().iana_name().map(str::to_owned);
    let proposal = match (output.wording.language(), here) {
        (Language::Ja, _) => "Asia/Tokyo".to_owned(),
        (Language::En, Some(zone)) if zone != "Etc/UTC" => zone,
        (Language::En, _) => "UTC".to_owned(),
    };
    let question = Question {
        flag: "--time-zone",
        words: Message::new("ask-time-zone"),
        why: Some(Message::new("ask-time-zone-why")),
        proposal: Some(proposal),
    };
    let text = prompt.line(&question, &|text| known(&narrow(text)))?;
    Ok(Some(narrow(&text)))
}

fn known(name: &str) -> Result<(), Message> {
    match TimeZone::get(name) {
        Ok(_) => Ok(()),
        Err(_) => Err(Message::new("error-flag")
            .with("flag", "--time-zone")
            .with("text", name)),
    }
}

/// What is never deployed: proposals to tick, none of them by itself. On a site of texts, Markdown is
/// production.
pub(super) fn ignore(prompt: &mut Prompt<'_>, args: &InitArgs, survey: &Survey) -> Result<Vec<String>, Stop> {
    let proposals = &survey.folders.idle;
    if !args.ignore.is_empty() || proposals.is_empty() {
        return Ok(args.ignore.clone());
    }
    let question = Question {
        flag: "--ignore",
        words: Message::new("ask-ignore"),
        why: Some(Message::new("ask-ignore-why")),
        proposal: None,
    };
    let chosen = prompt.some(&question, proposals, &[], 0)?;
    Ok(chosen
        .into_iter()
        .filter_map(|index| proposals.get(index).cloned())
        .collect())
}

/// Whom to call in an emergency, where the profile wants it written down.
pub(super) fn route(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    like: StartingPoint,
    roster: &mut Roster,
    approvers: &[String],
) -> Result<Vec<String>, Stop> {
    if !args.route.is_empty() {
        return people::all_named(roster, &args.route, "--route");
    }
    if like != StartingPoint::Audited {
        return Ok(Vec::new());
    }
    let question = Question {
        flag: "--route",
        words: Message::new("ask-route"),
        why: Some(Message::new("ask-route-why")),
        proposal: None,
    };
    people::chosen(prompt, &question, &roster.people, approvers, 2)
}
