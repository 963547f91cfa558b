//! From the seven answers to a declaration in the log: looked at, meant, recorded.

use sekisho::change::{ChangeId, EnvironmentKey, Message, Moment, PersonKey, ServiceKey};
use sekisho::config::Config;
use sekisho::ports::Repository as _;
use sekisho::report::time;
use sekisho::usecases::{
    Asked, Declaring, InForce, LogView, Recorded, Stop, abandon, declare_emergency, free_id, preview,
    situation, tell, with_spooled,
};

use super::answers::Answers;
use super::kept::Kept;
use super::questions::Questions;
use super::refusal::Refusal;
use super::{Crisis, ring, status};
use crate::cli::actor::{self, Acting};
use crate::cli::args::{EmergencyArgs, Global};
use crate::cli::exit::{Ended, Failure};
use crate::cli::files;
use crate::cli::gate::{authorised, open, run_of};
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question, narrow};
use crate::wire::{Access, Wiring};

/// Declares an emergency.
pub(super) async fn run(global: &Global, output: &Output, args: &EmergencyArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Late).await?;
    let (mut log, service, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    with_spooled(wiring.ports(), &mut log, &wiring.spool())?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let environment = EnvironmentKey::from(args.environment.as_str());
    let here = (&service, &environment);
    let kept = Kept::of(&wiring, acting.person(), here);
    if args.afresh {
        kept.forget();
    }
    let mut answers = Answers::of_flags(args);
    if answers.is_empty() && !args.afresh && kept.read().is_none() {
        let config = &rules.config;
        if let Some(id) = running(&log, config, acting.person(), here, wiring.now)? {
            output.tell(&Message::new("emergency-goes-on").with("change", &id));
            return ring::run(global, output, &id).await;
        }
    }
    let asking = Prompt::new(output, false).asks();
    if asking {
        let questions = Questions {
            output,
            config: &rules.config,
            day: rules
                .config
                .calendar
                .day(Moment::new(wiring.now, &rules.config.calendar.zone)),
            person: acting.person(),
            service: &service,
            kept: &kept,
        };
        questions.ask(&mut answers).map_err(|stop| left(stop, &service))?;
    }
    if answers.one("executor").is_none() {
        answers.say("executor", vec![acting.person().to_string()]);
    }
    let top = files::work_tree(&wiring)?;
    let paths = files::declaration_paths(&top, &rules.config.paths.changes)?;
    let id = free_id(wiring.ports(), Some(&log), &rules.config, &paths);
    let typed = answers
        .declaration(args, &rules, (service.as_str(), &id))
        .inspect_err(|_| corrected(output, asking, &service))?;
    let place = (&service, &environment);
    let mut declaring = Declaring::new(wiring.ports(), acting.actor(), place, id.clone(), typed)?;
    declaring.done_at = args
        .done_at
        .as_deref()
        .map(|text| done_at(&rules, text))
        .transpose()?;
    let asked = Asked {
        service: service.clone(),
        environment: environment.clone(),
        head: wiring.repository.resolve("HEAD")?,
        base: None,
        actor: acting.person().clone(),
        run: run_of(None, &wiring)?,
        rollback_of: None,
    };
    let judged = preview(
        wiring.ports(),
        acting.actor(),
        &mut log,
        rules,
        &asked,
        &declaring,
    )?;
    if let Some(refusal) = Refusal::of(judged) {
        refusal.show(output);
        corrected(output, asking, &service);
        return Ok(Ended::denied());
    }
    // The rules went into the judgement.
    let (_, _, rules) = authorised(&wiring, Some(service.as_str()), &args.environment).await?;
    let means = Meaning {
        output,
        wiring: &wiring,
        acting: &acting,
        log: &log,
        rules: &rules,
    };
    let meant = means.asked(args, &service, &environment).await;
    meant.map_err(|stop| match asking {
        true => left(stop, &service),
        false => stop,
    })?;
    let spool = wiring.spool();
    let recorded =
        declare_emergency(wiring.ports(), acting.actor(), &log, &rules, &declaring, &spool).await?;
    if let Recorded::Sealed(_) = &recorded {
        wiring.remember().await?;
    }
    kept.forget();
    output.data(id.as_str());
    output.tell(&said(&recorded, id.as_str()));
    let crisis = Crisis::open(global, output, Some(id.as_str())).await?;
    if let Some(channel) = &args.told {
        let told = (&crisis.id, channel.as_str(), None);
        let (ports, actor) = (crisis.wiring.ports(), crisis.acting.actor());
        tell(ports, actor, &crisis.log, &crisis.rules, told, &spool).await?;
        crisis.wiring.remember().await?;
    }
    let ended = match asking {
        true => ring::run(global, output, &id).await?,
        false => {
            status::print(output, &crisis)?;
            Ended::done()
        }
    };
    Ok(match recorded {
        Recorded::Sealed(_) => ended,
        Recorded::Waits(_) => Ended::waits(),
    })
}

