//! Which records `sekisho history` lists: the latest ones, or those that fit a filter.

use jiff::tz::TimeZone;

use sekisho::change::{Message, Moment, Period};
use sekisho::config::Config;
use sekisho::ports::{Filter, Found, HistoryIndex, Part, Reach, StoreError};
use sekisho::usecases::{LogView, Stop};

use super::args::HistoryArgs;
use super::output::Output;
use crate::wire::{Wiring, passing_index};

/// The records that are asked for. The index says which; what they say is read from the log.
pub(super) async fn find(
    wiring: &Wiring,
    output: &Output,
    log: &LogView,
    config: Option<&Config>,
    args: &HistoryArgs,
) -> Result<Found, Stop> {
    let part = Part {
        limit: args.limit,
        before: args.before,
    };
    let filter = filter(wiring, config, args)?;
    if filter.is_empty() {
        return Ok(latest(log, part));
    }
    let (found, reach) = match kept(wiring, &filter, part).await {
        Ok(found) => found,
        Err(error) => {
            let found = ask(wiring, passing_index().await?.as_ref(), &filter, part).await?;
            output.tell(
                &Message::new("history-index")
                    .with("file", wiring.index_path().display())
                    .with("detail", error),
            );
            found
        }
    };
    if reach.upto < log.head.size {
        output.tell(
            &Message::new("history-behind")
                .with("upto", reach.upto)
                .with("of", log.head.size),
        );
    }
    Ok(found)
}

async fn kept(wiring: &Wiring, filter: &Filter, part: Part) -> Result<(Found, Reach), StoreError> {
    ask(wiring, wiring.index().await?.as_ref(), filter, part).await
}

async fn ask(
    wiring: &Wiring,
    index: &dyn HistoryIndex,
    filter: &Filter,
    part: Part,
) -> Result<(Found, Reach), StoreError> {
    let ports = wiring.ports();
    loop {
        let reach = index.advance(ports.ledger, filter.text.is_some()).await?;
        (ports.progress)(reach.upto);
        if !reach.is_behind() || !reach.moved {
            return Ok((index.find(filter, part).await?, reach));
        }
    }
}

/// The latest records, without any index.
fn latest(log: &LogView, part: Part) -> Found {
    let wanted = usize::try_from(part.limit).unwrap_or(usize::MAX);
    let mut seqs: Vec<u64> = log
        .records
        .iter()
        .rev()
        .map(|(record, _)| record.seq)
        .filter(|seq| part.before.is_none_or(|before| *seq < before))
        .take(wanted.saturating_add(1))
        .collect();
    let older = seqs.len() > wanted;
    seqs.truncate(wanted);
    seqs.reverse();
    Found {
        seqs,
        total: log.records.len() as u64,
        older,
    }
}

fn filter(wiring: &Wiring, config: Option<&Config>, args: &HistoryArgs) -> Result<Filter, Stop> {
    let zone = config.map_or(TimeZone::UTC, |config| config.calendar.zone.clone());
    let now = Moment::new(wiring.now, &zone);
    let at = |text: &Option<String>, end_of_day| {
        let read = |text: &String| moment(text, now, &zone, end_of_day);
        text.as_ref().map(read).transpose()
    };
    Ok(Filter {
        service: args.service.clone(),
        environment: args.environment.clone(),
        change: args.change.clone(),
        person: args.person.clone(),
        area: args.area.clone(),
        change_type: args.change_type.clone(),
        outcome: args.outcome.clone(),
        since: at(&args.since, false)?,
        until: at(&args.until, true)?,
        text: args.text.clone().filter(|text| !text.trim().is_empty()),
    })
}

/// A time, a day, or a length of time before now, in seconds since 1970.
fn moment(text: &str, now: Moment, zone: &TimeZone, end_of_day: bool) -> Result<i64, Stop> {
    let wrong = || Stop::Request(Message::new("history-since").with("text", text));
    if let Ok(period) = text.parse::<Period>() {
        let seconds = period.seconds().and_then(|seconds| i64::try_from(seconds).ok());
        let back = now.plus_seconds(-seconds.ok_or_else(wrong)?);
        return Ok(back.timestamp().as_second());
    }
    if let Ok(moment) = Moment::read(text, zone) {
        return Ok(moment.timestamp().as_second());
    }
    let clock = if end_of_day { "23:59:59" } else { "00:00:00" };
    let day = Moment::read(&format!("{text}T{clock}"), zone).map_err(|_| wrong())?;
    Ok(day.timestamp().as_second())
}
