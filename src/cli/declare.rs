//! `sekisho declare`: from flags to a declaration's file, or to its record.

use sekisho::change::{
    ChangeId, Declaration, EnvironmentKey, Message, Moment, Period, PersonKey, Rollback, RollbackChoice,
    ServiceKey, Target, TestRun,
};
use sekisho::usecases::{
    Declared, InForce, LogView, Stop, choose_service, declaration_faults, file_into_log, free_id, read_log,
};

use super::args::{DeclareArgs, Global};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::{actor, files};
use crate::wire::{Access, Wiring};

/// Writes the declaration.
pub(super) async fn run(global: &Global, output: &Output, args: DeclareArgs) -> Result<Ended, Failure> {
    let access = if args.file { Access::Write } else { Access::Read };
    let wiring = open(global, output, access).await?;
    let log = read_log(wiring.ports()).await?;
    let top = files::work_tree(&wiring)?;
    let rules = files::work_tree_rules(&wiring, &top)?;
    let declaration = declaration(&args, &rules)?;
    let paths = files::declaration_paths(&top, &rules.config.paths.changes)?;
    let id = free_id(wiring.ports(), Some(&log), &rules.config, &paths);
    if args.file {
        return into_log(global, output, &wiring, &log, &args, (id, declaration)).await;
    }
    let declared = Declared::new(&rules.config, id, &declaration);
    refuse_faults(&declared, &rules)?;
    files::write_new(&top, &declared.path, &declared.text)?;
    output.data(&declared.path);
    output.tell(
        &Message::new("declare-done")
            .with("change", &declared.id)
            .with("path", &declared.path),
    );
    output.tell(
        &Message::new("declare-next")
            .with("change", &declared.id)
            .with("path", &declared.path),
    );
    Ok(Ended::done())
}

async fn into_log(
    global: &Global,
    output: &Output,
    wiring: &Wiring,
    log: &LogView,
    args: &DeclareArgs,
    (id, declaration): (ChangeId, Declaration),
) -> Result<Ended, Failure> {
    let environment = EnvironmentKey::from(args.environment.as_deref().unwrap_or("production"));
    let wanted = args.service.as_deref().map(ServiceKey::from);
    let service = choose_service(&log.standing, &environment, wanted.as_ref())?;
    let key = (service.clone(), environment.clone());
    let commit = log
        .standing
        .states
        .get(&key)
        .map(|s| s.head.clone())
        .unwrap_or_default();
    let rules = InForce::at(&wiring.repository, &commit, service.as_str())?;
    let acting = actor::find(wiring, &rules.config, global)?;
    let declared = Declared::new(&rules.config, id.clone(), &declaration);
    refuse_faults(&declared, &rules)?;
    let place = (&service, &environment);
    let (id, record) = file_into_log(
        wiring.ports(),
        acting.actor(),
        log,
        &rules,
        place,
        id,
        declaration,
    )
    .await?;
    wiring.remember().await?;
    output.data(id.as_str());
    output.tell(
        &Message::new("declare-filed")
            .with("change", &id)
            .with("seq", record.seq),
    );
    Ok(Ended::done())
}

/// What was typed is read back as a file is: the same faults, before anything is written.
fn refuse_faults(declared: &Declared, rules: &InForce) -> Result<(), Stop> {
    let faults: Vec<_> = declaration_faults(&declared.path, declared.text.as_bytes(), Some(rules))
        .into_iter()
        .filter(|fault| !fault.warning)
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(Stop::Faults(Box::new(sekisho::usecases::FileFaults {
        file: declared.path.clone(),
        text: declared.text.clone(),
        faults,
    })))
}

fn declaration(args: &DeclareArgs, rules: &InForce) -> Result<Declaration, Stop> {
    let mut declaration = Declaration {
        title: Some(args.title.clone()),
        reason: Some(args.reason.clone()),
        references: args.reference.clone(),
        kind: word(args.kind.as_deref(), "--kind")?,
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
    declaration.tests = args.test.iter().map(|what| tried(what)).collect();
    declaration.verification.checks.clone_from(&args.verify);
    declaration.verification.done_when.clone_from(&args.done_when);
    let zone = &rules.config.calendar.zone;
    declaration.window.start = moment(args.start.as_deref(), "--start", zone)?;
    declaration.window.end = moment(args.end.as_deref(), "--end", zone)?;
    declaration.rollback = rollback(args)?;
    Ok(declaration)
}

/// A test in one sentence.
fn tried(what: &str) -> TestRun {
    TestRun {
        what: what.to_owned(),
        ..TestRun::default()
    }
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
                text.parse::<Period>()
                    .map_err(|_| wrong(text, "--rollback-duration"))?,
            ),
            None => None,
        },
        ..Rollback::default()
    };
    Ok((stated != Rollback::default()).then(|| RollbackChoice::Stated(Box::new(stated))))
}

fn word<T: std::str::FromStr>(text: Option<&str>, flag: &str) -> Result<Option<T>, Stop> {
    text.map(|text| text.parse().map_err(|_| wrong(text, flag)))
        .transpose()
}

fn moment(text: Option<&str>, flag: &str, zone: &jiff::tz::TimeZone) -> Result<Option<Moment>, Stop> {
    text.map(|text| Moment::read(text, zone).map_err(|_| wrong(text, flag)))
        .transpose()
}

fn wrong(text: &str, flag: &str) -> Stop {
    Stop::Request(Message::new("error-flag").with("flag", flag).with("text", text))
}
