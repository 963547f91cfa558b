//! `sekisho due`: work with a deadline, and saying that it need not be done.

use sekisho::change::{Message, Moment, ServiceKey};
use sekisho::config::{Config, Freeze};
use sekisho::dossier::{Obligation, in_force};
use sekisho::ledger::{Open, Trust};
use sekisho::report::calendar::FreezeLine;
use sekisho::report::due::{self as page, DueLine, DueView, WaivedLine};
use sekisho::usecases::{
    LogView, Stop, due_change, due_id, find_due, newest_config, read_log, settle_by_word, waive,
    with_declared,
};

use super::actor;
use super::args::{DueArgs, Format, Global};
use super::exit::{Ended, Failure};
use super::freeze::freeze_line;
use super::gate::{authorised, open};
use super::history::{local, people};
use super::output::Output;
use crate::wire::Access;

/// Lists what is open, or waives a piece of it.
pub(super) async fn run(global: &Global, output: &Output, args: DueArgs) -> Result<Ended, Failure> {
    if let (Some(id), Some(reason)) = (&args.waive, &args.reason) {
        return waived(global, output, id, reason).await;
    }
    if let (Some(id), Some(evidence)) = (&args.done, &args.evidence) {
        return settled(global, output, id, evidence).await;
    }
    let wiring = open(global, output, Access::Read).await?;
    let log = read_log(wiring.ports()).await?;
    let mut config = newest_config(wiring.ports(), &log)?;
    if let Some(config) = &mut config {
        with_declared(config, &log);
    }
    let now = Moment::new(wiring.now, &jiff::tz::TimeZone::UTC);
    let view = view(&log, config.as_ref(), now, &args);
    output.data(&match output.format {
        Format::Text => page::text(&output.wording, &view, output.look()),
        Format::Markdown => page::markdown(&output.wording, &view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&output.wording, &view)),
    });
    Ok(match args.overdue && !view.open.is_empty() {
        true => Ended::denied(),
        false => Ended::done(),
    })
}

/// Records a waiver.
async fn waived(global: &Global, output: &Output, id: &str, reason: &str) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let log = read_log(wiring.ports()).await?;
    let open = find_due(&log, id)?.clone();
    let decided = log.standing.decision_behind(&open);
    let environment = decided.map(|decided| decided.environment.to_string());
    let environment = environment.ok_or_else(|| Stop::unavailable("error-no-baseline"))?;
    let (log, _, rules) = authorised(&wiring, Some(open.service.as_str()), &environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let done = waive(wiring.ports(), acting.actor(), &log, &rules, &open, reason).await?;
    wiring.remember().await?;
    let people = people(Some(&rules.config));
    output.print(
        &Message::new("waive-done")
            .with("person", people.name(acting.person().as_str()))
            .with("id", due_id(&open))
            .with("seq", done.record.seq),
    );
    if done.missing > 0 {
        output.print(
            &Message::new("waive-missing")
                .with("count", done.missing)
                .with("people", people.names(&output.wording, &done.of)),
        );
    }
    Ok(Ended::done())
}

/// Records that a piece of work is done.
async fn settled(global: &Global, output: &Output, id: &str, evidence: &str) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let log = read_log(wiring.ports()).await?;
    let open = find_due(&log, id)?.clone();
    let environment = log
        .standing
        .decision_behind(&open)
        .map(|d| d.environment.to_string());
    let environment = environment.ok_or_else(|| Stop::unavailable("error-no-baseline"))?;
    let (log, _, rules) = authorised(&wiring, Some(open.service.as_str()), &environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let evidence = super::files::evidence(evidence)?.bytes;
    let record = settle_by_word(wiring.ports(), acting.actor(), &log, &open, &evidence).await?;
    wiring.remember().await?;
    output.print(
        &Message::new("due-settled")
            .with("id", due_id(&open))
            .with("seq", record.seq),
    );
    Ok(Ended::done())
}

