//! What the log tells about an emergency, held against what the configuration allows.

use crate::change::{ChangeId, ChangeType, DataImpact, Declaration, Moment, Period, PersonKey, ServiceKey};
use crate::config::Config;
use crate::dossier::{EmergencyFacts, Level, MOST_HITS};
use crate::ledger::{Attempt, CLOCK_TOLERANCE, Decided, Emergency, Extension, Trust};

use crate::usecases::collect_change::Material;
use crate::usecases::{Asked, InForce, LogView, Ports, Stop};

use super::answers::answers;
use super::stated::{incident, unanswered};

/// No emergency lasts longer, however often it is extended, in seconds.
const LONGEST_SECONDS: i64 = 24 * 3_600;

const DAY: i64 = 86_400;

/// A share of fewer executions says nothing.
const LEAST_EXECUTIONS: usize = 10;

/// The facts; empty for a change of another type.
///
/// # Errors
/// [`Stop`] when the repository or the calendar cannot be read.
pub(in crate::usecases) fn emergency_facts(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    at: Moment,
    material: &Material,
    completed: &Declaration,
) -> Result<EmergencyFacts, Stop> {
    if completed.change_type != Some(ChangeType::Emergency) {
        return Ok(EmergencyFacts::default());
    }
    let config = &rules.config;
    let settings = &config.emergency;
    let measure = completed.emergency.as_ref().and_then(|e| e.measure.clone());
    let measure = measure.unwrap_or_default();
    let known = declared(view, asked, material, completed);
    let (files, lines) = size(ports, material)?;
    let (open_service, open_total) = others_open(view, config, &asked.service, &material.id, at)?;
    let mut facts = EmergencyFacts {
        declarers: settings.declarers.iter().take(MOST_HITS).cloned().collect(),
        unanswered: unanswered(&material.typed, completed),
        incident: incident(completed).to_owned(),
        listed: settings.listed_measures.contains(&measure),
        measure,
        without_live: settings.without_live_approval,
        executions: executions(view, &material.id, asked),
        executions_most: settings.executions.into(),
        files,
        files_most: settings.files.into(),
        lines,
        lines_most: settings.lines.into(),
        irreversible: completed.impact.data == Some(DataImpact::Irreversible),
        open_service,
        open_service_most: settings.open_per_service.into(),
        open_total,
        open_total_most: settings.open_total.into(),
        lately: lately(view, &asked.service, at),
        share_percent: share(view, asked, at),
        ..EmergencyFacts::default()
    };
    if let Some(known) = &known {
        // What was carried out without the log is judged as it was then.
        let at = match material.units.is_empty() && facts.executions == 0 {
            true => worked(known, config)?.unwrap_or(at),
            false => at,
        };
        told(&mut facts, known, config, at)?;
        (facts.offline_seconds, facts.offline_most) = offline(known, config);
        facts.signed = known.trust == Trust::Signed;
        facts.route = route(known, config, at);
        facts.untried = facts.route.iter().filter(|level| !level.tried).count() as u64;
        let said = answers(view, known, &material.id, config, at);
        (facts.live, facts.refused) = (said.live, said.refused);
        facts.refused.truncate(MOST_HITS);
        facts.signs = signs(view, known, material, (completed, config));
    }
    Ok(facts)
}

/// The emergency as the log knows it. What was declared elsewhere, or says something else by now, was not
/// declared; nor was one whose record says something else than its declaration about who does what.
fn declared(
    view: &LogView,
    asked: &Asked,
    material: &Material,
    completed: &Declaration,
) -> Option<Emergency> {
    let known = view.standing.emergencies.get(&material.id)?;
    let typed = &material.typed;
    let executor = typed.roles.executor.as_ref().unwrap_or(&known.declarer);
    let measure = typed.emergency.as_ref().and_then(|e| e.measure.as_deref());
    let same = known.declaration == material.digest
        && known.service == asked.service
        && known.environment == asked.environment
        && &known.executor == executor
        && known.measure == measure.unwrap_or_default();
    let roles = &completed.roles;
    let parties = [&roles.executor, &roles.requester].into_iter().flatten().cloned();
    same.then(|| Emergency {
        parties: parties.collect(),
        ..known.clone()
    })
}

/// When it was carried out without the log. What is told only after the emergency has expired counts from
/// then on, and what comes in later than it may means nothing.
///
/// # Errors
/// [`Stop::Unavailable`] when the calendar does not know the day.
fn worked(known: &Emergency, config: &Config) -> Result<Option<Moment>, Stop> {
    let Some(executed) = known.executed else {
        return Ok(None);
    };
    let late = executed.sealed.seconds_since(executed.said);
    if late > seconds(config.due.sync) {
        return Ok(None);
    }
    let in_time = executed.said <= expires(known, config)?;
    Ok(Some(if in_time { executed.done } else { executed.said }))
}

