//! `sekisho approve` and `sekisho object`: a person's own act, or the record of somebody else's.

use sekisho::change::{ChangeId, EnvironmentKey, Message, PersonKey, ServiceKey};
use sekisho::config::Config;
use sekisho::ledger::ActKind;
use sekisho::ports::{Repository as _, RepositoryError};
use sekisho::usecases::{
    Approving, Asked, InForce, LogView, Looking, On, Recorded, Stop, approve, asked_to_confirm, confirm,
    looks_back, retro,
};

use super::args::{ApproveArgs, Global};
use super::exit::{Ended, Failure};
use super::gate::{authorised_about, change_id, open, run_of};
use super::output::Output;
use super::{actor, files};
use crate::wire::{Access, Wiring};

/// Which of the two commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// Agree.
    Approve,
    /// Disagree.
    Object,
}

/// Records the act.
pub(super) async fn run(
    global: &Global,
    output: &Output,
    args: ApproveArgs,
    verb: Verb,
) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Late).await?;
    let (service, environment) = (args.service.as_deref(), args.environment.as_str());
    let (log, service, rules) = authorised_about(&wiring, service, environment, args.on.as_deref()).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let head = wiring.repository.resolve("HEAD")?;
    let fork = fork(&wiring, &head)?;
    let on_behalf = args.on_behalf.as_deref().map(PersonKey::from);
    let approver = on_behalf.as_ref().unwrap_or(acting.person());
    let asked = Asked {
        environment: EnvironmentKey::from(args.environment.as_str()),
        head: head.clone(),
        base: None,
        actor: somebody_else(&rules.config, &service, approver),
        service,
        run: run_of(None, &wiring)?,
        rollback_of: None,
    };
    let on = on(&wiring, args.on.as_deref(), fork.as_deref(), &head, &log, &asked)?;
    let kind = match (args.withdraw, verb) {
        (true, _) => ActKind::Withdraw,
        (false, Verb::Approve) => ActKind::Approve,
        (false, Verb::Object) => ActKind::Object,
    };
    if kind == ActKind::Withdraw && on_behalf.is_some() {
        return Err(Stop::request("error-withdraw-own"));
    }
    let evidence = args.evidence.as_deref().map(files::evidence).transpose()?;
    let needs_file = rules.config.approval.attested_file && on_behalf.is_some();
    if needs_file && !evidence.as_ref().is_some_and(|e| e.is_file) {
        return Err(Stop::request("error-evidence-file"));
    }
    if let (On::Change(change), true) = (&on, kind != ActKind::Withdraw)
        && looks_back(&log, change).is_some()
    {
        let looking = Looking {
            change: change.clone(),
            kind,
            on_behalf,
            via: args.channel,
            evidence: evidence.map(|evidence| evidence.bytes),
            reason: args.reason,
        };
        return looking_back(output, &wiring, &acting, &log, &rules, &looking).await;
    }
    let own = on_behalf.as_ref().is_none_or(|person| person == acting.person());
    if let (On::Change(change), true) = (&on, own && kind != ActKind::Withdraw)
        && asked_to_confirm(&log, acting.actor(), change)
    {
        let word = (change, kind, args.reason.as_deref());
        return confirming(output, &wiring, &acting, (&log, &rules), word).await;
    }
    let approving = Approving {
        kind,
        on,
        head,
        fork,
        on_behalf,
        via: args.channel,
        evidence: evidence.map(|evidence| evidence.bytes),
        reason: args.reason,
    };
    let spool = wiring.spool();
    let given = approve(
        wiring.ports(),
        acting.actor(),
        &log,
        &rules,
        &asked,
        approving,
        &spool,
    )
    .await?;
    let record = match &given.recorded {
        Recorded::Sealed(record) => record,
        Recorded::Waits(number) => {
            output.tell(&Message::new("spool-kept").with("number", number));
            return Ok(Ended::waits());
        }
    };
    wiring.remember().await?;
    let person = rules
        .config
        .people
        .get(&given.person)
        .map_or("", |p| p.name.as_str());
    let own = given.person == *acting.person();
    let key = match (kind, own, given.change.is_some()) {
        (ActKind::Approve, true, true) => "approve-done",
        (ActKind::Approve, true, false) => "approve-done-range",
        (ActKind::Approve, false, _) => "approve-recorded",
        (ActKind::Object, _, _) => "object-done",
        (ActKind::Withdraw, _, _) => "withdraw-done",
    };
    output.print(
        &Message::new(key)
            .with("person", person)
            .with("subject", given.of.short())
            .with("change", given.change.as_ref().map_or("-", ChangeId::as_str))
            .with("units", given.content.len())
            .with("seq", record.seq),
    );
    if let Some(doubt) = &given.will_not_count {
        output.tell(doubt);
    }
    Ok(Ended::done())
}

