//! The window in force for a change, and how long before it was made known.

use crate::change::{ChangeType, Declaration, Moment, Period, Risk, ServiceKey};
use crate::config::{WindowHours, WindowNow};
use crate::dossier::{ScheduleFacts, stated_rollback};

use super::collect_change::Material;
use super::work_facts::unknown_year;
use super::{InForce, LogView, Stop};

/// The calendar's facts about one change; collisions are added by who knows the other changes.
///
/// # Errors
/// [`Stop::Unavailable`] when the holiday table ends before a day that has to be counted.
pub(super) fn schedule(
    view: &LogView,
    rules: &InForce,
    service: &ServiceKey,
    at: Moment,
    material: &Material,
    completed: &Declaration,
) -> Result<ScheduleFacts, Stop> {
    let mut facts = empty(at);
    window(&mut facts, rules, service, at, completed)?;
    if completed.change_type == Some(ChangeType::Normal) {
        let known = known_since(view, material).unwrap_or(at);
        notice(&mut facts, rules, at, known, completed)?;
    }
    Ok(facts)
}

/// Nothing known, nothing open.
pub(super) fn empty(at: Moment) -> ScheduleFacts {
    ScheduleFacts {
        window: String::new(),
        open: false,
        ends: true,
        opens: String::new(),
        closes: String::new(),
        latest_start: String::new(),
        seconds_to_latest_start: 0,
        known_since: at,
        lead: "0m".to_owned(),
        lead_start: at,
        lead_missing: 0,
        notice: "0m".to_owned(),
        notice_start: at,
        notice_missing: 0,
        collisions: Vec::new(),
        collisions_count: 0,
    }
}

/// The declared window; else the service's, else the default one.
fn window(
    facts: &mut ScheduleFacts,
    rules: &InForce,
    service: &ServiceKey,
    at: Moment,
    completed: &Declaration,
) -> Result<(), Stop> {
    let config = &rules.config;
    let declared = &completed.window;
    let (opens, closes) = if declared.start.is_some() || declared.end.is_some() {
        facts.window = "declared".to_owned();
        facts.open =
            declared.start.is_none_or(|start| start <= at) && declared.end.is_none_or(|end| at <= end);
        facts.ends = declared.end.is_some();
        (declared.start, declared.end)
    } else {
        let key = config.services.get(service).and_then(|s| s.window.as_deref());
        let key = key.unwrap_or("default");
        facts.window = key.to_owned();
        // A key that names no window is one that is never open.
        let hours = config.windows.get(key);
        let now = hours.map(|hours: &WindowHours| hours.at(&config.calendar, at));
        match now.transpose().map_err(unknown_year)? {
            Some(WindowNow::Always) => {
                (facts.open, facts.ends) = (true, false);
                (None, None)
            }
            Some(WindowNow::Open(opening)) => {
                facts.open = true;
                (Some(opening.from), Some(opening.to))
            }
            Some(WindowNow::Closed(next)) => (next.map(|next| next.from), None),
            None => (None, None),
        }
    };
    let zone = &config.calendar.zone;
    let shown = |moment: Moment| moment.shown_in(zone).to_string();
    facts.opens = opens.map(shown).unwrap_or_default();
    facts.closes = closes.map(shown).unwrap_or_default();
    if let (true, Some(end)) = (facts.open, closes) {
        let back = stated_rollback(completed).and_then(|plan| plan.duration);
        let latest = end.plus_seconds(-seconds(back.unwrap_or(Period::Wall(0))));
        facts.latest_start = shown(latest);
        facts.seconds_to_latest_start = latest.seconds_since(at);
    }
    Ok(())
}

/// The notice that risk and downtime ask for, counted from when the declaration was known.
fn notice(
    facts: &mut ScheduleFacts,
    rules: &InForce,
    at: Moment,
    known: Moment,
    completed: &Declaration,
) -> Result<(), Stop> {
    let calendar = &rules.config.calendar;
    facts.known_since = known.shown_in(&calendar.zone);
    // Work cannot begin in the past, wherever its window began.
    let start = completed.window.start.unwrap_or(at).max(at);
    let count = |period: Period| -> Result<(Moment, i64), Stop> {
        let earliest = calendar.due(known, period).map_err(unknown_year)?;
        let nothing = matches!(period, Period::Wall(0) | Period::BusinessDays(0));
        let missing = if nothing { 0 } else { earliest.seconds_since(start) };
        Ok((earliest, missing))
    };
    let lead = rules.lead(completed.risk.unwrap_or(Risk::High));
    (facts.lead_start, facts.lead_missing) = count(lead)?;
    facts.lead = lead.to_string();
    let down = completed
        .impact
        .downtime
        .is_some_and(|downtime| seconds(downtime) > 0);
    if down {
        let notice = rules.downtime_notice();
        (facts.notice_start, facts.notice_missing) = count(notice)?;
        facts.notice = notice.to_string();
    }
    Ok(())
}

/// When the log first heard of exactly this declaration: filed, approved, objected to, or judged.
/// What a file or a commit says about its own age is not asked.
fn known_since(view: &LogView, material: &Material) -> Option<Moment> {
    let standing = &view.standing;
    let filed = standing
        .filed
        .get(&material.id)
        .filter(|filed| filed.digest == material.digest)
        .map(|filed| filed.at);
    let act = standing
        .acts
        .iter()
        .filter(|act| act.change.as_ref() == Some(&material.id) && act.declaration == material.digest)
        .map(|act| act.at);
    let digest = material.digest.to_string();
    let judged = standing.decisions.values().filter_map(|decided| {
        let of = decided.changes.iter().find(|change| change.id == material.id)?;
        let same = of.body.get("d").and_then(serde_json::Value::as_str) == Some(digest.as_str());
        same.then_some(decided.at)
    });
    filed.into_iter().chain(act).chain(judged).min()
}

/// Seconds of a length of time; of business days as many as weekends and holidays could make them.
fn seconds(period: Period) -> i64 {
    const MOST_DAYS_OF_ONE: i64 = 4;
    match period {
        Period::Wall(seconds) => i64::try_from(seconds).unwrap_or(i64::MAX),
        Period::BusinessDays(days) => i64::from(days) * MOST_DAYS_OF_ONE * 86_400,
    }
}