/// What is said to somebody who leaves: nothing that was answered is lost.
fn left(stop: Stop, service: &ServiceKey) -> Stop {
    match stop {
        Stop::Request(message) if message.key == "error-prompt-left" => {
            Stop::Request(Message::new("error-emergency-left").with("service", service))
        }
        stop => stop,
    }
}

/// How answers that do not do are changed.
fn corrected(output: &Output, asking: bool, service: &ServiceKey) {
    if asking {
        output.tell(&Message::new("emergency-kept").with("service", service));
    }
}

/// The emergency that `person` declared here and that nobody has carried out, ended or let expire.
fn running(
    log: &LogView,
    config: &Config,
    person: &PersonKey,
    (service, environment): (&ServiceKey, &EnvironmentKey),
    now: jiff::Timestamp,
) -> Result<Option<ChangeId>, Stop> {
    let at = Moment::new(now, &config.calendar.zone);
    let mine = log.standing.emergencies.iter().filter(|(id, known)| {
        known.ended_by(|_| false).is_none()
            && known.declarer == *person
            && (&known.service, &known.environment) == (service, environment)
            && log.standing.last_allowed(id, None).is_none()
    });
    let mut last: Option<(ChangeId, Moment)> = None;
    for (id, known) in mine {
        let stands = situation(log, config, id, at)?;
        let newer = last.as_ref().is_none_or(|(_, at)| *at < known.at);
        if stands.seconds_left > 0 && newer {
            last = Some((id.clone(), known.at));
        }
    }
    Ok(last.map(|(id, _)| id))
}

fn said(recorded: &Recorded, id: &str) -> Message {
    match recorded {
        Recorded::Sealed(record) => Message::new("emergency-declared")
            .with("change", id)
            .with("seq", record.seq),
        Recorded::Waits(number) => Message::new("emergency-declared-offline")
            .with("change", id)
            .with("number", number),
    }
}

fn done_at(rules: &InForce, text: &str) -> Result<Moment, Stop> {
    let zone = &rules.config.calendar.zone;
    Moment::read(text, zone)
        .map(|at| at.shown_in(zone))
        .map_err(|_| Stop::Request(Message::new("error-emergency-time").with("text", text)))
}

/// The deliberate step (EMG-26): what follows is shown, and the service is named.
struct Meaning<'a> {
    output: &'a Output,
    wiring: &'a Wiring,
    acting: &'a Acting,
    log: &'a LogView,
    rules: &'a InForce,
}

impl Meaning<'_> {
    async fn asked(
        &self,
        args: &EmergencyArgs,
        service: &ServiceKey,
        environment: &EnvironmentKey,
    ) -> Result<(), Stop> {
        self.output.tell(&self.consequences(service)?);
        let named = match &args.yes_service {
            Some(named) => narrow(named),
            None => match self.ask(service) {
                Ok(named) => named,
                Err(left) => {
                    self.walked_away(service, environment).await;
                    return Err(left);
                }
            },
        };
        if named == service.as_str() {
            return Ok(());
        }
        self.walked_away(service, environment).await;
        Err(Stop::Request(
            Message::new("error-emergency-service").with("service", service),
        ))
    }

    fn ask(&self, service: &ServiceKey) -> Result<String, Stop> {
        let mut prompt = Prompt::new(self.output, false);
        let question = Question {
            flag: "--yes-service",
            words: Message::new("ask-emergency-service").with("service", service),
            why: None,
            proposal: None,
        };
        // Whoever mistypes at night is asked again; a script is not.
        let named = prompt.line(&question, &|typed| match narrow(typed) == service.as_str() {
            true => Ok(()),
            false => Err(Message::new("ask-emergency-service-wrong").with("service", service)),
        })?;
        prompt.settle("emergency")?;
        Ok(narrow(&named))
    }

    async fn walked_away(&self, service: &ServiceKey, environment: &EnvironmentKey) {
        let place = (service, environment);
        let spool = self.wiring.spool();
        let lost = abandon(self.wiring.ports(), self.acting.actor(), self.log, place, &spool).await;
        if let Some(lost) = lost {
            self.output.tell(&lost);
        }
    }

    fn consequences(&self, service: &ServiceKey) -> Result<Message, Stop> {
        let config = &self.rules.config;
        let now = Moment::new(self.wiring.now, &config.calendar.zone);
        let due = |period| {
            let due = config.calendar.due(now, period);
            let due =
                due.map_err(|error| Stop::Unavailable(Message::new("error-calendar").with("year", error.0)))?;
            Ok::<String, Stop>(time::moment(&self.output.wording, due))
        };
        Ok(Message::new("emergency-consequences")
            .with("service", service)
            .with("expires", due(config.emergency.ttl)?)
            .with("executions", config.emergency.executions)
            .with("record", due(config.due.record)?)
            .with("retro", due(config.due.retro_approval)?)
            .with("review", due(config.due.review)?))
    }
}
