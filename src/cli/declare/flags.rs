//! What flags say of a declaration.

use sekisho::change::text::declaration::Draft;
use sekisho::change::{
    Declaration, EnvironmentKey, Message, Moment, Period, PersonKey, Rollback, RollbackChoice, ServiceKey,
    Target, TestRun,
};
use sekisho::usecases::{InForce, Stop};

use crate::cli::args::DeclareArgs;
use crate::cli::prompt::narrow;

/// Only what was given; it wins over everything else.
pub(super) fn draft(args: &DeclareArgs, rules: &InForce) -> Result<Draft, Stop> {
    let mut draft = Draft::of(&declaration(args, rules)?);
    for text in &args.detail {
        let (key, value) = text.split_once('=').ok_or_else(|| wrong(text, "--detail"))?;
        let (key, value) = (narrow(key), value.trim());
        if key.is_empty() || key.contains('.') || value.is_empty() {
            return Err(wrong(text, "--detail"));
        }
        draft.set(&format!("details.{key}"), value.into());
    }
    Ok(draft)
}

fn declaration(args: &DeclareArgs, rules: &InForce) -> Result<Declaration, Stop> {
    let mut declaration = Declaration {
        title: args.title.clone(),
        reason: args.reason.clone(),
        references: args.reference.clone(),
        kind: word(args.kind.as_deref(), "--kind")?,
        delivery: word(args.delivery.as_deref(), "--delivery")?,
        risk: word(args.risk.as_deref(), "--risk")?,
        procedure: args.procedure.clone(),
        plan: args.plan.clone(),
        ..Declaration::default()
    };
    let roles = &mut declaration.roles;
    roles.requester = args.requester.as_deref().map(PersonKey::from);
    roles.executor = args.executor.as_deref().map(PersonKey::from);
    roles.verifier = args.verifier.as_deref().map(PersonKey::from);
    roles.approvers = args
        .approver
        .iter()
        .map(|p| PersonKey::from(p.as_str()))
        .collect();
    declaration.targets = targets(args);
    declaration.impact.functions.clone_from(&args.function);
    declaration.impact.security.clone_from(&args.security);
    let test = |what: &String| TestRun {
        what: what.clone(),
        ..TestRun::default()
    };
    declaration.tests = args.test.iter().map(test).collect();
    declaration.verification.checks.clone_from(&args.verify);
    declaration.verification.done_when.clone_from(&args.done_when);
    let zone = &rules.config.calendar.zone;
    declaration.window.start = moment(args.start.as_deref(), "--start", zone)?;
    declaration.window.end = moment(args.end.as_deref(), "--end", zone)?;
    declaration.rollback = rollback(args)?;
    Ok(declaration)
}

fn targets(args: &DeclareArgs) -> Vec<Target> {
    let base = Target {
        service: args.service.as_deref().map(ServiceKey::from),
        environment: args.environment.as_deref().map(EnvironmentKey::from),
        ..Target::default()
    };
    let mut targets: Vec<Target> = args
        .target
        .iter()
        .map(|thing| Target {
            resource: Some(thing.clone()),
            ..base.clone()
        })
        .collect();
    if targets.is_empty() && base != Target::default() {
        targets.push(base);
    }
    targets
}

fn rollback(args: &DeclareArgs) -> Result<Option<RollbackChoice>, Stop> {
    if let Some(name) = &args.rollback {
        return Ok(Some(RollbackChoice::Named(name.clone())));
    }
    let stated = Rollback {
        strategy: word(args.rollback_strategy.as_deref(), "--rollback-strategy")?,
        steps: args.rollback_step.clone(),
        criteria: args.rollback_criterion.clone(),
        decider: args.rollback_decider.as_deref().map(PersonKey::from),
        duration: match args.rollback_duration.as_deref() {
            Some(text) => Some(
                narrow(text)
                    .parse::<Period>()
                    .map_err(|_| wrong(text, "--rollback-duration"))?,
            ),
            None => None,
        },
        ..Rollback::default()
    };
    Ok((stated != Rollback::default()).then(|| RollbackChoice::Stated(Box::new(stated))))
}

fn word<T: std::str::FromStr>(text: Option<&str>, flag: &str) -> Result<Option<T>, Stop> {
    text.map(|text| narrow(text).parse().map_err(|_| wrong(text, flag)))
        .transpose()
}

fn moment(text: Option<&str>, flag: &str, zone: &jiff::tz::TimeZone) -> Result<Option<Moment>, Stop> {
    text.map(|text| Moment::read(&narrow(text), zone).map_err(|_| wrong(text, flag)))
        .transpose()
}

pub(super) fn wrong(text: &str, flag: &str) -> Stop {
    Stop::Request(Message::new("error-flag").with("flag", flag).with("text", text))
}