/// A period in seconds; a day of work is a day.
pub(super) fn seconds(period: Period) -> i64 {
    match period {
        Period::Wall(seconds) => i64::try_from(seconds).unwrap_or(i64::MAX),
        Period::BusinessDays(days) => i64::from(days).saturating_mul(DAY),
    }
}

/// When somebody ended it who may: who has a part in it, is on the route, or may declare one.
pub(super) fn ended(known: &Emergency, config: &Config) -> Option<Moment> {
    let declarers = &config.emergency.declarers;
    known.ended_by(|person| config.emergency_route.contains(person) || declarers.contains(person))
}

/// Seconds between what was said without the log and the log's hearing of it, at least as much as
/// clocks may differ; and how many there may be.
fn offline(known: &Emergency, config: &Config) -> (u64, u64) {
    let declared = known.sealed.seconds_since(known.at);
    let executed = known.executed.map(|e| e.sealed.seconds_since(e.done));
    let calls = known
        .attempts
        .iter()
        .map(|call| call.sealed.seconds_since(call.at));
    let more = known.extensions.iter().map(|e| e.sealed.seconds_since(e.at));
    let longest = calls.chain(more).chain(executed).fold(declared, i64::max);
    let longest = u64::try_from(longest).unwrap_or(0);
    let most = u64::try_from(seconds(config.due.sync)).unwrap_or(0);
    let counts = i64::try_from(longest).is_ok_and(|seconds| seconds > CLOCK_TOLERANCE);
    (if counts { longest } else { 0 }, most)
}

/// What the emergency's own records say.
fn told(facts: &mut EmergencyFacts, known: &Emergency, config: &Config, at: Moment) -> Result<(), Stop> {
    let zone = &config.calendar.zone;
    let expires = expires(known, config)?;
    facts.declared = true;
    facts.declared_at = known.at.shown_in(zone).to_string();
    facts.declarer = known.declarer.to_string();
    facts.expires = expires.shown_in(zone).to_string();
    facts.seconds_left = expires.seconds_since(at);
    facts.ended = ended(known, config).is_some();
    facts.told = known.told;
    facts.acknowledged = !known.acknowledged.is_empty();
    facts.completed = known.completed.is_some();
    Ok(())
}

/// When an emergency expires: after its time, and after each extension that somebody on the route
/// agreed to, as many as may be; never more than a day after it was declared.
///
/// # Errors
/// [`Stop::Unavailable`] when the calendar does not know the day.
pub(super) fn expires(known: &Emergency, config: &Config) -> Result<Moment, Stop> {
    let settings = &config.emergency;
    let due = |from: Moment| {
        config
            .calendar
            .due(from, settings.ttl)
            .map_err(crate::usecases::work_facts::unknown_year)
    };
    let mut end = due(known.at)?;
    let mut left = settings.extensions;
    for extension in known.extensions.iter().filter(|one| agreed(known, one, config)) {
        // What has expired stays so.
        if left == 0 || extension.at >= end {
            break;
        }
        left -= 1;
        end = end.max(extension.until.min(due(extension.at)?));
    }
    Ok(end.min(known.at.plus_seconds(LONGEST_SECONDS)))
}

/// Whether somebody on the route agreed to more time: with their own key, or where a word that was written
/// down for them counts.
pub(super) fn agreed(known: &Emergency, extension: &Extension, config: &Config) -> bool {
    let person = &extension.approver;
    let own = &extension.by == person;
    config.emergency_route.contains(person)
        && !known.involves(person)
        && (own || config.approval.attested_emergency)
}

/// The people who may be asked, in the order of calls: those who are there and have no part in it.
pub(super) fn route(known: &Emergency, config: &Config, at: Moment) -> Vec<Level> {
    let day = config.calendar.day(at);
    let there = |person: &&PersonKey| config.people.get(*person).is_some_and(|p| p.active_on(&day));
    let people = config.emergency_route.iter().filter(there);
    let people: Vec<&PersonKey> = people.filter(|person| !known.involves(person)).collect();
    let mut levels = Vec::new();
    for (place, person) in people.iter().enumerate().take(MOST_HITS) {
        let tries = known.attempts.iter();
        let mut tries = tries.filter(|attempt| &attempt.called == *person && attempt.at <= at);
        let tried = tries.clone().next().is_some();
        let before = people.get(..place).unwrap_or_default();
        // Who was called too early is called once more, and then it counts.
        let proper = |attempt: &Attempt| {
            let waited = |earlier: &&PersonKey| waited_for(known, earlier, attempt.at, config);
            before.iter().all(waited)
        };
        levels.push(Level {
            person: (*person).clone(),
            tried,
            early: tried && !tries.any(proper),
        });
    }
    levels
}

