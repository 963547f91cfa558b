//! What the log tells about an emergency, held against what the configuration allows.

use crate::change::{
    ChangeId, ChangeType, DataImpact, Declaration, Moment, Period, PersonKey, ServiceKey, Strategy,
};
use crate::config::Config;
use crate::dossier::{EmergencyFacts, Level, LiveApproval, MOST_HITS, stated_rollback};
use crate::ledger::{Act, ActKind, CLOCK_TOLERANCE, Decided, Emergency, Trust};

use crate::usecases::collect_change::Material;
use crate::usecases::{Asked, InForce, LogView, Ports, Stop};

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
    let known = view.standing.emergencies.get(&material.id);
    // What was declared elsewhere, or says something else by now, was not declared.
    let known = known.filter(|known| {
        known.declaration == material.digest
            && known.service == asked.service
            && known.environment == asked.environment
    });
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
    if let Some(known) = known {
        // What was carried out without the log is judged as it was then.
        let at = worked(known, config, facts.executions)?.unwrap_or(at);
        told(&mut facts, known, config, at)?;
        (facts.offline_seconds, facts.offline_most) = offline(known, config);
        facts.signed = known.trust == Trust::Signed;
        facts.route = route(known, config, at);
        facts.untried = facts.route.iter().filter(|level| !level.tried).count() as u64;
        facts.live = live(view, known, &material.id, config, at);
        facts.signs = signs(view, known, material, completed);
    }
    Ok(facts)
}

/// When it was carried out without the log, as long as the gate has not decided about it. What is
/// said after it has expired counts from then on: else work of today fits into yesterday's emergency.
fn worked(known: &Emergency, config: &Config, executions: u64) -> Result<Option<Moment>, Stop> {
    let Some(executed) = known.executed.filter(|_| executions == 0) else {
        return Ok(None);
    };
    let in_time = executed.said <= expires(known, config)?;
    Ok(Some(if in_time { executed.done } else { executed.said }))
}

/// Seconds between what was said without the log and the log's hearing of it, at least as much as
/// clocks may differ; and how many there may be.
fn offline(known: &Emergency, config: &Config) -> (u64, u64) {
    let declared = known.sealed.seconds_since(known.at);
    let executed = known.executed.map(|e| e.sealed.seconds_since(e.done));
    let longest = u64::try_from(declared.max(executed.unwrap_or(0))).unwrap_or(0);
    let most = match config.due.sync {
        Period::Wall(seconds) => seconds,
        Period::BusinessDays(days) => u64::from(days) * DAY.unsigned_abs(),
    };
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
    facts.ended = known.ended.is_some();
    facts.refused = known.refusals().into_iter().take(MOST_HITS).cloned().collect();
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
    let may = |person: &PersonKey| config.emergency_route.contains(person) && !known.involves(person);
    let valid = known
        .extensions
        .iter()
        .filter(|extension| may(&extension.approver));
    for extension in valid.take(settings.extensions as usize) {
        end = end.max(extension.until.min(due(extension.at)?));
    }
    Ok(end.min(known.at.plus_seconds(LONGEST_SECONDS)))
}

/// The people who may be asked, in the order of calls: those who are there and have no part in it.
pub(super) fn route(known: &Emergency, config: &Config, at: Moment) -> Vec<Level> {
    let day = config.calendar.day(at);
    let there = |person: &&PersonKey| config.people.get(*person).is_some_and(|p| p.active_on(&day));
    let people = config.emergency_route.iter().filter(there);
    let people: Vec<&PersonKey> = people.filter(|person| !known.involves(person)).collect();
    let mut levels = Vec::new();
    for (place, person) in people.iter().enumerate().take(MOST_HITS) {
        let mut tries = known.attempts.iter();
        let first = tries.find(|attempt| &attempt.called == *person && attempt.at <= at);
        let before = people.get(..place).unwrap_or_default();
        let early = first.is_some_and(|first| {
            let waited = |earlier: &&PersonKey| waited_for(known, earlier, first.at, config);
            !before.iter().all(waited)
        });
        levels.push(Level {
            person: (*person).clone(),
            tried: first.is_some(),
            early,
        });
    }
    levels
}

/// Whether somebody was tried before `at`, and has answered or was waited for.
fn waited_for(known: &Emergency, person: &PersonKey, at: Moment, config: &Config) -> bool {
    let wait = match config.emergency.wait_per_level {
        Period::Wall(seconds) => i64::try_from(seconds).unwrap_or(i64::MAX),
        Period::BusinessDays(days) => i64::from(days).saturating_mul(DAY),
    };
    let tries = known.attempts.iter().filter(|attempt| &attempt.called == person);
    let mut before = tries.filter(|attempt| attempt.at <= at);
    before.any(|attempt| attempt.result != crate::ledger::NO_ANSWER || at.seconds_since(attempt.at) >= wait)
}

