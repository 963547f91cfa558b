//! `sekisho freeze`: the freezes, windows and holidays that are coming; a freeze now, and lifting one.

mod declare;

use sekisho::change::schedule::Calendar;
use sekisho::change::{Message, Moment, Period, ServiceKey};
use sekisho::config::{Config, Freeze, FreezeKind, WindowHours, WindowNow};
use sekisho::report::calendar::{self as page, CalendarView, FreezeLine, WindowHoursLine, WindowLine};
use sekisho::usecases::{Stop, newest_config, read_log, with_declared};

use super::args::{Format, FreezeArgs, Global};
use super::exit::{Ended, Failure};
use super::files;
use super::gate::open;
use super::history::people;
use super::output::Output;
use crate::wire::Access;

/// How far is looked ahead where nobody says it.
const LENGTH: &str = "90d";

/// The longest time that is looked ahead.
const LONGEST_DAYS: i64 = 800;

/// Shows what is coming.
pub(super) async fn run(global: &Global, output: &Output, args: &FreezeArgs) -> Result<Ended, Failure> {
    if let (Some(id), Some(reason)) = (&args.lift, &args.reason) {
        return declare::lift(global, output, id, reason).await;
    }
    if let (Some(until), Some(reason)) = (&args.until, &args.reason) {
        return declare::freeze(global, output, args, (until, reason)).await;
    }
    let wiring = open(global, output, Access::Read).await?;
    let log = read_log(wiring.ports()).await?;
    let config = match newest_config(wiring.ports(), &log)? {
        Some(mut config) => {
            with_declared(&mut config, &log);
            config
        }
        None => {
            output.tell(&Message::new("calendar-work-tree"));
            files::work_tree_rules(&wiring, &files::work_tree(&wiring)?)?.config
        }
    };
    let service = args.service.first().map(|key| ServiceKey::from(key.as_str()));
    if let Some(wanted) = service.as_ref().filter(|s| !config.services.contains_key(*s)) {
        let known: Vec<&str> = config.services.keys().map(ServiceKey::as_str).collect();
        return Err(Stop::Request(
            Message::new("error-unknown-service")
                .with("service", wanted)
                .with("services", known.join(", ")),
        ));
    }
    let from = Moment::new(wiring.now, &config.calendar.zone);
    let length = args.calendar.as_deref().unwrap_or(LENGTH);
    let to = end(&config.calendar, from, length)?;
    let view = view(&config, service, from, to);
    output.data(&match output.format {
        Format::Text => page::text(&output.wording, &view, output.look()),
        Format::Markdown => page::markdown(&output.wording, &view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&view)),
    });
    Ok(Ended::done())
}

/// When what is shown ends.
fn end(calendar: &Calendar, from: Moment, length: &str) -> Result<Moment, Stop> {
    let wrong = || {
        Stop::Request(
            Message::new("error-calendar-length")
                .with("text", length)
                .with("days", LONGEST_DAYS),
        )
    };
    let period: Period = length.parse().map_err(|_| wrong())?;
    let end = calendar
        .due(from, period)
        .map_err(|error| Stop::Request(Message::new("error-calendar").with("year", error.0)))?;
    match end.seconds_since(from) {
        seconds if seconds <= LONGEST_DAYS * 86_400 => Ok(end),
        _ => Err(wrong()),
    }
}

fn view(config: &Config, service: Option<ServiceKey>, from: Moment, to: Moment) -> CalendarView {
    let calendar = &config.calendar;
    let concerns = |freeze: &&Freeze| {
        let services = &freeze.services;
        service
            .as_ref()
            .is_none_or(|s| services.is_empty() || services.contains(s))
    };
    let mut freezes: Vec<FreezeLine> = config
        .freezes
        .iter()
        .filter(|freeze| freeze.to >= from && freeze.from <= to)
        .filter(concerns)
        .map(|freeze| freeze_line(freeze, calendar, from))
        .collect();
    freezes.sort_by(|a, b| (a.from, a.to, &a.id).cmp(&(b.from, b.to, &b.id)));
    let windows = config
        .windows
        .iter()
        .map(|(name, hours)| window_line(config, name, hours, from))
        .filter(|line| service.as_ref().is_none_or(|s| line.services.contains(s)))
        .collect();
    let days = calendar.date(from)..=calendar.date(to);
    CalendarView {
        zone: calendar.zone_name.clone(),
        from,
        to,
        freezes,
        windows,
        holidays: calendar.holidays.range(days).copied().collect(),
        known_until: calendar.known_years.as_ref().map(|years| *years.end()),
        people: people(Some(config)),
        service,
    }
}

pub(super) fn freeze_line(freeze: &Freeze, calendar: &Calendar, now: Moment) -> FreezeLine {
    FreezeLine {
        id: freeze.id.clone(),
        kind: match freeze.kind {
            FreezeKind::Hard => "hard",
            FreezeKind::Soft => "soft",
        }
        .to_owned(),
        from: freeze.from.shown_in(&calendar.zone),
        to: freeze.to.shown_in(&calendar.zone),
        now: freeze.from <= now,
        owner: freeze.owner.clone(),
        areas: freeze.areas.iter().cloned().collect(),
        services: freeze.services.iter().cloned().collect(),
        reason: freeze.reason.clone(),
    }
}

fn window_line(config: &Config, name: &str, hours: &WindowHours, now: Moment) -> WindowLine {
    let calendar = &config.calendar;
    let (kind, days, from, to) = match hours {
        WindowHours::Always => ("always", &[][..], calendar.from, calendar.to),
        WindowHours::BusinessHours => ("business_hours", &calendar.days[..], calendar.from, calendar.to),
        WindowHours::Hours { days, from, to } => ("hours", &days[..], *from, *to),
    };
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let (open, closes, opens) = match hours.at(calendar, now) {
        Ok(WindowNow::Always) => (true, None, None),
        Ok(WindowNow::Open(opening)) => (true, Some(opening.to), None),
        Ok(WindowNow::Closed(next)) => (false, None, next.map(|next| next.from)),
        Err(_) => (false, None, None),
    };
    let uses = |window: Option<&str>| window.unwrap_or("default") == name;
    WindowLine {
        name: name.to_owned(),
        kind: kind.to_owned(),
        hours: (kind != "always").then(|| WindowHoursLine {
            days: days.iter().map(|day| day.to_monday_one_offset()).collect(),
            from: clock(from),
            to: clock(to),
            next_day: to <= from,
        }),
        services: config
            .services
            .iter()
            .filter(|(_, service)| uses(service.window.as_deref()))
            .map(|(key, _)| key.clone())
            .collect(),
        open,
        closes,
        opens,
    }
}