/// Whether somebody was tried before `at`, and has answered or was waited for.
fn waited_for(known: &Emergency, person: &PersonKey, at: Moment, config: &Config) -> bool {
    let wait = seconds(config.emergency.wait_per_level);
    let tries = known.attempts.iter().filter(|attempt| &attempt.called == person);
    let mut before = tries.filter(|attempt| attempt.at <= at);
    before.any(|attempt| attempt.result != crate::ledger::NO_ANSWER || at.seconds_since(attempt.at) >= wait)
}

/// Files and lines that its units change.
fn size(ports: Ports<'_>, material: &Material) -> Result<(u64, u64), Stop> {
    let mut lines = 0;
    for (unit, start) in material.units.iter().zip(&material.starts) {
        let patch = ports
            .repository
            .patch(start.parent(), &unit.last, start.without())?;
        lines += patch.lines;
    }
    Ok((material.files.len() as u64, lines))
}

fn executions(view: &LogView, id: &ChangeId, asked: &Asked) -> u64 {
    let within = Some((&asked.service, &asked.environment));
    view.standing.executions_of(id, within).count() as u64
}

/// Other emergencies that are open, of the service and in all.
fn others_open(
    view: &LogView,
    config: &Config,
    service: &ServiceKey,
    id: &ChangeId,
    at: Moment,
) -> Result<(u64, u64), Stop> {
    let (mut of_service, mut total) = (0, 0);
    for (other, known) in &view.standing.emergencies {
        // Nobody fills the limit who may not declare one.
        let theirs = config.emergency.declarers.contains(&known.declarer);
        if other == id || !theirs || !is_open(known, config, at)? {
            continue;
        }
        total += 1;
        of_service += u64::from(&known.service == service);
    }
    Ok((of_service, total))
}

/// Whether an emergency was neither ended nor has expired.
///
/// # Errors
/// [`Stop::Unavailable`] when the calendar does not know the day.
pub(in crate::usecases) fn is_open(known: &Emergency, config: &Config, at: Moment) -> Result<bool, Stop> {
    Ok(ended(known, config).is_none() && at < expires(known, config)?)
}

fn lately(view: &LogView, service: &ServiceKey, at: Moment) -> u64 {
    let of_service = view
        .standing
        .emergencies
        .values()
        .filter(|known| &known.service == service);
    of_service
        .filter(|known| at.seconds_since(known.at) <= 30 * DAY)
        .count() as u64
}

/// Emergencies among what was carried out in the last 90 days, in percent.
fn share(view: &LogView, asked: &Asked, at: Moment) -> u64 {
    let lately = |decided: &&Decided| {
        decided.allowed
            && decided.service == asked.service
            && decided.environment == asked.environment
            && decided.rollback_of.is_none()
            && at.seconds_since(decided.at) <= 90 * DAY
    };
    let all: Vec<&Decided> = view.standing.decisions.values().filter(lately).collect();
    if all.len() < LEAST_EXECUTIONS {
        return 0;
    }
    let urgent = |decided: &&&Decided| decided.changes.iter().any(|c| c.change_type == "emergency");
    (all.iter().filter(urgent).count() * 100 / all.len()) as u64
}

/// What makes people look twice.
fn signs(
    view: &LogView,
    known: &Emergency,
    material: &Material,
    (completed, config): (&Declaration, &Config),
) -> Vec<String> {
    let others = || {
        let all = view.standing.emergencies.iter();
        all.filter(|(id, other)| **id != material.id && other.service == known.service)
    };
    let again = others().any(|(_, other)| {
        let days = known.at.seconds_since(other.at);
        other.measure == known.measure && (0..=7 * DAY).contains(&days)
    });
    let reason = completed.reason.as_deref().map(str::trim).unwrap_or_default();
    let copied = others().any(|(_, other)| {
        let text = view.filed_texts.get(&other.declaration);
        let said = text.and_then(|text| serde_json::from_slice::<serde_json::Value>(text).ok());
        let said = said.as_ref().and_then(|said| said.get("reason")?.as_str());
        said.is_some_and(|said| said.trim() == reason)
    });
    let late = known.done_at.is_some_and(|done| done < known.at);
    let clock = known.at.shown_in(&config.calendar.zone).zoned();
    let friday = clock.weekday() == jiff::civil::Weekday::Friday && clock.hour() >= 15;
    [
        (late, "late"),
        (again, "again"),
        (copied, "copied"),
        (friday, "friday"),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, word)| word.to_owned())
    .collect()
}