/// Who said yes: to somebody who wrote it down, or with a key of their own.
pub(super) fn live(
    view: &LogView,
    known: &Emergency,
    id: &ChangeId,
    config: &Config,
    at: Moment,
) -> Vec<LiveApproval> {
    let zone = &config.calendar.zone;
    let on_route = |person: &PersonKey| {
        route(known, config, at)
            .iter()
            .any(|level| &level.person == person)
    };
    let attested = known.agreed().into_iter();
    let attested = attested.filter(|_| config.approval.attested_emergency);
    let mut all: Vec<LiveApproval> = attested
        .filter(|attempt| on_route(&attempt.called) && attempt.at <= at)
        .map(|attempt| LiveApproval {
            person: attempt.called.clone(),
            at: attempt.at.shown_in(zone),
            // Who writes down their own word has given it with their own key.
            attested: attempt.by != attempt.called,
        })
        .collect();
    for act in last_acts(view, id) {
        let counts = act.kind == ActKind::Approve && !act.attested() && act.declaration == known.declaration;
        let approval = LiveApproval {
            person: act.person.clone(),
            at: act.said.shown_in(zone),
            attested: false,
        };
        if act.kind == ActKind::Object || (counts && on_route(&act.person)) {
            all.retain(|live| live.person != act.person);
        }
        if counts && on_route(&act.person) {
            all.push(approval);
        }
    }
    all.truncate(MOST_HITS);
    all
}

/// Each person's last act on the change.
fn last_acts<'a>(view: &'a LogView, id: &ChangeId) -> Vec<&'a Act> {
    let mut last: Vec<&Act> = Vec::new();
    let acts = view
        .standing
        .acts
        .iter()
        .filter(|act| act.change.as_ref() == Some(id));
    // What another wrote down does not push aside what somebody said with their own key.
    for act in acts.filter(|act| !act.attested() || act.kind == ActKind::Object) {
        last.retain(|known| known.person != act.person);
        last.push(act);
    }
    last
}

/// The fields of the seven answers that say nothing.
fn unanswered(typed: &Declaration, completed: &Declaration) -> Vec<String> {
    let rollback = stated_rollback(completed);
    let emergency = completed.emergency.as_ref();
    let says = |text: Option<&String>| text.is_some_and(|text| !text.trim().is_empty());
    let named = typed.targets.iter().any(|target| says(target.resource.as_ref()));
    let goes_back = rollback.is_some_and(|plan| {
        plan.steps.iter().any(|step| !step.trim().is_empty()) || plan.strategy == Some(Strategy::None)
    });
    [
        ("targets", named || !typed.targets.is_empty()),
        ("title", says(completed.title.as_ref())),
        ("roles.executor", completed.roles.executor.is_some()),
        (
            "emergency.incident",
            says(emergency.and_then(|e| e.incident.as_ref())),
        ),
        ("rollback.steps", goes_back),
        (
            "rollback.decider",
            rollback.is_some_and(|plan| plan.decider.is_some()),
        ),
        ("roles.approvers", !completed.roles.approvers.is_empty()),
    ]
    .into_iter()
    .filter(|(_, there)| !there)
    .map(|(field, _)| field.to_owned())
    .collect()
}

/// What sort of thing the incident is named by.
fn incident(completed: &Declaration) -> &'static str {
    let named = completed.emergency.as_ref().and_then(|e| e.incident.as_deref());
    let text = named.unwrap_or_default().trim();
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let key = || {
        let parts = text.split_once('-');
        parts.is_some_and(|(name, number)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()) && digits(number)
        })
    };
    if text.is_empty() {
        ""
    } else if text.strip_prefix('#').is_some_and(digits) {
        "issue"
    } else if text.starts_with("https://") || text.starts_with("http://") {
        "address"
    } else if text.to_ascii_uppercase().starts_with("CVE-") {
        "cve"
    } else if key() {
        "key"
    } else {
        "vague"
    }
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
        if other == id || !is_open(known, config, at)? {
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
    Ok(known.ended.is_none() && at < expires(known, config)?)
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
fn signs(view: &LogView, known: &Emergency, material: &Material, completed: &Declaration) -> Vec<String> {
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
    let clock = known.at.zoned();
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