/// Where somebody wrote an approval down for this person, the same words are the answer to that.
async fn confirming(
    output: &Output,
    wiring: &Wiring,
    acting: &super::actor::Acting,
    (log, rules): (&LogView, &InForce),
    word: (&ChangeId, ActKind, Option<&str>),
) -> Result<Ended, Failure> {
    let done = confirm(wiring.ports(), acting.actor(), log, rules, word).await?;
    wiring.remember().await?;
    let person = rules.config.people.get(acting.person());
    let key = match done.remediation {
        None => "retro-confirmed",
        Some(_) => "confirm-objected",
    };
    let mut said = Message::new(key)
        .with("person", person.map_or("", |person| person.name.as_str()))
        .with("change", word.0)
        .with("seq", done.record.seq);
    if let Some(due) = done.remediation {
        said = said.with("due", sekisho::report::time::moment(&output.wording, due));
    }
    output.print(&said);
    Ok(Ended::done())
}

/// After an emergency was carried out, the same words are the decision about it.
async fn looking_back(
    output: &Output,
    wiring: &Wiring,
    acting: &super::actor::Acting,
    log: &LogView,
    rules: &InForce,
    looking: &Looking,
) -> Result<Ended, Failure> {
    let done = match retro(wiring.ports(), acting.actor(), log, rules, looking).await {
        Err(Stop::Request(reason)) if reason.key.starts_with("EMG-15") => {
            output.print(&reason);
            output.tell(&Message::new("EMG-15.satisfy"));
            return Ok(Ended::denied());
        }
        done => done?,
    };
    wiring.remember().await?;
    let person = rules.config.people.get(&done.person);
    let key = match (done.confirms, looking.kind) {
        (true, _) => "retro-confirmed",
        (false, ActKind::Approve) => "retro-approved",
        (false, _) => "retro-rejected",
    };
    output.print(
        &Message::new(key)
            .with("person", person.map_or("", |person| person.name.as_str()))
            .with("change", &looking.change)
            .with("seq", done.record.seq),
    );
    if let Some(due) = done.was_due {
        let due = due.shown_in(&rules.config.calendar.zone);
        let due = sekisho::report::time::moment(&output.wording, due);
        output.tell(&Message::new("retro-late").with("due", due));
    }
    Ok(Ended::done())
}

/// Who will carry it out is not known yet; not the one who approves, as far as there is anybody.
pub(super) fn somebody_else(config: &Config, service: &ServiceKey, person: &PersonKey) -> PersonKey {
    let others = config
        .may_execute(service)
        .iter()
        .find(|executor| *executor != person);
    others.unwrap_or(person).clone()
}

/// Where this branch left the default branch; `None` when there is no common commit.
pub(super) fn fork(wiring: &Wiring, head: &str) -> Result<Option<String>, Stop> {
    let branch = wiring.repository.default_branch()?;
    // A tag of the same name is not meant.
    for folder in ["refs/heads", "refs/remotes/origin"] {
        match wiring.repository.resolve(&format!("{folder}/{branch}")) {
            Ok(tip) => return Ok(wiring.repository.merge_base(&tip, head)?),
            Err(RepositoryError::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// What the act is on: a change, a range, or what this branch brings.
fn on(
    wiring: &Wiring,
    named: Option<&str>,
    fork: Option<&str>,
    head: &str,
    log: &sekisho::usecases::LogView,
    asked: &Asked,
) -> Result<On, Stop> {
    match named {
        Some(text) if text.contains("..") => {
            let (base, tip) = text.split_once("..").unwrap_or((text, "HEAD"));
            let tip = tip.trim_start_matches('.');
            let tip = if tip.is_empty() { "HEAD" } else { tip };
            Ok(On::Range(
                wiring.repository.resolve(base)?,
                wiring.repository.resolve(tip)?,
            ))
        }
        Some(text) => Ok(On::Change(change_id(text)?)),
        None => {
            let key = (asked.service.clone(), asked.environment.clone());
            let state = log.standing.states.get(&key).map(|state| state.head.clone());
            let base = fork.filter(|fork| *fork != head).map(str::to_owned).or(state);
            base.map(|base| On::Range(base, head.to_owned()))
                .ok_or_else(|| Stop::request("error-nothing-to-approve"))
        }
    }
}
