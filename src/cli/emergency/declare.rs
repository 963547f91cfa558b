//! From the seven answers to a declaration in the log: looked at, meant, recorded.

use sekisho::change::{EnvironmentKey, Message, Moment, ServiceKey};
use sekisho::policy::Effect;
use sekisho::ports::Repository as _;
use sekisho::report::time;
use sekisho::usecases::{
    Asked, Declaring, InForce, Judged, LogView, Recorded, Stop, abandon, declare_emergency, free_id, preview,
    tell, waits_for_calls, with_spooled,
};

use super::answers::Answers;
use super::{Crisis, status};
use crate::cli::actor::{self, Acting};
use crate::cli::args::{EmergencyArgs, Global};
use crate::cli::exit::{Ended, Failure};
use crate::cli::files;
use crate::cli::gate::{authorised, open, run_of};
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question, narrow};
use crate::cli::view;
use crate::wire::{Access, Wiring};

/// Declares an emergency.
pub(super) async fn run(global: &Global, output: &Output, args: &EmergencyArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Late).await?;
    let (mut log, service, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    with_spooled(wiring.ports(), &mut log, &wiring.spool())?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let environment = EnvironmentKey::from(args.environment.as_str());
    let answers = Answers::of(output, args, acting.person().as_str())?;
    let top = files::work_tree(&wiring)?;
    let paths = files::declaration_paths(&top, &rules.config.paths.changes)?;
    let id = free_id(wiring.ports(), Some(&log), &rules.config, &paths);
    let typed = answers.declaration(args, &rules, (service.as_str(), &id))?;
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
    if let Some(refused) = refused(judged) {
        output.data(&view::decision(output, &refused, None));
        output.tell(&Message::new("emergency-not-declared"));
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
    means.asked(args, &service, &environment).await?;
    let spool = wiring.spool();
    let recorded =
        declare_emergency(wiring.ports(), acting.actor(), &log, &rules, &declaring, &spool).await?;
    if let Recorded::Sealed(_) = &recorded {
        wiring.remember().await?;
    }
    output.data(id.as_str());
    output.tell(&said(&recorded, id.as_str()));
    let crisis = Crisis::open(global, output, Some(id.as_str())).await?;
    if let Some(channel) = &args.told {
        let told = (&crisis.id, channel.as_str(), None);
        let (ports, actor) = (crisis.wiring.ports(), crisis.acting.actor());
        tell(ports, actor, &crisis.log, &crisis.rules, told, &spool).await?;
        crisis.wiring.remember().await?;
    }
    status::print(output, &crisis)?;
    Ok(match recorded {
        Recorded::Sealed(_) => Ended::done(),
        Recorded::Waits(_) => Ended::waits(),
    })
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

/// A judgement with nothing but what calling people does not answer; `None` where there is nothing.
fn refused(mut judged: Judged) -> Option<Judged> {
    judged
        .decision
        .findings
        .retain(|finding| finding.effect < Effect::Deny || !waits_for_calls(finding));
    let stops = judged
        .decision
        .findings
        .iter()
        .any(|finding| finding.effect == Effect::Deny);
    stops.then_some(judged)
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
        let named = prompt.line(&question, &|_| Ok(()))?;
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
