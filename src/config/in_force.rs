//! The settings in force as one document, with the keys of the file.

use jiff::civil::Weekday;
use serde_json::{Value, json};

use super::{Authority, Config, Language, Profile, WindowHours, defaults};
use crate::change::{Period, PersonKey};

/// Everything of the configuration that has a default, as the file would spell it.
pub fn settings(config: &Config) -> Value {
    let mut all = json!({
        "profile": config.profile,
        "language": config.language.map(|language| match language {
            Language::En => "en",
            Language::Ja => "ja",
        }),
        "executors": people(&config.executors),
        "approvers": authority(&config.approvers),
        "calendar": calendar(config),
        "windows": config.windows.iter().map(|(key, hours)| (key.clone(), window(hours)))
            .collect::<serde_json::Map<_, _>>(),
    });
    let sections = [
        ("approval", approval(config)),
        ("emergency", emergency(config)),
        ("due", due(config)),
        ("trust", trust(config)),
        ("paths", paths(config)),
    ];
    if let Some(fields) = all.as_object_mut() {
        fields.extend(sections.map(|(key, value)| (key.to_owned(), value)));
    }
    all
}

/// The same configuration as if it had been left to the defaults of `profile`.
pub(super) fn as_shipped(config: &Config, profile: Profile) -> Config {
    let mut shipped = config.clone();
    shipped.profile = Profile::default();
    shipped.approval = defaults::approval(profile);
    shipped.emergency = defaults::emergency(profile);
    shipped.due = defaults::due(profile);
    shipped.trust.signatures = defaults::signatures(profile);
    shipped
        .windows
        .insert("default".to_owned(), defaults::window(profile));
    shipped
}

pub(super) fn people(people: &[PersonKey]) -> Value {
    people.iter().map(PersonKey::as_str).collect()
}

pub(super) fn authority(authority: &Authority) -> Value {
    let each = authority.by_risk.iter();
    let map = each.map(|(risk, named)| (risk.as_str().to_owned(), people(named)));
    Value::Object(map.collect())
}

/// A length of time, or `off`.
fn or_off(period: Option<Period>) -> Value {
    period.map_or_else(|| json!("off"), |period| json!(period))
}

fn by_risk<T: serde::Serialize>(map: &std::collections::BTreeMap<crate::change::Risk, T>) -> Value {
    let each = map
        .iter()
        .map(|(risk, value)| (risk.as_str().to_owned(), json!(value)));
    Value::Object(each.collect())
}

fn approval(config: &Config) -> Value {
    let approval = &config.approval;
    let mut allowed: Vec<&str> = approval.attested_risks.iter().map(|risk| risk.as_str()).collect();
    if approval.attested_emergency {
        allowed.push("emergency_live");
    }
    json!({
        "quorum": by_risk(&approval.quorum),
        "cooling_off": or_off(approval.cooling_off),
        "outside_reviewers": people(&approval.outside_reviewers),
        "outside_review_due": or_off(approval.outside_review_due),
        "max_age": by_risk(&approval.max_age),
        "gate_quorum": approval.gate_quorum,
        "attested": {
            "allowed_for": allowed,
            "confirm_due": approval.confirm_due,
            "evidence": if approval.attested_file { "file" } else { "note" },
        },
    })
}

fn emergency(config: &Config) -> Value {
    let emergency = &config.emergency;
    json!({
        "declarers": people(&emergency.declarers),
        "route": people(&config.emergency_route),
        "wait_per_level": emergency.wait_per_level,
        "without_live_approval": emergency.without_live_approval,
        "listed_measures": emergency.listed_measures,
        "ttl": emergency.ttl,
        "extensions": emergency.extensions,
        "executions": emergency.executions,
        "late_limit": emergency.late_limit,
        "open_limit": {"service": emergency.open_per_service, "total": emergency.open_total},
        "size": {"files": emergency.files, "lines": emergency.lines},
        "open_issue": emergency.open_issue,
        "drill_every": or_off(emergency.drill_every),
    })
}

fn due(config: &Config) -> Value {
    let due = &config.due;
    json!({
        "record": due.record,
        "ack": due.ack,
        "outcome": due.outcome,
        "retro_approval": {"due": due.retro_approval, "max": due.retro_approval_max},
        "review": due.review,
        "review_grace": due.review_grace,
        "remediation": due.remediation,
        "back_to_code": due.back_to_code,
        "temporary": due.temporary,
        "finish_notice": due.finish_notice,
        "sync": due.sync,
        "data_correction": due.data_correction,
        "undeclared": {"declare": or_off(due.undeclared), "block": or_off(due.undeclared_block)},
    })
}

fn trust(config: &Config) -> Value {
    let trust = &config.trust;
    json!({
        "signatures": trust.signatures.as_str(),
        "workflows": trust.workflows,
        "issuer": trust.issuer,
        "repository_id": trust.repository_id,
        "owner_id": trust.owner_id,
        "publish_tokens": trust.publish_tokens,
        "environments": trust.environments,
        "anchor": trust.anchor,
    })
}

fn paths(config: &Config) -> Value {
    let paths = &config.paths;
    json!({
        "changes": paths.changes,
        "policies": paths.policies,
        "boundary": paths.boundary,
        "ignore": paths.ignore,
        "gate": paths.gate,
    })
}

fn calendar(config: &Config) -> Value {
    let calendar = &config.calendar;
    json!({
        "timezone": calendar.zone_name,
        "business_hours": hours(&calendar.days, calendar.from, calendar.to),
        "holidays": calendar.holidays.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "due_time": calendar.due_time.strftime("%H:%M").to_string(),
    })
}

fn window(hours: &WindowHours) -> Value {
    match hours {
        WindowHours::Always => json!("always"),
        WindowHours::BusinessHours => json!("business_hours"),
        WindowHours::Hours { days, from, to } => self::hours(days, *from, *to),
    }
}

fn hours(days: &[Weekday], from: jiff::civil::Time, to: jiff::civil::Time) -> Value {
    let days: Vec<&str> = days.iter().map(|day| day_name(*day)).collect();
    json!({
        "days": days,
        "from": from.strftime("%H:%M").to_string(),
        "to": to.strftime("%H:%M").to_string(),
    })
}

const fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}