fn view(log: &LogView, config: Option<&Config>, now: Moment, args: &DueArgs) -> DueView {
    let fits = |open: &Open| {
        args.service.as_deref().is_none_or(|s| open.service.as_str() == s)
            && args.person.as_deref().is_none_or(|p| open.owner.as_str() == p)
    };
    let mut lines: Vec<DueLine> = log
        .standing
        .open
        .iter()
        .filter(|open| fits(open) && (!args.overdue || open.due < now))
        .map(|open| line(log, config, now, open))
        .collect();
    lines.sort_by(|a, b| {
        (&a.service, &a.environment, a.duty.due, &a.duty.owner, &a.id).cmp(&(
            &b.service,
            &b.environment,
            b.duty.due,
            &b.duty.owner,
            &b.id,
        ))
    });
    let waived = log.waived.iter().filter(|waived| fits(&waived.of));
    DueView {
        at: local(now, config),
        open: lines,
        freezes: frozen(config, now, args),
        waived: waived
            .filter(|_| !args.overdue)
            .map(|waived| waived_line(log, config, waived))
            .collect(),
        people: people(config),
    }
}

/// The freezes that are in force.
fn frozen(config: Option<&Config>, now: Moment, args: &DueArgs) -> Vec<FreezeLine> {
    let Some(config) = config.filter(|_| !args.overdue && args.person.is_none()) else {
        return Vec::new();
    };
    let service = args.service.as_deref().map(ServiceKey::from);
    let here = |freeze: &&Freeze| service.as_ref().is_none_or(|key| freeze.concerns(key));
    let lines = in_force(config, now).filter(here);
    lines
        .map(|freeze| freeze_line(freeze, &config.calendar, now))
        .collect()
}

fn line(log: &LogView, config: Option<&Config>, now: Moment, open: &Open) -> DueLine {
    let about = due_change(log, open).cloned();
    let mut close = Message::new(format!("due-close-{}", open.kind)).with("id", due_id(open));
    if let Some(change) = &about {
        close = close.with("change", change);
    }
    // What a template made has no declaration to name: its commits are.
    let decided = log
        .standing
        .decision_behind(open)
        .filter(|_| open.content.is_some() && open.kind == "outside_review");
    if let Some((base, head)) = decided.and_then(|d| d.base.as_ref().zip(d.head.as_ref())) {
        close = Message::new("due-close-range")
            .with("base", base)
            .with("head", head);
    }
    let waivers = log.standing.waivers.iter().filter(|waiver| waiver.of == *open);
    DueLine {
        id: due_id(open),
        service: open.service.clone(),
        environment: log
            .standing
            .decision_behind(open)
            .map(|decided| decided.environment.clone()),
        duty: Obligation {
            change: open.change.clone(),
            kind: open.kind.clone(),
            owner: open.owner.clone(),
            due: local(open.due, config),
            overdue: open.due < now,
            opened_by: Some(open.seq),
            content: open.content,
        },
        about,
        close,
        waived_by: waivers.map(|waiver| waiver.person.clone()).collect(),
    }
}

fn waived_line(log: &LogView, config: Option<&Config>, waived: &sekisho::usecases::Waived) -> WaivedLine {
    let of = &waived.of;
    let reasons = waived.by.iter().filter_map(|waiver| log.reasons.get(&waiver.seq));
    WaivedLine {
        id: due_id(of),
        service: of.service.clone(),
        change: of.change.clone(),
        kind: of.kind.clone(),
        owner: of.owner.clone(),
        due: local(of.due, config),
        by: waived.by.iter().map(|waiver| waiver.person.clone()).collect(),
        unsigned: waived
            .by
            .iter()
            .filter(|waiver| waiver.trust != Trust::Signed)
            .map(|waiver| waiver.person.clone())
            .collect(),
        at: local(waived.by.last().map_or(of.due, |waiver| waiver.at), config),
        reasons: reasons.cloned().collect(),
    }
}
